/// What Git ignores in a folder of the work tree: the rules of all ignore files that reach it.
///
/// Our own, because libgit2 1.5 drops a rule that lets in again what another file's rule ignores.
struct IgnoreRules {
  /// The patterns of one file, and the folder below which they hold, with a slash at its end.
  private struct File {
    let folder: String
    let patterns: [IgnorePattern]
  }

  /// The files, the one that decides first at the end.
  private var files: [File] = []

  /// The rules of a whole repository: the user's, and those of `info/exclude`.
  init(_ location: RepositoryLocation) throws(GitError) {
    if let path = try Self.userFile(location) { try add(path, below: "") }
    try add(location.commonDirectory + "/info/exclude", below: "")
  }

  /// Adds the rules of an ignore file, where there is one.
  mutating func add(_ path: String, below folder: String) throws(GitError) {
    // Git reads no ignore file through a link in the work tree, nor do we.
    guard FileSystem.kind(path) == .file || folder.isEmpty && FileSystem.kind(path) == .link else { return }
    guard var bytes = try FileSystem.contents(path) else { return }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    let patterns = bytes.split(separator: 0x0a).compactMap { IgnorePattern($0) }
    if !patterns.isEmpty { files.append(File(folder: folder, patterns: patterns)) }
  }

  /// Whether a path from the root is ignored, given that the folder it lies in is not.
  func ignores(_ path: String, isFolder: Bool) -> Bool {
    let name = path.utf8.suffix(from: path.utf8.lastIndex(of: 0x2f).map(path.utf8.index(after:)) ?? path.startIndex)
    for file in files.reversed() {
      let inside = path.utf8.dropFirst(file.folder.utf8.count)
      for pattern in file.patterns.reversed() where isFolder || !pattern.isForFolders {
        if pattern.isAnchored ? pattern.matches(inside) : pattern.matches(name) { return !pattern.isNegated }
      }
    }
    return false
  }

  /// The user's own ignore file: `core.excludesFile`, or where Git looks without it.
  private static func userFile(_ location: RepositoryLocation) throws(GitError) -> String? {
    let settings = try Configuration(effectiveIn: location)
    if let named = settings.path("core.excludesfile", in: location) { return named }
    return location.personalFolder.map { $0 + "/ignore" }
  }
}
