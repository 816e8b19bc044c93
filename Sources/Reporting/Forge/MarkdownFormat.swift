internal import Manifests
internal import Policy

/// `--format markdown`: a summary for a comment or a job page, with a table and a fold for each finding.
struct MarkdownFormat {
  /// Forges refuse a comment of 65,536 characters; bytes are counted, which are never fewer.
  static let limit = 65_000
  /// What the table may take, so that the folds have room.
  private static let tableLimit = 30_000
  /// What is kept for the last lines.
  private static let reserve = 1500

  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes heading, diagnostics, table, folds, waived findings and the summary, in less than `limit` bytes.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    if let plan = report.plan {
      output.write(PlanMarkdown(plan).text(limit: MarkdownFormat.limit - 7000) + "\n" + diagnostics(report))
      return
    }
    let findings = report.findings.filter { $0.suppression == nil }
    let waived = report.findings.filter { $0.suppression != nil }
    var text = heading(report) + "\n\n" + diagnostics(report)
    if let headline = report.headline.flatMap(HeadlineText.of) { text += "Blast radius: \(headline).\n\n" }
    if !findings.isEmpty {
      text += "| Severity | Rule | Finding | Place |\n|---|---|---|---|\n"
      append(findings.map(row), to: &text, limit: MarkdownFormat.tableLimit, rest: moreRows)
      text += "\n"
      append(
        findings.lazy.map(fold), to: &text, limit: MarkdownFormat.limit - 2 * MarkdownFormat.reserve, rest: moreFolds)
    }
    if !waived.isEmpty {
      text += "\n<details><summary>\(waived.count) waived</summary>\n\n"
      append(waived.map(waivedLine), to: &text, limit: MarkdownFormat.limit - MarkdownFormat.reserve) {
        "- and \($0) more\n"
      }
      text += "\n</details>\n"
    }
    var plain = options
    plain.isColoured = false
    let summary = SummaryText(report, options: plain).text.split(separator: "\n")
    output.write(text + "\n" + summary.map { MarkdownText.escaped(String($0)) }.joined(separator: "  \n") + "\n")
  }

  /// Adds pieces while they fit, and a word about those that do not.
  private func append(
    _ pieces: some Sequence<String>, to text: inout String, limit: Int, rest: (Int) -> String
  ) {
    var left = 0
    for piece in pieces {
      if left > 0 || text.utf8.count + piece.utf8.count > limit { left += 1 } else { text += piece }
    }
    if left > 0 { text += rest(left) }
  }

  private func moreRows(_ count: Int) -> String { "\nAnd \(count) more that do not fit into this table.\n" }

  private func moreFolds(_ count: Int) -> String {
    "\nThe details of \(count) more do not fit here; `--format text` has them all.\n"
  }

  // MARK: Parts

  private func heading(_ report: Report) -> String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.count(severity)
      return count == 0 ? nil : "\(count) \(severity.rawValue)"
    }
    if !counts.isEmpty { return "### fluxwarden: \(counts.joined(separator: ", "))" }
    let isComplete = !report.diagnostics.contains { $0.level == .error }
    return isComplete ? "### fluxwarden: nothing found" : "### fluxwarden: not everything could be read"
  }

  private func diagnostics(_ report: Report) -> String {
    guard !report.diagnostics.isEmpty else { return "" }
    var text = ""
    let sorted =
      report.diagnostics.filter { $0.level == .error } + report.diagnostics.filter { $0.level == .warning }
    append(sorted.map(line), to: &text, limit: 6000) { "- and \($0) more\n" }
    return text + "\n"
  }

  private func line(_ diagnostic: Diagnostic) -> String {
    let path = diagnostic.path.map { MarkdownText.code($0.shortened(to: 300)) + " " } ?? ""
    let commit = diagnostic.commit.map { "in commit " + MarkdownText.code(String($0.prefix(10))) + " " } ?? ""
    let message = MarkdownText.escaped(diagnostic.message.shortened(to: 500))
    return "- **\(diagnostic.level.rawValue)** \(path)\(commit)\(message)\n"
  }

  private func row(_ finding: Finding) -> String {
    let place = finding.location.map { MarkdownText.code(shown($0, 200), isInTable: true) } ?? ""
    let message = MarkdownText.escaped(finding.message.shortened(to: 300))
    let rule = MarkdownText.code(finding.rule, isInTable: true)
    let severity = "\(MarkdownFormat.mark(finding.severity)) \(finding.severity.rawValue)"
    return "| \(severity) | \(rule) | \(message) | \(place) |\n"
  }

  private func waivedLine(_ finding: Finding) -> String {
    let place = finding.location.map { " " + MarkdownText.code(shown($0, 200)) } ?? ""
    let kind = finding.suppression?.kind.rawValue ?? ""
    let reason = MarkdownText.escaped((finding.suppression?.reason ?? "").shortened(to: 300))
    return "- \(finding.severity.rawValue) \(MarkdownText.code(finding.rule))\(place) (\(kind)): \(reason)\n"
  }

  /// A place with its path cut to so many characters.
  private func shown(_ location: Location, _ limit: Int) -> String {
    var location = location
    location.path = location.path.shortened(to: limit)
    return location.title
  }

  private func fold(_ finding: Finding) -> String {
    let message = MarkdownText.html(finding.message.shortened(to: 300))
    let rule = MarkdownText.html(finding.rule)
    let title = "\(MarkdownFormat.mark(finding.severity)) <code>\(rule)</code> \(message)"
    var text = "<details><summary>\(title)</summary>\n\n"
    for (label, value) in facts(of: finding) { text += "- \(label): \(value)\n" }
    let lines = finding.excerpt.prefix(12).map { "\($0.number)  \($0.text.shortened(to: 160))" }
    if !lines.isEmpty { text += "\n\(MarkdownText.block(lines))\n" }
    if !finding.why.isEmpty { text += "\n\(MarkdownText.escaped(finding.why))\n" }
    if !finding.remediation.isEmpty { text += "\n**Do:** \(MarkdownText.escaped(finding.remediation))\n" }
    if !finding.references.isEmpty {
      text += "\n" + finding.references.map { "See \(MarkdownText.link($0))" }.joined(separator: "  \n") + "\n"
    }
    return text + "\n</details>\n"
  }

  private func facts(of finding: Finding) -> [(String, String)] {
    var facts: [(String, String)] = []
    func code(_ text: String) -> String { MarkdownText.code(text.shortened(to: 300)) }
    if let location = finding.location {
      let side = location.side == .before ? " before the change" : ""
      facts.append(("place", code(location.title) + side))
    }
    if let repository = finding.repository { facts.append(("repository", code(repository.printable))) }
    if let subject = finding.subject { facts.append(("object", code("\(subject.title) (\(subject.apiVersion))"))) }
    if let field = finding.field { facts.append(("field", code(field.description))) }
    if finding.before != nil || finding.after != nil {
      let old = finding.before.map(code) ?? "absent"
      facts.append(("change", "\(old) → \(finding.after.map(code) ?? "absent")"))
    }
    if let name = finding.verdictName { facts.append(("effect", VerdictSentence.of(name))) }
    if let secret = finding.secret { facts.append(("secret", code("\(secret.type) \(secret.redacted)"))) }
    if let exposure = finding.exposure {
      facts.append(
        (exposure.label(finding.category), MarkdownText.escaped(ExposureSentence.of(exposure, finding.category))))
    }
    if let commit = finding.commit {
      let head = "\(commit.id.prefix(10)) \(commit.date.prefix(10))"
      facts.append(("commit", "\(code(head)) \(code(commit.summary))"))
    }
    for location in finding.related.prefix(3) { facts.append(("also", code(location.title))) }
    if finding.related.count > 3 { facts.append(("also", Count.of(finding.related.count - 3, "more place"))) }
    return facts
  }

  private static func mark(_ severity: Severity) -> String {
    switch severity {
    case .critical: "🟥"
    case .high: "🟧"
    case .medium: "🟨"
    case .low: "🟦"
    }
  }
}
