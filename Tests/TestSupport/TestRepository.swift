/// A small real repository in a temporary folder, made with the real `git`.
///
/// Names, dates and settings are fixed, so that the same steps give the same object ids on every machine.
package final class TestRepository: Sendable {
  /// The folder that contains the repository and is deleted with it.
  package let folder: TemporaryFolder
  /// The work tree's name in that folder, or the bare repository's.
  package let name: String

  /// Makes an empty repository whose branch is `main`; `options` are added to `git init`.
  package convenience init(bare: Bool = false, options: [String] = []) throws {
    try self.init(folder: TemporaryFolder(), name: bare ? "repo.git" : "repo")
    try folder.makeFolder(name)
    try git(["init", "--quiet", "--initial-branch=main"] + (bare ? ["--bare"] : []) + options)
  }

  /// The repository or work tree that lies under a name of a folder already.
  package init(folder: TemporaryFolder, name: String) throws {
    self.folder = folder
    self.name = name
  }

  /// The work tree's absolute path, or the bare repository's.
  package var path: String { folder.path(name) }

  /// What `git` and its hooks see of the environment: nothing of the machine's or the user's settings.
  package static let environment: [String: String] = [
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Ann Author", "GIT_AUTHOR_EMAIL": "ann@example.com",
    "GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@example.com",
    "GIT_AUTHOR_DATE": "1700000000 +0100", "GIT_COMMITTER_DATE": "1700000000 +0100",
  ]

  /// Runs `git` in the repository and gives back its standard output without the last line break.
  ///
  /// Throws where it ends with a failure, unless `failing` says that it should.
  @discardableResult
  package func git(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], failing: Bool = false
  ) throws -> String {
    let result = try tryGit(arguments, environment: environment, input: input)
    guard (result.status != 0) == failing else {
      throw ProgramError(
        "git \(arguments.joined(separator: " ")): status \(result.status)\n\(result.errorText)")
    }
    return result.text.hasSuffix("\n") ? String(result.text.dropLast()) : result.text
  }

  /// Runs `git` in the repository, whatever its exit status.
  package func tryGit(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> ProgramResult {
    try startGit(arguments, environment: environment, input: input).wait()
  }

  /// Starts `git` in the repository without waiting for its end.
  package func startGit(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> RunningProgram {
    let all = Self.environment.merging(environment) { $1 }
    let safe = ["-c", "protocol.file.allow=always", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
    return try RunningProgram("git", safe + arguments, in: path, environment: all, input: input)
  }

  /// Runs `git` with the words of a line.
  @discardableResult
  package func git(_ line: String) throws -> String { try git(line.split(separator: " ").map(String.init)) }

  /// Writes a file of the work tree.
  package func write(_ file: String, _ text: String) throws { try folder.write(name + "/" + file, text) }

  /// Writes a file of the work tree from bytes.
  package func write(_ file: String, bytes: [UInt8]) throws { try folder.write(name + "/" + file, bytes: bytes) }

  /// Deletes a file of the work tree.
  package func delete(_ file: String) throws { try folder.delete(name + "/" + file) }

  /// Stages the whole work tree and commits it, at `minute` minutes after the fixed date; gives back the commit's id.
  @discardableResult
  package func commit(_ message: String = "commit", minute: Int = 0) throws -> String {
    try git(["add", "--all"])
    return try commitStaged(message, minute: minute)
  }

  /// Commits what is staged, even where that is nothing; gives back the commit's id.
  @discardableResult
  package func commitStaged(_ message: String = "commit", minute: Int = 0) throws -> String {
    try git(["commit", "--quiet", "--allow-empty", "-m", message], environment: Self.dates(minute: minute))
    return try git("rev-parse HEAD")
  }

  /// The variables that date a commit `minute` minutes after the fixed date.
  package static func dates(minute: Int) -> [String: String] {
    let date = "\(1_700_000_000 + minute * 60) +0100"
    return ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]
  }

  /// Writes a hook of the repository, a shell script without its first line.
  package func hook(_ hook: String, _ script: String) throws {
    let hooks = try git("rev-parse --git-path hooks")
    let path = hooks.hasPrefix("/") ? String(hooks.dropFirst(folder.root.count + 1)) : name + "/" + hooks
    try folder.write(path + "/" + hook, "#!/bin/sh\n" + script)
    try folder.setMode(path + "/" + hook, 0o755)
  }

  /// Makes a clone beside this repository; `options` are added to `git clone`.
  package func clone(_ name: String, _ options: [String] = []) throws -> TestRepository {
    try git(["clone", "--quiet"] + options + ["file://" + path, folder.path(name)])
    return try TestRepository(folder: folder, name: name)
  }
}
