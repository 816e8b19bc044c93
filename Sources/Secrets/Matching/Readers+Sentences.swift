/// Values among words and in calls.
extension Readers {
  /// Whether a value that stands in a call or in a sentence could be nothing but a secret.
  func isPlain(_ value: [UInt8], _ found: Assignment, _ meaning: NameMeaning) -> Bool {
    let isSetter = found.isCall && meaning.kind == .password && isSetter(found.name)
    let minimum = isSetter || found.isMentioned ? 12 : found.isCall ? 20 : 14
    if ValueJudge.isRandom(value, minimum: minimum), !value.contains(where: \.isBlank) { return true }
    return (!found.isCall || isSetter) && meaning.kind == .password && ValueJudge.isStrong(value)
  }

  /// The assignment without what is remarked behind its value, `password: VALUE (ask Bob)`, where that value is no word.
  func withoutRemark(_ found: Assignment) -> Assignment {
    guard !found.isQuoted, let blank = bytes[found.value].firstIndex(where: \.isBlank) else { return found }
    let word = Array(bytes[found.value.lowerBound..<blank])
    guard word.count >= 10, ValueJudge.classCount(word) >= 3, ValueForms.reason(to: word) == nil,
      ValueJudge.isStrong(word) || ValueJudge.isRandom(word, minimum: 12)
    else { return found }
    var found = found
    found.value = found.value.lowerBound..<blank
    return found
  }

  /// Whether `name` is that of a method which sets something: `account.setPassword`.
  private func isSetter(_ name: Range<Int>) -> Bool {
    let start = bytes[name].lastIndex(of: 0x2E).map { $0 + 1 } ?? name.lowerBound
    return bytes.holds("set", at: start)
  }
}
