internal import Crypto

/// A name for a finding that survives moved lines, renamed files and squashed commits.
package enum Fingerprint {
  /// The SHA-256 of the parts, or their HMAC under a key, shortened to 128 bits, in hexadecimal.
  ///
  /// Each part is preceded by its length, so that no two lists of parts read alike.
  package static func of(_ parts: [String], key: String? = nil) -> String {
    var bytes: [UInt8] = []
    for part in parts {
      bytes.append(contentsOf: "\(part.utf8.count):".utf8)
      bytes.append(contentsOf: part.utf8)
    }
    if let key, !key.isEmpty {
      return hex(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Array(key.utf8))))
    }
    return hex(SHA256.hash(data: bytes))
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(digest.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
