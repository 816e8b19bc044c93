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
        for blob in Set(blobs(in: folder, repository, depth: 0)) { holders[blob, default: []].append(reference.name) }
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

  private mutating func blobs(in folder: Folder, _ repository: Repository, depth: Int) -> [ObjectID] {
    if let blobs = known[folder] { return blobs }
    var found: [ObjectID] = []
    for entry in depth < 512 ? entries(of: folder.id, repository) : [] {
      if entry.kind == .folder {
        // Without a choice of folders the place of a folder makes no difference.
        let path = folders == nil ? "" : folder.path.isEmpty ? entry.name : "\(folder.path)/\(entry.name)"
        guard folders?.contains(path) ?? true else { continue }
        found += blobs(in: Folder(id: entry.id, path: path), repository, depth: depth + 1)
      } else if wanted.contains(entry.id) {
        found.append(entry.id)
      }
    }
    known[folder] = found
    return found
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
