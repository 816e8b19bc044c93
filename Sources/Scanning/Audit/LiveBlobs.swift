internal import Git

/// Finds out which references still hold some of the wanted blobs.
struct LiveBlobs {
  private struct Folder: Hashable {
    var id: ObjectID
    var path: String
  }

  let wanted: Set<ObjectID>
  /// The folders in which they can stand; `nil` for everywhere.
  let folders: Set<String>?
  /// References and folders that could not be looked at.
  private(set) var failures: [GitError] = []
  private var known: [Folder: [ObjectID]] = [:]

  init(wanted: Set<ObjectID>, folders: Set<String>?) {
    self.wanted = wanted
    self.folders = folders
  }

  /// For each wanted blob that some reference's tree holds, the names of those references.
  ///
  /// - Parameter trees: the trees of commits that are known already.
  mutating func holders(
    _ references: [Reference], in repository: Repository, trees: [ObjectID: CommitNode]
  ) -> [ObjectID: [String]] {
    guard !wanted.isEmpty else { return [:] }
    var holders: [ObjectID: [String]] = [:]
    for reference in references {
      do throws(GitError) {
        let known = trees[reference.target]?.tree
        let root = if let known { known } else { try tree(of: reference, repository) }
        guard let root else { continue }
        let folder = Folder(id: root, path: "")
        for blob in Set(blobs(in: folder, repository)) { holders[blob, default: []].append(reference.name) }
      } catch {
        failures.append(error)
      }
    }
    return holders
  }

  private func tree(of reference: Reference, _ repository: Repository) throws(GitError) -> ObjectID? {
    let end = try repository.peeled(reference.target)
    return end.kind == .commit ? try repository.commitNode(end.id).tree : nil
  }

  /// A folder under way; the stack of them is on the heap, so that depth costs no stack.
  private struct Visit {
    let folder: Folder
    let entries: [TreeEntry]
    var next = 0
    var found: [ObjectID] = []
  }

  private mutating func blobs(in root: Folder, _ repository: Repository) -> [ObjectID] {
    if let blobs = known[root] { return blobs }
    var stack = [Visit(folder: root, entries: entries(of: root.id, repository))]
    while true {
      let top = stack.count - 1
      guard stack[top].next < stack[top].entries.count else {
        let done = stack.removeLast()
        known[done.folder] = done.found
        guard top > 0 else { return done.found }
        stack[top - 1].found += done.found
        continue
      }
      let entry = stack[top].entries[stack[top].next]
      stack[top].next += 1
      if entry.kind == .folder {
        // Without a choice of folders the place of a folder makes no difference.
        let above = stack[top].folder.path
        let path = folders == nil ? "" : above.isEmpty ? entry.name : "\(above)/\(entry.name)"
        guard folders?.contains(path) ?? true else { continue }
        let folder = Folder(id: entry.id, path: path)
        if let blobs = known[folder] {
          stack[top].found += blobs
        } else if stack.count >= TreeLimits.depth {
          failures.append(.tooDeep(entry.id))
        } else {
          stack.append(Visit(folder: folder, entries: entries(of: entry.id, repository)))
        }
      } else if wanted.contains(entry.id) {
        stack[top].found.append(entry.id)
      }
    }
  }

  private mutating func entries(of tree: ObjectID, _ repository: Repository) -> [TreeEntry] {
    do throws(GitError) {
      return try repository.tree(tree).entries
    } catch {
      failures.append(error)
      return []
    }
  }
}
