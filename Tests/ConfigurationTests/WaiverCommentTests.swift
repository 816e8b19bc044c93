import Configuration
import Manifests
import Policy
import Testing

@Suite struct WaiverCommentTests {
  private func only(_ text: String) throws -> WaiverComment {
    let all = WaiverComment.all(in: Array(text.utf8))
    #expect(all.count == 1)
    return try #require(all.first)
  }

  @Test func `a comment tells rule, end, owner and reason`() throws {
    let comment = try only("a: 1 # fluxwarden:allow worker-group-zero until 2027-01-31 by @ops: the lab: is off\n")
    let waiver = try #require(comment.waivers.first)
    #expect(waiver.rule == "worker-group-zero" && waiver.until == "2027-01-31" && waiver.owner == "@ops")
    #expect(waiver.reason == "the lab: is off" && comment.target == 1 && comment.problem == nil)
    #expect(waiver.span.startColumn == 8)
  }

  @Test func `one that stands alone is about the next line that is no comment`() throws {
    #expect(try only("a: 1\n  # fluxwarden:allow x: y\n  # more\n  b: 2\n").target == 4)
  }

  @Test(arguments: [
    "// fluxwarden:allow x: y", "-- fluxwarden:allow x: y", "; fluxwarden:allow x: y", "<!-- fluxwarden:allow x: y -->",
  ])
  func `comments of other languages are read`(_ text: String) throws {
    let waiver = try #require(try only(text).waivers.first)
    #expect(waiver.rule == "x" && waiver.reason == "y")
  }

  @Test(arguments: ["url: a#fluxwarden:allow x: y", "say fluxwarden:allow x: y", "fluxwarden:allow x"])
  func `what is no comment is no waiver`(_ text: String) {
    #expect(WaiverComment.all(in: Array(text.utf8)).isEmpty)
  }

  @Test func `a missing reason, a missing rule and a day that does not exist are noticed`() throws {
    let today = try #require(Day("2026-11-21"))
    #expect(try only("# fluxwarden:allow x\na: 1\n").waivers.first?.holds(on: today) == false)
    #expect(try only("# fluxwarden:allow : why\na: 1\n").problem == "names no rule")
    let wrong = try only("# fluxwarden:allow x until 2027-02-31: why\na: 1\n")
    #expect(wrong.problem != nil && wrong.waivers.first?.holds(on: today) == false)
    #expect(try only("# fluxwarden:allow x until 2026-11-21: why\n").waivers.first?.holds(on: today) == true)
    #expect(try only("# fluxwarden:allow x until 2026-11-20: why\n").waivers.first?.isExpired(on: today) == true)
  }
}
