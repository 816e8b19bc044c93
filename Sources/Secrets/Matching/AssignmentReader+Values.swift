/// Where values end.
extension AssignmentReader {
  /// The value that starts at `index`, after a separator.
  func value(from index: Int, name: Range<Int>, separator: UInt8) -> Assignment? {
    var start = skipBlanks(index)
    // Markdown's `**Password:** VALUE`.
    if separator == 0x3A, bytes.holds("** ", at: start) { start = skipBlanks(start + 2) }
    // YAML: an anchor or a tag before the value, a block scalar's only line.
    if start < bytes.count, bytes[start] == 0x21 || bytes[start] == 0x26, separator == 0x3A {
      while start < bytes.count, !bytes[start].isSpace { start += 1 }
      start = skipBlanks(start)
    }
    if start < bytes.count, bytes[start] == 0x7C || bytes[start] == 0x3E, separator == 0x3A, let line = blockLine(start)
    {
      return Assignment(name: name, value: line, isQuoted: false)
    }
    if let below = valueBelow(start, separator: separator) { start = below }
    guard start < bytes.count, !bytes[start].isNewline else { return nil }
    if let encoded = decodedByShell(start) {
      return Assignment(name: name, value: encoded, isQuoted: true, isEncoded: true)
    }
    if let text = fallback(start) { return Assignment(name: name, value: text, isQuoted: true) }
    let limit = min(bytes.count, start + Self.valueLimit)
    if escapedQuote(at: start) {
      var end = start + 2
      while end < limit, bytes[end] != 0x5C, !bytes[end].isNewline { end += 1 }
      return Assignment(name: name, value: start + 2..<end, isQuoted: true)
    }
    var first = bytes[start]
    // `b"…"` and `r"…"` of Python and Rust, `L"…"` of C, `@"…"` of C# and Objective-C.
    if start + 1 < bytes.count, isQuote(bytes[start + 1]), "bBrRL@".utf8.contains(first) {
      start += 1
      first = bytes[start]
    }
    if first == 0x22, bytes.holds("\"\"\"", at: start), let end = tripleEnd(start + 3, limit: limit) {
      return Assignment(name: name, value: start + 3..<end, isQuoted: true)
    }
    if isQuote(first) {
      var end = start + 1
      // In YAML a quote within single quotes is written twice.
      let isDoubled = readsScalars && separator == 0x3A && first == 0x27
      while end < limit, !bytes[end].isNewline {
        if bytes[end] == first {
          guard isDoubled, end > start + 1, end + 1 < limit, bytes[end + 1] == first else { break }
          end += 1
        }
        end += bytes[end] == 0x5C ? 2 : 1
      }
      guard end < limit, bytes[end] == first else { return nil }
      return Assignment(name: name, value: start + 1..<end, isQuoted: true)
    }
    let end = bareEnd(start, limit: limit, separator: separator, name: name)
    // A blank within a long value: a line of text or code, not a value.
    if end - start > Self.bareLimit, bytes[start..<end].contains(where: \.isBlank) { return nil }
    return Assignment(name: name, value: start..<end, isQuoted: false)
  }

  /// The base64 in `$(echo BASE64 | base64 -d)` at `start`, in quotes or backticks.
  private func decodedByShell(_ start: Int) -> Range<Int>? {
    var place = start
    if bytes[place] == 0x22 { place += 1 }
    if bytes.holds("$(", at: place) {
      place += 2
    } else if place < bytes.count, bytes[place] == 0x60 {
      place += 1
    } else {
      return nil
    }
    place = skipBlanks(place)
    guard let word = (["echo ", "printf "] as [StaticString]).first(where: { bytes.holds($0, at: place) }) else {
      return nil
    }
    place = skipBlanks(place + word.utf8CodeUnitCount)
    while place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x25 || bytes.holds("'%s'", at: place) {
      while place < bytes.count, !bytes[place].isSpace { place += 1 }
      place = skipBlanks(place)
    }
    if place < bytes.count, isQuote(bytes[place]) { place += 1 }
    var end = place
    while end < bytes.count, end - place < Self.valueLimit,
      bytes[end].isAlphanumeric || [0x2B, 0x2F, 0x3D].contains(bytes[end])
    {
      end += 1
    }
    guard end - place >= 8 else { return nil }
    var rest = end
    if rest < bytes.count, isQuote(bytes[rest]) { rest += 1 }
    rest = skipBlanks(rest)
    guard rest < bytes.count, bytes[rest] == 0x7C else { return nil }
    rest = skipBlanks(rest + 1)
    guard bytes.holds("base64 ", at: rest) else { return nil }
    rest = skipBlanks(rest + 7)
    return bytes.holds("-d", at: rest) || bytes.holds("--d", at: rest) ? place..<end : nil
  }

