internal import Manifests

/// An earlier state of a repository.
package struct PastTree {
  /// What to call it: an abbreviated commit.
  package let name: String
  package let tree: any FileTree

  package init(name: String, tree: any FileTree) {
    self.name = name
    self.tree = tree
  }
}

/// The states that a repository went through before a change, the newest first; gives the next one each time.
package typealias Past = () -> PastTree?

extension AppliedStateBuilder {
  /// What clusters have before a change, and what they come to.
  ///
  /// Where a Kustomization does not build before the change and does afterwards, the clusters still have what it applied
  /// when it last did: that, and not the empty result of the failure, is what the change is compared with, so that what
  /// was taken away in between is deleted now.
  ///
  /// - Parameters:
  ///   - old: the state of the tree before.
  ///   - changedPaths: the files that differ.
  ///   - past: what to look through for a state that builds; `nil` for none.
  package func sides(
    of before: any FileTree, _ old: AppliedState, to after: any FileTree, changedPaths: [String], past: Past?
  ) -> (before: AppliedState, after: AppliedState) {
    let new = state(of: after, previous: old, changedPaths: changedPaths, live: old)
    let mended = old.stopped.filter { new.kustomization(like: $0)?.outcome == .applied }
    guard !mended.isEmpty, let past else { return (old, new) }
    guard let (name, good) = lastBuilt(mended, before, old, past) else {
      var copy = old
      copy.problems += mended.map { $0.remark("what clusters have of it, and what is deleted now, is not known") }
      return (copy, new)
    }
    var live = state(of: before, live: good)
    live.restore(good, until: new)
    live.problems += mended.map { $0.remark("this is compared with what it applied in commit \(name)") }
    return (live, state(of: after, previous: old, changedPaths: changedPaths, live: live))
  }

  /// The last state in which some Kustomizations are applied.
  private func lastBuilt(
    _ mended: [AppliedKustomization], _ before: any FileTree, _ old: AppliedState, _ past: Past
  ) -> (name: String, state: AppliedState)? {
    var (tree, state) = (before, old)
    while let next = past() {
      let paths = TreeDifference.paths(tree, next.tree, limit: 5000)
      (tree, state) = (next.tree, self.state(of: next.tree, previous: paths.map { _ in state }, changedPaths: paths))
      if mended.allSatisfy({ state.kustomization(like: $0)?.outcome == .applied }) { return (next.name, state) }
    }
    return nil
  }
}

extension AppliedState {
  /// The Kustomizations that apply nothing because something is wrong.
  fileprivate var stopped: [AppliedKustomization] { kustomizations.filter(\.isStopped) }

  /// The Kustomization of the same name under the same root.
  fileprivate func kustomization(like other: AppliedKustomization) -> AppliedKustomization? {
    root(other.owner.root)?.kustomization(other.owner.identity)
  }

  /// Puts what an earlier state applied in the place of what applies nothing now, where it does, or is gone, in a later
  /// one.
  fileprivate mutating func restore(_ earlier: AppliedState, until later: AppliedState) {
    for index in roots.indices {
      for place in roots[index].kustomizations.indices where roots[index].kustomizations[place].isStopped {
        let stopped = roots[index].kustomizations[place]
        let next = later.kustomization(like: stopped)
        guard next == nil || next?.outcome == .applied, let good = earlier.kustomization(like: stopped),
          good.outcome == .applied
        else { continue }
        roots[index].kustomizations[place] = good
        restored.insert(ObjectIdentifier(good))
      }
    }
  }
}

extension AppliedKustomization {
  fileprivate func remark(_ text: String) -> BuildProblem {
    BuildProblem(
      .notEvaluated, path: settings.file, subject: owner.identity.title,
      message: "\(owner.identity.title) applies nothing before this change: \(text)")
  }
}
