internal import Flux
internal import Git
internal import Policy
internal import Secrets
internal import Synchronization

/// An audit under way: commits are compared, then each distinct file is read once in the order of the packs, then the
/// commits whose files can matter are judged.
struct Audit {
  let scanner: Scanner
  private(set) var plan: AuditPlan
  let progress: AuditProgress.Handler?
  /// What each commit changes.
  private(set) var logs: [ChangeLog] = []
  private var facts = BlobFacts()
  /// What earlier audits learned, and this one adds.
  private(set) var known: KnownHistory
  private let ownership: Background<HeadOwnership, ScanError>

  init(
    scanner: Scanner, plan: AuditPlan, progress: AuditProgress.Handler?, known: KnownHistory,
    ownership: Background<HeadOwnership, ScanError>
  ) {
    self.known = known
    self.ownership = ownership
    self.scanner = scanner
    self.plan = plan
    self.progress = progress
  }

  mutating func run(_ report: inout Report, _ clock: inout StageClock) throws(ScanError) {
    let commits = plan.history.commits
    try compare(&report)
    report.diagnostics += strayPaths()
    known.take(logs, commits)
    clock.end("walk")
    try read(&report)
    clock.end("read")
    if !facts.judgesBuilds(scanner.options), !facts.fluxFiles.isEmpty { report.diagnostics.append(.judgedAsWritten) }
    let judged = try judge(&report)
    clock.end("judge")
    report.statistics.commits = commits.count
    var stories = AuditStories(plan: plan, logs: logs, facts: facts, scanner: scanner, ownership: ownership)
    report.findings = try stories.joined(judged, &known)
    report.record = try stories.record(for: &report.findings)
    report.diagnostics += stories.diagnostics
  }

  /// What is wrong with paths that no commit touches: no finding is ever printed.
  private func strayPaths() -> [Diagnostic] {
    scanner.options.paths.filter { path in
      !path.isEmpty && !logs.contains { log in log.paths.contains { Path.isIn($0, folder: path) } }
    }.map { Diagnostic(.warning, "no commit of this history touches it", path: $0) }
  }

  /// Compares every commit with its parents.
  private mutating func compare(_ report: inout Report) throws(ScanError) {
    let commits = plan.history.commits
    let scanner = scanner
    let done = Atomic<Int>(0)
    let progress = progress
    let (ahead, known) = (plan.ahead, known)
    let trees = known.holdsAll(commits) ? [:] : Dictionary(commits.map { ($0.id, $0.tree) }) { first, _ in first }
    logs = try Parallel.map(
      commits.count, slice: 512, jobs: scanner.options.jobs,
      prepare: { thread throws(ScanError) in try CommitReader(scanner, thread: thread) }
    ) { tool, slice in
      var log = ChangeLog(firstCommit: slice.lowerBound)
      for number in slice {
        do throws(GitError) {
          let id = commits[number].id
          let secrets = if let known = ahead.messageSecrets(of: id) { known } else { try tool.messageSecrets(of: id) }
          log.add(secrets, commit: number)
        } catch {
          log.failures.append((Int32(number), "", error))
        }
        if let row = known.commit(commits[number].id) {
          log.add(row, of: known.cache, commit: number)
          continue
        }
        let changes = CommitChanges(commits[number], in: tool.repository, trees: trees)
        log.parentTrees.append(changes.parentTree)
        for file in changes.files { log.add(file, commit: number) }
        for folder in changes.unreadable { log.failures.append((Int32(number), folder.path, folder.error)) }
      }
      log.close()
      progress?(AuditProgress(phase: .walking, done: done.add(slice.count), total: commits.count))
      return log
    }
    plan.ahead.keep(only: plan.references.map(\.target))
    var seen: Set<GitError> = []
    for log in logs {
      for failure in log.failures where seen.insert(failure.error).inserted {
        let commit = commits[Int(failure.commit)].id
        report.diagnostics.append(Diagnostic(failure.error, path: failure.path, commit: commit))
      }
    }
  }

