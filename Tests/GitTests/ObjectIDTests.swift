import Git
import Testing

struct ObjectIDTests {
  @Test func `an id survives the way to hexadecimal and back`() throws {
    let text = "0123456789abcdef0123456789abcdeffedcba98"
    #expect(try #require(ObjectID(hex: text)).hex == text)
    #expect(ObjectID(hex: text.uppercased())?.hex == text)
  }

  @Test(arguments: ["", "0123", String(repeating: "0", count: 41), String(repeating: "g", count: 40)])
  func `what is not forty hexadecimal digits is no id`(_ text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test func `ids sort as their digits do`() throws {
    let texts = ["00", "0000000000000001", "01", "ff"].map { $0 + String(repeating: "0", count: 40 - $0.count) }
    let more = texts + [String(repeating: "0", count: 39) + "1", String(repeating: "f", count: 40)]
    let ids = try more.map { try #require(ObjectID(hex: $0)) }
    #expect(ids.sorted().map(\.hex) == more.sorted())
  }

  @Test func `the empty tree is known without being stored`() {
    #expect(ObjectID.emptyTree.hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    #expect(ObjectID.zero.hex == String(repeating: "0", count: 40))
  }

  @Test func `a blob's id is the one that Git gives it`() {
    #expect(Repository.id(ofBlob: Array("hello\n".utf8)).hex == "ce013625030ba8dba906f756967f9e9ca394464a")
    #expect(Repository.id(ofBlob: []).hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
  }

  @Test func `control characters in an error are escaped`() {
    let error = GitError(.badRevision("x"), "revision a\u{1b}[31m\nb\u{202e}c")
    #expect(error.description == "revision a\\u{1b}[31m\\u{a}b\\u{202e}c")
  }
}
