import Git
import TestSupport
import Testing

struct LocationTests {
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.write("dir/sub/b", "1")
    try test.commit()
    return test
  }

  @Test func `a repository is found from any folder inside its work tree`() throws {
    let test = try prepared()
    for folder in ["", "dir", "dir/sub"] {
      let repository = try open(test, in: folder)
      #expect(repository.location.workTree == test.path)
      #expect(repository.location.gitDirectory == test.path + "/.git")
      #expect(try repository.head().commit == id("HEAD", in: test))
    }
    #expect(try open(test, in: ".git").location.isBare)
  }

  @Test func `a bare repository is found from itself and from its folders`() throws {
    let test = try prepared()
    let bare = try test.clone("bare.git", ["--bare"])
    for folder in ["", "refs", "objects/pack"] {
      let repository = try open(bare, in: folder)
      #expect(repository.location.isBare)
      #expect(repository.location.gitDirectory == bare.path)
      #expect(try repository.head().commit == id("HEAD", in: test))
    }
  }

  @Test func `a bare repository without a settings file is read`() throws {
    let bare = try prepared().clone("bare.git", ["--bare"])
    try bare.folder.delete("bare.git/config")
    #expect(try open(bare).head().commit != nil)
    #expect(try open(bare, ["GIT_DIR": bare.path]).location.isBare)
  }

  @Test func `a folder outside any repository is named`() throws {
    let folder = try TemporaryFolder()
    let error = gitError { _ = try RepositoryLocation(around: folder.root) }
    #expect(error?.kind == .notARepository(path: folder.root))
    #expect(error?.description.contains(folder.root) == true)
    let absent = gitError { _ = try RepositoryLocation(around: folder.root + "/absent") }
    #expect(absent?.description.contains("there is no folder") == true)
  }

  @Test func `the search ends at a ceiling`() throws {
    let test = try prepared()
    let environment = ["GIT_CEILING_DIRECTORIES": test.path]
    #expect(gitError { _ = try open(test, in: "dir/sub", environment) } != nil)
    #expect(try open(test, environment).location.workTree == test.path)
  }

  @Test func `a linked work tree shares objects and references and has its own head and index`() throws {
    let test = try prepared()
    try test.git("worktree add -q -b side ../linked")
    let linked = try TestRepository(folder: test.folder, name: "linked")
    try linked.write("only-here", "1")
    try linked.git("add only-here")
    let repository = try open(linked, in: "dir")
    #expect(repository.location.workTree == linked.path)
    #expect(repository.location.commonDirectory == test.path + "/.git")
    #expect(try repository.head() == .branch(name: "refs/heads/side", id("main", in: test)))
    #expect(try repository.index().entries.map(\.path) == ["a", "dir/sub/b", "only-here"])
    #expect(try open(test).index().entries.map(\.path) == ["a", "dir/sub/b"])
    #expect(try repository.references().references.map(\.name) == ["refs/heads/main", "refs/heads/side"])
    #expect(try open(test).worktreeHeads().heads.count == 2)
  }

  @Test func `a linked work tree of a bare repository has a work tree`() throws {
    let bare = try prepared().clone("bare.git", ["--bare"])
    try bare.git("worktree add -q ../linked main")
    let repository = try Repository(around: bare.folder.path("linked/dir"))
    #expect(repository.location.workTree == bare.folder.path("linked"))
  }

  @Test func `a submodule's work tree is the folder beside its git file`() throws {
    let inner = try prepared()
    let outer = try prepared()
    try outer.git(["submodule", "--quiet", "add", "file://" + inner.path, "module"])
    let repository = try open(outer, in: "module/dir")
    #expect(repository.location.workTree == outer.path + "/module")
    #expect(repository.location.gitDirectory == outer.path + "/.git/modules/module")
  }

  @Test func `GIT_DIR and GIT_WORK_TREE name the repository from anywhere`() throws {
    let test = try prepared()
    let elsewhere = try TemporaryFolder()
    let environment = ["GIT_DIR": test.path + "/.git", "GIT_WORK_TREE": test.path]
    let repository = try Repository(around: elsewhere.root, environment: environment)
    #expect(repository.location.workTree == test.path)
    #expect(try repository.index().entries.count == 2)
    let relative = try open(test, in: "dir", ["GIT_DIR": "../.git", "GIT_WORK_TREE": ".."])
    #expect(relative.location.workTree == test.path)
    #expect(try open(test, ["GIT_DIR": ".git"]).location.workTree == test.path)
    let error = gitError { _ = try open(test, ["GIT_DIR": "nowhere"]) }
    #expect(error?.description.contains("GIT_DIR names nowhere") == true)
  }

  @Test func `GIT_INDEX_FILE is read from the top of the work tree`() throws {
    let test = try prepared()
    try test.write("c", "1")
    try test.git(["add", "c"], environment: ["GIT_INDEX_FILE": test.path + "/.git/other-index"])
    for name in [test.path + "/.git/other-index", ".git/other-index"] {
      #expect(try open(test, in: "dir", ["GIT_INDEX_FILE": name]).index().entries.map(\.path) == ["c"])
    }
    #expect(try open(test, ["GIT_INDEX_FILE": ".git/absent"]).index().entries.isEmpty)
  }

  @Test func `objects of alternates are read, listed and followed further`() throws {
    let test = try prepared()
    let borrower = try test.clone("borrower", ["--shared"])
    let second = try borrower.clone("second", ["--shared"])
    try second.write("own", "1")
    let own = try second.commit(minute: 1)
    let repository = try open(second)
    #expect(try repository.commit(id("HEAD~", in: second)).id == id("main", in: test))
    let ids = try repository.objectIDs().map(\.hex)
    #expect(ids.contains(own))
    #expect(ids.contains(try test.git("rev-parse main")))
    #expect(ids.count == Set(ids).count)
  }

  @Test func `object folders named by the environment are read`() throws {
    let test = try prepared()
    let other = try TestRepository()
    try other.write("other", "other")
    let commit = try #require(ObjectID(hex: try other.commit()))
    let path = other.path + "/.git/objects"
    for list in [path, "/nowhere:" + path, "\"\(path)\":/nowhere"] {
      #expect(try open(test, ["GIT_ALTERNATE_OBJECT_DIRECTORIES": list]).contains(commit))
    }
    #expect(try open(test, ["GIT_OBJECT_DIRECTORY": path]).contains(commit))
    #expect(try !open(test).contains(commit))
  }

  @Test func `the folder of hooks is where git looks for it`() throws {
    let test = try prepared()
    try test.git("worktree add -q -b side ../linked")
    let linked = try TestRepository(folder: test.folder, name: "linked")
    try test.folder.write("home/.gitconfig", "[core]\n\thooksPath = ~/my-hooks\n")
    let home = ["HOME": test.folder.path("home"), "GIT_CONFIG_NOSYSTEM": "1"]
    for folder in [test, linked] {
      #expect(try open(folder).location.hooksDirectory() == test.path + "/.git/hooks")
      #expect(try open(folder, home).location.hooksDirectory() == test.folder.path("home/my-hooks"))
    }
    try test.git("config core.hooksPath tracked/hooks")
    #expect(try open(test, in: "dir", home).location.hooksDirectory() == test.path + "/tracked/hooks")
    #expect(try open(linked).location.hooksDirectory() == linked.path + "/tracked/hooks")
  }

  @Test func `variables of a surrounding repository are dropped for a folder that a person named`() throws {
    let test = try prepared()
    let environment = ["GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "x", "HOME": "/h", "GIT_CONFIG_GLOBAL": "/g"]
    let cleaned = RepositoryLocation.withoutRepositoryVariables(environment)
    #expect(cleaned == ["HOME": "/h", "GIT_CONFIG_GLOBAL": "/g"])
    #expect(try open(test, cleaned).location.gitDirectory == test.path + "/.git")
    let known = Set(try test.git("rev-parse --local-env-vars").split(separator: "\n").map(String.init))
    let all = Dictionary(uniqueKeysWithValues: known.map { ($0, "x") })
    let kept = Set(RepositoryLocation.withoutRepositoryVariables(all).keys)
    // These change what Git does with a repository, not which one it is, and nothing here reads them.
    let others = ["GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_INTERNAL_SUPER_PREFIX"]
    #expect(kept.subtracting(others + ["GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE"]).isEmpty)
  }

  @Test func `a path of a person becomes a path of the repository`() throws {
    let test = try prepared()
    let location = try RepositoryLocation(around: test.path)
    #expect(try location.repositoryPath(of: "b", from: test.path + "/dir/sub") == "dir/sub/b")
    #expect(try location.repositoryPath(of: "../../a", from: test.path + "/dir/sub") == "a")
    #expect(try location.repositoryPath(of: ".", from: test.path) == "")
    #expect(try location.repositoryPath(of: test.path + "/not/there.yaml", from: "/") == "not/there.yaml")
    let error = gitError { _ = try location.repositoryPath(of: "../..", from: test.path + "/dir") }
    #expect(error?.kind == .outsideRepository(path: "../.."))
  }

  @Test func `a broken pointer to a linked repository is named with its remedy`() throws {
    let test = try prepared()
    try test.folder.write("linked/.git", "gitdir: /nowhere/at/all\n")
    let error = gitError { _ = try RepositoryLocation(around: test.folder.path("linked")) }
    #expect(error?.description.contains("worktree repair") == true)
  }
}

