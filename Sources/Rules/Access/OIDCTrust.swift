internal import Flux
internal import Manifests
internal import Policy

/// An edit of whom the API server believes, in the config itself or by a switch to another config.
struct OIDCRule: ChangeRule {
  let info: RuleInfo
  /// The fields that are wrong, and what happens; without an old spec, of a config that a cluster begins to use.
  let judges: @Sendable (_ old: Node?, _ new: Node) -> [(field: String, text: String)]

  var kinds: KindSelection { .kinds([Kinds.oidc, EKSAnywhere.cluster]) }

  func judge(_ step: Change) -> [Violation] {
    step.objects.flatMap { change -> [Violation] in
      guard let before = change.before, let after = change.after else { return [] }
      switch after.object.groupKind {
      case Kinds.oidc:
        return violations(before, after, fate: OIDCRule.fate(of: before)).map { violation in
          var judged = violation
          let isRefused = OIDCRule.manager(of: before) == nil
          judged.isRefused = change.verdict == .applied && isRefused
          judged.verdict = judged.isRefused ? .rejected : change.known
          return judged
        }
      case EKSAnywhere.cluster: return switched(before, after, step)
      default: return []
      }
    }
  }

  /// A cluster that refers to another config than before.
  private func switched(_ before: AppliedObject, _ after: AppliedObject, _ step: Change) -> [Violation] {
    guard let new = OIDCRule.config(of: after, in: step.after) else { return [] }
    if let reference = ObjectChange(before: before, after: after).joins("OIDCConfig") {
      return joined(new, after, reference, step)
    }
    guard let old = OIDCRule.config(of: before, in: step.before),
      old.object.identity.name != new.object.identity.name
    else { return [] }
    return violations(old, new, fate: "\(after.object.identity.title) is switched to it")
  }

  /// A cluster that begins to use a config: told at the config if that is new too, else at the reference.
  private func joined(
    _ config: AppliedObject, _ cluster: AppliedObject, _ reference: Node, _ step: Change
  ) -> [Violation] {
    let isNew = OIDCRule.config(of: cluster, in: step.before) == nil
    return violations(nil, config, fate: "\(cluster.object.identity.title) begins to use it").map { violation in
      var judged = violation
      judged.severity = .high
      if !isNew {
        judged.related = [violation.location].compactMap { $0 }
        judged.location = cluster.location(of: reference["name"] ?? reference, side: .after)
      }
      return judged
    }
  }

  private static func config(of cluster: AppliedObject, in state: any StateView) -> AppliedObject? {
    guard let name = ClusterSpec(cluster).identityProvider("OIDCConfig")?["name"]?.text else { return nil }
    return state.objects(of: Kinds.oidc).first {
      $0.object.identity.name == name && $0.object.identity.key.namespace == cluster.object.identity.key.namespace
    }
  }

  private func violations(_ old: AppliedObject?, _ new: AppliedObject, fate: String) -> [Violation] {
    let left = old?.object["spec"]
    guard old == nil || left?.hasUnknown == false, let right = new.object["spec"], !right.hasUnknown else { return [] }
    return judges(left, right).map { field, text in
      let path = FieldPath([.key("spec"), .key(field)])
      let place = FieldPlace(path, in: new.object.root)
      let oldPlace = old.map { ($0, FieldPlace(path, in: $0.object.root)) }
      var location = new.location(of: place.mark, side: .after)
      if place.value == nil, let (old, oldPlace) = oldPlace {
        location = old.location(of: oldPlace.mark, side: .before)
      }
      return Violation(
        "\(new.object.identity.title) \(text); \(fate).", object: new, field: path,
        before: oldPlace?.1.value?.text, after: place.value?.text, location: location)
    }
  }

