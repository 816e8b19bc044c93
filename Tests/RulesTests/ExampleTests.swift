import Flux
import Manifests
import Policy
import Rules
import Testing

/// Every example of every rule is tried: the marked place and no other is reported, and nothing without a mark.
@Suite struct ExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: String
    let number: Int
    var testDescription: String { "\(rule) \(number)" }
  }

  static let cases = Catalogue.rules.flatMap { rule in
    rule.info.examples.indices.map { Case(rule: rule.info.id, number: $0) }
  }

  @Test(arguments: cases)
  func `an example is reported at its marked place and nowhere else`(example: Case) throws {
    let rule = try #require(Catalogue.rules.first { $0.info.id == example.rule })
    let edit = MarkedExample(rule.info.examples[example.number])
    let findings = judged(edit, by: [rule])
    let places = findings.compactMap(\.location)
    #expect(places == edit.marks, "\(rule.info.examples[example.number].title)")
    #expect(places.count == findings.count)
  }

  @Test(arguments: Catalogue.rules.map(\.info.id))
  func `a rule has an example that it reports`(id: String) throws {
    let rule = try #require(Catalogue.rules.first { $0.info.id == id })
    #expect(rule.info.examples.contains { !MarkedExample($0).marks.isEmpty })
  }

  @Test(arguments: cases)
  func `where the whole catalogue judges an example, the rule or one that supersedes it speaks`(example: Case) throws {
    let rule = try #require(Catalogue.rules.first { $0.info.id == example.rule })
    let edit = MarkedExample(rule.info.examples[example.number])
    guard !edit.marks.isEmpty else { return }
    let superseding = Catalogue.rules.filter { $0.info.supersedes.contains(example.rule) }.map(\.info.id)
    let said = Set(judged(edit, by: Catalogue.rules).map(\.rule))
    #expect(!said.isDisjoint(with: superseding + [example.rule]), "\(said)")
  }

  private func judged(_ edit: MarkedExample, by rules: [any Rule]) -> [Finding] {
    Judgement(before: edit.before, after: edit.after, rules: rules).findings
  }
}

/// An example's texts without their marks, and the marked places.
struct MarkedExample {
  var before: [String: String] = [:]
  var after: [String: String] = [:]
  var marks: [Location] = []

  init(_ example: Example) {
    for (path, text) in example.before.sorted(by: { $0.key < $1.key }) { before[path] = take(text, path, .before) }
    for (path, text) in example.after.sorted(by: { $0.key < $1.key }) { after[path] = take(text, path, .after) }
  }

  private mutating func take(_ text: String, _ path: String, _ side: Side) -> String {
    var clean = ""
    var line: UInt32 = 1
    var column: UInt32 = 1
    var start: (UInt32, UInt32)?
    for scalar in text.unicodeScalars {
      if scalar == "⟦" {
        start = (line, column)
      } else if scalar == "⟧", let from = start {
        let span = Span(startLine: from.0, startColumn: from.1, endLine: line, endColumn: column)
        marks.append(Location(path: path, side: side, span: span))
        start = nil
      } else {
        clean.unicodeScalars.append(scalar)
        if scalar == "\n" {
          line += 1
          column = 1
        } else {
          column += UInt32(String(scalar).utf8.count)
        }
      }
    }
    return clean
  }
}
