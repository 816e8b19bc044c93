/// All that is to be told about a rule; documentation, `explain`, SARIF and the registry test come from it.
package struct RuleInfo: Sendable {
  package var id: String
  package var severity: Severity
  package var category: Category
  /// One sentence that says what the rule finds.
  package var summary: String
  /// Why it matters: what Flux and EKS Anywhere do with such an edit.
  package var why: String
  /// What to do instead, as an order.
  package var remediation: String
  /// Where it is documented.
  package var references: [String]
  /// Rules that stay silent where this one speaks of the same edit.
  package var supersedes: [String]
  /// Whether the same edit of many objects in one change is one finding with its places.
  package var groupsSameEdits: Bool
  package var examples: [Example]
  /// What it says of a field that the API server refuses, beside what others say of it.
  package var telling: Telling

  package init(
    _ id: String, _ severity: Severity, _ category: Category, summary: String, why: String, remediation: String,
    references: [String] = [], supersedes: [String] = [], groupsSameEdits: Bool = false, telling: Telling = .specific,
    examples: [Example] = []
  ) {
    self.id = id
    self.severity = severity
    self.category = category
    self.summary = summary
    self.why = why
    self.remediation = remediation
    self.references = references
    self.supersedes = supersedes
    self.groupsSameEdits = groupsSameEdits
    self.telling = telling
    self.examples = examples
  }
}

extension RuleInfo {
  /// How much a rule tells of a field that the API server refuses.
  package enum Telling: Sendable {
    /// What the edit does; nothing of a lower rank is to be added.
    case specific
    /// Why it is refused, and not what it does.
    case general
    /// That it is refused: silent where a specific rule tells so.
    case lastResort
  }
}

/// An edit that a rule must report at the marked place, or, without a mark, must stay quiet about.
///
/// The place stands between `⟦` and `⟧` in one of the texts; the marks are not part of the text.
package struct Example: Sendable {
  /// One line: what the edit does.
  package var title: String
  /// Path to text; a file that is missing is not there.
  package var before: [String: String]
  package var after: [String: String]

  /// An edit of several files.
  package init(_ title: String, before: [String: String], after: [String: String]) {
    self.title = title
    self.before = before
    self.after = after
  }

  /// An edit of one `eksa-cluster.yaml`; `nil` where the file is not there.
  package init(_ title: String, before: String?, after: String?) {
    let path = "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"
    self.init(title, before: before.map { [path: $0] } ?? [:], after: after.map { [path: $0] } ?? [:])
  }
}
