import Flux
import Foundation
import Manifests
import Policy
import Testing

@testable import Reporting

@Suite struct `json output` {
  private let options = RenderOptions(toolVersion: "0.1.0")

  private func object(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `a review looks as it looked`() throws {
    try Golden.compare(OutputFormat.json.render(SampleReport.review, options: options), with: "review.json")
  }

  @Test func `lines look as they looked`() throws {
    try Golden.compare(OutputFormat.jsonl.render(SampleReport.review, options: options), with: "review.jsonl")
  }

  @Test func `every finding has every key of the contract`() throws {
    let keys = [
      "rule", "severity", "category", "message", "object", "field", "before", "after", "verdict", "source", "location",
      "relatedLocations", "commit", "secret", "exposure", "fingerprint", "remediation", "references", "suppression",
    ]
    var report = SampleReport.review
    report.findings.append(Finding(rule: "r", severity: .low, category: .process, message: "m"))
    let root = try object(OutputFormat.json.render(report, options: options))
    let top = [
      "schemaVersion", "tool", "command", "repository", "range", "findings", "plan", "diagnostics", "summary",
    ]
    #expect(Set(root.keys) == Set(top))
    let findings = try #require(root["findings"] as? [[String: Any]])
    #expect(findings.count == 6)
    for finding in findings { #expect(Set(finding.keys) == Set(keys)) }
    let last = try #require(findings.last)
    for key in ["object", "field", "before", "after", "verdict", "location", "commit", "secret", "exposure"] {
      #expect(last[key] is NSNull, "\(key)")
    }
    let summary = try #require(root["summary"] as? [String: Any])
    #expect(
      Set(summary.keys) == [
        "critical", "high", "medium", "low", "suppressed", "commits", "files", "bytes", "seconds",
      ])
    #expect(summary["critical"] as? Int == 3)
    #expect(summary["high"] as? Int == 0)
    #expect(summary["suppressed"] as? Int == 1)
  }

  @Test func `each line is an object with a type`() throws {
    let lines = OutputFormat.jsonl.render(SampleReport.review, options: options).split(separator: "\n")
    let types = try lines.map { try object($0)["type"] as? String }
    #expect(types == Array(repeating: "finding", count: 5) + ["diagnostic", "summary"])
  }

  @Test func `texts come back as they were and leave nothing to steer a terminal`() throws {
    let hostile = "a\"b\\c\n\r\t\u{0}\u{1B}[31m\u{7F}\u{9B}\u{2028}\u{202E}\u{E0001}é漢👩‍👧"
    var report = SampleReport.clean
    report.repository = hostile
    let text = OutputFormat.json.render(report, options: options)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUnprintable })
    #expect(try object(text)["repository"] as? String == hostile)
  }

  @Test func `a place without a line is at the start of its file`() throws {
    var report = SampleReport.clean
    var finding = SampleReport.countDrop
    finding.location?.span = .none
    report.findings = [finding]
    let findings = try #require(try object(OutputFormat.json.render(report, options: options))["findings"] as? [Any])
    let location = try #require((findings.first as? [String: Any])?["location"] as? [String: Any])
    for key in ["startLine", "startColumn", "endLine", "endColumn"] { #expect(location[key] as? Int == 1) }
  }

  @Test func `a review tells the headline of its plan`() throws {
    var report = SampleReport.clean
    #expect(try object(OutputFormat.json.render(report, options: options))["plan"] is NSNull)
    var headline = Plan.Headline()
    headline.lost.clusters = 1
    report.headline = headline
    let plan = try object(OutputFormat.json.render(report, options: options))["plan"] as? [String: Any]
    #expect((plan?["headline"] as? [String: Any])?["clusters"] as? Int == -1)
    #expect(plan?["roots"] == nil)
  }
}
