/// The commits met on a walk, numbered in the order of their discovery, with marks.
///
/// At the boundary of a shallow clone the parents are named but absent: there the graph ends, and says so.
struct CommitGraph {
  /// Marks on a commit.
  struct Marks: OptionSet {
    let rawValue: UInt8
    /// Reachable from what is hidden; for merge bases: reachable from the first commit.
    static let hidden = Marks(rawValue: 1)
    /// Reachable from the second commit of a search for merge bases.
    static let second = Marks(rawValue: 2)
    /// Below a common ancestor already found.
    static let stale = Marks(rawValue: 4)
    /// A candidate for a merge base.
    static let result = Marks(rawValue: 8)
    /// Taken from the queue.
    static let processed = Marks(rawValue: 16)
    /// Waiting in the queue.
    static let queued = Marks(rawValue: 32)
  }

  private let repository: Repository
  /// Commits that were read before.
  private let known: (ObjectID) -> CommitNode?
  /// The commits.
  private(set) var nodes: [CommitNode] = []
  /// Their marks.
  var marks: [Marks] = []
  /// Commits named by others that could not be read, each once, in the order of their discovery.
  private(set) var unreadable: [GitError] = []
  /// The commits met at which a shallow clone's history is cut off.
  private(set) var boundary: [ObjectID] = []
  private var numbers: [ObjectID: Int32] = [:]
  /// The numbers of the parents of all commits for which they were asked, and where those of each commit stand.
  private var parents: [Int32] = []
  private var links: [Range<Int32>?] = []
  private static let none: Int32 = -1

  init(repository: Repository, known: @escaping (ObjectID) -> CommitNode? = { _ in nil }) {
    self.repository = repository
    self.known = known
  }

  /// The number of a commit, which is read on the first call; `nil` where it can't be read, which is then noted.
  mutating func number(of id: ObjectID) -> Int? {
    if let known = numbers[id] { return known == Self.none ? nil : Int(known) }
    do throws(GitError) {
      let node = if let node = known(id) { node } else { try repository.commitNode(id) }
      numbers[id] = Int32(nodes.count)
      nodes.append(node)
      marks.append([])
      links.append(nil)
      if repository.shallowCommits.contains(id) { boundary.append(id) }
      return nodes.count - 1
    } catch {
      numbers[id] = Self.none
      unreadable.append(error)
      return nil
    }
  }

  /// Where ``parent(at:)`` tells the numbers of a commit's parents, the unreadable ones left out.
  mutating func parents(of number: Int) -> Range<Int> {
    if let known = links[number] { return Int(known.lowerBound)..<Int(known.upperBound) }
    let start = Int32(parents.count)
    let isCutOff = !repository.shallowCommits.isEmpty && repository.shallowCommits.contains(nodes[number].id)
    for id in isCutOff ? [] : nodes[number].parents {
      if let parent = self.number(of: id) { parents.append(Int32(parent)) }
    }
    links[number] = start..<Int32(parents.count)
    return Int(start)..<parents.count
  }

  /// The number of a commit at a place that ``parents(of:)`` gave.
  func parent(at place: Int) -> Int { Int(parents[place]) }
}

/// A commit waiting in a queue: newer ones first, ids deciding between equals.
struct WaitingCommit: Comparable {
  let number: Int
  let seconds: Int64
  let id: ObjectID

  init(_ number: Int, _ node: CommitNode) {
    self.number = number
    seconds = node.seconds
    id = node.id
  }

  /// Whether one is taken before another.
  static func < (left: WaitingCommit, right: WaitingCommit) -> Bool {
    left.seconds != right.seconds ? left.seconds > right.seconds : left.id < right.id
  }
}
