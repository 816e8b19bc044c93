internal import Flux
internal import Git
package import Policy

/// What `check` compares.
package enum CheckScope: Sendable {
  /// The index against `HEAD`: what the next commit would change.
  case index
  /// The working tree against `HEAD`.
  case workTree
  /// The present state as such: the working tree, or `HEAD` in a bare repository.
  case all
}

extension Scanner {
  /// Judges what is about to be committed, or the present state.
  package func check(_ scope: CheckScope) -> Report {
    let start = ContinuousClock.now
    var report = Report(command: "check", repository: repositoryName)
    do throws(GitError) {
      try check(scope, into: &report)
    } catch {
      report.diagnostics.append(Diagnostic(error))
    }
    finish(&report, since: start)
    return report
  }

  private func check(_ scope: CheckScope, into report: inout Report) throws(GitError) {
    let repository = try Repository(location)
    let head = try repository.head().commit
    report.base = head?.hex
    let headTree = try head.map { id throws(GitError) in try repository.commitNode(id).tree }
    let state = try present(scope, headTree, repository, &report)
    let before: any FileTree = headTree.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
    do throws(ScanError) {
      let secrets = try openSecrets()
      let judge = FileJudge(self, repository, secrets)
      var findings = judge.policy(before: scope == .all ? nil : before, after: state.tree, files: state.files)
      findings += judge.credentials(in: state.files, before: scope == .all ? nil : before, after: state.tree)
      report.findings = engine.settled(findings).joiningSecrets()
      report.diagnostics += judge.diagnostics
      report.statistics.files = state.files.count
      report.statistics.bytes = judge.bytes
      let sides = JudgedSides(
        kind: scope == .all ? .state : .change, before: scope == .all ? nil : before, after: state.tree,
        files: state.files, marked: judge.marked)
      try police(&report, sides, repository, secrets)
      if options.wantsExcerpts {
        ExcerptWriter(secrets, wantsDiffs: options.wantsDiffs).add(to: &report, before: before, after: state.tree)
      }
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
  }

  /// The tree to judge and the files in it that differ from `HEAD`.
  private func present(
    _ scope: CheckScope, _ head: ObjectID?, _ repository: Repository, _ report: inout Report
  ) throws(GitError) -> (tree: any FileTree, files: [FileChange]) {
    if scope == .all, repository.location.isBare {
      guard let head else { return (FlatTree(texts: [:]), []) }
      var files: [FileChange] = []
      note(repository.files(in: head) { files.append(FileChange($0)) }, &report)
      return (GitTree(head, in: repository), files)
    }
    let index = try repository.index()
    for path in index.conflicts {
      report.diagnostics.append(
        Diagnostic(.error, "the merge conflict is not resolved: resolve it and add the file", path: path))
    }
    if scope == .index {
      var files: [FileChange] = []
      note(repository.compareIndex(index, with: head) { files.append(FileChange($0)) }, &report)
      return (FlatTree(index, in: repository), files)
    }
    let tree = try WorkTreeFiles(index, repository)
    report.diagnostics += tree.diagnostics
    return (tree.tree, try tree.changes(from: scope == .all ? nil : head, repository, &report))
  }
}

extension Scanner {
  /// Says which folders could not be read.
  func note(_ unreadable: [UnreadableFolder], _ report: inout Report, commit: ObjectID? = nil) {
    report.diagnostics += unreadable.map { Diagnostic($0.error, path: $0.path, commit: commit) }
  }
}
