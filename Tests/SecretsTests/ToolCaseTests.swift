import Testing

@testable import Secrets

/// Forms in which tools and repositories keep credentials, and what looks like them: each case counts.
@Suite struct ToolCaseTests {
  @Test func `what tools keep is found where it stands`() throws {
    let scanner = try SecretScanner()
    for one in ToolPositives.cases + FleetCases.positives {
      let matches = scanner.scan(one.bytes, context: ScanContext(path: one.path.utf8)).matches
      #expect(matches.contains { match in one.secret.map { $0.overlaps(match.range) } ?? false }, "\(one.name)")
    }
  }

  @Test func `what only looks like it is passed over`() throws {
    let scanner = try SecretScanner()
    for one in ToolNegatives.cases + FleetCases.negatives {
      let matches = scanner.scan(one.bytes, context: ScanContext(path: one.path.utf8)).matches
      #expect(matches.isEmpty, "\(matches.map(\.type.id)) in \(one.name)")
    }
  }
}
