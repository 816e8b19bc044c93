internal import Policy

/// The commits with findings of one cluster, as marks on the time that lead to the findings.
struct ChartMarks {
  private struct Mark {
    var position: Double
    var items: [ReportedFinding]
    var row: Int

    /// The worst of them.
    var first: ReportedFinding { items.max { $0.finding.severity < $1.finding.severity } ?? items[0] }
  }

  /// Marks that are nearer to each other, in percent of the width, stand above each other.
  private static let gap = 1.9
  private static let rowLimit = 3
  private static let rowHeight = 20
  private let marks: [Mark]

  init(_ findings: [ReportedFinding], _ axis: TimeAxis) {
    let dated = findings.compactMap { item in item.seconds.map { (axis.position($0), item) } }
    let commits = Dictionary(grouping: dated, by: { $0.1.finding.commit?.id ?? "" })
    let sorted = commits.values.map { (position: $0[0].0, items: $0.map(\.1)) }.sorted {
      ($0.position, $0.items[0].anchor) < ($1.position, $1.items[0].anchor)
    }
    var marks: [Mark] = []
    var ends = [Double](repeating: -100, count: ChartMarks.rowLimit)
    for (position, items) in sorted {
      if let row = ends.firstIndex(where: { position - $0 >= ChartMarks.gap }) {
        ends[row] = position
        marks.append(Mark(position: position, items: items, row: row))
      } else {
        marks[marks.count - 1].items += items
      }
    }
    self.marks = marks
  }

  /// The marks, each a link; nothing where nothing was found.
  var markup: Markup {
    guard let deepest = marks.map(\.row).max() else { return .empty }
    let height = (deepest + 1) * ChartMarks.rowHeight + 4
    return """
      <svg class="marks" width="100%" height="\(height)" role="group" aria-label="Commits with findings">\
      \(marks.map { link($0, height: height) })</svg>

      """
  }

  /// Lines from the marks down through the chart.
  func guides(height: Int) -> Markup {
    let lines = marks.map { mark in
      let x = mark.position
      return
        "<line x1=\"\(percent: x)\" x2=\"\(percent: x)\" y1=\"0\" y2=\"\(height)\" class=\"\(mark.first.finding.severity.rawValue)\"/>"
        as Markup
    }
    return "<g class=\"guides\">\(lines)</g>"
  }

  private func link(_ mark: Mark, height: Int) -> Markup {
    let item = mark.first
    let finding = item.finding
    let y = height - ChartMarks.rowHeight / 2 - mark.row * ChartMarks.rowHeight
    let day = finding.commit?.date.prefix(10) ?? ""
    let rest = mark.items.count - 1
    let more = rest > 0 ? ", and \(Decimal.count(rest, "more finding"))" : ""
    let beside = item.isBeside ? " on a branch" : ""
    let words = "\(day)\(beside): \(finding.severity.rawValue) \(finding.rule)\(more)"
    let count: Markup = rest > 0 ? "<text x=\"9\" y=\"4\">\(mark.items.count)</text>" : .empty
    return """
      <svg x="\(percent: mark.position)" y="\(y)" class="mark \(finding.severity.rawValue)\(item.isBeside ? " beside" : "")">\
      <a href="#\(item.anchor)" aria-label="\(words)"><title>\(words)
      \(finding.message.shortened(to: 200))</title><circle r="10" class="hit"/>\(ChartParts.shape(finding.severity))\(count)\
      </a></svg>
      """
  }
}
