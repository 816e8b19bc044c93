internal import Manifests

/// Whether the keys of objects stand at the left margin of a text and nowhere else, so that a `kind` further in names no
/// object: the target of a reference, a field of a schema.
enum RootMargin {
  /// Whether each document of a text begins with a letter or a dash at the margin, so that its root is a block mapping
  /// or sequence there, and nothing can bring keys from elsewhere to it. A list of objects is not told from other roots
  /// here.
  static func isKept(by text: UnsafeRawBufferPointer) -> Bool {
    guard !text.holds(merge), startsPlainly(text, at: 0) else { return false }
    var place = 0
    while let hit = text.first(lineBreak, rarest: 0, from: place) {
      place = hit + 1
      guard place < text.count else { break }
      if text[place] == UInt8(ascii: "."), text[place...].starts(with: "...".utf8) { return false }
      guard text[place] == UInt8(ascii: "-"), text[place...].starts(with: "---".utf8) else { continue }
      guard startsPlainly(text, at: place + 3) else { return false }
    }
    return true
  }

  /// Whether a key that begins at a place stands further in: only blanks and dashes, and one of them at least, are
  /// before it in its line.
  static func isWithin(_ key: Int, in text: UnsafeRawBufferPointer) -> Bool {
    var start = key
    if start > 0, text[start - 1] == UInt8(ascii: "\"") || text[start - 1] == UInt8(ascii: "'") { start -= 1 }
    let margin = start
    while start > 0, text[start - 1] == 0x20 || text[start - 1] == UInt8(ascii: "-") { start -= 1 }
    return start < margin && start > 0 && text[start - 1] == 0x0A
  }

  private static let merge = Array("<<".utf8)
  private static let lineBreak: [UInt8] = [0x0A]

  /// Whether nothing but blank lines and comments stand before a letter or a dash at the margin, or before the end or
  /// the next document.
  private static func startsPlainly(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    var place = start
    if start == 0, text.starts(with: "---".utf8) { place = 3 }
    // What follows the dashes in their line.
    if place > 0 {
      while place < text.count, text[place] == 0x20 { place += 1 }
      guard place == text.count || "#\r\n".utf8.contains(text[place]) else { return false }
    }
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): place += 1
      case UInt8(ascii: "#"):
        while place < text.count, text[place] != 0x0A { place += 1 }
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
      case UInt8(ascii: "-"): return ["- ", "---"].contains { text[place...].starts(with: $0.utf8) }
      default: return false
      }
    }
    return true
  }
}
