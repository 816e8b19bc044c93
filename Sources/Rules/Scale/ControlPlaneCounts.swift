internal import Flux
internal import Manifests
internal import Policy

/// A control plane count that EKS Anywhere refuses.
struct ControlPlaneCountInvalid: ClusterRule {
  let info = RuleInfo(
    "cp-count-invalid", .high, .scale,
    summary: "The control plane count is missing, zero, negative, or even without external etcd.",
    why: """
      The control plane count has no default: a missing one is 0. EKS Anywhere refuses such a cluster, and Flux then \
      applies and prunes nothing under the sync root.
      """,
    remediation: "Set spec.controlPlaneConfiguration.count to 3 or 5 (1 for a lab).",
    references: [References.bestPractices, References.scaling],
    supersedes: ["cp-count-decrease"],
    examples: [
      Example(
        "the count becomes zero", before: Samples.cluster(),
        after: Samples.cluster(controlPlane: "count: ⟦0⟧")),
      Example(
        "two stacked members", before: Samples.cluster(), after: Samples.cluster(controlPlane: "count: ⟦2⟧")),
      Example(
        "the count is removed", before: Samples.cluster(controlPlane: "count: ⟦3⟧"),
        after: Samples.cluster(controlPlane: "labels: {a: b}")),
      Example(
        "two members with external etcd", before: Samples.cluster(extra: "externalEtcdConfiguration: {count: 3}"),
        after: Samples.cluster(controlPlane: "count: 2", extra: "externalEtcdConfiguration: {count: 3}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let fault = ControlPlaneCountInvalid.fault(of: after) else { return [] }
    if let before = edit.before, ControlPlaneCountInvalid.fault(of: before) == fault { return [] }
    return [
      edit.object.violation(
        "\(after.title) has \(fault); the API server refuses that\(Violation.rootStalls).",
        at: ClusterSpec.controlPlanePath.key("count"))?.refused
    ].compactMap { $0 }
  }

  private static func fault(of cluster: ClusterSpec) -> String? {
    guard cluster.controlPlane?.isUnknown != true else { return nil }
    guard let node = cluster.controlPlaneCount else { return "no control plane count, which counts as 0" }
    guard let count = node.int else { return nil }
    if count <= 0 { return "a control plane count of \(count)" }
    if count % 2 == 0, cluster.externalEtcd == nil {
      return "an even control plane count of \(count) with stacked etcd"
    }
    return nil
  }
}

/// Fewer control plane machines, of an EKS Anywhere cluster or of one of Cluster API.
struct ControlPlaneCountDecrease: ObjectRule {
  var kinds: KindSelection { .kinds(ControlPlaneCountDecrease.counts.flatMap(\.kinds)) }

  let info = RuleInfo(
    "cp-count-decrease", .high, .scale,
    summary: "The control plane loses machines.",
    why: """
      With stacked etcd each machine that goes is a member of etcd. At one machine nothing tolerates a fault, and \
      upgrades are risky.
      """,
    remediation: "Keep 3 or 5 control plane machines.",
    references: [References.bestPractices, References.scaling],
    examples: [
      Example("three become one", before: Samples.cluster(), after: Samples.cluster(controlPlane: "count: ⟦1⟧")),
      Example("three become five", before: Samples.cluster(), after: Samples.cluster(controlPlane: "count: 5")),
      .file(
        "a control plane of Cluster API shrinks", "capi/prod.yaml",
        before: Samples.object(
          "controlplane.cluster.x-k8s.io/v1beta1", "TalosControlPlane", "prod", "spec: {replicas: 3}"),
        after: Samples.object(
          "controlplane.cluster.x-k8s.io/v1beta1", "TalosControlPlane", "prod", "spec: {replicas: ⟦1⟧}")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept,
      let field = ControlPlaneCountDecrease.counts.first(where: { $0.kinds.contains(after.object.groupKind) })?.field,
      let old = before.object.root.value(at: field)?.int, let new = after.object.root.value(at: field)?.int, new > 0,
      new < old
    else { return [] }
    let loss = new == 1 ? "nothing tolerates a fault any more" : "fewer faults are tolerated"
    let whole = ClusterAPI.controlPlanes.contains(after.object.groupKind) ? "" : "The control plane of "
    let text = "\(whole)\(change.title) goes from \(old) to \(Count.of(new, "machine")): \(loss)."
    return [ObjectEdit(change, in: step).violation(text, at: field)].compactMap { $0 }
  }

  /// Where a kind says how many machines its control plane has.
  private static let counts: [(kinds: [GroupKind], field: FieldPath)] = [
    ([EKSAnywhere.cluster], ClusterSpec.controlPlanePath.key("count")),
    (ClusterAPI.controlPlanes, "spec.replicas"),
    ([ClusterAPI.cluster], "spec.topology.controlPlane.replicas"),
  ]
}

/// A new cluster with a single control plane machine.
struct ControlPlaneSingle: ClusterRule {
  let info = RuleInfo(
    "cp-single-node", .low, .scale,
    summary: "A new cluster has a single control plane machine.",
    why: "A single machine is no high availability: when it fails, or during an upgrade, the API is gone.",
    remediation: "Set spec.controlPlaneConfiguration.count to 3 or 5, unless the cluster is a lab.",
    references: [References.bestPractices],
    examples: [
      Example("a new cluster", before: nil, after: Samples.cluster(controlPlane: "count: ⟦1⟧")),
      Example("a new cluster of three", before: nil, after: Samples.cluster()),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, edit.before == nil, after.controlPlaneCount?.int == 1,
      after.datacenterKind != "DockerDatacenterConfig"
    else { return [] }
    return [
      edit.object.violation(
        "\(after.title) has a single control plane machine.", at: ClusterSpec.controlPlanePath.key("count"))
    ].compactMap { $0 }
  }
}
