internal import Policy

/// `--format gitlab`: GitLab's Code Quality report, a list of issues.
struct GitLabFormat {
  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes what counts; diagnostics of level error are issues too, so that a run that could not look is not clean.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    var json = JSONWriter(isIndented: true)
    var counter = FingerprintCounter()
    json.open("[")
    for diagnostic in report.diagnostics where diagnostic.level == .error {
      json.item()
      let path = diagnostic.path ?? diagnostic.repository ?? "."
      json.object {
        $0.member("description", DiagnosticText.of(diagnostic, isColoured: false))
        $0.member("check_name", "fluxwarden-error")
        $0.member("fingerprint", Fingerprint.of(["diagnostic", path, diagnostic.commit ?? "", diagnostic.message]))
        $0.member("severity", "blocker")
        write(path: path, line: 1, to: &$0)
      }
    }
    for finding in report.findings where finding.suppression == nil {
      json.item()
      let number = counter.next(finding.fingerprint)
      json.object { write(finding, number: number, to: &$0) }
      output.write(json.take())
    }
    json.close("]")
    output.write(json.take() + "\n")
  }

  private func write(_ finding: Finding, number: Int, to json: inout JSONWriter) {
    let anchor = Anchor(finding, options)
    json.member("description", finding.sentences(at: anchor).prefix(3).map(GitLabFormat.ended).joined(separator: " "))
    json.member("check_name", finding.rule)
    // GitLab folds equal fingerprints into one issue.
    json.member("fingerprint", number == 1 ? finding.fingerprint : "\(finding.fingerprint)-\(number)")
    json.member("severity", GitLabFormat.severity(finding.severity))
    write(
      path: anchor.location?.path ?? ".", line: anchor.location.map { PlaceNumbers($0.span).startLine } ?? 1, to: &json)
  }

  private func write(path: String, line: Int, to json: inout JSONWriter) {
    json.member("location") {
      $0.member("path", path)
      $0.member("lines") { $0.member("begin", line) }
    }
  }

  /// A sentence with its full stop: all of them stand in one line.
  private static func ended(_ sentence: String) -> String {
    sentence.last.map { ".!?".contains($0) } == true ? sentence : sentence + "."
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: "blocker"
    case .high: "critical"
    case .medium: "major"
    case .low: "minor"
    }
  }
}
