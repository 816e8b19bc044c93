/// The addresses of Git repositories, compared by what they lead to.
enum GitURL {
  /// Whether two addresses lead to the same repository: protocol, user, `.git`, a final slash and the dot at the end of
  /// an absolute host name mean nothing.
  static func isSame(_ left: String?, _ right: String?) -> Bool {
    left.map(normalised) == right.map(normalised)
  }

  /// `github.com/acme/fleet` for `ssh://git@github.com/acme/fleet.git` and `git@github.com:acme/fleet`.
  static func normalised(_ url: String) -> String {
    var rest = Substring(url.lowercased())
    let usualPorts = [rest.hasPrefix("ssh:") ? ":22" : rest.hasPrefix("http:") ? ":80" : ":443"]
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
    } else if let colon = rest.firstIndex(of: ":") {
      rest = Substring(rest[..<colon] + "/" + rest[rest.index(after: colon)...])
    }
    if let at = rest.firstIndex(of: "@"), at < (rest.firstIndex(of: "/") ?? rest.endIndex) {
      rest = rest[rest.index(after: at)...]
    }
    if let host = rest.split(separator: "/").first, let port = usualPorts.first(where: host.hasSuffix) {
      rest = host.dropLast(port.count) + rest[host.endIndex...]
    }
    if let host = rest.split(separator: "/").first, host.hasSuffix(".") {
      rest = host.dropLast() + rest[host.endIndex...]
    }
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
    return rest.replacing("ssh.github.com:443", with: "github.com").split(separator: "/").joined(separator: "/")
  }
}
