internal import Flux
internal import Git
internal import Policy

/// What the rules say of a commit.
struct JudgedCommit: Sendable {
  /// Its number in the history.
  var commit: Int
  var findings: [Finding]
  var diagnostics: [Diagnostic]
}

/// What one thread needs to judge commits.
final class CommitJudge {
  private let repository: Repository
  private let holdsClusters: Bool
  private let builder: ChangeBuilder
  private let engine: Engine

  /// - Parameter holdsClusters: whether the history names the EKS Anywhere API at all.
  init(_ scanner: Scanner, holdsClusters: Bool) throws(ScanError) {
    self.holdsClusters = holdsClusters
    repository = try scanner.openRepository()
    builder = ChangeBuilder(scanner.engine)
    engine = scanner.engine
  }

  /// Whether an edit is one about which no rule has anything to say, as far as the two texts tell. What can't be read
  /// is not; it is named where it is judged.
  private func isQuiet(_ file: FileChange) -> Bool {
    // What comes or goes may be the other side of an object that moved.
    guard !KustomizationFileView.isNamed(file.path), let old = file.old, let new = file.new, old.kind == .file,
      new.kind == .file
    else { return false }
    do throws(GitError) {
      let (before, after) = (try repository.blob(ObjectID(old.id)), try repository.blob(ObjectID(new.id)))
      return engine.interest.isQuiet(before, after, mayBePatch: holdsClusters) || VersionBump.isOnly(before, after)
    } catch {
      return false
    }
  }

  /// Judges the objects of a commit's files.
  func judge(_ work: RelevantCommit, _ node: CommitNode) -> JudgedCommit {
    var judged = JudgedCommit(commit: work.commit, findings: [], diagnostics: [])
    let telling = work.files.filter { !isQuiet($0) }
    guard !telling.isEmpty else { return judged }
    let before: any FileTree = work.parentTree.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
    let after = GitTree(node.tree, in: repository)
    // In a merge only what differs from all parents counts, which is no state that Flux would see change. In a history
    // without EKS Anywhere clusters, working out the applied state of tens of thousands of commits costs more than it
    // tells: there files are judged as written.
    let asWritten =
      node.parents.count > 1 || !holdsClusters
      || !builder.holdsClusters(before) && !builder.holdsClusters(after)
    let result =
      asWritten
      ? builder.change(before: before, after: after, files: telling, asWritten: true)
      : builder.screenedChange(before: before, after: after, files: work.files, additions: true)
    judged.diagnostics = result.diagnostics.filter { $0.level == .error }
    judged.findings = engine.judge(result.change)
    judged.diagnostics += builder.takeFailures()
    guard !judged.findings.isEmpty else { return judged }
    do throws(GitError) {
      let info = Finding.CommitInfo(try repository.commit(node.id))
      for index in judged.findings.indices { judged.findings[index].commit = info }
    } catch {
      judged.diagnostics.append(Diagnostic(error))
    }
    return judged
  }
}
