import TestSupport
import Testing

/// `.fluxwarden.yaml` in a real repository.
@Suite struct ConfigurationTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  private func configure(_ text: String) throws {
    try repository.write(".fluxwarden.yaml", text)
    try repository.commit("configuration")
  }

  @Test func `a severity of one's own decides about the exit status`() throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 1), ("md-1", 3)]))
    #expect(try repository.report("check", "--worktree").status == 0)
    try repository.git("stash --quiet")
    try configure("rules:\n  worker-count-drop: {severity: critical}\n")
    try repository.git("stash pop --quiet")
    let report = try repository.report("check", "--worktree")
    #expect(try report.only("worker-count-drop")["severity"].text == "critical")
    #expect(report.status == 1)
  }

  @Test func `a rule that is off is silent, and what it supersedes speaks`() throws {
    try configure("rules:\n  workers-all-zero: {enabled: false, reason: a lab}\n")
    try repository.scaleToZero()
    let report = try repository.report("check", "--worktree")
    #expect(!report.rules.contains("workers-all-zero") && report.rules.contains("worker-group-zero"))
  }

  @Test func `failOn holds, and the command line wins over it`() throws {
    try configure("failOn: never\n")
    try repository.scaleToZero()
    #expect(try repository.report("check", "--worktree").status == 0)
    #expect(try repository.report("check", "--worktree", "--fail-on", "high").status == 1)
  }

  @Test func `findings in excluded files do not count, the same secret elsewhere does`() throws {
    try configure("paths:\n  exclude: [samples, '*.bats']\n")
    try repository.write("samples/a.sh", "TOKEN=\(Manifest.token)\n")
    try repository.write("test/x.bats", "TOKEN=\(Manifest.token)\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
    try repository.write("z/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.git("add --all")
    let finding = try repository.report("check").only("github-pat")
    #expect(finding["location"]["path"].text == "z/release.sh" && finding["relatedLocations"].items.isEmpty)
  }

  @Test func `values that are allowed are no finding, others are`() throws {
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnotherAnotherAnotherAnotherAnotherAno"
    let line = "sshAuthorizedKeys: ["
    let added = Manifest.machineConfigs.replacing(line, with: line + "\(key) someone, ")
    try configure("allowed:\n  sshKeys: [\"\(key) ops\"]\n")
    try repository.write("clusters/hq/machines.yaml", added)
    #expect(try repository.report("check", "--worktree").rules.isEmpty)
    try repository.write("clusters/hq/machines.yaml", added.replacing("Another", with: "Strange"))
    #expect(try repository.report("check", "--worktree").rules == ["ssh-key-added"])
  }

  @Test func `a credential type of one's own is found, masked, and told by its own name`() throws {
    try configure(
      "credentials:\n- id: acme-token\n  pattern: 'acme_([0-9a-f]{24})'\n  opens: the build service\n  severity: high\n"
    )
    let secret = joined("0123456789ab", "cdef01234567")
    try repository.write("build.sh", "login acme_\(secret)\n")
    try repository.git("add --all")
    let report = try repository.report("check")
    let finding = try report.only("acme-token")
    #expect(finding["severity"].text == "high" && finding["location"]["startColumn"].int == 12)
    let text = try repository.fluxwarden("check")
    #expect(text.status == 1 && text.text.contains("the build service") && !text.text.contains(secret))
    try repository.commitStaged("in")
    let audit = try repository.fluxwarden("audit", "--format", "sarif")
    #expect(audit.text.contains("acme-token") && !audit.text.contains(secret))
  }

  @Test func `sync roots are followed where no file tells of Flux`() throws {
    let repository = try TestRepository()
    try repository.write("fleet/kustomization.yaml", "resources: [cluster.yaml]\n")
    try repository.write("fleet/cluster.yaml", Manifest.cluster() + "---\n" + Manifest.machineConfigs)
    try repository.write(".fluxwarden.yaml", "sync:\n  roots: [fleet]\n")
    try repository.commit("fleet")
    try repository.write("fleet/kustomization.yaml", "resources: []\n")
    let rules = try repository.report("check", "--worktree").rules
    #expect(!rules.isEmpty, "the cluster is no longer applied")
  }

  @Test(arguments: [
    ("rules:\n  worker-group-zerro: {severity: low}\n", "did you mean worker-group-zero?"),
    ("credentials:\n- {id: acme-token, pattern: 'a('}\n", "the pattern of acme-token"),
    ("rules: {\n", "line"),
  ])
  func `a mistake ends with 2 and names place and remedy, and the rest is judged by default`(
    _ text: String, _ words: String
  ) throws {
    try configure(text)
    try repository.scaleToZero()
    let report = try repository.report("check", "--worktree")
    #expect(report.status == 2 && report.rules == ["workers-all-zero"])
    #expect(report.diagnostics.contains { $0.hasPrefix("error: .fluxwarden.yaml: ") && $0.contains(words) })
  }

  @Test func `a configuration that the operator names is used instead`() throws {
    try configure("failOn: never\n")
    try repository.folder.write("own.yaml", "rules:\n  workers-all-zero: {severity: low}\n")
    try repository.scaleToZero()
    let report = try repository.report("check", "--worktree", "--config", repository.folder.path("own.yaml"))
    #expect(try report.only("workers-all-zero")["severity"].text == "low")
    let missing = try repository.report("check", "--config", "no-such-file.yaml")
    #expect(missing.status == 2)
  }

  @Test func `init writes a valid file that sets nothing, once, and a snippet for the forge`() throws {
    let first = try repository.fluxwarden("init")
    #expect(first.status == 0 && first.text.contains(".github/workflows"))
    try repository.commit("starter")
    #expect(try repository.report("check", "--all").status == 0)
    let second = try repository.fluxwarden("init")
    #expect(second.status == 2 && second.errorText.contains("there already"))
    let lines = try repository.folder.text("repo/.fluxwarden.yaml").split(separator: "\n")
    let active = lines.filter { $0.contains(": ") || $0.hasSuffix(":") }.map { $0.replacing(#/^# /#, with: "") }
    #expect(lines.allSatisfy { $0.hasPrefix("#") } && active.count > 20)
  }

  @Test func `the starter is valid with its comment signs taken away`() throws {
    _ = try repository.fluxwarden("init")
    let lines = try repository.folder.text("repo/.fluxwarden.yaml").split(
      separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { !$0.hasPrefix("# failOn") }.filter { line in
      line.contains(#/^# ( |- )*[a-zA-Z0-9-]+:/#) || line.isEmpty
    }
    try configure(body.map { String($0.dropFirst(2)) }.joined(separator: "\n") + "\n")
    let report = try repository.report("check", "--all")
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
  }

  @Test(arguments: [
    ("git@gitlab.example.com:a/b.git", ".gitlab-ci.yml"), ("https://codeberg.org/a/b", ".gitea/workflows"),
    ("https://github.com/a/b", ".github/workflows"),
  ])
  func `init sees the forge by the remote`(_ address: String, _ place: String) throws {
    try repository.git("remote add origin \(address)")
    #expect(try repository.fluxwarden("init").text.contains(place))
  }
}
