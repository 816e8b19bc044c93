internal import Manifests
package import Policy

/// A finding as a comment beside its line in a pull request.
package enum CommentText {
  /// Forges refuse more than 65,536 characters.
  private static let limit = 20_000

  /// The comment in Markdown, without any marker.
  ///
  /// - Parameters:
  ///   - suggestion: the line as it should read; `nil` where the remedy is no edit of that line.
  ///   - isAtItsLine: whether it stands beside the finding's own line; else it names the place.
  package static func of(_ finding: Finding, suggestion: String?, isAtItsLine: Bool) -> String {
    let message = MarkdownText.escaped(finding.message.shortened(to: 1000))
    var text = "**\(finding.severity.rawValue)** \(MarkdownText.code(finding.rule)) \(message)\n"
    var facts: [String] = []
    if !isAtItsLine, let place = finding.location {
      facts.append("at \(MarkdownText.code(place.title))\(place.side == .before ? " before the change" : "")")
    }
    if let subject = finding.subject {
      let field = finding.field.map { ", \(MarkdownText.code($0.description.shortened(to: 300)))" } ?? ""
      facts.append("\(MarkdownText.code(subject.title))\(field)")
    }
    if finding.before != nil || finding.after != nil {
      let old = finding.before.map { MarkdownText.code($0.shortened(to: 200)) } ?? "absent"
      let new = finding.after.map { MarkdownText.code($0.shortened(to: 200)) } ?? "absent"
      facts.append("\(old) → \(new)")
    }
    if let verdict = finding.verdictName { facts.append(VerdictSentence.of(verdict)) }
    if let commit = finding.commit { facts.append("in commit \(MarkdownText.code(String(commit.id.prefix(10))))") }
    if !facts.isEmpty { text += "\n" + facts.map { "- \($0)\n" }.joined() }
    if let suggestion { text += "\n\(MarkdownText.block([suggestion], language: "suggestion"))\n" }
    if !finding.why.isEmpty { text += "\n\(MarkdownText.escaped(finding.why))\n" }
    if !finding.remediation.isEmpty { text += "\n**Do:** \(MarkdownText.escaped(finding.remediation))\n" }
    let links = finding.references.map(MarkdownText.link)
    if !links.isEmpty { text += "\nSee \(links.joined(separator: ", "))\n" }
    return text.shortened(to: limit)
  }

  /// What stands in the place of a comment whose finding is gone.
  package static func mended(_ rule: String, in commit: String) -> String {
    "Mended in \(MarkdownText.code(String(commit.prefix(10)))): \(MarkdownText.code(rule)) is no longer found here.\n"
  }

  /// What stands in the place of a comment whose finding does not count any more.
  package static func waived(_ rule: String, _ suppression: Finding.Suppression) -> String {
    let until = suppression.until.map { " until \($0)" } ?? ""
    let reason = MarkdownText.escaped(suppression.reason.shortened(to: 500))
    return "Waived\(until): \(MarkdownText.code(rule)), \(reason)\n"
  }
}
