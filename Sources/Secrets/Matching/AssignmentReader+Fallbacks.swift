/// Values in an expression, for the case that a variable is not set.
extension AssignmentReader {
  /// How far into the line is looked.
  private static let fallbackLimit = 240

  /// The text in quotes behind `||`, `??`, `?:`, Python's `or` or the `default` of Helm, Jinja and Liquid on the line from
  /// `start` on, where an expression stands there: `process.env.TOKEN || 'VALUE'`, `{{ .Values.token | default "VALUE" }}`.
  func fallback(_ start: Int) -> Range<Int>? {
    var place = start
    if isQuote(bytes[place]) { place += 1 }
    let isTemplate = bytes.holds("{{", at: place)
    guard isTemplate || place == start && (bytes[place].isLetter || bytes[place] == 0x24 || bytes[place] == 0x5F) else {
      return nil
    }
    let limit = min(bytes.count, start + Self.fallbackLimit)
    while place < limit, !bytes[place].isNewline {
      if let end = isTemplate ? defaultEnd(place) : alternativeEnd(place) { return quoted(skipBlanks(end), limit) }
      place += 1
    }
    return nil
  }

  /// The end of an operator that gives another value at `index`.
  private func alternativeEnd(_ index: Int) -> Int? {
    switch bytes[index] {
    case 0x20:
      let marks: [StaticString] = [" || ", " ?? ", " ?: "]
      return marks.contains { bytes.holds($0, at: index) } ? index + 4 : nil
    case 0x29, 0x5D: return bytes.holds(" or ", at: index + 1) ? index + 5 : nil
    default: return nil
    }
  }

  /// The end of `| default` at `index`, its parenthesis included.
  private func defaultEnd(_ index: Int) -> Int? {
    guard bytes[index] == 0x7C else { return nil }
    let word = skipBlanks(index + 1)
    guard bytes.holds("default", at: word), word + 7 < bytes.count else { return nil }
    return bytes[word + 7] == 0x28 || bytes[word + 7] == 0x3A ? word + 8 : word + 7
  }

  /// What stands in quotes at `index`, on one line.
  private func quoted(_ index: Int, _ limit: Int) -> Range<Int>? {
    guard index < bytes.count, isQuote(bytes[index]) else { return nil }
    var end = index + 1
    while end < limit, !bytes[end].isNewline, bytes[end] != bytes[index] { end += 1 }
    return end < limit && bytes[end] == bytes[index] ? index + 1..<end : nil
  }
}
