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
    let reason = suppression.reason.isEmpty ? "no reason given" : suppression.reason
    lines += DisplayWidth.wrapped("\(source): \(reason)".printable, width: width).map { "  " + $0 }
    return lines.map { Style.dim($0, options.isColoured) + "\n" }.joined()
  }

  /// Who waived it, and until when.
  private var source: String {
    let who =
      switch suppression.kind {
      case .comment: "by a comment in the file"
      case .config: "by the configuration"
      case .baseline: "by the baseline"
      case .operatorAllowed: "by the operator"
      }
    let owner = suppression.owner.map { ", \($0)" } ?? ""
    return who + owner + (suppression.until.map { ", until \($0)" } ?? "")
  }
}
