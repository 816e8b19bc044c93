internal import Policy

/// A repository of an audit in JSON: what was looked at, and what it takes to join reports of several.
struct RepositoryJSON {
  private let findings: [String?: [Finding]]

  /// Takes the findings of each repository from a report.
  init(_ report: Report) {
    findings = Dictionary(grouping: report.findings, by: \.repository)
  }

  /// The members of one repository of the report.
  func write(_ repository: ReportedRepository, to json: inout JSONWriter) {
    json.member("name", repository.label)
    json.member("path", repository.path)
    json.member("address", repository.address)
    json.member("head", repository.head)
    json.member("failOn", repository.failOn)
    json.member("period", from: repository.period) { json, period in
      json.member("from", CivilDate.moment(period.lowerBound))
      json.member("to", CivilDate.moment(period.upperBound))
    }
    json.member("landed") { json in
      for (commit, seconds) in repository.landed.sorted(by: { $0.key < $1.key }) {
        json.member(commit, CivilDate.moment(seconds))
      }
    }
    if !repository.rules.isEmpty {
      json.member("rules", each: repository.rules) { RepositoryJSON.write($1, to: &$0) }
    }
    json.member("summary") { json in
      let own = findings[repository.label] ?? findings[nil] ?? []
      for severity in Severity.allCases.reversed() {
        json.member(severity.rawValue, own.count { $0.severity == severity && $0.suppression == nil })
      }
      json.member("suppressed", own.count { $0.suppression != nil })
      json.member("commits", repository.statistics.commits)
      json.member("files", repository.statistics.files)
      json.member("bytes", repository.statistics.bytes)
    }
  }

  private static func write(_ rule: RuleInfo, to json: inout JSONWriter) {
    json.member("id", rule.id)
    json.member("severity", rule.severity.rawValue)
    json.member("category", rule.category.rawValue)
    json.member("summary", rule.summary)
    json.member("why", rule.why)
    json.member("remediation", rule.remediation)
    json.member("references", rule.references)
  }
}
