/// A user and a password side by side, under no name of their own.
extension Readers {
  /// Reads the second of two texts behind `end`, where a call that takes a user and a password opens:
  /// `SetBasicAuth("user", "password")`, `auth=("user", "password")`.
  func call(after end: Int, into run: inout ScanRun) {
    guard let user = text(at: end), user.upperBound + 1 < bytes.count else { return }
    var comma = user.upperBound + 1
    while comma < bytes.count, bytes[comma].isBlank { comma += 1 }
    guard comma < bytes.count, bytes[comma] == 0x2C, let password = text(at: comma + 1) else { return }
    typed(password, as: "generic-password", into: &run)
  }

  /// Reads the password of an account: `bob : EAP "password"` of a VPN, `user_bob="password"` of Kafka, behind `end`.
  func account(at start: Int, _ end: Int, into run: inout ScanRun) {
    var quote = end - 1
    if bytes.holds(" user_", at: start) {
      quote = end
      while quote < bytes.count, quote - end < 64, bytes[quote].isAlphanumeric || bytes[quote] == 0x5F { quote += 1 }
      guard quote > end, quote < bytes.count, bytes[quote] == 0x3D,
        bytes[max(0, start - 240)..<start].contains(caseless: "loginmodule")
      else { return }
      quote += 1
      if quote < bytes.count, bytes[quote] == 0x5C { quote += 1 }
    }
    guard let password = text(at: quote) else { return }
    typed(password, as: "generic-password", into: &run)
  }

  /// The text in quotes that starts at `index`, white space aside, on one line.
  private func text(at index: Int) -> Range<Int>? {
    var start = index
    while start < bytes.count, start - index < 80, bytes[start].isSpace { start += 1 }
    guard start < bytes.count, bytes[start] == 0x22 || bytes[start] == 0x27 else { return nil }
    var end = start + 1
    while end < bytes.count, end - start < 200, bytes[end] != bytes[start], bytes[end] != 0x5C, !bytes[end].isNewline {
      end += 1
    }
    return end < bytes.count && (bytes[end] == bytes[start] || bytes[end] == 0x5C) ? start + 1..<end : nil
  }

  private func typed(_ range: Range<Int>, as id: String, into run: inout ScanRun) {
    guard range.count >= 5, run.spend(range.count * 32),
      case .secret(let look) = ValueJudge.appearance(of: bytes[range], kind: .password, place: run.context.place)
    else { return }
    keep(id, range, look, into: &run)
  }
}
