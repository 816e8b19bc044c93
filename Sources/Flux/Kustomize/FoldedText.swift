/// What becomes of a folded block scalar (`>`) on kustomize's way: it is written out once and read again, and the
/// writer of go-yaml puts one line feed too many between a line and a more indented one.
enum FoldedText {
  /// The text after that way.
  static func roundTrip(_ text: String) -> String {
    // What no block may hold is written in double quotes.
    guard text.utf8.contains(0x0A), let first = text.utf8.first(where: { $0 != 0x0A }),
      ScalarText.string(text).style == .block
    else { return text }
    let lines = written(text, startsBlank: first == 0x20 || first == 0x09)
    return read(lines, trailing: text.reversed().prefix { $0 == "\n" }.count)
  }

  private static func isBlank(_ line: Substring) -> Bool { line.hasPrefix(" ") || line.hasPrefix("\t") }

  /// The lines that the writer prints.
  private static func written(_ text: String, startsBlank: Bool) -> [Substring] {
    var result: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      result.append(line)
      if !line.isEmpty, !isBlank(line), !startsBlank { result.append("") }
    }
    if result.last == "", !text.hasSuffix("\n\n") { result.removeLast() }
    return result
  }

  /// The text that a reader makes of the lines.
  private static func read(_ lines: [Substring], trailing: Int) -> String {
    var result = ""
    var breaks = 0
    var previous: Substring?
    for line in lines {
      if line.isEmpty {
        breaks += 1
        continue
      }
      if let last = previous {
        let isFolded = !isBlank(last) && !isBlank(line)
        let count = isFolded ? breaks : breaks + 1
        result += count == 0 ? " " : String(repeating: "\n", count: count)
      } else {
        result += String(repeating: "\n", count: breaks)
      }
      result += line
      previous = line
      breaks = 0
    }
    switch trailing {
    case 0: return result
    case 1: return result + "\n"
    default: return result + String(repeating: "\n", count: breaks + 1)
    }
  }
}
