internal import Policy

/// The last line of a report: `2 critical, 1 high in 3 commits, 12 files (0.04 s)`.
struct SummaryText {
  private let report: Report
  private let options: RenderOptions

  /// Takes counts from the report and the threshold from the options.
  init(_ report: Report, options: RenderOptions) {
    self.report = report
    self.options = options
  }

  /// A sentence of one or two lines, without a line feed at the end. It never says clean where something could not be
  /// read.
  var text: String {
    let colour = options.isColoured
    let errors = report.diagnostics.count { $0.level == .error }
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.count(severity)
      return count == 0 ? nil : Style.underline(of: severity)("\(count) \(severity.rawValue)", colour)
    }
    let tail = "\(scope)\(waived)"
    if counts.isEmpty {
      guard errors > 0 else { return Style.good("Nothing found", colour) + tail }
      let sentence = "Nothing found, but not everything could be read: \(Decimal.count(errors, "error"))"
      return Style.error(sentence, colour) + tail
    }
    var text = counts.joined(separator: ", ") + tail
    if errors > 0 {
      let sentence = "Not everything could be read: \(Decimal.count(errors, "error")), there may be more to find"
      text += "\n" + Style.error(sentence, colour)
    } else if let threshold = options.failOn, report.exitStatus(failingOn: threshold) == 0 {
      text += "\nNothing \(threshold == .critical ? "critical" : "\(threshold.rawValue) or above"), so this run passes"
    }
    return text
  }

  private var scope: String {
    let statistics = report.statistics
    var parts: [String] = []
    if report.command == "audit", report.repositories.count != 1 {
      parts.append(Count.of(report.repositories.count, "repository"))
    }
    if statistics.commits > 0 { parts.append(Decimal.count(statistics.commits, "commit")) }
    parts.append(Decimal.count(statistics.files, "file"))
    return " in \(parts.joined(separator: ", ")) (\(Decimal.duration(statistics.seconds)))"
  }

  private var waived: String {
    let count = report.findings.count { $0.suppression != nil }
    return count == 0 ? "" : ", \(count) waived"
  }
}
