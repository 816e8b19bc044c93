import TestSupport
import Testing

/// What is printed, and what never is.
@Suite struct OutputTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  @Test func `the JSON has the contract's keys, and an audit's the lives of clusters`() throws {
    try repository.scaleToZero()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("a change", minute: 1)
    let report = try repository.report("audit").value
    #expect(
      report.keys == [
        "clusters", "command", "diagnostics", "findings", "plan", "range", "repositories", "repository",
        "schemaVersion", "summary", "tool",
      ])
    #expect(report["schemaVersion"].int == 1 && report["command"].text == "audit")
    #expect(report["tool"].keys == ["name", "version"] && report["tool"]["name"].text == "fluxwarden")
    #expect(report["range"].keys == ["base", "head"])
    #expect(
      report["summary"].keys == [
        "bytes", "commits", "critical", "files", "high", "low", "medium", "seconds", "suppressed",
      ])
    let findings = report["findings"].items
    #expect(findings.count == 2)
    for finding in findings {
      #expect(
        finding.keys == [
          "after", "before", "category", "commit", "exposure", "field", "fingerprint", "location", "message", "object",
          "references", "relatedLocations", "remediation", "rule", "secret", "severity", "source", "suppression",
          "verdict",
        ])
      #expect(
        finding["location"].keys == ["endColumn", "endLine", "path", "side", "startColumn", "startLine"])
      #expect(finding["commit"].keys == ["author", "date", "id", "summary"])
      #expect(finding["commit"]["author"].keys == ["email", "name"])
    }
    #expect(findings[0]["object"].keys == ["apiVersion", "kind", "name", "namespace"])
    #expect(findings[1]["secret"].keys == ["checksum", "decodedFrom", "redacted", "type"])
    #expect(
      findings[1]["exposure"].keys == ["days", "introduced", "introducedAt", "live", "refs", "removed", "removedAt"])
  }

  @Test func `jsonl is one object a line, each with its type`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    let lines = try repository.fluxwarden("check", "--format", "jsonl").text.split(separator: "\n")
    let types = lines.compactMap { line in line.firstRange(of: "\"type\":").map { line[$0.upperBound...].prefix(10) } }
    #expect(lines.count == 2 && types.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
  }

  @Test func `a hyphen for a file is standard output`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    let plain = try repository.fluxwarden("review", "main~1", "--format", "junit")
    for arguments in [
      ["--format", "junit", "--output", "-"], ["--quiet", "--output", "no.txt", "--report", "junit=-"],
    ] {
      let result = try Product.run(["review", "main~1"] + arguments, in: repository.path)
      let time = #/time="[0-9.]+"/#
      #expect(result.status == 1 && result.text.replacing(time, with: "") == plain.text.replacing(time, with: ""))
    }
    #expect(try repository.fluxwarden("plan", "main~1", "--output", "-").text.contains("Flux would change"))
    #expect(!repository.folder.exists("repo/-"))
  }

  @Test func `no secret value appears in any format, nor in an error`() throws {
    let password = joined("tR4q-Lm9x", "!Vw2z-pK8d")
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.write(
      "clusters/hq/prod/secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\nstringData:\n  password: \(password)\n")
    try repository.write("broken.yaml", "apiVersion: v1\nkind: Secret\nstringData: {password: \(password)\n")
    try repository.commit("a change with \(Manifest.token)", minute: 1)
    let formats = ["text", "json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown", "html"]
    for format in formats {
      for command in [["audit"], ["check", "--all"], ["review", "HEAD~1"], ["audit", "--verbose"], ["audit", "-q"]] {
        let result = try Product.run(command + ["--format", format], in: repository.path)
        #expect((0...1).contains(result.status), "\(command) \(format): \(result.errorText)")
        let all = result.text + result.errorText
        #expect(!all.contains(Manifest.token) && !all.contains(Manifest.token.dropFirst(4)), "\(command) \(format)")
        #expect(!all.contains(password), "\(command) \(format)")
      }
    }
  }

  @Test func `control characters in names, values and messages are escaped`() throws {
    let escape = "\u{1B}[31m"
    try repository.write("clusters/hq/\(escape)red\u{7}/secret.txt", "TOKEN=\(Manifest.token)\n")
    try repository.write(
      Manifest.path,
      Manifest.cluster(workers: [("md-0", 0), ("md-1", 0)]).replacing("name: prod", with: "name: \"p\\e[31mrod\""))
    try repository.git(["add", "--all"])
    try repository.git(
      ["commit", "--quiet", "-m", "a \(escape)message\u{9B}"], environment: ["GIT_AUTHOR_NAME": "Eve \(escape)"])
    for format in ["text", "json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown", "html"] {
      let result = try repository.fluxwarden("audit", "--format", format)
      let bytes = result.output + result.errors
      #expect(result.status == 1, "\(format)")
      #expect(!bytes.contains(0x1B) && !bytes.contains(0x07), "\(format)")
      #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{9B}"), "\(format)")
    }
    #expect(!(try repository.fluxwarden("audit", "no\(escape)where").errors.contains(0x1B)))
  }

  @Test func `names that are not UTF-8 are printed, not lost`() throws {
    let script = "printf 'TOKEN=%s\\n' '\(Manifest.token)' > \"$(printf 'caf\\351.txt')\""
    #expect(try run("sh", ["-c", script], in: repository.path, environment: TestRepository.environment).status == 0)
    try repository.commit("latin", minute: 1)
    let report = try repository.report("audit")
    #expect(report.rules == ["github-pat"] && report.status == 1)
  }

  @Test func `there is no colour and no progress bar where nobody looks`() throws {
    try repository.scaleToZero()
    try repository.commit("zero", minute: 1)
    for environment in [[:], ["TERM": "xterm-256color"], ["NO_COLOR": "1", "TERM": "xterm"]] {
      let result = try repository.fluxwarden("audit", environment: environment)
      #expect(!result.output.contains(0x1B) && result.errors.isEmpty)
    }
  }

  @Test func `on a terminal there is colour, unless NO_COLOR or --no-color says otherwise`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    #expect(try onTerminal("check").contains(0x1B))
    #expect(!(try onTerminal("check --no-color").contains(0x1B)))
    #expect(!(try onTerminal("check", environment: ["NO_COLOR": "1"]).contains(0x1B)))
    #expect(!(try onTerminal("check", environment: ["TERM": "dumb"]).contains(0x1B)))
  }

  /// What the program prints on a terminal, which `script` of util-linux stands for.
  private func onTerminal(_ line: String, environment: [String: String] = [:]) throws -> [UInt8] {
    let environment = Product.environment.merging(["TERM": "xterm-256color"]) { $1 }.merging(environment) { $1 }
    let result = try run(
      "script", ["-qec", "fluxwarden \(line)", "/dev/null"], in: repository.path, environment: environment)
    #expect(result.status == 1 && !result.output.isEmpty)
    return result.output
  }

  @Test func `two runs print the same bytes, whatever --jobs is`() throws {
    for minute in 1...12 {
      try repository.write(
        Manifest.path, Manifest.cluster(workers: [("md-0", minute % 3 * 3), ("md-\(minute % 4)", minute % 2 * 4)]))
      try repository.write("release-\(minute % 5).sh", "TOKEN=\(Sample.token(UInt8(minute % 6)))\n")
      try repository.commit("change \(minute)", minute: minute)
    }
    for format in ["text", "json"] {
      let outputs = try ["1", "1", "4", "4"].map { jobs in
        let text = try repository.fluxwarden("audit", "--all", "--jobs", jobs, "--format", format).text
        return text.split(separator: "\n").map { line in
          line.contains("\"seconds\"") || line.contains(" s)") ? line.prefix { $0 != "(" && $0 != ":" } : line
        }
      }
      #expect(outputs[0].count > 20)
      #expect(outputs.allSatisfy { $0 == outputs[0] }, "\(format)")
    }
  }

  @Test func `findings go to a file, and other formats beside`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    let result = try repository.fluxwarden(
      "check", "--output", "out.txt", "--report", "json=out.json", "--report", "jsonl=out.jsonl")
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(try repository.folder.text("repo/out.txt").contains("workers-all-zero"))
    #expect(try repository.folder.text("repo/out.json").hasPrefix("{"))
    #expect(try repository.folder.text("repo/out.jsonl").contains("workers-all-zero"))
  }

  @Test func `--quiet prints a line for each finding`() throws {
    try repository.scaleToZero()
    try repository.git("add --all")
    let lines = try repository.fluxwarden("check", "--quiet").text.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].hasPrefix(Manifest.path + ":14:12: critical workers-all-zero: "))
  }

  @Test func `what the operator allows is shown as waived and does not fail`() throws {
    try repository.git(["rm", "--quiet", Manifest.path])
    let report = try repository.report("check", "--allow", "workload-cluster-removed=prod", "--reason", "OPS-118")
    #expect(report.status == 0)
    let suppression = try report.only("workload-cluster-removed")["suppression"]
    #expect(suppression["kind"].text == "operator" && suppression["reason"].text == "OPS-118")
    #expect(report.value["summary"]["suppressed"].int == 1 && report.value["summary"]["critical"].int == 0)
    let unknown = try repository.report("check", "--allow", "nope", "--reason", "OPS-118")
    #expect(unknown.status == 2 && unknown.rules.contains("workload-cluster-removed"))
    #expect(unknown.diagnostics.contains { $0.contains("there is no rule \"nope\"") }, "\(unknown.diagnostics)")
    let other = try repository.report("check", "--allow", "workload-cluster-removed=other", "--reason", "OPS-118")
    #expect(other.status == 1)
    #expect(try repository.fluxwarden("check", "--allow", "workload-cluster-removed=prod").status == 2)
  }
}
