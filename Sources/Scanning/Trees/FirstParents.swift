internal import Flux
internal import Git

/// What a line of commits went through: each commit's first parent.
enum FirstParents {
  /// How many commits are looked through for a state that builds: some weeks of a busy repository.
  private static let limit = 200

  /// The trees before a commit's own. A parent that can't be read ends it, as the boundary of a shallow clone does; so
  /// does its absence where there is no commit.
  static func past(of commit: ObjectID?, in repository: Repository) -> Past {
    var node = commit.flatMap { try? repository.commitNode($0) }
    var left = limit
    return {
      guard let child = node, left > 0 else { return .unknown }
      guard let parent = child.parents.first else { return .beginning }
      left -= 1
      node = try? repository.commitNode(parent)
      guard let node else { return .unknown }
      return .state(name: String(parent.hex.prefix(12)), tree: GitTree(node.tree, in: repository))
    }
  }
}
