internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// Follows each credential through a history: who brought it in, where it stood, who took it out, where it still is.
struct SecretStories {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  let repository: Repository
  /// What could not be looked up.
  var diagnostics: [Diagnostic] = []

  private struct Story {
    var finding: Finding
    var introduced: Int
    var removed: Int?
    var blobs: Set<ObjectID> = []

    /// What puts stories in order, the same in every run.
    var order: (Int, String, String, UInt32, UInt32) {
      let place = finding.location
      return (
        introduced, finding.fingerprint, place?.path ?? "", place?.span.startLine ?? 0, place?.span.startColumn ?? 0
      )
    }
  }

  init(plan: AuditPlan, logs: [ChangeLog], facts: BlobFacts, scanner: Scanner) throws(ScanError) {
    self.plan = plan
    self.logs = logs
    self.facts = facts
    self.scanner = scanner
    repository = try scanner.openRepository()
  }

  /// One finding for each credential.
  ///
  /// - Parameter known: what earlier audits learned, and this one adds.
  mutating func findings(_ known: inout KnownHistory) throws(ScanError) -> [Finding] {
    var stories: [String: Story] = [:]
    var wanted = Set(facts.secrets.keys)
    var touching = records(touching: wanted)
    for (log, records) in zip(logs, touching) {
      for record in records { follow(record, path: log.paths[Int(record.path)], &stories) }
      for (commit, secret) in log.messages where plan.selected[commit] {
        guard let finding = scanner.secretFindings.finding(secret, path: nil, source: .message) else { continue }
        let key = key(secret, finding)
        if stories[key] == nil { stories[key] = Story(finding: finding, introduced: commit) }
      }
    }
    let bearers = try nameSecrets(&stories, &known)
    if !bearers.isSubset(of: wanted) {
      wanted.formUnion(bearers)
      touching = records(touching: wanted)
    }
    let told = Set(stories.values.map(\.finding.fingerprint))
    let inTags = try tagSecrets().filter { !told.contains($0.fingerprint) }
    var live = LiveBlobs(
      wanted: wanted, lines: plan.isWhole ? lines(of: wanted, touching) : nil, commits: plan.ahead)
    let holders = live.holders(plan.references, in: repository)
    diagnostics += live.failures.map { Diagnostic(.error, "\($0.message), so what is still live may be more") }
    var found: [Finding] = []
    // Of two that are told as one, the earlier is. Keys hold a hash that is another one in each run.
    for story in stories.values.sorted(by: { $0.order < $1.order }) {
      do throws(GitError) {
        found.append(try finish(story, holders))
      } catch {
        found.append(story.finding)
        diagnostics.append(Diagnostic(error))
      }
    }
    let isAsked = plan.selected.indices.map { plan.selected[$0] && !known.marks(ofCommit: $0).contains(.keepsSecrets) }
    let decrypted = try Decryptions(plan: plan, logs: logs, facts: facts, scanner: scanner, isAsked: isAsked).findings()
    for number in isAsked.indices where isAsked[number] && !decrypted.telling.contains(number) {
      known.mark(number, .keepsSecrets)
    }
    diagnostics += decrypted.diagnostics
    return found + inTags + strays(known: told) + decrypted.findings
  }

  /// Adds the credentials in names of files; gives back the files that bear such a name.
  private func nameSecrets(
    _ stories: inout [String: Story], _ known: inout KnownHistory
  ) throws(ScanError) -> Set<ObjectID> {
    let pass = try scanner.openSecrets()
    // Nearly always no name holds any, which one search of all names tells.
    guard !pass.read(text: known.newPaths.joined(separator: "\n")).secrets.isEmpty else { return [] }
    var read: [String: [PlacedSecret]] = [:]
    var bearers: Set<ObjectID> = []
    for log in logs {
      let found = log.paths.map { path -> [PlacedSecret] in
        if let known = read[path] { return known }
        let secrets = pass.read(text: path).secrets
        read[path] = secrets
        return secrets
      }
      guard found.contains(where: { !$0.isEmpty }) else { continue }
      for record in log.records {
        for secret in found[Int(record.path)] {
          let path = log.paths[Int(record.path)]
          guard let finding = scanner.secretFindings.finding(secret, path: path, source: .fileName) else { continue }
          let (key, commit) = (key(secret, finding), Int(record.commit))
          if record.new == nil { stories[key]?.removed = commit }
          guard let item = record.new, plan.selected[commit] else { continue }
          stories[key, default: Story(finding: finding, introduced: commit)].blobs.insert(item.id)
          bearers.insert(item.id)
        }
      }
    }
    known.hide(Set(read.lazy.filter { !$0.value.isEmpty }.map(\.key)))
    return bearers
  }

