internal import Flux
internal import Git
internal import Policy

/// A history laid over what earlier audits learned: each commit and file is known, or looked at and added.
struct KnownHistory: Sendable {
  private(set) var cache: HistoryCache
  /// For each commit of the history, its number in the cache; filled by ``take(_:_:)``.
  private(set) var rows: [Int] = []
  /// How many commits were known before.
  private let kept: Int
  /// How many paths were known before; none of them holds a credential.
  private let keptPaths: Int
  /// The paths that hold credentials: the commits that touch them are not kept.
  private(set) var hiddenPaths: Set<Int32> = []
  /// The packs of the repository that are whole.
  private(set) var packs: [String] = []
  /// Whether the packs are others than those that were known, `git gc` having made new ones.
  private(set) var isRepacked = false
  /// So many objects take longer to list than a cache to write.
  private static let longListing = 1 << 14
  /// How much was looked at that the cache on disk does not tell.
  private(set) var news = 0
  /// How many files were read, and how many commits judged.
  private var readFiles = 0
  private var judgedCommits = 0
  private let numbers: [ObjectID: Int32]
  /// The numbers of the files that have to be read, and as what.
  private var unread: [(item: Int, use: ItemUses.Use)] = []

  /// - Parameter cache: what earlier audits learned.
  init(_ cache: HistoryCache = HistoryCache()) {
    self.cache = cache
    kept = cache.commits.count
    keptPaths = cache.paths.count
    var numbers = [ObjectID: Int32](minimumCapacity: cache.commits.count)
    for row in cache.commits.indices { numbers[cache.commits[row].node.id] = Int32(row) }
    self.numbers = numbers
  }

  /// Whether nothing is known.
  var isEmpty: Bool { kept == 0 }

  /// Whether so much is known that files with credentials are among it, in all likelihood.
  var isLarge: Bool { kept > KnownHistory.longListing }

  /// The commit of an id, where it is known.
  func commit(_ id: ObjectID) -> HistoryCache.Commit? { numbers[id].map { cache.commits[Int($0)] } }

  /// A commit's place in history, where it is known. A commit as a whole is much to be copied.
  func node(_ id: ObjectID) -> CommitNode? { numbers[id].map { cache.commits[Int($0)].node } }

  /// Whether a commit's message holds credentials; `nil` for one that is not known.
  func isSpeaking(_ id: ObjectID) -> Bool? {
    numbers[id].map { cache.commits[Int($0)].marks.contains(.speaks) }
  }

  /// Whether all of some commits are known.
  func holdsAll(_ commits: [CommitNode]) -> Bool { commits.allSatisfy { numbers[$0.id] != nil } }

  /// How much was known and how much was looked at, for people.
  var summary: String {
    "\(kept) commits were known; read \(rows.count { $0 >= kept }) more and \(readFiles) files, judged \(judgedCommits)"
  }

  /// Notes which packs were listed.
  mutating func note(_ listing: ObjectListing) {
    packs = listing.packs
    isRepacked = kept > 0 && listing.ids.count > KnownHistory.longListing
  }

  // MARK: Commits

  /// Adds the commits that were not known, once all were compared.
  mutating func take(_ logs: [ChangeLog], _ commits: [CommitNode]) {
    rows.reserveCapacity(commits.count)
    if isEmpty {
      cache.commits.reserveCapacity(commits.count)
      cache.records.reserveCapacity(logs.reduce(0) { $0 + $1.records.count })
    }
    var intern = Interning()
    for log in logs {
      let speaking = Set(log.messages.map(\.commit))
      let failed = Set(log.failures.map { Int($0.commit) })
      var places = [Int32](repeating: -1, count: log.paths.count)
      var position = 0
      for offset in log.parentTrees.indices {
        let number = log.firstCommit + offset
        let start = position
        while position < log.records.count, log.records[position].commit == number { position += 1 }
        let node = commits[number]
        if let known = numbers[node.id] {
          cache.commits[Int(known)].age = 0
          rows.append(Int(known))
          continue
        }
        let first = cache.records.count
        for record in log.records[start..<position] {
          if places[Int(record.path)] < 0 {
            places[Int(record.path)] = intern.path(log.paths[Int(record.path)], &cache)
          }
          cache.records.append(
            HistoryCache.Record(
              path: places[Int(record.path)], old: record.old.map { intern.item($0.id, &cache) } ?? -1,
              new: record.new.map { intern.item($0.id, &cache) } ?? -1, oldKind: record.old?.kind ?? .file,
              newKind: record.new?.kind ?? .file))
        }
        var marks: HistoryCache.CommitMarks = speaking.contains(number) ? .speaks : []
        if failed.contains(number) { marks.insert(.isIncomplete) } else { news += 1 }
        rows.append(cache.commits.count)
        cache.commits.append(
          HistoryCache.Commit(
            node: node, parentTree: log.parentTrees[offset], records: first..<cache.records.count, marks: marks))
      }
    }
  }

  /// What is known of a commit of the history, by its number there.
  func marks(ofCommit number: Int) -> HistoryCache.CommitMarks { cache.commits[rows[number]].marks }

  /// What a commit of the history, by its number, does to the files that rules judge.
  func edit(ofCommit number: Int) -> EditDigest? { cache.commits[rows[number]].edit }

