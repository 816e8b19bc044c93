import TestSupport
import Testing

/// Which references still hold a credential: worked out from what commits change, and compared with what Git finds.
@Suite struct LiveReferenceTests {
  private static let names = ["one", "two"]

  private func file(_ number: Int) -> String { "\(Self.names[number])-" }

  /// The references under which Git finds a token.
  private func holders(_ number: Int, in repository: TestRepository) throws -> [String] {
    let references = try repository.git("for-each-ref --format=%(refname)").split(separator: "\n").map(String.init)
    return try references.filter {
      try repository.tryGit(["grep", "-q", Sample.token(UInt8(number + 1)), $0]).status == 0
    }.sorted()
  }

  private func step(_ number: Int, in repository: TestRepository, _ random: inout RandomNumbers) throws {
    let branches = try repository.git("branch --format=%(refname:short)").split(separator: "\n").map(String.init)
    switch random.next(5) {
    case 0: try repository.git("checkout --quiet -b b\(number)")
    case 1, 2: try repository.git("checkout --quiet \(branches[random.next(branches.count)])")
    default: break
    }
    let (token, folder) = (random.next(2), random.next(2) == 0 ? "" : "deep/er/")
    let path = "\(folder)\(file(token))\(random.next(2)).sh"
    switch random.next(7) {
    case 0, 1: try repository.write(path, "TOKEN=\(Sample.token(UInt8(token + 1)))\n")
    case 2: try repository.write(path, "TOKEN=\n")
    case 3: _ = try repository.tryGit(["rm", "--quiet", "--force", path])
    case 4: try repository.write("plain-\(random.next(3)).txt", "\(number)\n")
    default:
      let way = [["-s", "ours"], ["-X", "ours"], ["-X", "theirs"]][random.next(3)]
      let branch = branches[random.next(branches.count)]
      let merge = try repository.tryGit(["merge", "--quiet", "--no-edit", "--no-ff"] + way + [branch])
      if merge.status != 0 { _ = try repository.tryGit(["merge", "--abort"]) }
    }
    try repository.git("add --all")
    if try repository.tryGit(["diff", "--cached", "--quiet"]).status != 0 {
      try repository.commit("step \(number)", minute: number)
    }
    if random.next(6) == 0 { try repository.git("tag -a -m release v\(number)") }
  }

  @Test(arguments: 1...6) func `the references that hold a credential are those in which Git finds it`(seed: Int) throws
  {
    var random = RandomNumbers(seed: seed &* 6_007)
    let repository = try TestRepository()
    try repository.write("README.md", "fleet\n")
    try repository.commit("root")
    for number in 1...40 { try step(number, in: repository, &random) }
    let findings = try repository.report("audit", "--all").findings.filter { $0["rule"].text == "github-pat" }
    for (number, name) in Self.names.enumerated() {
      let told = findings.filter { $0["location"]["path"].text?.contains("\(name)-") == true }
      #expect(told.count < 2)
      let refs = told.flatMap { $0["exposure"]["refs"].items.compactMap(\.text) }
      #expect(refs.sorted() == (try holders(number, in: repository)))
    }
  }
}
