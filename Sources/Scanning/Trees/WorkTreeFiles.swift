internal import Flux
internal import Git
internal import Policy

/// The working tree as it stands: the index with what differs on disk laid over it.
struct WorkTreeFiles {
  let tree: FlatTree
  let diagnostics: [Diagnostic]
  private let index: Index
  private let onDisk: [String: TreeItem?]

  init(_ index: Index, _ repository: Repository) throws(GitError) {
    var onDisk: [String: TreeItem?] = [:]
    let unreadable = try repository.workTreeChanges(index) { onDisk.updateValue($0.new, forKey: $0.path) }
    diagnostics = unreadable.map { Diagnostic($0) }
    self.index = index
    self.onDisk = onDisk
    tree = FlatTree(WorkTreeFiles.items(index, onDisk)) { file throws(FileTreeError) in
      do throws(GitError) {
        if onDisk[file.path] != nil { return try repository.workTreeContents(file.path) }
        return try repository.blob(ObjectID(file.id))
      } catch {
        throw FileTreeError(path: file.path, reason: error.message)
      }
    }
  }

  /// The files that differ from a tree, or, without one, all files.
  func changes(
    from head: ObjectID?, _ repository: Repository, _ report: inout Report
  ) throws(GitError) -> [FileChange] {
    var old: [String: TreeItem] = [:]
    if let head {
      let unreadable = repository.files(in: head) { old[$0.path] = $0.new }
      report.diagnostics += unreadable.map { Diagnostic($0.error, path: $0.path) }
    }
    var changes: [FileChange] = []
    for file in WorkTreeFiles.items(index, onDisk) {
      let before = old.removeValue(forKey: file.path).map { FileEntry($0, path: file.path) }
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      let after = FileEntry(name: name, kind: file.kind, id: file.id)
      if before != after { changes.append(FileChange(path: file.path, old: before, new: after)) }
    }
    changes += old.map { FileChange(path: $0.key, old: FileEntry($0.value, path: $0.key), new: nil) }
    return changes.sorted { $0.path < $1.path }
  }

  private static func items(_ index: Index, _ onDisk: [String: TreeItem?]) -> [FlatTree.File] {
    var items: [String: TreeItem] = [:]
    for entry in index.entries where entry.stage == 0 || entry.stage == 2 { items[entry.path] = entry.item }
    for (path, item) in onDisk { items[path] = item }
    return items.map { FlatTree.File(path: $0.key, kind: FileKind($0.value.kind), id: ContentID($0.value.id)) }
  }
}
