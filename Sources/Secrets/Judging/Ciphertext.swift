/// Tells ciphertext from what only looks like it.
package enum Ciphertext {
  /// Whether `value` is a value that SOPS encrypted: `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]` with base64 in its
  /// fields, an initialisation vector of 32 bytes and a tag of 16; or one of another tool's `ENC[…]` with a long body.
  package static func isSOPS(_ value: some Collection<UInt8>) -> Bool {
    let bytes = Array(value)
    guard bytes.starts(with: "ENC[".utf8), bytes.last == 0x5D else { return false }
    let parts = bytes[4..<bytes.count - 1].split(separator: 0x2C)
    guard let scheme = parts.first else { return false }
    guard scheme.elementsEqual("AES256_GCM".utf8) else {
      return parts.count == 2 && parts[1].count >= 32 && isBase64(parts[1])
    }
    guard let data = field("data:", parts), let vector = field("iv:", parts), let tag = field("tag:", parts) else {
      return false
    }
    return isBase64(data) && isBase64(vector) && isBase64(tag) && (40...48).contains(vector.count)
      && (20...28).contains(tag.count)
  }

  /// Whether `value` pretends to be SOPS's ciphertext and is not.
  package static func pretends(_ value: some Collection<UInt8>) -> Bool {
    let bytes = Array(value)
    return bytes.starts(with: "ENC[".utf8) && !isSOPS(bytes) && ValueForms.reason(to: Array(bytes.dropFirst(4))) == nil
  }

  /// Whether the whole text is ciphertext of age, PGP, git-crypt, Ansible or OpenSSL, or a binary file in SOPS's JSON.
  package static func isWhole(_ text: UnsafeRawBufferPointer) -> Bool {
    switch text.first {
    case UInt8(ascii: "{"):
      let head = text.prefix(256).filter { !$0.isSpace }
      return head.starts(with: "{\"data\":\"ENC[AES256_GCM,".utf8)
    case UInt8(ascii: "a"), UInt8(ascii: "-"), 0, UInt8(ascii: "$"), UInt8(ascii: "S"), UInt8(ascii: "U"):
      let start = text.prefix(64)
      return heads.contains { start.starts(with: $0.utf8) }
    default: return false
    }
  }

  private static let heads = [
    "age-encryption.org/", "-----BEGIN AGE ENCRYPTED", "-----BEGIN PGP MESSAGE", "\0GITCRYPT", "$ANSIBLE_VAULT",
    "Salted__", "U2FsdGVkX1",
  ]

  private static func field(_ name: String, _ parts: [ArraySlice<UInt8>]) -> ArraySlice<UInt8>? {
    parts.first { $0.starts(with: name.utf8) }?.dropFirst(name.utf8.count)
  }

  private static func isBase64(_ part: ArraySlice<UInt8>) -> Bool {
    part.allSatisfy { Base64.values[Int($0)] <= 64 }
  }
}

extension Ciphertext {
  /// Whether anyone can read `value`, the text of a field of `encryptedData` in a SealedSecret: a true one is base64 of
  /// some 300 bytes or more that starts with the length of an RSA ciphertext.
  package static func isReadable(sealed value: some Collection<UInt8>) -> Bool {
    let bytes = ValueJudge.trimmed(Array(value))
    if bytes.isEmpty || bytes.starts(with: "Ag".utf8) || bytes.starts(with: "AQ".utf8) { return false }
    guard ValueForms.reason(to: bytes) == nil else { return false }
    return bytes.count < 200 || !bytes.allSatisfy { Base64.values[Int($0)] <= 64 || $0.isSpace }
  }
}

extension PassReason {
  /// Whether a value passed over for this reason tells nothing that a repository may not tell.
  package var isHarmless: Bool {
    switch self {
    case .encrypted, .reference, .publicKey, .certificate, .empty: true
    default: false
    }
  }
}

extension CredentialType {
  /// Whether the type has no mark of its own.
  package var isToldByName: Bool { if case .token = recognition { false } else { true } }

  /// Whether the type is told by a name and a plausible value alone: what stands around such a value tells more than
  /// the type does.
  package var isToldByNameAlone: Bool {
    switch recognition {
    case .token: return false
    case .reader: return id.hasPrefix("generic-")
    case .assigned:
      let isPassword = checks.contains { if case .password = $0 { true } else { false } }
      return isPassword && severity < .critical
    }
  }
}
