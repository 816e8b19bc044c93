/// Values that stand for something to be filled in.
extension ValueForms {
  /// Stands for something to be filled in.
  static func isPlaceholder(_ value: [UInt8]) -> Bool {
    let low = value.map(\.lowered)
    if Set(low).count <= 2 { return true }
    for mark in placeholderParts where low.firstPlace(of: mark.utf8) != nil { return true }
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

  /// Whether `low` is a word of the list, digits written for letters undone, with at most three characters behind it,
  /// or any word with a counting sequence behind it (`Harbor12345`).
  private static func isWordAndCount(_ low: [UInt8]) -> Bool {
    let letters = low.prefix(while: \.isLetter)
    let rest = low[letters.count...]
    if letters.count >= 3, !rest.isEmpty, counts.contains(String(decoding: rest, as: UTF8.self)) {
      return (Randomness.letterPairCost(letters) ?? 4) < 6
    }
    let plain = low.map { spellings[$0] ?? $0 }
    for cut in 0...3 where plain.count - cut >= 3 {
      let ending = low[(plain.count - cut)...]
      guard ending.allSatisfy({ !$0.isLetter }) else { break }
      if placeholderWords.contains(String(decoding: plain.dropLast(cut).filter { $0.isLetter }, as: UTF8.self)),
        plain.dropLast(cut).count(where: \.isLetter) * 4 >= (plain.count - cut) * 3
      {
        return true
      }
    }
    return false
  }

  private static let counts: Set<String> = [
    "123", "1234", "12345", "123456", "1234567", "12345678", "321", "54321", "123!", "1234!",
  ]
  private static let spellings: [UInt8: UInt8] = Dictionary(
    uniqueKeysWithValues: zip("013457$@!".utf8, "oieastsai".utf8))

  private static let placeholderParts = [
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
    "notasecret", "nosecret", "passw0rd", "p@ssw", "pa$$w", "yourstrong",
    "verysecret", "topsecret", "secret123", "0123456789", "1234567890", "abcdefgh", "12345678", "00000000", "qwerty",
    "1q2w3e", "a1b2c3",
  ]
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
