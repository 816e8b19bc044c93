import TestSupport
import Testing

/// `fluxwarden review`.
@Suite struct ReviewTests {
  let repository: TestRepository

  init() throws {
    repository = try .fleet()
    try repository.git("checkout --quiet -b change")
  }

  /// Ways in which a Cluster leaves the repository.
  enum Removal: CaseIterable {
    case documentCutOut, fileDeleted, folderDeleted, commentedOut, emptied, renamedToText

    /// Removes `prod` in the work tree, where it is the second document of its file.
    func apply(to repository: TestRepository) throws {
      let first = Manifest.cluster("other")
      let second = Manifest.cluster()
      switch self {
      case .documentCutOut: try repository.write(Manifest.path, first)
      case .fileDeleted: try repository.delete(Manifest.path)
      case .folderDeleted: try repository.git(["rm", "-r", "--quiet", "clusters/hq/prod"])
      case .commentedOut:
        let lines = second.split(separator: "\n", omittingEmptySubsequences: false).map { "# " + $0 }
        try repository.write(Manifest.path, first + "---\n" + lines.joined(separator: "\n") + "\n")
      case .emptied: try repository.write(Manifest.path, "")
      case .renamedToText: try repository.git(["mv", Manifest.path, Manifest.path + ".disabled"])
      }
    }
  }

  @Test(arguments: Removal.allCases)
  func `a cluster that leaves the repository is reported however it leaves`(_ removal: Removal) throws {
    try repository.write(Manifest.path, Manifest.cluster("other") + "---\n" + Manifest.cluster())
    try repository.commit("two clusters in one file")
    let base = try repository.git("rev-parse HEAD")
    try removal.apply(to: repository)
    try repository.commit("away")
    let report = try repository.report("review", base)
    let removed = report.findings.filter { $0["rule"].text == "workload-cluster-removed" }
    #expect(removed.contains { $0["object"]["name"].text == "prod" }, "\(report.rules)")
    #expect(report.status == 1)
    let places = removed.map { $0["location"] }
    #expect(places.allSatisfy { $0["side"].text == "before" && $0["path"].text == Manifest.path })
  }

  @Test func `a moved file is quiet, a move with a rename inside is not`() throws {
    try repository.git(["mv", "clusters/hq/prod", "clusters/hq/production"])
    try repository.commit("move")
    let moved = try repository.report("review", "main")
    #expect(moved.status == 0 && moved.rules.isEmpty)
    try repository.write(
      "clusters/hq/production/eksa-system/eksa-cluster.yaml", Manifest.cluster("production"))
    try repository.commit("rename")
    #expect(try repository.report("review", "main").rules.contains("cluster-renamed"))
  }

  @Test func `BASE and BASE...HEAD begin at the merge base, BASE..HEAD compares the two trees`() throws {
    try repository.write("README.md", "text\n")
    try repository.commit("harmless")
    try repository.git("checkout --quiet main")
    try repository.write("clusters/hq/new/eksa-cluster.yaml", Manifest.cluster("new"))
    try repository.commit("main gains a cluster")
    try repository.git("checkout --quiet change")
    let base = try repository.git("rev-parse main")
    for range in ["main", "main...change", "main...", "main...HEAD"] {
      let report = try repository.report("review", range)
      #expect(report.rules.isEmpty && report.status == 0, "\(range)")
      #expect(report.value["range"]["base"].text == base, "\(range)")
      #expect(report.value["range"]["head"].text == (try repository.git("rev-parse change")), "\(range)")
    }
    let direct = try repository.report("review", "main..change")
    #expect(direct.rules == ["workload-cluster-removed"])
    #expect(direct.value["range"]["base"].text == (try repository.git("rev-parse main")))
  }

  @Test func `a finding names object, field, values and place`() throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 0), ("md-1", 3)]))
    try repository.commit("zero")
    let finding = try repository.report("review", "main").only("worker-group-zero")
    #expect(finding["severity"].text == "high" && finding["category"].text == "scale")
    #expect(finding["object"]["kind"].text == "Cluster" && finding["object"]["name"].text == "prod")
    #expect(finding["field"].text == "spec.workerNodeGroupConfigurations[md-0].count")
    #expect(finding["before"].text == "3" && finding["after"].text == "0")
    #expect(finding["location"]["startLine"].int == 14 && finding["location"]["startColumn"].int == 12)
    #expect(finding["location"]["endLine"].int == 14 && finding["location"]["endColumn"].int == 13)
    #expect(finding["location"]["side"].text == "after")
  }

  @Test func `a branch that changed its mind is judged by its end`() throws {
    try repository.scaleToZero()
    try repository.commit("zero")
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("back")
    #expect(try repository.report("review", "main").rules.isEmpty)
  }

  @Test func `a token that a branch added and took away again is still in its history`() throws {
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    let commit = try repository.commit("token")
    try repository.write("release.sh", "TOKEN=\n")
    try repository.commit("no token")
    let report = try repository.report("review", "main")
    #expect(report.rules == ["github-pat"])
    #expect(try report.only("github-pat")["commit"]["id"].text == commit)
  }

  @Test func `it works in a bare repository and from a folder below`() throws {
    try repository.scaleToZero()
    try repository.commit("zero")
    let bare = try repository.clone("bare.git", ["--bare"])
    #expect(try bare.report("review", "main...change").rules == ["workers-all-zero"])
    let below = try Product.run(["review", "main", "--format", "json"], in: repository.path + "/clusters")
    #expect(try ReportJSON(below).rules == ["workers-all-zero"])
    let named = try Product.run(["review", "main", "--repo", repository.path, "--format", "json"], in: "/")
    #expect(try ReportJSON(named).rules == ["workers-all-zero"])
  }
}