  /// Reads each distinct file of the history once, in the order of the packs.
  private mutating func read(_ report: inout Report) throws(ScanError) {
    let files = unreadFiles()
    let scanner = scanner
    let interest = scanner.engine.interest
    let done = Atomic<Int>(0)
    let progress = progress
    var parts = try Parallel.map(
      files.count, slice: min(1024, max(16, files.count / (scanner.options.jobs * 4))), jobs: scanner.options.jobs,
      prepare: { _ throws(ScanError) in try BlobReader(scanner) }
    ) { reader, slice in
      var facts = BlobFacts()
      reader.read(files[slice], interest, &facts)
      progress?(AuditProgress(phase: .reading, done: done.add(slice.count), total: files.count))
      return facts
    }
    for number in parts.indices {
      facts.merge(parts[number])
      parts[number] = BlobFacts()
    }
    let generated = GeneratedSecrets(logs: logs, generators: facts.generators, scanner: scanner)
    facts.secrets.merge(try generated.found()) { _, new in new }
    known.settle(facts)
    report.statistics.files = facts.sizes.count
    report.statistics.bytes = facts.sizes.values.reduce(0, +)
    facts.sizes = [:]
    if scanner.options.cache == nil { known.forgetFiles() }
    tellFailures(files, &report)
  }

  /// The files that have to be read in the order of the packs, which is not needed any more then.
  private mutating func unreadFiles() -> [(id: ObjectID, use: BlobUse)] {
    let (uses, recalled) = known.files(stray: plan.stray)
    facts = recalled
    let order = plan.packOrder(of: uses)
    plan.forgetOrder()
    return order.map { ($0, uses[$0] ?? BlobUse()) }
  }

  /// Tells which files could not be read, or not to their end.
  private func tellFailures(_ files: [(id: ObjectID, use: BlobUse)], _ report: inout Report) {
    guard !facts.failures.isEmpty || !facts.limits.isEmpty else { return }
    let told = files.lazy.filter { [facts] in facts.failures[$0.id] != nil || facts.limits[$0.id] != nil }
    let paths = Dictionary(told.map { ($0.id, $0.use.path) }, uniquingKeysWith: { first, _ in first })
    for (id, error) in facts.failures.sorted(by: { $0.key < $1.key }) {
      report.diagnostics.append(Diagnostic(.error, error.message, path: paths[id]))
    }
    for (id, limits) in facts.limits.sorted(by: { $0.key < $1.key }) {
      for limit in limits { report.diagnostics.append(Diagnostic(.error, limit.message, path: paths[id])) }
    }
  }

  /// The commits without those beside `HEAD`'s history that change the very same files as one that is judged anyway: a
  /// pull request that was squashed, a branch pushed twice. Their findings would be told once in any case.
  private func distinct(_ work: [(commit: Int, edit: EditDigest)]) -> [Int] {
    let places = work.map { plan.forks.place(of: plan.history.commits[$0.commit].id) }
    var landed: [EditDigest: Int] = [:]
    for (item, place) in zip(work, places) {
      if let place, place.isOnHead { landed[item.edit] = max(landed[item.edit] ?? -1, place.number) }
    }
    var seen: Set<EditDigest> = []
    return zip(work, places).filter { item, place in
      guard let place, !place.isOnHead else { return true }
      if let number = landed[item.edit], number > place.number { return false }
      return seen.insert(item.edit).inserted
    }.map(\.0.commit)
  }

  /// The files of which generators make something, where what Flux applies is worked out.
  private func buildInputs() throws(ScanError) -> Set<String>? {
    guard facts.judgesBuilds(scanner.options) else { return nil }
    let named = facts.generators.union(facts.mapGenerators)
    return GeneratorFiles(named: named, by: logs, in: try scanner.openRepository()).inputs
  }

  /// The commits that change a file which can matter, as far as they are not known to be silent.
  private mutating func relevantCommits() throws(ScanError) -> [RelevantCommit] {
    let commits = plan.history.commits
    var recalled: [Int: [Finding]] = [:]
    let asked = commits.indices.map { number in
      let marks = known.marks(ofCommit: number)
      guard marks.contains(.isWeighed) else { return true }
      guard !marks.contains(.isSilent), known.edit(ofCommit: number) != nil else { return false }
      recalled[number] = known.findings(ofCommit: number, scanner.engine.infos)
      return recalled[number] == nil
    }
    let (logs, facts, inputs) = (logs, facts, try buildInputs())
    let found = Parallel.map(
      logs.count, slice: 1, jobs: scanner.options.jobs, prepare: { _ throws(Never) in },
      { (_: Void, slice: Range<Int>) -> [(commit: RelevantCommit, edit: EditDigest)] in
        slice.filter { asked[logs[$0].commits].contains(true) }
          .flatMap { logs[$0].relevantCommits(facts, inputs: inputs, among: { asked[$0] }) }.map {
            ($0, EditDigest($0.files))
          }
      })
    var relevant: [Int: RelevantCommit] = [:]
    for (commit, edit) in found.joined() {
      relevant[commit.commit] = commit
      known.weigh(commit.commit, edit)
    }
    for number in commits.indices where asked[number] && relevant[number] == nil { known.weigh(number, nil) }
    let edits = commits.indices.compactMap { number in known.edit(ofCommit: number).map { (commit: number, edit: $0) } }
    return distinct(edits).compactMap { number in
      if let findings = recalled[number] { return RelevantCommit(commit: number, findings: findings) }
      return relevant[number].map { commit in
        var copy = commit
        copy.speaking = known.speaking(ofCommit: number)
        return copy
      }
    }
  }

