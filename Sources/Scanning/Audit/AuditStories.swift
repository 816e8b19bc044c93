internal import Flux
internal import Git
internal import Policy

/// Joins what was seen commit by commit into findings that are told once.
struct AuditStories {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  /// What could not be looked up.
  private(set) var diagnostics: [Diagnostic] = []

  init(plan: AuditPlan, logs: [ChangeLog], facts: BlobFacts, scanner: Scanner) {
    self.plan = plan
    self.logs = logs
    self.facts = facts
    self.scanner = scanner
  }

  /// All findings: edits under the commit that made them, each secret once with its first and last appearance.
  mutating func joined(_ judged: [JudgedCommit]) throws(ScanError) -> [Finding] {
    var secrets = try SecretStories(plan: plan, logs: logs, facts: facts, scanner: scanner)
    let found = try secrets.findings()
    diagnostics += secrets.diagnostics
    var byCommit = Dictionary(grouping: found, by: { $0.commit?.id ?? "" })
    var result: [Finding] = []
    for commit in judged where plan.selected[commit.commit] {
      let id = plan.history.commits[commit.commit].id.hex
      result += scanner.engine.settled(commit.findings + (byCommit.removeValue(forKey: id) ?? []))
    }
    result += byCommit.values.joined()
    return onceEach(result)
  }

  /// The same edit on a branch beside `HEAD`'s history, such as a pull request that was squashed, is told once.
  private func onceEach(_ findings: [Finding]) -> [Finding] {
    let onHead = findings.filter(isOnHead)
    var told = Set(onHead.map(key))
    return onHead + findings.filter { !isOnHead($0) && told.insert(key($0)).inserted }
  }

  private func isOnHead(_ finding: Finding) -> Bool {
    finding.commit.flatMap { ObjectID(hex: $0.id) }.map { plan.onHead.contains($0) } ?? true
  }

  private func key(_ finding: Finding) -> String { "\(finding.fingerprint) \(finding.before ?? "")" }
}
