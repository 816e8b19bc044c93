internal import Manifests
internal import Policy

/// Autoscaling taken from a worker group.
struct AutoscalingRemoved: ClusterRule {
  let info = RuleInfo(
    "autoscaling-removed", .high, .scale,
    summary: "A worker group loses its autoscalingConfiguration.",
    why: """
      EKS Anywhere then forces the group to its count, which is 1 where none is written: whatever the autoscaler had \
      added is deleted at once.
      """,
    remediation: "Set count to the group's present size in the same commit: `kubectl get machinedeployments -A`.",
    references: [References.autoscaling],
    examples: [
      Example(
        "the block is removed",
        before: Samples.cluster(
          workers: "{name: md-0, count: 3, autoscalingConfiguration: ⟦{minCount: 2, maxCount: 9}⟧}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3}")),
      Example(
        "the block is added", before: Samples.cluster(workers: "{name: md-0, count: 3}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3, autoscalingConfiguration: {minCount: 3, maxCount: 9}}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.keptGroups.compactMap { old, new, after in
      guard old.autoscaling != nil, new.autoscaling == nil else { return nil }
      let machines = new.machines.map { "exactly \(Count.of($0, "machine"))" } ?? "its written count"
      return edit.object.violation(
        "Worker group \(new.name) of \(after.title) is no longer autoscaled and is forced to \(machines).",
        at: new.path.key("autoscalingConfiguration"))
    }
  }
}

/// Bounds of an autoscaler that are refused, or that let it drain a group.
struct AutoscalingBounds: ClusterRule {
  let info = RuleInfo(
    "autoscaling-bounds", .medium, .scale,
    summary: "The bounds of an autoscaled worker group contradict each other or let it shrink.",
    why: """
      EKS Anywhere refuses bounds unless 0 <= minCount <= count <= maxCount. Lower bounds that it accepts let the \
      autoscaler drain machines of the group.
      """,
    remediation: "Write bounds with minCount <= count <= maxCount, and keep minCount at 1 or more.",
    references: [References.autoscaling],
    examples: [
      Example(
        "the minimum exceeds the maximum",
        before: Samples.cluster(workers: "{name: md-0, autoscalingConfiguration: {minCount: 2, maxCount: 9}}"),
        after: Samples.cluster(workers: "{name: md-0, autoscalingConfiguration: {minCount: ⟦12⟧, maxCount: 9}}")),
      Example(
        "the minimum becomes zero",
        before: Samples.cluster(
          workers: "{name: md-0, count: 3, autoscalingConfiguration: {minCount: 2, maxCount: 9}}"),
        after: Samples.cluster(
          workers: "{name: md-0, count: 3, autoscalingConfiguration: {minCount: ⟦0⟧, maxCount: 9}}")),
      Example(
        "the maximum falls below the count",
        before: Samples.cluster(
          workers: "{name: md-0, count: 6, autoscalingConfiguration: {minCount: 2, maxCount: 9}}"),
        after: Samples.cluster(
          workers: "{name: md-0, count: 6, autoscalingConfiguration: {minCount: 2, maxCount: ⟦4⟧}}")),
      Example(
        "the maximum grows",
        before: Samples.cluster(
          workers: "{name: md-0, count: 3, autoscalingConfiguration: {minCount: 2, maxCount: 9}}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3, autoscalingConfiguration: {minCount: 2, maxCount: 12}}")
      ),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, after.namesAreKnown else { return [] }
    return after.workers.compactMap { new in
      let old = edit.before?.worker(named: new.name)
      guard let bounds = Bounds(new) else { return nil }
      let previous = old.flatMap { Bounds($0) }
      if bounds == previous { return nil }
      guard let fault = bounds.fault ?? bounds.loss(from: previous, machines: old?.machines) else { return nil }
      var violation = edit.object.violation(
        "Worker group \(new.name) of \(after.title): \(fault.text).",
        at: fault.field == "count" ? new.path.key("count") : new.path.key("autoscalingConfiguration").key(fault.field))
      violation?.isRefused = bounds.fault != nil
      return violation
    }
  }

  /// The three numbers of a group; a bound that is not written is 0.
  private struct Bounds: Equatable {
    let low: Int
    let high: Int
    let count: Int?

    init?(_ group: WorkerGroup) {
      guard let scaling = group.autoscaling, scaling.isMapping else { return nil }
      for key in ["minCount", "maxCount"] {
        if let node = scaling[key], node.int == nil { return nil }
      }
      if let node = group.countNode, node.int == nil { return nil }
      low = scaling["minCount"]?.int ?? 0
      high = scaling["maxCount"]?.int ?? 0
      count = group.countNode?.int
    }

    /// What EKS Anywhere refuses.
    var fault: (text: String, field: String)? {
      if low < 0 { return ("minCount \(low) is negative, which EKS Anywhere refuses", "minCount") }
      if low > high { return ("minCount \(low) exceeds maxCount \(high), which EKS Anywhere refuses", "minCount") }
      guard let count else { return nil }
      if count < low { return ("count \(count) is below minCount \(low), which EKS Anywhere refuses", "count") }
      if count > high { return ("count \(count) exceeds maxCount \(high), which EKS Anywhere refuses", "maxCount") }
      return nil
    }

    /// What the autoscaler may now do that it could not do before.
    func loss(from old: Bounds?, machines: Int?) -> (text: String, field: String)? {
      if low == 0, let before = old?.low ?? machines, before > 0 {
        return ("minCount becomes 0, so that the autoscaler may drain the whole group", "minCount")
      }
      if let old, high < old.high, high < max(old.count ?? 0, old.low) {
        return ("maxCount falls from \(old.high) to \(high), below the machines that run", "maxCount")
      }
      return nil
    }
  }
}
