internal import Flux
internal import Manifests
internal import Policy

/// Rules about who gets which rights and secrets, as tables.
enum AccessSettings {
  static let rules: [any Rule] = [entryAdmin, rotation, ServiceAccountRole(), SecretStoreRepointed()]

  private static let entryAdmin = SettingWeakened(
    info: RuleInfo(
      "access-entry-admin", .high, .access,
      summary: "An EKS access entry makes an AWS identity administrator of the cluster.",
      why: "The identity, and everyone who can take it, rules the cluster through AWS, unseen by RBAC.",
      remediation: "Use a narrower access policy, scoped to namespaces, or a group with a binding of its own.",
      references: [References.eksIdentity],
      examples: [
        .file(
          "the entry becomes administrator", "eks/entry.yaml", before: entry("AmazonEKSViewPolicy"),
          after: entry("AmazonEKSClusterAdminPolicy", marked: true)),
        .file(
          "the entry may edit", "eks/entry.yaml", before: entry("AmazonEKSViewPolicy"),
          after: entry("AmazonEKSEditPolicy")),
      ]),
    settings: [
      admin([CloudKind.ack("eks", "AccessEntry")], "spec.accessPolicies[].policyARN"),
      admin([CloudKind.eksctl], "accessConfig.accessEntries[].accessPolicies[].policyARN"),
      admin(CloudKind.upbound("eks", "AccessPolicyAssociation"), "spec.forProvider.policyArn"),
    ])

  private static func admin(_ kinds: [GroupKind], _ query: FieldQuery) -> WeakSetting {
    WeakSetting(
      kinds: kinds, query: query,
      isWeak: { node in
        ["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"].contains { node?.text?.hasSuffix($0) ?? false }
      }, text: "makes an AWS identity administrator of the cluster")
  }

  private static func entry(_ policy: String, marked: Bool = false) -> String {
    let name = "\"arn:aws:eks::aws:cluster-access-policy/\(policy)\""
    return Samples.object(
      "eks.services.k8s.aws/v1alpha1", "AccessEntry", "ops",
      "spec: {accessPolicies: [{policyARN: \(marked ? "⟦\(name)⟧" : name)}]}")
  }

  private static let externalSecrets = ["ExternalSecret", "ClusterExternalSecret", "PushSecret"].map {
    GroupKind(group: "external-secrets.io", kind: $0)
  }

  private static let rotation = SettingWeakened(
    info: RuleInfo(
      "rotation-disabled", .medium, .hardening,
      summary: "An ExternalSecret is fetched once and never again.",
      why: "A rotated or revoked credential is not picked up; the old one stays in the cluster.",
      remediation: "Set `refreshInterval` to an hour or less than the time between rotations.",
      references: [References.externalSecrets, References.eksEncryption], groupsSameEdits: true,
      examples: [
        .file(
          "refreshing is switched off", "apps/secret.yaml", before: external("refreshInterval: 1h"),
          after: external("refreshInterval: ⟦0s⟧")),
        .file(
          "refreshing slows down", "apps/secret.yaml", before: external("refreshInterval: 1h"),
          after: external("refreshInterval: 12h")),
      ]),
    settings: ["spec.refreshInterval", "spec.externalSecretSpec.refreshInterval"].map { query in
      WeakSetting(
        kinds: externalSecrets, query: FieldQuery(stringLiteral: query),
        isWeak: { ["0", "0s", "0m", "0h", "0m0s", "0h0m0s"].contains($0?.text ?? "") },
        text: "is fetched once and never again", judgesNew: false)
    } + [
      WeakSetting(
        kinds: externalSecrets, query: "spec.refreshPolicy", isWeak: { $0?.text == "CreatedOnce" },
        text: "is fetched once and never again", judgesNew: false)
    ])

  private static func external(_ spec: String) -> String {
    Samples.object("external-secrets.io/v1", "ExternalSecret", "db", "spec: {\(spec)}")
  }
}

/// The AWS role of a service account, changed.
struct ServiceAccountRole: ObjectRule {
  var kinds: KindSelection { .kinds([CoreKind.serviceAccount] + identityKinds) }

  private let identityKinds =
    [CloudKind.ack("eks", "PodIdentityAssociation")]
    + CloudKind.upbound("eks", "PodIdentityAssociation")

