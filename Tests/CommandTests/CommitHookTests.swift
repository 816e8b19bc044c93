import TestSupport
import Testing

/// `hooks/pre-commit`, called by a real `git commit`.
@Suite struct CommitHookTests {
  let repository: TestRepository

  init() throws {
    repository = try .fleet()
    try repository.useHook()
  }

  @Test(arguments: [[], ["-a"], ["--", Manifest.path], ["--only", Manifest.path], ["--include", Manifest.path]])
  func `a commit that scales to zero is refused, however it is made`(_ arguments: [String]) throws {
    try repository.scaleToZero()
    if arguments.isEmpty { try repository.git("add --all") }
    let result = try repository.tryCommit(arguments)
    #expect(result.status == 1)
    #expect((result.text + result.errorText).contains("workers-all-zero"))
    #expect(try repository.commitCount() == 1)
  }

  @Test func `a commit of one file is judged by that file, not by what else is staged`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    try repository.write("README.md", "text\n")
    try repository.git("add README.md")
    #expect(try repository.tryCommit("--", "README.md").status == 0)
    #expect(try repository.git("diff --cached --name-only") == Manifest.path)
  }

  @Test func `a harmless commit passes`() throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 4), ("md-1", 3)]))
    #expect(try repository.tryCommit("-a").status == 0)
    #expect(try repository.commitCount() == 2)
  }

  @Test func `a commit that only deletes a cluster is refused`() throws {
    try repository.git("rm --quiet \(Manifest.path)")
    let result = try repository.tryCommit()
    #expect(result.status == 1)
    #expect((result.text + result.errorText).contains("workload-cluster-removed"))
  }

  @Test func `the first commit of a repository is judged`() throws {
    let repository = try TestRepository()
    try repository.useHook()
    try repository.write("scripts/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.git("add --all")
    let result = try repository.tryCommit()
    #expect(result.status == 1)
    let all = result.text + result.errorText
    #expect(all.contains("github-pat") && !all.contains(Manifest.token))
  }

  @Test func `a first commit of a healthy fleet passes`() throws {
    let repository = try TestRepository()
    try repository.useHook()
    try repository.writeFleet()
    try repository.git("add --all")
    let result = try repository.tryCommit()
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
  }

  @Test func `a shallow clone is judged like any other`() throws {
    try repository.write("README.md", "text\n")
    try repository.git("add --all")
    #expect(try repository.tryCommit([]).status == 0)
    let clone = try repository.clone("clone", ["--depth", "1"])
    try clone.useHook()
    try clone.scaleToZero()
    #expect(try clone.tryCommit("-a").status == 1)
    try clone.write(Manifest.path, Manifest.cluster(workers: [("md-0", 4), ("md-1", 3)]))
    #expect(try clone.tryCommit("-a").status == 0)
  }

  @Test func `a linked work tree is judged by its own index`() throws {
    try repository.git(["worktree", "add", "--quiet", "-b", "other", repository.folder.path("linked")])
    let linked = try TestRepository(folder: repository.folder, name: "linked")
    try linked.scaleToZero()
    #expect(try linked.tryCommit("-a").status == 1)
    #expect(try repository.fluxwarden("check").status == 0)
  }

  @Test func `an amended commit is judged by what it adds to HEAD`() throws {
    try repository.scaleToZero()
    #expect(try repository.tryCommit("-a", "--amend").status == 1)
  }

  @Test func `a planned change passes with FLUXWARDEN_ALLOW and is shown`() throws {
    try repository.git("rm --quiet \(Manifest.path)")
    let allowed = ["FLUXWARDEN_ALLOW": "workload-cluster-removed=prod: OPS-118"]
    let result = try repository.tryCommit(environment: allowed)
    #expect(result.status == 0)
    let all = result.text + result.errorText
    #expect(all.contains("waived") && all.contains("OPS-118"))
  }

  @Test func `without the program nothing is committed and the way out is told`() throws {
    try repository.write("README.md", "text\n")
    try repository.git("add --all")
    let result = try repository.tryCommit(environment: TestRepository.environment)
    #expect(result.status == 1)
    #expect(result.errorText.contains("can't find fluxwarden"))
    #expect(result.errorText.contains("FLUXWARDEN"))
    let found = try repository.tryCommit(
      environment: TestRepository.environment.merging(["FLUXWARDEN": Product.path]) { $1 })
    #expect(found.status == 0)
  }

  @Test func `the hook is short`() throws {
    let text = try run("cat", [Product.project + "/hooks/pre-commit"], in: "/", environment: Product.environment).text
    #expect(text.hasPrefix("#!/bin/sh\n"))
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 20)
  }
}

extension TestRepository {
  /// Copies `hooks/pre-commit` into the repository.
  func useHook() throws {
    let source = Product.project + "/hooks/pre-commit"
    let target = try git("rev-parse --git-path hooks") + "/pre-commit"
    let result = try run("install", ["-D", "-m", "755", source, target], in: path, environment: Self.environment)
    guard result.status == 0 else { throw ProgramError(result.errorText) }
  }

  /// Runs a real `git commit` with a list of arguments.
  func tryCommit(_ arguments: [String]) throws -> ProgramResult {
    try tryGit(["commit", "--quiet", "-m", "a change"] + arguments, environment: Product.environment)
  }
}
