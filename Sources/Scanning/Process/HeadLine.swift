internal import Git

/// The line of `HEAD`: its first parents, the oldest first, as far as the history holds them.
struct HeadLine: Sendable {
  /// The commits by their numbers in the history.
  let commits: [Int]
  /// For each of them, when it was made: seconds since 1970, never before the one before it.
  let times: [Int64]
  private let history: History
  private let numbers: [ObjectID: Int]

  init(to head: ObjectID, in history: History) {
    self.history = history
    numbers = Dictionary(history.commits.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var line: [Int] = []
    var next: ObjectID? = head
    while let id = next, let number = numbers[id], line.count < history.commits.count {
      line.append(number)
      next = history.commits[number].parents.first
    }
    commits = line.reversed()
    var time: Int64 = 0
    times = commits.map { number in
      let seconds = history.commits[number].seconds
      if Timestamp.isPlausible(seconds) { time = max(time, seconds) }
      return time
    }
  }

  /// The commit at a place of the line.
  func node(at place: Int) -> CommitNode { history.commits[commits[place]] }

  /// The place at which each of some commits came onto the line: its own, or that of the merge that brought its branch.
  func landings(of wanted: Set<String>) -> [String: Int] {
    var seen: Set<Int> = []
    var landings: [String: Int] = [:]
    for (place, number) in commits.enumerated() {
      var open = [number]
      while let next = open.popLast() {
        guard seen.insert(next).inserted else { continue }
        let commit = history.commits[next]
        let id = commit.id.hex
        if wanted.contains(id) { landings[id] = place }
        open += commit.parents.compactMap { numbers[$0] }
      }
    }
    return landings
  }

  /// The number in the history of a commit.
  func number(of id: ObjectID) -> Int? { numbers[id] }
}
