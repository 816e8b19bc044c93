import Git
import TestSupport
import Testing

struct IndexTests {
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    for name in ["a", "dir/b", "dir/c", "dir/deep/d", "z"] { try test.write(name, name) }
    try test.commit()
    return test
  }

  private func staged(_ test: TestRepository) throws -> [String] {
    let repository = try open(test)
    var found: [String] = []
    let tree = try repository.head().commit.map { try repository.commitNode($0).tree }
    let unreadable = repository.compareIndex(try repository.index(), with: tree) { found.append(described($0)) }
    #expect(unreadable.isEmpty)
    return found
  }

  /// What `git diff --cached` says, in the form of `described`.
  private func expected(_ test: TestRepository) throws -> [String] {
    try test.git("diff --cached --no-renames --name-status").replacing("\t", with: " ").split(separator: "\n").map(
      String.init)
  }

  private func stageEverything(_ test: TestRepository) throws {
    try test.write("a", "changed")
    try test.write("dir/new", "new")
    try test.write("z/now/a/folder", "z")
    try test.git("rm -q -f dir/b")
    try test.git("add --all")
  }

  @Test func `an index that equals the tree has no changes`() throws {
    #expect(try staged(prepared()).isEmpty)
  }

  @Test(arguments: [2, 3, 4])
  func `staged changes are found in every version of the index`(version: Int) throws {
    let test = try prepared()
    try test.delete("z")
    try stageEverything(test)
    try test.git("update-index --index-version \(version)")
    if version == 3 {
      try test.write("announced", "x")
      try test.git("add -N announced")
    }
    #expect(try staged(test) == expected(test).filter { $0 != "A announced" })
    #expect(try staged(test).count == 5)
  }

  @Test func `an announced file is marked and not taken for staged`() throws {
    let test = try prepared()
    try test.write("announced", "x")
    try test.git("add -N announced")
    #expect(try open(test).index().entries.filter(\.isIntentToAdd).map(\.path) == ["announced"])
    #expect(try staged(test).isEmpty)
  }

  @Test func `a conflict shows its three versions`() throws {
    let test = try prepared()
    try test.git("checkout -q -b side")
    try test.write("a", "side")
    try test.commit("side", minute: 1)
    try test.git("checkout -q main")
    try test.write("a", "main")
    try test.commit("main", minute: 2)
    try test.git(["merge", "-q", "side"], failing: true)
    let index = try open(test).index()
    #expect(index.conflicts == ["a"])
    #expect(index.entries.filter { $0.path == "a" }.map(\.stage) == [1, 2, 3])
    #expect(try staged(test).isEmpty)
  }

  @Test func `a split index is read with its shared part`() throws {
    let test = try prepared()
    try test.git("update-index --split-index")
    #expect(try staged(test).isEmpty)
    try test.delete("z")
    try stageEverything(test)
    #expect(try staged(test) == expected(test))
    #expect(try open(test).index().entries.map(\.path).joined(separator: "\n") == test.git("ls-files"))
    try test.git("update-index --no-split-index")
    #expect(try staged(test) == expected(test))
  }

  @Test func `a sparse index is read with its folders expanded`() throws {
    let test = try prepared()
    try test.git("sparse-checkout set --cone --sparse-index nothing")
    let entries = try open(test).index().entries
    #expect(!entries.contains { $0.item.kind == .folder })
    #expect(entries.first { $0.path == "dir/b" }?.isSkippedInWorkTree == true)
    #expect(try staged(test).isEmpty)
    try test.write("a", "changed")
    try test.git("add a")
    #expect(try staged(test) == ["M a"])
  }

  @Test func `on an unborn branch everything staged is new`() throws {
    let test = try TestRepository()
    #expect(try staged(test).isEmpty)
    try test.write("a", "1")
    try test.git("add a")
    #expect(try staged(test) == ["A a"])
  }

  @Test func `trees known to the index are kept by folder`() throws {
    let test = try prepared()
    let index = try open(test).index()
    #expect(try index.cachedTrees[""] == id("HEAD^{tree}", in: test))
    #expect(try index.cachedTrees["dir"] == id("HEAD:dir", in: test))
    #expect(try index.cachedTrees["dir/deep"] == id("HEAD:dir/deep", in: test))
    try test.write("dir/b", "changed")
    try test.git("add dir/b")
    let later = try open(test).index()
    #expect(later.cachedTrees[""] == nil)
    #expect(later.cachedTrees["dir"] == nil)
    #expect(try later.cachedTrees["dir/deep"] == id("HEAD:dir/deep", in: test))
  }

  @Test(arguments: [0, 3, 4, 11, 12, 40, 100, 200])
  func `an index cut short is refused with a remedy`(length: Int) throws {
    let test = try prepared()
    let bytes = try test.folder.read(test.name + "/.git/index")
    try test.write(".git/index", bytes: Array(bytes.prefix(length)))
    let repository = try open(test)
    let error = gitError { _ = try repository.index() }
    #expect(error?.kind == .badIndex(path: test.path + "/.git/index"))
    #expect(error?.description.contains("git reset") == true)
  }

  @Test func `random damage to an index never crashes`() throws {
    let test = try prepared()
    try test.git("update-index --split-index")
    try test.write("dir/b", "changed")
    try test.git("add dir/b")
    let bytes = try test.folder.read(test.name + "/.git/index")
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try test.write(".git/index", bytes: damaged)
      let repository = try open(test)
      do throws(GitError) { _ = try repository.index() } catch { #expect(!error.description.isEmpty) }
    }
  }
}
