/// A name and the value given to it, as the bytes of YAML, JSON, INI, shell, properties, XML or code show them.
struct Assignment {
  var name: Range<Int>
  var value: Range<Int>
  /// Whether the value stands in quotes.
  var isQuoted: Bool
}

/// Reads the assignment around a word that names secrets. Looks at a bounded number of bytes.
struct AssignmentReader {
  private static let nameLimit = 80
  private static let valueLimit = 4096
  private static let bareLimit = 600

  let bytes: UnsafeRawBufferPointer

  /// The name around the word at `word`: letters, digits, `_`, `-` and `.`.
  func name(around word: Range<Int>) -> Range<Int> {
    var start = word.lowerBound
    var end = word.upperBound
    while start < end, !isNameByte(bytes[start]) { start += 1 }
    while end > start, !isNameByte(bytes[end - 1]) { end -= 1 }
    while start > 0, word.lowerBound - start < Self.nameLimit, isNameByte(bytes[start - 1]) || bytes[start - 1] == 0x2F
    { start -= 1 }
    while end < bytes.count, end - word.upperBound < Self.nameLimit, isNameByte(bytes[end]) { end += 1 }
    while start < end, !bytes[start].isAlphanumeric, bytes[start] != 0x5F { start += 1 }
    while end > start, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
    return start..<end
  }

  private func isNameByte(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == 0x5F || byte == 0x2D || byte == 0x2E }

  /// The value assigned to `name`, or nothing where none is.
  func assignment(to name: Range<Int>) -> Assignment? {
    var index = name.upperBound
    let before = name.lowerBound > 0 ? bytes[name.lowerBound - 1] : 0x20
    let isNameQuoted = index < bytes.count && isQuote(bytes[index]) || escapedQuote(at: index)
    if isNameQuoted { index += escapedQuote(at: index) ? 2 : 1 }
    if before == 0x3C, let close = xmlValue(after: index) {
      return Assignment(name: name, value: close, isQuoted: false)
    }
    index = skipBlanks(index)
    guard index < bytes.count else { return nil }
    if bytes[index] == 0x5D { index = skipBlanks(index + 1) }
    guard index < bytes.count else { return nil }
    if let start = separatorEnd(index) { return value(from: start, name: name, separator: bytes[index]) }
    if isNameQuoted, bytes[index] == 0x2C, name.lowerBound >= 2, bytes[name.lowerBound - 2] == 0x28 {
      // `define('PASSWORD', '…')`, `Setenv("TOKEN", "…")`.
      let start = skipBlanks(index + 1)
      return start < bytes.count && isQuote(bytes[start]) ? value(from: start, name: name, separator: 0x3D) : nil
    }
    if let start = pairedValue(index) { return value(from: start, name: name, separator: 0x3A) }
    // `--password VALUE`, Docker's `ENV PASSWORD VALUE`.
    if index > name.upperBound, !isNameQuoted, name.lowerBound >= 2, isFlag(name) {
      return value(from: index, name: name, separator: 0x20)
    }
    return nil
  }

  private func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

  private func escapedQuote(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == 0x5C && isQuote(bytes[index + 1])
  }

