internal import Manifests
internal import Policy

/// All workers of a cluster gone at once.
struct WorkersAllZero: ClusterRule {
  let info = RuleInfo(
    "workers-all-zero", .critical, .scale,
    summary: "Every worker group of a cluster is scaled to zero.",
    why: """
      EKS Anywhere accepts a worker count of 0, for all groups at once. Every workload is evicted and CoreDNS has nowhere \
      to run. On a management cluster Flux itself stops, so that a Git revert cannot heal it.
      """,
    remediation: "Keep at least one worker group above zero; to retire the cluster, delete it as documented instead.",
    references: [References.bestPractices, References.scaling],
    supersedes: ["worker-group-zero", "worker-count-drop"],
    examples: [
      Example(
        "both worker groups go to zero",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: md-1, count: 2}"),
        after: Samples.cluster(workers: "{name: md-0, count: ⟦0⟧}", "{name: md-1, count: 0}")),
      Example(
        "one of two groups goes to zero",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: md-1, count: 2}"),
        after: Samples.cluster(workers: "{name: md-0, count: 0}", "{name: md-1, count: 2}")),
      Example(
        "the count beside an autoscaler, which nobody looks at",
        before: Samples.cluster(workers: "{count: 5, autoscalingConfiguration: {minCount: 0, maxCount: 9}}"),
        after: Samples.cluster(workers: "{count: 0, autoscalingConfiguration: {minCount: 0, maxCount: 9}}")),
      Example(
        "the same on Snow, where it counts",
        before: snow("{count: 5, autoscalingConfiguration: {minCount: 0, maxCount: 9}}"),
        after: snow("{count: ⟦0⟧, autoscalingConfiguration: {minCount: 0, maxCount: 9}}")),
      Example(
        "the autoscaler goes, and a count of zero takes its place",
        before: Samples.cluster(workers: "{autoscalingConfiguration: {minCount: 0, maxCount: 9}}"),
        after: Samples.cluster(workers: "{count: ⟦0⟧}")),
    ])

  private static func snow(_ group: String) -> String {
    Samples.cluster(workers: group).replacing("VSphereDatacenterConfig", with: "SnowDatacenterConfig")
  }

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, !after.workers.isEmpty,
      after.workers.allSatisfy({ $0.machines(replacing: edit.before?.worker(named: $0.name)) == 0 })
    else { return [] }
    if let before = edit.before, before.workers.isEmpty || before.workers.allSatisfy(\.isEmpty) { return [] }
    let machines = edit.before.flatMap { $0.workers.contains(where: \.isAutoscaled) ? nil : $0.totalWorkers }
    let loss = edit.before.map { _ in
      let all =
        switch machines {
        case 1: "the only worker machine"
        case 2: "both worker machines"
        case let count?: "all \(count) worker machines"
        case nil: "all worker machines"
        }
      return "\(all) of \(after.title) \(machines == 1 ? "goes" : "go")"
    }
    let place = after.workers[0]
    var violation = after.violation(
      "Every worker group is at zero: \(loss ?? "\(after.title) has no worker").", side: .after,
      at: ClusterSpec.workersPath,
      node: place.countNode, holder: place.node)
    violation.before = machines.map(String.init)
    violation.after = "0"
    violation.related = after.workers.dropFirst().compactMap(\.countNode).map {
      after.applied.location(of: $0, side: .after)
    }
    return [violation]
  }
}

