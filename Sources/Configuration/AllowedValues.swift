package import Policy

/// The values that a configuration says are the owner's own: a change to one of them is no finding.
package struct AllowedValues: Sendable {
  private let registries: [String]
  private let imageHosts: [String]
  private let keys: Set<String>
  private let accounts: Set<String>
  /// Whether nothing is allowed.
  package let isEmpty: Bool

  /// Which list answers for a rule's new value.
  private static let lists: [String: Settings.AllowList] = [
    "registry-endpoint-changed": .registries, "flux-image-override": .registries,
    "packages-source-changed": .registries,
    "os-image-changed": .imageHosts, "boot-chain-changed": .imageHosts, "ssh-key-added": .sshKeys,
    "iam-mapping-added": .accounts, "irsa-role-changed": .accounts,
  ]

  package init(_ settings: Settings) {
    registries = settings.values(.registries)
    imageHosts = settings.values(.imageHosts)
    keys = Set(settings.values(.sshKeys).map(AllowedValues.key))
    accounts = Set(settings.values(.accounts))
    isEmpty = registries.isEmpty && imageHosts.isEmpty && keys.isEmpty && accounts.isEmpty
  }

  /// Whether a finding is about a change to an allowed value and nothing else.
  package func allows(_ finding: Finding) -> Bool {
    guard !isEmpty, let list = AllowedValues.lists[finding.rule], let value = finding.after, !value.isEmpty else {
      return false
    }
    switch list {
    case .registries: return AllowedValues.isAt(value, registries)
    case .imageHosts: return value.contains("://") && AllowedValues.isAt(value, imageHosts)
    case .sshKeys: return keys.contains(AllowedValues.key(value))
    case .accounts:
      let parts = value.split(separator: ":", omittingEmptySubsequences: false)
      return parts.count >= 6 && parts[0] == "arn" && parts[2] == "iam" && accounts.contains(String(parts[4]))
    }
  }

  /// Whether an address, fetched with TLS, is at one of some hosts, or below one of their paths.
  private static func isAt(_ address: String, _ places: [String]) -> Bool {
    if address.hasPrefix("http://") || address.contains("@") || address.contains("..") || address.contains("\\") {
      return false
    }
    var rest = Substring(address)
    if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
    let text = rest.lowercased()
    return places.contains { place in
      let place = place.lowercased()
      guard text.hasPrefix(place) else { return false }
      let next = text.dropFirst(place.count).first
      return next == nil || next == "/" || place.hasSuffix("/") || next == ":" && !place.contains("/")
    }
  }

  /// A public key without its comment.
  private static func key(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ")
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
