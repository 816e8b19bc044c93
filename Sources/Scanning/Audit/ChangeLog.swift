internal import Git
internal import Flux

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

  /// The commits that change a file in which some rule could be interested, with those files.
  func relevantCommits(_ facts: BlobFacts) -> [RelevantCommit] {
    var found: [RelevantCommit] = []
    for record in records {
      let isRelevant = [record.old, record.new].contains { $0.map { facts.interesting.contains($0.id) } ?? false }
      guard isRelevant else { continue }
      let path = paths[Int(record.path)]
      let file = FileChange(
        path: path, old: record.old.map { FileEntry($0, path: path) }, new: record.new.map { FileEntry($0, path: path) }
      )
      if found.last?.commit == Int(record.commit) {
        found[found.count - 1].files.append(file)
      } else {
        let parent = parentTrees[Int(record.commit) - firstCommit]
        found.append(RelevantCommit(commit: Int(record.commit), parentTree: parent, files: [file]))
      }
    }
    return found
  }

  /// Forgets what only helps to add.
  mutating func close() { numbers = [:] }
}

/// A commit that a rule may have something to say about.
struct RelevantCommit: Sendable {
  /// Its number in the history.
  var commit: Int
  /// The tree of its first parent; `nil` for a root commit.
  var parentTree: ObjectID?
  var files: [FileChange]

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
