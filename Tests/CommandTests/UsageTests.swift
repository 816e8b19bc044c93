import TestSupport
import Testing

/// Usage, help and the catalogue on the command line.
@Suite struct UsageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramResult { try Product.run(arguments, in: folder.root) }

  @Test(arguments: [
    ["chekc"], ["check", "--no-such-option"], ["review"], ["check", "--format", "xml"],
    ["check", "--fail-on", "often"],
    ["check", "--jobs", "0"], ["check", "--jobs", "many"], ["check", "--report", "json"], ["check", "--report", "x=y"],
    ["check", "--allow", "workers-all-zero"], ["check", "--allow", "", "--reason", "x"], ["audit", "--since", "soon"],
    ["explain"], ["explain", "no-such-rule"],
    ["hook"], ["hook", "no-such-hook"], ["rules", "--format", "pdf"],
  ])
  func `a usage error ends with 2 and says what is wrong on standard error`(_ arguments: [String]) throws {
    let result = try Product.run(arguments, in: folder.root)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorText.hasPrefix("Error: ") || result.errorText.hasPrefix("error: "), "\(result.errorText)")
  }

  @Test func `help and version end with 0 on standard output`() throws {
    for arguments in [["--help"], ["check", "--help"], ["audit", "--help"], ["hook", "pre-commit", "--help"]] {
      let result = try Product.run(arguments, in: folder.root)
      #expect(result.status == 0 && result.text.contains("USAGE: fluxwarden") && result.errors.isEmpty)
    }
    let version = try run("--version")
    #expect(version.status == 0 && version.text == "0.1.0\n")
  }

  @Test func `without a command the help is shown, and it is no clean run`() throws {
    let result = try run()
    #expect(result.status == 2 && result.text.contains("USAGE: fluxwarden") && result.text.contains("review"))
  }

  @Test func `text is as wide as the terminal, and 80 columns where there is none`() throws {
    guard try Product.run(["--version"], in: "/").status == 0,
      try TestSupport.run("sh", ["-c", "command -v script"], in: "/", environment: Product.environment).status == 0
    else { return }
    func longest(_ command: String) throws -> Int {
      let result = try TestSupport.run("sh", ["-c", command], in: "/", environment: Product.environment)
      return result.text.split(whereSeparator: \.isNewline).filter { !$0.contains("http") }.map(\.count).max() ?? 0
    }
    let explain = "'\(Product.path)' explain workers-all-zero"
    #expect(try longest(explain) <= 80)
    let wide = try longest("script -qec \"stty cols 120; NO_COLOR=1 \(explain)\" /dev/null")
    #expect(wide > 80 && wide <= 120)
    #expect(try longest("script -qec \"COLUMNS=60 NO_COLOR=1 \(explain)\" /dev/null") <= 60)
  }

  @Test func `explain of an unknown rule suggests the nearest`() throws {
    #expect(try run("explain", "worker-group-zerro").errorText.contains("did you mean worker-group-zero?"))
    #expect(try run("explain", "github-pta").errorText.contains("did you mean github-pat?"))
  }

  @Test(arguments: [["revew", "main"], ["revew"], ["Review", "main"], ["help", "revew"]])
  func `a command that is not there suggests the nearest`(_ arguments: [String]) throws {
    let result = try Product.run(arguments, in: folder.root)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.errorText.hasPrefix("Error: there is no command `\(arguments.last == "main" ? arguments[0] : "revew")`; "))
    #expect(result.errorText.contains("did you mean `review`?"), "\(result.errorText)")
    let far = try run("make\u{1B}[31mcoffee", "now")
    #expect(
      far.status == 2 && far.errorText.hasPrefix("Error: there is no command `make")
        && !far.errorText.contains("\u{1B}"))
    #expect(!far.errorText.contains("did you mean"))
  }

  @Test func `the help of a plan lists the formats that it takes`() throws {
    let help = try run("plan", "--help").text
    #expect(help.contains("text, json, jsonl, markdown"), "\(help)")
    for format in ["sarif", "junit", "html"] { #expect(!help.contains(format), "\(format)") }
    #expect(try run("review", "--help").text.contains("sarif"))
  }

  @Test func `explain tells why a rule matters, what to do, and shows an example`() throws {
    let result = try run("explain", "workers-all-zero")
    #expect(result.status == 0)
    for word in ["workers-all-zero", "critical", "https://"] { #expect(result.text.contains(word), "\(word)") }
    #expect(result.text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("https://") })
  }

  @Test func `every rule that is listed can be explained`() throws {
    let rules = try ReportJSON(run("rules", "--format", "json")).value.items
    #expect(rules.count > 40)
    for rule in rules {
      #expect(["id", "severity", "category", "summary", "remediation", "references"].allSatisfy(rule.keys.contains))
    }
    for rule in rules.prefix(12) {
      #expect(try run("explain", try #require(rule["id"].text)).status == 0)
    }
  }
}
