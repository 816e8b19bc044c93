internal import Flux
internal import Manifests
internal import Policy

/// A role or user of AWS that is mapped to a name and groups of the cluster.
struct IAMMapping {
  let arn: String
  let node: Node
  let path: FieldPath

  var username: String { node["username"]?.text ?? "" }
  var groups: [Node] { node["groups"]?.items ?? [] }
  var groupNames: Set<String> { Set(groups.compactMap(\.text)) }
  /// The account in an ARN, `123456789012`.
  var account: String {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 4 ? String(parts[4]) : ""
  }

  /// Every mapping of an `AWSIamConfig`.
  static func all(in object: AppliedObject?) -> [IAMMapping] {
    guard let object else { return [] }
    return [("mapRoles", "roleARN"), ("mapUsers", "userARN")].flatMap { list, key in
      ListItem.all(in: object.object["spec", list], named: list).compactMap { item in
        guard let arn = item.node[key]?.text else { return nil }
        return IAMMapping(arn: arn, node: item.node, path: FieldPath([.key("spec"), .key(list)]).appending(item.step))
      }
    }
  }

  /// Whether every mapping of an object can be known from the repository.
  static func areKnown(in object: AppliedObject?) -> Bool {
    guard let spec = object?.object["spec"] else { return true }
    return spec["mapRoles"]?.hasUnknown != true && spec["mapUsers"]?.hasUnknown != true && !spec.isUnknown
  }
}

/// A mapping into a group that Kubernetes itself trusts.
struct IAMSystemMasters: ObjectRule {
  let info = RuleInfo(
    "iam-system-masters", .critical, .access,
    summary: "An IAM role or user is mapped to system:masters or another system: group.",
    why: """
      system:masters passes by every RBAC rule. The mapping takes effect within minutes on the whole cluster, without \
      any machine being replaced.
      """,
    remediation: "Map the role to a group of your own and give that group the RBAC rights it needs.",
    references: [References.iam, References.bestPractices],
    supersedes: ["iam-mapping-added"],
    examples: [
      .spec(
        "a role joins system:masters", "AWSIamConfig", IAMSystemMasters.sample("[view]"),
        IAMSystemMasters.sample("[view, ⟦system:masters⟧]")),
      Example(
        "an old cluster begins to use a config with an administrator",
        before: IAMSystemMasters.used("[\"system:masters\"]", as: "i"),
        after: IAMSystemMasters.used("[\"system:masters\"]", as: "i", reference: "⟦i⟧")),
      .spec(
        "a role joins another group", "AWSIamConfig", IAMSystemMasters.sample("[view]"),
        IAMSystemMasters.sample("[edit]")),
    ])

