import TestSupport
import Testing

/// `examples/fleet-audit`: how a fleet is audited in parts.
@Suite struct FleetAuditTests {
  private static let example = Product.project + "/examples/fleet-audit"
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ program: String, _ arguments: [String]) throws -> ProgramResult {
    try TestSupport.run(program, arguments, in: folder.root, environment: Product.environment, seconds: 120)
  }

  @Test func `the manifests pass our own check, as Flux would apply them`() throws {
    let repository = try TestRepository.fleet()
    #expect(
      try run("cp", ["-r", FleetAuditTests.example + "/kubernetes", repository.path + "/clusters/hq/audit"]).status == 0
    )
    let report = try repository.report("check", "--all", "--fail-on", "low")
    #expect(report.status == 0 && report.findings.isEmpty && report.diagnostics.isEmpty, "\(report.text)")
    try repository.git("add --all")
    let staged = try repository.report("check", "--fail-on", "low")
    #expect(staged.status == 0 && staged.findings.isEmpty, "\(staged.text)")
    let plain = try Product.run(["build", "clusters/hq/audit"], in: repository.path)
    #expect(
      plain.status == 0 && plain.text.contains("completionMode: Indexed") && plain.text.contains("audit-shard: |"))
  }

  @Test func `each worker mirrors and audits its share, and a repository that can't be fetched fails its part`() throws
  {
    for name in ["one", "two", "three"] {
      try folder.makeFolder(name)
      let repository = try TestRepository(folder: folder, name: name)
      try repository.git(["init", "--quiet", "--initial-branch=main"])
      try repository.write("release.sh", "TOKEN=\(Sample.token(UInt8(name.utf8.count)))\n")
      try repository.commit(name)
    }
    try folder.write(
      "list",
      "# the fleet\n\(folder.path("one"))\n\(folder.path("two"))  \n\n\(folder.path("one"))\n\(folder.path("three"))\n")
    for part in 1...2 {
      for _ in 1...2 {
        let result = try run(
          FleetAuditTests.example + "/kubernetes/audit-shard", ["list", "\(part)/2", "mirrors", "\(part).json"])
        #expect(result.status == 0, "\(result.errorText)")
      }
    }
    let merged = try ReportJSON(Product.run(["merge", "1.json", "2.json", "--format", "json"], in: folder.root))
    #expect(merged.status == 1 && merged.rules.count == 3 && merged.diagnostics.isEmpty)
    #expect(merged.value["repositories"].items.compactMap { $0["name"].text } == ["one", "three", "two"])

    try folder.move("two", to: "gone")
    let result = try run(FleetAuditTests.example + "/kubernetes/audit-shard", ["list", "2/2", "mirrors", "2.json"])
    #expect(result.status == 2)
    let without = try ReportJSON(Product.run(["merge", "1.json", "2.json", "--format", "json"], in: folder.root))
    #expect(without.status == 2 && without.rules.count == 2 && without.errors.contains(".not-fetched"))
  }

  @Test(arguments: ["Complete", "FailureTarget Failed"])
  func `waiting for the Job ends however the Job ends`(_ end: String) throws {
    let text = try run("cat", [FleetAuditTests.example + "/README.md"]).text
    let commands = text.split(separator: "\n").map { $0.drop { $0 == " " } }.drop { !$0.hasPrefix("kubectl apply") }
    let lines = commands.prefix { !$0.hasPrefix("kubectl create") }
    // A Job that runs at first; waiting for what it never becomes takes its time.
    try folder.write(
      "bin/kubectl",
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>calls
      case "$*" in
      *' wait '*complete*) [ \(end) = Complete ] || exec sleep 600 ;;
      *' get '*) [ "$(grep -c ' get ' calls)" -lt 3 ] || echo '\(end)' ;;
      esac

      """)
    try folder.write("bin/sleep", "#!/bin/sh\n[ \"$1\" -lt 600 ] || exec /bin/sleep 600\nexec /bin/sleep 0.1\n")
    for program in ["kubectl", "sleep"] { try folder.setMode("bin/\(program)", 0o755) }
    let script = (["PATH=$PWD/bin:$PATH"] + lines.map(String.init)).joined(separator: "\n")
    let result = try TestSupport.run(
      "sh", ["-ec", script], in: folder.root, environment: Product.environment, seconds: 20)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try folder.text("calls").split(separator: "\n").count > 1)
  }

  @Test func `a simulated fleet gives the same in parts and in one run`() throws {
    let result = try run(FleetAuditTests.example + "/simulate", ["fleet", "5", "12", "3", "2"])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("5 repositories with 46 commits each"), "\(result.text)")
    #expect(result.text.contains("the merged report is that of one run"), "\(result.text)")
  }
}
