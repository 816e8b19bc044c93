internal import Flux
internal import Git
internal import Policy
internal import Secrets

/// The way from one commit to another, as a review or a push brings it.
struct CommitStep {
  /// The commit after; `nil` where everything goes.
  let to: ObjectID?
  /// The commit before; `nil` where everything comes.
  let from: ObjectID?
  /// Commits whose history was looked at before.
  let known: [ObjectID]
  let before: GitTree
  let after: GitTree
  let files: [FileChange]

  /// The way that a review takes.
  init(_ sides: ReviewSides) {
    to = sides.head
    from = sides.from
    known = [sides.from]
    before = sides.before
    after = sides.after
    files = sides.files
  }

  /// The way between two commits; without one of them everything comes, or goes.
  init(
    from: ObjectID?, to: ObjectID?, known: [ObjectID], _ repository: Repository, _ scanner: Scanner,
    _ report: inout Report
  ) throws(GitError) {
    let oldTree = try from.map { id throws(GitError) in try repository.commitNode(id).tree } ?? .emptyTree
    let newTree = try to.map { id throws(GitError) in try repository.commitNode(id).tree } ?? .emptyTree
    self.to = to
    self.from = from
    self.known = known
    before = GitTree(oldTree, in: repository)
    after = GitTree(newTree, in: repository)
    var files: [FileChange] = []
    scanner.note(repository.compareTrees(old: oldTree, new: newTree) { files.append(FileChange($0)) }, &report)
    self.files = files
    report.statistics.files += files.count
  }
}

extension Scanner {
  /// Judges what lies between two commits, and the credentials in all commits on the way.
  func judge(_ step: CommitStep, _ repository: Repository, into report: inout Report) {
    do throws(ScanError) {
      let secrets = try openSecrets()
      let judge = FileJudge(self, repository, secrets)
      let history = repository.history(from: [step.to].compactMap { $0 }, hiding: step.known, order: .oldestFirst)
      var findings = judge.policy(
        before: step.before, after: step.after, files: step.files,
        past: FirstParents.past(of: step.from, in: repository), way: way(through: history.commits, repository))
      findings += judge.credentials(in: step.files, before: step.before, after: step.after)
      if step.to != nil { findings += passing(history, judge, repository, known: findings, &report) }
      report.findings += engine.settled(findings).joiningSecrets()
      report.headline = judge.headline
      report.diagnostics += judge.diagnostics
      report.statistics.bytes += judge.bytes
      let sides = JudgedSides(
        kind: .change, before: step.before, after: step.after, files: step.files, marked: judge.marked)
      try police(&report, sides, repository, secrets)
      if options.wantsExcerpts {
        ExcerptWriter(secrets, wantsDiffs: options.wantsDiffs)
          .add(to: &report.findings, before: step.before, after: step.after)
      }
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
  }

  /// The single steps of a branch of several commits. Merges are left out: what they bring is told by their parents.
  private func way(through commits: [CommitNode], _ repository: Repository) -> [FileJudge.Step] {
    guard commits.count > 1, commits.count <= 500 else { return [] }
    return commits.filter { $0.parents.count == 1 }.compactMap { node in
      // What can't be read is told where the credentials of the same commit are looked for.
      let changes = CommitChanges(node, in: repository)
      let files = changes.files.filter { ChangeBuilder.isManifest($0.path) || KustomizationFileView.isNamed($0.path) }
      guard let parent = changes.parentTree, !files.isEmpty else { return nil }
      return FileJudge.Step(
        before: GitTree(parent, in: repository), after: GitTree(node.tree, in: repository), files: changes.files)
    }
  }

  /// What the own commits and messages of a branch show although its end no longer does: a secret that was pushed is
  /// out.
  private func passing(
    _ history: History, _ judge: FileJudge, _ repository: Repository, known: [Finding], _ report: inout Report
  ) -> [Finding] {
    report.statistics.commits += history.commits.count
    report.diagnostics += history.unreadable.map { Diagnostic($0) }
    var found: [Finding] = []
    var seen = Set(known.filter { $0.secret != nil }.map(\.fingerprint))
    for node in history.commits {
      let changes = CommitChanges(node, in: repository)
      report.diagnostics += changes.unreadable.map { Diagnostic($0.error, path: $0.path, commit: node.id) }
      let before: any FileTree = changes.parentTree.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
      var findings = judge.credentials(in: changes.files, before: before, after: GitTree(node.tree, in: repository))
      do throws(GitError) {
        let commit = try repository.commit(node.id)
        findings += judge.credentials(inMessage: commit.message, source: .message)
        for finding in findings where seen.insert(finding.fingerprint).inserted {
          var copy = finding
          copy.commit = Finding.CommitInfo(commit)
          found.append(copy)
        }
      } catch {
        report.diagnostics.append(Diagnostic(error))
      }
    }
    return found
  }
}
