internal import Flux
internal import Git
internal import Policy

/// What audits of a repository learned and keep for the next one: the shape of its history, and what of it was silent.
///
/// It holds ids, paths, times and marks, and of the findings of rules what a report prints, where no credential is in
/// it. Files and messages with credentials, and what could not be read, are known as such and looked at again.
struct HistoryCache: Sendable {
  /// A commit.
  struct Commit: Sendable {
    /// Its place in history.
    var node: CommitNode
    /// The tree of its first parent; `nil` for a root commit.
    var parentTree: ObjectID?
    /// Which of ``HistoryCache/records`` are its own.
    var records: Range<Int>
    var marks: CommitMarks
    /// What it does to the files that rules judge; `nil` where it touches none. Valid where it is weighed.
    var edit: EditDigest?
    /// The numbers of the rules that have a word about it; valid where it is heard.
    var speaking: [UInt16] = []
    /// What they say, as ``KeptFindings`` writes it; empty where it is not kept.
    var findings: [UInt8] = []
    /// How many caches were written since it was met.
    var age: UInt8 = 0
  }

  /// What was found out of a commit.
  struct CommitMarks: OptionSet, Sendable {
    let rawValue: UInt8
    /// Its message holds a credential.
    static let speaks = CommitMarks(rawValue: 1)
    /// It was asked whether it touches anything that rules judge.
    static let isWeighed = CommitMarks(rawValue: 2)
    /// It was judged, and no rule had a word.
    static let isSilent = CommitMarks(rawValue: 4)
    /// It was asked whether it decrypts anything, and does not.
    static let keepsSecrets = CommitMarks(rawValue: 8)
    /// Something of it could not be read: it is not kept.
    static let isIncomplete = CommitMarks(rawValue: 16)
    /// It was judged, and which rules had a word is known.
    static let isHeard = CommitMarks(rawValue: 32)

    /// What depends on the files that the commit touches.
    static let judgement: CommitMarks = [.isWeighed, .isSilent, .keepsSecrets, .isHeard]
  }

  /// A changed file of a commit.
  struct Record: Sendable {
    /// The path's number.
    var path: Int32
    /// The numbers of what stood there and what stands there; -1 for nothing.
    var old: Int32
    var new: Int32
    var oldKind = EntryKind.file
    var newKind = EntryKind.file
  }

  /// What stood at a path: a file, a link, a submodule.
  struct Item: Sendable {
    var id: ObjectID
    var marks: ItemMarks = []
    /// What it promises the rules; `nil` where it is no manifest.
    var look: UInt16?
    /// Which groups and kinds it can name.
    var names: UInt64 = 0
    /// Its size in bytes.
    var size = 0
    /// The path as whose content it was read; -1 for none.
    var path: Int32 = -1
  }

  /// What a path asks of what stands there.
  struct PathMarks: Sendable, Equatable {
    let rawValue: UInt8
    /// Whether it may be a manifest.
    var isManifest: Bool { rawValue & 1 != 0 }
    /// Whether it lies among what is made for tests.
    var isFixture: Bool { rawValue & 2 != 0 }
    /// How much the rules for credentials ask of it.
    var weight: Int { Int(rawValue >> 2) }
  }

  /// What was found out of a file's bytes.
  struct ItemMarks: OptionSet, Sendable, Hashable {
    let rawValue: UInt16
    /// It was read.
    static let isKnown = ItemMarks(rawValue: 1)
    /// It was read as a manifest.
    static let isManifest = ItemMarks(rawValue: 2)
    /// It was read as one that is made for tests.
    static let isFixture = ItemMarks(rawValue: 4)
    /// It holds credentials.
    static let holdsSecrets = ItemMarks(rawValue: 8)
    /// It could not be read, or not to its end.
    static let isUnread = ItemMarks(rawValue: 16)
    static let isEncrypted = ItemMarks(rawValue: 32)
    static let isGenerator = ItemMarks(rawValue: 64)
    static let holdsCluster = ItemMarks(rawValue: 128)
    static let namesFixtures = ItemMarks(rawValue: 256)
    static let isMapGenerator = ItemMarks(rawValue: 512)
    static let isFlux = ItemMarks(rawValue: 1024)

    /// What has to be read again although it is known.
    static let telling: ItemMarks = [.holdsSecrets, .isUnread]
  }

  /// The paths, each once.
  var paths: [String] = []
  /// What each path asks of what stands there.
  var traits: [PathMarks] = []
  /// What stood at them, each once.
  var items: [Item] = []
  var commits: [Commit] = []
  /// The packs of the repository that were whole, as they were: name, size and time.
  var packs: [String] = []
  var records: [Record] = []
  /// Whether the history that was judged holds EKS Anywhere clusters, and applies what is made for tests.
  var holdsClusters = false
  var appliesFixtures = false
}

extension HistoryCache.PathMarks {
  /// The marks of a path.
  init(_ path: String) {
    self.init(
      rawValue: (ChangeBuilder.isManifest(path) ? 1 : 0) | (FixtureFolders.hold(path) ? 2 : 0)
        | UInt8(PathTraits.weight(of: path)) << 2)
  }
}
