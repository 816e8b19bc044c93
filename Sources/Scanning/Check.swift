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
    report.diagnostics += absentPaths(before, state.tree)
    do throws(ScanError) {
      let secrets = try openSecrets()
      let judge = FileJudge(self, repository, secrets)
      var findings = judge.policy(
        before: scope == .all ? nil : before, after: state.tree, files: state.files,
        past: FirstParents.past(of: head, in: repository), isMerge: state.isMerge)
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
        ExcerptWriter(secrets, wantsDiffs: options.wantsDiffs).add(
          to: &report.findings, before: before, after: state.tree)
      }
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
  }

  /// What is wrong with paths that name nothing on either side: no finding would ever be printed.
  private func absentPaths(_ before: any FileTree, _ after: any FileTree) -> [Diagnostic] {
    options.paths.compactMap { path in
      do throws(FileTreeError) {
        if path.isEmpty { return nil }
        if try before.entry(at: path) != nil { return nil }
        if try after.entry(at: path) != nil { return nil }
        return Diagnostic(.error, "there is no such file or folder, neither in HEAD nor in what is checked", path: path)
      } catch {
        return Diagnostic(.error, error.reason, path: error.path)
      }
    }
  }

  /// The tree to judge and the files in it that differ from `HEAD`, and from what is being merged into it.
  private func present(
    _ scope: CheckScope, _ head: ObjectID?, _ repository: Repository, _ report: inout Report
  ) throws(GitError) -> (tree: any FileTree, files: [FileChange], isMerge: Bool) {
    if scope == .all, repository.location.isBare {
      guard let head else {
        report.diagnostics.append(try repository.headWithoutCommit())
        return (FlatTree(texts: [:]), [], false)
      }
      var files: [FileChange] = []
      note(repository.files(in: head) { files.append(FileChange($0)) }, &report)
      return (GitTree(head, in: repository), files, false)
    }
    let index = try repository.index()
    if repository.location.isBare, index.isAbsent {
      throw GitError(
        .notARepository(path: repository.location.gitDirectory),
        "\(repository.location.gitDirectory) is a bare repository and has no index: judge its HEAD with --all, or a "
          + "branch with `fluxwarden review`")
    }
    for path in index.conflicts {
      report.diagnostics.append(
        Diagnostic(.error, "the merge conflict is not resolved: resolve it and add the file", path: path))
    }
    if scope == .index {
      var files: [FileChange] = []
      note(repository.compareIndex(index, with: head) { files.append(FileChange($0)) }, &report)
      let merged = try withoutMerged(files, repository)
      return (FlatTree(index, in: repository), merged ?? files, merged != nil)
    }
    let tree = try WorkTreeFiles(index, repository)
    report.diagnostics += tree.diagnostics
    let files = try tree.changes(from: scope == .all ? nil : head, repository, &report)
    let merged = scope == .all ? nil : try withoutMerged(files, repository)
    return (tree.tree, merged ?? files, merged != nil)
  }

  /// The files that differ from all commits that are being merged as well: what equals one of them was judged there.
  /// `nil` outside a merge.
  private func withoutMerged(
    _ files: [FileChange], _ repository: Repository
  ) throws(GitError) -> [FileChange]? {
    let heads = try repository.mergeHeads()
    if heads.isEmpty { return nil }
    var files = files
    for head in heads {
      let tree = try repository.commitNode(head).tree
      var own: [FileChange] = []
      for file in files {
        let other = try repository.entry(at: file.path, in: tree).map { FileEntry($0.item, path: file.path) }
        if other != file.new { own.append(file) }
      }
      files = own
    }
    return files
  }
}

extension Scanner {
  /// Says which folders could not be read.
  func note(_ unreadable: [UnreadableFolder], _ report: inout Report, commit: ObjectID? = nil) {
    report.diagnostics += unreadable.map { Diagnostic($0.error, path: $0.path, commit: commit) }
  }
}
