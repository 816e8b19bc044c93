/// Hashes of passwords as `crypt` writes them, `$2a$10$…`. They are no credential, so no finding speaks of them; whoever
/// sees one may still try passwords against it, so what is shown of a file leaves them out.
struct PasswordHashes {
  /// Where they stand.
  private(set) var ranges: [Range<Int>] = []

  init(in bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let isStart = bytes[index] == UInt8(ascii: "$") && Self.schemes.contains { bytes[index...].starts(with: $0.utf8) }
      guard isStart else {
        index += 1
        continue
      }
      let end = bytes[index...].firstIndex { !Self.isPart($0) } ?? bytes.count
      if end - index >= 20 { ranges.append(index..<end) }
      index = max(end, index + 1)
    }
  }

  /// What `crypt(5)` calls its methods, and what password hashing in the PHC string format is called.
  private static let schemes = [
    "$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$7$", "$y$", "$apr1$", "$argon2", "$scrypt$", "$pbkdf2",
  ]

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "$./+=,-_".utf8.contains(byte)
    }
  }
}
