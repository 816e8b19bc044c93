internal import Policy

/// `--format rdjson`: reviewdog's diagnostic format; columns are UTF-8 bytes, as ours.
struct RDJSONFormat {
  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes what counts, and the diagnostics of level error.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    var json = JSONWriter(isIndented: true)
    json.open("{")
    json.member("source") { $0.member("name", "fluxwarden") }
    json.key("diagnostics")
    json.open("[")
    for diagnostic in report.diagnostics where diagnostic.level == .error {
      json.item()
      json.object {
        $0.member("message", MarkdownText.neutral(DiagnosticText.of(diagnostic, isColoured: false)))
        $0.member("location") { $0.member("path", diagnostic.path ?? diagnostic.repository ?? ".") }
        $0.member("severity", "ERROR")
      }
    }
    for finding in report.findings where finding.suppression == nil {
      json.item()
      json.object { write(finding, to: &$0) }
      output.write(json.take())
    }
    json.close("]")
    json.close("}")
    output.write(json.take() + "\n")
  }

  private func write(_ finding: Finding, to json: inout JSONWriter) {
    let anchor = Anchor(finding, options)
    json.member("message", MarkdownText.neutral(finding.sentences(at: anchor).joined(separator: "\n")))
    json.member("location") { write(anchor.location, to: &$0) }
    json.member("severity", RDJSONFormat.severity(finding.severity))
    json.member("code") {
      $0.member("value", finding.rule)
      if let url = finding.references.first(where: { $0.hasPrefix("https://") }) { $0.member("url", url) }
    }
    let related = (anchor.own.map { [$0] } ?? []) + finding.related
    guard !related.isEmpty else { return }
    json.member("related_locations", each: related) { json, place in
      json.member("message", place.side == .before ? "before the change" : "after the change")
      json.member("location") { write(place, to: &$0) }
    }
  }

  private func write(_ location: Location?, to json: inout JSONWriter) {
    json.member("path", location?.path ?? ".")
    guard let location else { return }
    let place = PlaceNumbers(location.span)
    json.member("range") {
      $0.member("start") {
        $0.member("line", place.startLine)
        $0.member("column", place.startColumn)
      }
      $0.member("end") {
        $0.member("line", place.endLine)
        $0.member("column", place.endColumn)
      }
    }
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "ERROR"
    case .medium: "WARNING"
    case .low: "INFO"
    }
  }
}
