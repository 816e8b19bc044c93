#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Addresses of the network, as Go's `net` package reads them.
enum Addresses {
  /// Whether a text is an IPv4 or IPv6 address.
  static func isIP(_ text: String) -> Bool { bits(of: text) != nil }

  /// The mask of a CIDR block, `16` for `10.0.0.0/16`; `nil` where it is none.
  static func mask(ofCIDR text: String) -> Int? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = bits(of: String(parts[0])), let mask = Int(parts[1]), (0...width).contains(mask)
    else { return nil }
    return mask
  }

  /// Whether a text is a port.
  static func isPort(_ text: String) -> Bool { Int(text).map { (1...65535).contains($0) } ?? false }

  /// Whether a text is `host:port`, or a URL of that; a host of digits and dots alone must be an address.
  static func isHostAndPort(_ text: String) -> Bool {
    let authority = text.contains("://") || text.hasPrefix("http") ? Canonical.host(text) : text
    guard let colon = authority.lastIndex(of: ":"), colon != authority.startIndex else { return false }
    let host = authority[..<colon]
    if host.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }), !isIP(String(host)) { return false }
    return isPort(String(authority[authority.index(after: colon)...]))
  }

  /// Whether a CIDR block holds an address; `false` where one of them is none.
  static func block(_ text: String, contains address: String) -> Bool {
    let head = text.split(separator: "/").first.map(String.init) ?? ""
    guard let mask = mask(ofCIDR: text), let network = bytes(of: head), let bytes = bytes(of: address),
      network.count == bytes.count
    else { return false }
    return (0..<mask).allSatisfy { bit in
      (network[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }

  /// Whether a text is an address, a CIDR block, or `first-last` with the first not above the last.
  static func isRange(_ text: String) -> Bool {
    if isIP(text) || mask(ofCIDR: text) != nil { return true }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { bytes(of: String($0[...].trimmed)) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first.count == last.count else { return false }
    return !last.lexicographicallyPrecedes(first)
  }

  private static func bytes(of text: String) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &buffer) == 1 { return Array(buffer.prefix(4)) }
    return inet_pton(AF_INET6, text, &buffer) == 1 ? buffer : nil
  }

  private static func bits(of text: String) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &buffer) == 1 { return 32 }
    return inet_pton(AF_INET6, text, &buffer) == 1 ? 128 : nil
  }
}
