/// Which groups and kinds the files beneath each folder name in any tree of a history. A folder beneath which none ever
/// named a kind holds no object of it in any of the trees, and need not be opened.
package struct FolderNames: Sendable {
  private var folders: [String: NameSet] = [:]

  /// No file.
  package init() {}

  /// Adds what a file names, or may name; the root folder is the empty string.
  package mutating func add(_ names: NameSet, at path: String) {
    var rest = path[...]
    while !rest.isEmpty {
      rest = rest.utf8.lastIndex(of: UInt8(ascii: "/")).map { rest[..<$0] } ?? ""
      let folder = String(rest)
      let known = folders[folder]
      // What a folder has, those above it have as well.
      if let known, known.mayHold(names) { return }
      folders[folder] = known?.union(names) ?? names
    }
  }

  /// Whether no file beneath a folder has all names of a set.
  func lacks(_ names: NameSet, beneath folder: String) -> Bool {
    !(folders[folder]?.mayHold(names) ?? false)
  }
}
