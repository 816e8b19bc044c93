internal import Manifests

/// A field of a kind of Kubernetes itself that the API server does not let change: its `Validate…Update` in
/// `pkg/apis/*/validation` of kubernetes/kubernetes, whose answers are all of reason Invalid.
struct CoreImmutableField: Sendable {
  /// When an edit is refused.
  enum Condition: Sendable {
    /// A value beneath it is another one. What only comes or goes may be what the API server had filled in.
    case replaced
    /// Anything beneath it differs; what the API server fills in aside.
    case differs
    /// As `differs`, where the field stands for a value while it is absent.
    case differsFrom(String)
    /// The quantity gets smaller.
    case shrinks
    /// It becomes `None`, or is another address.
    case address
  }

  let kind: GroupKind
  let field: FieldPattern
  let condition: Condition
  /// Whether a field of the object before the change lifts it.
  var isLifted: @Sendable (KubernetesObject) -> Bool = { _ in false }

  /// All fields, by kind.
  static let all = Dictionary(grouping: volumes + workloads + access + settings, by: \.kind)

  private static func rows(
    _ group: String, _ kinds: [String], _ fields: [(FieldPattern, Condition)],
    isLifted: @escaping @Sendable (KubernetesObject) -> Bool = { _ in false }
  ) -> [CoreImmutableField] {
    kinds.flatMap { kind in
      fields.map {
        CoreImmutableField(
          kind: GroupKind(group: group, kind: kind), field: $0.0, condition: $0.1, isLifted: isLifted)
      }
    }
  }

  /// Of a claim nothing changes but the size, which grows, and `volumeAttributesClassName`; of a volume neither where it
  /// lies nor how it is used.
  private static let volumes =
    rows(
      "", ["PersistentVolumeClaim"],
      [
        ("spec.accessModes", .replaced), ("spec.storageClassName", .replaced), ("spec.volumeName", .replaced),
        ("spec.selector", .replaced), ("spec.dataSource", .replaced), ("spec.dataSourceRef", .replaced),
        ("spec.volumeMode", .differsFrom("Filesystem")), ("spec.resources.requests.storage", .shrinks),
      ])
    + rows("", ["PersistentVolume"], [("spec.volumeMode", .differsFrom("Filesystem"))])
    + rows("", ["PersistentVolume"], places.map { (FieldPattern(stringLiteral: "spec.\($0)"), .replaced) })

  private static let places = [
    "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi.driver", "csi.volumeHandle",
    "csi.fsType", "csi.volumeAttributes", "fc", "flexVolume", "gcePersistentDisk", "glusterfs", "hostPath", "iscsi",
    "local", "nfs", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
  ]

  /// A Job's pods while it is not suspended; of one that deletes itself when it is done nothing is known. Of a StatefulSet
  /// everything but `replicas`, `ordinals`, `template`, `updateStrategy`, `revisionHistoryLimit`,
  /// `persistentVolumeClaimRetentionPolicy` and `minReadySeconds`.
  private static let workloads =
    rows(
      "batch", ["Job"],
      [
        ("spec.template", .differs), ("spec.selector", .differs), ("spec.completionMode", .differsFrom("NonIndexed")),
      ], isLifted: { $0["spec", "suspend"]?.bool == true || $0["spec", "ttlSecondsAfterFinished"] != nil })
    + rows(
      "batch", ["Job"], [("spec.completions", .replaced)],
      isLifted: {
        $0["spec", "completionMode"]?.text == "Indexed" || $0["spec", "ttlSecondsAfterFinished"] != nil
      })
    + rows("apps", ["Deployment", "DaemonSet", "ReplicaSet", "StatefulSet"], [("spec.selector", .differs)])
    + rows(
      "apps", ["StatefulSet"],
      [
        ("spec.serviceName", .replaced), ("spec.podManagementPolicy", .differsFrom("OrderedReady")),
        ("spec.volumeClaimTemplates", .differs),
      ])

