internal import Flux
internal import Git

/// What a line of commits went through: each commit's first parent.
enum FirstParents {
  /// How many commits are looked through for a state that builds: some weeks of a busy repository.
  private static let limit = 200

  /// The trees before a commit's own, the newest first; none where there is no commit. A parent that can't be read ends
  /// it, as the boundary of a shallow clone does.
  static func past(of commit: ObjectID?, in repository: Repository) -> Past {
    var next = commit
    var left = limit
    var isFirst = true
    return {
      while left > 0, let id = next, let node = try? repository.commitNode(id) {
        left -= 1
        next = node.parents.first
        if isFirst {
          isFirst = false
          continue
        }
        return PastTree(name: String(id.hex.prefix(12)), tree: GitTree(node.tree, in: repository))
      }
      return nil
    }
  }
}