  /// Credentials in files that stand in no commit.
  private func strays(known: Set<String>) -> [Finding] {
    guard !plan.stray.isEmpty else { return [] }
    var held: Set<ObjectID> = []
    for log in logs {
      for record in log.records { held.formUnion([record.old?.id, record.new?.id].compactMap { $0 }) }
    }
    var seen = known
    return plan.stray.filter { !held.contains($0) }.flatMap { id in
      (facts.secrets[id] ?? []).compactMap { secret -> Finding? in
        guard var finding = scanner.secretFindings.finding(secret, path: nil, source: .object),
          seen.insert(finding.fingerprint).inserted
        else { return nil }
        finding.message += " It stands in the object \(id.hex), which no commit holds."
        return finding
      }
    }
  }

  /// The records of each log that have one of some blobs on a side.
  private func records(touching wanted: Set<ObjectID>) -> [[ChangeLog.Record]] {
    let logs = logs
    return Parallel.map(
      logs.count, slice: 1, jobs: scanner.options.jobs, prepare: { _ throws(Never) in },
      { (_: Void, slice: Range<Int>) -> [[ChangeLog.Record]] in
        logs[slice].map { $0.records(touching: wanted) }
      }
    ).flatMap { $0 }
  }

  /// How some blobs came and went along the history, from the records that have one of them on a side.
  private func lines(of wanted: Set<ObjectID>, _ touching: [[ChangeLog.Record]]) -> BlobLines {
    let steps = zip(logs, touching).flatMap { log, records in
      records.map { record in
        BlobLines.Step(
          commit: Int(record.commit), path: log.paths[Int(record.path)],
          new: record.new.flatMap { wanted.contains($0.id) ? $0.id : nil })
      }
    }
    return BlobLines(plan, steps, unread: Set(logs.lazy.flatMap(\.failures).map { Int($0.commit) }))
  }

  private func follow(_ record: ChangeLog.Record, path: String, _ stories: inout [String: Story]) {
    let commit = Int(record.commit)
    let isNote = plan.notes.contains(plan.history.commits[commit].id)
    let new = placed(record.new, path, isNote: isNote)
    let old = placed(record.old, path, isNote: isNote)
    let kept = Set(new.map(\.key))
    for (key, _) in old where !kept.contains(key) { stories[key]?.removed = commit }
    guard plan.selected[commit] else { return }
    for (key, finding) in new {
      if stories[key] == nil {
        stories[key] = Story(finding: finding, introduced: commit)
      } else if stories[key]?.introduced == commit {
        stories[key]?.finding.join(finding)
      } else if let place = finding.location, let first = stories[key]?.finding, place.path != first.location?.path,
        !first.related.contains(where: { $0.path == place.path })
      {
        stories[key]?.finding.related.append(place)
      }
      if let id = record.new?.id { stories[key]?.blobs.insert(id) }
    }
  }

  private func placed(_ item: TreeItem?, _ path: String, isNote: Bool) -> [(key: String, finding: Finding)] {
    guard let item, let secrets = facts.secrets[item.id] else { return [] }
    let source: Finding.Source = isNote ? .note : item.kind == .link ? .linkTarget : .file
    return secrets.compactMap { secret in
      scanner.secretFindings.finding(secret, path: path, source: source).map { (key(secret, $0), $0) }
    }
  }

  /// What makes two appearances the same: the value, also one that can be guessed and has no place in a fingerprint.
  private func key(_ secret: PlacedSecret, _ finding: Finding) -> String {
    secret.isValue && secret.severity >= .high ? "value \(secret.identity)" : finding.fingerprint
  }

  /// Adds who did it and how long it was, or is, there.
  private func finish(_ story: Story, _ holders: [ObjectID: [String]]) throws(GitError) -> Finding {
    var finding = story.finding
    let commits = plan.history.commits
    let refs = Set(story.blobs.flatMap { holders[$0] ?? [] }).sorted()
    let removed = refs.isEmpty && finding.source != .message ? story.removed : nil
    let introduced = try repository.commit(commits[story.introduced].id)
    let info = Finding.CommitInfo(introduced)
    finding.commit = info
    if plan.unreached.contains(commits[story.introduced].id), refs.isEmpty {
      finding.message += " No reference reaches the commit, but whoever has its id can still get it."
    }
    let remover = try removed.map { number throws(GitError) in try repository.commit(commits[number].id) }
    let end = remover?.committer.seconds ?? plan.newest ?? introduced.committer.seconds
    finding.exposure = Finding.Exposure(
      introduced: info.id, introducedAt: info.date, removed: remover?.id.hex,
      removedAt: remover.map { Finding.CommitInfo($0).date },
      days: Timestamp.days(from: introduced.committer.seconds, to: end),
      isLive: !refs.isEmpty || finding.source == .message && !plan.unreached.contains(commits[story.introduced].id),
      refs: refs)
    return finding
  }
}
