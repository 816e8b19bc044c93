internal import Manifests
internal import Policy

/// The lines around a place, with their numbers and a line under the flagged columns.
struct ExcerptText {
  /// More lines than these are not shown.
  private static let lineLimit = 16

  private let finding: Finding
  private let options: RenderOptions

  /// Takes the lines from the finding, where they are masked already.
  init(_ finding: Finding, options: RenderOptions) {
    self.finding = finding
    self.options = options
  }

  /// Several lines, each with a line feed; empty where there is nothing to show.
  var text: String {
    guard let location = finding.location, location.span != .none, !finding.excerpt.isEmpty else { return "" }
    let place = PlaceNumbers(location.span)
    let flagged = place.startLine...place.lastLine
    let lines = shown(around: flagged)
    let digits = max(3, lines.map { String($0.number).utf8.count }.max() ?? 0)
    let colour = options.isColoured
    var text = ""
    var previous: Int?
    for line in lines {
      if let previous, line.number > previous + 1 { text += gutter(" ", "⋮", digits) + "\n" }
      previous = line.number
      let isFlagged = flagged.contains(line.number)
      // A place of several lines has a mark beside each of them, a place in one line has a line under it.
      let mark = !isFlagged ? " " : location.side == .before ? "-" : flagged.count > 1 ? ">" : " "
      let columns = columns(of: line, place)
      let layout = LineLayout(line.text, flagged: columns, width: options.width - digits - 7)
      let style: Style = isFlagged ? (location.side == .before ? .old : .plain) : .dim
      text += gutter(mark, String(line.number), digits) + (layout.text.isEmpty ? "" : " ")
      text += style(layout.text, colour) + "\n"
      guard flagged.count == 1, isFlagged else { continue }
      let padding = String(repeating: " ", count: layout.underlineStart)
      let underline = String(repeating: "^", count: layout.underlineLength)
      text += gutter(" ", "", digits) + " \(padding)\(Style.underline(of: finding.severity)(underline, colour))\n"
    }
    if let previous, previous < flagged.upperBound { text += gutter(" ", "⋮", digits) + "\n" }
    return text
  }

  /// The excerpt's lines, the middle of a long place left out.
  private func shown(around flagged: ClosedRange<Int>) -> [Finding.ExcerptLine] {
    let lines = finding.excerpt
    guard lines.count > ExcerptText.lineLimit else { return lines }
    let first = lines.firstIndex { $0.number >= flagged.lowerBound } ?? 0
    let start = max(0, min(first - 2, lines.count - ExcerptText.lineLimit))
    return Array(lines[start..<min(lines.count, start + ExcerptText.lineLimit)])
  }

  private func gutter(_ mark: String, _ number: String, _ digits: Int) -> String {
    let padding = String(repeating: " ", count: max(0, digits - DisplayWidth.of(number)))
    return "  " + Style.old(mark, options.isColoured && mark == "-")
      + Style.dim(" \(padding)\(number) │", options.isColoured)
  }

  /// The flagged byte columns of a line, from 0, where the place is in this line alone.
  private func columns(of line: Finding.ExcerptLine, _ place: PlaceNumbers) -> Range<Int> {
    guard line.number == place.startLine else { return 0..<0 }
    let start = place.startColumn - 1
    guard place.lastLine == place.startLine, place.endLine == place.startLine else { return start..<Int.max }
    // The line may show a credential by its prefix and a few stars, which are fewer than what they hide.
    if let redacted = finding.secret?.redacted, redacted.contains(where: { $0 != "*" }),
      line.text.utf8.dropFirst(start).starts(with: redacted.utf8)
    {
      let stars = line.text.utf8.dropFirst(start + redacted.utf8.count).prefix { $0 == UInt8(ascii: "*") }
      return start..<(start + redacted.utf8.count + stars.count)
    }
    return start..<max(start, place.endColumn - 1)
  }
}
