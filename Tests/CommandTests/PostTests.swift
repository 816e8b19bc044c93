import Manifests
import TestSupport
import Testing

/// `fluxwarden review --post` against a loopback server that behaves like the forges' APIs.
@Suite(.enabled(if: LoopbackForge.isThere, "python3 or curl is not there"))
struct PostTests {
  let repository: TestRepository

  init() throws {
    repository = try .fleet()
    try repository.git("checkout --quiet -b change")
  }

  private func zero(_ minute: Int = 1) throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 0), ("md-1", 3)]))
    try repository.commit("zero", minute: minute)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `a finding is a comment on its line, a summary and a status, and is told once`(_ kind: LoopbackForge.Kind) throws
  {
    try zero()
    let forge = try LoopbackForge(kind, repository)
    let first = try forge.review()
    #expect(first.status == 1, "\(first.errorText)")
    #expect(try forge.open() == ["\(Manifest.path) RIGHT 14"])
    let comment = try #require(try forge.ours().first)
    let body = try #require(comment["body"].text)
    #expect(body.contains("worker-group-zero") && body.contains("`3` → `0`") && body.contains("**Do:**"))
    #expect(body.contains("```suggestion\n    count: 3\n```"), "\(body)")
    let summary = try #require(try forge.summaries().first)
    #expect(try forge.summaries().count == 1)
    #expect(summary.hasPrefix("<!-- fluxwarden:summary -->\n### fluxwarden: 1 high"), "\(summary)")
    let status = try #require(try forge.state()["statuses"].items.last)
    #expect(["failure", "failed"].contains(status["state"].text) && status["description"].text == "1 high")

    try forge.review()
    try repository.write("README.md", "text\n")
    try repository.commit("more", minute: 2)
    try forge.review()
    #expect(try forge.ours().count == 1 && forge.summaries().count == 1)
    #expect(try forge.state()["rejected"].items.isEmpty && forge.state()["refused"].int == 0)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `it is changed in place, folded away when mended, and opened again when it comes back`(
    _ kind: LoopbackForge.Kind
  ) throws {
    try zero()
    let forge = try LoopbackForge(kind, repository)
    try forge.review()
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("mended", minute: 2)
    let clean = try forge.review()
    #expect(clean.status == 0, "\(clean.errorText)")
    let mended = try #require(try forge.ours().first)
    #expect(mended["resolved"] == .bool(true) && mended["body"].text?.contains("Mended in") == true)
    #expect(try forge.summaries().first?.contains("nothing found") == true)
    #expect(try forge.state()["statuses"].items.last?["state"].text == "success")
    try forge.review()
    #expect(try forge.ours().count == 1)

    try zero(3)
    try forge.review()
    #expect(try forge.ours().count == 1)
    let back = try #require(try forge.ours().first)
    #expect(back["resolved"] == .bool(false) && back["body"].text?.contains("worker-group-zero") == true)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `a deletion is told at the line that goes`(_ kind: LoopbackForge.Kind) throws {
    try repository.delete(Manifest.path)
    try repository.commit("away", minute: 1)
    let forge = try LoopbackForge(kind, repository)
    #expect(try forge.review().status == 1)
    #expect(try forge.open().contains("\(Manifest.path) LEFT 4"))
    #expect(try forge.state()["rejected"].items.isEmpty && forge.state()["refused"].int == 0)
  }

  @Test func `what has no line in the diff stands at the file, or in the summary alone`() throws {
    try repository.git("checkout --quiet main")
    let padding = (0..<40).map { "# line \($0)\n" }.joined()
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync + padding)
    try repository.commit("padding")
    try repository.git("checkout --quiet -B change")
    // The token is gone at the end: it stands in no line of the diff, only in the file's history.
    try repository.write("a.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("token", minute: 1)
    try repository.write("a.sh", "TOKEN=\n")
    try repository.write("b.sh", "x\n")
    try repository.commit("no token", minute: 2)
    let forge = try LoopbackForge(.github, repository)
    #expect(try forge.review().status == 1)
    #expect(try forge.open() == ["a.sh FILE"])
    try repository.delete("a.sh")
    try repository.commit("no file", minute: 3)
    try forge.review()
    let summary = try #require(try forge.summaries().first)
    #expect(summary.contains("github-pat"))
    #expect(!summary.contains(Manifest.token))
  }

  @Test func `many findings go in batches that the forge takes`() throws {
    for number in 0..<62 {
      try repository.write("keys/\(number).sh", "TOKEN=\(Sample.token(UInt8(number)))\n")
    }
    try repository.commit("tokens", minute: 1)
    let forge = try LoopbackForge(.github, repository)
    #expect(try forge.review().status == 1)
    #expect(try forge.open().count == 62)
    let reviews = try forge.state()["log"].items.filter { $0.text == "POST /repos/o/r/pulls/1/reviews" }
    #expect(reviews.count == 3)
    try forge.review()
    #expect(try forge.ours().count == 62)
  }

  @Test func `what is beyond the limit of comments is not taken for mended, nor for a finding without a line`() throws {
    try zero()
    let forge = try LoopbackForge(.github, repository)
    try forge.review()
    for number in 0..<155 {
      try repository.write("keys/\(number).sh", "TOKEN=\(Sample.token(UInt8(number)))\n")
    }
    try repository.commit("tokens", minute: 2)
    let place = "\(Manifest.path) RIGHT 14"
    #expect(try forge.review().status == 1)
    #expect(try forge.open().count == 151 && forge.open().contains(place))
    let summary = try #require(try forge.summaries().first)
    #expect(summary.contains("6 of them are beyond the 150 "), "\(summary.suffix(300))")
    #expect(!summary.contains("have no line"))
    // What was mended and comes back is opened again.
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("mended", minute: 3)
    try forge.review()
    #expect(try !forge.open().contains(place))
    try zero(4)
    try forge.review()
    #expect(try forge.open().contains(place))
    #expect(try forge.ours().allSatisfy { $0["body"].text?.contains("Mended") == false })
  }

  @Test func `a refused batch is sent one by one, and nothing is lost or doubled`() throws {
    try zero()
    try repository.write("a.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("token", minute: 2)
    let forge = try LoopbackForge(.github, repository)
    try forge.fail("POST 200", "POST 422")
    let result = try forge.review()
    #expect(result.status != 0)
    try forge.review()
    #expect(Set(try forge.open()) == ["\(Manifest.path) RIGHT 14", "a.sh RIGHT 1"])
    #expect(try forge.summaries().count == 1 && forge.ours().count == 2)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `a busy forge is asked again, as late as it wishes`(_ kind: LoopbackForge.Kind) throws {
    try zero()
    let forge = try LoopbackForge(kind, repository)
    try forge.fail("GET 502", "GET 429 0", "POST 503 0", "POST 429 1", "POST 403 0")
    let result = try forge.review()
    #expect(result.status == 1, "\(result.errorText)")
    #expect(try forge.ours().count == 1 && forge.summaries().count == 1)
  }

  @Test func `a forge that is down is an error, and the findings are printed all the same`() throws {
    try zero()
    let forge = try LoopbackForge(.github, repository)
    try forge.fail("ANY 500 0", "ANY 500 0", "ANY 500 0", "ANY 500 0", "ANY 500 0")
    let down = try forge.review()
    #expect(down.status == 2 && down.text.contains("worker-group-zero"), "\(down.errorText)")
    var environment = forge.environment()
    environment["GITHUB_API_URL"] = "http://127.0.0.1:9"
    let refused = try Product.run(
      ["review", "main...change", "--post", "github"], in: repository.path, environment: environment)
    #expect(refused.status == 2 && refused.errorText.contains("127.0.0.1:9: it cannot be reached"))
  }

  @Test func `a token that may only read falls back to annotations and says so`() throws {
    try zero()
    let forge = try LoopbackForge(.github, repository)
    let result = try forge.review(token: "readonly")
    #expect(result.status == 1 && result.text.contains("::error file=\(Manifest.path),line=14"), "\(result.text)")
    #expect(result.errorText.contains("may not comment") && result.errorText.contains("annotations"))
    #expect(try forge.ours().isEmpty && forge.summaries().isEmpty)
    let once = try forge.review(["--format", "github"], token: "readonly")
    #expect(once.text.split(separator: "\n").filter { $0.hasPrefix("::error file=") }.count == 1)
  }

  /// Answers after which nothing was posted, although the token may write for all that is known.
  private static let refusals: [[String]] = [
    ["GET 401 Bad credentials"], ["GET 404 Not Found"], ["POST 401 Bad credentials"], ["POST 404 Not Found"],
    Array(repeating: "GET 429 0", count: 5), Array(repeating: "POST 403 0 x-ratelimit-remaining:0", count: 5),
    Array(repeating: "GET 403 0 x-ratelimit-remaining:0", count: 4) + ["GET 403 API rate limit exceeded"],
  ]

  @Test(arguments: refusals)
  func `only a plain 403 is a token that may only read: all else is an error`(_ refusal: [String]) throws {
    let forge = try LoopbackForge(.github, repository)
    try forge.fail(refusal)
    let result = try forge.review()
    #expect(result.status == 2 && !result.errorText.contains("may not comment"), "\(result.errorText)")
    #expect(try forge.summaries().isEmpty)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `a wrong token is an error, one that may only read a warning`(_ kind: LoopbackForge.Kind) throws {
    let forge = try LoopbackForge(kind, repository)
    let wrong = try forge.review(token: "wrong")
    #expect(wrong.status == 2 && wrong.errorText.contains("401"), "\(wrong.errorText)")
    let readonly = try forge.review(token: "readonly")
    #expect(readonly.status == 0 && readonly.errorText.contains("warning: the token may not"), "\(readonly.errorText)")
  }

  @Test func `a token stands in no argument, no output and no error, and without one nothing is posted`() throws {
    try zero()
    let forge = try LoopbackForge(.github, repository)
    let token = joined("ghs_", "notARealOneButLongEnough0123456789ab")
    let wrong = try forge.review(["--verbose"], token: token)
    #expect(!(wrong.text + wrong.errorText).contains(token))
    var environment = forge.environment()
    environment["FLUXWARDEN_TOKEN"] = nil
    let none = try Product.run(
      ["review", "main...change", "--post", "github"], in: repository.path, environment: environment)
    #expect(none.status == 2 && none.errorText.contains("there is no token") && none.text.contains("worker-group-zero"))
    // A curl that looks at its arguments and its standard input.
    try repository.folder.write(
      "bin/curl",
      "#!/bin/sh\necho \"$@\" > '\(repository.folder.path("arguments"))'\ncat > '\(repository.folder.path("input"))'\n")
    try repository.folder.setMode("bin/curl", 0o755)
    environment["FLUXWARDEN_TOKEN"] = token
    environment["PATH"] = repository.folder.path("bin") + ":" + (Product.environment["PATH"] ?? "")
    _ = try Product.run(["review", "main...change", "--post", "github"], in: repository.path, environment: environment)
    #expect(try repository.folder.text("arguments") == "-q --config -\n")
    #expect(try repository.folder.text("input").contains(token))
  }

  @Test func `comments that others wrote in our words silence nothing and are left alone`() throws {
    try zero()
    let probe = try repository.report("review", "main...change")
    let fingerprint = try #require(try probe.only("worker-group-zero")["fingerprint"].text)
    let forged = [
      "<!-- fluxwarden:\(fingerprint) -->\nall is well", "<!-- fluxwarden:summary -->\n### fluxwarden: nothing found",
    ]
    for kind in LoopbackForge.Kind.allCases {
      let forge = try LoopbackForge(kind, repository, forged: forged)
      try forge.review()
      #expect(try forge.ours().count == 1 && forge.summaries().count == 1, "\(kind)")
      let others = try forge.state()["comments"].items.filter { $0["user"]["username"].text == "mallory" }
      #expect(others.map { $0["body"].text } == [forged[0]])
    }
  }

  @Test func `names with line ends, back-ticks, commands, HTML and Markdown do nothing`() throws {
    let names = [
      "a`b.sh", "::error::x.sh", "<img src=x>.sh", "[x](y).sh", "a\"b\\c.sh", "new\nline.sh", "ü 😀.sh", "@team #1.sh",
    ]
    for (index, name) in names.enumerated() {
      try repository.write(name, "TOKEN=\(Sample.token(UInt8(index)))\n")
    }
    try repository.commit("names", minute: 1)
    for kind in LoopbackForge.Kind.allCases {
      let forge = try LoopbackForge(kind, repository)
      let result = try forge.review()
      #expect(result.status == 1, "\(kind) \(result.errorText)")
      #expect(try forge.ours().count == names.count, "\(kind)")
      #expect(try forge.state()["rejected"].items == [])
      let bodies = try forge.summaries() + forge.ours().compactMap { $0["body"].text }
      for body in bodies {
        let prose = body.replacing(#/`[^`\n]*`/#, with: "")
        #expect(!prose.contains("<img") && !prose.contains("@team "), "\(prose)")
      }
    }
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `a commit that was not judged gets no status and no summary, and the run says so`(
    _ kind: LoopbackForge.Kind
  ) throws {
    try repository.write("README.md", "text\n")
    let clean = try repository.commit("clean", minute: 1)
    let forge = try LoopbackForge(kind, repository)
    #expect(try forge.review().status == 0)
    #expect(try forge.state()["statuses"].items.map { $0["commit"].text } == [clean])
    let told = try forge.summaries()
    // Somebody pushes while the run looks at what was there before.
    try zero(2)
    let stale = try forge.review(range: "main...\(clean)")
    #expect(stale.status == 2 && stale.errorText.contains("nothing is posted"), "\(stale.errorText)")
    // The head is taken back behind what was judged: that it is part of it says nothing about it alone.
    let bad = try repository.git("rev-parse HEAD")
    try repository.write(Manifest.path, Manifest.cluster())
    let mended = try repository.commit("mended", minute: 3)
    try repository.git("checkout --quiet -B change \(bad)")
    #expect(try forge.review(range: "main...\(mended)").status == 2)
    #expect(try forge.state()["statuses"].items.map { $0["commit"].text } == [clean])
    #expect(try forge.summaries() == told && forge.ours().isEmpty)
    // The run for the newer commit tells.
    #expect(try forge.review().status == 1)
    #expect(try forge.state()["statuses"].items.last?["commit"].text == bad)
    #expect(try forge.summaries() != told)
  }

  @Test(arguments: [
    ["cat", Product.project + "/examples/ci/gitlab.yaml"], [Product.path, "init", "--forge", "gitlab"],
  ])
  func `GitLab's pipelines for merged results comment beside lines`(_ template: [String]) throws {
    try zero()
    let forge = try LoopbackForge(.gitlab, repository)
    let clone = try repository.clone("clone", ["--branch", "main"])
    try clone.git("merge --quiet --no-ff -m merge origin/change")
    let text = try run(template[0], Array(template.dropFirst()), in: clone.path, environment: Product.environment).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "fluxwarden:" }
    let job = YAMLStream.parse(Array(lines.joined(separator: "\n").utf8)).documents.first?.root?["fluxwarden"]
    let script = (job?["script"]?.items ?? []).compactMap(\.text).joined(separator: "\n")
    var environment = Product.environment.merging(forge.environment()) { $1 }
    environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main"
    environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = try repository.git("rev-parse change")
    let result = try run("sh", ["-ec", script], in: clone.path, environment: environment)
    #expect(result.status == 1, "\(result.errorText)")
    #expect(try forge.open() == ["\(Manifest.path) RIGHT 14"])
    // In a pipeline without merged results the variable is empty.
    try clone.git("checkout --quiet origin/change")
    environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = ""
    #expect(
      try run("sh", ["-ec", script], in: clone.path, environment: environment).status == 1)
  }

  @Test(arguments: LoopbackForge.Kind.allCases)
  func `the forge's own merge of the head stands for it, but for the lines`(_ kind: LoopbackForge.Kind) throws {
    try zero()
    let head = try repository.git("rev-parse HEAD")
    try repository.git("checkout --quiet -B merged main")
    try repository.write("README.md", "text\n")
    try repository.commit("meanwhile", minute: 2)
    try repository.git("merge --quiet --no-ff -m merge change")
    let forge = try LoopbackForge(kind, repository)
    let result = try forge.review(range: "merged^...merged")
    #expect(result.status == 1 && result.errorText.contains("no comments beside lines"), "\(result.errorText)")
    let status = try #require(try forge.state()["statuses"].items.last)
    #expect(status["commit"].text == head && ["failure", "failed"].contains(status["state"].text))
    #expect(try forge.ours().isEmpty && forge.summaries().first?.contains("a merge of") == true)
  }

  @Test func `a run that could not look mends nothing`() throws {
    try zero()
    let forge = try LoopbackForge(.github, repository)
    try forge.review()
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("mended", minute: 2)
    try repository.git("checkout --quiet main")
    try repository.write(".fluxwarden.yaml", "rules: {\n")
    try repository.commit("broken", minute: 3)
    #expect(try forge.review().status == 2)
    #expect(try forge.open().count == 1)
    #expect(try forge.summaries().first?.contains("not everything could be read") == true)
    let gone = try Product.run(
      ["review", "no-such-base...change", "--post", "github"], in: repository.path, environment: forge.environment())
    #expect(gone.status == 2 && gone.errorText.contains("no-such-base"))
    #expect(try forge.open().count == 1)
  }

  @Test func `a finding that was waived meanwhile says so in its comment`() throws {
    try zero()
    let forge = try LoopbackForge(.gitlab, repository)
    try forge.review()
    let allowed = try forge.review(["--allow", "worker-group-zero=prod", "--reason", "OPS-118"])
    #expect(allowed.status == 0)
    let body = try forge.ours().first?["body"].text ?? ""
    #expect(try forge.open().isEmpty && body.contains("Waived") && !body.contains("Mended"), "\(body)")
    #expect(try forge.summaries().first?.contains("1 waived") == true)
  }

  @Test func `a pull request of a fork without common history is no clean run`() throws {
    try repository.git("checkout --quiet --orphan change2")
    try repository.commit("elsewhere", minute: 1)
    let forge = try LoopbackForge(.github, repository)
    let result = try Product.run(
      ["review", "main...change2", "--post", "github"], in: repository.path, environment: forge.environment())
    #expect(result.status == 2 && result.errorText.contains("no common history"))
    #expect(try forge.state()["statuses"].items.allSatisfy { $0["state"].text == "failure" })
  }
}
