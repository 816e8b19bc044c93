/// The passwords in addresses that need no scheme to be understood, as those of proxies: `user:password@host:3128`. The
/// rules about them read fields; what is shown of a file must not depend on whether a rule spoke, nor on how the address
/// is written or what stands around it.
struct AddressPasswords {
  /// Where they stand.
  private(set) var ranges: [Range<Int>] = []

  init(in bytes: [UInt8]) {
    guard bytes.contains(UInt8(ascii: "@")) else { return }
    for word in bytes.split(whereSeparator: { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) {
      guard let at = word.lastIndex(of: UInt8(ascii: "@")), !AddressPasswords.isDigest(word[(at + 1)...]) else {
        continue
      }
      let user = AddressPasswords.withoutHead(word[..<at])
      guard let colon = user.firstIndex(of: UInt8(ascii: ":")), !user.starts(with: "mailto:".utf8) else { continue }
      ranges.append(colon + 1..<at)
    }
  }

  /// Whether an image or an artifact is named by what follows the `@`.
  private static func isDigest(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.starts(with: "sha256:".utf8) || rest.starts(with: "sha512:".utf8)
  }

  /// What follows the scheme, or the name of a variable or option.
  private static func withoutHead(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else { return word }
    let name = word[..<colon].lastIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? word.startIndex
    let rest = word[(colon + 1)...]
    return rest.starts(with: "//".utf8) ? rest.dropFirst(2) : word[name...]
  }
}
