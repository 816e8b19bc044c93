internal import Policy

/// How long each secret was, or is, there: a bar from its first commit to the one that took it out.
struct ExposureSection {
  /// More bars than these are folded.
  private static let openLimit = 40
  private static let refLimit = 3

  private let secrets: [ReportedFinding]
  private let axis: TimeAxis

  init(_ findings: [ReportedFinding], _ axis: TimeAxis) {
    self.axis = axis
    let found = findings.filter { $0.finding.category == .secret && $0.finding.exposure != nil }
    secrets = found.enumerated().sorted { left, right in
      let (first, second) = (left.element.finding, right.element.finding)
      let isLive = (first.exposure?.isLive ?? false, second.exposure?.isLive ?? false)
      if isLive.0 != isLive.1 { return isLive.0 }
      if first.severity != second.severity { return first.severity > second.severity }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// The section; nothing without secrets.
  var markup: Markup {
    guard !secrets.isEmpty else { return .empty }
    let live = secrets.count { $0.finding.exposure?.isLive ?? false }
    let lead: Markup =
      live == 0
      ? "None stands in a reference any more. Who has read the history still has them: revoke what was not revoked."
      : "<b>\(live) still live.</b> Revoke these first; taking them out of the files does not help."
    let more = secrets.dropFirst(ExposureSection.openLimit)
    let fold: Markup =
      more.isEmpty
      ? .empty
      : "<details class=\"fold\"><summary>\(more.count) more</summary>\n\(table(more))</details>\n"
    return """
      <section id="secrets">
      <h2>Exposed secrets <span class="n">\(secrets.count)</span></h2>
      <p class="lead">\(lead)</p>
      \(table(secrets.prefix(ExposureSection.openLimit)))\(fold)</section>

      """
  }

  private func table(_ secrets: ArraySlice<ReportedFinding>) -> Markup {
    """
    <table class="bars">
    <thead><tr><th>Secret</th><th class="time"><span class="hidden">From first to last commit</span>\
    \(ChartParts.labels(axis))</th><th>Exposed</th></tr></thead>
    <tbody>
    \(secrets.map(row))</tbody></table>

    """
  }

  private func row(_ item: ReportedFinding) -> Markup {
    guard let exposure = item.finding.exposure else { return .empty }
    let finding = item.finding
    let place = finding.location?.path ?? finding.source.rawValue
    return """
      <tr class="\(exposure.isLive ? "live" : "gone")"><th scope="row"><a href="#\(item.anchor)">\(finding.rule)</a> \
      <span class="sev \(finding.severity.rawValue)">\(finding.severity.rawValue)</span><small class="path">\(place)</small></th>
      <td class="time">\(bar(exposure))</td><td>\(words(exposure))</td></tr>

      """
  }

  private func bar(_ exposure: Finding.Exposure) -> Markup {
    let left = axis.position(CivilDate.seconds(of: exposure.introducedAt) ?? axis.start)
    let end = exposure.removedAt.flatMap { CivilDate.seconds(of: $0) }
    let right = max(left + 0.4, end.map { axis.position($0) } ?? (exposure.isLive ? 100 : left))
    return """
      <svg width="100%" height="22" role="img"><title>\(ExposureSentence.of(exposure))</title>\
      \(ChartParts.grid(axis, height: 22))<rect x="\(percent: left)" width="\(percent: right - left)" y="6" height="10" \
      rx="2"/>\(exposure.isLive ? "<svg x=\"100%\" y=\"11\" class=\"tip\"><path d=\"M0-8 9 0 0 8z\"/></svg>" : .empty)</svg>
      """
  }

  private func words(_ exposure: Finding.Exposure) -> Markup {
    let days = Decimal.count(exposure.days, "day")
    let end: Markup =
      exposure.isLive
      ? "<b>still live</b>, \(days)"
      : exposure.removedAt.map { "\(days), out on <time>\($0.prefix(10))</time>" } ?? "no longer in a reference"
    return "<small>since <time>\(exposure.introducedAt.prefix(10))</time></small> \(end)\(refs(exposure.refs))"
  }

  /// The references, branches and tags first; of many the number and one of them.
  private func refs(_ refs: [String]) -> Markup {
    let sorted = refs.map(ExposureSection.short).sorted { $0.rank == $1.rank ? $0.name < $1.name : $0.rank < $1.rank }
    guard let first = sorted.first else { return .empty }
    guard sorted.count > ExposureSection.refLimit else {
      return "<small class=\"path\">\(sorted.map(\.name).joined(separator: ", "))</small>"
    }
    return
      "<small>in \(HeadlineSection.grouped(sorted.count)) refs, such as <span class=\"path\">\(first.name)</span></small>"
  }

  /// A reference without what all of its kind have in front, and how much its kind tells.
  private static func short(_ ref: String) -> (rank: Int, name: String) {
    for (rank, prefix) in ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"].enumerated()
    where ref.hasPrefix(prefix) {
      return (rank, String(ref.dropFirst(prefix.count)))
    }
    return (9, ref)
  }
}
