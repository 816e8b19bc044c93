internal import Manifests

/// What an `OIDCConfig` takes from a token, and how it keeps that apart from Kubernetes' own names.
enum OIDCClaims {
  /// The prefixes that no longer keep names or groups apart; without an old spec, that do not.
  static func lostPrefixes(_ old: Node?, _ new: Node) -> [(field: String, text: String)] {
    ["groupsPrefix", "usernamePrefix"].compactMap { field in
      let now = new[field]?.text ?? ""
      guard let old else {
        // Without a claim for groups there are none; users get the issuer's address as their prefix by default.
        let isWeak = field == "groupsPrefix" ? now.isEmpty && new["groupsClaim"] != nil : now == "-"
        return isWeak || meetsSystem(now) ? (field, text(now, field, verb: "has")) : nil
      }
      let was = old[field]?.text ?? ""
      guard now != was, now == "-" || now.isEmpty && was != "-" || meetsSystem(now) else { return nil }
      return (field, text(now, field, verb: "loses its"))
    }
  }

  private static func text(_ prefix: String, _ field: String, verb: String) -> String {
    if meetsSystem(prefix) { return "takes \(prefix) for its \(field), with which Kubernetes' own names begin" }
    return verb == "has" ? "has no \(field)" : "\(verb) \(field)"
  }

  /// Whether a name with the prefix can begin with `system:`, as those do that Kubernetes itself trusts.
  private static func meetsSystem(_ prefix: String) -> Bool {
    !prefix.isEmpty && ("system:".hasPrefix(prefix) || prefix.hasPrefix("system:"))
  }

  /// The claims that are no longer asked for, or may have another value, and a claim that users can edit.
  static func lostChecks(_ old: Node, _ new: Node) -> [(field: String, text: String)] {
    var found: [(field: String, text: String)] = []
    let (left, right) = (required(old), required(new))
    let lost = left.keys.filter { right[$0] == nil }.sorted()
    if !lost.isEmpty {
      found.append(("requiredClaims", "no longer requires the claim \(lost.joined(separator: ", "))"))
    }
    let moved = left.keys.filter { right[$0] != nil && right[$0] != left[$0] }.sorted()
    if let claim = moved.first {
      let values = "\(right[claim] ?? "") instead of \(left[claim] ?? "")"
      found.append(("requiredClaims", "lets in others: the claim \(claim) has to be \(values)"))
    }
    let claim = new["usernameClaim"]?.text ?? "sub"
    let editable = ["email", "name", "nickname", "preferred_username", "upn", "given_name"]
    if claim != old["usernameClaim"]?.text ?? "sub", editable.contains(claim) {
      found.append(("usernameClaim", "takes user names from \(claim), which users may be able to change"))
    }
    return found
  }

  private static func required(_ spec: Node) -> [String: String] {
    let claims = (spec["requiredClaims"]?.items ?? []).compactMap { item in
      item["claim"]?.text.map { ($0, item["value"]?.text ?? "") }
    }
    return Dictionary(claims, uniquingKeysWith: { $1 })
  }
}
