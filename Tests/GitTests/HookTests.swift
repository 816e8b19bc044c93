import Git
import TestSupport
import Testing

struct HookTests {
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.write("b", "1")
    try test.commit()
    return test
  }

  private func staged(_ hook: PausedHook) throws -> [String] {
    let repository = try hook.repository()
    var found: [String] = []
    let tree = try repository.head().commit.map { try repository.commitNode($0).tree }
    let unreadable = repository.compareIndex(try repository.index(), with: tree) { found.append(described($0)) }
    #expect(unreadable.isEmpty)
    return found
  }

  @Test func `git commit shows the hook what is staged`() throws {
    let test = try prepared()
    try test.write("a", "2")
    try test.git("add a")
    try test.write("b", "2")
    let end = try PausedHook.inspect("pre-commit", of: test, while: ["commit", "-m", "x"], in: test) {
      (hook) throws in
      #expect(try staged(hook) == ["M a"])
    }
    #expect(end.status == 0)
  }

  @Test func `git commit -a shows the hook what it will commit`() throws {
    let test = try prepared()
    try test.write("a", "2")
    try test.delete("b")
    let end = try PausedHook.inspect("pre-commit", of: test, while: ["commit", "-a", "-m", "x"], in: test) {
      (hook) throws in
      #expect(hook.environment["GIT_INDEX_FILE"]?.hasSuffix("index.lock") == true)
      #expect(try staged(hook) == ["M a", "D b"])
    }
    #expect(end.status == 0)
  }

  @Test func `git commit PATH shows the hook only that path`() throws {
    let test = try prepared()
    try test.write("a", "2")
    try test.write("b", "2")
    try test.git("add b")
    let end = try PausedHook.inspect("pre-commit", of: test, while: ["commit", "-m", "x", "a"], in: test) {
      (hook) throws in
      #expect(hook.environment["GIT_INDEX_FILE"]?.contains("next-index") == true)
      #expect(try staged(hook) == ["M a"])
    }
    #expect(end.status == 0)
  }

  @Test func `the first commit of a repository is compared with nothing`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.git("add a")
    let end = try PausedHook.inspect("pre-commit", of: test, while: ["commit", "-m", "x"], in: test) {
      (hook) throws in
      #expect(try hook.repository().head() == .unborn(name: "refs/heads/main"))
      #expect(try staged(hook) == ["A a"])
    }
    #expect(end.status == 0)
  }

  @Test func `a commit in a linked work tree is seen from its hook`() throws {
    let test = try prepared()
    try test.git("worktree add -q -b side ../linked")
    let linked = try TestRepository(folder: test.folder, name: "linked")
    try linked.write("a", "3")
    let end = try PausedHook.inspect("pre-commit", of: test, while: ["commit", "-a", "-m", "x"], in: linked) {
      (hook) throws in
      #expect(try hook.repository().location.workTree == linked.path)
      #expect(try staged(hook) == ["M a"])
    }
    #expect(end.status == 0)
  }

  @Test(arguments: [true, false])
  func `pushed objects are seen in the quarantine`(bare: Bool) throws {
    let server = try TestRepository(bare: bare)
    let client = try prepared()
    try client.git(["push", "-q", "file://" + server.path, "main:refs/heads/other"])
    try client.write("pushed", "new content")
    let commit = try #require(ObjectID(hex: try client.commit(minute: 1)))
    let arguments = ["push", "file://" + server.path, "main:refs/heads/topic"]
    let end = try PausedHook.inspect("pre-receive", of: server, while: arguments, in: client) { (hook) throws in
      #expect(hook.environment["GIT_QUARANTINE_PATH"] != nil)
      let repository = try hook.repository()
      #expect(repository.location.isBare)
      let old = try #require(try repository.reference("refs/heads/other"))
      let history = repository.history(from: [commit], hiding: [old])
      #expect(history.unreadable.isEmpty)
      #expect(history.commits.map(\.id) == [commit])
      let trees = try (repository.commitNode(old).tree, repository.commitNode(commit).tree)
      #expect(try changes(repository, trees.0, trees.1).map(described) == ["A pushed"])
      #expect(try repository.objectIDs().contains(commit))
      // Without the hook's environment the objects are not there yet.
      let outside = try Repository(around: server.path)
      #expect(gitError { _ = try outside.commit(commit) }?.kind == .missingObject(commit))
    }
    #expect(end.status == 0)
  }
}
