package import Flux
package import Git

extension ContentID {
  /// A Git object's id as the identity of its content.
  init(_ id: ObjectID) { self.init(high: id.high, middle: id.middle, low: id.low) }
}

extension ObjectID {
  /// The Git object that an identity names.
  init(_ id: ContentID) { self.init(high: id.high, middle: id.middle, low: id.low) }
}

extension FileKind {
  /// What a Git entry is to Flux.
  init(_ kind: EntryKind) {
    self =
      switch kind {
      case .folder: .folder
      case .link: .link
      case .submodule: .submodule
      default: .file
      }
  }
}

extension FileEntry {
  /// What stands at a path, by the path's last part.
  init(_ item: TreeItem, path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { path[path.utf8.index(after: $0)...] } ?? path[...]
    self.init(name: String(name), kind: FileKind(item.kind), id: ContentID(item.id))
  }
}

extension FileChange {
  /// A change between two Git trees.
  init(_ change: TreeChange) {
    self.init(
      path: change.path, old: change.old.map { FileEntry($0, path: change.path) },
      new: change.new.map { FileEntry($0, path: change.path) })
  }
}

/// The files of a Git tree object.
package final class GitTree: FileTree {
  private let repository: Repository
  private let root: ObjectID
  /// The folder that was asked about last: questions come folder by folder.
  private var lastFolder: (path: Substring, id: ObjectID?)?

  /// - Parameter root: the id of a tree object.
  package init(_ root: ObjectID, in repository: Repository) {
    self.root = root
    self.repository = repository
  }

  package var id: ContentID? { ContentID(root) }

  package func entry(at path: String) throws(FileTreeError) -> FileEntry? {
    if path.isEmpty { return FileEntry(name: "", kind: .folder, id: ContentID(root)) }
    return try reading(path) { () throws(GitError) in
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
        return try repository.entry(at: path, in: root).map { FileEntry($0.item, path: path) }
      }
      let name = String(path[path.utf8.index(after: slash)...])
      guard let folder = try folder(path[..<slash]) else { return nil }
      return try repository.entry(at: name, in: folder).map { FileEntry($0.item, path: name) }
    }
  }

  /// The tree object of a folder; `nil` where there is none.
  private func folder(_ path: Substring) throws(GitError) -> ObjectID? {
    if path.isEmpty { return root }
    if let lastFolder, lastFolder.path == path { return lastFolder.id }
    let entry = try repository.entry(at: String(path), in: root)
    let id = entry?.kind == .folder ? entry?.id : nil
    lastFolder = (path, id)
    return id
  }

  package func children(of path: String) throws(FileTreeError) -> [FileEntry] {
    try reading(path) { () throws(GitError) in
      try folder(path[...]).map { (id) throws(GitError) in try entries(of: id) } ?? []
    }
  }

  package func children(of folder: FileEntry, at path: String) throws(FileTreeError) -> [FileEntry] {
    try reading(path) { () throws(GitError) in try entries(of: ObjectID(folder.id)) }
  }

  private func entries(of folder: ObjectID) throws(GitError) -> [FileEntry] {
    try repository.tree(folder).entries.map {
      FileEntry(name: $0.name, kind: FileKind($0.item.kind), id: ContentID($0.item.id))
    }
  }

  package func contents(of entry: FileEntry, at path: String) throws(FileTreeError) -> [UInt8] {
    try reading(path) { () throws(GitError) in try repository.blob(ObjectID(entry.id)) }
  }

  private func reading<Value>(
    _ path: String, _ body: () throws(GitError) -> Value
  ) throws(FileTreeError) -> Value {
    do throws(GitError) { return try body() } catch { throw FileTreeError(path: path, reason: error.message) }
  }
}
