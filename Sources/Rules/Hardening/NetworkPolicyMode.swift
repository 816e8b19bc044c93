internal import Flux
internal import Manifests
internal import Policy

/// How strictly Cilium enforces network policies.
struct NetworkPolicyMode: ClusterRule {
  let info: RuleInfo
  /// Whether the rule is about a stricter mode.
  let isStricter: Bool

  private static let cilium: FieldPath = "spec.clusterNetwork.cniConfig.cilium"
  private static let strictness = ["never": 0, "default": 1, "always": 2]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let (new, place) = NetworkPolicyMode.mode(of: after),
      let new1 = NetworkPolicyMode.strictness[new]
    else { return [] }
    let was = edit.before.map { NetworkPolicyMode.mode(of: $0) } ?? ("default", NetworkPolicyMode.cilium)
    guard let (old, oldPlace) = was, let old1 = NetworkPolicyMode.strictness[old] else { return [] }
    // That free values put all settings beside them out of force is a rule of its own.
    if place != oldPlace,
      edit.object.values("spec.clusterNetwork.cniConfig.cilium.helmValues").contains(where: {
        $0.before.isEmpty && $0.after?["policyEnforcementMode"] == nil
      })
    {
      return []
    }
    guard isStricter ? edit.before != nil && new1 > old1 && new == "always" : new1 < old1 else { return [] }
    let effect = isStricter ? "traffic without a policy is blocked" : "pods are less isolated than before"
    let text =
      edit.before == nil
      ? "\(after.title) is made with network policies enforced \(new): pods are less isolated than by default"
      : "\(after.title) enforces network policies \(new) instead of \(old): \(effect)"
    return [edit.object.violation("\(text).", at: place)].compactMap { $0 }
  }

  /// The mode in words, `default` where none is written, and where it is written: Helm values put the field beside them
  /// out of force. `nil` where it cannot be known.
  private static func mode(of cluster: ClusterSpec) -> (text: String, path: FieldPath)? {
    let config = cluster.applied.object["spec", "clusterNetwork", "cniConfig"]
    if config?.hasUnknown == true { return nil }
    let settings = config?["cilium"]
    let values = settings?["helmValues"]
    let name = "policyEnforcementMode"
    let path = values.isEmpty ? cilium.key(name) : cilium.key("helmValues").key(name)
    let text = (values.isEmpty ? settings?[name] : values?[name])?.text ?? ""
    return (text.isEmpty ? "default" : text, path)
  }

  private static func example(_ title: String, _ before: String, _ after: String) -> Example {
    func cilium(_ mode: String) -> String {
      let settings = mode.isEmpty || mode.contains(": ") ? mode : "policyEnforcementMode: \(mode)"
      return "clusterNetwork: {cniConfig: {cilium: {\(settings)}}}"
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
        example(
          "never in Helm values, which override the field beside them", "policyEnforcementMode: always, helmValues: {}",
          "policyEnforcementMode: always, helmValues: {policyEnforcementMode: ⟦never⟧}"),
        example(
          "the mode goes from Helm values", "helmValues: {policyEnforcementMode: ⟦always⟧, debug: {}}",
          "helmValues: {debug: {}}"),
        example(
          "the mode moves into Helm values", "policyEnforcementMode: always",
          "helmValues: {policyEnforcementMode: always}"),
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
