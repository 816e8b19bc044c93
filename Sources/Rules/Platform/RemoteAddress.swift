internal import Policy

/// An address that kustomize would fetch, and how firmly it is pinned.
struct RemoteAddress {
  /// How an address is pinned.
  enum Pin {
    case commit, release, nothing

    var severity: Severity { self == .nothing ? .high : .low }

    var text: String {
      switch self {
      case .commit: ", pinned to a commit"
      case .release: ", pinned to a release"
      case .nothing: ", not pinned to any version"
      }
    }
  }

  /// The address as it is written, without what may be a password or token in it.
  let text: String
  /// The address without its version, for comparing.
  let place: String
  let pin: Pin
  /// What the manifests are called: all of the address after host and account, without its version.
  var name: String {
    let steps = place.split(separator: "/").map(String.init)
    return steps.suffix(max(1, steps.count - (place.contains("://") ? 3 : 2))).joined(separator: "/")
  }

  /// `nil` for a path of the repository.
  init?(_ written: String) {
    let isRemote =
      written.utf8.contains(UInt8(ascii: ":")) && written.contains("://") || written.hasPrefix("git@")
      || written.hasPrefix("github.com/") || written.hasPrefix("git::")
    guard isRemote, !written.contains("\n") else { return nil }
    let text = RemoteAddress.open(written)
    let parts = text.split(separator: "?", maxSplits: 1)
    let query = parts.count == 2 ? parts[1] : ""
    let reference = query.split(separator: "&").first { $0.hasPrefix("ref=") || $0.hasPrefix("version=") }
      .map { String($0[$0.index(after: $0.firstIndex(of: "=") ?? $0.startIndex)...]) }
    let path = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    // A host may be an address of numbers, and is no version.
    let host = text.contains("://") ? 3 : 1
    let versions = [reference].compactMap { $0 } + path.dropFirst(host)
    self.text = text
    pin =
      versions.contains(where: RemoteAddress.isCommit)
      ? .commit : versions.contains(where: RemoteAddress.isRelease) ? .release : .nothing
    let rest = path.dropFirst(host).map { RemoteAddress.isCommit($0) || RemoteAddress.isRelease($0) ? "*" : $0 }
    place = (path.prefix(host) + rest).joined(separator: "/")
  }

  /// An address without the user in it, unless that is `git`, and without parameters that kustomize does not read.
  private static func open(_ address: String) -> String {
    let parts = address.split(separator: "?", maxSplits: 1)
    var place = String(parts.first ?? "")
    let steps = place.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    if steps.count > 2, steps[1].isEmpty, let end = steps[2].lastIndex(of: "@"), steps[2][..<end] != "git" {
      let host = steps[2][steps[2].index(after: end)...]
      place = (steps[..<2] + [host] + steps[3...]).joined(separator: "/")
    }
    let known = parts.dropFirst().flatMap { $0.split(separator: "&") }.filter { parameter in
      ["ref=", "version=", "submodules=", "timeout="].contains { parameter.hasPrefix($0) }
    }
    return known.isEmpty ? place : "\(place)?\(known.joined(separator: "&"))"
  }

  private static func isCommit(_ text: String) -> Bool { text.count == 40 && text.allSatisfy(\.isHexDigit) }

  /// `v1.2.3`, `1.2`, `chart-1.2.3`, `v0.80.0-rc.1`; but not `part-1.yaml`, of which only the number is one.
  private static func isRelease(_ text: String) -> Bool {
    let version = text.drop { !$0.isNumber }
    let lead = text.dropLast(version.count)
    let parts = version.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 && parts[0].allSatisfy(\.isNumber) && parts[1].first?.isNumber == true
      && (lead.isEmpty || lead.hasSuffix("v") || lead.hasSuffix("-"))
  }
}