  /// The numbers of the rules that have a word about a commit of the history; `nil` where that is not known.
  func speaking(ofCommit number: Int) -> [UInt16]? {
    let commit = cache.commits[rows[number]]
    return commit.marks.contains(.isHeard) ? commit.speaking : nil
  }

  /// What the rules say of a commit of the history, still without the commit itself; `nil` where that is not known.
  func findings(ofCommit number: Int, _ infos: [String: RuleInfo]) -> [Finding]? {
    let commit = cache.commits[rows[number]]
    return commit.marks.contains(.isHeard) && !commit.findings.isEmpty
      ? KeptFindings.findings(commit.findings, infos) : nil
  }

  /// Notes what the rules said. Where something could not be read they are all asked the next time.
  ///
  /// - Parameter kept: what is to be kept of it; `nil` for nothing.
  mutating func note(_ judged: JudgedCommit, kept: [UInt8]?) {
    judgedCommits += 1
    guard judged.diagnostics.isEmpty else { return }
    if judged.isSilent { mark(judged.commit, .isSilent) }
    cache.commits[rows[judged.commit]].speaking = judged.speaking
    cache.commits[rows[judged.commit]].findings = kept ?? []
    mark(judged.commit, .isHeard)
  }

  /// Notes that a commit of the history was weighed.
  mutating func weigh(_ number: Int, _ edit: EditDigest?) {
    cache.commits[rows[number]].edit = edit
    mark(number, .isWeighed)
  }

  /// Notes what was found out of a commit of the history.
  mutating func mark(_ number: Int, _ mark: HistoryCache.CommitMarks) {
    let row = rows[number]
    if cache.commits[row].marks.insert(mark).inserted, row < kept { news += 1 }
  }

  /// The paths that were not searched for credentials yet.
  var newPaths: ArraySlice<String> { cache.paths[keptPaths...] }

  /// Notes that some paths hold credentials.
  mutating func hide(_ paths: Set<String>) {
    for (number, path) in cache.paths.enumerated() where paths.contains(path) { hiddenPaths.insert(Int32(number)) }
  }

  // MARK: Files

  /// How each file of the history is to be taken, and of those that are known what is known.
  ///
  /// - Parameter stray: files that may stand in no commit.
  /// - Returns: the files that have to be read, and what is known of the others.
  mutating func files(stray: [ObjectID]) -> (unread: [ObjectID: BlobUse], facts: BlobFacts) {
    var uses = ItemUses(cache.traits, count: cache.items.count)
    for row in rows {
      for record in cache.records[cache.commits[row].records] { uses.add(record) }
    }
    var unread: [ObjectID: BlobUse] = [:]
    var facts = BlobFacts()
    facts.reserveCapacity(isEmpty ? 0 : uses.uses.count)
    for (number, use) in uses.uses.enumerated() where use.isUsed {
      let item = cache.items[number]
      if item.marks.contains(.isKnown), item.marks.isDisjoint(with: .telling), item.path == use.path,
        item.marks.contains(.isManifest) == use.isManifest, item.marks.contains(.isFixture) == use.isFixture
      {
        facts.recall(item)
      } else {
        self.unread.append((number, use))
        unread[item.id] = BlobUse(
          path: cache.paths[Int(use.path)], isManifest: use.isManifest, isFixture: use.isFixture, weight: use.weight)
      }
    }
    for id in stray where unread[id] == nil && facts.sizes[id] == nil {
      unread[id] = BlobUse()
    }
    return (unread, facts)
  }

  /// Takes in what the files were found to be. What was known of commits that touch a file which is not as it was, or of
  /// all commits where the history as a whole is not, is forgotten.
  mutating func settle(_ facts: BlobFacts) {
    var changed = [Bool](repeating: false, count: cache.items.count)
    var isChanged = false
    func note(_ number: Int, _ item: HistoryCache.Item) {
      guard cache.items[number].marks != item.marks || cache.items[number].look != item.look else { return }
      changed[number] = true
      isChanged = true
      cache.items[number] = item
      news += 1
    }
    for (number, use) in unread { note(number, facts.item(cache.items[number], use)) }
    // What is only a credential by what a kustomization makes of it was not asked for.
    if !facts.secrets.isEmpty {
      for (number, item) in cache.items.enumerated() where facts.secrets[item.id] != nil {
        var copy = item
        copy.marks.insert(.holdsSecrets)
        note(number, copy)
      }
    }
    readFiles = unread.count
    unread = []
    let isOther = cache.holdsClusters != facts.holdsClusters || cache.appliesFixtures != facts.appliesFixtures
    cache.holdsClusters = facts.holdsClusters
    cache.appliesFixtures = facts.appliesFixtures
    guard isChanged || isOther else { return }
    for row in 0..<kept {
      let isTouched =
        isOther
        || cache.records[cache.commits[row].records].contains { record in
          record.old >= 0 && changed[Int(record.old)] || record.new >= 0 && changed[Int(record.new)]
        }
      if isTouched { cache.commits[row].marks.subtract(.judgement) }
    }
  }

  /// Gives back the room of what only the next audit needs, where nothing is kept for it: which files each commit
  /// touches, and what they were found to be.
  mutating func forgetFiles() {
    cache.records = []
    cache.items = []
  }
}
