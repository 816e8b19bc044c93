package import Flux
package import Git

extension FlatTree {
  /// The files that the next commit would hold. A file in conflict counts with our version.
  package convenience init(_ index: Index, in repository: Repository) {
    let files = index.entries.filter { ($0.stage == 0 || $0.stage == 2) && !$0.isIntentToAdd }.map { entry in
      File(path: entry.path, kind: FileKind(entry.item.kind), id: ContentID(entry.item.id))
    }
    self.init(files) { file throws(FileTreeError) in
      do throws(GitError) {
        return try repository.blob(ObjectID(file.id))
      } catch {
        throw FileTreeError(path: file.path, reason: error.message)
      }
    }
  }
}
