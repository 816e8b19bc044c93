internal import Policy

/// When the findings were made: columns over time, one part for each severity.
struct ActivitySection {
  private struct Column {
    var start: CivilDate
    /// The last day.
    var end: CivilDate
    var counts: [Severity: Int] = [:]
    var total: Int { counts.values.reduce(0, +) }
    var period: String { start == end ? "on \(start.text)" : "from \(start.text) to \(end.text)" }
  }

  private static let height = 84.0
  /// More columns than these are too narrow to be told apart.
  private static let columnLimit = 64
  private let columns: [Column]
  private let axis: TimeAxis
  private let unit: String

  init(_ findings: [ReportedFinding], _ axis: TimeAxis) {
    self.axis = axis
    let (unit, start) = ActivitySection.columns(of: axis)
    self.unit = unit
    var columns: [Int64: Column] = [:]
    for item in findings where item.finding.suppression == nil {
      guard let seconds = item.seconds, seconds >= axis.start, seconds <= axis.end else { continue }
      let column = start(seconds)
      columns[column.start.seconds, default: column].counts[item.finding.severity, default: 0] += 1
    }
    self.columns = columns.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The widest columns that are needed, what they are called, and the one that a moment falls into.
  private static func columns(of axis: TimeAxis) -> (unit: String, column: (Int64) -> Column) {
    let days = (axis.end - axis.start) / 86_400 + 1
    for (step, unit) in [(Int64(1), "day"), (7, "week")] where days / step <= columnLimit {
      return (
        unit,
        { seconds in
          // Weeks begin on Mondays; 1970 began on a Thursday.
          let shift: Int64 = step == 7 ? 3 : 0
          let first = (seconds / 86_400 + shift) / step * step - shift
          return Column(
            start: CivilDate(seconds: first * 86_400), end: CivilDate(seconds: (first + step - 1) * 86_400))
        }
      )
    }
    let months = Int(days / 30) + 1
    let step = [1, 3, 12, 60, 120, 600].first { months / $0 <= columnLimit } ?? 1200
    let unit = step == 1 ? "month" : step == 3 ? "quarter" : step == 12 ? "year" : "\(step / 12) years"
    return (
      unit,
      { seconds in
        let date = CivilDate(seconds: seconds)
        let month = (date.year * 12 + date.month - 1) / step * step
        let start = CivilDate(year: month / 12, month: month % 12 + 1)
        return Column(start: start, end: CivilDate(seconds: start.adding(months: step).seconds - 86_400))
      }
    )
  }

  /// The section; nothing where all happened in so short a time that there is nothing to compare.
  var markup: Markup {
    guard columns.count > 2, let most = columns.max(by: { $0.total < $1.total }) else { return .empty }
    let total = columns.reduce(0) { $0 + $1.total }
    let sentence =
      "\(HeadlineSection.grouped(total)) findings from \(columns[0].start.text) on; "
      + "the most in one \(unit), \(most.total), \(most.period)."
    return """
      <section id="activity">
      <h2>When it happened</h2>
      <p class="lead">\(sentence) A column shows its findings below.</p>
      <div class="chart">
      <svg class="plot" width="100%" height="\(Int(ActivitySection.height))" role="img" aria-labelledby="at ad">
      <title id="at">Findings over time</title><desc id="ad">\(sentence)</desc>
      \(ChartParts.grid(axis, height: Int(ActivitySection.height)))\(columns.map { column($0, most: most.total) })</svg>
      \(ChartParts.labels(axis))</div>
      </section>

      """
  }

  private func column(_ column: Column, most: Int) -> Markup {
    let left = axis.position(column.start.seconds)
    let right = axis.position(column.end.seconds + 86_400)
    let room = ActivitySection.height - 8
    var bottom = ActivitySection.height
    var parts: [Markup] = []
    for severity in Severity.allCases.reversed() {
      guard let count = column.counts[severity] else { continue }
      let height = max(2, room * Double(count) / Double(most))
      bottom -= height
      parts.append(
        """
        <rect class="\(severity.rawValue)" x="\(percent: left + 0.08)" y="\(Decimal.fixed(bottom, digits: 1))" \
        width="\(percent: max(0.25, right - left - 0.16))" height="\(Decimal.fixed(height, digits: 1))"/>
        """)
    }
    let words = Severity.allCases.reversed().compactMap { severity in
      column.counts[severity].map { "\($0) \(severity.rawValue)" }
    }.joined(separator: ", ")
    return """
      <a href="#from=\(column.start.text)&amp;to=\(column.end.text)" tabindex="-1">\
      <title>\(column.period): \(words)</title>\
      <rect class="hit" x="\(percent: left)" y="0" width="\(percent: right - left)" \
      height="\(Int(ActivitySection.height))"/>\(parts)</a>

      """
  }
}
