import TestSupport
import Testing

/// `fluxwarden audit` of several repositories, `--shard`, and `fluxwarden merge`.
@Suite struct MergeTests {
  /// Where a test writes its reports.
  let folder: TemporaryFolder
  /// Where the repositories are, which no test changes.
  let fleet: TemporaryFolder
  private let names = ["alpha", "beta", "gamma"]

  init() throws {
    folder = try TemporaryFolder()
    fleet = try MergeTests.fleet.get()
  }

  /// Three small fleets: one with live secrets, of which one is of a type of its own; one that was scaled to zero and
  /// back; one whose edit is waived.
  private static let fleet = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let alpha = try empty("alpha", in: folder)
    try alpha.git(["remote", "add", "origin", "https://me:hush" + "@git.example.com/plants/alpha.git"])
    try alpha.write(
      ".fluxwarden.yaml", "credentials:\n- id: robot-key\n  pattern: ROBOT-[0-9]{8}\n  opens: the robots\n")
    try alpha.write("deploy.sh", "TOKEN=\(Manifest.token)\nKEY=ROBOT-2345" + "6789\n")
    try alpha.commit("a script\u{1b}[31m \u{202e}😀")
    let beta = try empty("beta", in: folder)
    try beta.writeFleet()
    try beta.commit("the fleet")
    try beta.scaleToZero()
    try beta.commit("save power", minute: 3)
    try beta.write(Manifest.path, Manifest.cluster())
    try beta.commit("back", minute: 24 * 60)
    let gamma = try empty("gamma", in: folder)
    try gamma.writeFleet()
    try gamma.write(
      ".fluxwarden.yaml",
      "waivers:\n- rule: workers-all-zero\n  object: prod\n  reason: a drill\n  owner: ops\n  until: 2099-01-01\n")
    try gamma.commit("the fleet")
    try gamma.scaleToZero()
    try gamma.commit("drill", minute: 2)
    return folder
  }

  private static func empty(_ name: String, in folder: TemporaryFolder) throws -> TestRepository {
    try folder.makeFolder(name)
    let repository = try TestRepository(folder: folder, name: name)
    try repository.git(["init", "--quiet", "--initial-branch=main"])
    return repository
  }

  private func run(_ arguments: [String]) throws -> ProgramResult { try Product.run(arguments, in: folder.root) }

  private var all: [String] { names.flatMap { repo($0) } }

  private func repo(_ name: String) -> [String] { ["--repo", fleet.path(name)] }

  /// Audits into a file; gives back the exit status.
  @discardableResult
  private func audit(_ arguments: [String], to file: String) throws -> Int32 {
    try run(["audit", "--all", "--lines", "--format", "json", "--output", file, "--quiet"] + arguments).status
  }

  /// A text without what time it took, and without the word that is made of the whole text.
  private func timeless(_ text: String) -> String {
    let time = #/\([0-9.]+ s\)|"seconds": ?[0-9.]+|time="[0-9.]+"|::[0-9a-f]{32,}::|::stop-commands::[0-9a-f]+/#
    return text.replacing(time, with: "")
  }

  @Test func `what is merged is what one run prints, in every form`() throws {
    let forms = ["json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown", "html"]
    for name in names { try audit(repo(name), to: "\(name).json") }
    let once = try run(["audit", "--all", "--lines"] + all + forms.flatMap { ["--report", "\($0)=once.\($0)"] })
    let reports = forms.flatMap { ["--report", "\($0)=merged.\($0)"] }
    let merged = try run(["merge", "gamma.json", "alpha.json", "beta.json", "--lines"] + reports)
    #expect(once.status == 1 && merged.status == 1 && once.text.contains("plants/alpha/deploy.sh"))
    #expect(timeless(merged.text) == timeless(once.text) && merged.errorText == once.errorText)
    for form in forms {
      let (first, second) = (try folder.text("once.\(form)"), try folder.text("merged.\(form)"))
      #expect(!first.isEmpty && timeless(first) == timeless(second), "\(form)")
    }
    // Two at first, then the third; and one alone.
    _ = try run(["merge", "gamma.json", "beta.json", "--lines", "--format", "json", "--output", "two.json"])
    #expect(timeless(try run(["merge", "two.json", "alpha.json"]).text) == timeless(once.text))
    let alone = try run(["audit", "--all"] + repo("beta"))
    #expect(timeless(try run(["merge", "beta.json"]).text) == timeless(alone.text))
  }

  @Test func `a report of several repositories tells whose each finding is`() throws {
    let report = try ReportJSON(run(["audit", "--all", "--format", "json"] + all))
    #expect(report.value["repository"].text == "3 repositories" && report.value["range"]["head"] == .null)
    let labels = report.value["repositories"].items.compactMap { $0["name"].text }
    #expect(labels == ["beta", "gamma", "plants/alpha"])
    #expect(Set(report.findings.map { $0["repository"].text }) == Set(labels))
    #expect(report.value["clusters"].items.compactMap { $0["repository"].text } == ["beta", "gamma"])
    let head = try TestRepository(folder: fleet, name: "beta").git("rev-parse HEAD")
    #expect(report.value["repositories"].items[0]["head"].text == head)
    #expect(!report.text.contains("hush"))
    // Severity and path come first, as in a report about one repository.
    let order = report.findings.map {
      "\($0["severity"].text == "critical" ? 0 : 1) \($0["location"]["path"].text ?? "")"
    }
    #expect(order == order.sorted() && Set(order).count > 1)
  }

  @Test func `shards deal every repository out once, and merge to the whole`() throws {
    for part in 1...4 { try audit(all + ["--shard", "\(part)/4"], to: "shard-\(part).json") }
    let once = try run(["audit", "--all", "--lines", "--format", "json"] + all).text
    let files = (1...4).map { "shard-\($0).json" }
    #expect(timeless(try run(["merge", "--lines", "--format", "json"] + files).text) == timeless(once))
    let empty = try run(["audit", "--shard", "4/4"] + all)
    #expect(empty.status == 0 && empty.errorText.contains("nothing for shard 4/4"))
    #expect(empty.text.contains("0 repositories"))
    let missing = try ReportJSON(run(["merge", "--format", "json", files[0], files[3]]))
    #expect(missing.status == 2 && missing.errors.contains("the shards 2/4, 3/4 are missing"))
    #expect(missing.value["repositories"].items.count == 1)
  }

  @Test(arguments: ["0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3", ""])
  func `a shard that there can't be is a usage error`(_ shard: String) throws {
    #expect(try run(["audit", "--shard=\(shard)"] + all).status == 2)
  }

  @Test func `a repository that can't be opened does not keep the others from being audited`() throws {
    let report = try ReportJSON(run(["audit", "--format", "json", "--repo", "nowhere"] + all))
    #expect(report.status == 2 && report.rules.contains("workers-all-zero"))
    #expect(report.errors.contains("nowhere"))
    #expect(report.value["repositories"].items.count == 4)
  }

  @Test func `a repository that is named twice is audited once`() throws {
    let once = try run(["audit", "--format", "json"] + repo("beta")).text
    let again = ["audit", "--format", "json"] + repo("beta") + repo("beta/clusters") + repo("beta")
    #expect(timeless(try run(again).text) == timeless(once))
  }

  @Test func `other commands look at one repository, and say so`() throws {
    let result = try run(["check"] + all)
    #expect(result.status == 2 && result.errorText.contains("only an audit"))
  }

  @Test func `of several configurations the strictest tells what fails, unless an option does`() throws {
    let lenient = try MergeTests.empty("lenient", in: folder)
    try lenient.write(".fluxwarden.yaml", "failOn: critical\n")
    try lenient.writeFleet()
    try lenient.commit("the fleet")
    try lenient.write(Manifest.path, Manifest.cluster().replacing("\"1.31\"", with: "\"1.33\""))
    try lenient.commit("a version skipped", minute: 3)
    try audit(["--repo", "lenient"], to: "lenient.json")
    try audit(repo("beta") + ["--author", "nobody"], to: "beta.json")
    #expect(try run(["merge", "lenient.json"]).status == 0)
    #expect(try run(["merge", "beta.json"]).status == 0)
    #expect(try run(["merge", "lenient.json", "beta.json"]).status == 1)
    #expect(try run(["merge", "lenient.json", "beta.json", "--fail-on", "never"]).status == 0)
    #expect(try run(["merge", "lenient.json", "nothing.json", "--fail-on", "never"]).status == 2)
  }

  @Test func `what is wrong with a report is named, the rest is merged`() throws {
    for name in names { try audit(repo(name), to: "\(name).json") }
    try folder.write("broken.json", "{\n  \"schemaVersion\": 1,\n  \"tool\": {")
    try folder.write("future.json", "{\"schemaVersion\": 2}")
    try folder.write("review.json", "{\"schemaVersion\": 1, \"command\": \"review\"}")
    try folder.write("empty.json", "")
    try folder.write("bare.json", "{\"schemaVersion\": 1, \"command\": \"audit\"}")
    try folder.write("steer\u{1b}[2J.json", "null")
    let bad = ["broken", "future", "review", "empty", "bare", "steer\u{1b}[2J", "gone"].map { "\($0).json" }
    let report = try ReportJSON(
      run(["merge", "--format", "json"] + bad + ["beta.json", "gamma.json", "beta.json", "."]))
    #expect(report.status == 2 && report.value["repositories"].items.count == 2)
    #expect(report.rules == ["workers-all-zero"])
    let expected = [
      "broken.json: the report is left out: line 3:", "future.json: the report is left out: line 1: schemaVersion 1",
      "review.json: the report is left out: line 1: the report of an audit is expected", "empty.json:",
      "bare.json: the report is left out: line 1: the member tool is expected", "gone.json: can't read the report",
      "beta.json: beta was in beta.json already, and counts once",
      ".: can't read the report",
    ]
    for words in expected { #expect(report.errors.contains("error: \(words)"), "\(words) in \(report.errors)") }
    #expect(!report.errors.contains("\u{1b}"))
  }

  @Test func `a report that is too large is refused at once`() throws {
    try audit(repo("beta"), to: "beta.json")
    try TestSupport.run("truncate", ["-s", "1G", "large.json"], in: folder.root, environment: Product.environment)
      .expectSuccess()
    let result = try run(["merge", "large.json", "beta.json", "--quiet"])
    #expect(result.status == 2 && result.errorText.contains("large.json: can't read the report: it is larger than"))
    #expect(result.text.contains("workers-all-zero"))
  }

  @Test func `a report of another version is a warning`() throws {
    try audit(repo("gamma"), to: "gamma.json")
    let text = try folder.text("gamma.json").replacing("\"version\": \"", with: "\"version\": \"9")
    try folder.write("gamma.json", text)
    let result = try run(["merge", "gamma.json"])
    #expect(result.status == 0 && result.errorText.contains("warning: gamma.json: written by fluxwarden 9"))
  }
}

extension ProgramResult {
  fileprivate func expectSuccess() throws {
    guard status == 0 else { throw ProgramError(errorText) }
  }
}
