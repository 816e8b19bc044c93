import Git
import TestSupport
import Testing

struct MergeTests {
  /// A repository with the branches `one`, `two` and `three` that each change a file of their own, off `main`.
  private func branches() throws -> TestRepository {
    let test = try TestRepository()
    for name in ["one", "two", "three", "dir/shared"] { try test.write(name, "base") }
    try test.commit("base")
    for (number, name) in ["one", "two", "three"].enumerated() {
      try test.git("checkout -q -b \(name) main")
      try test.write(name, "changed on \(name)")
      try test.commit(name, minute: number + 1)
    }
    try test.git("checkout -q main")
    return test
  }

  private func mergeChanges(_ test: TestRepository) throws -> [MergeChange] {
    let repository = try open(test)
    let merge = try repository.commit(id("HEAD", in: test))
    var found: [MergeChange] = []
    let parents = try merge.parents.map { try repository.commitNode($0).tree }
    let unreadable = repository.mergeChanges(parents: parents, merge: merge.tree) { found.append($0) }
    #expect(unreadable.isEmpty)
    return found
  }

  @Test func `a clean merge brings in nothing of its own`() throws {
    let test = try branches()
    try test.git("merge -q --no-ff -m merged one")
    try test.git("merge -q --no-ff -m merged two")
    #expect(try mergeChanges(test).isEmpty)
  }

  @Test func `what a merge adds, changes and deletes by itself is found`() throws {
    let test = try branches()
    try test.git("merge -q --no-ff --no-commit one")
    try test.write("evil", "smuggled")
    try test.write("dir/shared", "neither side's")
    try test.delete("two")
    try test.commit("merged", minute: 9)
    let found = try mergeChanges(test)
    #expect(found.map(\.path) == ["dir/shared", "evil", "two"])
    #expect(found[1].old == [nil, nil])
    #expect(found[2].new == nil)
    #expect(found[2].old.count == 2)
    #expect(found[0].new != nil)
  }

  @Test func `an octopus merge is compared with all its parents`() throws {
    let test = try branches()
    try test.git("merge -q -m octopus one two three")
    #expect(try open(test).commit(id("HEAD", in: test)).parents.count == 3 + (try isFastForward(test) ? 0 : 1))
    #expect(try mergeChanges(test).isEmpty)
    try test.write("evil", "smuggled")
    try test.git("add evil")
    try test.git(["commit", "-q", "--amend", "--no-edit"])
    #expect(try mergeChanges(test).map(\.path) == ["evil"])
  }

  @Test func `a file put where the parents have a folder is the merge's own`() throws {
    let test = try branches()
    try test.git("merge -q --no-ff --no-commit one")
    try test.git("rm -q -r dir")
    try test.write("dir", "a file now")
    try test.commit("merged", minute: 9)
    #expect(Set(try mergeChanges(test).map { "\($0.new == nil ? "D" : "A") \($0.path)" }) == ["A dir", "D dir/shared"])
  }

  @Test func `the merge base is the one that git finds`() throws {
    let test = try branches()
    let repository = try open(test)
    let (one, two) = (try id("one", in: test), try id("two", in: test))
    #expect(try repository.mergeBases(one, two) == .found([id("main", in: test)]))
    #expect(try repository.mergeBases(one, id("main", in: test)) == .found([id("main", in: test)]))
    #expect(try repository.mergeBases(one, one) == .found([one]))
  }

  @Test func `criss-cross merges have two bases`() throws {
    let test = try branches()
    try test.git("checkout -q one")
    try test.git("branch old-one one")
    try test.git("merge -q --no-ff -m cross two")
    try test.git("checkout -q two")
    try test.git("merge -q --no-ff -m criss old-one")
    let expected = Set(try test.git("merge-base --all one two").split(separator: "\n").map(String.init))
    #expect(expected.count == 2)
    guard case .found(let bases) = try open(test).mergeBases(id("one", in: test), id("two", in: test)) else {
      Issue.record("no bases")
      return
    }
    #expect(Set(bases.map(\.hex)) == expected)
  }

  @Test func `histories without a common commit are unrelated`() throws {
    let test = try branches()
    try test.git("checkout -q --orphan other")
    try test.commit("other", minute: 8)
    #expect(try open(test).mergeBases(id("main", in: test), id("other", in: test)) == .unrelated)
  }

  @Test func `a shallow clone says that the merge base may be cut off`() throws {
    let test = try branches()
    for number in 0..<3 {
      try test.write("more", "\(number)")
      try test.commit(minute: 20 + number)
    }
    let clone = try test.clone("shallow", ["--depth", "1", "--no-single-branch"])
    let repository = try open(clone)
    #expect(repository.isShallow)
    guard
      case .cutOff(let boundary) = try repository.mergeBases(
        id("origin/main", in: clone), id("origin/one", in: clone))
    else {
      Issue.record("not cut off")
      return
    }
    #expect(Set(boundary) == [try id("origin/main", in: clone), try id("origin/one", in: clone)])
  }

  private func isFastForward(_ test: TestRepository) throws -> Bool {
    try !test.git("rev-list --parents -1 HEAD").contains(try test.git("rev-parse HEAD@{1}"))
  }
}
