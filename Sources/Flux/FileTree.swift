/// The identity of a file's or folder's content: equal identities mean equal content.
///
/// For a Git object it is the object id, padded with zeros; a working-tree file gets the id that Git would give it.
package struct ContentID: Hashable, Sendable {
  package var high: UInt64
  package var middle: UInt64
  package var low: UInt32

  package init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(high) }
}

/// What stands at a path of a tree.
package enum FileKind: Sendable, Hashable {
  case file
  case folder
  /// A symbolic link. Flux never packs one into its artifact (source-controller, `sourceignore` and archive code).
  case link
  /// A submodule entry, whose content lives in another repository.
  case submodule
}

/// One name in a folder.
package struct FileEntry: Sendable, Hashable {
  package var name: String
  package var kind: FileKind
  package var id: ContentID

  package init(name: String, kind: FileKind, id: ContentID) {
    self.name = name
    self.kind = kind
    self.id = id
  }
}

/// Why a file or folder could not be read.
package struct FileTreeError: Error, Sendable, Hashable {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// The files that Flux would see: a commit's tree, the index, or a working tree.
///
/// Paths have no leading or trailing slash and no `.` or `..`; the root folder is the empty string.
package protocol FileTree: AnyObject {
  /// The identity of the whole tree, where it has one: equal identities mean equal trees.
  var id: ContentID? { get }
  /// What stands at a path, or `nil` where nothing does.
  func entry(at path: String) throws(FileTreeError) -> FileEntry?
  /// The entries of a folder in Git's order; empty where there is no such folder.
  func children(of path: String) throws(FileTreeError) -> [FileEntry]
  /// The entries of a folder that was found at a path.
  func children(of folder: FileEntry, at path: String) throws(FileTreeError) -> [FileEntry]
  /// The bytes of a file, named by its entry.
  func contents(of entry: FileEntry, at path: String) throws(FileTreeError) -> [UInt8]
}

extension FileTree {
  /// As by the path alone.
  package func children(of folder: FileEntry, at path: String) throws(FileTreeError) -> [FileEntry] {
    try children(of: path)
  }
}
