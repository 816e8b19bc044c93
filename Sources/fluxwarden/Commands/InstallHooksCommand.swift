internal import ArgumentParser
internal import Git

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The hooks that fluxwarden can be.
enum HookName: String, ExpressibleByArgument, CaseIterable {
  case preCommit = "pre-commit"
  case prePush = "pre-push"
  case preReceive = "pre-receive"
  case update

  /// All names, for help texts.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// `fluxwarden install-hooks`: puts hooks into a repository, or takes them out.
struct InstallHooksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install-hooks",
    abstract: "Install hooks into this repository.",
    discussion: """
      Without --hook the pre-commit hook, in a bare repository the pre-receive hook. A hook that is already there keeps \
      running, before fluxwarden. core.hooksPath is respected.
      """)

  @Option(
    name: .long,
    help: ArgumentHelp("\(HookName.names), or all that fit the repository. May be repeated.", valueName: "name"))
  var hook: [Choice] = []

  @Flag(name: .long, help: "Take the hooks out again and put the earlier ones back; without --hook, all of them.")
  var remove = false

  @Option(name: .long, help: ArgumentHelp("The repository.", valueName: "dir"))
  var repo: String?

  /// A hook, or all that make sense.
  enum Choice: ExpressibleByArgument {
    case one(HookName)
    case all

    init?(argument: String) {
      if argument == "all" {
        self = .all
      } else if let name = HookName(rawValue: argument) {
        self = .one(name)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] { HookName.allCases.map(\.rawValue) + ["all"] }
  }

  func run() throws {
    do throws(GitError) {
      let location = try RepositoryLocation(
        around: repo ?? Environment.folder, environment: Environment.around(repo))
      let folder = try location.hooksDirectory()
      let names = names(isBare: location.isBare)
      let ours = names.filter { HookFile(folder: folder, name: $0.rawValue).isOurs }
      for name in names {
        let hook = HookFile(folder: folder, name: name.rawValue)
        // Asked to remove whatever is there, only what is there is spoken of.
        if remove, self.hook.isEmpty, !hook.isOurs, !ours.isEmpty || name != names[0] { continue }
        StandardOutput.write(try (remove ? hook.remove() : hook.install()) + "\n")
      }
    } catch {
      StandardOutput.flush()
      StandardError.write("error: \(error.message)\n")
      throw ExitCode(2)
    }
  }

  private func names(isBare: Bool) -> [HookName] {
    if hook.isEmpty { return remove ? HookName.allCases : [isBare ? .preReceive : .preCommit] }
    var names: [HookName] = []
    for choice in hook {
      switch choice {
      case .one(let name): names.append(name)
      case .all: names += isBare ? [.preReceive] : [.preCommit, .prePush]
      }
    }
    return HookName.allCases.filter(names.contains)
  }
}

/// A hook of a repository.
struct HookFile {
  let folder: String
  let name: String

  private var path: String { "\(folder)/\(name)" }
  /// Where a hook that was there before is kept, and from where ours calls it.
  private var earlier: String { "\(path).before-fluxwarden" }
  private static let mark = "# fluxwarden install-hooks"

  /// Writes the hook; one that is already there is kept and called first.
  func install() throws(GitError) -> String {
    if isOurs {
      try write()
      return "the \(name) hook was there already: \(path)"
    }
    guard exists(path) else {
      makeFolder()
      try write()
      return "installed the \(name) hook: \(path)"
    }
    guard !exists(earlier) else { throw fail("\(earlier) is in the way: move it, then try again") }
    guard rename(path, earlier) == 0 else { throw fail("can't move \(path): \(reason)") }
    try write()
    return "installed the \(name) hook: \(path); the earlier one runs first, it is now \(earlier)"
  }

  /// Takes the hook away and puts the earlier one back.
  func remove() throws(GitError) -> String {
    guard isOurs else { return "there is no hook of fluxwarden at \(path)" }
    guard unlink(path) == 0 else { throw fail("can't remove \(path): \(reason)") }
    guard exists(earlier) else { return "removed the \(name) hook: \(path)" }
    guard rename(earlier, path) == 0 else { throw fail("can't move \(earlier) back: \(reason)") }
    return "removed the \(name) hook and put the earlier one back: \(path)"
  }

  private var script: String {
    hasInput
      ? scriptWithInput
      : """
      #!/bin/sh
      \(HookFile.mark): this file may be written anew; `fluxwarden install-hooks --remove` takes it away.
      earlier="$(dirname "$0")/\(name).before-fluxwarden"
      if [ -x "$earlier" ]; then "$earlier" "$@" || exit $?; fi
      if command -v fluxwarden >/dev/null 2>&1; then exec fluxwarden hook \(name) "$@"; fi
      exec \(quoted(Executable.path)) hook \(name) "$@"

      """
  }

  /// Whether git says something on standard input, which an earlier hook must hear as well.
  private var hasInput: Bool { name == "pre-push" || name == "pre-receive" }

  private var scriptWithInput: String {
    """
    #!/bin/sh
    \(HookFile.mark): this file may be written anew; `fluxwarden install-hooks --remove` takes it away.
    earlier="$(dirname "$0")/\(name).before-fluxwarden"
    input=$(cat; echo x) || exit 1
    if [ -x "$earlier" ]; then printf %s "${input%x}" | "$earlier" "$@" || exit $?; fi
    program=fluxwarden
    command -v "$program" >/dev/null 2>&1 || program=\(quoted(Executable.path))
    printf %s "${input%x}" | "$program" hook \(name) "$@"

    """
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  /// Whether the hook that is there was written by this command.
  var isOurs: Bool {
    guard let file = fopen(path, "r") else { return false }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self).contains(HookFile.mark)
  }

  private func write() throws(GitError) {
    var output = FileOutput()
    output.write(script)
    guard output.save(to: path), chmod(path, 0o755) == 0 else { throw fail("can't write \(path): \(reason)") }
  }

  /// Makes the hooks folder with those it lies in; where that fails, writing the hook says so.
  private func makeFolder() {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/" + part
      _ = mkdir(path, 0o777)
    }
  }

  private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private var reason: String { String(cString: strerror(errno)) }

  private func fail(_ message: String) -> GitError { GitError(.io(path: path), message) }
}

/// The running program.
enum Executable {
  /// Its absolute path.
  static var path: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    #if os(Linux)
      let count = buffer.withUnsafeMutableBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self) { chars in
          chars.baseAddress.map { readlink("/proc/self/exe", $0, chars.count) } ?? -1
        }
      }
      if count > 0 { return String(decoding: buffer[..<count], as: UTF8.self) }
    #endif
    let name = CommandLine.arguments.first ?? "fluxwarden"
    guard let resolved = realpath(name, nil) else { return name }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
