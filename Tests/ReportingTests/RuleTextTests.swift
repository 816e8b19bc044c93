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

  @Test func `the page looks as it looked`() throws {
    try Golden.compare(RulePage.text(rules), with: "rules.md")
  }

  @Test func `texts do not depend on the order of the catalogue`() {
    #expect(RuleText.list(rules.reversed()) == RuleText.list(rules))
    #expect(RuleText.json(rules.reversed()) == RuleText.json(rules))
    #expect(RulePage.text(rules.reversed()) == RulePage.text(rules))
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
