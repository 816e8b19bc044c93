internal import Manifests
internal import Policy

/// Immutable fields whose edit deserves a name of its own.
enum TellingImmutables {
  static let all: [any Rule] = [endpoint, cidr, GitOpsRefChanged()]

  private static let endpoint = FieldRule(
    RuleInfo(
      "endpoint-changed", .high, .admission,
      summary: "The address of a cluster's control plane changes.",
      why: """
        The API server refuses it, which stalls everything under the sync root. Under a pause it passes, and every \
        kubeconfig, certificate and node then points at an address that does not answer.
        """,
      remediation: "Restore controlPlaneConfiguration.endpoint.host; a new address takes a new cluster.",
      references: [References.gitOps],
      supersedes: ["immutable-field-edit"],
      examples: [
        Example(
          "another address", before: Samples.cluster(),
          after: Samples.cluster().replacing("10.0.0.10", with: "⟦10.0.0.99⟧")),
        Example(
          "the quotes change", before: Samples.cluster(),
          after: Samples.cluster().replacing("10.0.0.10", with: "\"10.0.0.10\"")),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.controlPlaneConfiguration.endpoint.host"], .differs(as: Canonical.endpoint),
      "The control plane address of {object} {change}, {refused}."))

  private static let cidr = FieldRule(
    RuleInfo(
      "cidr-changed", .high, .admission,
      summary: "The address range of a cluster's pods or services changes.",
      why: "The API server refuses it, which stalls everything under the sync root; ranges cannot be changed later.",
      remediation: "Restore the CIDR block; another range takes a new cluster.",
      references: [References.cilium],
      supersedes: ["immutable-field-edit"],
      examples: [
        .clusterSpec(
          "another range for pods", "clusterNetwork: {pods: {cidrBlocks: [10.1.0.0/16]}}",
          "clusterNetwork: {pods: {cidrBlocks: ⟦[10.2.0.0/16]⟧}}"),
        .clusterSpec(
          "quotes around the range", "clusterNetwork: {pods: {cidrBlocks: [10.1.0.0/16]}}",
          "clusterNetwork: {pods: {cidrBlocks: [\"10.1.0.0/16\"]}}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.clusterNetwork.pods.cidrBlocks", "spec.clusterNetwork.services.cidrBlocks"],
      .differs,
      "{field} of {object} {change}, {refused}."))
}

/// A cluster that is told to be under another GitOps wiring, or none.
struct GitOpsRefChanged: ClusterRule {
  let info = RuleInfo(
    "gitops-ref-changed", .medium, .admission,
    summary: "The GitOps reference of a cluster changes or goes.",
    why: """
      For a workload cluster the API server refuses it, which stalls everything under the sync root. On a management \
      cluster its removal means that the CLI no longer writes its changes back to Git, which then reverts them.
      """,
    remediation: "Restore gitOpsRef; it is set once, when GitOps is first enabled on the management cluster.",
    references: [References.gitOps],
    supersedes: ["immutable-field-edit"],
    examples: [
      .clusterSpec(
        "another config", "gitOpsRef: {kind: FluxConfig, name: a}", "gitOpsRef: {kind: FluxConfig, name: ⟦b⟧}"),
      Example(
        "GitOps is enabled on a management cluster", before: Samples.cluster(managedBy: "prod"),
        after: Samples.cluster(managedBy: "prod", extra: "gitOpsRef: {kind: FluxConfig, name: a}")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let field = edit.object.values("spec.gitOpsRef").first,
      field.before?.hasUnknown != true, field.after?.hasUnknown != true, FieldTest.differs.holds(field)
    else { return [] }
    if before.isSelfManaged, field.before == nil { return [] }
    let path: FieldPath =
      field.before != nil && field.after != nil && field.before?["name"]?.text != field.after?["name"]?.text
      ? "spec.gitOpsRef.name" : "spec.gitOpsRef"
    let refusal = before.applied.isPaused ? "the pause lets that pass" : "the API server refuses that"
    let fate = before.isSelfManaged ? "the CLI no longer keeps Git up to date" : refusal
    var violation = edit.object.violation("\(after.title) changes its gitOpsRef: \(fate).", at: path)
    violation?.field = "spec.gitOpsRef"
    return [violation].compactMap { $0 }
  }
}
