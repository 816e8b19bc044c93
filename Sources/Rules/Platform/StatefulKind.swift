internal import Flux
internal import Manifests
internal import Policy

/// Kinds of objects from which an operator makes databases or storage, and what becomes of the data with such an object.
enum StatefulKind {
  /// The kinds that hold data.
  static let kinds: [GroupKind] = holders.map(\.kind) + [cephCluster]

  /// What goes with an object, as the end of a sentence that begins with it; `nil` for other kinds.
  static func loss(of object: KubernetesObject) -> (text: String, severity: Severity)? {
    if object.groupKind == cephCluster {
      let wipes = object["spec", "cleanupPolicy", "confirmation"]?.text == "yes-really-destroy-data"
      return (wipes ? "Rook wipes its disks" : "Rook stops it, and the volumes on it can no longer be read", .high)
    }
    guard let holder = holders.first(where: { $0.kind == object.groupKind }) else { return nil }
    return holder.keeps(object)
      ? ("its data stays, without an owner", .medium) : ("its operator deletes the data with it", .high)
  }

  private static let cephCluster = GroupKind(group: "ceph.rook.io", kind: "CephCluster")

  /// The kinds, and whether the operator leaves an object's volumes behind; each operator has its own default.
  private static let holders: [(kind: GroupKind, keeps: @Sendable (KubernetesObject) -> Bool)] = [
    (GroupKind(group: "postgresql.cnpg.io", kind: "Cluster"), { _ in false }),
    (GroupKind(group: "acid.zalan.do", kind: "postgresql"), { _ in false }),
    (GroupKind(group: "longhorn.io", kind: "Volume"), { _ in false }),
    (GroupKind(group: "ceph.rook.io", kind: "CephBlockPool"), { _ in false }),
    (
      GroupKind(group: "ceph.rook.io", kind: "CephFilesystem"),
      { $0.isSet("preserveFilesystemOnDelete") || $0.isSet("preservePoolsOnDelete") }
    ),
    (GroupKind(group: "ceph.rook.io", kind: "CephObjectStore"), { $0.isSet("preservePoolsOnDelete") }),
    (
      GroupKind(group: "elasticsearch.k8s.elastic.co", kind: "Elasticsearch"),
      { $0["spec", "volumeClaimDeletePolicy"]?.text == "DeleteOnScaledownOnly" }
    ),
    (GroupKind(group: "kafka.strimzi.io", kind: "Kafka"), { $0["spec", "kafka", "storage"]?.deletesClaims != true }),
    (GroupKind(group: "kafka.strimzi.io", kind: "KafkaNodePool"), { $0["spec", "storage"]?.deletesClaims != true }),
    (GroupKind(group: "pxc.percona.com", kind: "PerconaXtraDBCluster"), { !$0.hasFinalizer("delete-pxc-pvc") }),
    (GroupKind(group: "psmdb.percona.com", kind: "PerconaServerMongoDB"), { !$0.hasFinalizer("delete-psmdb-pvc") }),
    (
      GroupKind(group: "k8s.mariadb.com", kind: "MariaDB"),
      { $0["spec", "storage", "pvcRetentionPolicy", "whenDeleted"]?.text != "Delete" }
    ),
  ]
}

extension KubernetesObject {
  /// Whether a switch of `spec` is on.
  fileprivate func isSet(_ field: String) -> Bool { self["spec", field]?.isTrue ?? false }

  /// Whether a finalizer's name ends so: what the operator does before the object goes.
  fileprivate func hasFinalizer(_ end: String) -> Bool {
    (self["metadata", "finalizers"]?.items ?? []).contains { $0.text?.hasSuffix(end) ?? false }
  }
}

extension Node {
  /// Whether Strimzi deletes the claims of this storage, or of one of its volumes.
  fileprivate var deletesClaims: Bool {
    self["deleteClaim"]?.isTrue == true || (self["volumes"]?.items ?? []).contains { $0["deleteClaim"]?.isTrue == true }
  }
}
