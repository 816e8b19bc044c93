/// The time that the charts of a page have in common, as a part of their width.
struct TimeAxis {
  /// A line of the calendar.
  struct Tick {
    /// Where it stands, in percent of the width.
    var position: Double
    var label: String
    /// Whether narrow screens leave its label out.
    var isMinor: Bool
  }

  /// The first and the last moment, in seconds since 1970.
  let start: Int64
  let end: Int64
  /// At most eight, from left to right.
  let ticks: [Tick]

  /// Months between two ticks, the first that leaves few enough of them.
  private static let steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400]
  private static let limit = 8

  /// An axis with a little room at both ends.
  init(_ period: ClosedRange<Int64>) {
    let length = max(86_400, period.upperBound - period.lowerBound)
    let (start, end) = (period.lowerBound - length / 100, period.lowerBound + length + length / 33)
    (self.start, self.end) = (start, end)
    let places = length < 70 * 86_400 ? TimeAxis.days(start, end) : TimeAxis.months(start, end)
    let shown = places.map { ($0.label, Double($0.seconds - start) / Double(end - start) * 100) }
      .filter { $0.1 >= 0 && $0.1 <= 94 }
    ticks = shown.enumerated().map { Tick(position: $1.1, label: $1.0, isMinor: $0 % 2 == 1) }
  }

  /// Where a moment stands, in percent of the width; what lies outside stands at the end.
  func position(_ seconds: Int64) -> Double {
    let bounded = min(end, max(start, seconds))
    return Double(bounded - start) / Double(end - start) * 100
  }

  private static func months(_ start: Int64, _ end: Int64) -> [(seconds: Int64, label: String)] {
    let first = CivilDate(seconds: start)
    let last = CivilDate(seconds: end)
    let count = (last.year - first.year) * 12 + last.month - first.month + 1
    let step = steps.first { count / $0 <= limit } ?? 2400
    let index = (first.year * 12 + first.month - 1) / step * step
    return stride(from: index, through: last.year * 12 + last.month, by: step).map { month in
      let date = CivilDate(year: month / 12, month: month % 12 + 1)
      let label = step >= 12 ? String(date.year) : date.month == 1 ? "Jan \(date.year)" : date.monthName
      return (date.seconds, label)
    }.withYearAtFirst(isNeeded: step < 12, from: start)
  }

  private static func days(_ start: Int64, _ end: Int64) -> [(seconds: Int64, label: String)] {
    let count = (end - start) / 86_400 + 1
    let step = max(1, (count + Int64(limit) - 1) / Int64(limit))
    return stride(from: start / 86_400, through: end / 86_400, by: Int(step)).map { day in
      let date = CivilDate(seconds: day * 86_400)
      return (day * 86_400, "\(date.day) \(date.monthName)")
    }.withYearAtFirst(isNeeded: true, from: start)
  }
}

extension [(seconds: Int64, label: String)] {
  /// The year is told where the axis begins, as January tells it later.
  fileprivate func withYearAtFirst(isNeeded: Bool, from start: Int64) -> Self {
    guard isNeeded, let index = firstIndex(where: { $0.seconds >= start }) else { return self }
    let year = String(CivilDate(seconds: self[index].seconds).year)
    guard !self[index].label.hasSuffix(year) else { return self }
    var copy = self
    copy[index].label += " " + year
    return copy
  }
}
