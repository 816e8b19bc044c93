import TestSupport
import Testing

/// `fluxwarden audit`.
@Suite struct AuditTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  @Test func `a mistake that was mended is still told, with its commit`() throws {
    try repository.scaleToZero()
    let mistake = try repository.commit("save power", minute: 1)
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("back", minute: 2)
    let report = try repository.report("audit")
    #expect(report.status == 1 && report.rules == ["workers-all-zero"])
    let commit = try report.only("workers-all-zero")["commit"]
    #expect(commit["id"].text == mistake && commit["summary"].text == "save power")
    #expect(commit["author"]["name"].text == "Ann Author" && commit["author"]["email"].text == "ann@example.com")
    #expect(commit["date"].text == "2023-11-14T23:14:20+01:00")
    #expect(report.value["summary"]["commits"].int == 3)
  }

  @Test func `what a root commit holds is searched`() throws {
    let repository = try TestRepository()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    let root = try repository.commit("root")
    let secret = try repository.report("audit").only("github-pat")
    #expect(secret["exposure"]["introduced"].text == root && secret["exposure"]["live"] == .bool(true))
    #expect(secret["secret"]["checksum"].text == "valid" && secret["secret"]["redacted"].text == "ghp_****")
  }

  @Test func `a removed secret is told with both ends, a live one with its branches`() throws {
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    let introduced = try repository.commit("token", minute: 1)
    try repository.write("release.sh", "TOKEN=\n")
    let removed = try repository.commit("no token", minute: 1 + 3 * 24 * 60)
    let main = try repository.report("audit").only("github-pat")["exposure"]
    #expect(main["introduced"].text == introduced && main["removed"].text == removed)
    #expect(main["live"] == .bool(false) && main["days"].int == 3 && main["refs"].items.isEmpty)
    try repository.git("branch keeps \(introduced)")
    let all = try repository.report("audit", "--all").only("github-pat")["exposure"]
    #expect(all["live"] == .bool(true) && all["removed"] == .null)
    #expect(all["refs"].items == [.string("refs/heads/keeps")])
  }

  @Test func `manifests made for tests are not judged, but searched`() throws {
    try repository.write("pkg/testdata/cluster.yaml", Manifest.cluster(workers: [("md-0", 0)]))
    try repository.write("pkg/testdata/config.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("fixtures", minute: 1)
    try repository.git("rm --quiet pkg/testdata/cluster.yaml")
    try repository.commit("no fixtures", minute: 2)
    #expect(try repository.report("audit").rules == ["github-pat"])
  }

  @Test func `a patch that scales to zero is seen in the history, though no object stands in it`() throws {
    let folder = "clusters/hq/prod/eksa-system"
    try repository.write(
      "\(folder)/kustomization.yaml",
      "resources: [eksa-cluster.yaml]\npatches:\n- path: patch.yaml\n  target: {kind: Cluster}\n")
    let patch = "- op: replace\n  path: /spec/workerNodeGroupConfigurations/0/count\n  value: "
    try repository.write("\(folder)/patch.yaml", "\(patch)3\n")
    try repository.commit("patch", minute: 1)
    try repository.write("\(folder)/patch.yaml", "\(patch)0\n")
    let mistake = try repository.commit("patched to zero", minute: 2)
    let found = try repository.report("audit").only("worker-group-zero")
    #expect(found["commit"]["id"].text == mistake)
  }

  @Test func `the same secret in many commits and files is one finding`() throws {
    for minute in 1...3 {
      try repository.write("release-\(minute).sh", "TOKEN=\(Manifest.token)\n")
      try repository.commit("token \(minute)", minute: minute)
    }
    let secret = try repository.report("audit").only("github-pat")
    #expect(secret["location"]["path"].text == "release-1.sh")
    #expect(secret["relatedLocations"].items.compactMap { $0["path"].text } == ["release-2.sh", "release-3.sh"])
  }

  @Test func `a branch that was squashed is told once`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.scaleToZero()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("zero", minute: 1)
    try repository.git("checkout --quiet main")
    try repository.git("merge --quiet --squash change")
    try repository.commitStaged("zero, squashed", minute: 2)
    #expect(try repository.report("audit", "--all").rules == ["workers-all-zero", "github-pat"])
  }

  @Test func `a patch that takes an object out of a build is not taken for the object`() throws {
    let guarded = """
      apiVersion: v1
      kind: Namespace
      metadata: {name: web, labels: {kustomize.toolkit.fluxcd.io/prune: disabled}}

      """
    let patch = "$patch: delete\napiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n"
    try repository.write("apps/web/namespace.yaml", guarded)
    try repository.write("apps/web/patch.yaml", patch)
    try repository.commit("apps", minute: 1)
    try repository.git("rm --quiet -r apps/web")
    try repository.write("apps/all/patch.yaml", patch)
    try repository.write("apps/namespaces.yaml", guarded)
    try repository.commit("another layout", minute: 2)
    #expect(try repository.report("audit").rules == [])
  }

  @Test func `of a password that changes on a branch the first is told`() throws {
    try repository.git("checkout --quiet -b change")
    var commits: [String] = []
    for number in 1...6 {
      try repository.write(
        "app.yaml",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, namespace: app}
        spec:
          template: {spec: {containers: [{name: app, env: [{name: DefaultPassword, value: "Summer202\(number)"}]}]}}

        """)
      commits.append(try repository.commit("password \(number)", minute: number))
    }
    try repository.git("checkout --quiet main")
    #expect(try repository.report("audit", "--all").only("secret-in-env")["commit"]["id"].text == commits[0])
  }

  @Test func `what a merge brings in from a parent is told once, what it makes itself is told`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    let introduced = try repository.commit("token", minute: 1)
    try repository.git("checkout --quiet main")
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 2)
    try repository.git("merge --quiet --no-ff --no-commit change")
    try repository.scaleToZero()
    try repository.git("add --all")
    let merge = try repository.commitStaged("merge", minute: 3)
    let report = try repository.report("audit")
    #expect(report.rules == ["workers-all-zero", "github-pat"])
    #expect(try report.only("github-pat")["commit"]["id"].text == introduced)
    #expect(try report.only("workers-all-zero")["commit"]["id"].text == merge)
  }

  @Test func `revisions limit what is looked at, --all looks at everything`() throws {
    try repository.git("checkout --quiet -b change")
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.git("checkout --quiet main")
    #expect(try repository.report("audit").rules.isEmpty)
    #expect(try repository.report("audit", "change").rules == ["workers-all-zero"])
    #expect(try repository.report("audit", "--all").rules == ["workers-all-zero"])
  }

  @Test func `--all sees tags, notes, messages and the stash`() throws {
    let tokens = (1...4).map { Sample.token(UInt8($0)) }
    try repository.git(["tag", "-a", "v1", "-m", "key \(tokens[0])"])
    try repository.git(["notes", "add", "-m", "key \(tokens[1])"])
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync + "# \(tokens[2])\n")
    try repository.git("stash push --quiet")
    try repository.write("README.md", "text\n")
    try repository.commit("key \(tokens[3])", minute: 1)
    let report = try repository.report("audit", "--all")
    #expect(report.rules == Array(repeating: "github-pat", count: 4), "\(report.findings.map { $0["source"] })")
    let sources = Set(report.findings.compactMap { $0["source"].text })
    #expect(sources == ["file", "message", "note"])
  }

  @Test func `dates and authors limit the commits`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 24 * 60)
    try repository.git(["rm", "--quiet", Manifest.path])
    try repository.git(
      ["commit", "--quiet", "-m", "away"],
      environment: TestRepository.dates(minute: 48 * 60).merging(["GIT_AUTHOR_NAME": "Zoë Other"]) { $1 })
    let zero = "workers-all-zero"
    let away = "workload-cluster-removed"
    #expect(Set(try repository.report("audit").rules) == [zero, away])
    #expect(try repository.report("audit", "--until", "2023-11-15").rules == [zero])
    #expect(try repository.report("audit", "--since", "2023-11-16").rules == [away])
    #expect(try repository.report("audit", "--since", "2023-11-15", "--until", "2023-11-15").rules == [zero])
    #expect(try repository.report("audit", "--author", "Zoë").rules == [away])
    #expect(try repository.report("audit", "--author", "ann@example").rules.contains(zero))
    #expect(try repository.fluxwarden("audit", "--since", "yesterday-ish").status == 2)
  }

  @Test func `--ref chooses among the references by name`() throws {
    for (number, name) in ["release-1", "release-2", "idea"].enumerated() {
      try repository.git("checkout --quiet -b \(name) main")
      try repository.write("\(name).sh", "TOKEN=\(Sample.token(UInt8(number)))\n")
      try repository.commit(name, minute: number + 1)
    }
    try repository.git("checkout --quiet main")
    let tree = try repository.git("rev-parse HEAD^{tree}")
    try repository.git("tag release-tree \(tree)")
    func paths(_ arguments: String...) throws -> [String] {
      let result = try Product.run(["audit", "--format", "json"] + arguments, in: repository.path)
      return try ReportJSON(result).findings.compactMap { $0["location"]["path"].text }
    }
    #expect(try paths() == [])
    #expect(try paths("--ref", "release-*") == ["release-1.sh", "release-2.sh"])
    #expect(try paths("--ref", "heads/idea", "--ref", "refs/heads/release-2") == ["idea.sh", "release-2.sh"])
    #expect(try paths("release-1", "--ref", "idea") == ["idea.sh", "release-1.sh"])
    let none = try repository.report("audit", "--ref", "relase-*")
    #expect(none.status == 2 && none.errors.contains("no reference matches relase-*"))
    #expect(try repository.fluxwarden("audit", "--all", "--ref", "idea").status == 2)
  }

  @Test func `files and folders behind two dashes choose among the findings`() throws {
    try repository.scaleToZero()
    try repository.write("scripts/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("both", minute: 1)
    #expect(Set(try repository.report("audit").rules) == ["workers-all-zero", "github-pat"])
    func rules(_ arguments: String...) throws -> [String] {
      let result = try Product.run(["audit", "--format", "json"] + arguments, in: repository.path)
      return try ReportJSON(result).rules
    }
    #expect(try rules("--", "scripts") == ["github-pat"])
    #expect(try rules("main", "--all", "--", "clusters/hq/prod", "nowhere") == ["workers-all-zero"])
    #expect(try rules("--", "./scripts/release.sh", ".") == ["workers-all-zero", "github-pat"])
    #expect(try repository.fluxwarden("audit", "--", "../elsewhere").status == 2)
    #expect(try repository.fluxwarden("audit", "scripts").status == 2)
  }

  @Test func `several secrets at one place stand in the same order in each run`() throws {
    let tokens = (UInt8(1)...6).map { "TOKEN_\($0)=\(Sample.token($0))\n" }.joined()
    try repository.write("values.txt", "bundle: \(Manifest.base64(tokens))\n")
    try repository.commit("bundle", minute: 1)
    let orders = try (0..<4).map { _ in try repository.report("audit").findings.map { $0["fingerprint"].text } }
    #expect(orders[0].count == 6 && Set(orders).count == 1, "\(orders)")
  }

  @Test func `an empty repository has an empty history`() throws {
    let report = try TestRepository().report("audit", "--all")
    #expect(report.status == 0 && report.findings.isEmpty && report.diagnostics.isEmpty)
  }
}
