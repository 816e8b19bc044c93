internal import Policy

/// A finding that does not count, with the reason why.
struct WaivedText {
  private let finding: Finding
  private let suppression: Finding.Suppression
  private let options: RenderOptions

  /// A finding with its suppression.
  init(_ finding: Finding, _ suppression: Finding.Suppression, options: RenderOptions) {
    self.finding = finding
    self.suppression = suppression
    self.options = options
  }

  /// A few dim lines, each with a line feed.
  var text: String {
    var lines = ["waived \(finding.severity.rawValue) \(finding.rule.printable)"]
    let width = options.width - 2
    lines += DisplayWidth.wrapped(finding.message.printable, width: width).map { "  " + $0 }
    if let location = finding.location { lines.append("  " + location.title) }
    lines += DisplayWidth.wrapped(suppression.words.printable, width: width).map { "  " + $0 }
    return lines.map { Style.dim($0, options.isColoured) + "\n" }.joined()
  }
}
