package import Policy

/// A form in which a report is printed; the raw value is what follows `--format`.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// The contract's names.
  case text, json, jsonl, sarif, github, gitlab, rdjson, junit, markdown, html

  /// Writes a report in this form, piece by piece, with a line feed at the end.
  ///
  /// The report's findings are expected in the order of `Finding.precedes`.
  ///
  /// - Parameter rules: the catalogue; a format that describes rules takes from it those that were found.
  package func write(
    _ report: Report, rules: [RuleInfo], options: RenderOptions, to output: inout some TextOutputStream
  ) {
    let report = self == .json || self == .jsonl ? report : report.withRepositoriesInPaths(isTold: self == .html)
    switch self {
    case .text: TextFormat(options).write(report, to: &output)
    case .json: JSONFormat(options).write(report, to: &output)
    case .jsonl: JSONFormat(options).writeLines(report, to: &output)
    case .sarif: SARIFFormat(options, rules: rules).write(report, to: &output)
    case .github: GitHubFormat(options).write(report, to: &output)
    case .gitlab: GitLabFormat(options).write(report, to: &output)
    case .rdjson: RDJSONFormat(options).write(report, to: &output)
    case .junit: JUnitFormat(options).write(report, to: &output)
    case .markdown: MarkdownFormat(options).write(report, to: &output)
    case .html: HTMLFormat(options, rules: rules).write(report, to: &output)
    }
  }

  /// The whole report in this form.
  package func render(_ report: Report, rules: [RuleInfo] = [], options: RenderOptions) -> String {
    var text = ""
    write(report, rules: rules, options: options, to: &text)
    return text
  }
}
