import Git
import TestSupport
import Testing

struct FormatTests {
  @Test func `a SHA-256 repository is refused with the remedy`() throws {
    let test = try TestRepository(options: ["--object-format=sha256"])
    let error = gitError { _ = try open(test) }
    #expect(error?.kind == .unsupportedRepository)
    #expect(error?.description.contains("SHA-256") == true)
    #expect(error?.description.contains("--object-format=sha1") == true)
  }

  @Test func `a reftable repository is refused with the remedy`() throws {
    let test = try TestRepository()
    try test.git("config core.repositoryformatversion 1")
    try test.git("config extensions.refstorage reftable")
    let error = gitError { _ = try open(test) }
    #expect(error?.kind == .unsupportedRepository)
    #expect(error?.description.contains("reftable") == true)
    #expect(error?.description.contains("--ref-format=files") == true)
  }

  @Test func `unknown extensions and versions are refused by name`() throws {
    let test = try TestRepository()
    try test.write(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tfromTheFuture = true\n")
    #expect(gitError { _ = try open(test) }?.description.contains("fromthefuture") == true)
    try test.write(".git/config", "[core]\n\trepositoryformatversion = 7\n")
    #expect(gitError { _ = try open(test) }?.description.contains("version 7") == true)
  }

  @Test func `a partial and sparse clone is read as far as it goes`() throws {
    let test = try TestRepository()
    try test.git("config uploadpack.allowFilter true")
    try test.write("top", "1")
    try test.write("dir/inner", "2")
    try test.commit()
    let clone = try test.clone("partial", ["--filter=blob:none", "--sparse"])
    let repository = try open(clone)
    #expect(repository.isPartialClone)
    let tree = try id("HEAD^{tree}", in: clone)
    var paths: [String] = []
    #expect(repository.files(in: tree) { paths.append($0.path) }.isEmpty)
    #expect(paths == ["dir/inner", "top"])
    let inner = try #require(try repository.entry(at: "dir/inner", in: tree)).id
    let error = gitError { _ = try repository.blob(inner) }
    #expect(error?.kind == .missingObject(inner))
    #expect(error?.description.contains("partial clone") == true)
    let index = try repository.index()
    #expect(index.entries.map(\.isSkippedInWorkTree) == [true, false])
    let unreadable = try repository.workTreeChanges(index) { Issue.record("unexpected change \($0.path)") }
    #expect(unreadable.isEmpty)
  }

  @Test func `settings of a single work tree are honoured`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    try test.git("config extensions.worktreeConfig true")
    try test.git(["config", "--worktree", "core.hooksPath", "/some/hooks"])
    #expect(try open(test).location.hooksDirectory() == "/some/hooks")
  }

  @Test func `replace references and grafts are ignored and announced`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    let first = try test.commit("first")
    try test.write("a", "2")
    let second = try test.commit("second", minute: 1)
    #expect(try !open(test).hasReplaceReferences())
    #expect(try !open(test).hasGrafts())
    try test.git("replace \(second) \(first)")
    try test.write(".git/info/grafts", second + "\n")
    let repository = try open(test)
    #expect(try repository.hasReplaceReferences())
    #expect(try repository.hasGrafts())
    #expect(try repository.commit(#require(ObjectID(hex: second))).parents.map(\.hex) == [first])
  }
}
