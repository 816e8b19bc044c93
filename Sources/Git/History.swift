/// In which order commits are given.
package enum HistoryOrder: Sendable {
  /// No commit before all its children; newer before older where that leaves a choice.
  case newestFirst
  /// No commit before all its parents: exactly the reverse.
  case oldestFirst
}

/// The commits of a range, and what is missing from it.
package struct History: Sendable {
  /// The commits, in the order asked for, which depends on nothing but the commits themselves.
  package let commits: [CommitNode]
  /// Commits that the range needs and that could not be read. The rest is complete.
  package let unreadable: [GitError]
  /// The commits of the range at which a shallow clone's history is cut off: their parents are absent.
  package let boundary: [ObjectID]
}

extension Repository {
  /// The commits reachable from some tips and from nothing that is hidden.
  ///
  /// Tips and hidden ids may be annotated tags; one that ends at a tree or blob has no history and is listed as
  /// unreadable. Replace references and grafts are ignored.
  ///
  /// - Parameter known: commits that were read before and need not be read again.
  package func history(
    from tips: [ObjectID], hiding hidden: [ObjectID] = [], order: HistoryOrder = .newestFirst,
    known: @escaping (ObjectID) -> CommitNode? = { _ in nil }
  ) -> History {
    var walk = HistoryWalk(repository: self, known: known)
    for id in hidden { walk.start(id, hidden: true) }
    for id in tips { walk.start(id, hidden: false) }
    walk.run(exact: hidden.isEmpty)
    return walk.history(order)
  }
}

private struct HistoryWalk {
  private let repository: Repository
  private var graph: CommitGraph
  private var queue = PriorityQueue<WaitingCommit>()
  private var failures: [GitError] = []
  /// How many commits in the queue are not hidden.
  private var interesting = 0
  /// The date of the oldest commit taken that is not hidden.
  private var oldest = Int64.max
  /// How many hidden commits are walked beyond the point where dates say that all is known: dates can be wrong.
  private static let slack = 1000

  private let known: (ObjectID) -> CommitNode?

  init(repository: Repository, known: @escaping (ObjectID) -> CommitNode?) {
    self.repository = repository
    self.known = known
    graph = CommitGraph(repository: repository, known: known)
  }

  mutating func start(_ id: ObjectID, hidden: Bool) {
    do throws(GitError) {
      let end = known(id) == nil ? try repository.peeled(id) : (id, .commit)
      guard end.kind == .commit else { throw .unexpected(end.id, end.kind, expected: .commit) }
      guard let number = graph.number(of: end.id) else { return }
      if hidden { hide(number) } else { enqueue(number) }
    } catch {
      failures.append(error)
    }
  }

  mutating func run(exact: Bool) {
    var slack = Self.slack
    while let waiting = queue.first {
      if interesting == 0, !exact {
        if waiting.seconds < oldest { slack -= 1 }
        if slack < 0 || oldest == .max { return }
      }
      _ = queue.pop()
      let number = waiting.number
      graph.marks[number].remove(.queued)
      graph.marks[number].insert(.processed)
      let isHidden = graph.marks[number].contains(.hidden)
      if !isHidden {
        interesting -= 1
        oldest = min(oldest, waiting.seconds)
      }
      for place in graph.parents(of: number) {
        let parent = graph.parent(at: place)
        if isHidden { hide(parent) } else { enqueue(parent) }
      }
    }
  }

  /// The commits in an order that no reference and no chance decides.
  func history(_ order: HistoryOrder) -> History {
    var graph = graph
    let wanted = graph.marks.map { $0.contains(.processed) && !$0.contains(.hidden) }
    var children = [Int32](repeating: 0, count: wanted.count)
    for number in wanted.indices where wanted[number] {
      for place in graph.parents(of: number) { children[graph.parent(at: place)] += 1 }
    }
    var ready = PriorityQueue<WaitingCommit>()
    for number in wanted.indices where wanted[number] && children[number] == 0 {
      ready.push(WaitingCommit(number, graph.nodes[number]))
    }
    var commits: [CommitNode] = []
    commits.reserveCapacity(wanted.count)
    while let next = ready.pop() {
      commits.append(graph.nodes[next.number])
      for place in graph.parents(of: next.number) {
        let parent = graph.parent(at: place)
        children[parent] -= 1
        if children[parent] == 0, wanted[parent] { ready.push(WaitingCommit(parent, graph.nodes[parent])) }
      }
    }
    if order == .oldestFirst { commits.reverse() }
    let members = Set(graph.boundary.isEmpty ? [] : commits.map(\.id))
    return History(
      commits: commits, unreadable: failures + graph.unreadable,
      boundary: graph.boundary.filter { members.contains($0) }.sorted())
  }

  private mutating func enqueue(_ number: Int) {
    guard graph.marks[number].isDisjoint(with: [.queued, .processed]) else { return }
    graph.marks[number].insert(.queued)
    if !graph.marks[number].contains(.hidden) { interesting += 1 }
    queue.push(WaitingCommit(number, graph.nodes[number]))
  }

  /// Hides a commit and, where it was walked already, what lies below it.
  private mutating func hide(_ number: Int) {
    var pending = [number]
    while let number = pending.popLast() {
      guard !graph.marks[number].contains(.hidden) else { continue }
      if graph.marks[number].contains(.queued) { interesting -= 1 }
      graph.marks[number].insert(.hidden)
      if graph.marks[number].contains(.processed) {
        for place in graph.parents(of: number) { pending.append(graph.parent(at: place)) }
      } else {
        enqueue(number)
      }
    }
  }
}
