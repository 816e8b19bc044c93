/// Where two histories part.
package enum MergeBases: Sendable, Hashable {
  /// The best common ancestors, newest first: one as a rule, several after criss-cross merges.
  case found([ObjectID])
  /// Two complete histories without a common commit.
  case unrelated
  /// No common commit in what is here, but a shallow clone's history is cut off at these commits.
  case cutOff([ObjectID])
}

extension Repository {
  /// The best common ancestors of two commits. Throws what kept a commit from being read.
  package func mergeBases(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> MergeBases {
    var search = MergeBaseSearch(repository: self)
    var bases = try search.bases(first, second)
    if bases.isEmpty { return search.boundary.isEmpty ? .unrelated : .cutOff(search.boundary.sorted()) }
    // After criss-cross merges with wrong dates a candidate can lie below another one.
    if bases.count > 1 {
      for base in bases {
        for other in bases where other.id != base.id {
          var check = MergeBaseSearch(repository: self)
          if try check.bases(base.id, other.id).contains(where: { $0.id == base.id }) {
            bases.removeAll { $0.id == base.id }
            break
          }
        }
      }
    }
    return .found(bases.sorted { $0.seconds != $1.seconds ? $0.seconds > $1.seconds : $0.id < $1.id }.map(\.id))
  }
}

/// Colours the ancestors of two commits until all that is left lies below a common one.
private struct MergeBaseSearch {
  private var graph: CommitGraph
  private var queue = PriorityQueue<WaitingCommit>()
  /// How many commits in the queue do not lie below a common ancestor.
  private var fresh = 0

  init(repository: Repository) { graph = CommitGraph(repository: repository) }

  /// The shallow boundary's commits that were met.
  var boundary: [ObjectID] { graph.boundary }

  mutating func bases(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> [CommitNode] {
    for (id, mark) in [(first, CommitGraph.Marks.hidden), (second, .second)] {
      if let number = graph.number(of: id) { push(number, mark) }
    }
    let both: CommitGraph.Marks = [.hidden, .second]
    while fresh > 0, let number = queue.pop()?.number {
      graph.marks[number].remove(.queued)
      if !graph.marks[number].contains(.stale) { fresh -= 1 }
      var marks = graph.marks[number].intersection([.hidden, .second, .stale])
      if marks == both {
        graph.marks[number].insert(.result)
        marks.insert(.stale)
      }
      for place in graph.parents(of: number) {
        let parent = graph.parent(at: place)
        if !graph.marks[parent].isSuperset(of: marks) { push(parent, marks) }
      }
    }
    if let error = graph.unreadable.first { throw error }
    return graph.nodes.indices
      .filter { graph.marks[$0].contains(.result) && !graph.marks[$0].contains(.stale) }
      .map { graph.nodes[$0] }
  }

  private mutating func push(_ number: Int, _ marks: CommitGraph.Marks) {
    let isQueued = graph.marks[number].contains(.queued)
    let wasFresh = isQueued && !graph.marks[number].contains(.stale)
    graph.marks[number].formUnion(marks)
    let isFresh = !graph.marks[number].contains(.stale)
    fresh += (isFresh ? 1 : 0) - (wasFresh ? 1 : 0)
    guard !isQueued else { return }
    graph.marks[number].insert(.queued)
    queue.push(WaitingCommit(number, graph.nodes[number]))
  }
}
