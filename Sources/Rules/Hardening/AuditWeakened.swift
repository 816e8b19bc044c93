internal import Flux
internal import Manifests
internal import Policy

/// An audit policy that records less than the one before.
struct AuditWeakened: ClusterRule {
  let info = RuleInfo(
    "audit-weakened", .high, .hardening,
    summary: "The audit policy of a cluster records less.",
    why: """
      auditPolicyContent replaces EKS Anywhere's own policy entirely. What it does not record leaves no trace: reads of \
      secrets, changes of RBAC, commands run in pods.
      """,
    remediation: "Keep rules for secrets, RBAC, exec and the catch-all at Metadata or above.",
    references: [References.audit, References.cis],
    examples: [
      .controlPlane("nothing is recorded", "", AuditWeakened.sample("⟦", "{level: None}", "⟧")),
      .controlPlane(
        "a rule is trimmed",
        AuditWeakened.sample("", "{level: Metadata, resources: [{resources: [secrets]}]}, {level: Request}"),
        AuditWeakened.sample("⟦", "{level: Request}", "⟧")),
      .controlPlane(
        "more is recorded", AuditWeakened.sample("", "{level: Metadata}"), AuditWeakened.sample("", "{level: Request}")),
    ])

  private static let path: FieldPath = "spec.controlPlaneConfiguration.auditPolicyContent"

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let node = after.controlPlane?["auditPolicyContent"], let text = node.text,
      !text.isEmpty, let new = AuditPolicy(text)
    else { return [] }
    let before = edit.before?.controlPlane?["auditPolicyContent"]
    if before?.isUnknown == true || before?.text.map({ String($0[...].trimmed) }) == String(text[...].trimmed) {
      return []
    }
    guard let loss = new.loss(from: before?.text.flatMap { $0.isEmpty ? nil : AuditPolicy($0) }) else { return [] }
    return [edit.object.violation("\(after.title) audits less: \(loss).", at: AuditWeakened.path, shows: false)]
      .compactMap { $0 }
  }

  private static func sample(_ open: String, _ rules: String, _ close: String = "") -> String {
    "auditPolicyContent: \(open)'{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [\(rules)]}'\(close)"
  }
}

/// What an audit policy records.
private struct AuditPolicy {
  private let rules: [Node]

  init?(_ text: String) {
    let stream = YAMLStream.parse(Array(text.utf8))
    guard stream.firstProblem == nil, let root = stream.documents.compactMap(\.root).first, root.isMapping else {
      return nil
    }
    rules = root["rules"]?.items ?? []
  }

  private static let levels = ["None": 0, "Metadata": 1, "Request": 2, "RequestResponse": 3]

  private static func level(_ rule: Node) -> Int { levels[rule["level"]?.text ?? ""] ?? 1 }

  /// What a rule is about, apart from how much it records.
  private static func scope(_ rule: Node) -> Node {
    Node(.mapping(rule.entries.filter { $0.name != "level" && $0.name != "omitStages" }))
  }

  private static func isCatchAll(_ rule: Node) -> Bool { scope(rule).entries.isEmpty }

  /// What is no longer recorded; `nil` where nothing is lost.
  func loss(from old: AuditPolicy?) -> String? {
    let records = rules.contains { AuditPolicy.level($0) > 0 }
    let wasSilent = old.map { policy in !policy.rules.contains { AuditPolicy.level($0) > 0 } } ?? false
    if !records { return wasSilent ? nil : "no rule records anything" }
    if let silent = rules.first(where: AuditPolicy.isCatchAll), AuditPolicy.level(silent) == 0,
      old?.rules.first(where: AuditPolicy.isCatchAll).map(AuditPolicy.level) != 0
    {
      return "whatever no other rule names is recorded no more"
    }
    guard let old else { return nil }
    let kept = rules.filter { AuditPolicy.level($0) > 0 }
    let lost = old.rules.filter { AuditPolicy.level($0) > 0 }.filter { rule in
      !kept.contains { AuditPolicy.scope($0).means(AuditPolicy.scope(rule)) }
    }
    if !lost.isEmpty {
      return
        "\(lost.count) \(lost.count == 1 ? "rule" : "rules") that recorded something \(lost.count == 1 ? "is" : "are") gone"
    }
    let lowered = old.rules.contains { rule in
      guard let twin = rules.first(where: { AuditPolicy.scope($0).means(AuditPolicy.scope(rule)) }) else {
        return false
      }
      return AuditPolicy.level(twin) < AuditPolicy.level(rule)
    }
    if lowered { return "a rule records less than before" }
    let muted = rules.contains { rule in
      AuditPolicy.level(rule) == 0 && !old.rules.contains { AuditPolicy.scope($0).means(AuditPolicy.scope(rule)) }
    }
    return muted ? "a new rule silences what was recorded" : nil
  }
}
