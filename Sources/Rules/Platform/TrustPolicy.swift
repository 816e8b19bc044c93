internal import Flux
internal import Manifests
internal import Policy

/// Who may take an IAM role, as a trust policy in a manifest says.
struct TrustPolicy: ObjectRule {
  let info: RuleInfo
  /// What is wrong after and was not before: the end of a sentence that begins with the role.
  let says: @Sendable (_ before: [Statement]?, _ after: [Statement]) -> String?

  private static let fields = [
    "spec.assumeRolePolicyDocument", "spec.forProvider.assumeRolePolicy", "spec.forProvider.assumeRolePolicyDocument",
  ]

  var kinds: KindSelection { .kinds(CloudKind.ackRole + CloudKind.upboundRole) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    TrustPolicy.fields.compactMap { name in
      let field = FieldPath(stringLiteral: name)
      guard let new = statements(change.after, field) else { return nil }
      let old = change.before == nil ? nil : statements(change.before, field) ?? []
      guard let text = says(old, new) else { return nil }
      var violation = change.violation("\(change.title) \(text).", at: field)
      violation.before = nil
      violation.after = nil
      return violation
    }
  }

  private func statements(_ object: AppliedObject?, _ field: FieldPath) -> [Statement]? {
    guard let text = object?.object.root.value(at: field)?.text,
      let root = YAMLStream.parse(Array(text.utf8)).documents.first?.root, let list = root["Statement"]
    else { return nil }
    return (list.isMapping ? [list] : list.items).map { Statement(node: $0) }
  }

  /// One statement of a trust policy.
  struct Statement {
    let node: Node

    /// All condition keys with their operators and values.
    private var conditions: [(test: String, key: String, values: [String])] {
      (node["Condition"]?.entries ?? []).flatMap { test in
        test.value.entries.map { (test.name, $0.name, $0.value.text.map { [$0] } ?? $0.value.items.compactMap(\.text)) }
      }
    }

    private var allows: Bool { node["Effect"]?.text == "Allow" }

    private var principals: [String] {
      guard let principal = node["Principal"] else { return [] }
      if let text = principal.text { return [text] }
      return principal.entries.flatMap { $0.value.text.map { [$0] } ?? $0.value.items.compactMap(\.text) }
    }

    /// Whether any service account, or anybody at all, may take the role.
    var isOpen: Bool {
      guard allows else { return false }
      if principals.contains("*") { return conditions.isEmpty }
      guard node["Principal", "Federated"] != nil else { return false }
      let subjects = conditions.filter { $0.key.hasSuffix(":sub") }
      return subjects.isEmpty
        || subjects.contains { $0.test.contains("Like") && $0.values.contains { $0.contains("*") } }
    }

    /// Whether another account must name an agreed id.
    var asksForExternalID: Bool { allows && conditions.contains { $0.key == "sts:ExternalId" } }
  }

  static let wildcard = TrustPolicy(
    info: RuleInfo(
      "irsa-trust-wildcard", .high, .access,
      summary: "An IAM role can be taken by any service account.",
      why: "Without an exact subject every pod of the cluster, in any namespace, can take the role.",
      remediation:
        "Compare the subject with StringEquals to one `system:serviceaccount:NAMESPACE:NAME`, and the audience too.",
      references: [References.eksIdentity],
      examples: [
        .file(
          "the subject becomes a pattern", "aws/role.yaml",
          before: role("StringEquals", "system:serviceaccount:web:app"),
          after: role("StringLike", "system:serviceaccount:*:*", marked: true)),
        .file(
          "another service account may take it", "aws/role.yaml",
          before: role("StringEquals", "system:serviceaccount:web:app"),
          after: role("StringEquals", "system:serviceaccount:web:api")),
      ]),
    says: { before, after in
      let isNew = before.map { !$0.contains(where: \.isOpen) } ?? true
      return isNew && after.contains(where: \.isOpen) ? "can be taken by any service account" : nil
    })

  static let externalID = TrustPolicy(
    info: RuleInfo(
      "external-id-removed", .high, .access,
      summary: "An IAM role no longer asks another account for an external id.",
      why: "A service that works for many customers can then be tricked into using this role for another one of them.",
      remediation: "Restore the condition on `sts:ExternalId`.",
      references: [References.eksIdentity],
      examples: [
        .file(
          "the condition is removed", "aws/role.yaml",
          before: partner("{\"StringEquals\": {\"sts:ExternalId\": \"a1\"}}"),
          after: partner("{}", marked: true)),
        .file(
          "the id changes", "aws/role.yaml", before: partner("{\"StringEquals\": {\"sts:ExternalId\": \"a1\"}}"),
          after: partner("{\"StringEquals\": {\"sts:ExternalId\": \"b2\"}}")),
      ]),
    says: { before, after in
      let old = before?.count(where: \.asksForExternalID) ?? 0
      return after.count(where: \.asksForExternalID) < old
        ? "can be taken by another account without an external id" : nil
    })

  private static func role(_ test: String, _ subject: String, marked: Bool = false) -> String {
    let document = """
      {"Statement": [{"Effect": "Allow", "Principal": {"Federated": \
      "arn:aws:iam::111122223333:oidc-provider/example.com"}, \
      "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"\(test)": {"example.com:sub": "\(subject)"}}}]}
      """
    return wrapped(document, marked)
  }

  private static func partner(_ condition: String, marked: Bool = false) -> String {
    let document = """
      {"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": \
      "sts:AssumeRole", "Condition": \(condition)}}
      """
    return wrapped(document, marked)
  }

  private static func wrapped(_ document: String, _ marked: Bool) -> String {
    Samples.object(
      "iam.services.k8s.aws/v1alpha1", "Role", "app", "spec:",
      "  assumeRolePolicyDocument: " + (marked ? "⟦'\(document)'⟧" : "'\(document)'"))
  }
}
