/// Where the parts of a repository are: what `git` would find from a folder, with the variables of a hook honoured.
///
/// A plain value: find it once, then open a `Repository` from it in each thread. All paths are absolute.
package struct RepositoryLocation: Sendable, Hashable {
  /// The repository's own folder (`.git`, a bare repository, or `.git/worktrees/NAME` of a linked work tree).
  package let gitDirectory: String
  /// The folder shared by all work trees, where references and objects are.
  package let commonDirectory: String
  /// The folder of the checked-out files; `nil` in a bare repository.
  package let workTree: String?
  /// The index file in force; during `git commit -a` it is a temporary one.
  package let indexPath: String
  /// The folder of the objects; in a receiving repository's hook the quarantine.
  package let objectDirectory: String
  /// More folders of objects that the environment names, such as the receiving repository's own.
  package let alternateObjectDirectories: [String]
  /// The file that lists where a shallow clone's history is cut off, whether or not there is one.
  package let shallowPath: String
  /// Whether objects may be absent because a partial clone left them on its remote.
  package let isPartialClone: Bool
  /// Where the repository was cloned from, as its own settings say: the remote `origin`, else the only one there is.
  /// Nobody's name or password is in it. `nil` where there is no such remote.
  package let originAddress: String?
  /// Whether the disk knows executable files (`core.fileMode`).
  let hasExecutableBits: Bool
  /// The variables that lead to the user's own settings.
  let userEnvironment: [String: String]
  /// Whether the disk knows symbolic links (`core.symlinks`).
  let hasSymbolicLinks: Bool

  /// Finds the repository around a folder.
  ///
  /// Honours `GIT_DIR`, `GIT_WORK_TREE`, `GIT_COMMON_DIR`, `GIT_INDEX_FILE`, `GIT_OBJECT_DIRECTORY`,
  /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`, `GIT_QUARANTINE_PATH`, `GIT_SHALLOW_FILE` and `GIT_CEILING_DIRECTORIES`.
  /// Throws `.notARepository`, `.unsupportedRepository` or `.io`.
  package init(around folder: String, environment: [String: String] = [:]) throws(GitError) {
    let start = FileSystem.resolved(folder)
    guard FileSystem.isFolder(start) else {
      throw GitError(.notARepository(path: folder), "there is no folder \(folder): name one inside a Git repository")
    }
    let environment = environment.filter { !$0.value.isEmpty || $0.key == "GIT_SHALLOW_FILE" }
    let found = try RepositorySearch(environment: environment).repository(around: start)
    let common: String
    if let named = environment["GIT_COMMON_DIR"] {
      common = FileSystem.resolved(named, from: start)
    } else {
      common = try RepositorySearch.commonDirectory(of: found.gitDirectory)
    }
    let configuration = try Configuration(commonDirectory: common, gitDirectory: found.gitDirectory)
    try RepositoryFormat.check(configuration, gitDirectory: found.gitDirectory, commonDirectory: common)
    let tree = WorkTreeRule(
      environment: environment, configuration: configuration, start: start, gitDirectory: found.gitDirectory,
      isLinked: common != found.gitDirectory
    ).workTree(beside: found.workTree)

    // Git reads relative variables from the top of the work tree, where it runs its hooks.
    let base = tree ?? start
    gitDirectory = found.gitDirectory
    commonDirectory = common
    workTree = tree
    indexPath = environment["GIT_INDEX_FILE"].map { FileSystem.joined(base, $0) } ?? found.gitDirectory + "/index"
    let own = common + "/objects"
    objectDirectory = environment["GIT_OBJECT_DIRECTORY"].map { FileSystem.resolved($0, from: base) } ?? own
    var alternates = ObjectDirectoryList.paths(environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] ?? "")
      .map { FileSystem.resolved($0, from: base) }
    if let quarantine = environment["GIT_QUARANTINE_PATH"] {
      alternates.append(FileSystem.resolved(quarantine, from: base))
    }
    let main = objectDirectory
    alternateObjectDirectories = alternates.filter { $0 != main && FileSystem.isFolder($0) }
    shallowPath = environment["GIT_SHALLOW_FILE"].map { FileSystem.joined(base, $0) } ?? common + "/shallow"
    isPartialClone = try Self.isPartialClone(configuration, objectDirectory: own)
    let personal = ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]
    userEnvironment = environment.filter { personal.contains($0.key) }
    originAddress = Self.originAddress(configuration)
    hasExecutableBits = configuration.boolean("core.filemode") ?? true
    hasSymbolicLinks = configuration.boolean("core.symlinks") ?? true
  }

  /// The folder that Git looks for this repository's hooks in, absolute, whether or not it exists: `core.hooksPath`,
  /// which may be the user's or the system's and then serves other repositories too, or `hooks` in the repository.
  package func hooksDirectory() throws(GitError) -> String {
    try Configuration(effectiveIn: self).path("core.hookspath", in: self) ?? commonDirectory + "/hooks"
  }

  /// The addresses of the repository's remotes, sorted.
  package func remoteAddresses() throws(GitError) -> [String] {
    let configuration = try Configuration(effectiveIn: self)
    let names = configuration.names(startingWith: "remote.").filter { $0.hasSuffix(".url") }
    return names.sorted().compactMap { configuration["remote." + $0] }
  }

  /// An environment without the variables that name another repository than the one in a folder, for looking at a
  /// folder that a person named: `git rev-parse --local-env-vars` lists them. What leads to the user's settings stays.
  package static func withoutRepositoryVariables(_ environment: [String: String]) -> [String: String] {
    environment.filter { !repositoryVariables.contains($0.key) }
  }

  private static let repositoryVariables: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]

  /// The user's folder for Git's settings.
  var personalFolder: String? {
    userEnvironment["XDG_CONFIG_HOME"].map { $0 + "/git" } ?? userEnvironment["HOME"].map { $0 + "/.config/git" }
  }

  /// Whether there are no checked-out files.
  package var isBare: Bool { workTree == nil }

  private static func originAddress(_ configuration: Configuration) -> String? {
    let names = configuration.names(startingWith: "remote.").filter { $0.hasSuffix(".url") }
    let name = names.contains("origin.url") ? "origin.url" : names.count == 1 ? names[0] : nil
    return name.flatMap { configuration["remote." + $0] }.map(RemoteAddress.withoutCredentials)
  }

  private static func isPartialClone(
    _ configuration: Configuration, objectDirectory: String
  ) throws(GitError) -> Bool {
    if configuration["extensions.partialclone"] != nil { return true }
    if configuration.names(startingWith: "remote.").contains(where: { $0.hasSuffix(".promisor") }) { return true }
    return try FileSystem.names(in: objectDirectory + "/pack").contains { $0.hasSuffix(".promisor") }
  }
}

extension RepositoryLocation {
  /// A path as a person wrote it, seen from a folder, as a path of the repository: no leading slash, no `.` or `..`.
  ///
  /// The path need not exist; the empty string is the repository's root. In a bare repository the path counts from the
  /// root. Throws `.outsideRepository`.
  package func repositoryPath(of path: String, from folder: String) throws(GitError) -> String {
    guard let workTree else {
      guard let inside = Self.collapsed(path), !path.hasPrefix("/") else { throw outside(path, root: gitDirectory) }
      return inside
    }
    let start = FileSystem.resolved(folder)
    let absolute = "/" + (Self.collapsed(FileSystem.joined(start, path)) ?? "")
    for candidate in [absolute, FileSystem.resolved(absolute), Self.resolvingParent(of: absolute)] {
      if candidate == workTree { return "" }
      let root = workTree == "/" ? "/" : workTree + "/"
      if candidate.hasPrefix(root) { return String(candidate.dropFirst(root.count)) }
    }
    throw outside(path, root: workTree)
  }

  private func outside(_ path: String, root: String) -> GitError {
    GitError(.outsideRepository(path: path), "\(path) is outside the repository at \(root): name a path inside it")
  }

  private static func resolvingParent(of path: String) -> String {
    let parent = FileSystem.parent(path)
    return FileSystem.joined(FileSystem.resolved(parent), String(path.dropFirst(parent.count).drop { $0 == "/" }))
  }

  /// The path without empty parts, `.` and `..`, relative; `nil` where it leaves its start.
  private static func collapsed(_ path: String) -> String? {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.joined(separator: "/")
  }
}
