/// Several secrets under one name.
extension Readers {
  /// Reads the items of a list whose name is a plural, `passwords: [VALUE, VALUE]` or one in lines; false where `name` has
  /// none.
  func list(of name: Range<Int>, into run: inout ScanRun) -> Bool {
    let singular = name.dropLast()
    guard bytes[name].last.map({ $0 | 0x20 }) == 0x73, isPlural(name) else { return false }
    var place = name.upperBound
    if place < bytes.count, bytes[place] == 0x22 { place += 1 }
    guard place < bytes.count, bytes[place] == 0x3A else { return false }
    place += 1
    while place < bytes.count, bytes[place].isBlank { place += 1 }
    guard place < bytes.count, bytes[place] == 0x5B || bytes[place].isNewline else { return false }
    let items = bytes[place] == 0x5B ? flow(place + 1) : lines(place)
    guard !items.isEmpty else { return false }
    let meaning = self.place.scanner.meaning(of: UnsafeRawBufferPointer(rebasing: bytes[singular]))
    for item in items { judge(item(singular), meaning, into: &run) }
    return true
  }

  /// Whether `name` is that of several passwords, tokens or keys of an interface.
  private func isPlural(_ name: Range<Int>) -> Bool {
    (["passwords", "tokens", "apikeys"] as [StaticString]).contains {
      bytes.holds($0, at: name.upperBound - $0.utf8CodeUnitCount) && name.count >= $0.utf8CodeUnitCount
    }
  }

  private typealias Item = (Range<Int>) -> Assignment

  /// The items of a list in brackets from `start` on, which ends on its line.
  private func flow(_ start: Int) -> [Item] {
    guard let end = bytes[start..<min(bytes.count, start + 1024)].firstIndex(where: { $0 == 0x5D || $0 == 0x0A }),
      bytes[end] == 0x5D
    else { return [] }
    var items: [Item] = []
    var from = start
    while from < end, items.count < 16 {
      let comma = bytes[from..<end].firstIndex(of: 0x2C) ?? end
      if let found = item(from..<comma) { items.append(found) }
      from = comma + 1
    }
    return items
  }

  /// The items of a list in lines behind `start`, the line ends before them included.
  private func lines(_ start: Int) -> [Item] {
    var items: [Item] = []
    var line = start
    while items.count < 16, let feed = bytes[line..<min(bytes.count, line + 512)].firstIndex(of: 0x0A) {
      var from = feed + 1
      while from < bytes.count, bytes[from] == 0x20 { from += 1 }
      guard from + 1 < bytes.count, bytes[from] == 0x2D, bytes[from + 1] == 0x20 else { break }
      let end = bytes[from..<min(bytes.count, from + 512)].firstIndex(of: 0x0A) ?? min(bytes.count, from + 512)
      guard let found = item(from + 1..<end) else { break }
      items.append(found)
      line = end
    }
    return items
  }

  /// The scalar in `range`, without its quotes; nothing where a blank or an opening brace stands in it.
  private func item(_ range: Range<Int>) -> Item? {
    guard var first = bytes[range].firstIndex(where: { !$0.isSpace }),
      var last = bytes[range].lastIndex(where: { !$0.isSpace })
    else { return nil }
    let isQuoted = bytes[first] == 0x22 || bytes[first] == 0x27
    if isQuoted {
      guard last > first, bytes[last] == bytes[first] else { return nil }
      (first, last) = (first + 1, last - 1)
    }
    guard last > first + 2, !bytes[first...last].contains(where: { $0.isBlank || $0 == 0x7B }) else { return nil }
    return { Assignment(name: $0, value: first..<last + 1, isQuoted: isQuoted) }
  }
}
