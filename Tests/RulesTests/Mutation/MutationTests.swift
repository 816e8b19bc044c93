import Policy
import Testing

/// Thousands of edits, made by machine, of valid clusters of every provider; each verdict is known beforehand.
@Suite struct MutationTests {
  /// Which clusters a row is tried on.
  enum Role: CaseIterable {
    case management, workload
  }

  /// An edit and the rules that must speak of it; no others may.
  struct Row: Sendable {
    let expected: [String]
    let edits: [String]
    /// Edits made on both sides beforehand.
    let given: [String]
    let providers: [Fleet.Provider]
    let roles: [Role]

    init(
      _ expected: String, _ edits: [String], given: [String] = [],
      on providers: [Fleet.Provider] = Fleet.Provider.allCases,
      roles: [Role] = Role.allCases
    ) {
      self.expected = expected.split(separator: " ").map(String.init).sorted()
      self.edits = edits
      self.given = given
      self.providers = providers
      self.roles = roles
    }
  }

  /// Before and after are written in these ways.
  static let renderings: [(Rendering, Rendering)] = [
    (.block, .block), (.reordered, .flow), (.split, .block), (.flow, .list), (.list, .reordered),
  ]

  /// Two of the ways for each edit, so that all come up in turn.
  static func renderings(for number: Int) -> [(Rendering, Rendering)] {
    [renderings[number % renderings.count], renderings[(number + 2) % renderings.count]]
  }

  struct Outcome: CustomStringConvertible {
    let row: Row
    let provider: Fleet.Provider
    let role: Role
    let rendering: (Rendering, Rendering)
    let said: [String]
    var description: String {
      "\(row.edits) on \(provider) \(role) \(rendering): said \(said), expected \(row.expected)"
    }
  }

  private func outcomes(_ rows: [Row]) -> [Outcome] {
    rows.enumerated().flatMap { number, row in
      row.providers.enumerated().flatMap { index, provider in
        row.roles.flatMap { role in
          MutationTests.renderings(for: number + index).map { rendering in judge(row, provider, role, rendering) }
        }
      }
    }
  }

  private func judge(_ row: Row, _ provider: Fleet.Provider, _ role: Role, _ rendering: (Rendering, Rendering))
    -> Outcome
  {
    var before = Fleet(provider, isManagement: role == .management)
    for edit in row.given { before.make(edit) }
    var after = before
    for edit in row.edits { after.make(edit) }
    let judgement = Judgement(before: rendering.0.files(before.objects), after: rendering.1.files(after.objects))
    return Outcome(
      row: row, provider: provider, role: role, rendering: rendering, said: Set(judgement.rules).sorted())
  }

  static let tables: [(name: String, rows: [Row])] = [
    ("scale", MutationRows.scale), ("lifecycle", MutationRows.lifecycle), ("versions", MutationRows.versions),
    ("admission", MutationRows.admission), ("supply", MutationRows.supply), ("access", MutationRows.access),
    ("hardening", MutationRows.hardening), ("quiet", MutationRows.quiet),
  ]

  @Test(arguments: tables.map(\.name))
  func `every edit of a generated fleet is judged rightly`(table: String) throws {
    let rows = try #require(MutationTests.tables.first { $0.name == table }).rows
    for outcome in outcomes(rows) where outcome.said != outcome.row.expected { Issue.record("\(outcome)") }
  }

  @Test func `more than two thousand edits are tried`() {
    let count = MutationTests.tables.flatMap(\.rows).reduce(0) { sum, row in
      sum + row.providers.count * row.roles.count * 2
    }
    #expect(count >= 2000, "\(count)")
  }

  @Test func `a new cluster of every provider is refused for nothing`() {
    for provider in Fleet.Provider.allCases {
      for role in Role.allCases {
        for rendering in Rendering.allCases {
          let fleet = Fleet(provider, isManagement: role == .management)
          let findings = Judgement(before: [:], after: rendering.files(fleet.objects)).findings
          #expect(findings.map(\.rule).isEmpty, "\(provider) \(role) \(rendering)")
        }
      }
    }
  }
}
