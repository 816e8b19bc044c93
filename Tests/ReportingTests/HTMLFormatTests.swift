import Foundation
import Policy
import Testing

@testable import Reporting

@Suite struct `the HTML report` {
  private let options = RenderOptions(toolVersion: "0.1.0")

  private func render(_ report: Report) -> String {
    OutputFormat.html.render(report, rules: [SampleReport.rule], options: options)
  }

  @Test func `an audit looks as it looked`() throws {
    // The style sheet and the script are read better where they are written.
    let page = render(SampleAudit.report).replacing(#/(?s)<style>.*?<\/style>|<script>.*?<\/script>/#, with: "")
      .replacing(#/'sha256-[^']*'/#, with: "'sha256-…'")
    try Golden.compare(page, with: "audit.html")
  }

  @Test func `the policy lets nothing through but the page's own style sheet and script`() throws {
    let page = render(SampleAudit.report)
    let policy = try #require(page.firstMatch(of: #/Content-Security-Policy" content="([^"]*)"/#)).1
    let parts = policy.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(parts.first == "default-src 'none'")
    #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
    #expect(
      Set(parts.compactMap { $0.split(separator: " ").first }) == [
        "default-src", "style-src", "script-src", "base-uri", "form-action",
      ])
    #expect(page.matches(of: #/ style=| on[a-z]+=|javascript:|<link|<img|<iframe|@import|url\((?!#)/#).isEmpty)
  }

  @Test func `a run that could not read everything says so before any number`() throws {
    let page = render(SampleReport.failed)
    let remark = try #require(page.range(of: "This run is not complete."))
    let number = try #require(page.range(of: "class=\"tile"))
    #expect(remark.lowerBound < number.lowerBound)
    #expect(page.contains("<section id=\"unread\">") && page.contains("fetch it with git fetch"))
    #expect(!page.contains("Everything"))
  }

  @Test func `a clean run says that everything was read`() {
    let page = render(SampleReport.clean)
    #expect(page.contains("<b>Nothing found.</b> Everything that was to be read was read."))
    #expect(!page.contains("<table") && !page.contains("<svg class=\"life\""))
  }

  @Test func `check and review have the table without charts`() {
    let page = render(SampleReport.review)
    #expect(page.contains("<h1>fleet</h1>") && page.contains("Review of a change"))
    #expect(!page.contains("id=\"clusters\"") && page.contains("workers-all-zero"))
  }

  @Test func `links to findings and rules lead to places of the page, each there once`() {
    let page = render(SampleAudit.report)
    let places = page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
    #expect(Set(places).count == places.count)
    for link in page.matches(of: #/href="#([^"]+)"/#) where !link.1.contains("=") {
      #expect(places.contains(String(link.1)), "\(link.1)")
    }
    #expect(places.contains { $0.hasPrefix("f-") } && page.contains("class=\"marks\""))
  }

  @Test func `many references are counted, and a few shown`() {
    let page = render(SampleAudit.report)
    #expect(page.contains("in 31 refs, such as <span class=\"path\">main</span>"))
    #expect(page.contains("<summary>31 refs</summary>") && page.contains("<li>and 11 more</li>"))
    #expect(page.contains("refs/pull/20/head") && !page.contains("refs/pull/27/head"))
  }

  @Test func `a hostile repository adds no element and no attribute`() {
    func tags(_ page: String) -> [String: Int] {
      Dictionary(page.matches(of: #/<([a-z!\/][a-z0-9]*)/#).map { (String($0.1), 1) }, uniquingKeysWith: +)
    }
    var tame = HostileReport.report
    tame.record = HostileReport.record("text/text")
    var hostile = HostileReport.report
    hostile.record = HostileReport.record(HostileReport.text)
    for index in tame.findings.indices { tame.findings[index].calm() }
    tame.repository = "text/text"
    for index in tame.diagnostics.indices {
      tame.diagnostics[index] = Diagnostic(
        tame.diagnostics[index].level, "text/text", path: "text/text", commit: "text/text")
    }
    #expect(tags(render(hostile)) == tags(render(tame)))
  }

  @Test func `dates are read as commits have them`() {
    #expect(CivilDate.seconds(of: "2026-01-05T09:00:00Z") == SampleAudit.start)
    #expect(CivilDate.seconds(of: "2026-01-05T10:30:00+01:30") == SampleAudit.start)
    #expect(CivilDate.seconds(of: "2026-01-05T05:00:00-04:00") == SampleAudit.start)
    for text in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-01-05", HostileReport.text] {
      #expect(CivilDate.seconds(of: text) == nil)
    }
    for seconds: Int64 in [-62_135_596_800, -1, 0, 951_782_400, 4_102_444_800] {
      let date = CivilDate(seconds: seconds)
      #expect(date.seconds <= seconds && seconds < date.seconds + 86_400)
    }
  }

  @Test(arguments: [0, 1, 3, 40, 200, 900, 4000, 20_000])
  func `an axis has a few ticks in order, whatever its length in days`(days: Int64) {
    let axis = TimeAxis(SampleAudit.start...SampleAudit.start + days * SampleAudit.day)
    #expect(axis.ticks.count <= 10)
    #expect(days < 3 || axis.ticks.count >= 2)
    #expect(axis.ticks.map(\.position) == axis.ticks.map(\.position).sorted())
    #expect(axis.position(SampleAudit.start) > 0 && axis.position(axis.end) == 100)
    #expect(axis.position(.min) == 0 && axis.position(.max) == 100)
  }
}

extension Finding {
  /// Plain words in place of all texts.
  fileprivate mutating func calm() {
    message = "text/text"
    subject = .init(apiVersion: "text/text", kind: "text/text", namespace: "text/text", name: "text/text")
    before = "text/text"
    after = "text/text"
    location?.path = "text/text"
    for index in related.indices { related[index].path = "text/text" }
    commit = .init(
      id: "text/text", authorName: "text/text", authorEmail: "text/text", date: "text/text", summary: "text/text")
    secret = .init(type: "text/text", redacted: "text/text", checksumIsValid: false, decodedFrom: ["text/text"])
    exposure = .init(
      introduced: "text/text", introducedAt: "text/text", removed: "text/text", removedAt: "text/text", days: 1,
      isLive: true,
      refs: ["text/text", "text/text"])
    why = "text/text"
    remediation = "text/text"
    references = ["text/text", "https://example.com/docs"]
    excerpt = [.init(number: 1, text: "text/text"), .init(number: 2, text: "text/text")]
    if suppression != nil {
      suppression = .init(kind: .comment, reason: "text/text", owner: "text/text", until: "text/text")
    }
  }
}
