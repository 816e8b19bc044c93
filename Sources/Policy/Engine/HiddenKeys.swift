internal import Manifests

/// Keys that are written in a way in which a search for them finds nothing: with escapes in quotes, behind a question
/// mark, as an alias.
enum HiddenKeys {
  /// Whether one may stand in a text; a text in which none does may be taken for one that has some.
  static func mayStand(in text: UnsafeRawBufferPointer) -> Bool {
    holds("\\", isEscapedKey, in: text) || holds("?", isQuestion, in: text) || holds("*", isAliasKey, in: text)
  }

  /// Longer keys are none, says YAML.
  private static let limit = 1024

  private static func holds(
    _ mark: Character, _ isKey: (Int, UnsafeRawBufferPointer) -> Bool, in text: UnsafeRawBufferPointer
  ) -> Bool {
    let literal = Array(String(mark).utf8)
    var place = 0
    while let hit = text.first(literal, rarest: 0, from: place) {
      if isKey(hit, text) { return true }
      place = hit + 1
    }
    return false
  }

  /// Whether a backslash begins a character by its number, in quotes behind which a colon follows.
  private static func isEscapedKey(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    guard place + 1 < text.count, "xuU".utf8.contains(text[place + 1]) else { return false }
    var end = place
    while end < text.count, end - place < limit, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.count, text[end] == UInt8(ascii: "\"") else { return false }
    return isColon(end + 1, text)
  }

  /// Whether a question mark begins a line, or what stands in brackets, and a blank follows it.
  private static func isQuestion(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    guard place + 1 == text.count || " \t\r\n".utf8.contains(text[place + 1]) else { return false }
    var start = place
    while start > 0, text[start - 1] == 0x20 || text[start - 1] == UInt8(ascii: "-") { start -= 1 }
    return start == 0 || "\n\r{[,".utf8.contains(text[start - 1])
  }

  /// Whether an asterisk begins the name of an anchor, and a colon follows it.
  private static func isAliasKey(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    var end = place + 1
    while end < text.count, isWord(text[end]) { end += 1 }
    return end > place + 1 && isColon(end, text)
  }

  private static func isColon(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    let rest = text[place...].drop { $0 == 0x20 || $0 == 0x09 }
    return rest.first == UInt8(ascii: ":")
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
