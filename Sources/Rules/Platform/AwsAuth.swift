internal import Flux
internal import Manifests
internal import Policy

/// The ConfigMap that maps AWS identities to Kubernetes groups.
struct AwsAuth: ObjectRule {
  let info: RuleInfo
  /// Whether this rule is about mappings to `system:masters`.
  let isAboutMasters: Bool

  var kinds: KindSelection { .kinds([CoreKind.configMap]) }
  var names: [GroupKind: Set<String>] { [CoreKind.configMap: ["aws-auth"]] }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let identity = change.identity, identity.name == "aws-auth", identity.namespace == "kube-system" else {
      return []
    }
    guard change.after != nil else {
      return isAboutMasters
        ? [] : [change.violation("\(change.title) is removed: every mapped AWS identity is locked out.")]
    }
    return ["mapRoles", "mapUsers", "mapAccounts"].compactMap { key in
      let old = mappings(change.before, key)
      let new = mappings(change.after, key)
      guard old != new else { return nil }
      let masters = new.filter {
        $0.value.contains("system:masters") && old[$0.key]?.contains("system:masters") != true
      }
      if isAboutMasters {
        guard let first = masters.keys.min() else { return nil }
        return violation(change, key, "\(first) becomes system:masters in \(change.title), beyond every RBAC rule.")
      }
      guard change.before != nil else { return nil }
      let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
      return violation(
        change, key, "\(change.title) maps \(changed.prefix(3).joined(separator: ", ")) otherwise than before.")
    }
  }

  private func violation(_ change: ObjectChange, _ key: String, _ message: String) -> Violation {
    var violation = change.violation(message, at: FieldPath("data").key(key))
    violation.before = nil
    violation.after = nil
    return violation
  }

  /// The groups of each identity. The value is a text that holds YAML.
  private func mappings(_ object: AppliedObject?, _ key: String) -> [String: Set<String>] {
    guard let text = object?.object["data", key]?.text else { return [:] }
    let items = YAMLStream.parse(Array(text.utf8)).documents.flatMap { $0.root?.items ?? [] }
    var found: [String: Set<String>] = [:]
    for item in items {
      let name = (item["rolearn"] ?? item["userarn"] ?? item)?.text ?? "an unnamed identity"
      found[name, default: []].formUnion(
        (item["groups"]?.items ?? []).compactMap(\.text) + [item["username"]?.text ?? ""])
    }
    return found
  }

  static let masters = AwsAuth(
    info: RuleInfo(
      "aws-auth-system-masters", .critical, .access,
      summary: "The aws-auth ConfigMap maps an AWS identity to system:masters.",
      why: "Members of system:masters pass every authorization check; no RBAC rule can hold or revoke them.",
      remediation:
        "Map the identity to a group with a ClusterRoleBinding of just the rights it needs, or use an access entry.",
      references: [References.eksIdentity], supersedes: ["aws-auth-mapping-changed"],
      examples: [
        .file(
          "a role becomes administrator", "eks/aws-auth.yaml", before: map("[]"),
          after: map("⟦'[{rolearn: \"arn:aws:iam::111122223333:role/ops\", groups: [\"system:masters\"]}]'⟧")),
        .file(
          "a node role is added", "eks/aws-auth.yaml", before: map("[]"),
          after: map("'[{rolearn: \"arn:aws:iam::111122223333:role/node\", groups: [\"system:nodes\"]}]'")),
      ]), isAboutMasters: true)

  static let changed = AwsAuth(
    info: RuleInfo(
      "aws-auth-mapping-changed", .high, .access,
      summary: "The aws-auth ConfigMap is changed.",
      why: "It decides at once who gets in. A wrong entry admits strangers; a missing node role takes the nodes away.",
      remediation:
        "Use EKS access entries; where the ConfigMap must stay, let the owners of the cluster approve each mapping.",
      references: [References.eksIdentity],
      examples: [
        .file(
          "a role is added", "eks/aws-auth.yaml", before: map("'[]'"),
          after: map("⟦'[{rolearn: \"arn:aws:iam::111122223333:role/dev\", groups: [dev]}]'⟧")),
        .file(
          "the text is written another way", "eks/aws-auth.yaml", before: map("'[{rolearn: a, groups: [dev]}]'"),
          after: map("\"- rolearn: a\\n  groups: [dev]\"")),
      ]), isAboutMasters: false)

  private static func map(_ roles: String) -> String {
    Samples.object("v1", "ConfigMap", "aws-auth", namespace: "kube-system", "data: {mapRoles: \(roles)}")
  }
}
