internal import Policy

/// A look on a terminal: the parameters of ANSI's "select graphic rendition".
struct Style {
  private let codes: String

  private init(_ codes: String) {
    self.codes = codes
  }

  /// As it is.
  static let plain = Style("")
  /// A rule's id, a heading.
  static let bold = Style("1")
  /// What matters less: labels, the lines around a place, references.
  static let dim = Style("2")
  /// A path with line and column.
  static let place = Style("36")
  /// A value or line that goes.
  static let old = Style("31")
  /// A value or line that comes.
  static let new = Style("32")
  /// A clean run.
  static let good = Style("1;32")
  /// The word before a warning.
  static let warning = Style("1;33")
  /// The word before an error, and the line under an example's place.
  static let error = Style("1;31")

  /// The colour of a severity.
  static func of(_ severity: Severity) -> Style {
    switch severity {
    case .critical: Style("1;37;41")
    case .high: Style("1;31")
    case .medium: Style("1;33")
    case .low: Style("1;34")
    }
  }

  /// The colour of the line under a place; the background of `critical` would hide it.
  static func underline(of severity: Severity) -> Style {
    severity == .critical ? Style("1;31") : of(severity)
  }

  /// The text in this look, where colours are wanted.
  func callAsFunction(_ text: String, _ isColoured: Bool) -> String {
    isColoured && !codes.isEmpty && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }
}
