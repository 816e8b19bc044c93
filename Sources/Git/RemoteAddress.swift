/// The address of a remote as it may be shown to anybody.
enum RemoteAddress {
  /// The address without whoever is named in it, their password, and what follows `?` or `#`.
  ///
  /// Whatever stands before the last `@` is left out: an unescaped password may hold a slash.
  static func withoutCredentials(_ address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else {
      guard let colon = address.firstIndex(of: ":"), !address[..<colon].contains("/") else { return address }
      return String(address[..<colon].split(separator: "@").last ?? "") + address[colon...]
    }
    let rest = address[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    guard let sign = rest.lastIndex(of: "@") else { return String(address[..<scheme.upperBound] + rest) }
    return String(address[..<scheme.upperBound] + rest[rest.index(after: sign)...])
  }
}
