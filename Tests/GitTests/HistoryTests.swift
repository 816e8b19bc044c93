import Git
import TestSupport
import Testing

struct HistoryTests {
  /// Twelve commits on three branches with merges, some with dates that run backwards.
  private func prepared() throws -> TestRepository {
    let test = try TestRepository()
    try test.write("f", "0")
    try test.commit("0", minute: 50)
    for (number, branch) in ["one", "two", "main", "one", "main", "two", "one"].enumerated() {
      try test.git("checkout -q \(number < 2 ? "-b \(branch) main" : branch)")
      try test.write(branch, "\(number)")
      try test.commit("\(number)", minute: number % 3 == 0 ? -100 * number : 60 + number)
    }
    try test.git("checkout -q main")
    try test.git(
      ["merge", "-q", "--no-ff", "-m", "octopus", "one", "two"], environment: TestRepository.dates(minute: 90))
    try test.write("f", "last")
    try test.commit("last", minute: 91)
    return test
  }

  @Test func `history has every commit, children before parents, whatever their dates`() throws {
    let test = try prepared()
    let repository = try open(test)
    let history = repository.history(from: [try id("HEAD", in: test)])
    let expected = try test.git("rev-list HEAD").split(separator: "\n").map(String.init)
    #expect(Set(history.commits.map(\.id.hex)) == Set(expected))
    #expect(history.commits.count == expected.count)
    var seen: Set<ObjectID> = []
    for commit in history.commits {
      #expect(seen.isDisjoint(with: commit.parents))
      seen.insert(commit.id)
    }
    let reversed = repository.history(from: [try id("HEAD", in: test)], order: .oldestFirst)
    #expect(reversed.commits == history.commits.reversed())
  }

  @Test func `the order depends on nothing but the commits`() throws {
    let test = try prepared()
    let tips = try ["main", "one", "two"].map { try id($0, in: test) }
    let first = try open(test).history(from: tips)
    let second = try open(test).history(from: tips.reversed())
    #expect(first.commits == second.commits)
  }

  @Test func `a range has what git rev-list finds in it`() throws {
    let test = try prepared()
    let ranges = [
      ("HEAD", ["HEAD~1"]), ("HEAD", ["one"]), ("HEAD", ["one~1", "two"]), ("one", ["main"]), ("one", ["two"]),
    ]
    for (tip, hidden) in ranges {
      let arguments = ["rev-list", tip, "--not"] + hidden + ["--"]
      let expected = try test.git(arguments).split(separator: "\n").map(String.init)
      let history = try open(test).history(from: [id(tip, in: test)], hiding: hidden.map { try id($0, in: test) })
      #expect(Set(history.commits.map(\.id.hex)) == Set(expected), "\(tip) without \(hidden)")
    }
  }

  @Test func `annotated tags are tips, trees are named as no commits`() throws {
    let test = try prepared()
    try test.git(["tag", "-a", "v1", "-m", "x"])
    let repository = try open(test)
    let tree = try id("HEAD^{tree}", in: test)
    let history = repository.history(from: [try id("v1", in: test), tree])
    #expect(history.commits.count == 10)
    #expect(history.unreadable.map(\.kind) == [.unexpectedKind(tree, .tree)])
  }

  @Test func `a missing commit is reported and the rest goes on`() throws {
    let test = try prepared()
    let lost = try id("one~1", in: test)
    try test.delete(looseObject(lost))
    let repository = try open(test)
    let history = repository.history(from: [try id("HEAD", in: test)])
    #expect(history.unreadable.map(\.kind) == [.missingObject(lost)])
    #expect(history.commits.count == 8)
    #expect(history.boundary.isEmpty)
  }

  @Test func `a shallow clone names where its history is cut off`() throws {
    let test = try prepared()
    let clone = try test.clone("shallow", ["--depth", "2"])
    let repository = try open(clone)
    #expect(repository.isShallow)
    let history = repository.history(from: [try id("HEAD", in: clone)])
    #expect(history.unreadable.isEmpty)
    #expect(Set(history.boundary) == repository.shallowCommits)
    #expect(history.commits.count == 2)
    let merge = try #require(history.boundary.first)
    #expect(try repository.commit(merge).parents.count == 3)
    let error = gitError { _ = try repository.resolve("HEAD~5") }
    #expect(error?.description.contains("--unshallow") == true)
  }
}
