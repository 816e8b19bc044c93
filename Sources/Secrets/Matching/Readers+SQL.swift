/// Passwords in SQL.
extension Readers {
  /// Reads the password behind `PASSWORD '…'`, `IDENTIFIED BY '…'` and `SET PASSWORD FOR user = '…'`, a statement's words
  /// standing before `end`.
  func statement(at start: Int, _ end: Int, into run: inout ScanRun) {
    let isIdentified = bytes.holds("identified", at: start)
    let isSet = bytes.holds("set ", at: start)
    guard isSet || isOfAccount(bytes[max(0, start - 200)..<start]) else { return }
    var index = end
    if isIdentified || isSet {
      let mark: StaticString = isIdentified ? "by " : "= "
      while index < bytes.count, index - end < 96, !bytes.holds(mark, at: index) {
        if bytes[index] == 0x3B || bytes[index] == 0x0A { return }
        index += 1
      }
      index += mark.utf8CodeUnitCount
      while index < bytes.count, index - end < 128, bytes[index].isBlank { index += 1 }
      if bytes.holds("password", at: index) { index += 8 }
      if index < bytes.count, bytes[index] == 0x28 { index += 1 }
      guard index < bytes.count, bytes[index] == 0x27 else { return }
      index += 1
    }
    var stop = index
    while stop < bytes.count, stop - index < 512, bytes[stop] != 0x27, !bytes[stop].isNewline { stop += 1 }
    guard stop < bytes.count, bytes[stop] == 0x27, stop - index >= 4, run.spend((stop - index) * 32) else { return }
    let value = Array(bytes[index..<stop])
    guard case .secret(let look) = ValueJudge.appearance(of: value, kind: .password, place: run.context.place) else {
      return
    }
    keep("generic-password", index..<stop, look, into: &run)
  }

  /// Whether `text` tells that a user or a role is made or changed, or given rights.
  private func isOfAccount(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    ["create", "alter", "grant"].contains { text.contains(caseless: $0) }
      && ["user ", "role ", "login ", " to "].contains { text.contains(caseless: $0) }
  }
}