  let info = RuleInfo(
    "irsa-role-changed", .medium, .access,
    summary: "A service account takes another AWS role.",
    why: "Every pod of the service account acts in AWS with the new role's rights from its next start on.",
    remediation: "Show the policy of the new role in the pull request, and keep one role for one service account.",
    references: [References.eksIdentity],
    examples: [
      .file(
        "another role is taken", "apps/account.yaml", before: account("arn:aws:iam::111122223333:role/web"),
        after: account("⟦arn:aws:iam::111122223333:role/admin⟧")),
      .file(
        "a service account is added", "apps/account.yaml", before: nil,
        after: account("arn:aws:iam::111122223333:role/web")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    let fields: [FieldPath] = [
      FieldPath([.key("metadata"), .key("annotations"), .key("eks.amazonaws.com/role-arn")]), "spec.roleARN",
      "spec.forProvider.roleArn",
    ]
    return fields.compactMap { field -> Violation? in
      guard let new = after.object.root.value(at: field), let role = new.text else { return nil }
      if let old = before.object.root.value(at: field), old.isUnknown || old.text == role { return nil }
      return change.violation("\(change.title) takes the AWS role \(role).", at: field)
    }
  }

  private static func account(_ role: String) -> String {
    Samples.object(
      "v1", "ServiceAccount", "web", namespace: "web"
    ).replacing(
      "  namespace: web\n", with: "  namespace: web\n  annotations:\n    eks.amazonaws.com/role-arn: \(role)\n")
  }
}

/// The place where secrets come from, changed.
struct SecretStoreRepointed: ObjectRule {
  var kinds: KindSelection {
    .kinds(["SecretStore", "ClusterSecretStore"].map { GroupKind(group: "external-secrets.io", kind: $0) })
  }

  let info = RuleInfo(
    "secret-store-repointed", .high, .access,
    summary: "A secret store takes its secrets from another provider, account, path or with another role.",
    why: "Every secret that uses the store is replaced at the next refresh: by other values, or by somebody else's.",
    remediation: "Make a new store, move the ExternalSecrets over one by one, and delete the old store at the end.",
    references: [References.externalSecrets], groupsSameEdits: true,
    examples: [
      .file(
        "another role is used", "stores/aws.yaml", before: store("role: \"arn:aws:iam::111122223333:role/read\""),
        after: store("role: ⟦\"arn:aws:iam::444455556666:role/read\"⟧")),
      .file(
        "the store is asked more often", "stores/aws.yaml", before: store("region: eu-west-1"),
        after: store("region: eu-west-1").replacing("spec: {", with: "spec: {refreshInterval: 60, ")),
      .file(
        "a number gets quotes", "stores/github.yaml", before: store("appID: 214286"),
        after: store("appID: \"214286\"")),
      .file(
        "a host's name gets its last dot, and the cache another size", "stores/aws.yaml",
        before: store("host: \"http://vault.vault.svc:8200/v1\", cache: {maxSize: 10}"),
        after: store("host: \"http://Vault.vault.svc.:8200/v1\"")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept, let old = before.object["spec", "provider"] else { return [] }
    guard let new = after.object["spec", "provider"] else { return [] }
    let edits = FieldChange.between(old, new, group: after.object.identity.group, at: "spec.provider").filter {
      !$0.path.steps.contains(.key("cache")) && !SecretStoreRepointed.isSameText($0.before, $0.after)
        && !SecretStoreRepointed.isSameAddress($0.before?.text, $0.after?.text)
    }
    guard let edit = edits.first(where: { $0.after != nil }) ?? edits.first else { return [] }
    return [
      change.violation(
        "\(change.title) takes its secrets from elsewhere: \(edit.path) is changed.", at: edit.path, old: edit.before,
        new: edit.after)
    ]
  }

  /// Whether two values differ in nothing but their quotes, such as the number of an application.
  private static func isSameText(_ old: Node?, _ new: Node?) -> Bool {
    guard let old = old?.text, let new = new?.text else { return false }
    return old == new
  }

  /// Whether two addresses differ in nothing but how their host is written: its case, the dot at its end.
  private static func isSameAddress(_ old: String?, _ new: String?) -> Bool {
    guard let old = old.flatMap(canonical), let new = new.flatMap(canonical) else { return false }
    return old == new
  }

  /// An address with its host in lower case and without a dot at its end; `nil` for what has no scheme.
  private static func canonical(_ address: String) -> [String]? {
    guard let colon = address.firstIndex(of: ":"), address[colon...].hasPrefix("://") else { return nil }
    let rest = address[address.index(colon, offsetBy: 3)...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let user = authority.lastIndex(of: "@").map { authority[...$0] } ?? ""
    let host = authority.dropFirst(user.count).prefix { $0 != ":" }
    let name = host.hasSuffix(".") ? host.dropLast() : host
    return [
      address[..<colon].lowercased(), String(user), name.lowercased(),
      String(rest.dropFirst(user.count + host.count)),
    ]
  }

  private static func store(_ aws: String) -> String {
    Samples.object("external-secrets.io/v1", "ClusterSecretStore", "aws", "spec: {provider: {aws: {\(aws)}}}")
  }
}

/// Pod Security levels lowered.
struct PodSecurityWeakened: ObjectRule {
  var kinds: KindSelection { .kinds([CoreKind.namespace]) }

  let info = RuleInfo(
    "psa-weakened", .medium, .hardening,
    summary: "The Pod Security level of a Namespace is lowered or removed.",
    why: "Pods that can take over their node are admitted again.",
    remediation:
      "Keep `pod-security.kubernetes.io/enforce` at baseline or restricted; move the pod that needs more elsewhere.",
    references: [References.podSecurity, References.eksPods], groupsSameEdits: true,
    examples: [
      .file(
        "the level is lowered", "apps/namespace.yaml", before: namespace("restricted"), after: namespace("⟦privileged⟧")
      ),
      .file(
        "the level is raised", "apps/namespace.yaml", before: namespace("baseline"), after: namespace("restricted")),
      .file("a new namespace is privileged", "apps/namespace.yaml", before: nil, after: namespace("privileged")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    return ["enforce", "warn", "audit"].compactMap { mode -> Violation? in
      let field = FieldPath([.key("metadata"), .key("labels"), .key("pod-security.kubernetes.io/\(mode)")])
      guard let old = before.object.root.value(at: field), let was = level(old),
        let now = level(after.object.root.value(at: field)),
        now < was
      else { return nil }
      return change.violation(
        "\(change.title) lowers its Pod Security level (\(mode)).", at: field,
        severity: mode == "enforce" ? .medium : .low)
    }
  }

  /// The rank of a level, 0 for none; `nil` for one that is not known.
  private func level(_ node: Node?) -> Int? {
    guard let node else { return 0 }
    return ["privileged": 0, "baseline": 1, "restricted": 2][node.text ?? ""]
  }

  private static func namespace(_ level: String) -> String {
    Samples.object("v1", "Namespace", "web").replacing(
      "  name: web\n", with: "  name: web\n  labels:\n    pod-security.kubernetes.io/enforce: \(level)\n")
  }
}
