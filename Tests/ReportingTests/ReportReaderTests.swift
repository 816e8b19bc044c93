import Flux
import Manifests
import Policy
import Testing

@testable import Reporting

/// Reports that are read back.
@Suite struct ReportReaderTests {
  private let options: RenderOptions

  init() {
    var options = RenderOptions(toolVersion: "0.1.0")
    options.wantsLines = true
    self.options = options
  }

  /// A sample about one repository, as the command makes it.
  private var audit: Report {
    var report = SampleAudit.report
    var repository = ReportedRepository(path: report.repository, address: "https://git.example.com/plants/fleet")
    repository.failOn = "low"
    repository.rules = [
      RuleInfo("github-pat", .critical, .secret, summary: "own", why: "because", remediation: "do", references: ["x"])
    ]
    report.repositories = [repository]
    return ReportUnion([report]).report
  }

  private func json(_ report: Report) -> String { OutputFormat.json.render(report, options: options) }

  private func read(_ text: String) throws(JSONProblem) -> Report {
    try ReportReader.read(Array(text.utf8), rules: [:]).report
  }

  @Test func `a report is read back to print the same`() throws {
    let text = json(audit)
    #expect(json(ReportUnion([try read(text)]).report) == text)
    var other = audit
    other.repositories[0].address = nil
    let union = ReportUnion([other, audit, Report(command: "audit", repository: "")])
    #expect(union.report.repositories.map(\.label) == ["fleet", "plants/fleet"] && union.duplicates.isEmpty)
    let both = json(union.report)
    #expect(json(ReportUnion([try read(both)]).report) == both)
    #expect(json(ReportUnion([audit, other]).report) == both)
    let again = ReportUnion([try read(both), try read(text)])
    #expect(again.duplicates == ["plants/fleet"] && again.report.findings.count == union.report.findings.count)
  }

  @Test func `repositories of one name are told apart by their folders, then by a number`() {
    let parts = [("/a/x", "1"), ("/b/x", "2"), ("/b/x", "3")].map { path, head in
      var report = Report(command: "audit", repository: path, head: head)
      report.repositories = [ReportedRepository(path: path)]
      return report
    }
    for order in [parts, parts.reversed()] {
      #expect(ReportUnion(order).report.repositories.map(\.label) == ["/a/x", "/b/x", "/b/x (2)"])
    }
  }

  @Test func `texts of every kind come back as they were`() throws {
    var report = audit
    let hostile = "a\"b\\c\n\r\t\u{0}\u{1B}[31m\u{7F}\u{9B}\u{2028}\u{202E}\u{E0001}é漢👩‍👧\u{FFFD}/"
    report.findings[0].message = hostile
    report.findings[0].before = hostile
    report.findings[0].field = FieldPath().key("a.b/c").item(hostile).index(3)
    report.diagnostics.append(Diagnostic(.error, hostile, path: hostile, commit: hostile))
    let text = json(report)
    let back = try read(text)
    #expect(json(ReportUnion([back]).report) == text && back.findings[0].message == hostile)
  }

  @Test func `what is broken anywhere is a problem or another report, never a crash`() throws {
    let bytes = Array(json(audit).utf8)
    var generator = SplitMix(state: 7)
    var refused = 0
    for round in 0..<600 {
      var copy = bytes
      if round % 3 == 0 {
        copy.removeLast(Int.random(in: 1...bytes.count, using: &generator))
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let signs = Array("\"\\{}[],:0987eE-+.tfn\u{0}\n\u{80}".utf8)
          copy[Int.random(in: 0..<copy.count, using: &generator)] = signs.randomElement(using: &generator) ?? 0
        }
      }
      do {
        let report = try ReportReader.read(copy, rules: [:]).report
        for format in OutputFormat.allCases where round % 5 == 0 {
          #expect(!format.render(ReportUnion([report, audit]).report, options: options).isEmpty)
        }
      } catch {
        refused += 1
        #expect(!error.words(in: copy).isEmpty)
      }
    }
    #expect(refused > 300)
  }

  @Test(arguments: [
    ("\"schemaVersion\": 1", "\"schemaVersion\": \"1\""), ("\"command\": \"audit\"", "\"command\": \"check\""),
    ("\"name\": \"fluxwarden\"", "\"name\": \"other\""), ("\"severity\": \"critical\"", "\"severity\": \"dire\""),
    ("\"startLine\": ", "\"startLine\": 99999999999"), ("\"days\": ", "\"days\": -"), ("\"live\": true", "\"live\": 1"),
    ("\"commits\": ", "\"commits\": 9e99"), ("\"from\": \"2026", "\"from\": \"2036"), ("\"at\": \"", "\"at\": \"x"),
    ("\"events\": [", "\"events\": [\"melted\","), ("\"references\": [", "\"references\": [1,"),
    ("\"diagnostics\": [", "\"diagnostics\": [null,"), ("\"repositories\"", "\"repository\""),
  ])
  func `what no report of ours says is refused`(_ written: String, _ changed: String) throws {
    let text = json(audit)
    let place = try #require(text.firstRange(of: written))
    #expect(throws: JSONProblem.self) { _ = try read(text.replacingCharacters(in: place, with: changed)) }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}

/// Numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
