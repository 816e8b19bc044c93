internal import Flux
internal import Manifests
internal import Policy

/// A change of the version in the topology of a Cluster API cluster that is made of a class.
struct TopologyVersionChange {
  private let change: ObjectChange
  private let old: Node
  private let new: Node

  /// `nil` for objects of other kinds, and where a version is not known. The annotation switches the check off, see
  /// `validateTopologyVersion` in `internal/webhooks/cluster.go` of kubernetes-sigs/cluster-api.
  init?(_ change: ObjectChange) {
    guard let (before, after) = change.kept, after.object.groupKind == ClusterAPI.cluster,
      let old = before.object.root.value(at: TopologyVersionChange.field),
      let new = after.object.root.value(at: TopologyVersionChange.field),
      after.object.annotation("unsafe.topology.cluster.x-k8s.io/disable-update-version-check") == nil
    else { return nil }
    self.change = change
    self.old = old
    self.new = new
  }

  /// Whether the version goes down, be it by a patch.
  var isDowngrade: Bool {
    guard let was = TopologyVersionChange.numbers(old), let now = TopologyVersionChange.numbers(new) else {
      return false
    }
    return now.lexicographicallyPrecedes(was)
  }

  /// What is said of a version that goes down.
  var violation: Violation {
    change.violation(
      "\(change.title) goes from Kubernetes \(old.text ?? "") down to \(new.text ?? ""), which Cluster API refuses.",
      at: TopologyVersionChange.field
    ).refused
  }

  private static let field: FieldPath = "spec.topology.version"

  /// The numbers of `v1.33.2`, what comes behind `+` or `-` aside.
  private static func numbers(_ node: Node) -> [Int]? {
    guard let text = node.text, !node.isUnknown else { return nil }
    let version = text.drop { $0 == "v" }.prefix { $0.isNumber || $0 == "." }
    let parts = version.split(separator: ".").map { Int($0) }
    return parts.count == 3 ? parts.compactMap { $0 } : nil
  }
}

extension Example {
  /// An edit of the version of a cluster that is made of a class.
  static func topology(_ title: String, from old: String, to new: String) -> Example {
    func cluster(_ version: String) -> String {
      Samples.object(
        "cluster.x-k8s.io/v1beta1", "Cluster", "prod", "spec: {topology: {class: c, version: \(version)}}")
    }
    return file(title, "capi/prod.yaml", before: cluster(old), after: cluster(new))
  }
}
