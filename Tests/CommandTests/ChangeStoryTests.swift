import TestSupport
import Testing

/// How long an edit stood, as `fluxwarden audit` tells it.
@Suite struct ChangeStoryTests {
  let repository: TestRepository
  private static let day = 24 * 60

  init() throws { repository = try .fleet() }

  private func mend(_ message: String = "back", minute: Int) throws -> String {
    try repository.write(Manifest.path, Manifest.cluster())
    return try repository.commit(message, minute: minute)
  }

  /// `REMOVED DAYS LIVE REFS` of each finding of a rule, the oldest first; `null` for one that tells nothing of it.
  private func stories(_ rule: String, _ arguments: String...) throws -> [String] {
    let result = try Product.run(["audit", "--format", "json"] + arguments, in: repository.path)
    let found = try ReportJSON(result).findings.filter { $0["rule"].text == rule }
    return found.sorted { ($0["commit"]["date"].text ?? "") < ($1["commit"]["date"].text ?? "") }.map { finding in
      let exposure = finding["exposure"]
      guard exposure != .null else { return "null" }
      #expect(exposure["introduced"] == finding["commit"]["id"])
      let refs = exposure["refs"].items.compactMap(\.text).joined(separator: ",")
      return
        "\(exposure["removed"].text ?? "-") \(exposure["days"].int ?? -1) \(exposure["live"] == .bool(true)) \(refs)"
    }
  }

  @Test func `an edit that was taken back tells by which commit and after how long, again and again`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: Self.day)
    let first = try mend(minute: 4 * Self.day)
    try repository.scaleToZero()
    try repository.commit("zero", minute: 5 * Self.day)
    #expect(try stories("workers-all-zero").count == 2)
    let second = try mend("back again", minute: 15 * Self.day)
    #expect(try stories("workers-all-zero") == ["\(first) 3 false ", "\(second) 10 false "])
  }

  @Test func `one that stands tells the branch, other edits of its file change nothing`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: Self.day)
    try repository.write(
      Manifest.path, Manifest.cluster(version: "\"1.32\"", workers: [("md-0", 0), ("md-1", 0)]))
    try repository.commit("a newer version", minute: 3 * Self.day)
    #expect(try stories("workers-all-zero") == ["- 2 true refs/heads/main"])
  }

  @Test func `one that stands names what points at the commit of HEAD, not every branch that holds it`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: Self.day)
    try repository.git("branch older")
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 2 * Self.day)
    try repository.git("branch same")
    #expect(try stories("workers-all-zero", "--all") == ["- 1 true refs/heads/main,refs/heads/same"])
  }

  @Test func `a merge takes back what its branch mends`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.git("checkout --quiet -b mend")
    _ = try mend(minute: Self.day)
    try repository.git("checkout --quiet main")
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: Self.day + 1)
    try repository.git(
      ["merge", "--quiet", "--no-ff", "-m", "merge", "mend"], environment: TestRepository.dates(minute: 3 * Self.day))
    let merge = try repository.git("rev-parse HEAD")
    #expect(try stories("workers-all-zero", "--all") == ["\(merge) 2 false "])
  }

  @Test func `a cluster that comes back in another folder is back`() throws {
    try repository.git(["rm", "--quiet", Manifest.path])
    try repository.commitStaged("away", minute: 1)
    for minute in 2...6 {
      try repository.write("README.md", "text \(minute)\n")
      try repository.commit("text", minute: minute)
    }
    try repository.write("clusters/hq/other/eksa-cluster.yaml", Manifest.cluster())
    let back = try repository.commit("back", minute: 7)
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 8)
    #expect(try stories("workload-cluster-removed") == ["\(back) 0 false "])
  }

  @Test func `an edit on a branch that never landed tells nothing of it`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.git("checkout --quiet main")
    #expect(try stories("workers-all-zero", "--all") == ["null"])
  }
}
