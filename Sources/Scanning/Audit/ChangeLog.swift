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
  private var numbers: [String: Int32] = [:]
  private var knownNumbers: [Int32: Int32] = [:]
  /// For each commit of the slice, the tree of its first parent.
  var parentTrees: [ObjectID?] = []
  var failures: [(commit: Int32, path: String, error: GitError)] = []

  init(firstCommit: Int) { self.firstCommit = firstCommit }

  mutating func add(_ secrets: [PlacedSecret], commit: Int) {
    for secret in secrets { messages.append((commit, secret)) }
  }

  /// Adds a commit that is known.
  mutating func add(_ known: HistoryCache.Commit, of cache: HistoryCache, commit: Int) {
    parentTrees.append(known.parentTree)
    for record in cache.records[known.records] {
      func item(_ number: Int32, _ kind: EntryKind) -> TreeItem? {
        number < 0 ? nil : TreeItem(kind: kind, id: cache.items[Int(number)].id)
      }
      records.append(
        Record(
          commit: Int32(commit), path: number(ofKnown: record.path, cache),
          old: item(record.old, record.oldKind), new: item(record.new, record.newKind)))
    }
  }

  mutating func add(_ change: FileChange, commit: Int) {
    records.append(
      Record(commit: Int32(commit), path: number(of: change.path), old: change.old?.item, new: change.new?.item))
  }

  /// The number here of a path by its number in a cache: quicker told than by its text.
  private mutating func number(ofKnown path: Int32, _ cache: HistoryCache) -> Int32 {
    if let known = knownNumbers[path] { return known }
    let number = number(of: cache.paths[Int(path)])
    knownNumbers[path] = number
    return number
  }

  private mutating func number(of path: String) -> Int32 {
    if let known = numbers[path] { return known }
    let number = Int32(paths.count)
    paths.append(path)
    numbers[path] = number
    return number
  }

  /// The numbers of the slice's commits.
  var commits: Range<Int> { firstCommit..<firstCommit + parentTrees.count }

  /// The records that have one of some files on a side.
  func records(touching files: Set<ObjectID>) -> [Record] {
    records.filter { [$0.old, $0.new].contains { $0.map { files.contains($0.id) } ?? false } }
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
  ///
  /// - Parameters:
  ///   - inputs: where what Flux applies is worked out, the files of which generators make something; else `nil`.
  ///   - isAsked: which commits are looked at.
  func relevantCommits(
    _ facts: BlobFacts, inputs: Set<String>?, among isAsked: (Int) -> Bool
  ) -> [RelevantCommit] {
    // Of a few commits not every path is looked at.
    var judgedPaths: [JudgedPath?] = Array(repeating: nil, count: paths.count)
    func traits(of path: Int32) -> JudgedPath {
      if let known = judgedPaths[Int(path)] { return known }
      let found = JudgedPath(paths[Int(path)], inputs)
      judgedPaths[Int(path)] = found
      return found
    }
    // A kustomization tells by itself. Where builds are judged, a patch can change an object, and a manifest of any kind
    // that comes, goes, becomes a link or comes to use a variable can make a build fail.
    func decidesBuild(_ record: Record, _ look: Interest.Look) -> Bool {
      let path = traits(of: record.path)
      if path.isKustomization || inputs == nil { return path.isKustomization }
      let isFile = [record.old, record.new].allSatisfy { $0.map { $0.kind.isBlob && $0.kind != .link } ?? false }
      return path.isInput || path.isManifest && (!isFile || !look.isDisjoint(with: [.fragment, .variable]))
    }
    var found: [RelevantCommit] = []
    for (number, records) in steps where isAsked(number) {
      let judged = records.filter { facts.appliesFixtures || !traits(of: $0.path).isFixture }.map { record in
        let look = facts.look(at: record)
        return (record: record, look: look, decidesBuild: decidesBuild(record, look))
      }
      guard judged.contains(where: { $0.decidesBuild || $0.look.tells }) else { continue }
      let isMarked = judged.contains { $0.look.contains(.marked) }
      var commit = RelevantCommit(commit: number, parentTree: parentTrees[number - firstCommit])
      for (record, look, decidesBuild) in judged
      where isMarked && traits(of: record.path).isManifest || look.contains(.judged) || decidesBuild {
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

  /// Forgets what only helps to add, and gives back the room for more.
  mutating func close() {
    numbers = [:]
    knownNumbers = [:]
    records = records.withUnsafeBufferPointer { Array($0) }
    paths = paths.withUnsafeBufferPointer { Array($0) }
  }
}

/// What a path tells of the file as one that rules judge.
private struct JudgedPath {
  let isFixture: Bool
  let isManifest: Bool
  let isKustomization: Bool
  /// Whether it decides what Flux builds, though no object stands in it: a generator's file, or ignore rules.
  let isInput: Bool

  init(_ path: String, _ inputs: Set<String>?) {
    isInput = inputs.map { $0.contains(path) || Path.name(path) == SourceIgnore.fileName } ?? false
    isFixture = FixtureFolders.hold(path)
    isManifest = ChangeBuilder.isManifest(path)
    isKustomization = KustomizationFileView.isNamed(path)
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
  /// The numbers of the rules that have a word about it; `nil` where that is not known.
  var speaking: [UInt16]?
  /// What they say, where that is known; the files are not looked at then.
  var findings: [Finding]?
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
