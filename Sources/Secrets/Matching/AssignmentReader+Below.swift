/// Values on lines below their name.
extension AssignmentReader {
  /// How many lines between a name and its value are passed over.
  private static let lineLimit = 6

  /// Where the value starts in `NAME: {value: VALUE}` or `NAME: {type: string, default: VALUE}`, also where either stands
  /// on a line below, deeper than the name, among its fields the first or behind others.
  func nestedValue(_ index: Int, _ name: Range<Int>) -> Int? {
    var place = skipBlanks(index)
    guard place < bytes.count, bytes[place] == 0x7B || bytes[place] == 0x23 || bytes[place].isNewline else {
      return nil
    }
    // CloudFormation's `{"Type": "String", "Default": VALUE}`.
    let isBlock = bytes[place] == 0x7B
    if isBlock { place += 1 }
    let start = place
    place = skipComments(place)
    while place < bytes.count, bytes[place].isSpace, place - start < 800 { place += 1 }
    let isBelow = bytes[start..<place].contains(0x0A)
    let depth = column(of: place)
    if isBelow, depth <= column(of: name.lowerBound) { return nil }
    if isBlock, let end = fieldEnd("default", at: defaultPlace(place)) { return end }
    for _ in 0..<Self.lineLimit {
      if let end = fieldEnd("value", at: place) ?? (isBelow ? fieldEnd("default", at: place) : nil) { return end }
      guard isBelow, let next = fieldBelow(place, depth) else { return nil }
      place = next
    }
    return nil
  }

  /// What is behind the colon of the field `name` at `index`, where that is one.
  private func fieldEnd(_ name: StaticString, at index: Int) -> Int? {
    var place = index
    if place < bytes.count, isQuote(bytes[place]) { place += 1 }
    guard bytes.holds(name, at: place) else { return nil }
    place += name.utf8CodeUnitCount
    if place < bytes.count, isQuote(bytes[place]) { place += 1 }
    place = skipBlanks(place)
    return place < bytes.count && bytes[place] == 0x3A ? place + 1 : nil
  }

  /// The next line's first byte, where that line is as deep as `depth`: the next field of the same map.
  private func fieldBelow(_ index: Int, _ depth: Int) -> Int? {
    var place = index
    while place < bytes.count, place - index < 200, bytes[place] != 0x0A { place += 1 }
    guard place < bytes.count, bytes[place] == 0x0A else { return nil }
    place = skipComments(place)
    while place < bytes.count, bytes[place].isSpace { place += 1 }
    return place < bytes.count && column(of: place) == depth && bytes[place] != 0x2D ? place : nil
  }

  /// The end of the comments from `index` on that lines of YAML, of a shell or of INI files hold, each up to its line's
  /// end: `# …` behind blanks on this line and on some below.
  func skipComments(_ index: Int) -> Int {
    var end = index
    var place = index
    for _ in 0..<Self.lineLimit {
      let start = place
      while place < bytes.count, bytes[place].isSpace, place - start < 160 { place += 1 }
      guard place < bytes.count, bytes[place] == 0x23, place > start || place == index else { return end }
      while place < bytes.count, place - start < 400, bytes[place] != 0x0A { place += 1 }
      guard place < bytes.count, bytes[place] == 0x0A else { return end }
      end = place
    }
    return end
  }

  /// Where the value starts that stands alone on the line below the separator before `index`, deeper than the line of the
  /// separator: in YAML and JSON behind a colon, and as a text in quotes, perhaps in parentheses, behind an equals sign, as
  /// Prettier and Black break lines that are too long.
  func valueBelow(_ index: Int, separator: UInt8) -> Int? {
    var place = index
    var isEnclosed = false
    if separator == 0x3D, place < bytes.count, bytes[place] == 0x28 {
      isEnclosed = true
      place = skipBlanks(place + 1)
    }
    if separator == 0x3A, place < bytes.count, bytes[place] == 0x23 { place = skipComments(place) }
    guard separator == 0x3A || separator == 0x3D, place < bytes.count, bytes[place].isNewline else { return nil }
    let depth = indentation(of: index)
    if bytes[place] == 0x0D { place += 1 }
    guard place < bytes.count, bytes[place] == 0x0A else { return nil }
    let start = skipBlanks(place + 1)
    guard start < bytes.count, start - place - 1 > depth, start - place < 120 else { return nil }
    var end = start
    if isQuote(bytes[start]) {
      end += 1
      while end < bytes.count, end - start < Self.valueLimit, !bytes[end].isNewline, bytes[end] != bytes[start] {
        end += bytes[end] == 0x5C ? 2 : 1
      }
      guard end < bytes.count, bytes[end] == bytes[start] else { return nil }
      end = skipBlanks(end + 1)
      if end < bytes.count, bytes[end] == 0x2C || bytes[end] == 0x3B { end = skipBlanks(end + 1) }
    } else {
      // A bare word: no key, no item, no comment, nothing that YAML would read as more than a word.
      guard separator == 0x3A, readsScalars, bytes[start].isAlphanumeric || "/+$_.~^(".utf8.contains(bytes[start])
      else {
        return nil
      }
      while end < bytes.count, end - start < Self.valueLimit, !bytes[end].isSpace { end += 1 }
      guard bytes[end - 1] != 0x3A else { return nil }
      end = skipBlanks(end)
    }
    if end < bytes.count, bytes[end] == 0x23, bytes[end - 1].isBlank {
      while end < bytes.count, end - start < Self.valueLimit, !bytes[end].isNewline { end += 1 }
    }
    guard end >= bytes.count || bytes[end].isNewline else { return nil }
    return isEnclosed || !goesOn(below: end, depth) ? start : nil
  }

  /// The next item without quotes of a list in YAML's flow style, `[--token, VALUE]`, unless that is another option.
  func flowItem(_ index: Int, _ name: Range<Int>) -> Range<Int>? {
    guard readsScalars, bytes[index] == 0x2C else { return nil }
    let start = skipBlanks(index + 1)
    guard start > index + 1, start < bytes.count, bytes[start].isAlphanumeric || bytes[start] == 0x2B else {
      return nil
    }
    var line = name.lowerBound
    while line > 0, name.lowerBound - line < 400, bytes[line] != 0x5B {
      if bytes[line] == 0x0A { return nil }
      line -= 1
    }
    guard bytes[line] == 0x5B else { return nil }
    var end = start
    while end < bytes.count, end - start < Self.bareLimit, !bytes[end].isSpace, bytes[end] != 0x2C, bytes[end] != 0x5D {
      end += 1
    }
    return end < bytes.count && (bytes[end] == 0x2C || bytes[end] == 0x5D) ? start..<end : nil
  }

  /// Whether the line below `end` is deeper than `depth` too, and the value therefore one of several lines.
  private func goesOn(below end: Int, _ depth: Int) -> Bool {
    guard let feed = bytes[end..<min(bytes.count, end + 2)].firstIndex(of: 0x0A) else { return false }
    let start = skipBlanks(feed + 1)
    return start < bytes.count && !bytes[start].isNewline && start - feed - 1 > depth && bytes[start] != 0x23
      && bytes[start] != 0x29
  }

  /// Where the first word stands on the line of `index`, the hyphens of a list counted as blanks.
  private func indentation(of index: Int) -> Int {
    var line = index
    while line > 0, index - line < 400, bytes[line - 1] != 0x0A { line -= 1 }
    var place = line
    while place < index, bytes[place].isBlank || bytes[place] == 0x2D && bytes[place + 1].isBlank { place += 1 }
    return place - line
  }
}