  var kinds: KindSelection { .kinds([Kinds.iam]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after, IAMMapping.areKnown(in: change.before) else { return [] }
    let old = IAMMapping.all(in: change.before)
    return IAMMapping.all(in: after).flatMap { mapping in
      let known = old.first { $0.arn == mapping.arn }?.groupNames ?? []
      return mapping.groups.compactMap { group -> Violation? in
        guard let name = group.text, IAMSystemMasters.isPowerful(name), !known.contains(name) else { return nil }
        return Violation(
          "\(mapping.arn) becomes a member of \(name) through \(after.object.identity.title), effective in minutes.",
          object: after, field: mapping.path, after: name, location: after.location(of: group, side: .after),
          fingerprintExtra: name)
      }
    }
  }

  /// Every `system:` group but those that each login is in anyway.
  private static func isPowerful(_ group: String) -> Bool {
    group.hasPrefix("system:") && group != "system:authenticated" && group != "system:unauthenticated"
  }

  /// The spec of an `AWSIamConfig` with one role in some groups.
  static func sample(_ groups: String, account: String = "111122223333") -> String {
    "awsRegion: eu-west-1, backendMode: [EKSConfigMap], mapRoles: "
      + "[{roleARN: \"arn:aws:iam::\(account):role/a\", username: a, groups: \(groups)}]"
  }

  /// A cluster beside a config of a name, and what it refers to: nothing where none is given.
  static func used(_ groups: String, as name: String, reference: String? = nil) -> String {
    let extra = reference.map { "identityProviderRefs: [{kind: AWSIamConfig, name: \($0)}]" }
    return (extra.map { Samples.cluster(extra: $0) } ?? Samples.cluster()) + "---\n"
      + Samples.config("AWSIamConfig", sample(groups), name: name)
  }
}

/// Access that is granted or widened.
struct IAMMappingAdded: ObjectRule {
  let info = RuleInfo(
    "iam-mapping-added", .high, .access,
    summary: "An IAM role or user gains access to a cluster, or more groups than it had.",
    why: "The mapping takes effect within minutes on the whole cluster, without any machine being replaced.",
    remediation: "Check the ARN's account and the groups' RBAC rights against the request, then let it pass.",
    references: [References.iam],
    examples: [
      .spec(
        "a role is mapped", "AWSIamConfig", "awsRegion: eu-west-1, mapRoles: []",
        "awsRegion: eu-west-1, mapRoles: [{roleARN: ⟦\"arn:aws:iam::111122223333:role/a\"⟧, username: a, groups: [view]}]"
      ),
      .spec(
        "a role gets another group", "AWSIamConfig", IAMSystemMasters.sample("[view]"),
        IAMSystemMasters.sample("⟦[view, edit]⟧")),
      .spec(
        "an administrator becomes someone else", "AWSIamConfig", IAMSystemMasters.sample("[\"system:masters\"]"),
        IAMSystemMasters.sample("[view]")),
      Example(
        "an old cluster begins to use a config that was there",
        before: IAMSystemMasters.used("[view]", as: "i"),
        after: IAMSystemMasters.used("[view]", as: "i", reference: "⟦i⟧")),
      Example(
        "the config gets another name",
        before: IAMSystemMasters.used("[view]", as: "i", reference: "i"),
        after: IAMSystemMasters.used("[view]", as: "j", reference: "j")),
      .spec(
        "a role loses a group", "AWSIamConfig", IAMSystemMasters.sample("[view, edit]"),
        IAMSystemMasters.sample("[view]")),
    ])

  var kinds: KindSelection { .kinds([Kinds.iam]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after, change.before != nil || IAMMappingAdded.joinsOldCluster(after, step),
      IAMMapping.areKnown(in: change.before), IAMMapping.areKnown(in: after)
    else { return [] }
    let old = IAMMapping.all(in: change.before)
    let accounts = Set(old.map(\.account))
    return IAMMapping.all(in: after).compactMap { new in
      let place: Node?
      let text: String
      if let was = old.first(where: { $0.arn == new.arn }) {
        // Whoever was beyond every rule gains nothing by another group.
        let isMaster = was.groupNames.contains("system:masters")
        let more = isMaster ? [] : new.groupNames.subtracting(was.groupNames).sorted()
        if more.isEmpty, was.username == new.username { return nil }
        place = more.isEmpty ? new.node["username"] : new.node["groups"]
        text = more.isEmpty ? "gets the name \(new.username)" : "joins \(more.joined(separator: ", "))"
      } else {
        let key = new.node.entry("roleARN") ?? new.node.entry("userARN")
        place = key?.value
        let isForeign = !accounts.isEmpty && !accounts.contains(new.account)
        text = "gains access as \(new.username)\(isForeign ? " from another account" : "")"
      }
      return Violation(
        "\(new.arn) \(text) through \(after.object.identity.title).", object: after, field: new.path,
        after: new.arn, location: after.location(of: place ?? new.node, side: .after))
    }
  }

  /// Whether a config opens a cluster that was there before and had none.
  private static func joinsOldCluster(_ config: AppliedObject, _ step: Change) -> Bool {
    guard step.mode == .edit else { return false }
    let name = config.object.identity.name
    return step.objects.contains { change in
      guard let cluster = change.after, cluster.object.groupKind == EKSAnywhere.cluster else { return false }
      return change.joins("AWSIamConfig")?["name"]?.text == name
    }
  }
}

/// Access that is taken away.
struct IAMMappingRemoved: ObjectRule {
  let info = RuleInfo(
    "iam-mapping-removed", .medium, .access,
    summary: "An IAM role or user loses its access to a cluster.",
    why: "Whoever came in that way is locked out within minutes; with the last mapping everyone is.",
    remediation: "Make sure that another administrator's mapping stays, then let it pass.",
    references: [References.iam],
    examples: [
      .spec(
        "the only mapping goes", "AWSIamConfig",
        "mapRoles: [{roleARN: ⟦\"arn:aws:iam::111122223333:role/a\"⟧, username: a, groups: [view]}]", "mapRoles: []"),
      .spec(
        "the last group goes", "AWSIamConfig", IAMSystemMasters.sample("[view]"), IAMSystemMasters.sample("⟦[]⟧")),
      .spec("a group goes", "AWSIamConfig", IAMSystemMasters.sample("[view, edit]"), IAMSystemMasters.sample("[view]")),
    ])

