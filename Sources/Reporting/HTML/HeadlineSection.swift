internal import Policy

/// The top of the page: what was looked at, whether all of it could be read, and how much was found.
struct HeadlineSection {
  private let report: Report
  private let options: RenderOptions

  init(_ report: Report, _ options: RenderOptions) {
    self.report = report
    self.options = options
  }

  /// What the command does, as a title.
  static func title(_ report: Report) -> String {
    switch report.command {
    case "audit": "History audit"
    case "review": "Review of a change"
    case "check": "Check"
    default: report.command
    }
  }

  /// What was looked at: the repository's name, or how many there are.
  static func name(_ report: Report) -> String {
    if report.repositories.count > 1 { return report.repository }
    return report.repositories.first?.name ?? ReportedRepository(path: report.repository).name
  }

  /// The section.
  var markup: Markup {
    """
    <header>
    <p class="kicker">fluxwarden <span>\(HeadlineSection.title(report))</span></p>
    <h1>\(HeadlineSection.name(report))</h1>
    <p class="scope">\(scope)</p>
    </header>
    \(verdict)
    <ul class="tiles severities">
    \(Severity.allCases.reversed().map(tile))</ul>
    <ul class="tiles">
    \(facts)</ul>

    """
  }

  private var scope: Markup {
    var parts: [Markup] = []
    if let period = report.record?.period {
      let (first, last) = (CivilDate(seconds: period.lowerBound).text, CivilDate(seconds: period.upperBound).text)
      parts.append(first == last ? "\(first)" : "\(first) to \(last)")
    }
    if let base = report.base { parts.append("base <code>\(base.prefix(10))</code>") }
    if let head = report.head { parts.append("HEAD at <code>\(head.prefix(10))</code>") }
    if report.repositories.count < 2 {
      let address = report.repositories.first?.address ?? report.repository
      parts.append("<span class=\"path\">\(address)</span>")
    }
    return Markup(parts.enumerated().map { $0 == 0 ? $1 : " <span class=\"dot\">·</span> \($1)" as Markup })
  }

  // MARK: Verdict

  private var verdict: Markup {
    let errors = report.diagnostics.count { $0.level == .error }
    let counting = report.findings.count { $0.suppression == nil }
    guard errors == 0 else {
      return """
        <p class="verdict bad"><b>This run is not complete.</b> \(Decimal.count(errors, "thing")) could not be read, so \
        there may be more to find. <a href="#unread">What is missing</a></p>
        """
    }
    guard counting > 0 else {
      return "<p class=\"verdict good\"><b>Nothing found.</b> Everything that was to be read was read.</p>"
    }
    let threshold = options.failOn
    let isFailing = report.exitStatus(failingOn: threshold) != 0
    let sentence =
      threshold.map { threshold in
        let reach = threshold == .critical ? "critical" : "\(threshold.rawValue) or above"
        return isFailing ? "Findings that are \(reach) fail this run." : "Nothing is \(reach), so this run passes."
      } ?? "No finding fails this run."
    return "<p class=\"verdict\"><b>Everything was read.</b> \(sentence)</p>"
  }

  // MARK: Numbers

  private func tile(_ severity: Severity) -> Markup {
    let count = report.count(severity)
    let content: Markup =
      "<b>\(HeadlineSection.grouped(count))</b><span class=\"sev \(severity.rawValue)\">\(severity.rawValue)</span>"
    guard count > 0 else { return "<li class=\"tile \(severity.rawValue) zero\">\(content)</li>\n" }
    return """
      <li class="tile \(severity.rawValue)"><a href="#severity=\(severity.rawValue)">\(content)</a></li>

      """
  }

  private var facts: [Markup] {
    var facts: [Markup] = []
    let exposures = report.findings.compactMap { $0.category == .secret ? $0.exposure : nil }
    if report.command == "audit" {
      let live = exposures.count(where: \.isLive)
      facts.append(
        fact(
          live, live == 1 ? "secret still live" : "secrets still live", "of \(exposures.count) ever", isBad: live > 0))
      facts.append(fact(report.statistics.commits, report.statistics.commits == 1 ? "commit" : "commits", "looked at"))
    }
    let files = report.statistics.files
    facts.append(fact(files, files == 1 ? "file" : "files", "\(HeadlineSection.size(report.statistics.bytes)) read"))
    let errors = report.diagnostics.count { $0.level == .error }
    facts.append(fact(errors, "not read", errors == 0 ? "nothing is missing" : "see below", isBad: errors > 0))
    let waived = report.findings.count { $0.suppression != nil }
    if waived > 0 { facts.append(fact(waived, "waived", "not counted above")) }
    return facts
  }

  private func fact(_ number: Int, _ name: String, _ remark: String, isBad: Bool = false) -> Markup {
    """
    <li class="tile\(isBad ? " alarm" : "")"><b>\(HeadlineSection.grouped(number))</b><span>\(name)</span>\
    <small>\(remark)</small></li>

    """
  }

  /// `45,244`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    guard digits.utf8.count > 4 || number > 999 else { return digits }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `174 MiB`.
  private static func size(_ bytes: Int) -> String {
    if bytes < 1 << 10 { return "\(bytes) bytes" }
    if bytes < 1 << 20 { return "\(bytes >> 10) KiB" }
    return bytes < 10 << 30 ? "\(bytes >> 20) MiB" : "\(bytes >> 30) GiB"
  }
}
