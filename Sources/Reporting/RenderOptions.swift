package import Policy

/// How a report is to be printed.
package struct RenderOptions: Sendable {
  /// Whether `text` may use colours.
  package var isColoured = false
  /// The cells of a line of `text`.
  package var width = 80
  /// Whether `text` is one line a finding, and nothing else.
  package var isQuiet = false
  /// Whether `json` and `jsonl` hold the lines around each finding too.
  package var wantsLines = false
  /// The tool's own version, `0.1.0`.
  package var toolVersion: String
  /// The mildest severity that fails the run; `nil` for none.
  package var failOn: Severity?
  /// Where a finding is to be shown whose own line is gone: a line that is still there after the change.
  ///
  /// Asked by the formats whose readers show lines of the new files only (`sarif`, `github`, `gitlab`, `rdjson`). Where
  /// it is absent or knows nothing, the finding's first related place after the change is taken.
  package var survivingPlace: (@Sendable (Finding) -> Location?)?

  /// Options for a file or a pipe: 80 columns, no colour.
  package init(toolVersion: String, failOn: Severity? = .high) {
    self.toolVersion = toolVersion
    self.failOn = failOn
  }
}