  private static let access = rows(
    "rbac.authorization.k8s.io", ["RoleBinding", "ClusterRoleBinding"],
    [("roleRef.kind", .replaced), ("roleRef.name", .replaced)])

  private static let settings =
    rows(
      "", ["ConfigMap", "Secret"],
      [("data", .differs), ("binaryData", .differs), ("immutable", .differsFrom("false"))],
      isLifted: { $0["immutable"]?.bool != true })
    + rows("", ["Secret"], [("type", .replaced)])
    + rows(
      "storage.k8s.io", ["StorageClass"],
      [
        ("provisioner", .replaced), ("parameters", .differs), ("reclaimPolicy", .differsFrom("Delete")),
        ("volumeBindingMode", .differsFrom("Immediate")),
      ])
    + rows(
      "", ["Service"], [("spec.clusterIP", .address)], isLifted: { $0["spec", "type"]?.text == "ExternalName" })
    + rows("scheduling.k8s.io", ["PriorityClass"], [("value", .replaced), ("preemptionPolicy", .replaced)])
    + rows("networking.k8s.io", ["IngressClass"], [("spec.controller", .replaced)])
    + rows(
      "apiextensions.k8s.io", ["CustomResourceDefinition"],
      [
        ("spec.scope", .replaced), ("spec.group", .replaced), ("spec.names.kind", .replaced),
        ("spec.names.plural", .replaced),
      ])
}

extension CoreImmutableField {
  /// The values that differ although they may not.
  func changes(from before: KubernetesObject, to after: KubernetesObject) -> [FieldChange] {
    if isLifted(before) { return [] }
    return field.values(before: before.root, after: after.root).flatMap { change -> [FieldChange] in
      if change.before?.isUnknown == true || change.after?.isUnknown == true { return [] }
      switch condition {
      case .shrinks:
        guard let old = change.before.flatMap(Quantity.init), let new = change.after.flatMap(Quantity.init) else {
          return []
        }
        return new < old ? [change] : []
      case .differsFrom(let usual):
        return (change.before?.text ?? usual) == (change.after?.text ?? usual) ? [] : [change]
      case .address:
        guard let new = change.after?.text, !new.isEmpty, after["spec", "type"]?.text != "ExternalName" else {
          return []
        }
        let old = change.before?.text ?? ""
        return old == new || old.isEmpty && new != "None" ? [] : [change]
      case .replaced:
        return CoreImmutableField.leaves(of: change, kind.group).filter { $0.before != nil && $0.after != nil }
      case .differs: return CoreImmutableField.leaves(of: change, kind.group)
      }
    }
  }

  /// The values beneath a field that differ: none that only the cluster has, nor that is encrypted, nor that the API
  /// server fills in.
  private static func leaves(of change: FieldChange, _ group: String) -> [FieldChange] {
    guard let before = change.before, let after = change.after else { return [change].filter(isTold) }
    return FieldChange.between(before, after, group: group, at: change.path).filter(isTold)
  }

  private static func isTold(_ leaf: FieldChange) -> Bool {
    let sides = [leaf.before, leaf.after].compactMap { $0 }
    if sides.contains(where: { $0.hasUnknown || $0.text?.hasPrefix("ENC[") == true }) { return false }
    if sides.count == 1, case .key(let name)? = leaf.path.steps.last, filledIn.contains(name) { return false }
    guard sides.count == 2, let old = Quantity(sides[0]), let new = Quantity(sides[1]) else { return true }
    return old != new
  }

  /// The names of fields that get a value where they have none, so that it changes nothing to write that value.
  private static let filledIn: Set<String> = [
    "apiVersion", "creationTimestamp", "defaultMode", "dnsPolicy", "failureThreshold", "imagePullPolicy", "kind",
    "periodSeconds", "protocol", "restartPolicy", "schedulerName", "securityContext", "serviceAccount", "status",
    "successThreshold", "terminationGracePeriodSeconds", "terminationMessagePath", "terminationMessagePolicy",
    "timeoutSeconds", "type", "volumeMode",
  ]
}
