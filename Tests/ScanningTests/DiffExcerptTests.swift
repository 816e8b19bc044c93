import Manifests
import Policy
import Testing

@testable import Scanning

/// What changes around a finding's place.
@Suite struct DiffExcerptTests {
  /// The signs, numbers and texts of the lines; an arrow behind those that are flagged.
  private func lines(
    _ before: String?, _ after: String?, line: UInt32, side: Side = .after, hidden: [Range<Int>] = []
  ) -> [String] {
    let old = before.map { MaskedText(bytes: Array($0.utf8), hidden: []) }
    let new = after.map { MaskedText(bytes: Array($0.utf8), hidden: hidden) }
    let span = Span(startLine: line, startColumn: 1, endLine: line, endColumn: 3)
    return DiffExcerpt(before: old, after: new).lines(around: span, side, before: old, after: new, width: 40).map {
      let sign = $0.sign == .added ? "+" : $0.sign == .removed ? "-" : " "
      return "\(sign)\($0.number) \($0.text)" + ($0.isFlagged ? " <" : "")
    }
  }

  private func numbered(_ range: ClosedRange<Int>) -> String { range.map { "line \($0)\n" }.joined() }

  @Test func `an edited line is shown before and after, with three lines around`() {
    let after = numbered(1...20).replacing("line 10\n", with: "other\n")
    #expect(
      lines(numbered(1...20), after, line: 10) == [
        " 7 line 7", " 8 line 8", " 9 line 9", "-10 line 10", "+10 other <", " 11 line 11", " 12 line 12",
        " 13 line 13",
      ])
  }

  @Test func `a file that comes or goes is shown as far as the place reaches`() {
    #expect(lines(nil, numbered(1...3), line: 2) == ["+1 line 1", "+2 line 2 <", "+3 line 3"])
    #expect(lines(numbered(1...2), nil, line: 1, side: .before) == ["-1 line 1 <", "-2 line 2"])
    #expect(lines(nil, numbered(1...10_000), line: 5000).count == 20)
  }

  @Test func `where nothing changes near the place nothing is shown`() {
    let after = numbered(1...50).replacing("line 2\n", with: "other\n")
    #expect(lines(numbered(1...50), after, line: 40).isEmpty)
    #expect(lines(numbered(1...5), numbered(1...5), line: 2).isEmpty)
    #expect(lines(nil, nil, line: 1).isEmpty)
  }

  @Test func `a value that is hidden is compared and not shown`() {
    let before = "a: 1\npassword: first\n"
    let after = "a: 1\npassword: other\n"
    #expect(lines(before, after, line: 2, hidden: [15..<20]).last == "+2 password: ***** <")
  }

  @Test(.timeLimit(.minutes(1))) func `files that differ everywhere cost nothing`() {
    let (before, after) = (numbered(1...30_000), numbered(40_000...70_000))
    #expect(lines(before, after, line: 5000).isEmpty)
  }

  @Test func `a line without an end and one that is cut are lines`() {
    #expect(lines("a", "a\nb", line: 2) == [" 1 a", "+2 b <"])
    #expect(lines("a", String(repeating: "x", count: 50), line: 1).last == "+1 \(String(repeating: "x", count: 40))… <")
  }
}
