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

  /// One finding for each object or file, and what could not be read.
  func findings() throws(ScanError) -> (findings: [Finding], diagnostics: [Diagnostic]) {
    guard !facts.encrypted.isEmpty else { return ([], []) }
    let parts = try Parallel.map(
      logs.count, slice: 1, jobs: scanner.options.jobs,
      prepare: { _ throws(ScanError) in
        (repository: try scanner.openRepository(), pass: try scanner.openSecrets())
      }
    ) { tool, slice in
      slice.reduce(into: ([Finding](), [Diagnostic]())) { found, number in
        decrypted(in: logs[number], tool.repository, tool.pass, &found)
      }
    }
    var seen: Set<String> = []
    return (parts.flatMap(\.0).filter { seen.insert($0.fingerprint).inserted }, parts.flatMap(\.1))
  }

  private func decrypted(
    in log: ChangeLog, _ repository: Repository, _ pass: SecretPass,
    _ found: inout (findings: [Finding], diagnostics: [Diagnostic])
  ) {
    for (commit, records) in log.steps where plan.selected[commit] {
      do throws(GitError) {
        let losses = try losses(in: records, log.paths, repository, pass)
        guard !losses.isEmpty else { continue }
        let info = Finding.CommitInfo(try repository.commit(plan.history.commits[commit].id))
        for var finding in losses {
          finding.commit = info
          found.findings.append(finding)
        }
      } catch {
        found.diagnostics.append(Diagnostic(error))
      }
    }
  }

  private func losses(
    in records: ArraySlice<ChangeLog.Record>, _ paths: [String], _ repository: Repository, _ pass: SecretPass
  ) throws(GitError) -> [Finding] {
    let old = records.filter { $0.old.map { facts.encrypted.contains($0.id) } ?? false }
    guard !old.isEmpty else { return [] }
    let isOfSecrets = old.allSatisfy { holdsSecretsOnly($0.old) }
    let plain = Set(old.map { EncryptedFileNames.plain(paths[Int($0.path)]) })
    let new = records.filter { record in
      guard let item = record.new, item.kind.isBlob, facts.failures[item.id] == nil,
        !facts.encrypted.contains(item.id) || facts.secrets[item.id] != nil
      else { return false }
      // The value of a Secret comes back in a Secret, or in the same file.
      return !isOfSecrets || facts.manifests[item.id]?.look.contains(.secret) ?? true
        || plain.contains(EncryptedFileNames.plain(paths[Int(record.path)]))
    }
    guard !new.isEmpty else { return [] }
    let losses = pass.losses(
      old: try files(old.map { ($0.old, paths[Int($0.path)]) }, repository),
      new: try files(new.map { ($0.new, paths[Int($0.path)]) }, repository))
    return losses.compactMap { scanner.secretFindings.finding($0.secret, path: $0.path, source: .file) }
  }

  private func holdsSecretsOnly(_ item: TreeItem?) -> Bool {
    guard let look = item.flatMap({ facts.manifests[$0.id]?.look }) else { return false }
    return look.isDisjoint(with: [.other, .fragment])
  }

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
