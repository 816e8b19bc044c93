internal import Manifests

extension AppliedStateBuilder {
  /// What clusters have before a change, and what they come to.
  ///
  /// Where a Kustomization does not build before the change, and does afterwards or is gone, the clusters still have
  /// what it applied when it last did: that, and not the empty result of the failure, is what the change is compared
  /// with, so that what was taken away in between is deleted now.
  ///
  /// - Parameters:
  ///   - old: the state of the tree before.
  ///   - changedPaths: the files that differ.
  ///   - past: what to look through for states that build; `nil` for none.
  package func sides(
    of before: any FileTree, _ old: AppliedState, to after: any FileTree, changedPaths: [String], past: Past?
  ) -> (before: AppliedState, after: AppliedState) {
    let new = state(of: after, previous: old, changedPaths: changedPaths, live: old)
    let moving = old.kustomizations.filter { stopped in
      guard stopped.isStopped else { return false }
      return new.kustomization(of: stopped.owner).map { $0.outcome == .applied } ?? true
    }
    guard !moving.isEmpty, let past else { return (old, new) }
    let search = LastBuilt(moving, in: old, before, past) { tree, next, paths in
      self.state(of: tree, previous: paths.map { _ in next }, changedPaths: paths)
    }
    let unknown = search.unknown.map { $0.remark("what clusters have of it, and what is deleted now, is not known") }
    guard let newest = search.found.first else {
      var copy = old
      copy.problems += unknown
      return (copy, new)
    }
    var live = newest.state
    for found in search.found.dropFirst() { live.adopt(found.kustomization, from: found.state) }
    var standing = state(of: before, previous: old, changedPaths: [], live: live)
    standing.restore(live, until: new)
    standing.problems += unknown
    standing.problems += search.found.map {
      $0.kustomization.remark("this is compared with what it applied in commit \($0.commit)")
    }
    return (standing, state(of: after, previous: old, changedPaths: changedPaths, live: standing))
  }
}

extension AppliedState {
  /// Takes over a Kustomization of another state, with all that it leads to.
  fileprivate mutating func adopt(_ kustomization: AppliedKustomization, from other: AppliedState) {
    let path = kustomization.owner.root
    guard let source = other.root(path) else { return }
    if root(path) == nil { roots.append(SyncRoot(path: path, kustomizations: [], parents: [:])) }
    guard let place = roots.firstIndex(where: { $0.path == path }) else { return }
    var open = [kustomization]
    var seen: Set<ObjectIdentity> = []
    while let next = open.popLast() {
      let identity = next.owner.identity
      guard seen.insert(identity).inserted else { continue }
      if let index = roots[place].kustomizations.firstIndex(where: { $0.owner.identity == identity }) {
        guard roots[place].kustomizations[index].isStopped else { continue }
        roots[place].kustomizations[index] = next
      } else {
        roots[place].kustomizations.append(next)
      }
      roots[place].parents[identity] = source.parents[identity]
      open += source.kustomizations.filter { source.parents[$0.owner.identity] == identity }
    }
  }

  /// Puts what an earlier state applied in the place of what applies nothing now, where it does, or is gone, in a later
  /// one.
  fileprivate mutating func restore(_ earlier: AppliedState, until later: AppliedState) {
    for index in roots.indices {
      for place in roots[index].kustomizations.indices where roots[index].kustomizations[place].isStopped {
        let owner = roots[index].kustomizations[place].owner
        let next = later.kustomization(of: owner)
        guard next == nil || next?.outcome == .applied, let good = earlier.kustomization(of: owner),
          good.outcome == .applied
        else { continue }
        roots[index].kustomizations[place] = good
        restored.insert(ObjectIdentifier(good))
      }
    }
    isOfTreeAlone = false
  }
}

extension AppliedKustomization {
  fileprivate func remark(_ text: String) -> BuildProblem {
    BuildProblem(
      .notEvaluated, path: settings.file, subject: owner.identity.title,
      message: "\(owner.identity.title) applies nothing before this change: \(text)")
  }
}
