/// Values in XML, property lists and HTML.
extension AssignmentReader {
  /// The text that `name` has in markup; `index` is behind the name and its quote.
  func markupValue(_ name: Range<Int>, after index: Int, _ isNameQuoted: Bool) -> Range<Int>? {
    guard index < bytes.count, name.lowerBound > 0 else { return nil }
    if isNameQuoted {
      // Android's `<string name="api_secret">TEXT</string>`.
      guard bytes[name.lowerBound - 1] == 0x22, isNamed(before: name.lowerBound - 1), let start = tagEnd(index),
        let text = text(from: start), bytes.holds("</", at: text.upperBound)
      else { return nil }
      return text
    }
    switch bytes[name.lowerBound - 1] {
    case 0x3C: break  // `<password>`
    case 0x3A: guard isPrefixed(name) else { return nil }  // `<wsse:Password>`
    case 0x3E: return siblingText(index)  // `<name>password</name><value>TEXT</value>`
    default: return nil
    }
    guard let start = tagEnd(index) else { return nil }
    return text(from: start) ?? valueText(skipSpace(start))
  }

  /// Whether `name=` or `key=` stands before the quote at `quote`.
  private func isNamed(before quote: Int) -> Bool {
    bytes.holds(" name=", at: quote - 6) || bytes.holds(" key=", at: quote - 5)
  }

  /// Whether `<` and letters stand before the colon in front of `name`.
  private func isPrefixed(_ name: Range<Int>) -> Bool {
    var start = name.lowerBound - 1
    while start > 0, name.lowerBound - start < 24, bytes[start - 1].isAlphanumeric { start -= 1 }
    return start > 0 && start < name.lowerBound - 1 && bytes[start - 1] == 0x3C
  }

  /// The end of the tag that goes on at `index`, where it is no empty one.
  private func tagEnd(_ index: Int) -> Int? {
    if bytes[index] == 0x3E { return index + 1 }
    guard bytes[index].isBlank else { return nil }
    var end = index
    while end < bytes.count, end - index < 200, bytes[end] != 0x3E, bytes[end] != 0x3C, !bytes[end].isNewline {
      end += 1
    }
    return end < bytes.count && bytes[end] == 0x3E && bytes[end - 1] != 0x2F ? end + 1 : nil
  }

  /// The text from `start` to the tag that ends its element; nothing where it is white space alone, or of several lines:
  /// `PASSWORD=<your-password>` and a line below it are no element.
  private func text(from start: Int) -> Range<Int>? {
    let isLiteral = bytes.holds("<![cdata[", at: start)
    let start = isLiteral ? start + 9 : start
    let limit = min(bytes.count, start + 512)
    var end = start
    while end < limit, isLiteral ? bytes[end] != 0x5D : bytes[end] != 0x3C { end += 1 }
    guard end < limit, isLiteral || bytes.holds("</", at: end),
      let first = bytes[start..<end].firstIndex(where: { !$0.isSpace }),
      let last = bytes[start..<end].lastIndex(where: { !$0.isSpace }), !bytes[first...last].contains(where: \.isNewline)
    else { return nil }
    return start..<end
  }

  /// The text of the element behind the one whose text ends at `index`: of a `value`, a property list's `string`, or a
  /// table's next cell.
  private func siblingText(_ index: Int) -> Range<Int>? {
    guard bytes.holds("</", at: index) else { return nil }
    var end = index
    while end < bytes.count, end - index < 24, bytes[end] != 0x3E { end += 1 }
    return end < bytes.count && bytes[end] == 0x3E ? valueText(skipSpace(end + 1)) : nil
  }

  /// The text of the element that starts at `index`, where it holds the value of the one around or before it.
  private func valueText(_ index: Int) -> Range<Int>? {
    for tag: StaticString in ["<value", "<string", "<td", "<dd"] where bytes.holds(tag, at: index) {
      let end = index + tag.utf8CodeUnitCount
      return end < bytes.count ? tagEnd(end).flatMap(text) : nil
    }
    return nil
  }

  /// The first place from `index` on that is no white space, 80 bytes on at most.
  private func skipSpace(_ index: Int) -> Int {
    var place = index
    while place < bytes.count, place - index < 80, bytes[place].isSpace { place += 1 }
    return place
  }
}
