internal import Policy

/// All findings as one table, rule by rule, with the form that filters it. Without a script the table is whole and the
/// form is not shown.
struct FindingSection {
  private struct Group {
    var rule: String
    var severity: Severity
    var items: [ReportedFinding]
  }

  private let findings: [ReportedFinding]
  private let rules: [String: RuleInfo]
  private let groups: [Group]

  init(_ findings: [ReportedFinding], _ rules: [String: RuleInfo]) {
    self.findings = findings
    self.rules = rules
    let byRule = Dictionary(grouping: findings, by: \.finding.rule)
    groups = byRule.map { rule, items in
      Group(rule: rule, severity: items.map(\.finding.severity).max() ?? .low, items: FindingSection.sorted(items))
    }.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.items.count != right.items.count { return left.items.count > right.items.count }
      return left.rule < right.rule
    }
  }

  /// What counts first, then the worst, then the newest.
  private static func sorted(_ items: [ReportedFinding]) -> [ReportedFinding] {
    items.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      let isWaived = (first.finding.suppression != nil, second.finding.suppression != nil)
      if isWaived.0 != isWaived.1 { return isWaived.1 }
      if first.finding.severity != second.finding.severity { return first.finding.severity > second.finding.severity }
      if first.seconds != second.seconds { return first.seconds ?? 0 > second.seconds ?? 0 }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// Writes the section rule by rule, so that a long one is never held as a whole.
  func write(to output: inout some TextOutputStream) {
    let start: Markup = """
      <section id="findings">
      <h2>Findings <span class="n" id="count" aria-live="polite">\(HeadlineSection.grouped(findings.count))</span></h2>

      """
    output.write(start.text)
    guard !findings.isEmpty else {
      output.write("<p class=\"lead\">None.</p>\n</section>\n")
      return
    }
    output.write(form.text)
    let columns = FindingColumns(findings)
    let head: Markup = """
      <table class="findings">
      <thead><tr><th scope="col" class="s">Severity</th><th scope="col">Finding</th>\
      \(columns.hasRepositories ? "<th scope=\"col\" class=\"r\">Repository</th>" : .empty)\
      \(columns.hasClusters ? "<th scope=\"col\" class=\"c\">Cluster</th>" : .empty)\
      \(columns.hasCommits ? "<th scope=\"col\" class=\"a\">Author</th><th scope=\"col\" class=\"d\">Date</th>" : .empty)\
      </tr></thead>

      """
    output.write(head.text)
    var told: Set<Severity> = []
    for group in groups {
      output.write(header(group, columns, isFirst: told.insert(group.severity).inserted).text)
      for item in group.items { output.write(FindingRow(item, columns).markup.text) }
      output.write("</tbody>\n")
    }
    output.write("</table>\n<p id=\"nothing\" hidden>Nothing matches this filter.</p>\n</section>\n")
  }

  // MARK: Rule

  /// - Parameter isFirst: whether links to the severity lead here where no script filters.
  private func header(_ group: Group, _ columns: FindingColumns, isFirst: Bool) -> Markup {
    let info = rules[group.rule]
    let first = group.items.first?.finding
    let summary = info?.summary ?? ""
    let mark: Markup = isFirst ? " id=\"severity=\(group.severity.rawValue)\"" : .empty
    return """
      <tbody data-rule="\(group.rule)">
      <tr class="rule"\(mark)><th colspan="\(columns.count)" scope="rowgroup"><div id="r-\(group.rule)"><span class="sev \
      \(group.severity.rawValue)">\(group.severity.rawValue)</span> <b>\(group.rule)</b> <span class="n">\
      \(group.items.count)</span></div>\
      \(summary.isEmpty ? .empty : "<p>\(summary)</p>" as Markup)\
      \(advice(info?.why ?? first?.why ?? "", info?.remediation ?? first?.remediation ?? "", info?.references ?? first?.references ?? []))\
      </th></tr>

      """
  }

  private func advice(_ why: String, _ remedy: String, _ references: [String]) -> Markup {
    guard !why.isEmpty || !remedy.isEmpty else { return .empty }
    let links = references.map { FindingSection.link($0) }
    return """
      <details class="why"><summary>Why it matters and what to do</summary>\
      \(why.isEmpty ? .empty : "<p>\(why)</p>" as Markup)\
      \(remedy.isEmpty ? .empty : "<p><b>Do:</b> \(remedy)</p>" as Markup)\
      \(links.isEmpty ? .empty : "<ul>\(links.map { "<li>\($0)</li>" as Markup })</ul>" as Markup)</details>
      """
  }

  /// A web address as a link that tells its reader nothing of this page; what is none is shown as text.
  private static func link(_ address: String) -> Markup {
    let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard address.hasPrefix("https://"), isPlain else { return "<code>\(address)</code>" }
    return "<a href=\"\(address)\" rel=\"noopener noreferrer\">\(address.dropFirst(8))</a>"
  }

  // MARK: Form

  private var form: Markup {
    let severities = Severity.allCases.reversed().compactMap { severity -> Markup? in
      let count = findings.count { $0.finding.severity == severity }
      guard count > 0 else { return nil }
      return """
        <label class="chip"><input type="checkbox" name="severity" value="\(severity.rawValue)"><span class="sev \
        \(severity.rawValue)">\(severity.rawValue)</span> <span class="n">\(count)</span></label>
        """
    }
    return """
      <form id="filter" hidden>
      <fieldset><legend>Severity</legend>\(severities)</fieldset>
      \(choice("rule", "Rule", findings.map(\.finding.rule)))\
      \(choice("repository", "Repository", findings.compactMap(\.finding.repository)))\
      \(choice("cluster", "Cluster", findings.compactMap(\.cluster)))\
      \(choice("author", "Author", findings.compactMap { $0.finding.commit?.authorName }))\
      \(dates)<label>Text<input type="search" name="text" autocomplete="off"></label>
      <button type="reset">Clear</button>
      </form>

      """
  }

  private var dates: Markup {
    guard findings.contains(where: { $0.finding.commit != nil }) else { return .empty }
    return """
      <label>From<input type="date" name="from"></label>
      <label>To<input type="date" name="to"></label>

      """
  }

  private func choice(_ name: String, _ title: String, _ values: [String]) -> Markup {
    let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count > 1 else { return .empty }
    let items = counts.sorted { ($0.key.lowercased(), $0.key) < ($1.key.lowercased(), $1.key) }.map { value, count in
      "<option value=\"\(value)\">\(value) (\(count))</option>" as Markup
    }
    return "<label>\(title)<select name=\"\(name)\"><option value=\"\">All</option>\(items)</select></label>\n"
  }
}

/// Which columns the table has: what no finding has is left out.
struct FindingColumns {
  let hasRepositories: Bool
  let hasClusters: Bool
  let hasCommits: Bool
  /// How many they are.
  var count: Int { 2 + (hasRepositories ? 1 : 0) + (hasClusters ? 1 : 0) + (hasCommits ? 2 : 0) }

  init(_ findings: [ReportedFinding]) {
    hasRepositories = findings.contains { $0.finding.repository != nil }
    hasClusters = findings.contains { $0.life != nil } || Set(findings.compactMap(\.cluster)).count > 1
    hasCommits = findings.contains { $0.finding.commit != nil }
  }
}
