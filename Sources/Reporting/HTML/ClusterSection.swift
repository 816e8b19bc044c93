internal import Policy

/// The life of each cluster: what it is now, a chart of what became of it, and the same as a table.
struct ClusterSection {
  /// More charts than these are folded, unless something bad happened to their clusters.
  private static let openLimit = 10

  /// Older changes than these are left to the JSON.
  private static let rowLimit = 300

  private let lives: [ClusterLife]
  private let names: ClusterNames
  private let findings: [ReportedFinding]
  private let axis: TimeAxis

  init(_ lives: [ClusterLife], _ names: ClusterNames, _ findings: [ReportedFinding], _ axis: TimeAxis) {
    self.lives = lives
    self.names = names
    self.findings = findings
    self.axis = axis
  }

  /// The section; nothing without clusters.
  var markup: Markup {
    guard !lives.isEmpty else { return .empty }
    let live = lives.count { $0.present != nil }
    let gone = lives.count - live
    let charts = lives.indices.map(cluster)
    return """
      <section id="clusters">
      <h2>Clusters <span class="n">\(lives.count)</span></h2>
      <p class="lead">\(Decimal.count(live, "cluster")) at HEAD\(gone > 0 ? ", \(gone) gone" : ""). Counts and versions \
      are those of the cluster's own manifest on the line of HEAD. Each mark is a commit with findings and leads to them; \
      a pale mark is on a branch that never landed.</p>
      <ul class="legend" aria-label="Legend">\
      \(Severity.allCases.reversed().map(ClusterSection.legend))\
      <li><svg width="22" height="12" aria-hidden="true"><rect class="paused" width="22" height="12" rx="3"/></svg>paused</li>\
      <li><svg width="14" height="14" aria-hidden="true"><svg x="7" y="7" class="end">\(ClusterChart.cross)</svg></svg>\
      deleted</li>\
      <li><svg width="14" height="14" aria-hidden="true"><svg x="7" y="7" class="end renamed">\(ClusterChart.arrow)</svg>\
      </svg>renamed</li></ul>
      <svg width="0" height="0" class="defs" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" \
      patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="6" height="6"/>\
      <rect class="stripe" width="2.5" height="6"/></pattern></defs></svg>
      \(charts)</section>

      """
  }

  private static func legend(_ severity: Severity) -> Markup {
    """
    <li><svg width="16" height="16" aria-hidden="true"><svg x="8" y="8" class="mark \(severity.rawValue)">\
    \(ChartParts.shape(severity))</svg></svg>\(severity.rawValue)</li>
    """
  }

  private func cluster(_ number: Int) -> Markup {
    let life = lives[number]
    let own = findings.filter { $0.life == number && $0.finding.suppression == nil }
    let isOpen = lives.count <= ClusterSection.openLimit || own.contains { $0.finding.severity >= .high }
    let chart = ClusterChart(life, own, axis, id: "c\(number)")
    return """
      <details class="cluster"\(isOpen ? " open" as Markup : .empty)>
      <summary><h3>\(names.titles[number])</h3> <span class="now">\(now(life))</span></summary>
      \(chart.markup)\
      <details class="fold steps"><summary>\(Decimal.count(life.steps.count, "change")) as a table</summary>
      \(table(life))</details>
      </details>

      """
  }

  /// What it is now, or how it ended.
  private func now(_ life: ClusterLife) -> Markup {
    guard let state = life.present else {
      guard let last = life.steps.last else { return .empty }
      let day = last.commit.date.prefix(10)
      if last.events.contains(.renamed), let name = last.otherName { return "<em>renamed to \(name) on \(day)</em>" }
      return "<em class=\"bad\">deleted on \(day)</em>"
    }
    var parts = [ClusterSection.words(state)]
    if let manager = life.managedBy, manager != life.subject.name { parts.append("managed by \(manager)") }
    if life.managedBy == life.subject.name || life.managedBy == nil { parts.append("manages itself") }
    return "\(parts.joined(separator: " · "))\(state.isPaused ? " · <em class=\"bad\">paused</em>" : .empty)"
  }

  /// `6 workers · 3 control plane · Kubernetes 1.32`.
  private static func words(_ state: ClusterLife.State) -> String {
    let workers = state.workers.map { Decimal.count($0, "worker") } ?? "unknown workers"
    let controlPlane = state.controlPlane.map { "\($0) control plane" } ?? "unknown control plane"
    return "\(workers) · \(controlPlane) · Kubernetes \(state.version ?? "unknown")"
  }

  private func table(_ life: ClusterLife) -> Markup {
    let rows = life.steps.suffix(ClusterSection.rowLimit).map { step -> Markup in
      let events = step.events.map { event in
        let other = step.otherName.map { step.state == nil ? " to \($0)" : " from \($0)" } ?? ""
        return event == .versionChanged ? "version" : event.rawValue + (event == .renamed ? other : "")
      }.joined(separator: ", ")
      let state = step.state
      let cells = [
        state.map { $0.workers.map(String.init) ?? "?" }, state.map { $0.controlPlane.map(String.init) ?? "?" },
        state.map { $0.version ?? "?" },
      ].map { "<td>\($0 ?? "–")</td>" as Markup }
      return """
        <tr><td><time>\(step.commit.date.prefix(10))</time></td><td>\(events)</td>\(cells)\
        <td><code>\(step.commit.id.prefix(10))</code> \(step.commit.summary.shortened(to: 90)) \
        <small>\(step.commit.authorName)</small></td></tr>

        """
    }
    let rest = life.steps.count - rows.count
    return """
      <div class="scroll"><table class="plain">
      <thead><tr><th>Day</th><th>What</th><th>Workers</th><th>Control plane</th><th>Kubernetes</th><th>Commit</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>\(rest > 0 ? "<p><small>\(rest) older changes are in the JSON.</small></p>" : .empty)</div>

      """
  }
}