  private func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index
  }

  private func isFlag(_ name: Range<Int>) -> Bool {
    let start = name.lowerBound
    if bytes[start - 1] == 0x2D { return true }
    guard start >= 4, bytes[start - 1].isBlank else { return false }
    let word = bytes[max(0, start - 4)..<start - 1]
    return word.elementsEqual("ENV".utf8) || word.elementsEqual("ARG".utf8)
  }

  /// The end of `:`, `=`, `:=`, `=>`, `?=` or `: type =` at `index`; nothing for a comparison.
  private func separatorEnd(_ index: Int) -> Int? {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case 0x3A:  // ":"
      if next == 0x3D { return index + 2 }
      if next == 0x3A || next == 0x2F { return nil }
      return typedSeparatorEnd(index + 1) ?? index + 1
    case 0x3D:  // "="
      if next == 0x3D || next == 0x7E { return nil }
      return next == 0x3E ? index + 2 : index + 1
    case 0x3F, 0x2B: return next == 0x3D ? index + 2 : nil
    default: return typedSeparatorEnd(index)
    }
  }

  /// The end of the `=` in ` string = "` and the like, where a type stands between name and value.
  private func typedSeparatorEnd(_ index: Int) -> Int? {
    var place = skipBlanks(index)
    let start = place
    while place < bytes.count, place - start < 24, bytes[place].isAlphanumeric || bytes[place] == 0x3F { place += 1 }
    guard place > start else { return nil }
    place = skipBlanks(place)
    guard place + 1 < bytes.count, bytes[place] == 0x3D, bytes[place + 1] != 0x3D else { return nil }
    let value = skipBlanks(place + 1)
    return value < bytes.count && isQuote(bytes[value]) ? value : nil
  }

  /// Where the value starts when the name itself is the value of `name:` and `value:` follows, as in a container's
  /// environment or a Terraform variable's default.
  private func pairedValue(_ index: Int) -> Int? {
    var place = index
    var blank = 0
    while place < bytes.count, blank < 80,
      bytes[place].isSpace || bytes[place] == 0x2C || bytes[place] == 0x7B || isQuote(bytes[place])
    {
      place += 1
      blank += 1
    }
    guard blank > 0 else { return nil }
    if bytes[index..<place].contains(0x7B) { place = defaultPlace(place) }
    for word: StaticString in ["value", "default"] where bytes.holds(word, at: place) {
      var end = place + word.utf8CodeUnitCount
      if end < bytes.count, isQuote(bytes[end]) { end += 1 }
      end = skipBlanks(end)
      if end < bytes.count, bytes[end] == 0x3A || bytes[end] == 0x3D { return end + 1 }
    }
    return nil
  }

  /// Where `default` stands in the block that goes on at `start`, or `start`.
  private func defaultPlace(_ start: Int) -> Int {
    var place = start
    while place < bytes.count, place - start < 320, bytes[place] != 0x7D {
      if bytes.holds("default", at: place), bytes[place - 1].isSpace { return place }
      place += 1
    }
    return start
  }

  private func xmlValue(after index: Int) -> Range<Int>? {
    guard index < bytes.count, bytes[index] == 0x3E else { return nil }
    let limit = min(bytes.count, index + 1 + 512)
    var end = index + 1
    while end < limit, bytes[end] != 0x3C { end += 1 }
    return end < limit && end > index + 1 ? index + 1..<end : nil
  }

  private func value(from index: Int, name: Range<Int>, separator: UInt8) -> Assignment? {
    var start = skipBlanks(index)
    // YAML: an anchor or a tag before the value, a block scalar's only line.
    if start < bytes.count, bytes[start] == 0x21 || bytes[start] == 0x26, separator == 0x3A {
      while start < bytes.count, !bytes[start].isSpace { start += 1 }
      start = skipBlanks(start)
    }
    if start < bytes.count, bytes[start] == 0x7C || bytes[start] == 0x3E, separator == 0x3A, let line = blockLine(start)
    {
      return Assignment(name: name, value: line, isQuoted: false)
    }
    guard start < bytes.count, !bytes[start].isNewline else { return nil }
    let limit = min(bytes.count, start + Self.valueLimit)
    if escapedQuote(at: start) {
      var end = start + 2
      while end < limit, bytes[end] != 0x5C, !bytes[end].isNewline { end += 1 }
      return Assignment(name: name, value: start + 2..<end, isQuoted: true)
    }
    var first = bytes[start]
    if first.isLetter, start + 1 < bytes.count, isQuote(bytes[start + 1]),
      first | 0x20 == 0x62 || first | 0x20 == 0x72 || first == 0x40
    {
      start += 1
      first = bytes[start]
    }
    if isQuote(first) {
      var end = start + 1
      while end < limit, bytes[end] != first, !bytes[end].isNewline { end += bytes[end] == 0x5C ? 2 : 1 }
      guard end < limit, bytes[end] == first else { return nil }
      return Assignment(name: name, value: start + 1..<end, isQuoted: true)
    }
    let end = bareEnd(start, limit: limit, separator: separator, name: name)
    // A blank within a long value: a line of text or code, not a value.
    if end - start > Self.bareLimit, bytes[start..<end].contains(where: \.isBlank) { return nil }
    return Assignment(name: name, value: start..<end, isQuoted: false)
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
    let isSpaced = index(after: name.upperBound, isBlankOrColonBlank: separator)
    let isFlow = isInBraces(name)
    let isQuery = name.lowerBound > 0 && (bytes[name.lowerBound - 1] == 0x26 || bytes[name.lowerBound - 1] == 0x3F)
    var end = start
    while end < limit, !bytes[end].isNewline {
      let byte = bytes[end]
      if byte == 0x3C || byte == 0x22 || byte == 0x60 || byte == 0x27 && end > start { break }
      if byte.isBlank, !isSpaced || end + 1 < limit && (bytes[end + 1] == 0x23 || bytes[end + 1] == 0x2F) { break }
      if !isSpaced, byte == 0x3B || byte == 0x2C { break }
      if byte == 0x26, isQuery || !isSpaced && end + 1 < limit && bytes[end + 1] == 0x26 { break }
      if isFlow, byte == 0x2C && (end + 1 == limit || bytes[end + 1].isSpace) || byte == 0x7D && !opens(start..<end) {
        break
      }
      end += 1
    }
    while end > start, bytes[end - 1].isBlank || bytes[end - 1] == 0x2C || bytes[end - 1] == 0x3B { end -= 1 }
    return end
  }

  /// Whether a brace opens in `range` that its end may close.
  private func opens(_ range: Range<Int>) -> Bool { bytes[range].contains(0x7B) }

  /// Whether `name` stands within braces that open on its line, as in YAML's flow style.
  private func isInBraces(_ name: Range<Int>) -> Bool {
    var depth = 0
    var index = name.lowerBound
    while index > 0, name.lowerBound - index < 400, bytes[index - 1] != 0x0A {
      index -= 1
      if bytes[index] == 0x7D { depth -= 1 }
      if bytes[index] == 0x7B { depth += 1 }
      if depth > 0 { return true }
    }
    return false
  }

  /// Whether the value may hold blanks: after `: ` it does in YAML.
  private func index(after end: Int, isBlankOrColonBlank separator: UInt8) -> Bool {
    separator == 0x3A && end < bytes.count
  }
}