struct RemoteAddressTests {
  @Test(arguments: [
    ("https://git.example.com/o/n.git", "https://git.example.com/o/n.git"),
    ("https://me:hush@git.example.com/o/n", "https://git.example.com/o/n"),
    ("https://me:hu/s@h@git.example.com/o/n", "https://git.example.com/o/n"),
    ("https://git.example.com/o/n?token=hush#x", "https://git.example.com/o/n"),
    ("ssh://git@git.example.com:7999/o/n.git", "ssh://git.example.com:7999/o/n.git"),
    ("git@git.example.com:o/n.git", "git.example.com:o/n.git"), ("/srv/n.git", "/srv/n.git"),
    ("../n@2", "../n@2"), ("@:x", ":x"), ("://@", "://"), ("", ""),
  ])
  func `an address loses its credentials`(_ address: String, _ shown: String) throws {
    let test = try TestRepository()
    try test.git(["config", "remote.origin.url", address])
    #expect(try RepositoryLocation(around: test.path).originAddress == shown)
  }

  @Test func `the only remote counts where none is called origin`() throws {
    let test = try TestRepository()
    #expect(try RepositoryLocation(around: test.path).originAddress == nil)
    try test.git("remote add upstream git@a.example:o/n")
    #expect(try RepositoryLocation(around: test.path).originAddress == "a.example:o/n")
    try test.git("remote add fork git@b.example:o/n")
    #expect(try RepositoryLocation(around: test.path).originAddress == nil)
  }
}
