internal import Secrets

/// The passwords in addresses of proxies, which need no scheme to be understood: `httpProxy: user:password@host:3128`. The
/// rule about them reads the field; what is shown of a file must not depend on whether the rule spoke.
struct ProxyUsers {
  /// Where they stand.
  private(set) var ranges: [Range<Int>] = []

  init(in bytes: [UInt8]) {
    guard bytes.contains(UInt8(ascii: "@")) else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let at = line.lastIndex(of: UInt8(ascii: "@")) else { continue }
      let text = String(decoding: line[..<at], as: UTF8.self).lowercased()
      guard text.contains("proxy") else { continue }
      let isEnd = { (byte: UInt8) in [0x20, 0x09, 0x22, 0x27, 0x2F, 0x3D].contains(byte) }
      let start = line[..<at].lastIndex(where: isEnd).map { $0 + 1 } ?? line.startIndex
      if let colon = line[start..<at].firstIndex(of: UInt8(ascii: ":")) { ranges.append(colon + 1..<at) }
    }
  }
}
