import Git
import TestSupport
import Testing

struct ReferenceTests {
  private static let understood = [
    "HEAD", "@", "main", "heads/main", "refs/heads/main", "HEAD~2", "main~1^0", "HEAD^", "HEAD^^", "HEAD^2", "HEAD^2~1",
    "v1", "v1^{}", "v1^{commit}", "v1^{tree}", "HEAD:a", "HEAD~1:dir/b", "HEAD:", "main@{1}", "@{1}", "HEAD@{0}",
    "side",
    "tags/v1", "v1~1", "HEAD^{tree}", "v1^{tag}",
  ]

  private static let refused = [
    "nowhere", "HEAD~99", "HEAD^9", "v1^{blob}", "HEAD^{", "main@{99}", "HEAD:absent", "", "0123", "HEAD@{yesterday}",
    "HEAD~99999999999999999999", "a\u{1b}[31m", "../../etc/passwd",
  ]

  @Test func `an unborn branch is recognised`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    #expect(try repository.head() == .unborn(name: "refs/heads/main"))
    #expect(try repository.references().references.isEmpty)
    let error = gitError { _ = try repository.resolve("HEAD") }
    #expect(error?.description.contains("no commit yet") == true)
  }

  @Test func `branches, tags, notes and the stash are listed, packed or loose`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    try test.git("branch topic/one")
    try test.git(["tag", "-a", "v1", "-m", "x"])
    try test.git(["notes", "add", "-m", "a note"])
    try test.write("a", "2")
    try test.git("stash -q")
    for _ in 0..<2 {
      let listed = try open(test).references()
      let expected = try test.git(["for-each-ref", "--format=%(objectname) %(refname)"])
      #expect(listed.references.map { "\($0.target.hex) \($0.name)" }.joined(separator: "\n") == expected)
      #expect(listed.references.count == 5)
      #expect(listed.unreadable.isEmpty)
      try test.git("pack-refs --all")
    }
    try test.git("branch -f topic/one v1~0")
    try test.write("a", "3")
    let moved = try test.commit(minute: 2)
    #expect(try open(test).reference("refs/heads/main")?.hex == moved)
  }

  @Test func `one packed reference is found among those whose names begin or end alike`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    let first = try test.commit()
    for name in ["topic/one", "topic/one-more", "one-more"] { try test.git("branch \(name)") }
    try test.git(["tag", "-a", "topic/one", "-m", "x"])
    try test.write("a", "2")
    let second = try test.commit(minute: 1)
    try test.git("branch ünï")
    try test.git("pack-refs --all")
    func target(_ name: String) throws -> String? { try open(test).reference(name)?.hex }
    #expect(try target("refs/heads/topic/one") == first && target("refs/heads/topic/one-more") == first)
    #expect(try target("refs/heads/main") == second && target("refs/heads/ünï") == second)
    #expect(try target("refs/tags/topic/one") == test.git("rev-parse refs/tags/topic/one"))
    for name in ["refs/heads/one", "refs/heads/topic", "refs/heads/topic/on", "refs/tags/topic/one^{}"] {
      #expect(try target(name) == nil, "\(name)")
    }
    #expect(try open(test).head() == .branch(name: "refs/heads/main", #require(ObjectID(hex: second))))
    try test.git("update-ref refs/heads/topic/one main")
    #expect(try target("refs/heads/topic/one") == second, "a loose one is newer")
  }

  @Test func `a broken reference is reported and the others are listed`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    try test.write(".git/refs/heads/broken", "nonsense\n")
    try test.write(".git/refs/heads/circle", "ref: refs/heads/circle\n")
    try test.write(".git/refs/heads/escape", "ref: refs/../../../a\n")
    let listed = try open(test).references()
    #expect(listed.references.map(\.name) == ["refs/heads/main"])
    #expect(listed.unreadable.count == 3)
    #expect(listed.unreadable.allSatisfy { if case .badReference = $0.kind { true } else { false } })
  }

  @Test func `a detached head is a commit without a branch`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    try test.git("checkout -q --detach")
    #expect(try open(test).head() == .detached(id("HEAD", in: test)))
  }

  @Test func `notes are found with what they are attached to`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    let commit = try test.commit()
    try test.git(["notes", "add", "-m", "a note"])
    let repository = try open(test)
    let tip = try #require(try repository.reference("refs/notes/commits"))
    let found = repository.notes(in: try repository.commitNode(tip).tree)
    #expect(found.notes.map(\.target.hex) == [commit])
    #expect(try found.notes.map { try repository.blob($0.blob) } == [Array("a note\n".utf8)])
  }

  @Test func `every stash is found, not only the newest`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    for number in 0..<3 {
      try test.write("a", "stashed \(number)")
      try test.git("stash -q")
    }
    let expected = try (0..<3).map { try id("stash@{\($0)}", in: test) }
    let repository = try open(test)
    #expect(try repository.stash() == expected)
    #expect(try repository.resolve("stash@{2}") == expected[2])
    #expect(try repository.reflog("refs/stash").first?.message.hasPrefix("WIP on main") == true)
  }

  @Test func `a revision means what git says it means`() throws {
    let test = try revisions()
    let repository = try open(test)
    for revision in Self.understood {
      #expect(try repository.resolve(revision) == id(revision, in: test), "\(revision)")
    }
  }

  @Test func `abbreviated ids and descriptions are resolved`() throws {
    let test = try revisions()
    let full = try id("HEAD", in: test)
    let repository = try open(test)
    #expect(try repository.resolve(String(full.hex.prefix(10))) == full)
    #expect(try repository.resolve(full.hex) == full)
    #expect(try repository.resolve(test.git("describe --long")) == full)
  }

  @Test func `a revision that does not exist is refused in one clean sentence`() throws {
    let test = try revisions()
    let repository = try open(test)
    for revision in Self.refused {
      let error = try #require(gitError { _ = try repository.resolve(revision) }, "\(revision)")
      #expect(error.kind == .badRevision(revision), "\(revision)")
      #expect(!error.description.contains { $0.isNewline || $0 == "\u{1b}" })
    }
  }

  /// A history with a merge and an annotated tag.
  private func revisions() throws -> TestRepository {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.write("dir/b", "1")
    try test.commit("first")
    try test.git("checkout -q -b side")
    try test.write("side", "1")
    try test.commit("side 1", minute: 1)
    try test.write("side", "2")
    try test.commit("side 2", minute: 2)
    try test.git("checkout -q main")
    try test.write("a", "2")
    try test.commit("second", minute: 3)
    try test.git(["tag", "-a", "v1", "-m", "x"])
    try test.git("merge -q --no-ff -m merged side")
    return test
  }
}
