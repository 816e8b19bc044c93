import TestSupport
import Testing

/// What keeps fluxwarden from looking: one clear sentence on standard error, exit status 2, the rest is judged.
@Suite struct BadInputTests {
  /// Expects status 2 and one error that holds each of some words; gives back the report.
  @discardableResult
  private func expectError(
    _ report: ReportJSON, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> ReportJSON {
    #expect(report.status == 2, sourceLocation: sourceLocation)
    let errors = report.diagnostics.filter { $0.hasPrefix("error: ") }
    for word in words {
      #expect(errors.contains { $0.contains(word) }, "\(word) in \(errors)", sourceLocation: sourceLocation)
      #expect(report.errors.contains(word), "\(word) on standard error", sourceLocation: sourceLocation)
    }
    #expect(report.errors.hasPrefix("error: "), sourceLocation: sourceLocation)
    return report
  }

  @Test func `a folder without a repository`() throws {
    let folder = try TemporaryFolder()
    for command in [["check"], ["review", "main"], ["audit"]] {
      expectError(try ReportJSON(Product.run(command + ["--format", "json"], in: folder.root)), folder.root)
    }
    let missing = folder.path("nowhere")
    expectError(
      try ReportJSON(Product.run(["audit", "--repo", missing, "--format", "json"], in: folder.root)), missing)
  }

  @Test func `a revision that does not exist`() throws {
    let repository = try TestRepository.fleet()
    expectError(try repository.report("review", "nowhere"), "nowhere")
    expectError(try repository.report("review", "main...nowhere"), "nowhere")
    expectError(try repository.report("review", "main..nowhere"), "nowhere")
    expectError(try repository.report("audit", "nowhere"), "nowhere")
    expectError(try repository.report("audit", String(repeating: "1", count: 40)), "111111")
  }

  @Test func `a range without a base is no clean run`() throws {
    let repository = try TestRepository.fleet()
    for command in ["review", "plan"] {
      for range in ["", "...", "..HEAD"] {
        let result = try repository.fluxwarden(command, range)
        #expect(result.status == 2 && result.output.isEmpty, "\(command) '\(range)'")
        #expect(result.errorText.contains("origin/main...HEAD"), "\(result.errorText)")
      }
    }
  }

  @Test func `a bare repository whose HEAD names a branch that is not there`() throws {
    let repository = try TestRepository.fleet()
    let bare = try repository.clone("bare.git", ["--bare"])
    try bare.git("symbolic-ref HEAD refs/heads/master")
    expectError(try bare.report("audit"), "refs/heads/master", "refs/heads/main")
    expectError(try bare.report("check", "--all"), "refs/heads/master")
    #expect(try bare.report("audit", "--all").status == 0)
    let empty = try TestRepository(bare: true)
    #expect(try empty.report("audit").status == 0)
  }

  @Test func `a bare repository has nothing staged`() throws {
    let bare = try TestRepository.fleet().clone("bare.git", ["--bare"])
    let report = expectError(try bare.report("check"), "bare repository")
    #expect(report.rules.isEmpty)
  }

  @Test func `names that are not UTF-8 and look alike`() throws {
    let repository = try TestRepository.fleet()
    let script = "printf '%s' \"$TOKEN\" > \"$(printf 'a\\350.txt')\"; echo x > \"$(printf 'a\\351.txt')\""
    let made = try TestSupport.run(
      "sh", ["-c", script], in: repository.path,
      environment: TestRepository.environment.merging(["TOKEN": "TOKEN=\(Manifest.token)\n"]) { $1 })
    #expect(made.status == 0)
    try repository.git("add --all")
    for scope in [["check"], ["check", "--worktree"]] {
      let report = try ReportJSON(Product.run(scope + ["--format", "json"], in: repository.path))
      expectError(report, "not UTF-8")
    }
  }

  @Test func `manifests in UTF-16, as PowerShell writes them`() throws {
    func wide(_ text: String) -> [UInt8] { [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    let repository = try TestRepository.fleet()
    try repository.write(Manifest.path, bytes: wide(Manifest.cluster()))
    try repository.commit("wide")
    try repository.write(Manifest.path, bytes: wide(Manifest.cluster(workers: [("md-0", 0), ("md-1", 0)])))
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["workers-all-zero"])
    try repository.commit("zero")
    #expect(try repository.report("review", "HEAD~1").rules == ["workers-all-zero"])
    #expect(try repository.report("audit").rules == ["workers-all-zero"])
  }

  @Test func `a file that is not in the clone is no file that was removed`() throws {
    let repository = try TestRepository.fleet()
    try repository.git("config uploadpack.allowFilter true")
    try repository.write(Manifest.path, Manifest.cluster(version: "\"1.32\""))
    try repository.commit("upgrade")
    let partial = try repository.clone("partial", ["--filter=blob:none", "--no-checkout"])
    try partial.git("config remote.origin.url /nonexistent")
    let report = expectError(try partial.report("review", "HEAD~1"), "partial clone")
    #expect(!report.rules.contains("workload-cluster-removed"), "\(report.rules)")
  }

  @Test func `output that can't be written is an error`() throws {
    #if os(Linux)
      let repository = try TestRepository.fleet()
      for command in ["rules", "check --all", "--help"] {
        let result = try TestSupport.run(
          "sh", ["-c", "'\(Product.path)' \(command) > /dev/full"], in: repository.path,
          environment: Product.environment)
        #expect(result.status == 2 && result.errorText.contains("could not be written"), "\(command)")
      }
    #endif
  }

  @Test func `a revision that is no commit`() throws {
    let repository = try TestRepository.fleet()
    expectError(try repository.report("review", "HEAD:\(Manifest.path)"), "HEAD:\(Manifest.path)")
  }

  @Test func `a path outside the repository`() throws {
    let repository = try TestRepository.fleet()
    try repository.scaleToZero()
    try repository.git("add --all")
    expectError(try repository.report("check", "../elsewhere"), "elsewhere")
    expectError(try repository.report("check", "/etc"), "/etc")
  }

  @Test func `histories without a common ancestor`() throws {
    let repository = try TestRepository.fleet()
    try repository.git("checkout --quiet --orphan other")
    try repository.commit("another beginning")
    expectError(try repository.report("review", "main"), "main")
    #expect(try repository.report("review", "main..other").status == 0)
  }

  @Test func `a blob that is missing`() throws {
    let repository = try TestRepository.fleet()
    try repository.scaleToZero()
    try repository.write("notes.txt", "lost\n")
    try repository.commit("zero", minute: 1)
    let blob = try repository.git("rev-parse HEAD:notes.txt")
    try repository.delete(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let audit = expectError(try repository.report("audit"), blob)
    #expect(audit.rules == ["workers-all-zero"])
    let review = expectError(try repository.report("review", "HEAD~1"), "notes.txt")
    #expect(review.rules == ["workers-all-zero"])
  }

  @Test func `a file that a rule has to ask for and cannot is said, though the change does not touch it`() throws {
    let repository = try TestRepository()
    try repository.write("a/machines.yaml", Manifest.machineConfigs)
    try repository.write("a/eksa-cluster.yaml", Manifest.cluster())
    try repository.commit("no sync")
    let blob = try repository.git("rev-parse HEAD:a/machines.yaml")
    let text = Manifest.cluster().replacing("kubernetesVersion: \"1.31\"", with: "kubernetesVersion: \"1.32\"")
    try repository.write("a/eksa-cluster.yaml", text)
    try repository.commit("upgrade", minute: 1)
    try repository.delete(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    expectError(try repository.report("review", "HEAD~1"), "a/machines.yaml")
  }

  @Test func `a commit that is missing`() throws {
    let repository = try TestRepository.fleet()
    let root = try repository.git("rev-parse HEAD")
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 2)
    try repository.delete(".git/objects/\(root.prefix(2))/\(root.dropFirst(2))")
    expectError(try repository.report("audit"), root)
  }

  @Test func `an object that is damaged`() throws {
    let repository = try TestRepository.fleet()
    try repository.scaleToZero()
    try repository.write("notes.txt", "soon damaged\n")
    try repository.commit("zero", minute: 1)
    let blob = try repository.git("rev-parse HEAD:notes.txt")
    let file = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try repository.delete(file)
    try repository.write(file, "not a compressed object")
    let audit = expectError(try repository.report("audit"), blob)
    #expect(audit.rules == ["workers-all-zero"])
  }

  @Test func `a shallow clone hides the merge base of a review`() throws {
    let repository = try TestRepository.fleet()
    for minute in 1...3 {
      try repository.write("README.md", "text \(minute)\n")
      try repository.commit("text", minute: minute)
    }
    try repository.git("checkout --quiet -b change HEAD~2")
    try repository.scaleToZero()
    try repository.commit("zero", minute: 9)
    let clone = try repository.clone("clone", ["--depth", "1", "--no-single-branch"])
    let report = expectError(try clone.report("review", "origin/main...origin/change"), "shallow")
    #expect(report.diagnostics.contains { $0.contains("--unshallow") || $0.contains("fetch-depth") })
  }

  @Test func `a shallow clone cuts an audit off, the rest is judged`() throws {
    let repository = try TestRepository.fleet()
    try repository.write("README.md", "text\n")
    try repository.commit("text", minute: 1)
    try repository.scaleToZero()
    try repository.commit("zero", minute: 2)
    let clone = try repository.clone("clone", ["--depth", "2"])
    let report = expectError(try clone.report("audit"), "shallow")
    #expect(report.rules == ["workers-all-zero"])
  }

  @Test func `a partial clone hides the content of files`() throws {
    let repository = try TestRepository.fleet()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("token", minute: 1)
    try repository.write("release.sh", "TOKEN=\n")
    try repository.scaleToZero()
    try repository.commit("no token", minute: 2)
    try repository.git("config uploadpack.allowFilter true")
    let clone = try repository.clone("clone", ["--filter=blob:none"])
    let report = expectError(try clone.report("audit"), "partial")
    #expect(!report.diagnostics.isEmpty)
  }

  @Test func `a SHA-256 repository`() throws {
    let repository = try TestRepository(options: ["--object-format=sha256"])
    try repository.write("README.md", "text\n")
    try repository.commit()
    expectError(try repository.report("audit"), "SHA-256")
    expectError(try repository.report("check"), "SHA-256")
  }

  @Test func `a repository with reftable references`() throws {
    let repository = try TestRepository()
    try repository.git("config core.repositoryFormatVersion 1")
    try repository.git("config extensions.refStorage reftable")
    expectError(try repository.report("audit"), "reftable")
  }

  @Test func `--fail-on never turns 1 into 0 and never 2 into 0`() throws {
    let repository = try TestRepository.fleet()
    try repository.scaleToZero()
    try repository.git("add --all")
    #expect(try repository.fluxwarden("check", "--fail-on", "never").status == 0)
    #expect(try repository.fluxwarden("review", "nowhere", "--fail-on", "never").status == 2)
    #expect(try repository.fluxwarden("audit", "nowhere", "--fail-on", "never").status == 2)
  }

  @Test func `a report that can't be written is an error`() throws {
    let repository = try TestRepository.fleet()
    let missing = repository.folder.path("no/such/folder/report.json")
    let result = try repository.fluxwarden("check", "--report", "json=\(missing)")
    #expect(result.status == 2 && result.errorText.contains(missing))
    #expect(try repository.fluxwarden("check", "--output", missing).status == 2)
  }

  @Test func `a manifest that does not parse is a finding where Flux reads it, a warning elsewhere`() throws {
    let repository = try TestRepository.fleet()
    try repository.write(Manifest.path, Manifest.cluster() + "  broken: [\n")
    try repository.commit("broken", minute: 1)
    let broken = try repository.report("review", "HEAD~1")
    #expect(broken.status == 1 && broken.rules.contains("manifest-unreadable"))
    try repository.write("charts/app/templates/x.yaml", "{{- if .Values.on }}\na: [\n{{- end }}\n")
    try repository.commit("a chart", minute: 2)
    let chart = try repository.report("review", "HEAD~1")
    #expect(chart.status == 0 && chart.rules.isEmpty)
  }
}
