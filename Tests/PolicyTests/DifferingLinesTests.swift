import Testing

@testable import Policy

/// Where two texts differ, in whole lines.
@Suite struct DifferingLinesTests {
  @Test(arguments: [
    ("a\nb\nc\n", "a\nx\nc\n", "b\n", "x\n"), ("a\nb\n", "a\nb\nc\n", "", "c\n"), ("", "a\n", "", "a\n"),
    ("a\na\na\n", "a\na\n", "a\n", ""), ("a: 10\n", "a: 20\n", "a: 10\n", "a: 20\n"),
    ("a\nb", "a\nb\n", "b", "b\n"),
  ])
  func `the middle is what lies between equal lines`(old: String, new: String, left: String, right: String) {
    let middle = DifferingLines.middle(Array(old.utf8), Array(new.utf8))
    #expect(String(decoding: middle.old, as: UTF8.self) == left)
    #expect(String(decoding: middle.new, as: UTF8.self) == right)
  }

  @Test func `whatever is edited, the lines around the middle are the same on both sides and whole`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      func text(_ length: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: length, using: &random)).map { _ in UInt8.random(in: 8...11, using: &random) }
      }
      let (start, end) = (text(0...20), text(0...20))
      let (old, new) = (start + text(0...12) + end, start + text(0...12) + end)
      let middle = DifferingLines.middle(old, new)
      let first = middle.old.startIndex
      #expect(first == middle.new.startIndex && old[..<first] == new[..<first], "\(old) \(new)")
      #expect(Array(old[middle.old.endIndex...]) == Array(new[middle.new.endIndex...]), "\(old) \(new)")
      #expect(first == 0 || old[first - 1] == 0x0A, "\(old) \(new)")
      for (text, part) in [(old, middle.old), (new, middle.new)] where part.endIndex < text.count && part.endIndex > 0 {
        #expect(text[part.endIndex - 1] == 0x0A, "\(old) \(new)")
      }
    }
  }

  @Test func `lines that only moved do not differ`() {
    let lines = DifferingLines.of(Array("a\nb\nc\nd\n".utf8)[...], Array("c\nb\nx\na\n".utf8)[...])
    #expect(Set(lines.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }) == ["d", "x"])
  }
}
