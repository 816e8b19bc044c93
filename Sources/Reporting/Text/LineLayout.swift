/// A line of a file as it stands on a terminal: tabs as spaces, control characters spelled out, cut to a width around
/// the flagged columns.
struct LineLayout {
  private static let tabWidth = 4

  /// The line as shown, without its end.
  private(set) var text = ""
  /// The cell where the flagged part begins, from 0.
  private(set) var underlineStart = 0
  /// The cells of the flagged part that are shown; at least one.
  private(set) var underlineLength = 1

  /// - Parameters:
  ///   - flagged: byte columns from 0.
  ///   - width: the cells that there are.
  init(_ line: String, flagged: Range<Int>, width: Int) {
    let width = max(20, width)
    let measure = Measure(line, flagged: flagged, enough: width)
    // A long line is shown from a little before the flagged part on.
    let start = measure.total <= width || measure.end <= width - 1 ? 0 : max(0, measure.start - width / 4)
    let isCutBefore = start > 0
    let limit = start + width
    LineLayout.forEachCell(of: line) { piece, _, cell, cells in
      if cell + cells > limit { return false }
      if cell >= start { text += piece }
      return true
    }
    if isCutBefore { text = "…" + String(text.unicodeScalars.dropFirst()) }
    if measure.total > limit { text = String(text.unicodeScalars.dropLast()) + "…" }
    while text.last == " " { text.removeLast() }
    underlineStart = min(max(0, measure.start - start), width - 1)
    underlineLength = max(1, min(measure.end, limit) - start - underlineStart)
  }

  /// Cells of the flagged part and of the whole line.
  private struct Measure {
    var start = 0
    var end = 0
    /// The cells of the line, or more than enough of them.
    var total = 0

    init(_ line: String, flagged: Range<Int>, enough: Int) {
      var start: Int?
      var end: Int?
      var total = 0
      var content = 0
      LineLayout.forEachCell(of: line) { piece, byte, cell, cells in
        if start == nil, byte >= flagged.lowerBound { start = cell }
        if end == nil, byte >= flagged.upperBound { end = cell }
        total = cell + cells
        if piece != " " { content = total }
        return end == nil || total < (start ?? 0) + 2 * enough
      }
      self.start = start ?? content
      self.end = max(self.start, end ?? content)
      self.total = total
    }
  }

  /// Calls back with each scalar's shown form, its byte offset, its first cell and its cells, until told to stop.
  private static func forEachCell(of line: String, _ body: (String, Int, Int, Int) -> Bool) {
    var byte = 0
    var cell = 0
    for scalar in line.unicodeScalars {
      if scalar == "\r" || scalar == "\n", line.utf8.count - byte <= 2,
        line.utf8.suffix(line.utf8.count - byte).allSatisfy({ $0 == 0x0D || $0 == 0x0A })
      {
        return
      }
      let piece: String
      let cells: Int
      if scalar == "\t" {
        cells = tabWidth - cell % tabWidth
        piece = String(repeating: " ", count: cells)
      } else if scalar.isUnprintable {
        piece = scalar.spelled
        cells = piece.utf8.count
      } else {
        piece = String(scalar)
        cells = DisplayWidth.of(scalar)
      }
      if !body(piece, byte, cell, cells) { return }
      byte += UTF8.width(scalar)
      cell += cells
    }
  }
}
