internal import Policy

/// The repositories of a fleet, the worst first: how much was found in each, and what was looked at.
struct RepositorySection {
  private struct Row {
    var repository: ReportedRepository
    var counts: [Int]
    var unread: Int
    /// Whether the table of findings has any of it, also such as are waived.
    var isInTable: Bool
  }

  private let severities = Array(Severity.allCases.reversed())
  private let rows: [Row]

  init(_ report: Report) {
    let findings = Dictionary(grouping: report.findings.filter { $0.suppression == nil }, by: \.repository)
    let errors = Dictionary(grouping: report.diagnostics.filter { $0.level == .error }, by: \.repository)
    let told = Set(report.findings.map(\.repository))
    let order = severities
    let rows = report.repositories.map { repository in
      let own = findings[repository.label] ?? []
      return Row(
        repository: repository, counts: order.map { severity in own.count { $0.severity == severity } },
        unread: errors[repository.label]?.count ?? 0, isInTable: told.contains(repository.label))
    }
    // The order of the labels stays among equals.
    self.rows = rows.enumerated().sorted { left, right in
      if left.element.counts == right.element.counts { return left.offset < right.offset }
      return right.element.counts.lexicographicallyPrecedes(left.element.counts)
    }.map(\.element)
  }

  /// The section; nothing where there is only one.
  var markup: Markup {
    guard rows.count > 1 else { return .empty }
    let clean = rows.count { $0.counts.allSatisfy { $0 == 0 } && $0.unread == 0 }
    return """
      <section id="repositories">
      <h2>Repositories <span class="n">\(rows.count)</span></h2>
      <p class="lead">\(clean == 0 ? "None" : "\(clean)") of them \(Count.are(max(1, clean))) clean: wholly read, and nothing found. A \
      name shows its findings below.</p>
      <div class="scroll"><table class="plain">
      <thead><tr><th>Repository</th>\(severities.map { "<th>\($0.rawValue)</th>" as Markup })<th>Not read</th>\
      <th>Commits</th><th>HEAD</th></tr></thead>
      <tbody>
      \(rows.map(row))</tbody></table></div>
      </section>

      """
  }

  private func row(_ row: Row) -> Markup {
    let counts = zip(severities, row.counts).map { severity, count in
      count == 0
        ? "<td>0</td>" as Markup : "<td class=\"sev \(severity.rawValue)\">\(HeadlineSection.grouped(count))</td>"
    }
    let label = row.repository.label
    let name: Markup =
      row.isInTable ? "<a href=\"#repository=\(label.percentEncodedPath)\">\(label)</a>" : "\(label)"
    return """
      <tr><td>\(name)</td>\(counts)\
      <td>\(row.unread == 0 ? "0" : "<b class=\"bad\">\(row.unread)</b>" as Markup)</td>\
      <td>\(HeadlineSection.grouped(row.repository.statistics.commits))</td>\
      <td><code>\(row.repository.head?.prefix(10) ?? "")</code></td></tr>

      """
  }
}
