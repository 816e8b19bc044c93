internal import Flux
internal import Git
internal import Policy

/// Joins what was seen commit by commit into findings that are told once.
struct AuditStories {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  private let ownership: Background<HeadOwnership, ScanError>
  /// What could not be looked up.
  private(set) var diagnostics: [Diagnostic] = []

  init(
    plan: AuditPlan, logs: [ChangeLog], facts: BlobFacts, scanner: Scanner,
    ownership: Background<HeadOwnership, ScanError>
  ) {
    self.plan = plan
    self.logs = logs
    self.facts = facts
    self.scanner = scanner
    self.ownership = ownership
  }

  /// All findings: edits under the commit that made them, each secret once with its first and last appearance.
  ///
  /// - Parameter known: what earlier audits learned, and this one adds.
  mutating func joined(_ judged: [JudgedCommit], _ known: inout KnownHistory) throws(ScanError) -> [Finding] {
    let copy = self
    let process = Background { () throws(ScanError) in try copy.processFindings() }
    var secrets = try SecretStories(plan: plan, logs: logs, facts: facts, scanner: scanner)
    let found = try secrets.findings(&known)
    diagnostics += secrets.diagnostics
    var byCommit = Dictionary(grouping: found, by: { $0.commit?.id ?? "" })
    var result: [Finding] = []
    for commit in judged where plan.selected[commit.commit] {
      let id = plan.history.commits[commit.commit].id.hex
      result += scanner.engine.settled(commit.findings + (byCommit.removeValue(forKey: id) ?? []))
    }
    // Of commits about which no rule has a word.
    for finding in found {
      guard let id = finding.commit?.id else {
        result.append(finding)
        continue
      }
      result += scanner.engine.settled(byCommit.removeValue(forKey: id) ?? [])
    }
    let (told, unread) = try process.value()
    let owned = try ownership.value()
    diagnostics += unread + owned.diagnostics
    return onceEach(result) + told + owned.findings
  }

  /// What the history tells of its clusters, and, in a history with clusters, how long what each finding tells stood.
  mutating func record(for findings: inout [Finding]) throws(ScanError) -> AuditRecord {
    let repository = try scanner.openRepository()
    var record = AuditRecord()
    var line: HeadLine?
    do throws(GitError) {
      let head = facts.holdsClusters ? try repository.head().commit : nil
      line = head.map { HeadLine(to: $0, in: plan.history) }
      let lines = ClusterLines(plan: plan, logs: logs, facts: facts, repository: repository)
      record = try lines.record(for: findings, line: line)
    } catch {
      diagnostics.append(Diagnostic(error))
    }
    if let line {
      diagnostics += try ChangeStories(plan: plan, logs: logs, line: line, scanner: scanner).tell(&findings)
    }
    return record
  }

  /// What the history as a whole tells.
  private func processFindings() throws(ScanError) -> (findings: [Finding], diagnostics: [Diagnostic]) {
    let repository = try scanner.openRepository()
    let infos = scanner.engine.infos
    do throws(GitError) {
      var found = try ClusterHistory(plan: plan, logs: logs, facts: facts, repository: repository, infos: infos)
        .overdue()
      if plan.asksForReviews {
        let history = ReviewHistory(plan: plan, logs: logs, facts: facts, repository: repository, infos: infos)
        found += try history.unreviewed()
      }
      return (found, [])
    } catch {
      return ([], [Diagnostic(error)])
    }
  }

  /// The same edit on a branch beside `HEAD`'s history, such as a pull request that was squashed, is told once. One
  /// that `HEAD`'s history held before the branch left it is another event.
  private func onceEach(_ findings: [Finding]) -> [Finding] {
    var landed: [String: Int] = [:]
    var told: Set<String> = []
    var result: [Finding] = []
    var beside: [(finding: Finding, fork: Int, commit: Int)] = []
    let ids = Set(findings.compactMap { $0.commit.flatMap { ObjectID(hex: $0.id) } })
    var numbers: [ObjectID: Int] = [:]
    for (number, commit) in plan.history.commits.enumerated() where ids.contains(commit.id) {
      numbers[commit.id] = number
    }
    for finding in findings {
      guard let id = finding.commit.flatMap({ ObjectID(hex: $0.id) }), let place = plan.forks.place(of: id) else {
        result.append(finding)
        continue
      }
      guard place.isOnHead else {
        beside.append((finding, place.number, numbers[id] ?? 0))
        continue
      }
      landed[key(finding)] = max(landed[key(finding)] ?? -1, place.number)
      result.append(finding)
    }
    // Of several the first is told.
    let ordered = beside.enumerated().sorted { ($0.element.commit, $0.offset) < ($1.element.commit, $1.offset) }
    for (_, (finding, fork, _)) in ordered where landed[key(finding)].map({ $0 <= fork }) ?? true {
      if told.insert(key(finding)).inserted { result.append(finding) }
    }
    return result
  }

  private func key(_ finding: Finding) -> String { "\(finding.fingerprint) \(finding.before ?? "")" }
}
