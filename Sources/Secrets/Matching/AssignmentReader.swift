/// A name and the value given to it, as the bytes of YAML, JSON, INI, shell, properties, XML or code show them.
struct Assignment {
  var name: Range<Int>
  var value: Range<Int>
  /// Whether the value stands in quotes.
  var isQuoted: Bool
  /// Whether the value is the argument of a call.
  var isCall = false
  /// Whether the value follows its name as in a sentence: ``password `VALUE` ``, `password to "VALUE"`.
  var isMentioned = false
  /// Whether the value is base64 that a shell decodes.
  var isEncoded = false
}

/// Reads the assignment around a word that names secrets. Looks at a bounded number of bytes.
struct AssignmentReader {
  static let nameLimit = 80
  static let valueLimit = 4096
  static let bareLimit = 600

  let bytes: UnsafeRawBufferPointer
  /// Whether a line of settings is read as YAML does, in which a quote within a bare value is a part of it.
  var readsScalars = false

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
    let isNameQuoted = index < bytes.count && isQuote(bytes[index]) || escapedQuote(at: index)
    if isNameQuoted { index += escapedQuote(at: index) ? 2 : 1 }
    if let text = markupValue(name, after: index, isNameQuoted) {
      return Assignment(name: name, value: text, isQuoted: false)
    }
    if bytes.holds("**", at: index) { index += 2 }
    index = skipBlanks(index)
    guard index < bytes.count else { return nil }
    if bytes[index] == 0x5D { index = skipBlanks(index + 1) }
    guard index < bytes.count else { return valueBefore(name) }
    let isExpansion = name.lowerBound >= 2 && bytes.holds("${", at: name.lowerBound - 2)
    if let start = separatorEnd(index, isNameQuoted, isExpansion) {
      let nested = bytes[index] == 0x3A ? nestedValue(start, name) : nil
      return value(from: nested ?? start, name: name, separator: bytes[index])
    }
    if isNameQuoted, bytes[index] == 0x2C, name.lowerBound >= 3,
      bytes[name.lowerBound - 2] == 0x28 || bytes[name.lowerBound - 2].isBlank && bytes[name.lowerBound - 3] == 0x28
    {
      // `define('PASSWORD', '…')`, `Setenv("TOKEN", "…")`.
      let start = skipBlanks(index + 1)
      return start < bytes.count && isQuote(bytes[start]) ? value(from: start, name: name, separator: 0x3D) : nil
    }
    if bytes.holds("is ", at: index), index + 3 < bytes.count, isQuote(bytes[index + 3]) {
      return value(from: index + 3, name: name, separator: 0x3D)
    }
    if let start = pairedValue(index) { return value(from: start, name: name, separator: 0x3A) }
    if name.lowerBound >= 2, bytes[name.lowerBound - 1] == 0x2D {
      if let start = nextItem(index) { return value(from: start, name: name, separator: 0x3D) }
      if let item = flowItem(index, name) { return Assignment(name: name, value: item, isQuoted: false) }
    }
    if index > name.upperBound, !isNameQuoted, let value = directiveValue(index, name) { return value }
    if bytes[index] == 0x28, index == name.upperBound, index + 1 < bytes.count, isQuote(bytes[index + 1]) {
      // `WithToken("…")`.
      var call = value(from: index + 1, name: name, separator: 0x3D)
      call?.isCall = true
      return call
    }
    return valueBefore(name)
  }

  /// How far `index` stands from the start of its line, 400 bytes at most; the quote before it aside.
  func column(of index: Int) -> Int {
    let end = index > 0 && index <= bytes.count && isQuote(bytes[index - 1]) ? index - 1 : index
    var start = end
    while start > 0, end - start < 400, bytes[start - 1] != 0x0A { start -= 1 }
    return end - start
  }

  /// Whether nothing but blanks, hyphens of lists and a quote stand before `name` on its line.
  func startsLine(_ name: Range<Int>) -> Bool {
    var index = name.lowerBound
    while index > 0, name.lowerBound - index < 200, bytes[index - 1].isBlank || bytes[index - 1] == 0x2D { index -= 1 }
    return index == 0 || bytes[index - 1].isNewline
  }

  /// Where the next item of a list starts, in YAML's block style or in brackets, unless that is another option.
  private func nextItem(_ index: Int) -> Int? {
    var place = index
    if bytes[place] == 0x2C {
      place = skipBlanks(place + 1)
      guard place < bytes.count, isQuote(bytes[place]) else { return nil }
    } else if bytes[place].isNewline {
      while place < bytes.count, bytes[place].isSpace, place - index < 80 { place += 1 }
      guard place + 1 < bytes.count, bytes[place] == 0x2D, bytes[place + 1].isBlank else { return nil }
      place = skipBlanks(place + 1)
    } else {
      return nil
    }
    let first = place < bytes.count && isQuote(bytes[place]) ? place + 1 : place
    return first < bytes.count && bytes[first] != 0x2D ? place : nil
  }

  /// The value on the line before `name: NAME`, as `value: VALUE` with the keys in the other order.
  private func valueBefore(_ name: Range<Int>) -> Assignment? {
    var end = name.lowerBound
    while end > 0, bytes[end - 1] == 0x22 || bytes[end - 1] == 0x27 || bytes[end - 1].isBlank { end -= 1 }
    guard end >= 6, bytes.holds("name:", at: end - 5) else { return nil }
    end -= 5
    while end > 0, bytes[end - 1].isBlank { end -= 1 }
    guard end > 0, bytes[end - 1] == 0x0A else { return nil }
    var line = end - 1
    while line > 0, end - line < 2048, bytes[line - 1] != 0x0A { line -= 1 }
    while line < end, bytes[line].isBlank || bytes[line] == 0x2D { line += 1 }
    guard bytes.holds("value:", at: line) else { return nil }
    return value(from: line + 6, name: name, separator: 0x3A)
  }

  /// Whether a byte opens or closes a string.
  func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

  /// Whether a quote with a backslash before it stands at `index`.
  func escapedQuote(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == 0x5C && isQuote(bytes[index + 1])
  }

  /// The first place from `index` on that is no blank.
  func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index
  }

  /// The end of `:`, `=`, `:=`, `=>`, `?=` or `: type =` at `index`; nothing for a comparison.
  private func separatorEnd(_ index: Int, _ isNameQuoted: Bool, _ isExpansion: Bool) -> Int? {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case 0x3A:  // ":"
      if next == 0x3D { return index + 2 }
      // Jsonnet's `password:: "…"`.
      if next == 0x3A {
        let value = skipBlanks(index + 2)
        return value < bytes.count && value > index + 2 && isQuote(bytes[value]) ? value : nil
      }
      if next == 0x2F { return nil }
      // What a shell puts where a variable is set, or says where it is not: `${PASSWORD:+given}`, `${TOKEN:?missing}`.
      if (next == 0x2B || next == 0x3F) && isExpansion { return nil }
      return typedSeparatorEnd(index + 1) ?? index + 1
    case 0x3D:  // "="
      if next == 0x3D || next == 0x7E { return nil }
      return next == 0x3E ? index + 2 : index + 1
    case 0x3F, 0x2B: return next == 0x3D ? index + 2 : nil
    // `member="TOKEN" ref="…"` are two attributes, and so are `key="TOKEN" value="…"`, which belong together.
    default: return isNameQuoted && !bytes.holds("value", at: index) ? nil : typedSeparatorEnd(index)
    }
  }

  /// The end of the `=` in ` string = "` and the like, where a type stands between name and value.
  private func typedSeparatorEnd(_ index: Int) -> Int? {
    var place = skipBlanks(index)
    let start = place
    while place < bytes.count, place - start < 24, isOfType(bytes[place]) { place += 1 }
    guard place > start else { return nil }
    place = skipBlanks(place)
    guard place + 1 < bytes.count, bytes[place] == 0x3D, bytes[place + 1] != 0x3D else { return nil }
    let value = skipBlanks(place + 1)
    return value < bytes.count && isQuote(bytes[value]) ? value : nil
  }

  /// Whether a byte may stand in the name of a type: `string?`, `&str`, `Option<String>`.
  private func isOfType(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "?&<>".utf8.contains(byte) }

  /// Where the value starts when the name itself is the value of `name:` and `value:` follows, as in a container's
  /// environment or a Terraform variable's default.
  private func pairedValue(_ index: Int) -> Int? {
    var place = skipComments(index)
    let start = place
    while place < bytes.count, place - start < 80,
      bytes[place].isSpace || bytes[place] == 0x2C || bytes[place] == 0x7B || isQuote(bytes[place])
    {
      place += 1
    }
    guard place > index else { return nil }
    if bytes[start..<place].contains(0x7B) { place = defaultPlace(place) }
    for word: StaticString in ["value", "default", "parametervalue"] where bytes.holds(word, at: place) {
      var end = place + word.utf8CodeUnitCount
      if end < bytes.count, isQuote(bytes[end]) { end += 1 }
      end = skipBlanks(end)
      if end < bytes.count, bytes[end] == 0x3A || bytes[end] == 0x3D { return end + 1 }
    }
    return nil
  }

  /// Where `default` stands in the block that goes on at `start`, or `start`.
  func defaultPlace(_ start: Int) -> Int {
    var place = start
    while place < bytes.count, place - start < 320, bytes[place] != 0x7D, bytes[place] != 0x7B {
      if bytes.holds("default", at: place), bytes[place - 1].isSpace || isQuote(bytes[place - 1]) { return place }
      place += 1
    }
    return start
  }
}
