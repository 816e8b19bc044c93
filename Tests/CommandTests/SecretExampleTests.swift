import Policy
import Rules
import TestSupport
import Testing

/// The examples of what is told about secrets by names, bytes and places, each as a change in a real repository: the
/// marked places are reported, and no other secret is.
@Suite struct SecretExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: String
    let number: Int
    var testDescription: String { "\(rule) \(number)" }
  }

  static let cases = Catalogue.fileSecrets.flatMap { info in
    info.examples.indices.map { Case(rule: info.id, number: $0) }
  }

  @Test(arguments: cases)
  func `an example is reported at its marked place and nothing else is`(example: Case) throws {
    let info = try #require(Catalogue.fileSecrets.first { $0.id == example.rule })
    let edit = info.examples[example.number]
    let repository = try TestRepository()
    for (path, text) in edit.before { try repository.write(path, MarkedText(text).text) }
    try repository.commit("before")
    for path in edit.before.keys where edit.after[path] == nil { try repository.delete(path) }
    var marks: [String] = []
    for (path, text) in edit.after.sorted(by: { $0.key < $1.key }) {
      let marked = MarkedText(text)
      try repository.write(path, marked.text)
      marks += marked.marks.map { "\(example.rule) \(path):\($0)" }
    }
    try repository.git("add --all")
    let report = try repository.report("check")
    let found = report.findings.map { "\($0["rule"].text ?? "") \($0.place)" }
    #expect(found == marks, "\(edit.title)")
    #expect(report.diagnostics.isEmpty)
  }

  @Test(arguments: Catalogue.fileSecrets.filter { !$0.examples.isEmpty }.map(\.id))
  func `what is told by a place has an example that is reported and one that is not`(id: String) throws {
    let info = try #require(Catalogue.fileSecrets.first { $0.id == id })
    let reported = info.examples.map { example in example.after.values.contains { !MarkedText($0).marks.isEmpty } }
    #expect(Set(reported) == [true, false])
  }

  @Test(arguments: Catalogue.fileSecrets.map(\.id))
  func `it says what it finds, why it matters and what to do`(id: String) throws {
    let info = try #require(Catalogue.fileSecrets.first { $0.id == id })
    for text in [info.summary, info.why, info.remediation] {
      #expect(text.count > 20 && text.hasSuffix("."), "\(text)")
      #expect(!text.contains("  "), "\(text)")
    }
  }
}

/// A text without the marks `⟦` and `⟧`, and the places they marked as `line:column-line:column`.
struct MarkedText {
  var text = ""
  var marks: [String] = []

  init(_ marked: String) {
    var line = 1
    var column = 1
    var start = ""
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦": start = "\(line):\(column)"
      case "⟧": marks.append("\(start)-\(line):\(column)")
      default:
        text.unicodeScalars.append(scalar)
        column = scalar == "\n" ? 1 : column + String(scalar).utf8.count
        if scalar == "\n" { line += 1 }
      }
    }
  }
}

extension JSON {
  /// The place of a finding as `path:line:column-line:column`.
  var place: String {
    let place = self["location"]
    let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map { place[$0].int ?? 0 }
    return "\(place["path"].text ?? ""):\(numbers[0]):\(numbers[1])-\(numbers[2]):\(numbers[3])"
  }
}
