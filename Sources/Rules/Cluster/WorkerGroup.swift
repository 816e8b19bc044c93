internal import Manifests

/// One item of `spec.workerNodeGroupConfigurations`.
struct WorkerGroup {
  /// The group's name; the first unnamed group is `md-0` (mutating webhook of EKS Anywhere).
  var name: String
  /// The whole item.
  var node: Node
  var path: FieldPath
  /// Whether the provider asks for `count` machines even beside an autoscaler, as Snow does.
  var ignoresAutoscaler = false

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

  /// Whether an autoscaler, and not `count`, says how many machines there are.
  var isAutoscaled: Bool { autoscaling != nil && !ignoresAutoscaler }

  /// Whether nothing keeps a machine in this group.
  var isEmpty: Bool { !isAutoscaled && machines == 0 }

  /// The number of machines when this group takes the place of another, or is made anew; `nil` where that is not known,
  /// as where the autoscaler has chosen it and goes on.
  ///
  /// EKS Anywhere leaves the replicas of an autoscaled group alone: a new one starts at the minimum (CAPI), and the
  /// machines of one that was not autoscaled are brought within the bounds once.
  func machines(replacing old: WorkerGroup?) -> Int? {
    guard isAutoscaled else { return machines }
    guard let low = minCount, let high = maxCount else { return nil }
    guard let old else { return low }
    guard !old.isAutoscaled, let count = old.machines else { return nil }
    return max(low, min(count, high))
  }
}
