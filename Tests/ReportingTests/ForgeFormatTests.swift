import Foundation
import Manifests
import Policy
import Testing

@testable import Reporting

@Suite struct `formats for forges and other readers` {
  private let options = RenderOptions(toolVersion: "0.1.0")

  private func render(_ format: OutputFormat, _ report: Report = SampleReport.review) -> String {
    format.render(report, rules: [SampleReport.rule], options: options)
  }

  private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

  private func results(_ report: Report, _ options: RenderOptions? = nil) throws -> [[String: Any]] {
    let text = OutputFormat.sarif.render(report, options: options ?? self.options)
    let run = try #require(((try json(text) as? [String: Any])?["runs"] as? [[String: Any]])?.first)
    return try #require(run["results"] as? [[String: Any]])
  }

  private func region(_ result: [String: Any]) throws -> [String: Int] {
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    return try #require((location["physicalLocation"] as? [String: Any])?["region"] as? [String: Int])
  }

  @Test(arguments: [OutputFormat.sarif, .github, .gitlab, .rdjson, .junit, .markdown])
  func `a review looks as it looked`(format: OutputFormat) throws {
    try Golden.compare(render(format), with: "review.\(format.rawValue)")
  }

  @Test(.enabled(if: SchemaCheck.isPossible("sarif-2.1.0.json", with: SchemaCheck.python), SchemaCheck.reason))
  func `sarif and rdjson keep to their schemas`() throws {
    for report in [SampleReport.review, SampleReport.clean, SampleReport.failed] {
      #expect(try SchemaCheck.jsonProblems(in: render(.sarif, report), schema: "sarif-2.1.0.json") == "")
      #expect(try SchemaCheck.jsonProblems(in: render(.rdjson, report), schema: "rdjson.json") == "")
    }
  }

  @Test(.enabled(if: SchemaCheck.isPossible("junit.xsd", with: SchemaCheck.xmllint), SchemaCheck.reason))
  func `junit keeps to its schema`() throws {
    for report in [SampleReport.review, SampleReport.clean, SampleReport.failed] {
      #expect(try SchemaCheck.xmlProblems(in: render(.junit, report), schema: "junit.xsd") == "")
    }
  }

  // MARK: SARIF

  @Test func `sarif counts columns in UTF-16 units where the line is known`() throws {
    var finding = SampleReport.workersToZero
    finding.excerpt = [.init(number: 14, text: "é😀漢: 0")]
    finding.location?.span = Span(startLine: 14, startColumn: 12, endLine: 14, endColumn: 13)
    var report = SampleReport.clean
    report.findings = [finding]
    #expect(try region(try #require(results(report).first))["startColumn"] == 7)
    report.findings[0].excerpt = []
    #expect(try region(try #require(results(report).first))["startColumn"] == 12)
  }

  @Test func `sarif shows a deletion at a line that survives`() throws {
    let removed = try #require(
      try results(SampleReport.review).first { $0["ruleId"] as? String == "workload-cluster-removed" })
    #expect(try region(removed)["startLine"] == 3)
    let related = try #require(removed["relatedLocations"] as? [[String: Any]])
    #expect(related.count == 2)
    var options = options
    options.survivingPlace = { _ in SampleReport.place(99, 1, to: 2) }
    let moved = try #require(
      try results(SampleReport.review, options).first { $0["ruleId"] as? String == "workload-cluster-removed" })
    #expect(try region(moved)["startLine"] == 99)
  }

  @Test func `sarif numbers equal fingerprints and marks waived findings`() throws {
    let all = try results(SampleReport.review)
    let hashes = all.compactMap { ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"] }
    #expect(hashes.count == 5 && Set(hashes).count == 5)
    #expect(hashes.last?.hasSuffix(":2") == true)
    #expect((all.last?["suppressions"] as? [[String: Any]])?.first?["kind"] as? String == "external")
  }

  @Test func `sarif says that a run could not look`() throws {
    let text = render(.sarif, SampleReport.failed)
    #expect(text.contains(#""executionSuccessful": false"#))
    #expect(render(.sarif, SampleReport.clean).contains(#""executionSuccessful": true"#))
  }

  @Test func `paths are percent-encoded URIs`() {
    #expect("a b/ü:%?.yaml".percentEncodedPath == "a%20b/%C3%BC%3A%25%3F.yaml")
  }

  // MARK: Others

  @Test func `github gets no more annotations of a level than it shows`() {
    var report = SampleReport.failed
    report.findings = Array(repeating: SampleReport.workersToZero, count: 30)
    report.diagnostics = Array(repeating: Diagnostic(.error, "no"), count: 20)
    let lines = render(.github, report).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(
      lines.count { $0.hasPrefix("::error title=critical workers-all-zero") || $0.contains("title=critical") } == 8)
    #expect(lines.contains("22 more than GitHub shows as annotations; the list above has them all"))
  }

  @Test func `gitlab gets a list whose fingerprints differ and no waived finding`() throws {
    let issues = try #require(try json(render(.gitlab)) as? [[String: Any]])
    #expect(issues.count == 4)
    var report = SampleReport.clean
    report.findings = [SampleReport.countDrop, SampleReport.countDrop]
    let twins = try #require(try json(render(.gitlab, report)) as? [[String: Any]])
    #expect(Set(twins.compactMap { $0["fingerprint"] as? String }).count == 2)
    #expect(try #require(try json(render(.gitlab, SampleReport.clean)) as? [Any]).isEmpty)
  }

  @Test func `each sentence of gitlab's description ends before the next begins`() throws {
    let issues = try #require(try json(render(.gitlab)) as? [[String: Any]])
    for issue in issues {
      let description = try #require(issue["description"] as? String)
      #expect(description.hasSuffix(".") && !description.contains(".."), "\(description)")
      for label in ["Object: ", "Change: ", "Effect: ", "Exposed: ", "Commit: "] {
        let start = description.firstRange(of: label)?.lowerBound
        if let start { #expect(description[..<start].hasSuffix(". "), "\(description)") }
      }
    }
  }

  @Test func `a run that could not look is clean in no format`() {
    for format in OutputFormat.allCases {
      let failed = render(format, SampleReport.failed).replacing("&#39;", with: "'")
      #expect(failed.contains("can't read") || failed.contains("not everything could be read"), "\(format)")
      #expect(!failed.contains("nothing found") && !failed.contains("Nothing found in"), "\(format)")
    }
  }

  @Test func `junit has a passing test where nothing is found`() {
    let text = render(.junit, SampleReport.clean)
    #expect(text.contains(#"tests="1" failures="0" errors="0""#))
    #expect(text.contains("<testcase classname=\"fluxwarden\" name=\"nothing found\"/>"))
  }

  @Test func `markdown stays below what forges take and says what it leaves out`() {
    var report = SampleReport.review
    report.findings = Array(repeating: SampleReport.workersToZero, count: 2000) + [SampleReport.waived]
    report.diagnostics = Array(repeating: Diagnostic(.error, String(repeating: "x", count: 3000)), count: 100)
    let text = render(.markdown, report)
    #expect(text.utf8.count < 65_536)
    #expect(text.contains(#/And 1[0-9]+ more that do not fit into this table\./#))
    #expect(text.contains(#/The details of 1[0-9]+ more do not fit here/#))
    #expect(text.contains("- and 8") || text.contains("- and 9"))
    #expect(text.contains("1 waived"))
  }
}
