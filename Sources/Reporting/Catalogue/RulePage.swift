package import Policy

/// The pages `docs/rules.md` and `docs/rules/CATEGORY.md`.
///
/// Types of credentials have a page of their own and are only counted here.
package struct RulePage {
  private let groups: [(category: Category, rules: [RuleInfo])]
  private let credentials: Int
  private let homes: [String: Category]

  /// - Parameters:
  ///   - rules: the catalogue, in any order.
  ///   - credentials: the ids of the types of credentials in it.
  package init(_ rules: [RuleInfo], credentials: Set<String> = []) {
    let own = rules.filter { !credentials.contains($0.id) }
    groups = Category.allCases.map { category in
      (category, RuleText.sorted(own.filter { $0.category == category }))
    }.filter { !$0.1.isEmpty }
    homes = Dictionary(own.map { ($0.id, $0.category) }) { first, _ in first }
    self.credentials = credentials.count
  }

  /// Every rule in a table for each category, as Markdown. The same catalogue gives the same bytes.
  package var index: String {
    var text = """
      # Rules

      Written by `fluxwarden` from its own catalogue; a test compares the two. `fluxwarden explain RULE` prints what a page
      says of a rule on a terminal.

      """
    for (category, rules) in groups {
      text += "\n## \(category.rawValue)\n\n"
      text += table(rules, page: "rules/\(category.rawValue).md")
    }
    if credentials > 0 {
      text += "\nThe \(credentials) types of credentials are rules too: [secrets.md](secrets.md).\n"
    }
    return text
  }

  /// The rules of one category at length, as Markdown.
  package func page(of category: Category) -> String {
    let rules = groups.first { $0.category == category }?.rules ?? []
    var text = """
      # Rules: \(category.rawValue)

      Written by `fluxwarden` from its own catalogue, as the [index](../rules.md). In the examples a line under a place shows
      what is reported.


      """
    text += table(rules, page: "")
    for rule in rules { text += section(rule) }
    return text
  }

  private func table(_ rules: [RuleInfo], page: String) -> String {
    "| rule | severity | finds |\n|---|---|---|\n"
      + rules.map {
        "| [`\($0.id)`](\(page)#\($0.id)) | \($0.severity.rawValue) | \(MarkdownText.escaped($0.summary)) |\n"
      }.joined()
  }

  private func section(_ rule: RuleInfo) -> String {
    var text = "\n## \(rule.id)\n\n\(rule.severity.rawValue) · \(MarkdownText.escaped(rule.summary))\n"
    if !rule.why.isEmpty { text += "\n\(MarkdownText.escaped(rule.why))\n" }
    if !rule.remediation.isEmpty { text += "\n**Do:** \(MarkdownText.escaped(rule.remediation))\n" }
    if !rule.supersedes.isEmpty {
      let names = rule.supersedes.map { id in
        let home = homes[id].flatMap { $0 == rule.category ? nil : "\($0.rawValue).md" } ?? ""
        return homes[id] == nil ? "`\(id)`" : "[`\(id)`](\(home)#\(id))"
      }.joined(separator: ", ")
      text += "\nSpeaks instead of \(names).\n"
    }
    for example in rule.examples {
      let diff = ExampleDiff(example)
      text += "\n\(diff.isReported ? "Reported" : "Not reported"): \(MarkdownText.escaped(example.title))\n\n"
      text += MarkdownText.block(RulePage.lines(of: diff), language: "diff") + "\n"
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
