import Flux
import Manifests
import Policy
import Testing

@testable import Reporting

@Suite struct `text output` {
  private let options = RenderOptions(toolVersion: "0.1.0")

  private func text(_ report: Report, _ edit: (inout RenderOptions) -> Void = { _ in }) -> String {
    var options = options
    edit(&options)
    return OutputFormat.text.render(report, options: options)
  }

  @Test func `a review looks as it looked`() throws {
    try Golden.compare(text(SampleReport.review), with: "review.txt")
  }

  @Test func `a review in colour looks as it looked`() throws {
    try Golden.compare(text(SampleReport.review) { $0.isColoured = true }, with: "review-colour.txt")
  }

  @Test func `colours add nothing but colours`() {
    let coloured = text(SampleReport.review) { $0.isColoured = true }
    #expect(coloured.contains("\u{1B}["))
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == text(SampleReport.review))
  }

  @Test func `nothing but addresses and paths is wider than asked`() {
    for width in [64, 80, 120] {
      let lines = text(SampleReport.review) { $0.width = width }.split(separator: "\n")
      for line in lines where DisplayWidth.of(line) > width {
        #expect(!line.trimmingPrefix(#/ *(see|also)? */#).contains(" ") || line.contains("clusters/"), "\(line)")
      }
    }
  }

  @Test func `a clean run says so in one line`() {
    #expect(text(SampleReport.clean) == "Nothing found in 12 files (0.01 s)\n")
  }

  @Test func `a run with errors never says clean`() {
    var report = SampleReport.clean
    report.diagnostics.append(Diagnostic(.error, "the object is missing"))
    #expect(text(report) == "Nothing found, but not everything could be read: 1 error in 12 files (0.01 s)\n")
    report.findings = [SampleReport.countDrop]
    #expect(text(report).contains("\nNot everything could be read: 1 error, there may be more to find\n"))
    #expect(!text(report).contains("passes"))
  }

  @Test func `findings below the threshold are said to pass`() {
    var report = SampleReport.clean
    report.findings = [SampleReport.countDrop]
    #expect(text(report).hasSuffix("1 medium in 12 files (0.01 s)\nNothing high or above, so this run passes\n"))
    #expect(!text(report) { $0.failOn = .medium }.contains("passes"))
    #expect(!text(report) { $0.failOn = nil }.contains("passes"))
  }

  @Test func `waived findings are shown with their reason and counted apart`() {
    var report = SampleReport.clean
    report.findings = [SampleReport.waived]
    let expected = """
      waived high worker-group-zero
        Worker group md-1 shrinks from 9 to 3.
        clusters/mgmt/prod/eksa-system/eksa-cluster.yaml:30:12
        by the operator, platform, until 2026-12-31: md-2 is being replaced

      Nothing found in 12 files (0.01 s), 1 waived

      """
    #expect(text(report) == expected)
  }

  @Test func `quiet output is one line a finding`() {
    let lines = text(SampleReport.review) { $0.isQuiet = true }.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(
      lines[2]
        == "bootstrap/flux.env:2:14: critical github-pat: A classic GitHub token is written in the file.")
    #expect(text(SampleReport.clean) { $0.isQuiet = true }.isEmpty)
  }

  @Test func `the reason and the remedy of a rule are told once`() {
    var report = SampleReport.clean
    report.findings = [SampleReport.countDrop, SampleReport.countDrop]
    let told = text(report)
    #expect(told.ranges(of: "Fewer machines").count == 1)
    #expect(told.contains("  help    as above, or: fluxwarden explain worker-count-drop\n"))
  }

  @Test func `long values are cut after some lines and an absent one is named`() {
    var finding = SampleReport.countDrop
    finding.before = String(repeating: "x", count: 5000)
    finding.after = nil
    var report = SampleReport.clean
    report.findings = [finding]
    let lines = text(report).split(separator: "\n")
    #expect(lines.contains("  before  \(String(repeating: "x", count: 70))"))
    #expect(lines.contains("  after   (absent)"))
    #expect(lines.count { $0.contains("xxx") } == 4)
  }

  @Test(arguments: [
    ("GITHUB_TOKEN=ghp_****", "ghp_****", 8), ("GITHUB_TOKEN=" + String(repeating: "*", count: 40), "****", 40),
    ("GITHUB_TOKEN=ghp_" + String(repeating: "*", count: 36), "ghp_****", 40),
  ])
  func `a masked credential is underlined as far as it is shown`(line: String, redacted: String, count: Int) {
    var finding = SampleReport.token
    finding.secret?.redacted = redacted
    finding.excerpt = [.init(number: 2, text: line)]
    let lines = ExcerptText(finding, options: options).text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last == "        │              \(String(repeating: "^", count: count))")
  }

  @Test func `a long place that the excerpt does not end is said to go on`() {
    var finding = SampleReport.clusterRemoved
    finding.location?.span.endLine = 40
    #expect(ExcerptText(finding, options: options).text.hasSuffix("  -   4 │   name: stage\n      ⋮ │\n"))
  }

  @Test func `every verdict has a sentence`() {
    for verdict in Verdict.allCases { #expect(VerdictSentence.of(verdict.rawValue) != verdict.rawValue) }
  }

  @Test func `diagnostics are one line with level, path and commit`() {
    let commit = String(repeating: "e", count: 40)
    let diagnostic = Diagnostic(.error, "the blob\nis missing", path: "a\u{1B}b", commit: commit)
    #expect(
      DiagnosticText.of(diagnostic, isColoured: false)
        == #"error: a\x1bb in commit eeeeeeeeee: the blob\nis missing"#)
  }

  @Test(arguments: [
    (0.0, "0.00 s"), (0.0421, "0.04 s"), (12.34, "12.3 s"), (99.96, "1 min 40 s"), (125, "2 min 05 s"),
    (.nan, "0.00 s"), (-1, "0.00 s"),
  ])
  func `durations are for people`(seconds: Double, shown: String) {
    #expect(Decimal.duration(seconds) == shown)
  }
}
