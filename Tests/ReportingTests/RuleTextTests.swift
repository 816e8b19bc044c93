import Foundation
import Policy
import Testing

@testable import Reporting

@Suite struct `the catalogue's texts` {
  private let rules = [
    SampleReport.rule, RuleInfo("a-low-one", .low, .scale, summary: "Low.", why: "", remediation: ""),
    RuleInfo("workload-cluster-removed", .critical, .lifecycle, summary: "A cluster leaves.", why: "", remediation: ""),
  ]

  @Test func `an explanation looks as it looked`() throws {
    try Golden.compare(RuleText.explanation(of: SampleReport.rule), with: "explain.txt")
  }

  @Test func `the list looks as it looked`() throws {
    try Golden.compare(RuleText.list(rules), with: "rules.txt")
  }

  @Test func `the pages look as they looked`() throws {
    let page = RulePage(
      rules + [RuleInfo("a-key", .high, .secret, summary: "Key.", why: "", remediation: "")], credentials: ["a-key"])
    try Golden.compare(page.index, with: "rules.md")
    try Golden.compare(page.page(of: SampleReport.rule.category), with: "rules-category.md")
  }

  @Test func `a rule that stands on another page is linked there`() {
    let other = RuleInfo("b", .low, .flux, summary: "B.", why: "", remediation: "", supersedes: ["a-low-one", "gone"])
    #expect(
      RulePage(rules + [other]).page(of: .flux).contains("Speaks instead of [`a-low-one`](scale.md#a-low-one), `gone`.")
    )
  }

  @Test func `texts do not depend on the order of the catalogue`() {
    #expect(RuleText.list(rules.reversed()) == RuleText.list(rules))
    #expect(RuleText.json(rules.reversed()) == RuleText.json(rules))
    #expect(RulePage(rules.reversed()).index == RulePage(rules).index)
    #expect(RulePage(rules.reversed()).page(of: .scale) == RulePage(rules).page(of: .scale))
  }

  @Test func `the list as json has the contract's keys`() throws {
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(RuleText.json(rules).utf8)) as? [[String: Any]])
    #expect(list.count == 3)
    for rule in list {
      #expect(Set(rule.keys) == ["id", "severity", "category", "summary", "remediation", "references"])
    }
    #expect(list.first?["id"] as? String == "workload-cluster-removed")
  }

  @Test func `marks become places and leave the text`() {
    let marked = MarkedLines("a: ⟦1⟧\nb: ⟦2\nc⟧: 3\n")
    #expect(marked.lines == ["a: 1", "b: 2", "c: 3"])
    #expect(marked.flagged == [0: 3..<4, 1: 3..<4, 2: 0..<1])
  }

  @Test func `lines far from a difference are left out`() {
    let before = (1...20).map { "line\($0)" }.joined(separator: "\n")
    let diff = ExampleDiff(Example("t", before: before, after: before.replacing("line10\n", with: "⟦line X⟧\n")))
    let parts = diff.files.first?.parts ?? []
    #expect(parts.count { $0 == .gap } == 2)
    #expect(parts.count == 10)
    #expect(diff.isReported)
    #expect(!ExampleDiff(Example("t", before: before, after: before)).isReported)
  }
}
