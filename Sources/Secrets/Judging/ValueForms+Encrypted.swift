/// Values that are ciphertext.
extension ValueForms {
  /// Ciphertext.
  static func isEncrypted(_ value: [UInt8]) -> Bool {
    for mark in cipherStarts where value.starts(with: mark.utf8) { return true }
    if isBraced(value) || isVectorAndBlocks(value) { return true }
    // A SealedSecret's value: base64 of a two-byte length, 512 or 256, and as many bytes of an RSA ciphertext before the
    // rest. Six bits a character put the length's last four zeros into the third.
    guard value.count >= 360, value[0] == 0x41, value[1] == 0x67 || value[1] == 0x51 else { return false }
    return (0x41...0x44).contains(value[2]) && value.allSatisfy { Base64.values[Int($0)] <= 64 }
  }

  /// What Maven and Jenkins write for an encrypted value: base64 in braces.
  private static func isBraced(_ value: [UInt8]) -> Bool {
    value.count >= 18 && value[0] == 0x7B && value[value.count - 1] == 0x7D
      && value[value.count - 2] == 0x3D && value.dropFirst().dropLast().allSatisfy { Base64.values[Int($0)] <= 64 }
  }

  /// What Kamus and others that use AES in blocks write: base64 of 16 bytes, a colon, and base64 of some blocks of 16.
  private static func isVectorAndBlocks(_ value: [UInt8]) -> Bool {
    guard value.count >= 49, value[24] == 0x3A, value[23] == 0x3D, value[22] == 0x3D,
      value.indices.allSatisfy({ $0 == 24 || Base64.values[Int(value[$0])] <= 64 })
    else { return false }
    return Base64.decode(value[25...]).count % 16 == 0
  }

  private static let cipherStarts = [
    "ENC[", "ENC(", "ENC:", "$ANSIBLE_VAULT", "vault:v", "-----BEGIN PGP MESSAGE", "-----BEGIN AGE ENCRYPTED FILE",
    "age-encryption.org/", "YWdlLWVuY3J5cHRpb24ub3Jn", "{cipher}", "AQICAH", "gAAAAAB", "encrypted:", "k8s:enc:",
    "CiQA",
    "U2FsdGVkX1",
    "LS0tLS1CRUdJTiBBR0UgRU5DUllQVEVE", "LS0tLS1CRUdJTiBQR1AgTUVTU0FHR", "CfDJ8", "eyJhbGciOiJkaXIi",
  ]
}
