internal import Git

/// How wanted blobs come and go along a history, as the changes of its commits tell: what of them stands at a commit is
/// known without a look at its tree.
struct BlobLines {
  /// A changed file that is wanted on one side at least.
  struct Step {
    /// The commit's number in the history; steps come in this order.
    var commit: Int
    var path: String
    /// What stands there now, if it is wanted.
    var new: ObjectID?
  }

  /// What stands at a commit: the same as at its parent but for some places, or what its tree says.
  private struct State {
    var origin: Origin
    var edits: [(place: Int, blob: ObjectID?)] = []
  }

  private enum Origin {
    case nothing
    /// What stands at another one, apart from what was edited.
    case state(Int)
    case tree(ObjectID)
  }

  /// Where wanted blobs ever stood.
  let places: WantedPlaces
  private var states = [State(origin: .nothing)]
  /// For each commit of the history the number of its state.
  private var numbers: [Int] = []
  private let forks: BranchForks
  /// What stands at the states that were asked for.
  private var known: [Int: [PlacedBlobs.Found]] = [:]

  /// - Parameters:
  ///   - plan: of a whole history.
  ///   - unread: the numbers of commits whose changes are not all known.
  init(_ plan: AuditPlan, _ steps: [Step], unread: Set<Int>) {
    var places = WantedPlaces()
    let placed = steps.map { (commit: $0.commit, place: places.number(of: $0.path), blob: $0.new) }
    self.places = places
    forks = plan.forks
    numbers.reserveCapacity(plan.history.commits.count)
    var next = 0
    for (commit, node) in plan.history.commits.enumerated() {
      let first = next
      while next < placed.count, placed[next].commit == commit { next += 1 }
      let edits = placed[first..<next].map { ($0.place, $0.blob) }
      numbers.append(state(of: node, edits: edits, isUnread: unread.contains(commit) || !places.areExact))
    }
  }

  /// The number of a commit's state, whose parents have theirs.
  private mutating func state(
    of node: CommitNode, edits: [(place: Int, blob: ObjectID?)], isUnread: Bool
  ) -> Int {
    let parents = Set(node.parents.map { forks.number(of: $0).map { numbers[$0] } })
    // A merge whose parents differ may be like any of them.
    guard !isUnread, parents.count < 2, let parent = parents.first ?? 0 else {
      states.append(State(origin: .tree(node.tree)))
      return states.count - 1
    }
    if edits.isEmpty { return parent }
    states.append(State(origin: .state(parent), edits: edits))
    return states.count - 1
  }

  /// The number of what stands at a commit; the same where the same stands. `nil` for a commit outside the history.
  func state(at commit: ObjectID) -> Int? { forks.number(of: commit).map { numbers[$0] } }

  /// The wanted blobs of a state where they stand.
  ///
  /// - Parameter read: reads the places of a tree.
  mutating func blobs(of state: Int, read: (ObjectID) -> [PlacedBlobs.Found]) -> [PlacedBlobs.Found] {
    var way: [State] = []
    var number = state
    while known[number] == nil, case .state(let parent) = states[number].origin {
      way.append(states[number])
      number = parent
    }
    var blobs = known[number] ?? []
    if known[number] == nil, case .tree(let id) = states[number].origin { blobs = read(id) }
    if !way.isEmpty {
      var standing = Dictionary(blobs.lazy.map { ($0.place, $0.blob) }, uniquingKeysWith: { first, _ in first })
      for (place, blob) in way.reversed().lazy.flatMap(\.edits) { standing[place] = blob }
      blobs = standing.map { (place: $0.key, blob: $0.value) }
    }
    known[state] = blobs
    return blobs
  }
}
