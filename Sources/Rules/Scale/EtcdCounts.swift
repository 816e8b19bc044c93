internal import Flux
internal import Manifests
internal import Policy

/// An external etcd count that EKS Anywhere refuses.
struct EtcdCountInvalid: ClusterRule {
  let info = RuleInfo(
    "etcd-count-invalid", .high, .scale,
    summary: "The external etcd count is missing, zero, negative or even.",
    why: "EKS Anywhere refuses it, and Flux then applies and prunes nothing under the sync root.",
    remediation: "Set spec.externalEtcdConfiguration.count to 3 or 5.",
    references: [References.etcd],
    supersedes: ["etcd-count-changed"],
    examples: [
      Example(
        "three become two", before: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}"),
        after: Samples.cluster(extra: "externalEtcdConfiguration: {count: ⟦2⟧}")),
      Example(
        "a new cluster with three", before: nil, after: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let fault = EtcdCountInvalid.fault(of: after) else { return [] }
    if let before = edit.before, EtcdCountInvalid.fault(of: before) == fault { return [] }
    return [
      edit.object.violation(
        "\(after.title) has \(fault); the API server refuses that\(Violation.rootStalls).",
        at: ClusterSpec.etcdPath.key("count"))?.refused
    ].compactMap { $0 }
  }

  private static func fault(of cluster: ClusterSpec) -> String? {
    guard let etcd = cluster.externalEtcd, !etcd.isUnknown else { return nil }
    guard let node = etcd["count"] else { return "no external etcd count, which counts as 0" }
    guard let count = node.int else { return nil }
    if count <= 0 { return "an external etcd count of \(count)" }
    return count % 2 == 0 ? "an even external etcd count of \(count)" : nil
  }
}

/// Another number of external etcd machines.
struct EtcdCountChanged: ClusterRule {
  let info = RuleInfo(
    "etcd-count-changed", .high, .scale,
    summary: "The number of external etcd machines changes.",
    why: """
      It is accepted, but no documented operation: EKS Anywhere treats it as a rolling upgrade of etcd with the control \
      plane paused. A member lost on the way is lost data.
      """,
    remediation: "Leave the count as it is; if it must change, take an etcd snapshot first and ask AWS support.",
    references: [References.etcd],
    examples: [
      Example(
        "three become five", before: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}"),
        after: Samples.cluster(extra: "externalEtcdConfiguration: {count: ⟦5⟧}")),
      Example(
        "the control plane grows beside it", before: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}"),
        after: Samples.cluster(controlPlane: "count: 5", extra: "externalEtcdConfiguration: {count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let old = before.externalEtcd?["count"]?.int,
      let new = after.externalEtcd?["count"]?.int, old != new
    else { return [] }
    return [
      edit.object.violation(
        "External etcd of \(after.title) goes from \(old) to \(Count.of(new, "machine")): etcd is rolled with the control plane paused.",
        at: ClusterSpec.etcdPath.key("count"))
    ].compactMap { $0 }
  }
}

/// A switch between stacked and external etcd.
struct EtcdTopologySwitched: ClusterRule {
  let info = RuleInfo(
    "etcd-topology-switched", .high, .scale,
    summary: "A cluster switches between stacked and external etcd.",
    why: """
      The presence of externalEtcdConfiguration may not change. The API server refuses the edit, and Flux then applies \
      and prunes nothing under the sync root.
      """,
    remediation: "Undo the edit. To change the topology, create a new cluster and move the workloads.",
    references: [References.etcd],
    supersedes: ["immutable-field-edit"],
    examples: [
      Example(
        "external etcd is removed",
        before: Samples.cluster(extra: "externalEtcdConfiguration: ⟦{count: 3}⟧"), after: Samples.cluster()),
      Example(
        "external etcd is added", before: Samples.cluster(),
        after: Samples.cluster(extra: "externalEtcdConfiguration: ⟦{count: 3}⟧")),
      Example(
        "a new cluster with external etcd", before: nil,
        after: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, (before.externalEtcd == nil) != (after.externalEtcd == nil) else {
      return []
    }
    let direction = before.externalEtcd == nil ? "from stacked to external etcd" : "from external to stacked etcd"
    let fate =
      before.applied.isPaused
      ? "the cluster is paused, so the API server lets it pass" : "the API server refuses that"
    var violation = edit.object.violation("\(after.title) switches \(direction); \(fate).", at: ClusterSpec.etcdPath)
    violation?.isRefused = !before.applied.isPaused
    return [violation].compactMap { $0 }
  }
}
