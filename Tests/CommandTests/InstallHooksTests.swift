import TestSupport
import Testing

/// `fluxwarden install-hooks`, and the hooks it writes called by a real `git commit`.
@Suite struct InstallHooksTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  private func refuses(_ repository: TestRepository) throws -> Bool {
    try repository.scaleToZero()
    let result = try repository.tryCommit("-a")
    return result.status == 1 && (result.text + result.errorText).contains("workers-all-zero")
  }

  @Test func `the installed hook refuses a dangerous commit`() throws {
    let result = try repository.fluxwarden("install-hooks")
    #expect(result.status == 0)
    #expect(result.text.contains(".git/hooks/pre-commit"))
    #expect(try refuses(repository))
  }

  @Test func `the installed hook finds the program without PATH`() throws {
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    try repository.scaleToZero()
    #expect(try repository.tryCommit("-a", environment: TestRepository.environment).status == 1)
  }

  @Test func `a hook that is there already runs first and can still refuse`() throws {
    try repository.hook("pre-commit", "echo earlier >> ran\n[ ! -e refuse ]\n")
    #expect(try repository.fluxwarden("install-hooks").text.contains("the earlier one runs first"))
    #expect(try refuses(repository))
    #expect(try repository.folder.text("repo/ran") == "earlier\n")
    try repository.git("checkout --quiet -- .")
    try repository.write("refuse", "")
    try repository.write("README.md", "text\n")
    try repository.git("add README.md")
    #expect(try repository.tryCommit().status == 1)
    try repository.delete("refuse")
    #expect(try repository.tryCommit().status == 0)
  }

  @Test func `installing twice changes nothing`() throws {
    try repository.hook("pre-commit", "exit 0\n")
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    let first = try repository.folder.text("repo/.git/hooks/pre-commit")
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    #expect(try repository.folder.text("repo/.git/hooks/pre-commit") == first)
    #expect(try repository.folder.text("repo/.git/hooks/pre-commit.before-fluxwarden") == "#!/bin/sh\nexit 0\n")
  }

  @Test func `core.hooksPath is respected`() throws {
    try repository.git("config core.hooksPath tools/hooks")
    try repository.folder.makeFolder("repo/tools/hooks")
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    #expect(repository.folder.exists("repo/tools/hooks/pre-commit"))
    #expect(!repository.folder.exists("repo/.git/hooks/pre-commit"))
    #expect(try refuses(repository))
  }

  @Test func `a hooks folder that is not there yet is made`() throws {
    try repository.git("config core.hooksPath some/deep/folder")
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    #expect(try refuses(repository))
  }

  @Test func `it can be called from a folder below`() throws {
    let result = try Product.run(["install-hooks"], in: repository.path + "/clusters/hq")
    #expect(result.status == 0)
    #expect(try refuses(repository))
  }

  @Test func `a linked work tree shares the hooks of its repository`() throws {
    try repository.git(["worktree", "add", "--quiet", "-b", "other", repository.folder.path("linked")])
    let linked = try TestRepository(folder: repository.folder, name: "linked")
    #expect(try linked.fluxwarden("install-hooks").status == 0)
    #expect(repository.folder.exists("repo/.git/hooks/pre-commit"))
    #expect(try refuses(linked))
  }

  @Test func `--remove takes the hook away and puts the earlier one back`() throws {
    try repository.hook("pre-commit", "exit 0\n")
    #expect(try repository.fluxwarden("install-hooks").status == 0)
    #expect(try repository.fluxwarden("install-hooks", "--remove").status == 0)
    #expect(try repository.folder.text("repo/.git/hooks/pre-commit") == "#!/bin/sh\nexit 0\n")
    #expect(!repository.folder.exists("repo/.git/hooks/pre-commit.before-fluxwarden"))
    try repository.scaleToZero()
    #expect(try repository.tryCommit("-a").status == 0)
  }

  @Test func `--remove leaves a hook of somebody else alone`() throws {
    try repository.hook("pre-commit", "exit 0\n")
    let result = try repository.fluxwarden("install-hooks", "--remove")
    #expect(result.text.contains("no hook of fluxwarden"))
    #expect(try repository.folder.text("repo/.git/hooks/pre-commit") == "#!/bin/sh\nexit 0\n")
  }

  @Test func `outside a repository it says so`() throws {
    let folder = try TemporaryFolder()
    let result = try Product.run(["install-hooks"], in: folder.root)
    #expect(result.status == 2)
    #expect(result.errorText.hasPrefix("error: "))
  }
}