  var kinds: KindSelection { .kinds([Kinds.iam]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after, IAMMapping.areKnown(in: after) else { return [] }
    let left = IAMMapping.all(in: after)
    let arns = Set(left.map(\.arn))
    let powerless = left.compactMap { new -> Violation? in
      let old = IAMMapping.all(in: before).first { $0.arn == new.arn }
      guard let old, !old.groupNames.isEmpty, new.groupNames.isEmpty, old.username == new.username else { return nil }
      return ObjectEdit(change, in: step).violation(
        "\(new.arn) loses every group through \(before.object.identity.title), and what these allowed.",
        at: new.path.key("groups"))
    }
    return powerless
      + IAMMapping.all(in: before).filter { !arns.contains($0.arn) }.map { old in
        let end = left.isEmpty ? "; no mapping is left" : ""
        let place = old.node["roleARN"] ?? old.node["userARN"] ?? old.node
        return Violation(
          "\(old.arn) loses its access through \(before.object.identity.title)\(end).", object: after, field: old.path,
          before: old.arn, location: before.location(of: place, side: .before))
      }
  }
}

/// The whole way in through IAM closed.
struct IAMProviderRemoved: ClusterRule {
  let info = RuleInfo(
    "iam-provider-removed", .high, .access,
    summary: "A cluster no longer uses its AWSIamConfig.",
    why: """
      EKS Anywhere uninstalls the authenticator, deletes its certificate authority and kubeconfig Secrets, and the \
      AWSIamConfig object itself, even where another cluster still refers to it.
      """,
    remediation: "Restore the entry of identityProviderRefs, unless everyone already comes in another way.",
    references: [References.iam],
    examples: [
      .clusterSpec(
        "the reference is dropped", "identityProviderRefs: [{kind: AWSIamConfig, name: ⟦iam⟧}]",
        "identityProviderRefs: []"),
      .clusterSpec(
        "an OIDCConfig is added", "identityProviderRefs: [{kind: AWSIamConfig, name: iam}]",
        "identityProviderRefs: [{kind: OIDCConfig, name: oidc}, {kind: AWSIamConfig, name: iam}]"),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let old = before.identityProvider("AWSIamConfig"),
      after.identityProvider("AWSIamConfig") == nil,
      after.applied.object["spec", "identityProviderRefs"]?.hasUnknown != true
    else { return [] }
    let name = old["name"]?.text ?? ""
    return [
      Violation(
        "\(after.title) no longer uses AWSIamConfig \(name): the authenticator is uninstalled and the object deleted.",
        object: after.applied, field: "spec.identityProviderRefs", before: name,
        location: before.applied.location(of: old["name"] ?? old, side: .before))
    ]
  }
}

extension ClusterSpec {
  /// The first reference to an identity provider of a kind.
  func identityProvider(_ kind: String) -> Node? {
    applied.object["spec", "identityProviderRefs"]?.items.first { $0["kind"]?.text == kind }
  }
}
