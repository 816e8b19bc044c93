internal import Policy

/// `--format html`: one file that needs nothing but a browser. What a policy of the page itself does not let through
/// cannot be loaded or run, whatever the repository holds.
struct HTMLFormat {
  private let options: RenderOptions
  private let rules: [String: RuleInfo]

  /// - Parameter rules: the catalogue; what was found is explained from it.
  init(_ options: RenderOptions, rules: [RuleInfo]) {
    self.options = options
    self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Writes the page section by section.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    let names = ClusterNames(report.record?.clusters ?? [])
    let findings = ReportedFinding.all(report, names)
    let axis = HTMLFormat.axis(report, findings)
    output.write(head(report).text)
    output.write(HeadlineSection(report, options).markup.text)
    output.write(RepositorySection(report).markup.text)
    if let axis {
      output.write(ActivitySection(findings, axis).markup.text)
      output.write(ClusterSection(report.record?.clusters ?? [], names, findings, axis).markup.text)
      output.write(ExposureSection(findings, axis).markup.text)
    }
    FindingSection(findings, rules).write(to: &output)
    output.write(DiagnosticSection(report.diagnostics).markup.text)
    output.write(foot(report).text)
  }

  /// The time that the charts show; `nil` where nothing has one.
  private static func axis(_ report: Report, _ findings: [ReportedFinding]) -> TimeAxis? {
    if let period = report.record?.period { return TimeAxis(period) }
    let times = findings.compactMap(\.seconds)
    guard report.command == "audit", let first = times.min(), let last = times.max() else { return nil }
    return TimeAxis(first...last)
  }

  private func head(_ report: Report) -> Markup {
    let policy =
      "default-src 'none'; style-src \(ContentHash.source(PageStyle.text)); "
      + "script-src \(ContentHash.source(PageScript.text)); base-uri 'none'; form-action 'none'"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Markup(trusted: policy))">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(HeadlineSection.title(report)): \(HeadlineSection.name(report))</title>
      <style>\(Markup(trusted: PageStyle.text))</style>
      </head>
      <body>
      <a class="skip" href="#findings">To the findings</a>
      <main>

      """
  }

  private func foot(_ report: Report) -> Markup {
    """
    <footer>
    <p>Written by fluxwarden \(options.toolVersion). Values that could be secrets are masked. Days are those of the \
    commits, in the time zone of who made them.</p>
    </footer>
    </main>
    <script>\(Markup(trusted: PageScript.text))</script>
    </body>
    </html>

    """
  }
}
