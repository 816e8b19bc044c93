/// Values that stand for something to be filled in.
extension ValueForms {
  /// Stands for something to be filled in.
  static func isPlaceholder(_ value: [UInt8]) -> Bool {
    let low = value.map(\.lowered)
    if isOfTwo(low) { return true }
    if fillInParts.stand(in: low) || isMostlyGuessable(low) { return true }
    if low.allSatisfy({ $0.isLetter || $0 == 0x2D || $0 == 0x5F }),
      ["password", "passwd", "passphrase"].contains(where: {
        low.suffix($0.utf8.count).elementsEqual($0.utf8)
      })
    {
      return true
    }
    if low.suffix(3).elementsEqual("...".utf8) || low.suffix(3).elementsEqual("…".utf8) { return true }
    if isWordAndCount(low) { return true }
    return low.count >= 12 && Randomness.isDegenerate(low)
  }

  /// Whether a value that looks like one to be filled in may all the same be a password that somebody typed: it is mixed
  /// as rules for passwords want it (`Welcome1`), and no word asks to fill it in.
  static func isGuessable(_ value: [UInt8]) -> Bool {
    guard (8...64).contains(value.count), !value.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return false }
    let isSign = { (byte: UInt8) in !byte.isLetter && !byte.isDigit }
    let classes = [
      value.contains(where: \.isLower), value.contains { $0.isLetter && !$0.isLower },
      value.contains(where: \.isDigit), value.contains(where: isSign),
    ]
    let isFramed = value.first.map(isSign) == true
    return classes.count { $0 } >= 3 && !isFramed && !fillInParts.stand(in: value.map(\.lowered))
  }

  /// Whether `value` says that it is to be replaced: `REPLACE_WITH_PASSWORD`, `changeme`.
  static func asksToBeFilled(_ value: [UInt8]) -> Bool { fillInParts.stand(in: value) }

  /// Whether what stands in samples as often as in passwords is most of `low`: `P@ssw0rd123!`, but not with seven more
  /// characters, three of them digits.
  private static func isMostlyGuessable(_ low: [UInt8]) -> Bool {
    guard guessableParts.stand(in: low) else { return false }
    for part in guessable {
      guard let start = low.firstPlace(of: part.utf8) else { continue }
      let rest = low[(start + part.utf8.count)...].drop { "0ord".utf8.contains($0) }
      let others = low[..<start] + rest
      if others.count >= 7, others.count(where: \.isDigit) >= 3 { return false }
    }
    return true
  }

  /// Whether `low` has at most two different bytes.
  private static func isOfTwo(_ low: [UInt8]) -> Bool {
    guard let first = low.first, let second = low.first(where: { $0 != first }) else { return true }
    return low.allSatisfy { $0 == first || $0 == second }
  }

  /// Whether `low` is a word of the list, digits written for letters undone, with at most three characters behind it,
  /// or any word with a counting sequence behind it (`Harbor12345`).
  private static func isWordAndCount(_ low: [UInt8]) -> Bool {
    let letters = low.prefix(while: \.isLetter)
    let rest = low[letters.count...]
    if letters.count >= 3, !rest.isEmpty, counts.contains(String(decoding: rest, as: UTF8.self)) {
      return (Randomness.letterPairCost(letters) ?? 4) < 6
    }
    // The longest word has 19 letters, and three of four characters are letters.
    guard low.count <= 30 else { return false }
    let plain = low.map(unspelled)
    for cut in 0...3 where plain.count - cut >= 3 {
      if cut > 0, low[low.count - cut].isLetter { break }
      let word = plain.dropLast(cut).filter(\.isLetter)
      if word.count <= 19, word.count * 4 >= (plain.count - cut) * 3,
        placeholderWords.contains(String(decoding: word, as: UTF8.self))
      {
        return true
      }
    }
    return false
  }

  private static let counts: Set<String> = [
    "123", "1234", "12345", "123456", "1234567", "12345678", "321", "54321", "123!", "1234!",
  ]
  /// The letter that a digit or sign is written for.
  private static func unspelled(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30: 0x6F  // 0, o
    case 0x31, 0x21: 0x69  // 1 and !, i
    case 0x33: 0x65  // 3, e
    case 0x34, 0x40: 0x61  // 4 and @, a
    case 0x35, 0x24: 0x73  // 5 and $, s
    case 0x37: 0x74  // 7, t
    default: byte
    }
  }

  /// What asks to be replaced, or says that it is no real value.
  private static let fillInParts = TextSet([
    "changeme", "change-me", "change_me", "changeit", "changethis", "change-this", "change_this", "replaceme",
    "replace-me", "replace_me", "replace-with",
    "replace_with", "placeholder", "redacted", "your-", "your_", "yourpass", "yourtoken", "yoursecret", "yourkey",
    "xxxx", "****", "....", "insert-",
    "insert_", "inserthere", "enter-", "fill-in", "fillin", "fill_in", "todo", "fixme", "dummy", "notreal", "not-real",
    "not_real",
    "fake", "goes-here", "goeshere", "goes_here", "-here", "_here", "overrideme", "override-me", "supersecret",
    "super-secret", "super_secret",
    "secretpassword", "secret-password", "mysecret", "my-secret", "my_secret", "mypassword", "my-password",
    "my_password", "mytoken", "my-token",
    "my_token", "somepassword", "somesecret", "sometoken", "some-", "some_", "testpass", "test-", "test_", "testing",
    "foobar", "foo-bar",
    "lorem", "sample", "deadbeef", "__token__", "masked", "hidden", "invalid", "unused", "ignored", "none-", "not-a-",
    "notasecret", "nosecret", "yourstrong", "verysecret", "topsecret", "0123456789", "1234567890", "abcdefgh",
    "00000000",
  ])
  /// What stands in samples as often as in passwords that somebody uses.
  private static let guessable = [
    "passw0rd", "p@ssw", "pa$$w", "secret123", "12345678", "qwerty", "1q2w3e", "a1b2c3",
  ]
  private static let guessableParts = TextSet(guessable)
  private static let placeholderWords: Set<String> = [
    "password", "passwd", "pass", "passphrase", "pwd", "secret", "token", "key", "apikey", "test", "tests", "testtest",
    "foo", "bar", "baz", "abc",
    "abcd", "abcdef", "user", "username", "admin", "root", "guest", "postgres", "string", "value", "example", "default",
    "me", "you",
    "xxx", "xyz", "asdf", "login", "hello", "helloworld", "pssword", "psswrd", "passw", "passwrd", "pw", "secrets",
    "mysql", "redis", "rabbitmq",
    "mongodb", "minio", "minioadmin", "adminadmin", "rootpassword", "adminpassword", "userpassword", "dbpassword",
    "data", "bearer", "basic",
    "scrt", "secrt", "scret", "testpassword", "passwordtest", "wrong", "wrongpassword", "newpassword", "oldpassword",
    "letmein", "welcome",
    "topsecret", "supersecret", "verysecret", "mysecret", "mypassword", "secretpassword", "supersecretpassword",
    "hunter", "swordfish", "anonymous", "public", "private", "nopassword", "development", "dev", "local", "localhost",
    "docker",
  ]
}
