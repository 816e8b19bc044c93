import Git
import TestSupport
import Testing

struct TreeComparisonTests {
  @Test func `a root commit is compared with nothing`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.write("dir/b", "2")
    try test.commit()
    let repository = try open(test)
    let root = try repository.commit(id("HEAD", in: test))
    #expect(root.parents.isEmpty)
    #expect(try changes(repository, nil, root.tree).map(described) == ["A a", "A dir/b"])
    #expect(try changes(repository, root.tree, nil).map(described) == ["D a", "D dir/b"])
    #expect(try changes(repository, root.tree, root.tree).isEmpty)
  }

  @Test func `additions, changes and deletions are the ones that git diff-tree finds`() throws {
    let test = try TestRepository()
    for name in ["a", "a.b", "a-c/x", "dir/one", "dir/two", "dir/deep/er/x", "gone/x/y", "same/z"] {
      try test.write(name, name)
    }
    try test.commit()
    try test.write("a", "changed")
    try test.write("dir/deep/er/x", "changed")
    try test.git(["rm", "-q", "-r", "gone", "dir/one"])
    try test.write("new/folder/file", "n")
    try test.write("a0", "n")
    try test.commit(minute: 1)
    let found = try changes(open(test), id("HEAD~^{tree}", in: test), id("HEAD^{tree}", in: test))
    let expected = try test.git("diff-tree -r --no-renames --name-status HEAD~ HEAD")
    #expect(found.map(described) == expected.replacing("\t", with: " ").split(separator: "\n").map(String.init))
  }

  @Test func `a mode change alone is a change of the same content`() throws {
    let test = try TestRepository()
    try test.write("run", "#!/bin/sh")
    try test.commit()
    try test.git("update-index --chmod=+x run")
    try test.commitStaged(minute: 1)
    let found = try changes(open(test), id("HEAD~^{tree}", in: test), id("HEAD^{tree}", in: test))
    #expect(found.count == 1)
    #expect(found.first?.old?.kind == .file)
    #expect(found.first?.new?.kind == .executable)
    #expect(found.first?.old?.id == found.first?.new?.id)
  }

  @Test func `a folder that becomes a file is deleted, and the file added`() throws {
    let test = try TestRepository()
    try test.write("x/a", "1")
    try test.write("x/b", "2")
    try test.commit()
    try test.git("rm -q -r x")
    try test.write("x", "file")
    try test.commit(minute: 1)
    let repository = try open(test)
    let (old, new) = (try id("HEAD~^{tree}", in: test), try id("HEAD^{tree}", in: test))
    #expect(Set(try changes(repository, old, new).map(described)) == ["A x", "D x/a", "D x/b"])
    #expect(Set(try changes(repository, new, old).map(described)) == ["D x", "A x/a", "A x/b"])
  }

  @Test func `links and submodules are entries of their own kinds`() throws {
    let test = try TestRepository()
    try test.folder.link(test.name + "/link", to: "../outside")
    try test.write("a", "1")
    let first = try test.commit()
    try test.git(["update-index", "--add", "--cacheinfo", "160000,\(first),module"])
    try test.commitStaged(minute: 1)
    let repository = try open(test)
    let tree = try id("HEAD^{tree}", in: test)
    let entries = try repository.tree(tree).entries
    #expect(entries.map(\.name) == ["a", "link", "module"])
    #expect(entries.map(\.kind) == [.file, .link, .submodule])
    #expect(entries.last?.id.hex == first)
    #expect(try repository.blob(entries[1].id) == Array("../outside".utf8))
    let found = try changes(repository, id("HEAD~^{tree}", in: test), tree)
    #expect(found.map(described) == ["A module"])
    #expect(try repository.entry(at: "module/x", in: tree) == nil)
  }

  @Test func `an entry is found by its path`() throws {
    let test = try TestRepository()
    try test.write("one/two/three", "3")
    try test.commit()
    let repository = try open(test)
    let tree = try id("HEAD^{tree}", in: test)
    #expect(try repository.entry(at: "one/two/three", in: tree)?.id == id("HEAD:one/two/three", in: test))
    #expect(try repository.entry(at: "one/two", in: tree)?.kind == .folder)
    #expect(try repository.entry(at: "", in: tree)?.id == tree)
    #expect(try repository.entry(at: "one/three", in: tree) == nil)
    #expect(try repository.entry(at: "one/two/three/four", in: tree) == nil)
  }

  @Test func `names that are not UTF-8 are compared, listed and found`() throws {
    let test = try TestRepository()
    let blob = try test.git(["hash-object", "-w", "--stdin"], input: [1])
    let line = Array("100644 blob \(blob)\tcaf".utf8) + [0xe9, 0]
    let tree = try #require(ObjectID(hex: try test.git(["mktree", "-z"], input: line)))
    let repository = try open(test)
    #expect(try changes(repository, nil, tree).map(\.path) == ["caf\u{fffd}"])
    #expect(try repository.entry(at: "caf\u{fffd}", in: tree)?.id.hex == blob)
  }

  @Test func `a folder of a hundred thousand files is compared`() throws {
    let test = try TestRepository()
    let blob = try test.git(["hash-object", "-w", "--stdin"], input: [1])
    var lines = (0..<100_000).map { "100644 blob \(blob)\tfile-\(String(100_000 + $0))\n" }
    let old = try #require(ObjectID(hex: try test.git(["mktree"], input: Array(lines.joined().utf8))))
    lines.remove(at: 70_000)
    let new = try #require(ObjectID(hex: try test.git(["mktree"], input: Array(lines.joined().utf8))))
    let repository = try open(test)
    #expect(try changes(repository, old, new).map(described) == ["D file-170000"])
    #expect(try changes(repository, nil, new).count == 99_999)
  }

  @Test func `folders two thousand deep do not exhaust the stack`() throws {
    let test = try TestRepository()
    let path = Array(repeating: "d", count: 2000).joined(separator: "/") + "/file"
    let stream = """
      blob
      mark :1
      data 1
      x
      commit refs/heads/deep
      committer C <c@example.com> 1700000000 +0000
      data 1
      c
      M 100644 :1 \(path)

      """
    try test.git(["fast-import", "--quiet"], input: Array(stream.utf8))
    let repository = try open(test)
    let tree = try repository.commit(id("refs/heads/deep", in: test)).tree
    let found = try changes(repository, nil, tree)
    #expect(found.map(\.path) == [path])
    #expect(try repository.entry(at: path, in: tree)?.id == found.first?.new?.id)
  }

  @Test func `folders multiplied without end are given up and named`() throws {
    let test = try TestRepository()
    var tree = try test.git(["mktree"])
    for _ in 0..<12 {
      let lines = (0..<10).map { "040000 tree \(tree)\t\($0)\n" }
      tree = try test.git(["mktree"], input: Array(lines.joined().utf8))
    }
    var found = 0
    let repository = try open(test)
    repository.pathLimit = 20_000
    let unreadable = repository.compareTrees(old: nil, new: ObjectID(hex: tree)) { _ in found += 1 }
    #expect(found == 0)
    #expect(unreadable.count == 1)
    #expect(unreadable.first?.error.description.contains("more than 20000 paths") == true)
  }

  @Test func `a tree whose object holds itself ends at the limit of depth`() throws {
    let test = try TestRepository()
    // An object stored under a false name: the only way to a circle.
    let name = String(repeating: "ab", count: 20)
    let entry = Array("40000 d\0".utf8) + Array(repeating: 0xab, count: 20)
    let made = try test.git(["hash-object", "-w", "-t", "tree", "--stdin"], input: entry)
    let objects = test.name + "/.git/objects/"
    try test.folder.move(objects + "\(made.prefix(2))/\(made.dropFirst(2))", to: objects + "ab/\(name.dropFirst(2))")
    let repository = try open(test)
    var found = 0
    let unreadable = repository.compareTrees(old: nil, new: ObjectID(hex: name)) { _ in found += 1 }
    #expect(found == 0)
    #expect(unreadable.count == 1)
    #expect(unreadable.first?.error.description.contains("nested deeper") == true)
  }
}
