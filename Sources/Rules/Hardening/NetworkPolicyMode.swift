internal import Flux
internal import Manifests
internal import Policy

/// How strictly Cilium enforces network policies.
struct NetworkPolicyMode: ClusterRule {
  let info: RuleInfo
  /// Whether the rule is about a stricter mode.
  let isStricter: Bool

  private static let path: FieldPath = "spec.clusterNetwork.cniConfig.cilium.policyEnforcementMode"
  private static let strictness = ["never": 0, "default": 1, "always": 2]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let new = NetworkPolicyMode.mode(of: after),
      let new1 = NetworkPolicyMode.strictness[new]
    else { return [] }
    let old = edit.before.map { NetworkPolicyMode.mode(of: $0) } ?? "default"
    guard let old, let old1 = NetworkPolicyMode.strictness[old] else { return [] }
    guard isStricter ? edit.before != nil && new1 > old1 && new == "always" : new1 < old1 else { return [] }
    let effect = isStricter ? "traffic without a policy is blocked" : "pods are less isolated than before"
    return [
      edit.object.violation(
        "\(after.title) enforces network policies \(new) instead of \(old): \(effect).", at: NetworkPolicyMode.path)
    ].compactMap { $0 }
  }

  /// The mode in words, `default` where none is written; `nil` where it cannot be known.
  private static func mode(of cluster: ClusterSpec) -> String? {
    guard let network = cluster.applied.object["spec", "clusterNetwork"] else { return "default" }
    if network["cniConfig"]?.hasUnknown == true { return nil }
    let text = network["cniConfig", "cilium", "policyEnforcementMode"]?.text ?? ""
    return text.isEmpty ? "default" : text
  }

  private static func example(_ title: String, _ before: String, _ after: String) -> Example {
    func cilium(_ mode: String) -> String {
      "clusterNetwork: {cniConfig: {cilium: {\(mode.isEmpty ? "" : "policyEnforcementMode: \(mode)")}}}"
    }
    return .clusterSpec(title, cilium(before), cilium(after))
  }

  static let weakened = NetworkPolicyMode(
    info: RuleInfo(
      "netpol-mode-weakened", .high, .hardening,
      summary: "Cilium enforces network policies less strictly.",
      why: "With default, pods without a policy talk freely; with never, every NetworkPolicy of the cluster is off.",
      remediation: "Restore policyEnforcementMode; a policy that is too narrow is mended by another policy.",
      references: [References.cilium],
      examples: [
        example("from always to never", "always", "⟦never⟧"),
        example("always is removed", "⟦always⟧", ""),
        example("the default is written out", "", "default"),
      ]),
    isStricter: false)

  static let hardened = NetworkPolicyMode(
    info: RuleInfo(
      "netpol-mode-hardened", .high, .hardening,
      summary: "Cilium begins to block all traffic that no policy allows.",
      why: "With always, every pod without a policy loses its connections at once, system pods included.",
      remediation: "Ship network policies for every namespace first, in a commit that has been applied.",
      references: [References.cilium],
      examples: [
        example("from default to always", "default", "⟦always⟧"), example("from never to default", "never", "default"),
      ]),
    isStricter: true)
}
