import TestSupport
import Testing

/// `fluxwarden check`.
@Suite struct CheckTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  @Test func `the index is compared with HEAD, the work tree is not looked at`() throws {
    try repository.scaleToZero()
    let unstaged = try repository.report("check")
    #expect(unstaged.status == 0 && unstaged.rules.isEmpty)
    try repository.git("add --all")
    try repository.write(Manifest.path, Manifest.cluster())
    let staged = try repository.report("check")
    #expect(staged.status == 1 && staged.rules == ["workers-all-zero"])
  }

  @Test func `--worktree compares the work tree with HEAD`() throws {
    try repository.scaleToZero()
    let report = try repository.report("check", "--worktree")
    #expect(report.status == 1 && report.rules == ["workers-all-zero"])
    #expect(report.value["range"]["base"].text == (try repository.git("rev-parse HEAD")))
  }

  @Test func `--worktree sees a deleted file`() throws {
    try repository.delete(Manifest.path)
    #expect(try repository.report("check", "--worktree").rules == ["workload-cluster-removed"])
  }

  @Test func `--all judges the present state, committed or not`() throws {
    #expect(try repository.report("check", "--all").status == 0)
    try repository.write("scripts/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit()
    #expect(try repository.report("check").rules.isEmpty)
    #expect(try repository.report("check", "--all").rules == ["github-pat"])
  }

  @Test func `--all reads HEAD in a bare repository`() throws {
    try repository.write("scripts/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit()
    let bare = try repository.clone("bare.git", ["--bare"])
    #expect(try bare.report("check", "--all").rules == ["github-pat"])
  }

  @Test func `--worktree and --all exclude each other`() throws {
    #expect(try repository.fluxwarden("check", "--all", "--worktree").status == 2)
  }

  @Test func `paths limit what is printed, not what is understood`() throws {
    try repository.scaleToZero()
    try repository.write("scripts/release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["workers-all-zero", "github-pat"])
    #expect(try repository.report("check", "scripts").rules == ["github-pat"])
    #expect(try repository.report("check", "clusters/hq").rules == ["workers-all-zero"])
    #expect(try repository.report("check", Manifest.path).rules == ["workers-all-zero"])
    let none = try repository.report("check", "clusters/hq/flux-system")
    #expect(none.status == 0 && none.rules.isEmpty)
  }

  @Test func `paths are read from the folder in which the command runs`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    let folder = repository.path + "/clusters/hq"
    for path in ["prod", ".", "../hq/prod", folder + "/prod"] {
      let report = try ReportJSON(Product.run(["check", path, "--format", "json"], in: folder))
      #expect(report.rules == ["workers-all-zero"], "\(path)")
    }
    let other = try ReportJSON(Product.run(["check", "flux-system", "--format", "json"], in: folder))
    #expect(other.rules.isEmpty)
  }

  @Test func `a moved file whose objects are the same is quiet`() throws {
    try repository.git(["mv", "clusters/hq/prod", "clusters/hq/production"])
    let report = try repository.report("check")
    #expect(report.rules.isEmpty && report.status == 0)
  }

  @Test func `an unresolved conflict is an error, what else is there is judged`() throws {
    try repository.git("checkout --quiet -b other")
    try repository.write("README.md", "other\n")
    try repository.commit("other")
    try repository.git("checkout --quiet main")
    try repository.write("README.md", "main\n")
    try repository.commit("main")
    #expect(try repository.tryGit(["merge", "other"]).status == 1)
    try repository.scaleToZero()
    try repository.git("add \(Manifest.path)")
    let report = try repository.report("check")
    #expect(report.status == 2)
    #expect(report.rules == ["workers-all-zero"])
    #expect(report.diagnostics.contains { $0.hasPrefix("error: ") && $0.contains("conflict") })
  }

  @Test func `a path that names nothing is an error`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    let report = try repository.report("check", "clusters/nowhere")
    #expect(report.status == 2 && report.errors.contains("clusters/nowhere"), "\(report.errors)")
    #expect(report.errors.contains("no such file or folder"))
    try repository.git(["rm", "--quiet", "--cached", Manifest.path])
    #expect(try repository.report("check", Manifest.path).rules == ["workload-cluster-removed"])
  }

  @Test func `a merge is judged by what no parent has`() throws {
    try repository.git("checkout --quiet -b feature")
    try repository.write("README.md", "feature\n")
    try repository.commit("feature")
    try repository.git("checkout --quiet main")
    try repository.write("README.md", "main\n")
    try repository.scaleToZero()
    try repository.commit("decided")
    try repository.git("checkout --quiet feature")
    #expect(try repository.tryGit(["merge", "main"]).status == 1)
    try repository.write("README.md", "both\n")
    try repository.git("add README.md")
    let clean = try repository.report("check")
    #expect(clean.status == 0 && clean.rules.isEmpty, "\(clean.rules)")
    try repository.write("README.md", "TOKEN=\(Manifest.token)\n")
    try repository.delete(Manifest.path)
    try repository.git("add --all")
    #expect(try Set(repository.report("check").rules) == ["workload-cluster-removed", "github-pat"])
    #expect(try Set(repository.report("check", "--worktree").rules) == ["workload-cluster-removed", "github-pat"])
  }

  @Test func `what a sparse index leaves out is neither gone nor unread`() throws {
    try repository.write("apps/web/note.txt", "a note\n")
    try repository.commit("more")
    try repository.git("sparse-checkout set --cone --sparse-index apps")
    try repository.write("apps/web/note.txt", "another note\n")
    try repository.git("add apps")
    for scope in [["check"], ["check", "--worktree"], ["check", "--all"]] {
      let report = try ReportJSON(Product.run(scope + ["--format", "json"], in: repository.path))
      #expect(report.status == 0 && report.rules.isEmpty && report.diagnostics.isEmpty, "\(scope): \(report.rules)")
    }
  }

  @Test func `nothing staged is nothing found`() throws {
    let report = try repository.report("check")
    #expect(report.status == 0 && report.findings.isEmpty)
    #expect(report.value["summary"]["files"].int == 0)
  }
}
