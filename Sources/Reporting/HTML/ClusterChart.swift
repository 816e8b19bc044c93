internal import Policy

/// The life of one cluster over time: a band with the Kubernetes version, columns for the machines, and the commits with
/// findings above them.
struct ClusterChart {
  /// A stretch of time in which nothing changes.
  private struct Stretch {
    var left: Double
    var right: Double
    var state: ClusterLife.State
  }

  /// Where the parts stand, in pixels from the top.
  private enum Lane {
    static let band = (top: 2.0, height: 24.0)
    static let workers = (top: 36.0, height: 58.0)
    static let controlPlane = (top: 104.0, height: 34.0)
    static let height = 140
  }

  /// More changes than these are drawn only where they are wide enough to be seen.
  private static let stepLimit = 400
  /// The middle of a sign for an end and for another name.
  static let cross: Markup = "<path d=\"M-4-4 4 4M-4 4 4-4\"/>"
  static let arrow: Markup = "<path d=\"M-5-2.5H4L1.5-5M5 2.5H-4L-1.5 5\"/>"

  private let life: ClusterLife
  private let findings: [ReportedFinding]
  private let axis: TimeAxis
  private let id: String
  private let stretches: [Stretch]

  /// - Parameter id: what no other chart of the page is called.
  init(_ life: ClusterLife, _ findings: [ReportedFinding], _ axis: TimeAxis, id: String) {
    self.life = life
    self.findings = findings
    self.axis = axis
    self.id = id
    stretches = life.steps.enumerated().compactMap { place, step in
      guard let state = step.state else { return nil }
      let next = place + 1 < life.steps.count ? life.steps[place + 1].seconds : axis.end
      let (left, right) = (axis.position(step.seconds), axis.position(next))
      // Of thousands of changes no screen shows those that last next to nothing.
      return life.steps.count > ClusterChart.stepLimit && right - left < 0.05
        ? nil : Stretch(left: left, right: right, state: state)
    }
  }

  /// The chart with its marks and its calendar.
  var markup: Markup {
    let marks = ChartMarks(findings, axis)
    return """
      <div class="chart">
      \(marks.markup)<svg class="life" width="100%" height="\(Lane.height)" role="img" aria-labelledby="\(id)t \(id)d">
      <title id="\(id)t">\(life.subject.title) over time</title><desc id="\(id)d">\(description)</desc>
      \(ChartParts.grid(axis, height: Lane.height))\(marks.guides(height: Lane.height))\(columns)\(band)\(ends)\
      <g class="lane"><text x="2" y="\(Int(Lane.workers.top) - 1)">workers</text>\
      <text x="2" y="\(Int(Lane.controlPlane.top) - 1)">control plane</text></g></svg>
      \(ChartParts.labels(axis))</div>

      """
  }

  // MARK: Words

  /// The same in sentences, for who cannot see it.
  private var description: String {
    let told = life.steps.prefix(12).map { step in
      let day = step.commit.date.prefix(10)
      guard let state = step.state else {
        return "\(day) \(step.otherName.map { "renamed to \($0)" } ?? "deleted")"
      }
      let events = step.events.map { $0 == .versionChanged ? "another version" : $0.rawValue }.joined(separator: ", ")
      let workers = state.workers.map(String.init) ?? "unknown"
      let controlPlane = state.controlPlane.map(String.init) ?? "unknown"
      return
        "\(day) \(events): workers \(workers), control plane \(controlPlane), Kubernetes \(state.version ?? "unknown")"
    }
    let rest = life.steps.count - told.count
    return told.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more changes" : "") + "."
  }

  // MARK: Machines

  private var columns: [Markup] {
    let lanes: [(Double, Double, String, (ClusterLife.State) -> Int?)] = [
      (Lane.workers.top, Lane.workers.height, "workers", { $0.workers }),
      (Lane.controlPlane.top, Lane.controlPlane.height, "control", { $0.controlPlane }),
    ]
    return lanes.map { top, height, name, value in
      let most = max(0, stretches.compactMap { value($0.state) }.max() ?? 0)
      let pieces = merged(by: value).map { column($0, most: most, top: top, height: height) }
      let base = Decimal.fixed(top + height, digits: 1)
      return """
        <g class="\(name)">\(pieces)<line class="base" x1="0" x2="100%" y1="\(base)" y2="\(base)"/></g>

        """
    }
  }

