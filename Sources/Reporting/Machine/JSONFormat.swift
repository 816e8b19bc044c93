internal import Flux
internal import Manifests
internal import Policy

/// `--format json` and `jsonl`: the contract's shape, every key present, in the contract's order.
struct JSONFormat {
  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// One object, indented.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    var json = JSONWriter(isIndented: true)
    json.open("{")
    json.member("schemaVersion", 1)
    json.member("tool") {
      $0.member("name", "fluxwarden")
      $0.member("version", options.toolVersion)
    }
    json.member("command", report.command)
    json.member("repository", report.repository)
    json.member("range") {
      $0.member("base", report.base)
      $0.member("head", report.head)
    }
    json.key("findings")
    json.open("[")
    for finding in report.findings {
      json.item()
      json.object { write(finding, to: &$0) }
      output.write(json.take())
    }
    json.close("]")
    PlanJSON.write(report, to: &json)
    if let record = report.record {
      json.member("clusters", each: record.clusters) { ClusterJSON.write($1, to: &$0) }
    }
    if report.command == "audit" {
      if let shard = report.shard { json.member("shard") { write(shard, to: &$0) } }
      let writer = RepositoryJSON(report)
      json.member("repositories", each: report.repositories) { writer.write($1, to: &$0) }
    }
    json.member("diagnostics", each: report.diagnostics) { write($1, to: &$0) }
    json.member("summary") { write(summaryOf: report, to: &$0) }
    json.close("}")
    output.write(json.take() + "\n")
  }

  /// One object a line: each finding, the plan where one was asked for, each diagnostic, and the summary at the end.
  func writeLines(_ report: Report, to output: inout some TextOutputStream) {
    for finding in report.findings { output.write(line("finding") { write(finding, to: &$0) }) }
    if let plan = report.plan {
      output.write(
        line("plan") { json in
          PlanJSON.write(plan.headline, to: &json)
          PlanJSON.write(plan, to: &json)
        })
    }
    for life in report.record?.clusters ?? [] {
      output.write(line("cluster") { ClusterJSON.write(life, to: &$0) })
    }
    if report.command == "audit" {
      let writer = RepositoryJSON(report)
      for repository in report.repositories { output.write(line("repository") { writer.write(repository, to: &$0) }) }
    }
    for diagnostic in report.diagnostics { output.write(line("diagnostic") { write(diagnostic, to: &$0) }) }
    output.write(line("summary") { write(summaryOf: report, to: &$0) })
  }

  private func line(_ type: String, _ members: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter(isIndented: false)
    json.object {
      $0.member("type", type)
      members(&$0)
    }
    return json.take() + "\n"
  }

  // MARK: Parts

  private func write(_ shard: Shard, to json: inout JSONWriter) {
    json.member("number", shard.number)
    json.member("count", shard.count)
  }

  private func write(_ finding: Finding, to json: inout JSONWriter) {
    if let repository = finding.repository { json.member("repository", repository) }
    json.member("rule", finding.rule)
    json.member("severity", finding.severity.rawValue)
    json.member("category", finding.category.rawValue)
    json.member("message", finding.message)
    json.member("object", from: finding.subject) { JSONFormat.write($1, to: &$0) }
    json.member("field", finding.field?.description)
    json.member("before", finding.before)
    json.member("after", finding.after)
    json.member("verdict", finding.verdictName)
    json.member("source", finding.source.rawValue)
    json.member("location", from: finding.location) { write($1, to: &$0) }
    json.member("relatedLocations", each: finding.related) { write($1, to: &$0) }
    json.member("commit", from: finding.commit) { JSONFormat.write($1, to: &$0) }
    json.member("secret", from: finding.secret) { write($1, to: &$0) }
    json.member("exposure", from: finding.exposure) { write($1, to: &$0) }
    json.member("fingerprint", finding.fingerprint)
    json.member("remediation", finding.remediation)
    json.member("references", finding.references)
    json.member("suppression", from: finding.suppression) { json, suppression in
      json.member("kind", suppression.kind.rawValue)
      json.member("reason", suppression.reason)
      json.member("owner", suppression.owner)
      json.member("until", suppression.until)
    }
    if options.wantsLines { LinesJSON.write(finding, to: &json) }
  }

  private func write(_ location: Location, to json: inout JSONWriter) {
    let place = PlaceNumbers(location.span)
    json.member("path", location.path)
    json.member("side", location.side.rawValue)
    json.member("startLine", place.startLine)
    json.member("startColumn", place.startColumn)
    json.member("endLine", place.endLine)
    json.member("endColumn", place.endColumn)
  }

  /// The members of an object.
  static func write(_ subject: Finding.Subject, to json: inout JSONWriter) {
    json.member("apiVersion", subject.apiVersion)
    json.member("kind", subject.kind)
    json.member("namespace", subject.namespace)
    json.member("name", subject.name)
  }

  /// The members of a commit.
  static func write(_ commit: Finding.CommitInfo, to json: inout JSONWriter) {
    json.member("id", commit.id)
    json.member("author") {
      $0.member("name", commit.authorName)
      $0.member("email", commit.authorEmail)
    }
    json.member("date", commit.date)
    json.member("summary", commit.summary)
  }

  private func write(_ secret: Finding.SecretInfo, to json: inout JSONWriter) {
    json.member("type", secret.type)
    json.member("redacted", secret.redacted)
    json.member("checksum", secret.checksumIsValid.map { $0 ? "valid" : "invalid" })
    json.member("decodedFrom", secret.decodedFrom)
  }

  private func write(_ exposure: Finding.Exposure, to json: inout JSONWriter) {
    json.member("introduced", exposure.introduced)
    json.member("introducedAt", exposure.introducedAt)
    json.member("removed", exposure.removed)
    json.member("removedAt", exposure.removedAt)
    json.member("days", exposure.days)
    json.member("live", exposure.isLive)
    json.member("refs", exposure.refs)
  }

  private func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    if let repository = diagnostic.repository { json.member("repository", repository) }
    json.member("level", diagnostic.level.rawValue)
    json.member("path", diagnostic.path)
    json.member("commit", diagnostic.commit)
    json.member("message", diagnostic.message)
  }

  private func write(summaryOf report: Report, to json: inout JSONWriter) {
    for severity in Severity.allCases.reversed() { json.member(severity.rawValue, report.count(severity)) }
    json.member("suppressed", report.findings.count { $0.suppression != nil })
    json.member("commits", report.statistics.commits)
    json.member("files", report.statistics.files)
    json.member("bytes", report.statistics.bytes)
    json.member("seconds", json: Decimal.thousandths(report.statistics.seconds))
  }
}
