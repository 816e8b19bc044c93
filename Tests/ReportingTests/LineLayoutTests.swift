import Testing

@testable import Reporting

@Suite struct `a line of a file on the terminal` {
  @Test func `the underline starts at the cell of the byte column`() {
    let layout = LineLayout("name: é漢x", flagged: 11..<12, width: 70)
    #expect(layout.text == "name: é漢x")
    #expect(layout.underlineStart == 9)
    #expect(layout.underlineLength == 1)
  }

  @Test func `wide characters are underlined twice`() {
    let layout = LineLayout("漢字", flagged: 0..<6, width: 70)
    #expect(layout.underlineLength == 4)
  }

  @Test func `tabs are spaces up to the next stop`() {
    let layout = LineLayout("a\tb", flagged: 2..<3, width: 70)
    #expect(layout.text == "a   b")
    #expect(layout.underlineStart == 4)
  }

  @Test func `control characters are spelled out and counted`() {
    let layout = LineLayout("\u{1B}[31mx\r\n", flagged: 5..<6, width: 70)
    #expect(layout.text == #"\x1b[31mx"#)
    #expect(layout.underlineStart == 8)
  }

  @Test func `columns behind the line's end are at its end`() {
    let layout = LineLayout("ab", flagged: 7..<900, width: 70)
    #expect(layout.underlineStart == 2)
    #expect(layout.underlineLength == 1)
  }

  @Test func `a long line is cut around the flagged part`() {
    let line = String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000)
    let layout = LineLayout(line, flagged: 5000..<5004, width: 40)
    let shown = Array(layout.text)
    #expect(shown.count == 40)
    #expect(shown.first == "…" && shown.last == "…")
    let start = layout.underlineStart
    #expect(String(shown[start..<(start + layout.underlineLength)]) == "HERE")
  }

  @Test func `a long flagged part is underlined as far as it is shown`() {
    let layout = LineLayout(String(repeating: "x", count: 5000), flagged: 10..<4000, width: 40)
    #expect(layout.underlineStart + layout.underlineLength <= 40)
  }

  @Test func `a line that just fits is not cut`() {
    let layout = LineLayout(String(repeating: "x", count: 40), flagged: 39..<40, width: 40)
    #expect(layout.text == String(repeating: "x", count: 40))
    #expect(layout.underlineStart == 39)
  }
}

@Suite struct `wrapping` {
  @Test func `breaks at spaces and keeps long words whole`() {
    #expect(DisplayWidth.wrapped("aa bb cccccccccc dd", width: 8) == ["aa bb", "cccccccccc", "dd"])
  }

  @Test func `cuts long words when told to`() {
    #expect(DisplayWidth.wrapped("aa cccccccccc dd", width: 8, breakingWords: true) == ["aa", "cccccccc", "cc dd"])
  }

  @Test func `unprintable scalars are spelled out`() {
    let text = "a\u{0}\u{7F}\u{85}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{2028}\u{E0001}\n\tz"
    #expect(text.printable == #"a\x00\x7f\x85\u202e\u2066\u200b\ufeff\u2028\U000e0001\n\tz"#)
    #expect("👩‍👩‍👧 Nováková 漢字".printable == "👩‍👩‍👧 Nováková 漢字")
  }
}
