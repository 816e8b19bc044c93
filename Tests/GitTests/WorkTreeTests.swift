import Git
import TestSupport
import Testing

struct WorkTreeTests {
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    for name in ["a", "dir/b", "dir/c", "run"] { try test.write(name, name) }
    try test.commit()
    return test
  }

  private func changes(_ test: TestRepository) throws -> [TreeChange] {
    let repository = try open(test)
    var found: [TreeChange] = []
    let unreadable = try repository.workTreeChanges(repository.index()) { found.append($0) }
    #expect(unreadable.isEmpty)
    return found
  }

  @Test func `a clean work tree has no changes`() throws {
    #expect(try changes(prepared()).isEmpty)
  }

  @Test func `modified, deleted and untracked files are found with their ids`() throws {
    let test = try prepared()
    try test.write("a", "A")
    try test.delete("dir/b")
    try test.write("new/folder/file", "n")
    try test.folder.setMode(test.name + "/run", 0o755)
    let found = try changes(test)
    #expect(found.map(described) == ["M a", "D dir/b", "A new/folder/file", "M run"])
    #expect(try found[0].new?.id.hex == test.git("hash-object a"))
    #expect(found[3].new?.kind == .executable)
    #expect(try open(test).workTreeContents("new/folder/file") == Array("n".utf8))
  }

  @Test func `a file touched but not changed is no change`() throws {
    let test = try prepared()
    try test.write("a", "a")
    #expect(try changes(test).isEmpty)
  }

  @Test func `ignored files are left out unless they are tracked`() throws {
    let test = try prepared()
    try test.write(".gitignore", "*.log\n/build/\n")
    try test.write("build/kept", "1")
    try test.git("add -f build/kept .gitignore")
    try test.commitStaged(minute: 1)
    try test.write("build/kept", "2")
    try test.write("build/output", "1")
    try test.write("x.log", "1")
    try test.write("dir/.gitignore", "!important.log\n")
    try test.write("dir/important.log", "1")
    try test.write("dir/other.log", "1")
    let found = try changes(test).map(described)
    #expect(found == ["M build/kept", "A dir/.gitignore", "A dir/important.log"])
  }

  @Test func `links are read as links and never followed`() throws {
    let test = try prepared()
    try test.folder.write("outside/secret", "not ours")
    try test.folder.link(test.name + "/folder-link", to: "../outside")
    try test.folder.link(test.name + "/file-link", to: "../outside/secret")
    let found = try changes(test)
    #expect(found.map(described) == ["A file-link", "A folder-link"])
    #expect(found.allSatisfy { $0.new?.kind == .link })
    let repository = try open(test)
    #expect(try repository.workTreeContents("file-link") == Array("../outside/secret".utf8))
    #expect(gitError { _ = try repository.workTreeContents("folder-link/secret") } != nil)
    #expect(gitError { _ = try repository.workTreeContents("../outside/secret") } != nil)
  }

  @Test func `a tracked folder replaced by a link out of the tree counts as deleted`() throws {
    let test = try prepared()
    try test.folder.move(test.name + "/dir", to: "moved")
    try test.folder.link(test.name + "/dir", to: "../moved")
    #expect(try changes(test).map(described) == ["A dir", "D dir/b", "D dir/c"])
  }

  @Test func `other repositories inside are left alone`() throws {
    let test = try prepared()
    try test.folder.makeFolder(test.name + "/inner")
    try test.git("init -q inner")
    try test.write("inner/file", "1")
    #expect(try changes(test).isEmpty)
  }

  @Test func `names that are not UTF-8 are read`() throws {
    let test = try prepared()
    let script = "printf content > \"$(printf 'caf\\351')\""
    _ = try run("sh", ["-c", script], in: test.path, environment: TestRepository.environment)
    #expect(try changes(test).map(\.path) == ["caf\u{fffd}"])
    #expect(try open(test).workTreeContents("caf\u{fffd}") == Array("content".utf8))
    try test.commit(minute: 1)
    #expect(try changes(test).isEmpty)
  }

  @Test func `pipes and sockets do not block`() throws {
    let test = try prepared()
    try test.delete("a")
    _ = try run("mkfifo", ["a", "pipe"], in: test.path, environment: TestRepository.environment)
    #expect(try changes(test).map(described) == ["D a"])
    #expect(gitError { _ = try open(test).workTreeContents("pipe") } != nil)
  }

  @Test func `a bare repository has no work tree to look at`() throws {
    let bare = try prepared().clone("bare.git", ["--bare"])
    let repository = try open(bare)
    let error = gitError { _ = try repository.workTreeChanges(repository.index()) { _ in } }
    #expect(error?.description.contains("bare") == true)
  }

  @Test func `reading leaves the repository as it was`() throws {
    let test = try prepared()
    try test.write("a", "changed")
    let list = ["-c", "find . -type f -printf '%p %T@ %s\\n' | sort"]
    let before = try run("sh", list, in: test.path, environment: TestRepository.environment).text
    let repository = try open(test)
    _ = try changes(test)
    _ = try repository.objectIDs()
    _ = repository.history(from: [try id("HEAD", in: test)])
    #expect(try run("sh", list, in: test.path, environment: TestRepository.environment).text == before)
  }
}
