import Flux
import Manifests
import Policy
import Testing

@testable import Reporting

@Suite struct `plan output` {
  private func report(_ before: [String: String], _ after: [String: String]) -> Report {
    let builder = AppliedStateBuilder()
    let (old, new) = (FlatTree(texts: before), FlatTree(texts: after))
    let base = builder.state(of: old)
    let head = builder.state(of: new, live: base)
    var report = Report(command: "plan", repository: "r")
    let changes = builder.changes(from: base, in: old, to: head, in: new)
    report.plan = Plan(changes, before: base, after: head) { value, _ in value }
    report.headline = report.plan?.headline
    return report
  }

  private func render(_ format: OutputFormat, _ report: Report) -> String {
    format.render(report, options: RenderOptions(toolVersion: "0.1.0"))
  }

  private static let sync = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {path: ./c, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
    """

  private static func map(_ name: String, _ value: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"\(name)\", namespace: d}\ndata: {k: \"\(value)\"}\n"
  }

  @Test func `no name and no value steers a terminal or a page`() {
    let name = #"x\e[2J</summary>```@all"#
    let value = #"\u202e```\n# heading\r<script>"#
    let report = report(
      ["c/sync.yaml": Self.sync, "c/a.yaml": Self.map(name, "1"), "c/b.yaml": Self.map("b", "1")],
      ["c/sync.yaml": Self.sync, "c/b.yaml": Self.map("b", value)])
    for format in [OutputFormat.text, .json, .jsonl, .markdown] {
      let text = render(format, report)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUnprintable }, "\(format)")
    }
    let page = render(.markdown, report)
    #expect(page.contains("\n````diff\n"))
    #expect(page.split(separator: "\n").filter { $0.hasPrefix("#") }.allSatisfy { $0.hasPrefix("###") })
  }

  @Test func `a line of text has at most 80 cells, but for a name that is longer`() {
    let long = String(repeating: "word ", count: 60)
    let report = report(
      ["c/sync.yaml": Self.sync, "c/b.yaml": Self.map("b", "1")],
      ["c/sync.yaml": Self.sync, "c/b.yaml": Self.map("b", long), "c/c.yaml": Self.map("c", "2")])
    let lines = render(.text, report).split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    #expect(lines.contains("    + ConfigMap d/c"))
  }

  @Test func `objects that change alike are told once`() {
    var before = ["c/sync.yaml": Self.sync]
    var after = before
    for name in ["a", "b", "c"] {
      before["c/\(name).yaml"] = Self.map(name, "1")
      after["c/\(name).yaml"] = Self.map(name, "2")
    }
    #expect(
      render(.text, report(before, after)).hasSuffix(
        "    ~ ConfigMap d/a\n    ~ ConfigMap d/b\n    ~ ConfigMap d/c\n        ~ data.k: 1 → 2\n"))
  }

  @Test func `a comment stays below what forges accept`() {
    var before = ["c/sync.yaml": Self.sync]
    for number in 0..<3000 { before["c/\(number).yaml"] = Self.map("map-with-a-long-name-\(number)", "1") }
    let page = render(.markdown, report(before, ["c/sync.yaml": Self.sync]))
    #expect(page.utf8.count < 65_536)
    #expect(page.contains("more lines") || page.contains("would not fit here"))
  }

  @Test func `of long texts only the lines that differ are shown`() {
    let text = (0..<50).map { "line \($0)" }
    let other = text.map { $0 == "line 7" ? "line seven" : $0 } + ["more"]
    let field = Plan.Field(
      path: "data.k", before: text.joined(separator: "\n"), after: other.joined(separator: "\n"))
    #expect(
      FieldLines(field).lines(width: 70).map { $0.sign.rawValue + $0.text } == [
        "~data.k:", "-  line 7", "+  line seven", "+  more",
      ])
  }
}
