internal import Flux
internal import Manifests
internal import Policy

/// A cluster on which ordinary pods find no node.
struct AllGroupsTainted: ClusterRule {
  let info = RuleInfo(
    "all-groups-tainted", .high, .scale,
    summary: "Every worker group of a cluster is tainted.",
    why: """
      CoreDNS and every pod without a toleration stay pending. For a management cluster EKS Anywhere refuses it, which \
      stalls everything under the sync root.
      """,
    remediation: "Leave one worker group without a NoSchedule or NoExecute taint.",
    references: [References.scaling],
    examples: [
      .worker(
        "the only group", "count: 3", "count: 3, taints: ⟦[{key: a, value: b, effect: NoSchedule}]⟧"),
      .worker("a preference", "count: 3", "count: 3, taints: [{key: a, value: b, effect: PreferNoSchedule}]"),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, Self.holds(after), !(edit.before.map { Self.holds($0) } ?? false) else { return [] }
    let fate = after.isSelfManaged ? "EKS Anywhere refuses that" : "pods without a toleration stay pending"
    let old = edit.before
    let group = after.workers.first { group in old?.worker(named: group.name).map { !Self.isTainted($0) } ?? true }
    let path = (group ?? after.workers[0]).path.key("taints")
    var violation = edit.object.violation("Every worker group of \(after.title) is tainted: \(fate).", at: path)
    violation?.isRefused = after.isSelfManaged
    return [violation].compactMap { $0 }
  }

  private static func holds(_ cluster: ClusterSpec) -> Bool {
    !cluster.workers.isEmpty && cluster.workers.allSatisfy { isTainted($0) }
  }

  private static func isTainted(_ group: WorkerGroup) -> Bool {
    (group.node["taints"]?.items ?? []).contains { ["NoSchedule", "NoExecute"].contains($0["effect"]?.text ?? "") }
  }
}

/// An upgrade and a scaling of bare metal in one step.
struct TinkerbellVersionAndScale: ClusterRule {
  let info = RuleInfo(
    "tinkerbell-version-and-scale", .medium, .scale,
    summary: "A bare metal cluster is upgraded and scaled in one commit.",
    why: "EKS Anywhere refuses that; Flux then applies and prunes nothing under the sync root.",
    remediation: "Split the commit: first the version, then, once it has rolled out, the counts.",
    references: [References.upgrade, References.bareMetal],
    examples: [
      Example(
        "both at once", before: sample("\"1.32\"", "count: 3"), after: sample("\"1.33\"", "count: ⟦4⟧")),
      Example("the version alone", before: sample("\"1.32\"", "count: 3"), after: sample("\"1.33\"", "count: 3")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, after.datacenterKind == Kinds.tinkerbellDatacenter.kind,
      let old = KubernetesVersion(before.kubernetesVersion), let new = KubernetesVersion(after.kubernetesVersion),
      old != new,
      let path = Self.scaled(edit, before, after)
    else { return [] }
    return [
      edit.object.violation(
        "\(after.title) goes from Kubernetes \(old) to \(new) and is scaled in the same commit, which is refused.",
        at: path)?.refused
    ].compactMap { $0 }
  }

  private static func scaled(_ edit: ClusterEdit, _ before: ClusterSpec, _ after: ClusterSpec) -> FieldPath? {
    if let old = before.controlPlaneCount?.int, let new = after.controlPlaneCount?.int, old != new {
      return ClusterSpec.controlPlanePath.key("count")
    }
    if let added = edit.addedGroups.first { return added.path }
    if let removed = edit.removedGroups.first { return removed.path }
    let resized = edit.keptGroups.first { old, new, _ in
      old.machines != nil && new.machines != nil && old.machines != new.machines
    }
    return resized.map { $0.new.path.key("count") }
  }

  private static func sample(_ version: String, _ group: String) -> String {
    Samples.cluster(version: version, workers: "{name: md-0, \(group)}")
      .replacing("VSphereDatacenterConfig", with: "TinkerbellDatacenterConfig")
  }
}
