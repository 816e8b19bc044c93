/// Runs the checks a type asks for beyond its pattern.
enum TypeChecks {
  /// What the checks found out.
  struct Outcome {
    var checksum: ChecksumState?
    var isHighEntropy: Bool
  }

  /// Nothing where `value` is not a credential of `type` after all.
  static func judge(_ value: [UInt8], type: CredentialType) -> Outcome? {
    var outcome = Outcome(checksum: nil, isHighEntropy: true)
    let body = value.starts(with: type.prefix.utf8) ? Array(value.dropFirst(type.prefix.utf8.count)) : value
    for check in type.checks {
      switch check {
      case .random:
        if ValueForms.isEncrypted(value) || !isVaried(body) || ValueForms.isDocumentedExample(value) || isFilledIn(body)
        {
          return nil
        }
      case .entropy(let bits):
        if Randomness.entropy(body) < bits { return nil }
      case .lettersAndDigits:
        if !body.contains(where: \.isLetter) || !body.contains(where: \.isDigit) { return nil }
      case .base62Checksum:
        // Only the classic 36 characters carry the sum.
        if body.count == 36 { outcome.checksum = Checksum.base62(value, prefixLength: value.count - 36) }
      case .jsonWebToken:
        if !JSONWebToken.isToken(value) { return nil }
      case .claims(let texts):
        let claims = JSONWebToken.claims(of: value)
        if !texts.contains(where: { claims.contains(caseless: $0) }) { return nil }
      case .keyBody:
        if !KeyArmour.holdsKey(value) { return nil }
      case .basicCredentials:
        guard let look = basicCredentials(value) else { return nil }
        outcome.isHighEntropy = look == .random
      case .nkeyChecksum:
        if !NKey.isSeed(value) { return nil }
      case .password:
        guard case .secret(let look) = ValueJudge.appearance(of: value, kind: .password, place: .generic) else {
          return nil
        }
        outcome.isHighEntropy = look == .random
      }
    }
    return outcome
  }

  /// Whether `body` could have been drawn at random.
  private static func isVaried(_ body: [UInt8]) -> Bool {
    body.count < 8 || !Randomness.isDegenerate(body)
  }

  /// Whether `body` is text that asks to be replaced, such as `your-token-goes-here`.
  private static func isFilledIn(_ body: [UInt8]) -> Bool {
    if ValueForms.isReference(body) { return true }
    if fillWords.stand(in: body) { return true }
    guard body.count >= 12, let cost = Randomness.letterPairCost(body) else { return false }
    return cost < 4.9 && body.count(where: \.isDigit) * 8 < body.count && ValueJudge.mixes(body) < 3
  }

  private static let fillWords = TextSet([
    "xxxxx", "your_", "your-", "yourtoken", "placeholder", "changeme", "redacted", "replace", "sample", "dummy",
    "example", "00000000", "-here", "_here",
    "1234567890", "abcdefghij", "qwertyuiop", "notreal", "not-real", "secrettoken", "fake",
  ])

  /// The look of the password in base64 of `user:password`.
  static func basicCredentials(_ value: [UInt8]) -> SecretLook? {
    let decoded = Base64.decode(value)
    guard decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let colon = decoded.firstIndex(of: 0x3A) else { return nil }
    let password = Array(decoded[(colon + 1)...])
    guard password.count >= 4, ValueForms.reason(to: password) == nil else { return nil }
    return ValueJudge.isRandom(password, minimum: 12) ? .random : .typed
  }
}

/// Knows a JSON Web Token.
enum JSONWebToken {
  /// Whether `value` has three parts, the first two of them base64url of JSON objects, and is no published example.
  static func isToken(_ value: [UInt8]) -> Bool {
    let parts = value.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].count >= 16 || parts[2].isEmpty else { return false }
    let texts = parts.prefix(2).map { Base64.decode($0) }
    for json in texts {
      guard json.first == 0x7B, json.last == 0x7D || json.count > 8,
        [0x22, 0x7D].contains(json.dropFirst().first { !$0.isSpace })
      else { return false }
      if json.firstPlace(of: "1234567890".utf8) != nil, json.firstPlace(of: "john doe".utf8) != nil { return false }
    }
    if let lifetime = lifetime(texts[1]), lifetime <= 900 { return false }
    return texts[0].firstPlace(of: "\"alg\"".utf8) != nil && !parts[2].isEmpty && !Randomness.isDegenerate(parts[2])
  }
}

extension JSONWebToken {
  /// The claims of the token `value` as JSON; nothing where it has none.
  static func claims(of value: [UInt8]) -> [UInt8] {
    let parts = value.split(separator: 0x2E, omittingEmptySubsequences: false)
    return parts.count == 3 ? Base64.decode(parts[1]) : []
  }

  /// How many seconds the token with these `claims` is good for, where they tell; a token in a link to an image is good
  /// for minutes, and was no secret even then.
  private static func lifetime(_ claims: [UInt8]) -> Int? {
    guard let end = number(after: "\"exp\"", in: claims),
      let start = number(after: "\"iat\"", in: claims) ?? number(after: "\"nbf\"", in: claims)
    else { return nil }
    return end - start
  }

  private static func number(after name: String, in claims: [UInt8]) -> Int? {
    guard let place = claims.firstPlace(of: name.utf8) else { return nil }
    let digits = claims[(place + name.utf8.count)...].drop { $0 == 0x3A || $0 == 0x20 }.prefix { $0.isDigit }
    return digits.isEmpty || digits.count > 15 ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

/// Knows the armour of private keys.
enum KeyArmour {
  /// Whether the armoured block `text` holds enough base64 to be a key: 64 characters and more than a placeholder's
  /// variety.
  static func holdsKey(_ text: [UInt8]) -> Bool {
    var body: [UInt8] = []
    var rest = text[...]
    if let header = rest.firstPlace(of: "-----".utf8), header == rest.startIndex,
      let end = rest.dropFirst(5).firstPlace(of: "-----".utf8)
    {
      rest = rest[(end + 5)...]
    }
    var index = rest.startIndex
    while index < rest.endIndex {
      let byte = rest[index]
      if byte == 0x5C, index + 1 < rest.endIndex { index += 2; continue }
      if byte == 0x2D, rest.holds("-----", at: index) { break }
      if byte.isAlphanumeric || byte == 0x2B || byte == 0x2F { body.append(byte) }
      index += 1
    }
    guard body.count >= 48, !Randomness.isDegenerate(body), Randomness.entropy(body) >= 3.8 else { return false }
    return !body.contains(caseless: "xxxxxxxx") && !body.contains(caseless: "example")
      && !body.contains(caseless: "redacted")
  }
}
