internal import Policy
internal import Secrets

/// Hides credentials in what a report repeats of names, messages and values: a branch name or a commit message can hold
/// a token as well as a file can.
struct SecretMask {
  private let pass: SecretPass
  private var known: [String: String] = [:]

  init() throws(SecretsError) { pass = try SecretPass() }

  /// Hides credentials in all texts of a report.
  mutating func apply(to report: inout Report) {
    for index in report.findings.indices { apply(to: &report.findings[index]) }
    for index in report.diagnostics.indices {
      report.diagnostics[index].message = masked(report.diagnostics[index].message)
      report.diagnostics[index].path = report.diagnostics[index].path.map { masked($0) }
    }
  }

  private mutating func apply(to finding: inout Finding) {
    finding.message = masked(finding.message)
    finding.before = finding.before.map { masked($0) }
    finding.after = finding.after.map { masked($0) }
    if let subject = finding.subject { finding.subject?.name = masked(subject.name) }
    if let commit = finding.commit {
      finding.commit?.summary = masked(commit.summary)
      finding.commit?.authorName = masked(commit.authorName)
      finding.commit?.authorEmail = masked(commit.authorEmail)
    }
    if let place = finding.location { finding.location?.path = masked(place.path) }
    for index in finding.related.indices { finding.related[index].path = masked(finding.related[index].path) }
    if let exposure = finding.exposure { finding.exposure?.refs = exposure.refs.map { masked($0) } }
  }

  /// A text with stars in place of credentials.
  private mutating func masked(_ text: String) -> String {
    if let known = known[text] { return known }
    let ranges = pass.hidden(in: text)
    var result = text
    if !ranges.isEmpty {
      var bytes = Array(text.utf8)
      for range in ranges {
        for offset in range.clamped(to: 0..<bytes.count) { bytes[offset] = UInt8(ascii: "*") }
      }
      result = String(decoding: bytes, as: UTF8.self)
    }
    known[text] = result
    return result
  }
}
