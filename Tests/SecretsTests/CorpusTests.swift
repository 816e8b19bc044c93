import Testing

@testable import Secrets

@Suite struct CorpusTests {
  /// What became of a family's cases.
  struct Tally {
    var cases = 0
    var wrong: [String] = []
    var otherType = 0
  }

  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  @Test func `the corpus has at least four hundred cases of each kind`() {
    #expect(Corpus.positives.count >= 400)
    #expect(Corpus.negatives.count >= 400)
  }

  @Test func `at least 97 percent of the secrets are found`() {
    var tallies: [String: Tally] = [:]
    for one in Corpus.positives {
      let matches = scanner.scan(one.bytes, context: ScanContext(path: one.path.utf8)).matches
      let hits = matches.filter { match in one.secret.map { $0.overlaps(match.range) } ?? false }
      tallies[one.family, default: Tally()].cases += 1
      if hits.isEmpty {
        tallies[one.family]?.wrong.append(one.name)
      } else if !one.types.isEmpty, !hits.contains(where: { one.types.contains($0.type.id) }) {
        tallies[one.family]?.otherType += 1
        tallies[one.family]?.wrong.append("(other type: \(hits.map(\.type.id))) \(one.name)")
      }
    }
    let missed = tallies.values.flatMap(\.wrong).count { !$0.hasPrefix("(other") }
    print(table("recall", tallies))
    #expect(Double(missed) <= 0.03 * Double(Corpus.positives.count), "\(missed) missed")
    #expect(tallies.values.reduce(0) { $0 + $1.otherType } * 50 <= Corpus.positives.count)
  }

  @Test func `at most 1 percent of the harmless texts are called secret`() {
    var tallies: [String: Tally] = [:]
    for one in Corpus.negatives {
      let matches = scanner.scan(one.bytes, context: ScanContext(path: one.path.utf8)).matches
      tallies[one.family, default: Tally()].cases += 1
      if let first = matches.first { tallies[one.family]?.wrong.append("\(first.type.id) in \(one.name)") }
    }
    let alarms = tallies.values.reduce(0) { $0 + $1.wrong.count }
    print(table("false alarms", tallies))
    #expect(Double(alarms) <= 0.01 * Double(Corpus.negatives.count), "\(alarms) false alarms")
  }

  /// A line a family; the names of what went wrong hold no secret, only the start of a template.
  private func table(_ title: String, _ tallies: [String: Tally]) -> String {
    var lines = ["\(title): family, cases, wrong"]
    for (family, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(family): \(tally.cases), \(tally.wrong.count)")
      lines += tally.wrong.map { "    \($0.replacing("\n", with: " "))" }
    }
    return lines.joined(separator: "\n")
  }
}

/// All cases.
enum Corpus {
  static let positives =
    TypedPositives.cases + WrittenPositives.cases + WrappedPositives.cases + FieldPositives.cases
    + FieldTokens.cases + PracticeCases.positives + ToolPositives.cases + FleetCases.positives
  static let negatives =
    KubernetesNegatives.cases + GeneralNegatives.cases + FieldNegatives.cases + FieldNames.cases
    + PracticeCases.negatives + ToolNegatives.cases + FleetCases.negatives
}
