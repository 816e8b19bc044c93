internal import Git

/// Where branches left `HEAD`'s history.
struct BranchForks: Sendable {
  private var numbers: [ObjectID: Int] = [:]
  /// For each commit its own number on `HEAD`'s history, else the number of the youngest commit there that it descends
  /// from; -1 where the histories have nothing in common.
  private var forks: [Int] = []
  private let onHead: Set<ObjectID>

  /// - Parameter history: with parents before their children.
  init(_ history: History, onHead: Set<ObjectID>) {
    self.onHead = onHead
    numbers.reserveCapacity(history.commits.count)
    forks.reserveCapacity(history.commits.count)
    for (number, node) in history.commits.enumerated() {
      numbers[node.id] = number
      let parents = node.parents.compactMap { numbers[$0] }
      forks.append(onHead.contains(node.id) ? number : parents.map { forks[$0] }.max() ?? -1)
    }
  }

  /// A commit's number in the history; `nil` for an unknown commit.
  func number(of commit: ObjectID) -> Int? { numbers[commit] }

  /// Whether a commit is on `HEAD`'s history, and its number there or that of its fork; `nil` for an unknown commit.
  func place(of commit: ObjectID) -> (isOnHead: Bool, number: Int)? {
    numbers[commit].map { (onHead.contains(commit), forks[$0]) }
  }
}
