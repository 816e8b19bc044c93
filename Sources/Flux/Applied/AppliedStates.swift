internal import Manifests

/// Works out applied states one after another, each from one that was worked out lately where the trees are alike. One
/// per thread.
package final class AppliedStateChain {
  let builder: AppliedStateBuilder
  /// The last states before and after a change. The next change begins at one of them, or near it: after a branch, the
  /// line that it left goes on.
  private var last: [(tree: any FileTree, state: AppliedState)] = []

  /// - Parameter roots: the folders that Flux was started with; empty where the files tell.
  package init(roots: [String] = []) { builder = AppliedStateBuilder(roots: roots) }

  /// The state of a tree.
  func state(of tree: any FileTree) -> AppliedState {
    if let known = builder.known(tree) { return known }
    guard tree.id != nil, let (near, paths) = nearest(to: tree) else { return builder.state(of: tree) }
    return builder.state(of: tree, previous: near, changedPaths: paths)
  }

  /// The last state whose tree differs the least, with the paths that differ.
  private func nearest(to tree: any FileTree) -> (state: AppliedState, paths: [String])? {
    var best: (state: AppliedState, paths: [String])?
    for (other, state) in last where other.id != nil {
      let limit = best.map { $0.paths.count - 1 } ?? 5000
      guard limit > 0, let paths = TreeDifference.paths(other, tree, limit: limit) else { continue }
      best = (state, paths)
    }
    return best
  }

  /// Notes the states on both sides of a change, where they are those of the trees alone.
  func note(_ sides: [(tree: any FileTree, state: AppliedState)]) {
    last = sides.filter(\.state.isOfTreeAlone)
  }
}

/// What Flux applies before and after a change.
package struct AppliedStates {
  /// `nil` where the present state is judged, with nothing before it.
  package let before: AppliedState?
  package let after: AppliedState
  /// What becomes of every object that the change touches.
  package let changes: [ObjectChange]
  /// The Kustomizations that the new state has and that are not quite what they were, with what they were: `nil` for a
  /// new one.
  package let edited: [(before: AppliedKustomization?, after: AppliedKustomization)]

  /// Works out both sides; `nil` where neither has a Flux Kustomization, so that files are judged as written.
  ///
  /// - Parameters:
  ///   - files: the files that are judged; of two trees of Git all that differ are looked at.
  ///   - past: the states before `before`.
  package init?(
    _ chain: AppliedStateChain, before: (any FileTree)?, after: any FileTree, files: [FileChange], past: Past? = nil
  ) {
    let builder = chain.builder
    let paths = AppliedStates.differing(before, after) ?? files.map(\.path)
    var old = before.map { chain.state(of: $0) }
    let new: AppliedState
    if let before, let known = old {
      let both = builder.sides(of: before, known, to: after, changedPaths: paths, past: past)
      (old, new) = (both.before, both.after)
    } else {
      new = builder.state(of: after)
    }
    var sides = [(tree: after, state: new)]
    if let before, let old { sides.append((before, old)) }
    chain.note(sides)
    guard !new.roots.isEmpty || !(old?.roots.isEmpty ?? true) else { return nil }
    self.before = old
    self.after = new
    edited = AppliedStates.edited(old, new)
    if let old, let before {
      changes = builder.changes(
        from: old, in: before, to: new, in: after, changedPaths: paths, judged: files.map(\.path))
    } else {
      changes = builder.allObjects(new, in: after).map { ObjectChange(before: nil, after: $0, verdict: .applied) }
    }
  }

  /// The paths that differ between two trees whose identities are known: a change of files may leave out those about
  /// which no rule has a word, and a state without them would be kept as that of the tree.
  private static func differing(_ before: (any FileTree)?, _ after: any FileTree) -> [String]? {
    guard let before, before.id != nil, after.id != nil else { return nil }
    return TreeDifference.paths(before, after, limit: .max)?.sorted()
  }

  private static func edited(
    _ old: AppliedState?, _ new: AppliedState
  ) -> [(before: AppliedKustomization?, after: AppliedKustomization)] {
    struct Place: Hashable {
      let root: String
      let identity: ObjectIdentity

      init(_ kustomization: AppliedKustomization) {
        root = kustomization.owner.root
        identity = kustomization.owner.identity.key
      }
    }
    let earlier = old?.kustomizations ?? []
    let same = Set(earlier.lazy.map(ObjectIdentifier.init))
    let changed = new.kustomizations.filter { !same.contains(ObjectIdentifier($0)) }
    if changed.isEmpty { return [] }
    let known = Dictionary(earlier.map { (Place($0), $0) }, uniquingKeysWith: { first, _ in first })
    return changed.map { (known[Place($0)], $0) }
  }

  /// Whether some Flux Kustomization reads a file on either side.
  package func reaches(_ path: String) -> Bool { after.reaches(path) || before?.reaches(path) ?? false }
}
