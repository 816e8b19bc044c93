/// Judges a value that carries no type's mark by its name, its bytes and its place.
package enum ValueJudge {
  /// Either a look or a reason.
  package enum Appearance: Sendable, Hashable {
    case secret(SecretLook)
    case passed(PassReason)
  }

  /// Judges `value`, surrounding white space and quotes aside.
  package static func appearance(
    of value: some RandomAccessCollection<UInt8>, kind: NameKind, place: ValuePlace
  ) -> Appearance {
    let bytes = trimmed(Array(value))
    if let reason = ValueForms.reason(to: bytes) { return .passed(reason) }
    if let text = decodedText(bytes) {
      if kind != .ordinary { return decoded(text, kind: kind, place: place) }
      let plain = trimmed(text)
      if place == .secretData, let reason = ValueForms.reason(to: plain) ?? wordiness(plain) { return .passed(reason) }
    }
    switch kind {
    case .ordinary: return place == .secretData ? unnamed(bytes) : .passed(.ordinaryName)
    case .perhaps: return perhaps(bytes, place: place)
    case .token: return token(bytes, place: place)
    case .password: return password(bytes, place: place)
    }
  }

  /// The text that `bytes` is base64 of, where it is.
  private static func decodedText(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 8, bytes.count % 4 == 0, bytes.last == 0x3D || bytes.count >= 16,
      bytes.allSatisfy({ Base64.values[Int($0)] <= 64 })
    else { return nil }
    let text = Base64.decode(bytes)
    return text.count >= 4 && text.allSatisfy({ $0.isPrintable || $0.isSpace }) ? text : nil
  }

  /// Judges what a value is base64 of: one line as the value itself; more lines or JSON are searched by themselves.
  private static func decoded(_ text: [UInt8], kind: NameKind, place: ValuePlace) -> Appearance {
    let bytes = trimmed(text)
    if bytes.first == 0x7B || bytes.first == 0x5B || bytes.contains(where: \.isNewline) { return .passed(.code) }
    if let reason = ValueForms.reason(to: bytes) { return .passed(reason) }
    switch kind {
    case .password: return password(bytes, place: place)
    case .perhaps: return perhaps(bytes, place: place)
    case .token, .ordinary: return token(bytes, place: place)
    }
  }

  /// The value without surrounding white space and one pair of quotes.
  package static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var part = bytes[...]
    while let first = part.first, first.isSpace { part.removeFirst() }
    while let last = part.last, last.isSpace { part.removeLast() }
    if part.count >= 2, let first = part.first, first == 0x22 || first == 0x27 || first == 0x60, part.last == first {
      part = part.dropFirst().dropLast()
    }
    return Array(part)
  }

  /// A value under a name that says nothing, in a place meant for secrets.
  private static func unnamed(_ bytes: [UInt8]) -> Appearance {
    if bytes.count < 4 || bytes.contains(where: \.isNewline) { return .passed(.ordinaryName) }
    if isRandom(bytes, minimum: 12) { return .secret(.random) }
    return .passed(wordiness(bytes) ?? .ordinaryName)
  }

  /// A value under a name that may mean a credential. In source code and in texts such names are too many.
  private static func perhaps(_ bytes: [UInt8], place: ValuePlace) -> Appearance {
    if place == .secretData { return unnamed(bytes) }
    guard place != .code, place != .prose, !bytes.contains(where: \.isSpace), isRandom(bytes, minimum: 16),
      !isHashedName(bytes)
    else { return .passed(.ordinaryName) }
    return .secret(.random)
  }

  private static func token(_ bytes: [UInt8], place: ValuePlace) -> Appearance {
    if bytes.contains(where: \.isSpace) { return .passed(.plainWord) }
    if place != .secretData, isHashedName(bytes) { return .passed(.referenceName) }
    let minimum = place == .prose || place == .code ? 20 : place == .secretData ? 8 : 12
    if isRandom(bytes, minimum: minimum) { return .secret(.random) }
    if bytes.count < minimum { return .passed(.tooShort) }
    if let reason = wordiness(bytes) {
      return place == .secretData && reason == .plainWord ? .secret(.typed) : .passed(reason)
    }
    if place != .prose && place != .code, bytes.count >= 8 {
      // A sign among letters of both cases and digits is what rules for passwords ask of people.
      if mixes(bytes) >= 3 || isStrong(bytes) { return .secret(.typed) }
    }
    return .passed(.lowEntropy)
  }

  private static func password(_ bytes: [UInt8], place: ValuePlace) -> Appearance {
    if isRandom(bytes, minimum: place == .prose ? 14 : 10) { return .secret(.random) }
    if place == .prose { return isStrong(bytes) ? .secret(.typed) : .passed(.lowEntropy) }
    if bytes.count < (place == .secretData ? 4 : 6) { return .passed(.tooShort) }
    if bytes.filter(\.isSpace).count > 0, place != .secretData { return .passed(.plainWord) }
    if let reason = wordiness(bytes) {
      return place == .secretData || place != .code && isWordsAndNumber(bytes) ? .secret(.typed) : .passed(reason)
    }
    let classes = classCount(bytes)
    if place == .code { return classes >= 3 && bytes.count >= 8 ? .secret(.typed) : .passed(.lowEntropy) }
    return classes >= 2 ? .secret(.typed) : .passed(.lowEntropy)
  }

  /// Whether the value was drawn at random from a large alphabet.
  package static func isRandom(_ bytes: [UInt8], minimum: Int = 16) -> Bool {
    guard bytes.count >= minimum, !Randomness.isDegenerate(bytes) else { return false }
    let letters = bytes.count(where: \.isLetter)
    let digits = bytes.count(where: \.isDigit)
    guard letters + digits >= bytes.count / 2 else { return false }
    let isHex = bytes.allSatisfy(\.isHexDigit)
    let needed = isHex ? 2.6 : bytes.count >= 20 ? 3.2 : 2.9
    guard Randomness.entropy(bytes) >= needed else { return false }
    // A hump of a name in camel case is two changes in five letters or more; drawn letters change at every other.
    if letters >= 10, caseChanges(bytes) * 20 >= letters * 9, (Randomness.letterPairCost(bytes) ?? 7) >= 5 {
      return true
    }
    if let cost = Randomness.letterPairCost(bytes) {
      if cost >= 6.2 { return true }
      // Letters that could be words: only digits sprinkled among them tell a drawn value.
      if cost < 5.2 && digits * 5 < bytes.count { return false }
    }
    return digits > 0 && mixes(bytes) >= max(2, bytes.count / 7)
  }

  /// Whether the value is the name of an object with a hash behind it, as kustomize and controllers give them:
  /// `regcred-` and eight to ten of the characters that spell no word, `ci-token-` and five.
  private static func isHashedName(_ bytes: [UInt8]) -> Bool {
    guard let hyphen = bytes.lastIndex(of: 0x2D), hyphen > 0,
      (8...10).contains(bytes.count - hyphen - 1)
        || bytes.count - hyphen == 6 && bytes[..<hyphen].suffix(6).elementsEqual("-token".utf8),
      bytes[(hyphen + 1)...].allSatisfy({ "0123456789bcdfghjklmnpqrstvwxz".utf8.contains($0) })
    else { return false }
    let name = Array(bytes[..<hyphen])
    return name[0].isLower && name.allSatisfy { $0.isLower || $0.isDigit || $0 == 0x2D || $0 == 0x2E }
      && !isRandom(name, minimum: 8)
  }

  /// Whether an address tells who asks: one part of it, between its separators, cannot be guessed.
  package static func isCapability(_ bytes: [UInt8]) -> Bool {
    bytes.split { "/?&=#:@".utf8.contains($0) }.contains { part in
      let part = Array(part)
      return ValueForms.isUUID(part) || isRandom(part)
    }
  }

  /// How often neighbouring letters differ in case.
  private static func caseChanges(_ bytes: [UInt8]) -> Int {
    bytes.indices.dropFirst().count { index in
      bytes[index].isUpper && bytes[index - 1].isLower || bytes[index].isLower && bytes[index - 1].isUpper
    }
  }

  /// How often letters and digits, or upper and lower case in other ways than a capital before a word, change places.
  static func mixes(_ bytes: [UInt8]) -> Int {
    var changes = 0
    for index in bytes.indices.dropFirst() {
      let before = bytes[index - 1]
      let byte = bytes[index]
      if before.isLetter && byte.isDigit || before.isDigit && byte.isLetter || before.isLower && byte.isUpper {
        changes += 1
      }
    }
    return changes
  }

  /// Lower case, upper case, digits, others: how many of the four occur.
  static func classCount(_ bytes: [UInt8]) -> Int {
    var found = 0
    for byte in bytes { found |= byte.isLower ? 1 : byte.isUpper ? 2 : byte.isDigit ? 4 : 8 }
    return found.nonzeroBitCount
  }

  /// Whether a typed value keeps the rules for passwords: letters of both cases, digits and signs, ten in all.
  static func isStrong(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 10 && classCount(bytes) == 4 && bytes.contains(where: isPasswordSign)
      && !bytes.contains(where: \.isSpace)
  }

  /// Whether a byte is one of the signs that rules for passwords ask for.
  static func isPasswordSign(_ byte: UInt8) -> Bool {
    byte == 0x21 || byte == 0x40 || (0x23...0x26).contains(byte) || byte == 0x2A || byte == 0x3F || byte == 0x5E
  }

  /// Whether the value is a word or two and a number of three digits or more at the end, as a person types it and nobody
  /// names an object: `violet` and `monkey`, a hyphen, 864.
  private static func isWordsAndNumber(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.reversed().prefix(while: \.isDigit).count
    let words = bytes.dropLast(digits)
    guard digits >= 3, digits <= 6, words.count >= 8, let last = words.last,
      last == 0x2D || last == 0x5F || last == 0x2E,
      words.dropLast().allSatisfy(\.isLetter)
    else { return false }
    return !aboutWords.stand(in: bytes)
  }

  /// Words in names of objects that hold secrets, or of releases.
  private static let aboutWords = TextSet([
    "secret", "password", "credential", "token", "auth", "access", "release", "version", "build", "default", "policy",
  ])

  /// Whether the value is made of words: a name with separators, or a plain word.
  static func wordiness(_ bytes: [UInt8]) -> PassReason? {
    // A sentence in a script that needs no blanks, with a number in it.
    if bytes.count(where: { $0 >= 0x80 }) * 3 >= bytes.count { return .plainWord }
    // Letters beyond ASCII are bytes from 0x80 on.
    let letters = bytes.count { $0.isLetter || $0 >= 0x80 }
    let digits = bytes.count(where: \.isDigit)
    let separators = bytes.count { $0 == 0x2D || $0 == 0x5F || $0 == 0x2E || $0 == 0x2F || $0 == 0x3A || $0 == 0x2C }
    let others = bytes.count - letters - digits - separators
    guard letters * 3 >= bytes.count * 2 || separators > 0 && letters * 2 >= bytes.count else { return nil }
    let cost = Randomness.letterPairCost(bytes) ?? 4
    guard cost < 6.0, others == 0 else { return nil }
    if separators > 0 {
      if digits * 4 <= bytes.count, mixes(bytes) <= bytes.count / 6 + 1, classCount(bytes) <= 3 {
        return .referenceName
      }
      return nil
    }
    return digits == 0 ? .plainWord : nil
  }
}
