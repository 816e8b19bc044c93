import Manifests
import TestSupport
import Testing

/// What fluxwarden is packed into for the places where it is used.
@Suite struct PackagingTests {
  private static func file(_ path: String) throws -> String {
    try run("cat", [Product.project + "/" + path], in: "/", environment: Product.environment).text
  }

  private static let commands = [
    "check", "review", "audit", "merge", "plan", "build", "rules", "explain", "hook", "install-hooks", "baseline",
    "init",
    "schema", "man",
  ]

  @Test func `the manual page names every command and is right for man`() throws {
    let folder = try TemporaryFolder()
    let page = try Product.run(["man"], in: "/")
    #expect(page.status == 0 && page.text.hasPrefix(".TH FLUXWARDEN 1"))
    for command in PackagingTests.commands {
      #expect(page.text.contains(".SS \"\(command.replacing("-", with: "\\-"))\""), "\(command)")
    }
    #expect(page.text.contains("pre\\-receive") && page.text.contains("EXIT STATUS"))
    guard try run("sh", ["-c", "command -v groff"], in: "/", environment: Product.environment).status == 0 else {
      return
    }
    try folder.write("page.1", page.text)
    let set = try run(
      "groff", ["-man", "-Tutf8", "-ww", "page.1"], in: folder.root, environment: Product.environment)
    #expect(set.status == 0 && set.errorText.isEmpty && set.text.contains("fluxwarden review"), "\(set.errorText)")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions name every command`(_ shell: String) throws {
    let script = try Product.run(["--generate-completion-script", shell], in: "/")
    #expect(script.status == 0)
    for command in PackagingTests.commands { #expect(script.text.contains(command), "\(command)") }
  }

  @Test(arguments: [
    "action.yml", "examples/ci/github.yaml", "examples/ci/gitlab.yaml", "examples/ci/tekton.yaml",
    ".pre-commit-hooks.yaml", "examples/fleet-audit/github.yaml",
  ])
  func `the files for CI systems are YAML, and no expression is put into a script`(_ path: String) throws {
    let stream = YAMLStream.parse(Array(try PackagingTests.file(path).utf8))
    #expect(stream.firstProblem == nil)
    let root = try #require(stream.documents.first?.root)
    #expect(PackagingTests.scripts(in: root).allSatisfy { !$0.contains("${{") && !$0.contains("$(params") })
  }

  private static func root(_ path: String) throws -> Node {
    let stream = YAMLStream.parse(Array(try file(path).utf8))
    return try #require(stream.documents.first?.root)
  }

  @Test func `a label that is put on or taken off a pull request starts a review`() throws {
    let types = try PackagingTests.root("examples/ci/github.yaml")["on"]?["pull_request"]?["types"]
    let names = types?.items.compactMap(\.text) ?? []
    #expect(Set(names).isSuperset(of: ["opened", "synchronize", "reopened", "labeled", "unlabeled"]))
  }

  @Test func `the image works in folders that belong to another user`() throws {
    #expect(try PackagingTests.file("examples/package/Dockerfile").contains("git config --system --add safe.directory"))
    for job in ["audit", "merge"] {
      let container = try PackagingTests.root("examples/fleet-audit/github.yaml")["jobs"]?[job]?["container"]
      #expect(container?["image"]?.text?.contains("fluxwarden") == true && container?["options"]?.text == "--user root")
    }
  }

  /// The texts under the keys that are run by a shell.
  private static func scripts(in node: Node) -> [String] {
    let own = ["run", "script", "args"].compactMap { node[$0] }.flatMap { [$0.text] + $0.items.map(\.text) }
    return own.compactMap { $0 } + (node.entries.map(\.value) + node.items).flatMap { scripts(in: $0) }
  }

  @Test func `the action reviews a pull request and writes its reports`() throws {
    let repository = try TestRepository.fleet()
    try repository.git("update-ref refs/remotes/origin/main HEAD")
    try repository.scaleToZero()
    try repository.commit("zero")
    let script = Product.project + "/examples/ci/github-review"
    func review(_ inputs: [String: String]) throws -> ProgramResult {
      let base = ["INPUT_BASE": "main", "INPUT_POST": "false"]
      return try run(
        script, [], in: repository.path,
        environment: Product.environment.merging(base) { $1 }.merging(inputs) { $1 })
    }
    let found = try review([
      "INPUT_SARIF": repository.folder.path("out.sarif"), "GITHUB_STEP_SUMMARY": repository.folder.path("summary.md"),
    ])
    #expect(found.status == 1 && found.text.contains("::error file="), "\(found.errorText)")
    #expect(try repository.folder.text("out.sarif").contains("workers-all-zero"))
    #expect(try repository.folder.text("summary.md").contains("1 critical"))
    let allowed = try review(["INPUT_ALLOW": "workers-all-zero=prod\n", "INPUT_ALLOW_REASON": "the label"])
    #expect(allowed.status == 0, "\(allowed.errorText)")
    #expect(try review(["INPUT_FAIL_ON": "never"]).status == 0)
    #expect(try review(["INPUT_BASE": ""]).status == 2)
    for hostile in ["$(touch hacked)", "main; touch hacked", "--help", "no-such-branch"] {
      #expect(try review(["INPUT_BASE": hostile]).status == 2, "\(hostile)")
      #expect(try review(["INPUT_ALLOW": hostile, "INPUT_ALLOW_REASON": hostile]).status != 0, "\(hostile)")
    }
    #expect(!repository.folder.exists("repo/hacked"))
  }

  /// A program with the Swift runtime linked in, where one was built.
  private static let release: String? = {
    let path = Product.project + "/.build/release/fluxwarden"
    let script = "! ldd '\(path)' | grep -q libswiftCore && '\(path)' man >/dev/null"
    let linked = try? run("sh", ["-c", script], in: "/", environment: Product.environment)
    return linked?.status == 0 ? path : nil
  }()

  @Test(.enabled(if: PackagingTests.release != nil, "no release build is there"))
  func `the archive and the Debian package hold the program, its manual, completions and hooks`() throws {
    let folder = try TemporaryFolder()
    var environment = Product.environment
    environment["FLUXWARDEN"] = PackagingTests.release
    for script in ["tarball", "debian"] {
      let made = try run(
        Product.project + "/examples/package/" + script, [folder.root], in: "/", environment: environment)
      #expect(made.status == 0, "\(made.errorText)")
      let path = made.text.split(separator: "\n").last.map(String.init) ?? ""
      let list = try run(
        "sh", ["-c", script == "debian" ? "dpkg-deb -c \(path); dpkg-deb -I \(path)" : "tar -tzf \(path)"], in: "/",
        environment: environment)
      for name in ["bin/fluxwarden", "man1/fluxwarden.1.gz", "_fluxwarden", "hooks/pre-receive", "copyright"] {
        #expect(list.text.contains(name), "\(script) \(name)")
      }
      if script == "debian" {
        #expect(list.text.contains("libgit2-1") && list.text.contains("libvectorscan"), "\(list.text)")
      }
    }
  }
}
