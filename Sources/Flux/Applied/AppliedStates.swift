internal import Manifests

/// Works out applied states one after another, each from the one before where the trees are alike. One per thread.
package final class AppliedStateChain {
  let builder: AppliedStateBuilder
  private var last: (tree: any FileTree, state: AppliedState)?

  /// - Parameter roots: the folders that Flux was started with; empty where the files tell.
  package init(roots: [String] = []) { builder = AppliedStateBuilder(roots: roots) }

  /// The state of a tree.
  func state(of tree: any FileTree) -> AppliedState {
    var state: AppliedState?
    if let last, let id = tree.id {
      if id == last.tree.id { return last.state }
      if let paths = TreeDifference.paths(last.tree, tree) {
        state = builder.state(of: tree, previous: last.state, changedPaths: paths)
      }
    }
    let result = state ?? builder.state(of: tree)
    last = (tree, result)
    return result
  }

  /// Notes the state that the next one will most likely be like: in a line of commits, where the next one begins.
  func note(_ state: AppliedState, of tree: any FileTree) {
    if state.isOfTreeAlone { last = (tree, state) }
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
  /// - Parameter files: the files that differ.
  package init?(_ chain: AppliedStateChain, before: (any FileTree)?, after: any FileTree, files: [FileChange]) {
    let builder = chain.builder
    let paths = files.map(\.path)
    let old = before.map { chain.state(of: $0) }
    let new = builder.state(of: after, previous: old, changedPaths: old == nil ? nil : paths, live: old)
    chain.note(new, of: after)
    guard !new.roots.isEmpty || !(old?.roots.isEmpty ?? true) else { return nil }
    self.before = old
    self.after = new
    edited = AppliedStates.edited(old, new)
    if let old, let before {
      changes = builder.changes(from: old, in: before, to: new, in: after, changedPaths: paths)
    } else {
      changes = builder.allObjects(new, in: after).map { ObjectChange(before: nil, after: $0, verdict: .applied) }
    }
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
