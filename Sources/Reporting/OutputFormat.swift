package import Policy

/// A form in which a report is printed; the raw value is what follows `--format`.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json, jsonl

  /// Writes a report in this form, piece by piece, with a line feed at the end.
  ///
  /// The report's findings are expected in the order of `Finding.precedes`.
  ///
  /// - Parameter rules: the catalogue; a format that describes rules takes from it those that were found.
  package func write(
    _ report: Report, rules: [RuleInfo], options: RenderOptions, to output: inout some TextOutputStream
  ) {
    switch self {
    case .text: TextFormat(options).write(report, to: &output)
    case .json: JSONFormat(options).write(report, to: &output)
    case .jsonl: JSONFormat(options).writeLines(report, to: &output)
    }
  }

  /// The whole report in this form.
  package func render(_ report: Report, rules: [RuleInfo] = [], options: RenderOptions) -> String {
    var text = ""
    write(report, rules: rules, options: options, to: &text)
    return text
  }
}
