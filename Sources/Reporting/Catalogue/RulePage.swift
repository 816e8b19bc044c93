package import Policy

/// The page `docs/rules.md`.
package enum RulePage {
  /// The whole page as Markdown: a table a category, then a section a rule. The same catalogue gives the same bytes.
  package static func text(_ rules: [RuleInfo]) -> String {
    var text = """
      # Rules

      Written by `fluxwarden` from its own catalogue; a test compares the two. `fluxwarden explain RULE` prints the same
      on a terminal. In the examples a line under a place shows what is reported.

      """
    let groups = Category.allCases.map { category in
      (category, RuleText.sorted(rules.filter { $0.category == category }))
    }.filter { !$0.1.isEmpty }
    for (category, members) in groups {
      text += "\n## \(category.rawValue)\n\n| rule | severity | finds |\n|---|---|---|\n"
      for rule in members {
        text += "| [`\(rule.id)`](#\(rule.id)) | \(rule.severity.rawValue) | \(MarkdownText.escaped(rule.summary)) |\n"
      }
    }
    for (category, members) in groups {
      text += "\n## The rules of \(category.rawValue)\n"
      for rule in members { text += section(rule) }
    }
    return text
  }

  private static func section(_ rule: RuleInfo) -> String {
    var text = "\n### \(rule.id)\n\n\(rule.severity.rawValue) · \(MarkdownText.escaped(rule.summary))\n"
    if !rule.why.isEmpty { text += "\n\(MarkdownText.escaped(rule.why))\n" }
    if !rule.remediation.isEmpty { text += "\n**Do:** \(MarkdownText.escaped(rule.remediation))\n" }
    if !rule.supersedes.isEmpty {
      let names = rule.supersedes.map { "[`\($0)`](#\($0))" }.joined(separator: ", ")
      text += "\nSpeaks instead of \(names).\n"
    }
    for example in rule.examples {
      let diff = ExampleDiff(example)
      text += "\n\(diff.isReported ? "Reported" : "Not reported"): \(MarkdownText.escaped(example.title))\n\n"
      text += MarkdownText.block(lines(of: diff), language: "diff") + "\n"
    }
    if !rule.references.isEmpty {
      text += "\n" + rule.references.map { "- \(MarkdownText.link($0))\n" }.joined()
    }
    return text
  }

  private static func lines(of diff: ExampleDiff) -> [String] {
    var lines: [String] = []
    for file in diff.files {
      lines.append("# \(file.path)" + (file.remark.map { " (\($0))" } ?? ""))
      for part in file.parts {
        guard case .line(let line) = part else {
          lines.append("  ⋮")
          continue
        }
        lines.append("\(line.mark) \(line.text)")
        guard let flagged = line.flagged else { continue }
        let layout = LineLayout(line.text, flagged: flagged, width: 1000)
        let underline = String(repeating: "^", count: layout.underlineLength)
        lines.append("  " + String(repeating: " ", count: layout.underlineStart) + underline)
      }
    }
    return lines
  }
}
