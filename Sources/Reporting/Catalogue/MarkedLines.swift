/// The lines of an example's text and the place that is marked in it with `⟦` and `⟧`.
struct MarkedLines {
  /// Without line ends and marks.
  private(set) var lines: [String] = []
  /// The flagged bytes of a line, from 0, by the line's index.
  private(set) var flagged: [Int: Range<Int>] = [:]

  /// Takes the marks out of a text; a mark that is not closed goes to the end.
  init(_ text: String) {
    var isInside = false
    for (number, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var line = ""
      var start: Int? = isInside ? 0 : nil
      for scalar in raw.unicodeScalars {
        switch scalar {
        case "⟦":
          isInside = true
          start = line.utf8.count
        case "⟧":
          flagged[number] = (start ?? 0)..<line.utf8.count
          isInside = false
          start = nil
        default: line.unicodeScalars.append(scalar)
        }
      }
      if let start { flagged[number] = start..<line.utf8.count }
      lines.append(line)
    }
    if lines.last == "" { lines.removeLast() }
  }
}
