internal import Flux
internal import Git
internal import Policy

/// The files that commits change, packed: a history has millions.
struct ChangeLog: Sendable {
  /// One changed file of a commit.
  struct Record: Sendable {
    /// The commit's number in the history.
    var commit: Int32
    /// The path's number in ``paths``.
    var path: Int32
    var old: TreeItem?
    var new: TreeItem?
  }

  /// The number of the slice's first commit.
  let firstCommit: Int
  /// Credentials in the messages of commits.
  private(set) var messages: [(commit: Int, secret: PlacedSecret)] = []
  private(set) var records: [Record] = []
  private(set) var paths: [String] = []
  /// What each path tells of the files that stand there; there once the log is closed.
  private(set) var uses: [BlobUse] = []
  private var numbers: [String: Int32] = [:]
  /// For each commit of the slice, the tree of its first parent.
  var parentTrees: [ObjectID?] = []
  var failures: [(commit: Int32, path: String, error: GitError)] = []

  init(firstCommit: Int) { self.firstCommit = firstCommit }

  mutating func add(_ secrets: [PlacedSecret], commit: Int) {
    for secret in secrets { messages.append((commit, secret)) }
  }

  mutating func add(_ change: FileChange, commit: Int) {
    let number = numbers[change.path] ?? Int32(paths.count)
    if number == paths.count {
      paths.append(change.path)
      numbers[change.path] = number
    }
    records.append(
      Record(commit: Int32(commit), path: number, old: change.old?.item, new: change.new?.item))
  }

  /// The records commit by commit, in the order of the history.
  var steps: [(commit: Int, records: ArraySlice<Record>)] {
    var steps: [(commit: Int, records: ArraySlice<Record>)] = []
    var start = 0
    while start < records.count {
      let commit = records[start].commit
      let end = records[start...].firstIndex { $0.commit != commit } ?? records.count
      steps.append((Int(commit), records[start..<end]))
      start = end
    }
    return steps
  }

  /// The commits about which some rule could have a word, with the files in which it could be interested.
  func relevantCommits(_ facts: BlobFacts) -> [RelevantCommit] {
    let isLeftOut = uses.map { !facts.appliesFixtures && $0.isFixture }
    let kustomizations = paths.map { KustomizationFileView.isNamed($0) }
    // A kustomization tells by itself. Where clusters are built, a patch can change one, and a manifest of any kind
    // that comes or goes can make a build fail.
    func decidesBuild(_ record: Record, _ look: Interest.Look) -> Bool {
      kustomizations[Int(record.path)]
        || facts.holdsClusters && uses[Int(record.path)].isManifest
          && (record.old == nil || record.new == nil || look.contains(.fragment))
    }
    var found: [RelevantCommit] = []
    for (number, records) in steps {
      let judged = records.filter { !isLeftOut[Int($0.path)] }.map { record in
        let look = facts.look(at: record)
        return (record: record, look: look, decidesBuild: decidesBuild(record, look))
      }
      guard judged.contains(where: { $0.decidesBuild || $0.look.tells }) else { continue }
      let isMarked = judged.contains { $0.look.contains(.marked) }
      var commit = RelevantCommit(commit: number, parentTree: parentTrees[number - firstCommit])
      for (record, look, decidesBuild) in judged
      where isMarked && uses[Int(record.path)].isManifest || look.contains(.judged) || decidesBuild {
        let path = paths[Int(record.path)]
        commit.files.append(
          FileChange(
            path: path, old: record.old.map { FileEntry($0, path: path) },
            new: record.new.map { FileEntry($0, path: path) }))
        commit.looks.append(look)
      }
      found.append(commit)
    }
    return found
  }

  /// Forgets what only helps to add, and looks at the paths.
  mutating func close() {
    numbers = [:]
    uses = paths.map { BlobUse(path: $0) }
  }
}

/// A commit that a rule may have something to say about.
struct RelevantCommit: Sendable {
  /// Its number in the history.
  var commit: Int
  /// The tree of its first parent; `nil` for a root commit.
  var parentTree: ObjectID?
  var files: [FileChange] = []
  /// What both sides of each file promise.
  var looks: [Interest.Look] = []

  /// What it does to those files, as far as their contents tell.
  var versions: [FileVersions] {
    files.map { FileVersions(path: $0.path, old: $0.old?.id, new: $0.new?.id) }
  }
}

/// The two contents of a changed file.
struct FileVersions: Hashable {
  var path: String
  var old: ContentID?
  var new: ContentID?
}

extension FileEntry {
  /// The entry as Git has it; a file's executable bit is not kept.
  var item: TreeItem {
    let kind: EntryKind =
      switch self.kind {
      case .file: .file
      case .folder: .folder
      case .link: .link
      case .submodule: .submodule
      }
    return TreeItem(kind: kind, id: ObjectID(id))
  }
}
