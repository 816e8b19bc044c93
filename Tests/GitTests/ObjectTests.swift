import Git
import TestSupport
import Testing

struct ObjectTests {
  @Test func `a commit has its people, dates, parents and message`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    let first = try test.commit("first")
    try test.write("a", "2")
    try test.commit("Subject line\ngoes on\n\nBody \u{e9}\n", minute: 5)
    let repository = try open(test)
    let commit = try repository.commit(id("HEAD", in: test))
    #expect(commit.parents.map(\.hex) == [first])
    #expect(try commit.tree == id("HEAD^{tree}", in: test))
    #expect(commit.summary == "Subject line goes on")
    #expect(commit.message == "Subject line\ngoes on\n\nBody \u{e9}\n")
    #expect(
      commit.author == Signature(name: "Ann Author", email: "ann@example.com", seconds: 1_700_000_300, offset: 60))
    #expect(commit.committer.name == "Carl Committer")
    #expect(commit.node.seconds == 1_700_000_300)
  }

  @Test func `a commit whose texts are not UTF-8 is still read`() throws {
    let test = try TestRepository()
    let tree = try test.git(["mktree"])
    let text = "tree \(tree)\nauthor Andr"
    let bytes = Array(text.utf8) + [0xe9] + Array(" <a@b> 5 -0730\ncommitter x <> nonsense\n\nca".utf8) + [0xff]
    let made = try test.git(["hash-object", "-w", "-t", "commit", "--literally", "--stdin"], input: bytes)
    let commit = try open(test).commit(#require(ObjectID(hex: made)))
    #expect(commit.author == Signature(name: "Andr\u{fffd}", email: "a@b", seconds: 5, offset: -450))
    #expect(commit.committer == Signature(name: "x", email: "", seconds: 0, offset: 0))
    #expect(commit.message == "ca\u{fffd}")
    #expect(commit.node.tree == .emptyTree)
  }

  @Test func `a commit in Latin-1 is decoded as its header says`() throws {
    let test = try TestRepository()
    let tree = try test.git(["mktree"])
    let header = "tree \(tree)\nauthor Jos"
    let bytes =
      Array(header.utf8) + [0xe9] + Array(" <j@b> 5 +0000\ncommitter x <x@b> 5 +0000\n".utf8)
      + Array("encoding ISO-8859-1\n\n".utf8) + [0xfc]
    let made = try test.git(["hash-object", "-w", "-t", "commit", "--stdin"], input: bytes)
    let commit = try open(test).commit(#require(ObjectID(hex: made)))
    #expect(commit.author.name == "José")
    #expect(commit.message == "ü")
  }

  @Test func `annotated tags are read and followed`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    let commit = try test.commit()
    try test.git(["tag", "-a", "v1", "-m", "first\n\nrelease"])
    try test.git(["tag", "-a", "outer", "-m", "of a tag", "v1"])
    let repository = try open(test)
    let tag = try repository.tag(id("v1", in: test))
    #expect(tag.name == "v1")
    #expect(tag.target.hex == commit)
    #expect(tag.targetKind == .commit)
    #expect(tag.message == "first\n\nrelease\n")
    #expect(tag.tagger?.email == "carl@example.com")
    let end = try repository.peeled(id("outer", in: test))
    #expect(end.id.hex == commit)
    #expect(end.kind == .commit)
  }

  @Test func `headers tell kind and size without the content`() throws {
    let test = try TestRepository()
    try test.write("a", "12345")
    try test.commit()
    let repository = try open(test)
    #expect(try repository.header(of: id("HEAD:a", in: test)) == ObjectHeader(kind: .blob, size: 5))
    #expect(try repository.header(of: id("HEAD", in: test)).kind == .commit)
    #expect(try repository.blob(id("HEAD:a", in: test)) == Array("12345".utf8))
  }

  @Test func `an object of another kind is refused by name`() throws {
    let test = try TestRepository()
    try test.write("a", "1")
    try test.commit()
    let blob = try id("HEAD:a", in: test)
    let repository = try open(test)
    let error = gitError { _ = try repository.commit(blob) }
    #expect(error?.kind == .unexpectedKind(blob, .blob))
    #expect(error?.description.contains("\(blob.hex) is a blob, not a commit") == true)
  }

  @Test func `every object is listed once, packed or loose, with a multi-pack index or without`() throws {
    let test = try TestRepository()
    for number in 0..<20 {
      try test.write("dir\(number % 3)/file", "content \(number)")
      try test.commit("c\(number)", minute: number)
      if number == 8 { try test.git("repack -q -d") }
      if number == 15 { try test.git("repack -q") }
    }
    try test.git("repack -q -a")
    let expected = Set(try test.git("cat-file --batch-all-objects --batch-check=%(objectname)").split(separator: "\n"))
    for _ in 0..<2 {
      let ids = try open(test).objectIDs()
      #expect(ids.count == expected.count)
      #expect(Set(ids.map { Substring($0.hex) }) == expected)
      try test.git("multi-pack-index write")
    }
  }

  @Test func `packed objects come in the order of their pack`() throws {
    let test = try TestRepository()
    for number in 0..<30 {
      try test.write("file\(number)", "content \(number)")
      try test.commit("c\(number)", minute: number)
    }
    try test.git("repack -q -a -d")
    let pack = try test.git(["verify-pack", "-v", ".git/objects/pack/" + pack(in: test)])
    var offsets: [(id: String, offset: Int)] = []
    for line in pack.split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count >= 5, fields[0].count == 40, let offset = Int(fields[4]) {
        offsets.append((String(fields[0]), offset))
      }
    }
    let expected = offsets.sorted { $0.offset < $1.offset }.map(\.id)
    try test.git("multi-pack-index write")
    #expect(try open(test).objectIDs().map(\.hex) == expected)
  }

  @Test func `objects over a limit are named instead of read`() throws {
    let test = try TestRepository()
    try test.write("big", String(repeating: "x", count: 5000))
    try test.write("small", "x")
    try test.commit()
    let repository = try open(test)
    var read = 0
    var large: [ObjectID] = []
    repository.forEachObject(
      in: try repository.objectIDs(), limit: 1000, failed: { Issue.record("\($0)") },
      large: { id, _ in large.append(id) }
    ) { _, _, _ in read += 1 }
    #expect(large == [try id("HEAD:big", in: test)])
    #expect(read == 3)
  }

  @Test func `several threads read the same repository, each with its own handle`() async throws {
    let test = try TestRepository()
    for number in 0..<50 { try test.write("f\(number)", "content \(number)") }
    try test.commit()
    try test.git("repack -q -a -d")
    let location = try RepositoryLocation(around: test.path)
    let ids = try Repository(location).objectIDs()
    let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
      for part in 0..<4 {
        group.addTask {
          let repository = try Repository(location)
          var size = 0
          let slice = ids[(ids.count * part / 4)..<(ids.count * (part + 1) / 4)]
          repository.forEachObject(in: slice, failed: { Issue.record("\($0)") }) { _, _, bytes in size += bytes.count }
          return size
        }
      }
      return try await group.reduce(0, +)
    }
    var expected = 0
    let repository = try Repository(location)
    for id in ids { expected += try repository.header(of: id).size }
    #expect(sizes == expected)
  }

  private func pack(in test: TestRepository) throws -> String {
    let result = try run("ls", [test.path + "/.git/objects/pack"], in: "/", environment: TestRepository.environment)
    return String(try #require(result.text.split(separator: "\n").first { $0.hasSuffix(".idx") }))
  }
}