  /// The commits of a branch one after another, behind the commit that they left `HEAD`'s history from: neighbours are
  /// then alike, and what was worked out for one holds for most of the next.
  private func inLines(_ work: [RelevantCommit]) -> [RelevantCommit] {
    let forks = work.map { plan.forks.place(of: plan.history.commits[$0.commit].id)?.number ?? -1 }
    return work.indices.sorted { (forks[$0], work[$0].commit) < (forks[$1], work[$1].commit) }.map { work[$0] }
  }

  /// Lets the rules judge the commits that change a file which can matter.
  private mutating func judge(_ report: inout Report) throws(ScanError) -> [JudgedCommit] {
    let commits = plan.history.commits
    // What no reference reaches is applied nowhere: it is searched, not judged.
    let work = inLines(
      try relevantCommits().filter { plan.unreached.isEmpty || !plan.unreached.contains(commits[$0.commit].id) })
    let (scanner, facts, folderNames) = (scanner, facts, folderNames())
    let done = Atomic<Int>(0)
    let progress = progress
    let parts = try Parallel.map(
      work.count, slice: max(16, work.count / (scanner.options.jobs * 16)), jobs: scanner.options.jobs,
      prepare: { _ throws(ScanError) in try CommitJudge(scanner, facts, folderNames) }
    ) { judge, slice in
      let judged = slice.map { judge.judge(work[$0], commits[Int(work[$0].commit)]) }
      progress?(AuditProgress(phase: .judging, done: done.add(slice.count), total: work.count))
      return judged
    }
    let judged = parts.flatMap { $0 }.sorted { $0.commit < $1.commit }
    try note(judged.filter { !$0.isRecalled })
    report.diagnostics += judged.flatMap(\.diagnostics)
    return judged
  }

  /// Which names the files beneath each folder have anywhere in the history: whatever stands in a tree came there in a
  /// commit. `nil` where not all commits were compared in full, so that there can be files of which nothing is known.
  private func folderNames() -> FolderNames? {
    guard plan.isWhole, known.isEmpty, logs.allSatisfy(\.failures.isEmpty) else { return nil }
    var found = FolderNames()
    for log in logs {
      var names = [NameSet](repeating: NameSet(), count: log.paths.count)
      for record in log.records {
        guard let new = record.new else { continue }
        names[Int(record.path)] = names[Int(record.path)].union(facts.manifests[new.id]?.names ?? .all)
      }
      for (path, names) in zip(log.paths, names) where ChangeBuilder.isManifest(path) { found.add(names, at: path) }
    }
    return found
  }

  /// Keeps what the rules said for the next audit.
  private mutating func note(_ judged: [JudgedCommit]) throws(ScanError) {
    guard scanner.options.cache != nil else { return }
    let mask: SecretMask
    do throws(SecretsError) {
      mask = try SecretMask(own: scanner.options.policy.ownCredentials)
    } catch {
      throw .secrets(error)
    }
    for commit in judged {
      let kept = commit.findings.isEmpty ? nil : KeptFindings.bytes(commit.findings, scanner.engine.infos, mask)
      known.note(commit, kept: kept)
    }
  }
}

extension Diagnostic {
  /// What is said of an audit that works out no applied state although Flux applies something.
  fileprivate static var judgedAsWritten: Diagnostic {
    Diagnostic(
      .warning,
      "no EKS Anywhere cluster is in this history: files are judged as they are written; add --applied to judge what "
        + "Flux made of them, which takes longer")
  }
}

extension Atomic where Value == Int {
  /// Adds and gives the new value.
  fileprivate borrowing func add(_ number: Int) -> Int { wrappingAdd(number, ordering: .relaxed).newValue }
}
