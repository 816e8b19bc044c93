internal import Flux
package import Git
package import Policy
internal import Secrets

/// What a push does to one reference.
package struct RefUpdate: Sendable, Hashable {
  /// The full name on the receiving side.
  package var name: String
  /// The value before; `nil` for a new reference.
  package var old: ObjectID?
  /// The value after; `nil` for one that is deleted.
  package var new: ObjectID?

  package init(name: String, old: ObjectID?, new: ObjectID?) {
    self.name = name
    self.old = old
    self.new = new
  }
}

/// The branch of the receiving side that others are measured by.
package struct DefaultBranch: Sendable, Hashable {
  /// The full name on the receiving side.
  package var name: String
  /// Its newest commit; `nil` where it has none yet.
  package var tip: ObjectID?

  package init(name: String, tip: ObjectID?) {
    self.name = name
    self.tip = tip
  }
}

extension Scanner {
  /// Judges what a push does to a reference.
  ///
  /// The default branch is what Flux follows: its old state is held against its new one, a forced push and a deletion
  /// included. Any other reference is judged by what it would bring to the default branch, or, where it only goes
  /// forward, by what it gains.
  package func push(_ update: RefUpdate, default branch: DefaultBranch?) -> Report {
    let start = ContinuousClock.now
    var report = Report(command: "hook", repository: repositoryName)
    report.base = update.old?.hex
    report.head = update.new?.hex
    do throws(GitError) {
      try push(update, branch, into: &report)
    } catch {
      report.diagnostics.append(Diagnostic(error))
    }
    finish(&report, since: start)
    return report
  }

  private func push(_ update: RefUpdate, _ branch: DefaultBranch?, into report: inout Report) throws(GitError) {
    let repository = try Repository(location)
    let isDefault = update.name == branch?.name
    let old = try update.old.flatMap { id throws(GitError) in try commit(at: id, repository) }
    guard let new = update.new else {
      guard isDefault, let old else { return }
      let step = try CommitStep(from: old, to: nil, known: [], repository, self, &report)
      judge(step, repository, into: &report)
      return
    }
    try searchTags(from: new, update.name, repository, into: &report)
    let end = try repository.peeled(new)
    guard end.kind == .commit else { return try search(end.id, end.kind, update.name, repository, into: &report) }
    let seen = try [old, branch?.tip].compactMap { $0 } + knownTips(repository, &report)
    let from: ObjectID?
    if let old, isDefault {
      from = old
    } else if let old, try repository.mergeBases(old, end.id) == .found([old]) {
      from = old
    } else {
      from = try origin(of: end.id, branch?.tip, repository)
    }
    let step = try CommitStep(from: from, to: end.id, known: seen, repository, self, &report)
    judge(step, repository, into: &report)
  }

  /// Where a commit left the default branch; `nil` where it has nothing to do with it.
  private func origin(
    of commit: ObjectID, _ tip: ObjectID?, _ repository: Repository
  ) throws(GitError) -> ObjectID? {
    guard let tip else { return nil }
    switch try repository.mergeBases(tip, commit) {
    case .found(let bases): return bases.first
    case .unrelated: return nil
    case .cutOff:
      throw GitError(
        .badRevision(commit.hex),
        "the clone is too shallow to tell where \(commit.hex) left the default branch: run `git fetch --unshallow`")
    }
  }

  private func commit(at id: ObjectID, _ repository: Repository) throws(GitError) -> ObjectID? {
    let end = try repository.peeled(id)
    return end.kind == .commit ? end.id : nil
  }

  /// The commits that references point at already: their history was judged when they came.
  private func knownTips(_ repository: Repository, _ report: inout Report) throws(GitError) -> [ObjectID] {
    let (references, unreadable) = try repository.references()
    report.diagnostics += unreadable.map { Diagnostic($0) }
    var tips: Set<ObjectID> = []
    for reference in references where !reference.name.hasPrefix("refs/remotes/") || !location.isBare {
      // On a client, only what the remote has is known to it.
      if !location.isBare, !reference.name.hasPrefix("refs/remotes/") { continue }
      if let tip = try commit(at: reference.target, repository) { tips.insert(tip) }
    }
    return tips.sorted()
  }

  /// Searches the messages of annotated tags, one within another.
  private func searchTags(
    from id: ObjectID, _ name: String, _ repository: Repository, into report: inout Report
  ) throws(GitError) {
    var id = id
    for _ in 0..<16 {
      guard try repository.header(of: id).kind == .tag else { return }
      let tag = try repository.tag(id)
      do throws(ScanError) {
        let judge = FileJudge(self, repository, try openSecrets())
        report.findings += judge.credentials(inMessage: tag.message, source: .message).map { finding in
          var copy = finding
          copy.message += " The tag is \(name)."
          return copy
        }
      } catch {
        report.diagnostics.append(error.diagnostic)
      }
      id = tag.target
    }
  }

  /// Searches what is no commit: a tree or a single file that a reference points at.
  private func search(
    _ id: ObjectID, _ kind: ObjectKind, _ name: String, _ repository: Repository, into report: inout Report
  ) throws(GitError) {
    var files: [FileChange] = []
    if kind == .tree {
      note(repository.files(in: id) { files.append(FileChange($0)) }, &report)
    } else {
      let change = TreeChange(path: name, old: nil, new: TreeItem(kind: .file, id: id))
      files.append(FileChange(change))
    }
    do throws(ScanError) {
      let judge = FileJudge(self, repository, try openSecrets())
      let tree = GitTree(kind == .tree ? id : .emptyTree, in: repository)
      report.findings += judge.credentials(in: files, before: nil, after: tree).joiningSecrets()
      report.diagnostics += judge.diagnostics
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
    report.statistics.files += files.count
  }
}
