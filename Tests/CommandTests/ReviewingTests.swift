import TestSupport
import Testing

/// What is told of owners, of reviews and of upgrades that do not come.
@Suite struct ReviewingTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  private static let year = 365 * 24 * 60

  @Test func `a file that Flux applies and nobody owns is told where it is added`() throws {
    try repository.write(".github/CODEOWNERS", "# owners\n/clusters/hq/flux-system/ @corp/platform\n*.md @corp/docs\n")
    try repository.commit("owners")
    try repository.write("clusters/hq/new.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: new}\n")
    try repository.write("clusters/hq/flux-system/b.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n")
    try repository.write("scripts/x.yaml", "a: b\n")
    try repository.git("add --all")
    let report = try repository.report("check")
    let gap = try report.only("codeowners-gap")
    #expect(gap["location"]["path"].text == "clusters/hq/new.yaml" && gap["relatedLocations"].items.isEmpty)
    #expect(gap["severity"].text == "medium" && report.status == 0)
  }

  @Test func `owners that a change takes away are told, owners that never were are not`() throws {
    try repository.write("CODEOWNERS", "/clusters/ @corp/platform\n/clusters/hq/machines.yaml\n")
    try repository.commit("owners")
    try repository.write("CODEOWNERS", "/docs/ @corp/docs\n")
    try repository.git("add --all")
    let gap = try repository.report("check").only("codeowners-gap")
    let paths = [gap["location"]["path"].text] + gap["relatedLocations"].items.map { $0["path"].text }
    #expect(!paths.contains("clusters/hq/machines.yaml") && paths.contains(Manifest.path))
    try repository.commitStaged("away", minute: 1)
    #expect(try repository.report("review", "HEAD~1").rules == ["codeowners-gap"])
  }

  @Test func `a list of owners that goes as a whole is told at its place`() throws {
    try repository.write("CODEOWNERS", "/clusters/ @corp/platform\n")
    try repository.commit("owners")
    try repository.delete("CODEOWNERS")
    try repository.git("add --all")
    let gap = try repository.report("check").only("codeowners-gap")
    #expect(gap["location"]["path"].text == "CODEOWNERS" && gap["location"]["side"].text == "before")
    #expect(gap["message"].text?.contains("CODEOWNERS is removed") == true, "\(gap["message"])")
  }

  @Test func `the present state is told once, and nothing where there is no CODEOWNERS`() throws {
    #expect(try repository.report("check", "--all").rules.isEmpty)
    try repository.write("docs/CODEOWNERS", "* @corp/all\n")
    try repository.commit("owners")
    #expect(try repository.report("check", "--all").rules.isEmpty)
    try repository.write("docs/CODEOWNERS", "[Clusters] @corp/platform\n/clusters/hq/*\n")
    try repository.commit("owners of one folder", minute: 1)
    let gap = try repository.report("audit").only("codeowners-gap")
    #expect(gap["location"]["path"].text?.hasPrefix("clusters/hq/") == true)
    #expect(try repository.report("check", "--all").rules == ["codeowners-gap"])
  }

  @Test func `a cluster that was not upgraded for a year is told in an audit`() throws {
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: Self.year - 60)
    #expect(try repository.report("audit").rules.isEmpty)
    try repository.git(["mv", "clusters/hq/prod", "clusters/hq/production"])
    try repository.commit("move", minute: Self.year + 24 * 60)
    let report = try repository.report("audit")
    let overdue = try report.only("upgrade-overdue")
    #expect(overdue["message"].text?.contains("366 days") == true, "\(overdue["message"])")
    #expect(overdue["object"]["name"].text == "prod" && report.status == 0)
    #expect(overdue["location"]["path"].text == "clusters/hq/production/eksa-system/eksa-cluster.yaml")
  }

  @Test func `a change of clusters without a sign of a review is told where it is asked for`() throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 4), ("md-1", 4)]))
    try repository.commit("scale up (#12)", minute: 1)
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 5), ("md-1", 4)]))
    let silent = try repository.commit("scale up", minute: 2)
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 3)
    #expect(!(try repository.report("audit").rules.contains("unreviewed-change")))
    let change = try repository.report("audit", "--reviews").only("unreviewed-change")
    #expect(change["commit"]["id"].text == silent && change["location"]["path"].text == Manifest.path)
  }
}
