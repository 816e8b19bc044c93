import TestSupport
import Testing

/// Every place of a repository in which a credential can hide, each with a token of its own.
@Suite struct HidingPlaceTests {
  let repository: TestRepository
  private let tokens = (1...8).map { Sample.token(UInt8(20 + $0)) }

  init() throws { repository = try .fleet() }

  private func sources(_ arguments: String...) throws -> [String] {
    try Product.run(["audit"] + arguments + ["--format", "json"], in: repository.path).findings
      .map { "\($0["source"].text ?? "") \($0["location"]["path"].text ?? "")" }.sorted()
  }

  @Test func `contents, names and targets of links are searched in every command`() throws {
    try repository.write("a.txt", "key \(tokens[0])\n")
    try repository.write("keys/\(tokens[1]).txt", "nothing\n")
    try repository.folder.link("\(repository.name)/link", to: "/srv/\(tokens[2])")
    try repository.git("add --all")
    let check = try repository.report("check")
    #expect(check.rules == Array(repeating: "github-pat", count: 3))
    try repository.commitStaged()
    for report in [
      try repository.report("review", "HEAD~1"), try repository.report("audit"),
      try repository.report("check", "--all"),
    ] {
      let sources = report.findings.compactMap { $0["source"].text }.sorted()
      #expect(sources == ["file", "file-name", "link-target"])
      #expect(!report.findings.contains { "\($0)".contains(String(tokens[1].dropFirst(8))) })
    }
  }

  @Test func `a name that went is told with both ends`() throws {
    try repository.write("keys/\(tokens[1]).txt", "nothing\n")
    try repository.commit("name", minute: 1)
    try repository.delete("keys/\(tokens[1]).txt")
    let removed = try repository.commit("gone", minute: 2)
    let secret = try repository.report("audit").only("github-pat")
    #expect(secret["exposure"]["removed"].text == removed && secret["exposure"]["live"] == .bool(false))
  }

