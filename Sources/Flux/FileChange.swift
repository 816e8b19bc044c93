/// A file that differs between two trees; at least one side is there.
package struct FileChange: Sendable {
  /// Relative to the root of the tree.
  package var path: String
  package var old: FileEntry?
  package var new: FileEntry?

  package init(path: String, old: FileEntry?, new: FileEntry?) {
    self.path = path
    self.old = old
    self.new = new
  }
}