/// One worker group emptied.
struct WorkerGroupZero: ClusterRule {
  let info = RuleInfo(
    "worker-group-zero", .high, .scale,
    summary: "A worker group is scaled to zero.",
    why: """
      All machines of the group are deleted. What only runs there, because of its taints, labels or failure domain, \
      stays pending.
      """,
    remediation: "Keep a machine in the group, or remove the group once its workloads run elsewhere.",
    references: [References.bestPractices, References.scaling],
    supersedes: ["worker-count-drop"],
    examples: [
      Example(
        "a group of two goes to zero",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: gpu, count: 2}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: gpu, count: ⟦0⟧}")),
      Example(
        "a group grows",
        before: Samples.cluster(workers: "{name: md-0, count: 3}"),
        after: Samples.cluster(workers: "{name: md-0, count: 5}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.keptGroups.compactMap { old, new, after in
      guard old.isAutoscaled || (old.machines ?? 0) > 0, new.machines(replacing: old) == 0 else { return nil }
      let machines = old.isAutoscaled ? nil : old.machines
      let start = old.isAutoscaled ? "what the autoscaler chose" : machines.map { Count.of($0, "machine") }
      return after.violation(
        "Worker group \(new.name) of \(after.title) goes from \(start ?? "its machines") to 0.", side: .after,
        at: new.path.key("count"), node: new.countNode, holder: new.node, before: machines.map { .number($0) },
        after: .number(0))
    }
  }
}

/// A worker group that loses half of its machines, or three.
struct WorkerCountDrop: ClusterRule {
  let info = RuleInfo(
    "worker-count-drop", .medium, .scale,
    summary: "A worker group loses at least half of its machines, or three of them.",
    why: "The machines are drained and deleted at once; what ran there must fit on the rest.",
    remediation: "Scale down in steps, after checking that the remaining machines have room.",
    references: [References.scaling],
    examples: [
      Example(
        "six machines become two",
        before: Samples.cluster(workers: "{name: md-0, count: 6}"),
        after: Samples.cluster(workers: "{name: md-0, count: ⟦2⟧}")),
      Example(
        "five machines become four",
        before: Samples.cluster(workers: "{name: md-0, count: 5}"),
        after: Samples.cluster(workers: "{name: md-0, count: 4}")),
      Example(
        "the count beside an autoscaler, which nobody looks at",
        before: Samples.cluster(workers: "{count: 8, autoscalingConfiguration: {minCount: 2, maxCount: 9}}"),
        after: Samples.cluster(workers: "{count: 2, autoscalingConfiguration: {minCount: 2, maxCount: 9}}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.keptGroups.compactMap { old, new, after in
      guard !old.isAutoscaled, let from = old.machines, let to = new.machines(replacing: old), to >= 0, to < from else {
        return nil
      }
      guard from - to >= 3 || (from - to) * 2 >= from else { return nil }
      return after.violation(
        "Worker group \(new.name) of \(after.title) goes from \(from) to \(Count.of(to, "machine")).", side: .after,
        at: new.path.key("count"), node: new.countNode, holder: new.node, before: .number(from), after: .number(to))
    }
  }
}

/// The count of a worker group deleted, which makes it one.
struct WorkerCountFieldRemoved: ClusterRule {
  let info = RuleInfo(
    "worker-count-field-removed", .high, .scale,
    summary: "The count of a worker group is removed, so that it becomes one.",
    why:
      "The EKS Anywhere webhook fills in a missing worker count with 1; all other machines of the group are deleted.",
    remediation: "Write the count, or give the group an autoscalingConfiguration.",
    references: [References.scaling],
    supersedes: ["worker-count-drop"],
    examples: [
      Example(
        "the count line is deleted",
        before: Samples.cluster(workers: "{name: md-0, count: ⟦3⟧}"),
        after: Samples.cluster(workers: "{name: md-0}")),
      Example(
        "the count was one",
        before: Samples.cluster(workers: "{name: md-0, count: 1}"),
        after: Samples.cluster(workers: "{name: md-0}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.keptGroups.compactMap { old, new, after in
      guard let count = old.countNode, (count.int ?? 2) > 1, new.countNode == nil, new.autoscaling == nil,
        let before = edit.before
      else { return nil }
      return before.violation(
        "The count of worker group \(new.name) of \(after.title) is removed: it goes from \(count.text ?? "?") machines to 1, the default.",
        side: .before,
        at: new.path.key("count"), node: count, before: count)
    }
  }
}

extension ClusterEdit {
  /// The worker groups that are on both sides, by name.
  var keptGroups: [(old: WorkerGroup, new: WorkerGroup, after: ClusterSpec)] {
    guard let (before, after) = kept else { return [] }
    return after.workers.compactMap { new in before.worker(named: new.name).map { ($0, new, after) } }
  }
}

extension Node {
  /// A number that stands in no file.
  static func number(_ value: Int) -> Node { Node(.scalar(Scalar(String(value)))) }
}