  /// Stretches that follow each other with the same number, as one.
  private func merged(by value: (ClusterLife.State) -> Int?) -> [(left: Double, right: Double, number: Int?)] {
    stretches.reduce(into: [(left: Double, right: Double, number: Int?)]()) { found, stretch in
      let number = value(stretch.state)
      if let last = found.last, last.number == number, last.right == stretch.left {
        found[found.count - 1].right = stretch.right
      } else {
        found.append((stretch.left, stretch.right, number))
      }
    }
  }

  private func column(
    _ stretch: (left: Double, right: Double, number: Int?), most: Int, top: Double, height: Double
  ) -> Markup {
    let width = max(0.15, stretch.right - stretch.left)
    guard let number = stretch.number else {
      return """
        <rect class="unknown" x="\(percent: stretch.left)" width="\(percent: width)" \
        y="\(Decimal.fixed(top + height / 2, digits: 1))" height="\(Decimal.fixed(height / 2, digits: 1))"/>
        """
    }
    // Some room is left above the tallest for its number.
    let size = (height - 14) * Double(max(0, number)) / Double(max(1, most))
    let y = top + height - size
    let line = Decimal.fixed(y, digits: 1)
    // None is alarming only where there were any.
    let isAlarming = number <= 0 && most > 0
    var markup: Markup = """
      <rect class="\(number <= 0 ? "none" : "some")" x="\(percent: stretch.left)" width="\(percent: width)" y="\(line)" \
      height="\(Decimal.fixed(size, digits: 1))"/><line class="top\(isAlarming ? " zero" : "")" \
      x1="\(percent: stretch.left)" x2="\(percent: stretch.left + width)" y1="\(line)" y2="\(line)"/>
      """
    if width >= 2.2 {
      let small: Markup = width < 5 ? " class=\"minor\"" : .empty
      markup += """
        <svg x="\(percent: stretch.left)" width="\(percent: width)" y="0" height="100%" class="open"><text x="50%" \
        y="\(Decimal.fixed(y - 4, digits: 1))"\(small)>\(number)</text></svg>
        """
    }
    return markup
  }

  // MARK: Versions

  private var band: Markup {
    let (top, height) = (Int(Lane.band.top), Int(Lane.band.height))
    var versions: [String?] = []
    let pieces = stretches.map { stretch -> Markup in
      if versions.last != stretch.state.version { versions.append(stretch.state.version) }
      let width = max(0.15, stretch.right - stretch.left)
      let label = (stretch.state.version ?? "?") + (stretch.state.isPaused ? " paused" : "")
      let tone = stretch.state.isPaused ? "paused" : versions.count % 2 == 1 ? "even" : "odd"
      return """
        <svg x="\(percent: stretch.left)" width="\(percent: width)" y="\(top)" height="\(height)">\
        <title>Kubernetes \(label)</title><rect class="\(tone)" width="100%" height="100%"/></svg>
        """
    }
    return "<g class=\"band\">\(pieces)\(versionLabels)</g>\n"
  }

  /// A label for each row of stretches with the same version.
  private var versionLabels: [Markup] {
    var rows: [(left: Double, right: Double, version: String)] = []
    for stretch in stretches {
      let version = stretch.state.version ?? "?"
      if let last = rows.last, last.version == version, last.right == stretch.left {
        rows[rows.count - 1].right = stretch.right
      } else {
        rows.append((stretch.left, stretch.right, version))
      }
    }
    return rows.filter { $0.right - $0.left >= 3.6 }.map { row in
      let small: Markup = row.right - row.left < 9 ? " class=\"minor\"" : .empty
      return """
        <svg x="\(percent: row.left)" width="\(percent: row.right - row.left)" y="\(Int(Lane.band.top))" \
        height="\(Int(Lane.band.height))"><text x="50%" y="16"\(small)>\(row.version.shortened(to: 12))</text></svg>
        """
    }
  }

  /// Where the cluster ends, or goes on under another name.
  private var ends: [Markup] {
    let middle = Decimal.fixed(Lane.band.top + Lane.band.height / 2, digits: 0)
    return life.steps.filter { $0.state == nil }.suffix(ClusterChart.stepLimit).map { step in
      let isRenamed = step.events.contains(.renamed)
      let words = isRenamed ? "renamed to \(step.otherName ?? "another name")" : "deleted"
      return """
        <svg x="\(percent: axis.position(step.seconds))" y="\(middle)" class="end\(isRenamed ? " renamed" : "")">\
        <title>\(step.commit.date.prefix(10)): \(words)</title><circle r="8"/>\
        \(isRenamed ? ClusterChart.arrow : ClusterChart.cross)</svg>
        """
    }
  }
}
