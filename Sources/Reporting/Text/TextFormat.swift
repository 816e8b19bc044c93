internal import Policy

/// `--format text`: what people read, laid out for 80 columns.
struct TextFormat {
  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes the findings that count, the waived ones, and a last line that sums up.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    if let plan = report.plan {
      PlanText(plan, options: options).write(to: &output)
      return
    }
    guard report.command != "plan" else { return }
    guard !options.isQuiet else {
      for finding in report.findings where finding.suppression == nil {
        output.write(TextFormat.line(finding) + "\n")
      }
      return
    }
    var explained: Set<Advice> = []
    for finding in report.findings where finding.suppression == nil {
      let isNew = explained.insert(Advice(finding)).inserted
      output.write(FindingText(finding, options: options, isExplained: isNew).text + "\n")
    }
    for finding in report.findings {
      guard let suppression = finding.suppression else { continue }
      output.write(WaivedText(finding, suppression, options: options).text + "\n")
    }
    if let headline = report.headline.flatMap(HeadlineText.of) {
      for line in DisplayWidth.wrapped("Blast radius: \(headline)", width: options.width) { output.write(line + "\n") }
    }
    output.write(SummaryText(report, options: options).text + "\n")
  }

  /// A finding in one line that editors and `grep` understand: `path:line:column: severity rule: message`.
  static func line(_ finding: Finding) -> String {
    var place = finding.location?.title ?? finding.commit.map { String($0.id.prefix(10)).printable } ?? "-"
    if finding.location == nil, let repository = finding.repository { place = "\(repository.printable)@\(place)" }
    return "\(place): \(finding.severity.rawValue) \(finding.rule.printable): \(finding.message.printable)"
  }
}

/// What a rule says to every finding of its kind; said once a report.
private struct Advice: Hashable {
  var rule: String
  var why: String
  var remediation: String

  init(_ finding: Finding) {
    rule = finding.rule
    why = finding.why
    remediation = finding.remediation
  }
}