  @Test func `what a merge writes that no parent has is searched`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.write("note.md", "one\n")
    try repository.commit("one", minute: 1)
    try repository.git("checkout --quiet main")
    try repository.write("note.md", "two\n")
    try repository.commit("two", minute: 2)
    _ = try repository.tryGit(["merge", "--quiet", "change"])
    try repository.write("note.md", "key \(tokens[3])\n")
    let merge = try repository.commit("merge", minute: 3)
    #expect(try repository.report("audit").only("github-pat")["commit"]["id"].text == merge)
  }

  @Test func `each entry of the stash is searched, untracked files too`() throws {
    try repository.write("README.md", "key \(tokens[4])\n")
    try repository.write("new.txt", "key \(tokens[5])\n")
    try repository.git("stash push --quiet --include-untracked")
    try repository.write("README.md", "text\n")
    try repository.git("add --all")
    try repository.git("stash push --quiet")
    #expect(try sources("--all") == ["file README.md", "file new.txt"])
    #expect(try sources().isEmpty)
  }

  @Test func `a commit that was forced away is found with --unreachable alone`() throws {
    try repository.write("release.sh", "TOKEN=\(tokens[0])\n")
    try repository.commit("token", minute: 1)
    try repository.git("reset --quiet --hard HEAD~1")
    #expect(try sources("--all").isEmpty)
    let secret = try repository.report("audit", "--unreachable").only("github-pat")
    #expect(secret["location"]["path"].text == "release.sh")
    #expect(secret["exposure"]["live"] == .bool(false) && secret["exposure"]["refs"].items.isEmpty)
    #expect(secret["message"].text?.contains("No reference reaches the commit") == true)
    try repository.git("repack -a -d --keep-unreachable --quiet")
    #expect(try repository.report("audit", "--unreachable").rules == ["github-pat"])
    try repository.git("reflog expire --expire=now --all")
    #expect(try repository.report("audit", "--unreachable").rules == ["github-pat"])
    try repository.git("gc --quiet --prune=now")
    #expect(try repository.report("audit", "--unreachable").rules.isEmpty)
  }

  @Test func `a commit that was amended, a deleted tag, a dropped note and a staged file are found`() throws {
    try repository.write("a.txt", "text\n")
    try repository.git("add --all")
    try repository.commitStaged("key \(tokens[0])", minute: 1)
    try repository.git(["commit", "--quiet", "--amend", "-m", "mended"])
    try repository.git(["tag", "-a", "v1", "-m", "key \(tokens[1])"])
    try repository.git("tag -d v1")
    try repository.git(["notes", "add", "-m", "key \(tokens[2])"])
    try repository.git("update-ref -d refs/notes/commits")
    try repository.write("staged.txt", "key \(tokens[3])\n")
    try repository.git("add staged.txt")
    try repository.git("rm --quiet --cached --force staged.txt")
    #expect(try sources("--all").isEmpty)
    let report = try repository.report("audit", "--unreachable")
    #expect(report.rules == Array(repeating: "github-pat", count: 4))
    let found = report.findings.compactMap { $0["source"].text }.sorted()
    #expect(found == ["file", "message", "message", "object"])
  }

  @Test func `a tag's message tells since when and where it can be read, and a tag may mark a file`() throws {
    try repository.git(["tag", "-a", "v1", "-m", "key \(tokens[0])"])
    try repository.write("loose.txt", "key \(tokens[1])\n")
    let blob = try repository.git("hash-object -w loose.txt")
    try repository.git(["tag", "file", blob])
    let report = try repository.report("audit", "--all")
    #expect(report.rules == ["github-pat", "github-pat"])
    let message = try #require(report.findings.first { $0["source"].text == "message" })
    #expect(message["exposure"]["live"] == .bool(true))
    #expect(message["exposure"]["refs"].items == [.string("refs/tags/v1")])
    #expect(report.findings.contains { $0["source"].text == "object" })
  }

  @Test(arguments: HidingPlace.allCases)
  func `a file that a reference holds beside all commits is found`(_ place: HidingPlace) throws {
    try repository.write("folder/loose.txt", "key \(tokens[0])\n")
    let blob = try repository.git("hash-object -w folder/loose.txt")
    try repository.git("add folder")
    let tree = try repository.git("write-tree")
    try repository.git("reset --quiet --hard")
    switch place {
    case .annotatedFile: try repository.git(["tag", "-a", "-m", "a file", "v1", blob])
    case .annotatedTwice:
      try repository.git(["tag", "-a", "-m", "a file", "v1", blob])
      try repository.git(["tag", "-a", "-m", "a tag", "v2", "v1"])
      try repository.git("tag -d v1")
    case .folder: try repository.git(["tag", "v1", tree])
    case .annotatedFolder: try repository.git(["tag", "-a", "-m", "a folder", "v1", tree])
    case .ownNamespace: try repository.git(["update-ref", "refs/custom/x", blob])
    case .ownFolder: try repository.git(["update-ref", "refs/custom/x", tree])
    case .ownMessage:
      try repository.git(["tag", "-a", "-m", "key \(tokens[0])", "v1"])
      try repository.git(["update-ref", "refs/custom/x", "refs/tags/v1"])
      try repository.git("tag -d v1")
    }
    let secret = try repository.report("audit", "--all").only("github-pat")
    #expect(secret["source"].text == (place == .ownMessage ? "message" : "object"))
  }

  /// A way to keep a text beside all commits.
  enum HidingPlace: CaseIterable {
    case annotatedFile, annotatedTwice, folder, annotatedFolder, ownNamespace, ownFolder, ownMessage
  }

  @Test func `a folder that a tag marks and that is gone is named`() throws {
    try repository.write("folder/loose.txt", "key \(tokens[0])\n")
    try repository.git("add folder")
    let tree = try repository.git("write-tree")
    let folder = try repository.git(["rev-parse", "\(tree):folder"])
    try repository.git(["tag", "v1", tree])
    try repository.git("reset --quiet --hard")
    try repository.delete(".git/objects/\(folder.prefix(2))/\(folder.dropFirst(2))")
    let report = try repository.report("audit", "--all")
    #expect(report.status == 2 && report.errors.contains(folder), "\(report.errors)")
  }

  @Test func `what no reference reaches is searched and not judged by the rules`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.git("reset --quiet --hard HEAD~1")
    #expect(try repository.report("audit", "--unreachable").rules.isEmpty)
  }
}

extension ProgramResult {
  /// The findings of a report in JSON.
  fileprivate var findings: [JSON] { get throws { try ReportJSON(self).findings } }
}
