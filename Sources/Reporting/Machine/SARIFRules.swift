internal import Policy

/// The rules of a SARIF run: those that found something, as the catalogue describes them.
struct SARIFRules {
  /// In the order in which they were found first.
  let rules: [RuleInfo]
  private let indices: [String: Int]

  /// - Parameter catalogue: a finding whose rule is not in it describes its rule itself.
  init(_ report: Report, catalogue: [RuleInfo]) {
    let known = Dictionary(catalogue.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var rules: [RuleInfo] = []
    var indices: [String: Int] = [:]
    for finding in report.findings where indices[finding.rule] == nil {
      indices[finding.rule] = rules.count
      rules.append(
        known[finding.rule]
          ?? RuleInfo(
            finding.rule, finding.severity, finding.category, summary: finding.message, why: finding.why,
            remediation: finding.remediation, references: finding.references))
    }
    self.rules = rules
    self.indices = indices
  }

  /// The place of a rule in the table.
  func index(of rule: String) -> Int? { indices[rule] }

  /// The three levels that SARIF has for what was found.
  static func level(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low: "note"
    }
  }

  /// The number, as a text, from which code scanning tells the severity of a security rule.
  private static func securitySeverity(of severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.5"
    }
  }

  /// Writes the members of a `reportingDescriptor`.
  static func write(_ rule: RuleInfo, to json: inout JSONWriter) {
    json.member("id", rule.id)
    json.member("name", rule.id.shortened(to: 250))
    json.member("shortDescription") { $0.member("text", description(rule.summary, of: rule)) }
    json.member("fullDescription") {
      $0.member("text", description(rule.why.isEmpty ? rule.summary : rule.why, of: rule))
    }
    json.member("help") {
      $0.member("text", help(rule))
      $0.member("markdown", markdownHelp(rule))
    }
    if let reference = rule.references.first(where: { $0.hasPrefix("https://") }) {
      json.member("helpUri", reference)
    }
    json.member("defaultConfiguration") { $0.member("level", level(of: rule.severity)) }
    json.member("properties") {
      $0.member("tags", ["security", rule.category.rawValue])
      $0.member("precision", "high")
      $0.member("security-severity", securitySeverity(of: rule.severity))
    }
  }

  /// At most 1024 characters, and never empty, which code scanning refuses.
  private static func description(_ text: String, of rule: RuleInfo) -> String {
    text.isEmpty ? rule.id : text.printable.shortened(to: 1000)
  }

  private static func help(_ rule: RuleInfo) -> String {
    let lines = [rule.why, rule.remediation].filter { !$0.isEmpty }.map(\.printable) + rule.references
    return lines.isEmpty ? rule.id : lines.joined(separator: "\n")
  }

  private static func markdownHelp(_ rule: RuleInfo) -> String {
    var parts = [MarkdownText.escaped(rule.summary.isEmpty ? rule.id : rule.summary)]
    if !rule.why.isEmpty { parts.append("**Why it matters:** " + MarkdownText.escaped(rule.why)) }
    if !rule.remediation.isEmpty { parts.append("**What to do:** " + MarkdownText.escaped(rule.remediation)) }
    if !rule.references.isEmpty {
      parts.append(rule.references.map { "- " + MarkdownText.link($0) }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }
}
