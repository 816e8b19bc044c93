import Git
import TestSupport
import Testing

/// Where a loose object is, from the work tree.
func looseObject(_ id: ObjectID) -> String { ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))" }

struct DamageTests {
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.write("dir/b", "2")
    try test.write("other/c", "3")
    try test.commit()
    return test
  }

  @Test func `a missing blob is named with a remedy`() throws {
    let test = try prepared()
    let lost = try id("HEAD:a", in: test)
    try test.delete(looseObject(lost))
    let repository = try open(test)
    for _ in 0..<2 {
      let error = gitError { _ = try repository.blob(lost) }
      #expect(error?.kind == .missingObject(lost))
      #expect(error?.description.contains("\(lost.hex) is missing") == true)
    }
    #expect(gitError { _ = try repository.header(of: lost) }?.kind == .missingObject(lost))
  }

  @Test func `a missing folder is reported and the others are compared`() throws {
    let test = try prepared()
    let lost = try id("HEAD:dir", in: test)
    try test.delete(looseObject(lost))
    let repository = try open(test)
    var paths: [String] = []
    let unreadable = repository.compareTrees(old: nil, new: try id("HEAD^{tree}", in: test)) { paths.append($0.path) }
    #expect(paths == ["a", "other/c"])
    #expect(unreadable.map(\.path) == ["dir"])
    #expect(unreadable.map(\.error.kind) == [.missingObject(lost)])
  }

  @Test func `a damaged object is told from a missing one`() throws {
    let test = try prepared()
    let damaged = try id("HEAD:a", in: test)
    try test.folder.setMode(test.name + "/" + looseObject(damaged), 0o644)
    try test.write(looseObject(damaged), "this is not zlib")
    let repository = try open(test)
    #expect(gitError { _ = try repository.blob(damaged) }?.kind == .corruptObject(damaged))
    #expect(gitError { _ = try repository.blob(damaged) }?.description.contains("git fsck") == true)
  }

  @Test func `content under a false name is found by a verified read`() throws {
    let test = try prepared()
    let (false_, true_) = (try id("HEAD:a", in: test), try id("HEAD:dir/b", in: test))
    try test.folder.setMode(test.name + "/" + looseObject(false_), 0o644)
    try test.write(looseObject(false_), bytes: test.folder.read(test.name + "/" + looseObject(true_)))
    let repository = try open(test)
    #expect(try repository.verifiedBlob(true_) == Array("2".utf8))
    #expect(gitError { _ = try repository.verifiedBlob(false_) }?.kind == .corruptObject(false_))
  }

  @Test(arguments: ["40000 dir", "100644 \u{0}", "9 x\u{0}", "100644 noid\u{0}123", " x\u{0}", "77777777777777 x\u{0}"])
  func `a malformed tree is reported as damaged`(_ text: String) throws {
    let test = try prepared()
    let made = try test.git(["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], input: Array(text.utf8))
    let tree = try #require(ObjectID(hex: made))
    let repository = try open(test)
    #expect(gitError { _ = try repository.tree(tree) }?.kind == .corruptObject(tree))
    #expect(repository.compareTrees(old: nil, new: tree) { _ in }.count == 1)
  }

  @Test(arguments: ["", "parent x", "tree 123", "tree \(String(repeating: "0", count: 40))\nparent x\n"])
  func `a malformed commit is reported as damaged`(_ text: String) throws {
    let test = try prepared()
    let made = try test.git(["hash-object", "-w", "-t", "commit", "--literally", "--stdin"], input: Array(text.utf8))
    let commit = try #require(ObjectID(hex: made))
    #expect(gitError { _ = try open(test).commit(commit) }?.kind == .corruptObject(commit))
  }

  @Test func `entries out of order are all visited`() throws {
    let test = try prepared()
    let blob = try id("HEAD:a", in: test)
    let raw = stride(from: 0, to: 40, by: 2).compactMap { UInt8(blob.hex.dropFirst($0).prefix(2), radix: 16) }
    let bytes = ["z", "a", "m", "a"].flatMap { Array("100644 \($0)\0".utf8) + raw }
    let made = try test.git(["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], input: bytes)
    let found = try changes(open(test), nil, ObjectID(hex: made))
    #expect(found.map(\.path) == ["z", "a", "m", "a"])
  }

  @Test func `a damaged pack index is reported and the other objects are listed`() throws {
    let test = try prepared()
    try test.git("repack -q -a -d")
    try test.write("new", "loose")
    try test.commit(minute: 1)
    let listing = try run(
      "find", [".git/objects/pack", "-name", "*.idx"], in: test.path, environment: TestRepository.environment)
    let path = String(listing.text.dropLast())
    try test.folder.setMode(test.name + "/" + path, 0o644)
    try test.write(path, "no index at all")
    let found = try open(test).objectListing()
    #expect(found.ids.contains(Repository.id(ofBlob: Array("loose".utf8))))
    #expect(found.unreadable.map(\.kind) == [.io(path: test.path + "/" + path)])
    #expect(gitError { _ = try open(test).objectIDs() } != nil)
  }

  @Test func `a truncated pack does not hide the other objects`() throws {
    let test = try prepared()
    try test.git("repack -q -a -d")
    try test.write("new", "loose")
    try test.commit(minute: 1)
    let listing = try run(
      "find", [".git/objects/pack", "-name", "*.pack"], in: test.path, environment: TestRepository.environment)
    let pack = String(listing.text.dropLast())
    let bytes = try test.folder.read(test.name + "/" + pack)
    try test.folder.setMode(test.name + "/" + pack, 0o644)
    try test.write(pack, bytes: Array(bytes.prefix(40)))
    let repository = try open(test)
    #expect(try repository.blob(id("HEAD:new", in: test)) == Array("loose".utf8))
    var failed = 0
    var read = 0
    repository.forEachObject(in: try repository.objectIDs(), failed: { _ in failed += 1 }) { _, _, _ in read += 1 }
    #expect(failed > 0)
    #expect(read >= 3)
  }
}
