internal import Flux
internal import Git
internal import Policy

/// What a commit itself changes: against its parent, against nothing, or, in a merge, against all its parents.
struct CommitChanges {
  let files: [FileChange]
  let unreadable: [UnreadableFolder]
  /// The tree of the first parent; `nil` for a root commit.
  let parentTree: ObjectID?

  /// At a shallow clone's boundary the parents are absent: the commit then counts as a root. So it does where none of
  /// them can be read, which is told besides: what it holds is looked at all the same.
  ///
  /// - Parameter trees: the trees of commits that are known already.
  init(_ node: CommitNode, in repository: Repository, trees known: [ObjectID: ObjectID] = [:]) {
    var files: [FileChange] = []
    var trees: [ObjectID] = []
    var failures: [UnreadableFolder] = []
    if !repository.shallowCommits.contains(node.id) {
      for parent in node.parents {
        do throws(GitError) {
          let tree = if let tree = known[parent] { tree } else { try repository.commitNode(parent).tree }
          trees.append(tree)
        } catch {
          failures.append(UnreadableFolder(path: "", error: error))
        }
      }
    }
    if trees.count < 2 {
      failures += repository.compareTrees(old: trees.first, new: node.tree) { files.append(FileChange($0)) }
    } else {
      failures += repository.mergeChanges(parents: trees, merge: node.tree) { change in
        files.append(FileChange(TreeChange(path: change.path, old: change.old.first ?? nil, new: change.new)))
      }
    }
    self.files = files
    unreadable = failures
    parentTree = trees.first
  }
}

extension Finding.CommitInfo {
  /// A commit as findings name it: the author's name and date, in the author's own time zone.
  init(_ commit: Commit) {
    self.init(
      id: commit.id.hex, authorName: commit.author.name, authorEmail: commit.author.email,
      date: Timestamp.iso8601(seconds: commit.author.seconds, offset: commit.author.offset), summary: commit.summary)
  }
}
