/// Looks at the places of one layer where a literal stands.
final class PlaceReading {
  let scanner: SecretScanner
  let layer: Layer
  /// Whether names and values are worth reading: not in binary data.
  let isText: Bool
  /// The types that have a mark in the scanner's `resume`.
  private var resumed: [Int] = []
  /// Where the last name that was read ended.
  private var nameEnd = 0
  /// The words that hold escapes.
  private(set) var escaped: [Range<Int>] = []

  var bytes: UnsafeRawBufferPointer { layer.bytes }

  init(scanner: SecretScanner, layer: Layer, isText: Bool) {
    self.scanner = scanner
    self.layer = layer
    self.isText = isText
  }

  deinit { for type in resumed { scanner.resume[type] = 0 } }

  /// Looks at a literal that ends at `end`.
  func read(literal: Int, end: Int, into run: inout ScanRun) {
    let entry = scanner.catalogue.literals[literal]
    let start = end - entry.length
    if entry.isMention { run.mentionsSecrets = true }
    for type in entry.types where scanner.resume[type] <= start { tryToken(type, at: start, into: &run) }
    guard let reader = entry.reader, isText, run.spend(reader.work) else { return }
    let readers = Readers(place: self)
    switch reader {
    case .assignment:
      guard run.context.readsAssignments || !layer.encodings.isEmpty, end > nameEnd else { return }
      nameEnd = readers.assignment(word: start..<end, into: &run)
    case .url:
      readers.url(at: start, end, into: &run)
      if bytes[start + 1] == 0x5C { note(escape: start..<end) }
    case .escape: note(escape: start..<end)
    case .dsn: readers.dsn(at: start, into: &run)
    case .authorization: readers.authorization(after: end, into: &run)
    case .commandLine: readers.commandLine(at: start, into: &run)
    case .dockerAuth: readers.dockerAuth(after: end, into: &run)
    case .netrc: readers.netrc(after: end, into: &run)
    case .statement: readers.statement(at: start, end, into: &run)
    case .bearer: readers.bearer(after: end, into: &run)
    case .call: readers.call(after: end, into: &run)
    case .account: readers.account(at: start, end, into: &run)
    case .accessRule: readers.accessRule(at: start, into: &run)
    case .changedPasswords: readers.changedPasswords(at: start, end, into: &run)
    }
  }

  /// Notes the word around an escape.
  private func note(escape: Range<Int>) {
    guard !layer.isUnescaped, escape.lowerBound >= escaped.last?.upperBound ?? 0 else { return }
    escaped.append(Escapes.word(around: escape, in: bytes))
  }

  private func tryToken(_ index: Int, at literal: Int, into run: inout ScanRun) {
    let type = scanner.catalogue.types[index]
    guard case .token(_, let source, let reach, let leads) = type.recognition else { return }
    for lead in leads where lead <= literal {
      let start = literal - lead
      guard startsWord(start) || lead > 0 && bytes[start].isDigit && bytes[start - 1].isLetter,
        let pattern = scanner.pattern(index, source: source, into: &run)
      else { continue }
      if tryPattern(pattern, of: index, at: start, end: min(bytes.count, start + reach), into: &run) { return }
    }
  }

  private func tryPattern(
    _ pattern: Pattern, of index: Int, at start: Int, end: Int, into run: inout ScanRun
  ) -> Bool {
    guard run.spend(0) else { return true }
    switch scanner.matcher.match(pattern, in: bytes, at: start, end: end) {
    case .none: _ = run.spend(end - start)
    case .limit:
      _ = run.spend(end - start)
      run.note(.pattern(id: scanner.catalogue.types[index].id))
    case .match(let whole, let secret):
      _ = run.spend(whole.count)
      guard add(index, secret, into: &run) else {
        // The checks look at the value some dozens of times.
        _ = run.spend(secret.count * 32)
        return false
      }
      scanner.resume[index] = max(whole.upperBound, start + 1)
      resumed.append(index)
      return true
    }
    return false
  }

  /// Whether nothing in front of `start` makes its first byte part of a longer word; escapes such as `\n` and `%3D` do
  /// not count as letters.
  private func startsWord(_ start: Int) -> Bool {
    guard start > 0, bytes[start].isAlphanumeric, bytes[start - 1].isAlphanumeric else { return true }
    if start >= 2, bytes[start - 2] == 0x5C { return true }
    if bytes[start - 1] == 0x6D, endsColor(start) { return true }
    if start >= 3, bytes[start - 3] == 0x25, bytes[start - 2].isHexDigit, bytes[start - 1].isHexDigit { return true }
    return start >= 6 && bytes[start - 6] == 0x5C && bytes[start - 5] | 0x20 == 0x75
  }

  /// Whether the `m` before `start` ends what a terminal is told a color with: `ESC[1;32m`.
  private func endsColor(_ start: Int) -> Bool {
    var index = start - 1
    while index > 0, start - index < 16, bytes[index - 1].isDigit || bytes[index - 1] == 0x3B { index -= 1 }
    return index >= 2 && bytes[index - 1] == 0x5B && bytes[index - 2] == 0x1B
  }

  /// Keeps the bytes at `range` as a secret of the type at `index` if its checks agree.
  @discardableResult
  func add(_ index: Int, _ range: Range<Int>, into run: inout ScanRun) -> Bool {
    let type = scanner.catalogue.types[index]
    let value = Array(bytes[range])
    guard let outcome = TypeChecks.judge(value, type: type) else { return false }
    if type.id == KeyPair.amazon.id { addHalf(KeyPair.amazon, beside: range, into: &run) }
    run.add(
      ScanRun.Candidate(
        type: index, range: layer.outer ?? range, encodings: layer.encodings, checksum: outcome.checksum,
        isHighEntropy: outcome.isHighEntropy, secret: SecretBytes(value), prefixLength: type.prefix.utf8.count))
    return true
  }
}
