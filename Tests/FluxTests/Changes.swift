import Flux
import Manifests

/// What a change of files does, worked out as a review does it.
func changes(_ base: [String: String], _ head: [String: String]) -> [ObjectChange] {
  let builder = AppliedStateBuilder()
  let baseTree = FlatTree(texts: base)
  let headTree = FlatTree(texts: head)
  let paths = Set(base.keys).union(head.keys).filter { base[$0] != head[$0] }.sorted()
  let before = builder.state(of: baseTree)
  let after = builder.state(of: headTree, previous: before, changedPaths: paths, live: before)
  return builder.changes(from: before, in: baseTree, to: after, in: headTree, changedPaths: paths)
}

/// The change of each object in a word: what becomes of it, and the verdict.
func summary(_ changes: [ObjectChange]) -> [String] {
  changes.map { change in
    let name = change.identity?.title ?? "?"
    let action = change.before == nil ? "+" : change.after == nil ? "-" : "~"
    return "\(action) \(name) \(change.verdict.rawValue)"
  }.sorted()
}
