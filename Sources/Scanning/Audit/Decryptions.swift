internal import Git
internal import Policy
internal import Secrets

/// What commits decrypted: values that a commit's parent holds encrypted and the commit in clear. Only commits that
/// take a version of a file away that holds ciphertext, and bring a file that may be in clear, are looked at.
struct Decryptions: Sendable {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  /// For each commit of the history, whether it is looked at.
  let isAsked: [Bool]

  /// What was found, and what could not be read.
  struct Answer: Sendable {
    /// One finding for each object or file.
    var findings: [Finding] = []
    var diagnostics: [Diagnostic] = []
    /// The numbers of the commits that either is about.
    var telling: Set<Int> = []
  }

  /// Looks at the commits.
  func findings() throws(ScanError) -> Answer {
    guard !facts.encrypted.isEmpty else { return Answer() }
    let parts = try Parallel.map(
      logs.count, slice: 1, jobs: scanner.options.jobs,
      prepare: { _ throws(ScanError) in
        (repository: try scanner.openRepository(), pass: try scanner.openSecrets())
      }
    ) { tool, slice in
      slice.reduce(into: Answer()) { found, number in
        decrypted(in: logs[number], tool.repository, tool.pass, &found)
      }
    }
    var seen: Set<String> = []
    return Answer(
      findings: parts.flatMap(\.findings).filter { seen.insert($0.fingerprint).inserted },
      diagnostics: parts.flatMap(\.diagnostics), telling: parts.reduce(into: []) { $0.formUnion($1.telling) })
  }

  private func decrypted(
    in log: ChangeLog, _ repository: Repository, _ pass: SecretPass,
    _ found: inout Answer
  ) {
    for (commit, records) in log.steps where isAsked[commit] {
      do throws(GitError) {
        let losses = try losses(in: records, log.paths, repository, pass)
        guard !losses.isEmpty else { continue }
        found.telling.insert(commit)
        let info = Finding.CommitInfo(try repository.commit(plan.history.commits[commit].id))
        for var finding in losses {
          finding.commit = info
          found.findings.append(finding)
        }
      } catch {
        found.telling.insert(commit)
        found.diagnostics.append(Diagnostic(error))
      }
    }
  }

  private func losses(
    in records: ArraySlice<ChangeLog.Record>, _ paths: [String], _ repository: Repository, _ pass: SecretPass
  ) throws(GitError) -> [Finding] {
    let old = records.filter { $0.old.map { facts.encrypted.contains($0.id) } ?? false }
    guard !old.isEmpty else { return [] }
    let looks = old.filter { ChangeBuilder.isManifest(paths[Int($0.path)]) }
      .map { look(at: $0.old) }
    let holdSecrets = looks.contains { !$0.contains(.fragment) }
    let holdOthers = looks.contains { $0.contains(.other) }
    let plain = Set(old.map { EncryptedFileNames.plain(paths[Int($0.path)]) })
    // A file that only moved was in clear before.
    let moved = Set(records.compactMap(\.old?.id))
    let new = records.filter { record in
      guard let item = record.new, item.kind.isBlob, facts.failures[item.id] == nil,
        !facts.encrypted.contains(item.id) || facts.secrets[item.id] != nil,
        record.old != nil || !moved.contains(item.id)
      else { return false }
      // A value comes back in an object like the one that held it, or in the same file.
      let path = paths[Int(record.path)]
      if plain.contains(EncryptedFileNames.plain(path)) { return true }
      guard ChangeBuilder.isManifest(path) else { return false }
      let look = look(at: item)
      return holdSecrets && look.contains(.secret) || holdOthers && look.contains(.other)
    }
    guard !new.isEmpty else { return [] }
    // What stays encrypted beside it.
    let sealed = records.filter { record in
      record.new.map { facts.encrypted.contains($0.id) && facts.secrets[$0.id] == nil } ?? false
    }
    let losses = pass.losses(
      old: try files(old.map { ($0.old, paths[Int($0.path)]) }, repository),
      new: try files((new + sealed).map { ($0.new, paths[Int($0.path)]) }, repository))
    return losses.compactMap { scanner.secretFindings.finding($0.secret, path: $0.path, source: .file) }
  }

  /// What a manifest promises; everything where that is not known.
  private func look(at item: TreeItem?) -> Interest.Look { item.flatMap { facts.manifests[$0.id]?.look } ?? .unclear }

  private func files(
    _ items: [(TreeItem?, String)], _ repository: Repository
  ) throws(GitError) -> [EncryptionLoss.File] {
    var files: [EncryptionLoss.File] = []
    for (item, path) in items {
      guard let item, try repository.header(of: item.id).size <= EncryptionLoss.limit else { continue }
      files.append(EncryptionLoss.File(path: path, bytes: try repository.blob(item.id)))
    }
    return files
  }
}
