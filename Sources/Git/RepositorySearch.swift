/// How `git` finds the repository that a folder belongs to.
struct RepositorySearch {
  /// The variables that can name the repository instead.
  let environment: [String: String]

  /// A repository folder, and the folder of files that contains it (`nil` where the search ended in a bare one).
  struct Result {
    var gitDirectory: String
    var workTree: String?
  }

  /// The repository around a folder, or the one that `GIT_DIR` names.
  func repository(around start: String) throws(GitError) -> Result {
    if let named = environment["GIT_DIR"] {
      let path = FileSystem.resolved(named, from: start)
      let directory = FileSystem.kind(path) == .file ? try Self.target(ofGitFile: path) : path
      guard let directory, try Self.isGitDirectory(directory) else {
        throw GitError(
          .notARepository(path: named), "GIT_DIR names \(named), which is not a Git repository: correct or unset it")
      }
      return Result(gitDirectory: directory, workTree: nil)
    }
    let ceilings = ceilings()
    var folder = start
    while true {
      if let found = try Self.repository(in: folder) { return found }
      if folder == "/" || ceilings.contains(FileSystem.parent(folder)) { break }
      folder = FileSystem.parent(folder)
    }
    throw GitError(
      .notARepository(path: start),
      "\(start) is not inside a Git repository: change into one, or name one with --repo")
  }

  /// The folder that a linked work tree shares with its main one; the folder itself otherwise.
  static func commonDirectory(of gitDirectory: String) throws(GitError) -> String {
    guard let line = try FileSystem.text(gitDirectory + "/commondir") else { return gitDirectory }
    return FileSystem.resolved(String(line.prefix { !$0.isNewline }), from: gitDirectory)
  }

  private static func repository(in folder: String) throws(GitError) -> Result? {
    let inner = FileSystem.joined(folder, ".git")
    if FileSystem.isFolder(inner), try isGitDirectory(inner) {
      return Result(gitDirectory: FileSystem.resolved(inner), workTree: folder)
    }
    if FileSystem.kind(inner) == .file, let target = try target(ofGitFile: inner) {
      guard try isGitDirectory(target) else {
        throw GitError(
          .notARepository(path: folder),
          "\(inner) points to \(target), which is not a Git repository: run `git worktree repair` in the main work tree"
        )
      }
      return Result(gitDirectory: target, workTree: folder)
    }
    return try isGitDirectory(folder) ? Result(gitDirectory: folder, workTree: nil) : nil
  }

  /// Where a `.git` file points, absolute; `nil` where it is no such file.
  private static func target(ofGitFile path: String) throws(GitError) -> String? {
    guard let text = try FileSystem.text(path), text.hasPrefix("gitdir:") else { return nil }
    let target = text.dropFirst("gitdir:".count).drop { $0 == " " }.prefix { !$0.isNewline }
    return FileSystem.resolved(String(target), from: FileSystem.parent(path))
  }

  /// Whether a folder has what makes a repository: `HEAD`, and `objects` and `refs` in it or in its common folder.
  private static func isGitDirectory(_ folder: String) throws(GitError) -> Bool {
    guard FileSystem.kind(folder + "/HEAD") != nil else { return false }
    let common = try commonDirectory(of: folder)
    return FileSystem.isFolder(common + "/refs") && FileSystem.isFolder(common + "/objects")
  }

  private func ceilings() -> Set<String> {
    Set((environment["GIT_CEILING_DIRECTORIES"] ?? "").split(separator: ":").map { FileSystem.resolved(String($0)) })
  }
}

/// Which folder of files belongs to a repository.
struct WorkTreeRule {
  let environment: [String: String]
  let configuration: Configuration
  let start: String
  let gitDirectory: String
  let isLinked: Bool

  /// The work tree, where the search met the repository beside `folder` (`nil` where it was named or is bare).
  func workTree(beside folder: String?) -> String? {
    if let named = environment["GIT_WORK_TREE"] { return FileSystem.resolved(named, from: start) }
    // A linked work tree does not inherit what the main one's settings say about itself.
    let own = isLinked ? nil : configuration["core.worktree"]
    if let own { return FileSystem.resolved(own, from: gitDirectory) }
    if !isLinked, configuration.boolean("core.bare") == true { return nil }
    if let folder { return folder }
    guard environment["GIT_DIR"] != nil, environment["GIT_IMPLICIT_WORK_TREE"] != "0" else { return nil }
    // A receiving repository's hooks run inside the repository folder, which is nobody's work tree.
    let isInside = start == gitDirectory || start.hasPrefix(gitDirectory + "/")
    return isInside || configuration.boolean("core.bare") == nil && !gitDirectory.hasSuffix("/.git") ? nil : start
  }
}

/// The list of folders in `GIT_ALTERNATE_OBJECT_DIRECTORIES`: split at colons, an item that starts with a double quote
/// written as a C string.
enum ObjectDirectoryList {
  /// The paths of the list, as written.
  static func paths(_ list: String) -> [String] {
    var paths: [String] = []
    var rest = Substring(list)
    while !rest.isEmpty {
      var path = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
          path.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
        }
        rest = rest.drop { $0 != ":" }
      } else {
        path = String(rest.prefix { $0 != ":" })
        rest = rest.dropFirst(path.count)
      }
      if !path.isEmpty { paths.append(path) }
      rest = rest.dropFirst()
    }
    return paths
  }
}
