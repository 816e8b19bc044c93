internal import CLibgit2

/// Settings, as far as reading a repository depends on them.
///
/// For the repository's format only the repository's own files count here: what a user or a system sets globally cannot change it.
struct Configuration {
  private(set) var values: [String: [String]] = [:]

  /// The settings of a repository's `config` and, where it says so, of its `config.worktree`.
  init(commonDirectory: String, gitDirectory: String) throws(GitError) {
    try Library.prepare()
    try add(fileAt: commonDirectory + "/config")
    if boolean("extensions.worktreeconfig") == true { try add(fileAt: gitDirectory + "/config.worktree") }
  }

  /// The settings in force in a repository: the system's, the user's and its own, later ones before earlier ones.
  init(effectiveIn location: RepositoryLocation) throws(GitError) {
    try Library.prepare()
    let user = location.userEnvironment
    if user["GIT_CONFIG_NOSYSTEM"].map({ ["0", "false", "no", "off"].contains($0) }) ?? true {
      try add(fileAt: user["GIT_CONFIG_SYSTEM"] ?? "/etc/gitconfig")
    }
    if let global = user["GIT_CONFIG_GLOBAL"] {
      try add(fileAt: global)
    } else {
      if let personal = location.personalFolder { try add(fileAt: personal + "/config") }
      if let home = user["HOME"] { try add(fileAt: home + "/.gitconfig") }
    }
    try add(fileAt: location.commonDirectory + "/config")
    if boolean("extensions.worktreeconfig") == true { try add(fileAt: location.gitDirectory + "/config.worktree") }
  }

  /// The value of a setting that is a path, absolute: `~/` is the user's home, and anything relative counts from the top
  /// of the work tree, or of a bare repository.
  func path(_ name: String, in location: RepositoryLocation) -> String? {
    guard let text = self[name], !text.isEmpty else { return nil }
    if text.hasPrefix("~/"), let home = location.userEnvironment["HOME"] { return home + text.dropFirst(1) }
    return FileSystem.joined(location.workTree ?? location.gitDirectory, text)
  }

  /// The last value of a setting, its name in lower case (a subsection's name keeps its case).
  subscript(name: String) -> String? { values[name]?.last }

  /// The last value of a setting as a truth value; `nil` where it is not set.
  func boolean(_ name: String) -> Bool? {
    guard let text = self[name]?.lowercased() else { return nil }
    return !["false", "no", "off", "0", ""].contains(text)
  }

  /// The settings of a section whose names start so, without that start.
  func names(startingWith start: String) -> [String] {
    values.keys.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }.sorted()
  }

  private mutating func add(fileAt path: String) throws(GitError) {
    guard [.file, .link].contains(FileSystem.kind(path)) else { return }
    var opened: OpaquePointer?
    guard git_config_open_ondisk(&opened, path) == 0, let config = opened else { throw unreadable(path) }
    defer { git_config_free(config) }
    var created: OpaquePointer?
    guard git_config_iterator_new(&created, config) == 0, let iterator = created else { throw unreadable(path) }
    defer { git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    var status = git_config_next(&entry, iterator)
    while status == 0, let found = entry {
      let name = String(cString: found.pointee.name)
      values[name, default: []].append(found.pointee.value.map { String(cString: $0) } ?? "true")
      status = git_config_next(&entry, iterator)
    }
    guard status == GIT_ITEROVER.rawValue else { throw unreadable(path) }
  }

  private func unreadable(_ path: String) -> GitError {
    GitError(.io(path: path), "can't read the settings in \(path): \(Library.lastMessage())")
  }
}
