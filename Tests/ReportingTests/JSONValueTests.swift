import Testing

@testable import Reporting

@Suite struct JSONValueTests {
  @Test func `texts survive, whatever is in them`() {
    let text = "a\"\\\n\u{0}\u{7f}ü€😀 ‮"
    let value = JSONValue.object(["k": .list([.text(text), .int(3), .null, .flag(true)])])
    #expect(value.encoded.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    #expect(JSONValue(parsing: Array(value.encoded.utf8)) == value)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "nul", "\"\\u12\"", "1 2", "{\"a\":1,}", "[}", "\"\\u12",
    "\"\\u12g4\"", "\"\\", "\"\\x\"", "+1",
    "1e999", "{1: 2}", "{\"a\"", "[1 2]", "\u{FEFF}{}",
  ])
  func `what is no JSON is none`(_ text: String) { #expect(JSONValue(parsing: Array(text.utf8)) == nil) }

  @Test func `deep nesting is refused, lone surrogates are replaced`() {
    #expect(JSONValue(parsing: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    #expect(JSONValue(parsing: Array("\"\\ud83d x\"".utf8)) == .text("\u{FFFD} x"))
  }

  @Test func `what is wrong is told with its line, and without the text`() {
    let bytes = Array("{\n  \"a\": [1,\n  secret]\n}".utf8)
    var parser = JSONParser(bytes)
    let problem = #expect(throws: JSONProblem.self) { _ = try parser.value() }
    #expect(problem?.words(in: bytes) == "line 3: a value is expected")
  }
}
