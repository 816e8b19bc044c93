internal import Flux
internal import Manifests
internal import Policy

/// A worker group that leaves the list.
struct WorkerGroupRemoved: ClusterRule {
  let info = RuleInfo(
    "worker-group-removed", .high, .scale,
    summary: "A worker group is removed from a cluster.",
    why: """
      EKS Anywhere deletes every MachineDeployment that is no longer in the list, in the same reconcile that adds new \
      ones: it does not wait for other capacity, and data on the disks of the machines is lost.
      """,
    remediation:
      "Cordon and drain the group's nodes first: `kubectl drain -l <label of the group> --ignore-daemonsets`.",
    references: [References.bestPractices, References.scaling],
    examples: [
      Example(
        "one of two groups is cut out",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: ⟦gpu⟧, count: 2}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3}")),
      Example(
        "the groups change places",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: gpu, count: 2}"),
        after: Samples.cluster(workers: "{name: gpu, count: 2}", "{name: md-0, count: 3}")),
      Example(
        "the default name is written out",
        before: Samples.cluster(workers: "{count: 3}"), after: Samples.cluster(workers: "{name: md-0, count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, !after.workers.isEmpty else { return [] }
    // A group that only loses its name is refused for that.
    let unnamed = edit.renamedGroups.filter(\.new.name.isEmpty).map(\.old.name)
    return edit.removedGroups.filter { !unnamed.contains($0.name) }.compactMap { group in
      let machines =
        (group.isAutoscaled ? nil : group.machines).map { " and its \(Count.of($0, "machine"))" } ?? " and its machines"
      let isIdle = group.isEmpty
      return edit.object.violation(
        "Worker group \(group.name) of \(after.title) is removed\(isIdle ? "; it has no machine" : "\(machines) are deleted").",
        at: group.path, severity: isIdle ? .low : nil)
    }
  }
}

/// A worker group that gets another name, which makes it another group.
struct WorkerGroupRenamed: ClusterRule {
  let info = RuleInfo(
    "worker-group-renamed", .high, .scale,
    summary: "A worker group gets another name, so that its machines are deleted and made anew.",
    why: """
      Groups are matched by name. EKS Anywhere creates a MachineDeployment of the new name and deletes the old one in \
      the same reconcile, without waiting for the new machines.
      """,
    remediation: """
      Keep the name. To replace a group, add the new one, wait for its nodes, drain the old one, and remove it in a \
      later commit.
      """,
    references: [References.scaling],
    supersedes: ["worker-group-removed"],
    examples: [
      Example(
        "only the name changes",
        before: Samples.cluster(workers: "{name: md-0, count: 3}"),
        after: Samples.cluster(workers: "{name: ⟦workers⟧, count: 3}")),
      Example(
        "a second group is added",
        before: Samples.cluster(workers: "{name: md-0, count: 3}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: workers, count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    return edit.renamedGroups.filter { !$0.new.name.isEmpty }.compactMap { old, new in
      let machines = old.machines.map { "its \(Count.of($0, "machine")) \(Count.are($0))" } ?? "its machines are"
      var violation = edit.object.violation(
        "Worker group \(old.name) of \(after.title) is renamed to \(new.name): \(machines) deleted and made anew.",
        at: new.path.key("name"))
      violation?.field = old.path
      violation?.before = old.name
      violation?.after = new.name
      return violation
    }
  }
}

/// A cluster that loses its whole list of worker groups.
struct WorkersListEmptied: ClusterRule {
  let info = RuleInfo(
    "workers-list-emptied", .critical, .scale,
    summary: "The list of worker groups is emptied or removed.",
    why: """
      On Tinkerbell all worker servers are wiped and the control plane loses its taint and rolls. Every other provider \
      refuses the cluster, which stalls everything under the sync root.
      """,
    remediation: "Restore workerNodeGroupConfigurations with at least one group.",
    references: [References.bestPractices, References.scaling],
    supersedes: ["worker-group-removed", "workers-all-zero"],
    examples: [
      Example(
        "the list becomes empty",
        before: Samples.cluster(),
        after: Samples.cluster().replacing(
          "workerNodeGroupConfigurations:\n  - {name: md-0, count: 3}", with: "workerNodeGroupConfigurations: ⟦[]⟧")),
      Example(
        "the list is removed",
        before: Samples.cluster().replacing("workerNodeGroupConfigurations", with: "⟦workerNodeGroupConfigurations⟧"),
        after: Samples.cluster().replacing(
          "  workerNodeGroupConfigurations:\n  - {name: md-0, count: 3}\n", with: "")),
      Example(
        "one group stays",
        before: Samples.cluster(workers: "{name: md-0, count: 3}", "{name: gpu, count: 2}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, !before.workers.isEmpty, after.workers.isEmpty,
      after.workersNode.map({ $0.isSequence && $0.items.isEmpty }) ?? true
    else { return [] }
    let isBareMetal = after.datacenterKind == Kinds.tinkerbellDatacenter.kind
    let machines = before.totalWorkers
    // Without workers the control plane takes their pods, so it may not be tainted.
    let isTainted = !(after.controlPlane?["taints"]?.items ?? []).isEmpty
    let isRefused = !isBareMetal || isTainted
    let effect =
      isBareMetal && isTainted
      ? "the API server refuses that while the control plane has taints,\(Violation.rootStalls)"
      : isBareMetal
        ? "its \(Count.of(machines, "worker machine")) \(Count.are(machines)) wiped and the control plane rolls"
        : "the API server refuses a cluster without worker groups\(Violation.rootStalls)"
    var violation = edit.object.violation(
      "\(after.title) loses all worker groups: \(effect).", at: ClusterSpec.workersPath)
    violation?.before = before.workers.map(\.name).joined(separator: ", ")
    violation?.isRefused = isRefused
    return [violation].compactMap { $0 }
  }
}

extension ClusterSpec {
  /// `spec.workerNodeGroupConfigurations` as written; `null` counts as absent.
  var workersNode: Node? { applied.object["spec", "workerNodeGroupConfigurations"] }

  /// Whether the names of all groups can be known from the repository.
  var namesAreKnown: Bool {
    guard let list = workersNode else { return true }
    return !list.isUnknown && list.items.allSatisfy { !$0.isUnknown && $0["name"]?.isUnknown != true }
  }
}

extension ClusterEdit {
  /// The groups that are only on the old side.
  var removedGroups: [WorkerGroup] {
    guard let (before, after) = kept, before.namesAreKnown, after.namesAreKnown else { return [] }
    return before.workers.filter { after.worker(named: $0.name) == nil }
  }

  /// The groups that are only on the new side.
  var addedGroups: [WorkerGroup] {
    guard let (before, after) = kept, before.namesAreKnown, after.namesAreKnown else { return [] }
    return after.workers.filter { before.worker(named: $0.name) == nil }
  }

  /// Groups that differ in nothing but their name, or the only two that came and went with the same machines.
  var renamedGroups: [(old: WorkerGroup, new: WorkerGroup)] {
    let removed = removedGroups
    var added = addedGroups
    var pairs: [(WorkerGroup, WorkerGroup)] = []
    for old in removed {
      let twin = added.firstIndex { $0.isSame(but: "name", as: old) }
      guard let index = twin ?? onlyTwin(of: old, removed, added) else { continue }
      pairs.append((old, added.remove(at: index)))
    }
    return pairs
  }

  private func onlyTwin(of old: WorkerGroup, _ removed: [WorkerGroup], _ added: [WorkerGroup]) -> Int? {
    guard removed.count == 1, added.count == 1, let machines = old.node["machineGroupRef", "name"]?.text,
      added[0].node["machineGroupRef", "name"]?.text == machines
    else { return nil }
    return 0
  }
}

extension WorkerGroup {
  /// Whether two groups mean the same apart from one key.
  fileprivate func isSame(but key: String, as other: WorkerGroup) -> Bool {
    func rest(_ node: Node) -> Node { Node(.mapping(node.entries.filter { $0.name != key })) }
    return rest(node).means(rest(other.node))
  }
}
