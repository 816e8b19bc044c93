internal import Manifests

/// One item of `spec.workerNodeGroupConfigurations`.
struct WorkerGroup {
  /// The group's name; the first unnamed group is `md-0` (mutating webhook of EKS Anywhere).
  var name: String
  /// The whole item.
  var node: Node
  var path: FieldPath

  /// `count` as written.
  var countNode: Node? { node["count"] }

  /// `autoscalingConfiguration`.
  var autoscaling: Node? { node["autoscalingConfiguration"] }

  var minCount: Int? { autoscaling.map { $0["minCount"]?.int ?? 0 } }

  var maxCount: Int? { autoscaling.map { $0["maxCount"]?.int ?? 0 } }

  /// The number of machines that EKS Anywhere would ask for: `count`, else `minCount`, else one; `nil` where the
  /// written count is no number or not known.
  var machines: Int? {
    guard let countNode else { return minCount ?? 1 }
    return countNode.int
  }

  /// Whether nothing keeps a machine in this group.
  var isEmpty: Bool { machines == 0 && (minCount ?? 0) == 0 }
}
