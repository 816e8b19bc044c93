import Manifests
import Testing

@Suite struct YAMLStreamTests {
  private func parse(_ text: String, _ budget: YAMLBudget = YAMLBudget()) -> YAMLStream {
    YAMLStream.parse(Array(text.utf8), budget: budget)
  }

  private func root(_ text: String) throws -> Node { try #require(parse(text).documents.first?.root) }

  @Test func `keys and values know their line and column`() throws {
    let node = try root("spec:\n  count: 3\n")
    let entry = try #require(node["spec"]?.entry("count"))
    #expect(entry.key.span == Span(startLine: 2, startColumn: 3, endLine: 2, endColumn: 8))
    #expect(entry.value.span == Span(startLine: 2, startColumn: 10, endLine: 2, endColumn: 11))
  }

  @Test(arguments: ["a: é\nb: [ß, 1]\n", "a: é\r\nb: [ß, 1]\r\n", "\u{FEFF}a: é\nb: [ß, 1]\n"])
  func `columns count bytes and lines are those of an editor`(text: String) throws {
    let item = try #require(root(text)["b"]?.items.last)
    #expect(item.span.startLine == 2)
    #expect(item.span.startColumn == 9)
  }

  @Test func `a separator of YAML 1_1 does not move the lines below it`() throws {
    let node = try root("a: \"x\u{2028}y\"\nb: 1\n")
    #expect(node["b"]?.span.startLine == 2)
  }

  @Test func `several documents are read, empty and comment-only ones too`() {
    let stream = parse("---\na: 1\n---\n# nothing\n---\n---\nb: 2\n---\n")
    #expect(stream.documents.map { $0.root != nil } == [true, false, false, true, false])
    #expect(stream.problem == nil)
  }

  @Test func `anchors and merge keys are expanded and explicit keys win`() throws {
    let node = try root("x: &x {a: 1, b: 2}\ny: &y {b: 5, c: 3}\nz:\n  <<: [*x, *y]\n  a: 9\nw: *x\n")
    #expect(node["z", "a"]?.int == 9)
    #expect(node["z", "b"]?.int == 2)
    #expect(node["z", "c"]?.int == 3)
    #expect(node["w", "b"]?.int == 2)
  }

  @Test func `an alias does not reach into the next document`() {
    let stream = parse("a: &x 1\n---\nb: *x\n")
    #expect(stream.problem?.kind == .undefinedAlias)
    #expect(stream.documents.count == 1)
  }

  @Test func `a key that stands twice is a problem and the last one wins`() throws {
    let stream = parse("a: 1\nb: 2\na: 3\n")
    #expect(stream.firstProblem?.kind == .duplicateKey)
    #expect(stream.firstProblem?.span.startLine == 3)
    #expect(stream.documents.first?.root?["a"]?.int == 3)
  }

  @Test func `documents before a syntax error are kept and the reason repeats no text`() {
    let stream = parse("a: 1\n---\nb: [hunter2\nc: }\n")
    #expect(stream.documents.count == 1)
    #expect(stream.problem?.kind == .syntax)
    #expect(stream.problem?.reason.contains("hunter2") == false)
  }

  @Test func `six lines of aliases do not become a million nodes`() {
    var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for (name, previous) in zip("bcdefgh", "abcdefg") {
      text += "\(name): &\(name) [" + Array(repeating: "*\(previous)", count: 10).joined(separator: ",") + "]\n"
    }
    #expect(parse(text).problem?.kind == .overBudget)
  }

  @Test func `deep nesting ends at the budget, not at the stack`() {
    #expect(parse(String(repeating: "[", count: 100_000)).problem?.kind == .overBudget)
  }

  @Test func `a mapping of many keys is read in linear time`() throws {
    let text = (0..<60_000).map { "key\($0): \($0)\n" }.joined()
    #expect(try root(text).entries.count == 60_000)
  }

  @Test func `JSON is read as YAML`() throws {
    let node = try root("{\n\t\"kind\": \"Cluster\",\n\t\"n\": [1, true, null, \"1\"]\n}\n")
    let items = try #require(node["n"]?.items)
    #expect(items.map(\.meaning) == [.int(1), .bool(true), .null, .string])
  }

  @Test func `a block scalar keeps its lines`() throws {
    #expect(try root("a: |\n  x\n  y\nb: >-\n  x\n  y\n")["a"]?.text == "x\ny\n")
    #expect(try root("a: |\n  x\n  y\nb: >-\n  x\n  y\n")["b"]?.text == "x y")
  }
}

@Suite struct ScalarTests {
  @Test(arguments: [
    ("1.30", Scalar.Meaning.float(1.3)), ("3", .int(3)), ("0x1F", .int(31)), ("010", .int(8)), ("0o10", .int(8)),
    ("0b11", .int(3)), ("1_0", .int(10)), ("-5", .int(-5)), ("1e3", .float(1000)), (".5", .float(0.5)),
    ("true", .bool(true)), ("True", .bool(true)), ("yes", .string), ("on", .string), ("y", .string), ("~", .null),
    ("", .null), ("null", .null), ("12:30", .string), ("2026-11-20", .timestamp), ("1.2.3", .string), ("v1", .string),
    ("-", .string), (".", .string), ("1.", .float(1)), ("08", .int(8)), ("+7", .int(7)), ("0x", .string),
  ])
  func `plain text means what kustomize takes it for`(text: String, meaning: Scalar.Meaning) {
    #expect(Scalar(text).meaning == meaning)
  }

  @Test func `quoted text is a string`() {
    #expect(Scalar("1.30", style: .doubleQuoted).meaning == .string)
    #expect(Scalar("true", style: .literal).meaning == .string)
    #expect(Scalar("3", tag: .string).meaning == .string)
  }

  @Test func `a whole float counts as an integer`() {
    #expect(Node(.scalar(Scalar("3.0"))).int == 3)
    #expect(Node(.scalar(Scalar("3.5"))).int == nil)
  }
}
