/// One step back in the history of a repository.
package enum PastStep {
  /// An earlier state and what to call it: an abbreviated commit.
  case state(name: String, tree: any FileTree)
  /// There was none before: the history begins here.
  case beginning
  /// What was before is not looked at, or cannot be read.
  case unknown
}

/// The states that a repository went through before a change, the newest first; gives the next one each time.
package typealias Past = () -> PastStep

/// Looks in the past for what clusters still have of Kustomizations that apply nothing now.
struct LastBuilt {
  /// A Kustomization as it was applied last.
  struct Found {
    /// The commit in which it was.
    let commit: String
    let state: AppliedState
    let kustomization: AppliedKustomization
  }

  private(set) var found: [Found] = []
  /// Those of which it is not known what clusters have.
  private(set) var unknown: [AppliedKustomization]
  private let stopped: AppliedState

  /// - Parameters:
  ///   - wanted: Kustomizations of a state that apply nothing in it.
  ///   - stopped: that state, and `tree` its tree.
  ///   - evaluate: the state of an earlier tree, worked out from the one after it.
  init(
    _ wanted: [AppliedKustomization], in stopped: AppliedState, _ tree: any FileTree, _ past: Past,
    evaluate: (_ tree: any FileTree, _ next: AppliedState, _ changedPaths: [String]?) -> AppliedState
  ) {
    unknown = wanted
    self.stopped = stopped
    var (tree, state) = (tree, stopped)
    while !unknown.isEmpty {
      switch past() {
      case .state(let name, let earlier):
        state = evaluate(earlier, state, TreeDifference.paths(tree, earlier, limit: 5000))
        tree = earlier
        look(in: state, name)
      case .beginning: unknown = []
      case .unknown: return
      }
    }
  }

  private mutating func look(in state: AppliedState, _ commit: String) {
    for wanted in unknown {
      guard let root = state.root(wanted.owner.root) else { continue }
      let known = root.kustomization(wanted.owner.identity)
      if known.map(\.isStopped) ?? mayStand(wanted, in: root) { continue }
      unknown.removeAll { $0 === wanted }
      guard let known, known.outcome == .applied else { continue }
      found.append(Found(commit: commit, state: state, kustomization: known))
    }
  }

  /// Whether a Kustomization that a state lacks may be live all the same, because what applies it is stopped there too.
  private func mayStand(_ wanted: AppliedKustomization, in root: SyncRoot) -> Bool {
    let parents = stopped.root(wanted.owner.root)?.parents ?? [:]
    var next = parents[wanted.owner.identity]
    var steps = 0
    while let parent = next, steps <= parents.count {
      if let known = root.kustomization(parent) { return known.isStopped }
      next = parents[parent]
      steps += 1
    }
    return true
  }
}
