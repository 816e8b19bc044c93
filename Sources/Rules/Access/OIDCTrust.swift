internal import Flux
internal import Manifests
internal import Policy

/// An edit of whom the API server believes, in the config itself or by a switch to another config.
struct OIDCRule: ChangeRule {
  let info: RuleInfo
  /// The field that is wrong, and what happens; `nil` where nothing does.
  let judges: @Sendable (_ old: Node, _ new: Node) -> [(field: String, text: String)]

  var kinds: KindSelection { .kinds([Kinds.oidc, EKSAnywhere.cluster]) }

  func judge(_ step: Change) -> [Violation] {
    step.objects.flatMap { change -> [Violation] in
      guard let before = change.before, let after = change.after else { return [] }
      switch after.object.groupKind {
      case Kinds.oidc:
        return violations(before, after, fate: OIDCRule.fate(of: before)).map { violation in
          var judged = violation
          let isRefused = OIDCRule.manager(of: before) == nil
          judged.verdict = change.verdict == .applied && isRefused ? .rejected : change.known
          return judged
        }
      case EKSAnywhere.cluster: return switched(before, after, step)
      default: return []
      }
    }
  }

  /// A cluster that refers to another config than before.
  private func switched(_ before: AppliedObject, _ after: AppliedObject, _ step: Change) -> [Violation] {
    guard let old = OIDCRule.config(of: before, in: step.before), let new = OIDCRule.config(of: after, in: step.after),
      old.object.identity.name != new.object.identity.name
    else { return [] }
    return violations(old, new, fate: "\(after.object.identity.title) is switched to it")
  }

  private static func config(of cluster: AppliedObject, in state: any StateView) -> AppliedObject? {
    guard let name = ClusterSpec(cluster).identityProvider("OIDCConfig")?["name"]?.text else { return nil }
    return state.objects(of: Kinds.oidc).first {
      $0.object.identity.name == name && $0.object.identity.key.namespace == cluster.object.identity.key.namespace
    }
  }

  private func violations(_ old: AppliedObject, _ new: AppliedObject, fate: String) -> [Violation] {
    guard let left = old.object["spec"], let right = new.object["spec"], !left.hasUnknown, !right.hasUnknown else {
      return []
    }
    return judges(left, right).map { field, text in
      let path = FieldPath([.key("spec"), .key(field)])
      let place = FieldPlace(path, in: new.object.root)
      let oldPlace = FieldPlace(path, in: old.object.root)
      let location =
        place.value == nil
        ? old.location(of: oldPlace.mark, side: .before) : new.location(of: place.mark, side: .after)
      return Violation(
        "\(new.object.identity.title) \(text); \(fate).", object: new, field: path, before: oldPlace.value?.text,
        after: place.value?.text, location: location)
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
        .spec(
          "the keys change places", "OIDCConfig", "clientId: a, issuerUrl: \"https://id.example.com\"",
          "issuerUrl: \"https://id.example.com\", clientId: a"),
      ]),
    judges: { old, new in
      ["issuerUrl", "clientId"].compactMap { field in
        guard let was = old[field]?.text, was != new[field]?.text else { return nil }
        return (field, "trusts \(new[field]?.text ?? "no") \(field) instead of \(was)")
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
        .spec("a prefix is added", "OIDCConfig", "clientId: a", "clientId: a, groupsPrefix: \"oidc:\""),
      ]),
    judges: { old, new in
      var found: [(field: String, text: String)] = []
      for field in ["groupsPrefix", "usernamePrefix"] {
        let was = old[field]?.text ?? ""
        let now = new[field]?.text ?? ""
        if now != was, now == "-" || now.isEmpty && was != "-" { found.append((field, "loses its \(field)")) }
      }
      let claims = Set((new["requiredClaims"]?.items ?? []).compactMap { $0["claim"]?.text })
      let lost = (old["requiredClaims"]?.items ?? []).compactMap { $0["claim"]?.text }.filter { !claims.contains($0) }
      if !lost.isEmpty {
        found.append(("requiredClaims", "no longer requires the claim \(lost.joined(separator: ", "))"))
      }
      let claim = new["usernameClaim"]?.text ?? "sub"
      let editable = ["email", "name", "nickname", "preferred_username", "upn", "given_name"]
      if claim != old["usernameClaim"]?.text ?? "sub", editable.contains(claim) {
        found.append(("usernameClaim", "takes user names from \(claim), which users may be able to change"))
      }
      return found
    })
}
