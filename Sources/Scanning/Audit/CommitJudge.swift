internal import Flux
internal import Git
internal import Policy

/// What the rules say of a commit.
struct JudgedCommit: Sendable {
  /// Its number in the history.
  var commit: Int
  var findings: [Finding]
  var diagnostics: [Diagnostic]
  /// The numbers of the rules that had a word.
  var speaking: [UInt16] = []
  /// Whether this was known before.
  var isRecalled = false

  /// Whether they have no word, and everything could be read.
  var isSilent: Bool { findings.isEmpty && diagnostics.isEmpty }
}

/// What one thread needs to judge commits.
final class CommitJudge {
  private let repository: Repository
  /// Whether what Flux applies is worked out at all.
  private let judgesBuilds: Bool
  private let builder: ChangeBuilder
  private let engine: Engine
  /// Whether it was asked for, so that it is also done where no cluster is in the tree.
  private let isAskedForBuilds: Bool

  init(_ scanner: Scanner, _ facts: BlobFacts, _ folderNames: FolderNames?) throws(ScanError) {
    judgesBuilds = facts.judgesBuilds(scanner.options)
    repository = try scanner.openRepository()
    builder = ChangeBuilder(scanner.engine, names: { facts.manifests[ObjectID($0)]?.names }, folderNames: folderNames)
    engine = scanner.engine
    isAskedForBuilds = scanner.options.judgesBuilds
  }

  /// Whether an edit is one about which no rule has anything to say, as far as the two texts tell. What can't be read
  /// is not; it is named where it is judged.
  private func isQuiet(_ file: FileChange, _ look: Interest.Look) -> Bool {
    // What comes or goes may be the other side of an object that moved.
    guard ChangeBuilder.isManifest(file.path), !KustomizationFileView.isNamed(file.path), let old = file.old,
      let new = file.new, old.kind == .file, new.kind == .file
    else { return false }
    // None of the words stands in either text, so none stands in what differs.
    if !look.tells, !judgesBuilds { return true }
    do throws(GitError) {
      let (before, after) = (try repository.blob(ObjectID(old.id)), try repository.blob(ObjectID(new.id)))
      return engine.interest.isQuiet(before, after, look, isBuilt: judgesBuilds)
        || VersionBump.isOnly(before, after)
    } catch {
      return false
    }
  }

  /// Whether there is a file about which some rule can have a word, and not only look at it beside others.
  private func isTold(_ files: [(file: FileChange, look: Interest.Look)]) -> Bool {
    files.contains { $0.look.tells || KustomizationFileView.isNamed($0.file.path) || judgesBuilds }
  }

  /// Judges the objects of a commit's files.
  func judge(_ work: RelevantCommit, _ node: CommitNode) -> JudgedCommit {
    var judged = JudgedCommit(commit: work.commit, findings: [], diagnostics: [])
    if let findings = work.findings {
      judged.isRecalled = true
      judged.findings = findings
      sign(&judged, node)
      return judged
    }
    var telling = zip(work.files, work.looks).map { (file: $0, look: $1) }.filter { !isQuiet($0.file, $0.look) }
    guard isTold(telling) else { return judged }
    let before: any FileTree = work.parentTree.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
    let after = GitTree(node.tree, in: repository)
    // In a merge only what differs from all parents counts, which is no state that Flux would see change. In a history
    // without EKS Anywhere clusters, working out the applied state of tens of thousands of commits takes long: there
    // files are judged as written, unless it is asked for.
    let asWritten =
      node.parents.count > 1 || !judgesBuilds
      || !isAskedForBuilds && !builder.holdsClusters(before) && !builder.holdsClusters(after)
    if asWritten, !judgesBuilds {
      telling = telling.withoutMoves
      guard isTold(telling) else { return judged }
    }
    var result =
      asWritten
      ? builder.change(
        before: before, after: after, files: telling.map(\.file), looks: telling.map(\.look), asWritten: true)
      : builder.screenedChange(
        before: before, after: after, files: work.files,
        past: FirstParents.past(of: node.parents.first, in: repository), additions: true)
    // Also where all that comes only moves.
    result.change.addsFiles = work.files.contains { $0.old == nil }
    judged.diagnostics = result.diagnostics.filter { $0.level == .error }
    (judged.findings, judged.speaking, _) = engine.hear(result.change, only: work.speaking)
    judged.diagnostics += builder.takeFailures()
    sign(&judged, node)
    return judged
  }

  /// Adds whose commit it is.
  private func sign(_ judged: inout JudgedCommit, _ node: CommitNode) {
    guard !judged.findings.isEmpty else { return }
    do throws(GitError) {
      let info = Finding.CommitInfo(try repository.commit(node.id))
      for index in judged.findings.indices { judged.findings[index].commit = info }
    } catch {
      judged.diagnostics.append(Diagnostic(error))
    }
  }
}

extension [(file: FileChange, look: Interest.Look)] {
  /// Without the files that only move: as many go as come with the very same content, so that their objects pair.
  fileprivate var withoutMoves: Self {
    var balance: [ContentID: Int] = [:]
    for (file, _) in self where file.isLoneManifest {
      if file.old == nil, let id = file.new?.id { balance[id, default: 0] += 1 }
      if file.new == nil, let id = file.old?.id { balance[id, default: 0] -= 1 }
    }
    return filter { file, _ in !file.isLoneManifest || (file.old ?? file.new).map { balance[$0.id] != 0 } ?? true }
  }
}

extension FileChange {
  /// Whether this is a manifest that comes or goes, and is read like any other wherever it stands.
  fileprivate var isLoneManifest: Bool {
    (old == nil) != (new == nil) && ChangeBuilder.isManifest(path) && !KustomizationFileView.isNamed(path)
      && !FixtureFolders.hold(path)
  }
}