  private static func manager(of old: AppliedObject) -> String? {
    old.object.annotation(EKSAnywhere.annotation("managed-by")).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func fate(of old: AppliedObject) -> String {
    if manager(of: old) != nil {
      return "the annotation managed-by lets it pass, and the control plane rolls"
    }
    return "the API server refuses the edit of an existing OIDCConfig"
  }

  static let all: [any Rule] = [trust, prefixes]

  private static let trust = OIDCRule(
    info: RuleInfo(
      "oidc-trust-changed", .critical, .access,
      summary: "A cluster trusts another OIDC issuer or client.",
      why: """
        Whoever runs the issuer decides who every user is and which groups they are in, and so can make \
        administrators. The control plane is rolled.
        """,
      remediation: "Restore issuerUrl and clientId, unless the move to another identity provider was announced.",
      references: [References.oidc],
      supersedes: ["immutable-field-edit"],
      examples: [
        .spec(
          "another issuer", "OIDCConfig", "clientId: a, issuerUrl: \"https://id.example.com\"",
          "clientId: a, issuerUrl: ⟦\"https://id.example.org\"⟧"),
        Example(
          "a cluster begins to use an issuer", before: ["a.yaml": Samples.cluster()],
          after: [
            "a.yaml": Samples.cluster(extra: "identityProviderRefs: [{kind: OIDCConfig, name: o}]"),
            "o.yaml": Samples.config(
              "OIDCConfig", "clientId: a, issuerUrl: ⟦\"https://id.example.com\"⟧, groupsPrefix: \"o:\"", name: "o"),
          ]),
        .spec(
          "the keys change places", "OIDCConfig", "clientId: a, issuerUrl: \"https://id.example.com\"",
          "issuerUrl: \"https://id.example.com\", clientId: a"),
      ]),
    judges: { old, new in
      guard let old else {
        return new["issuerUrl"]?.text.map { [("issuerUrl", "lets in whomever the issuer \($0) vouches for")] } ?? []
      }
      return [("issuerUrl", "issuer"), ("clientId", "client")].compactMap { field, noun in
        guard let was = old[field]?.text, was != new[field]?.text else { return nil }
        let now = new[field]?.text.map { "the \(noun) \($0)" } ?? "no \(noun)"
        return (field, "trusts \(now) instead of \(was)")
      }
    })

  private static let prefixes = OIDCRule(
    info: RuleInfo(
      "oidc-prefix-weakened", .high, .access,
      summary: "Names or groups of an OIDC issuer can be taken for others.",
      why: """
        Without a prefix a group of the issuer called system:masters is the real one; with usernamePrefix - a user may \
        have any name. A claim that users can edit lets them choose who they are.
        """,
      remediation: "Keep groupsPrefix, usernamePrefix and requiredClaims, and take usernameClaim from `sub`.",
      references: [References.oidc],
      supersedes: ["immutable-field-edit"],
      examples: [
        .spec(
          "the groups' prefix goes", "OIDCConfig", "clientId: a, groupsPrefix: ⟦\"oidc:\"⟧", "clientId: a"),
        .spec(
          "the users' prefix is switched off", "OIDCConfig", "usernamePrefix: \"oidc:\"", "usernamePrefix: ⟦\"-\"⟧"),
        .spec(
          "groups get the prefix of Kubernetes' own", "OIDCConfig", "clientId: a, groupsPrefix: \"oidc:\"",
          "clientId: a, groupsPrefix: ⟦\"system:\"⟧"),
        .spec(
          "a claim must have another value", "OIDCConfig", "requiredClaims: [{claim: hd, value: a.example}]",
          "requiredClaims: ⟦[{claim: hd, value: b.example}]⟧"),
        .spec(
          "another prefix of one's own", "OIDCConfig", "clientId: a, groupsPrefix: \"oidc:\"",
          "clientId: a, groupsPrefix: \"corp:\""),
        .spec("a prefix is added", "OIDCConfig", "clientId: a", "clientId: a, groupsPrefix: \"oidc:\""),
      ]),
    judges: { old, new in
      OIDCClaims.lostPrefixes(old, new) + (old.map { OIDCClaims.lostChecks($0, new) } ?? [])
    })
}
