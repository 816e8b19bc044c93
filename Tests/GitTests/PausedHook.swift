import Git
import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real hook that stops, so that a test can look at the repository as the hook sees it, in the hook's environment.
struct PausedHook {
  /// The folder that the hook runs in.
  let folder: String
  /// The hook's whole environment.
  let environment: [String: String]

  /// Runs `git` with a hook that waits while `inspect` looks; gives back how `git` ended.
  static func inspect(
    _ hook: String, of owner: TestRepository, while arguments: [String], in test: TestRepository,
    _ inspect: (PausedHook) throws -> Void
  ) throws -> ProgramResult {
    let state = owner.folder.path("paused")
    try owner.hook(
      hook,
      """
      pwd > "\(state)-folder"
      env -0 > "\(state)-part" && mv "\(state)-part" "\(state)-environment"
      for i in $(seq 600); do test -e "\(state)-go" && exit 0; sleep 0.05; done
      exit 9
      """)
    let running = try test.startGit(arguments)
    for _ in 0..<1000 where !owner.folder.exists("paused-environment") { usleep(10_000) }
    let result = Result {
      let lines = try owner.folder.read("paused-environment").split(separator: 0)
      var environment: [String: String] = [:]
      for line in lines {
        let pair = String(decoding: line, as: UTF8.self).split(separator: "=", maxSplits: 1).map(String.init)
        environment[pair[0]] = pair.count > 1 ? pair[1] : ""
      }
      let folder = String(try owner.folder.text("paused-folder").dropLast())
      try inspect(PausedHook(folder: folder, environment: environment))
    }
    try owner.folder.write("paused-go", "")
    let end = try running.wait()
    try result.get()
    return end
  }

  /// The repository as the hook sees it.
  func repository() throws -> Repository { try Repository(around: folder, environment: environment) }
}