  /// Where three quotes close what three opened before `start`, on the same line.
  private func tripleEnd(_ start: Int, limit: Int) -> Int? {
    var end = start
    while end < limit, !bytes[end].isNewline {
      if end > start, bytes.holds("\"\"\"", at: end) { return end }
      end += 1
    }
    return nil
  }

  /// The one line of a block scalar whose header is at `index`; nothing where it has more, which is a text.
  private func blockLine(_ index: Int) -> Range<Int>? {
    var place = index + 1
    while place < bytes.count, place - index < 4, bytes[place] == 0x2D || bytes[place] == 0x2B || bytes[place].isDigit {
      place += 1
    }
    place = skipBlanks(place)
    if place < bytes.count, bytes[place] == 0x0D { place += 1 }
    guard place < bytes.count, bytes[place] == 0x0A else { return nil }
    let start = skipBlanks(place + 1)
    var end = start
    while end < bytes.count, end - start < Self.valueLimit, !bytes[end].isNewline { end += 1 }
    return end > start ? start..<end : nil
  }

  /// The end of a value without quotes.
  private func bareEnd(_ start: Int, limit: Int, separator: UInt8, name: Range<Int>) -> Int {
    // After `: ` a value may hold blanks in YAML; openssl's `pass:VALUE` is no such thing.
    let isSpaced = separator == 0x3A && (bytes[start - 1] != 0x3A || !bytes[name].elementsEqual("pass".utf8))
    let isFlow = isInBraces(start)
    let isScalar = readsScalars && separator == 0x3A && !isFlow && startsLine(name)
    let isQuery = name.lowerBound > 0 && (bytes[name.lowerBound - 1] == 0x26 || bytes[name.lowerBound - 1] == 0x3F)
    var end = start
    while end < limit, !bytes[end].isNewline {
      let byte = bytes[end]
      if byte == 0x3C || byte == 0x22 || byte == 0x60 || byte == 0x27 && end > start,
        !isScalar || end == start || bytes[end - 1].isBlank || isTag(end)
      {
        break
      }
      if byte.isBlank, !isSpaced || end + 1 < limit && (bytes[end + 1] == 0x23 || bytes[end + 1] == 0x2F) { break }
      if !isSpaced, byte == 0x3B || byte == 0x2C { break }
      if byte == 0x26, isQuery || !isSpaced && end + 1 < limit && bytes[end + 1] == 0x26 { break }
      if isFlow, byte == 0x2C && (end + 1 == limit || bytes[end + 1].isSpace) || byte == 0x7D && !opens(start..<end) {
        break
      }
      end += 1
    }
    while end > start,
      bytes[end - 1].isBlank || bytes[end - 1] == 0x2C || bytes[end - 1] == 0x3B || isScalar && isQuote(bytes[end - 1])
    {
      end -= 1
    }
    return end
  }

  /// Whether a tag of HTML opens at `index`.
  private func isTag(_ index: Int) -> Bool {
    guard bytes[index] == 0x3C, index + 1 < bytes.count, bytes[index + 1].isLetter || bytes[index + 1] == 0x2F else {
      return false
    }
    return bytes[index..<min(bytes.count, index + 40)].prefix { !$0.isNewline }.contains(0x3E)
  }

  /// Whether a brace opens in `range` that its end may close.
  private func opens(_ range: Range<Int>) -> Bool { bytes[range].contains(0x7B) }

  /// Whether `place` stands within braces that open on its line, as in YAML's flow style.
  private func isInBraces(_ place: Int) -> Bool {
    var depth = 0
    var index = place
    while index > 0, place - index < 400, bytes[index - 1] != 0x0A {
      index -= 1
      if bytes[index] == 0x7D { depth -= 1 }
      if bytes[index] == 0x7B { depth += 1 }
      if depth > 0 { return true }
    }
    return false
  }
}
