package import Policy

/// Reads back what `audit --format json` has written. A report is input like any other: what is not as it should be is a
/// problem with a place, never a guess.
package struct ReportReader {
  /// A report that was read, with the version of the program that wrote it.
  package struct Written {
    package var report: Report
    package var version: String
  }

  private let rules: [String: RuleInfo]
  private var report = Report(command: "audit", repository: "")
  private var version: String?
  private var seen: Set<String> = []

  private init(_ rules: [String: RuleInfo]) { self.rules = rules }

  /// Reads the bytes of a file.
  ///
  /// - Parameter rules: the catalogue, which tells why a finding matters.
  package static func read(_ bytes: [UInt8], rules: [String: RuleInfo]) throws(JSONProblem) -> Written {
    var reader = ReportReader(rules)
    var parser = JSONParser(bytes)
    try parser.members { parser, key throws(JSONProblem) in
      reader.seen.insert(key)
      try reader.take(key, &parser)
    }
    try parser.end()
    for key in ["schemaVersion", "tool", "command", "range", "findings", "repositories", "diagnostics", "summary"]
    where !reader.seen.contains(key) {
      throw parser.problem("the member \(key)")
    }
    try reader.finish(parser)
    return Written(report: reader.report, version: reader.version ?? "")
  }

  /// Reads one member of the report.
  private mutating func take(_ key: String, _ parser: inout JSONParser) throws(JSONProblem) {
    switch key {
    case "schemaVersion":
      guard try parser.value() == .int(1) else { throw parser.problem("schemaVersion 1, which this version reads,") }
    case "command":
      guard try parser.value() == .text("audit") else { throw parser.problem("the report of an audit") }
    case "tool":
      let tool = try JSONMembers(parser.value(), of: key, offset: parser.index)
      guard try tool.text("name") == "fluxwarden" else { throw parser.problem("a report of fluxwarden") }
      version = try tool.text("version")
    case "repository":
      guard let name = try parser.value().string else { throw parser.problem("a text as repository") }
      report.repository = name
    case "range":
      report.head = try JSONMembers(parser.value(), of: key, offset: parser.index).textIfAny("head")
    case "shard":
      let shard = try JSONMembers(parser.value(), of: key, offset: parser.index)
      report.shard = Shard(number: try shard.number("number"), count: try shard.number("count"))
      if report.shard == nil { throw parser.problem("a shard that there can be") }
    case "summary":
      let summary = try JSONMembers(parser.value(), of: key, offset: parser.index)
      report.statistics = try Report.Statistics(summary)
      report.statistics.seconds = try summary.seconds("seconds")
    case "findings", "clusters", "repositories", "diagnostics": try takeList(key, &parser)
    default: _ = try parser.value()
    }
  }

  private mutating func takeList(_ key: String, _ parser: inout JSONParser) throws(JSONProblem) {
    var record = report.record ?? AuditRecord()
    try parser.items { parser throws(JSONProblem) in
      let item = try JSONMembers(parser.value(), of: key, offset: parser.index)
      switch key {
      case "findings": report.findings.append(try Finding(item))
      case "clusters": record.clusters.append(try ClusterLife(item))
      case "repositories": report.repositories.append(try ReportedRepository(item))
      default: report.diagnostics.append(try Diagnostic(item))
      }
    }
    if key == "clusters" { report.record = record }
  }

  /// Puts together what stands in several places of the report.
  private mutating func finish(_ parser: JSONParser) throws(JSONProblem) {
    let labels = Set(report.repositories.map(\.label))
    guard labels.count == report.repositories.count else {
      throw parser.problem("a name of its own for each repository")
    }
    if report.repositories.count == 1 {
      report.record?.period = report.repositories[0].period
      report.record?.landed = report.repositories[0].landed
    } else {
      let areKnown =
        report.findings.allSatisfy { labels.contains($0.repository ?? "") }
        && report.diagnostics.allSatisfy { $0.repository.map(labels.contains) ?? true }
        && (report.record?.clusters ?? []).allSatisfy { labels.contains($0.repository ?? "") }
      guard areKnown else { throw parser.problem("the name of one of the report's repositories everywhere") }
    }
    var own: [String?: [String: String]] = [:]
    for repository in report.repositories {
      let label = report.repositories.count == 1 ? nil : repository.label
      for rule in repository.rules { own[label, default: [:]][rule.id] = rule.why }
    }
    for index in report.findings.indices {
      let finding = report.findings[index]
      report.findings[index].why = rules[finding.rule]?.why ?? own[finding.repository]?[finding.rule] ?? ""
    }
  }
}
