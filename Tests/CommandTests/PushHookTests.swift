import TestSupport
import Testing

/// `hooks/pre-push`, `hooks/pre-receive` and `hooks/update`, with real pushes over the file protocol.
@Suite struct PushHookTests {
  let client: TestRepository
  let server: TestRepository

  init() throws {
    client = try .fleet()
    server = try client.clone("server.git", ["--bare"])
    try server.git("config receive.denyDeleteCurrent ignore")
    try client.git(["remote", "add", "origin", "file://" + server.path])
    try client.git("fetch --quiet origin")
  }

  private func serve(_ hook: String) throws { try server.useHook(hook) }

  private func push(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramResult {
    try client.tryGit(
      ["push", "--quiet", "origin"] + arguments, environment: Product.environment.merging(environment) { $1 })
  }

  private func serverTip(_ name: String) throws -> String? {
    let result = try server.tryGit(["rev-parse", "--quiet", "--verify", name])
    return result.status == 0 ? result.text.trimmingCharacters : nil
  }

  @Test(arguments: ["pre-push", "pre-receive", "update"])
  func `a push that scales to zero is refused, a harmless one passes`(_ hook: String) throws {
    if hook == "pre-push" { try client.useHook(hook) } else { try serve(hook) }
    try client.scaleToZero()
    let bad = try client.commit("zero")
    let refused = try push("main")
    #expect(refused.status == 1 && (refused.text + refused.errorText).contains("workers-all-zero"))
    #expect(try serverTip("main") != bad)
    try client.git("reset --quiet --hard HEAD~1")
    try client.write("README.md", "text\n")
    let good = try client.commit("harmless")
    let passed = try push("main")
    #expect(passed.status == 0, "\(passed.errorText)")
    #expect(try serverTip("main") == good)
  }

  @Test func `objects in quarantine are read, and refused ones are gone`() throws {
    try serve("pre-receive")
    try client.write("release.sh", "TOKEN=\(Manifest.token)\n")
    let commit = try client.commit("token")
    let refused = try push("main")
    #expect(refused.status == 1 && refused.errorText.contains("github-pat"))
    #expect(!refused.errorText.contains(Manifest.token))
    #expect(try server.tryGit(["cat-file", "-e", commit]).status != 0)
  }

  @Test func `a push of many references is judged reference by reference`() throws {
    try client.git("branch old-feature")
    try client.git("branch stale")
    try client.git("tag v1")
    #expect(try push("old-feature", "stale", "v1").status == 0)
    try serve("pre-receive")

    // In one push: a new branch, a deleted one, a forced one, a new tag, a moved tag, and main going forward.
    try client.git("checkout --quiet -b new-feature")
    try client.write("docs/a.md", "a\n")
    try client.commit("a", minute: 1)
    try client.git("checkout --quiet old-feature")
    try client.git(["commit", "--quiet", "--amend", "--allow-empty", "-m", "rewritten"])
    try client.git("checkout --quiet main")
    try client.write("docs/b.md", "b\n")
    try client.commit("b", minute: 2)
    try client.git(["tag", "-a", "v2", "-m", "release"])
    try client.git("tag --force v1")
    let all = ["new-feature", ":stale", "+old-feature", "v2", "+v1", "main"]
    let passed = try client.tryGit(["push", "--quiet", "origin"] + all, environment: Product.environment)
    #expect(passed.status == 0, "\(passed.errorText)")
    #expect(try serverTip("stale") == nil)
    #expect(try serverTip("new-feature") == (try client.git("rev-parse new-feature")))

    // The same again with one bad one among them: all are refused, and the bad one is named.
    try client.git("checkout --quiet -b bad")
    try client.scaleToZero()
    try client.commit("zero", minute: 3)
    try client.git("checkout --quiet main")
    try client.write("docs/c.md", "c\n")
    try client.commit("c", minute: 4)
    let refused = try push("main", "bad", ":new-feature", "+v1")
    #expect(refused.status == 1 && refused.errorText.contains("refs/heads/bad"), "\(refused.errorText)")
    #expect(try serverTip("bad") == nil && serverTip("new-feature") != nil)
  }

  @Test func `with the update hook the good references of a push pass and the bad one does not`() throws {
    try serve("update")
    try client.write("docs/c.md", "c\n")
    let good = try client.commit("c")
    try client.git("checkout --quiet -b bad")
    try client.scaleToZero()
    try client.commit("zero", minute: 1)
    let result = try push("main", "bad")
    #expect(result.status == 1)
    #expect(try serverTip("main") == good && serverTip("bad") == nil)
  }

  @Test func `the default branch is held against its old value when it is forced or deleted`() throws {
    try serve("pre-receive")
    try client.git("checkout --quiet --orphan other")
    try client.git("rm -r --quiet --cached .")
    try client.git(["commit", "--quiet", "--allow-empty", "-m", "nothing left"])
    let forced = try push("+other:main")
    #expect(forced.status == 1 && forced.errorText.contains("workload-cluster-removed"), "\(forced.errorText)")
    let deleted = try push(":main")
    #expect(deleted.status == 1 && deleted.errorText.contains("workload-cluster-removed"), "\(deleted.errorText)")
    #expect(try serverTip("main") != nil)
  }

  @Test func `a first push to an empty server is judged as a whole`() throws {
    let empty = try TestRepository(folder: client.folder, name: "empty.git")
    try client.folder.makeFolder("empty.git")
    try empty.git("init --quiet --bare --initial-branch=main")
    try empty.useHook("pre-receive")
    let address = "file://" + empty.path
    let passed = try client.tryGit(["push", "--quiet", address, "main"], environment: Product.environment)
    #expect(passed.status == 0, "\(passed.errorText)")
    try client.git("checkout --quiet -b second")
    try client.write("a.sh", "TOKEN=\(Manifest.token)\n")
    try client.commit("token")
    try client.write("a.sh", "")
    try client.commit("no token", minute: 1)
    let refused = try client.tryGit(["push", "--quiet", address, "second"], environment: Product.environment)
    #expect(refused.status == 1 && refused.errorText.contains("github-pat"))
  }

  @Test func `the message of a tag, a tree and a file that a reference points at are searched`() throws {
    try serve("pre-receive")
    try client.git(["tag", "-a", "leak", "-m", "token \(Manifest.token)"])
    #expect(try push("leak").errorText.contains("github-pat"))
    try client.write("a.sh", "TOKEN=\(Manifest.token)\n")
    try client.git("add a.sh")
    let tree = try client.git("write-tree")
    try client.git("tag tree-leak \(tree)")
    #expect(try push("tree-leak").errorText.contains("github-pat"))
    let blob = try client.git("hash-object -w a.sh")
    try client.git("tag blob-leak \(blob)")
    #expect(try push("blob-leak").errorText.contains("github-pat"))
    #expect(try server.git("tag --list") == "")
  }

  @Test func `the old value of a reference decides, not what is pushed`() throws {
    try client.write(".fluxwarden.yaml", "waivers:\n- {rule: workers-all-zero, object: prod, reason: mine}\n")
    try client.scaleToZero()
    try client.commit("both")
    try serve("pre-receive")
    let refused = try push("main")
    #expect(refused.status == 1 && refused.errorText.contains("suppression-added"))
    // A new branch is judged by the default branch.
    let branch = try push("main:refs/heads/new")
    #expect(branch.status == 1 && branch.errorText.contains("workers-all-zero"))
    // The waiver alone lands, then the change passes.
    try client.git("reset --quiet --hard HEAD~1")
    try client.write(".fluxwarden.yaml", "waivers:\n- {rule: workers-all-zero, object: prod, reason: mine}\n")
    try client.commit("waiver", minute: 1)
    #expect(try push("main").status == 0)
    try client.scaleToZero()
    try client.commit("zero", minute: 2)
    let passed = try push("main")
    #expect(passed.status == 0 && passed.errorText.contains("by the configuration: mine"), "\(passed.errorText)")
  }

  @Test func `a push option or the client's environment does not open a server, the server's own does`() throws {
    try serve("pre-receive")
    try server.git("config receive.advertisePushOptions true")
    try client.scaleToZero()
    try client.commit("zero")
    let option = try push("--push-option=FLUXWARDEN_ALLOW=workers-all-zero", "main")
    #expect(option.status == 1)
    // Over the file protocol the server's hook inherits the client's environment: here that is the server's.
    let allowed = try push("main", environment: ["FLUXWARDEN_ALLOW": "workers-all-zero=prod: OPS-118"])
    #expect(allowed.status == 0 && allowed.errorText.contains("by the operator: OPS-118"), "\(allowed.errorText)")
  }

  @Test(arguments: ["pre-receive", "update"])
  func `a server hook that cannot look refuses`(_ hook: String) throws {
    try serve(hook)
    try client.write("README.md", "text\n")
    try client.commit("harmless")
    let without = try client.tryGit(["push", "--quiet", "origin", "main"])
    #expect(without.status == 1 && without.errorText.contains("can't find"))
    try client.write(".fluxwarden.yaml", "rules: {\n")
    try client.commit("broken", minute: 1)
    let broken = try push("main")
    #expect(broken.status == 1 && broken.errorText.contains("policy-loosened"))
    let allowed = try push("main", environment: ["FLUXWARDEN_ALLOW": "policy-loosened: to see"])
    #expect(allowed.status == 0, "\(allowed.errorText)")
    try client.write("README.md", "more\n")
    try client.commit("harmless", minute: 2)
    let closed = try push("main")
    #expect(closed.status == 1 && closed.errorText.contains(".fluxwarden.yaml"), "\(closed.errorText)")
  }

  @Test func `nonsense on standard input is an error, not a clean run`() throws {
    for (hook, text) in [
      ("pre-receive", ""), ("pre-receive", "x y\n"), ("pre-receive", "a b c\n"), ("pre-push", "x\n"),
    ] {
      let result = try run(
        Product.path, ["hook", hook], in: server.path, environment: Product.environment, input: Array(text.utf8))
      #expect(result.status == 2, "\(hook) \(text)")
    }
    let unknown = String(repeating: "1", count: 40)
    let missing = try run(
      Product.path, ["hook", "update", "refs/heads/x", RefZero.text, unknown], in: server.path,
      environment: Product.environment)
    #expect(missing.status == 2 && missing.errorText.contains("missing"))
  }

  @Test func `before a push only what the remote does not have is judged`() throws {
    try client.scaleToZero()
    try client.commit("zero, pushed without the hook")
    #expect(try push("main").status == 0)
    try client.useHook("pre-push")
    try client.write("README.md", "text\n")
    try client.commit("harmless", minute: 1)
    let passed = try push("main")
    #expect(passed.status == 0, "\(passed.errorText)")
    try client.git("checkout --quiet -b feature")
    try client.git(["rm", "--quiet", Manifest.path])
    try client.commit("away", minute: 2)
    let refused = try push("feature")
    #expect(refused.status == 1 && refused.text.contains("workload-cluster-removed"))
    #expect(try push("feature", environment: ["FLUXWARDEN_ALLOW": "workload-cluster-removed=prod: OPS"]).status == 0)
  }

  @Test func `the pre-commit framework names the references in its environment`() throws {
    try client.scaleToZero()
    let commit = try client.commit("zero")
    let environment = [
      "PRE_COMMIT_FROM_REF": try client.git("rev-parse HEAD~1"), "PRE_COMMIT_TO_REF": commit,
      "PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main",
    ]
    #expect(try client.fluxwarden("hook", "pre-push", environment: environment).status == 1)
    var new = environment
    new["PRE_COMMIT_FROM_REF"] = nil
    #expect(try client.fluxwarden("hook", "pre-push", environment: new).status == 1)
  }

  @Test func `the hooks are short`() throws {
    for hook in ["pre-commit", "pre-push", "pre-receive", "update"] {
      let text = try run("cat", [Product.project + "/hooks/" + hook], in: "/", environment: Product.environment).text
      #expect(text.hasPrefix("#!/bin/sh\n"))
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 20)
      #expect(try run("test", ["-x", Product.project + "/hooks/" + hook], in: "/").status == 0)
    }
  }

  @Test func `installed hooks call an earlier one first, with the same standard input`() throws {
    try server.hook("pre-receive", "cat > \"$GIT_DIR/earlier\"; test ! -e \"$GIT_DIR/refuse\"\n")
    let installed = try server.fluxwarden("install-hooks")
    #expect(installed.status == 0 && installed.text.contains("pre-receive"), "\(installed.errorText)")
    try client.scaleToZero()
    let bad = try client.commit("zero")
    let refused = try push("main")
    #expect(refused.status == 1 && refused.errorText.contains("workers-all-zero"), "\(refused.errorText)")
    #expect(try server.folder.text("server.git/earlier").contains(bad))
    try server.folder.write("server.git/refuse", "")
    #expect(try push("main", environment: ["FLUXWARDEN_ALLOW": "workers-all-zero: x"]).status == 1)
    try server.folder.delete("server.git/refuse")
    #expect(try push("main", environment: ["FLUXWARDEN_ALLOW": "workers-all-zero: x"]).status == 0)
    #expect(try server.fluxwarden("install-hooks", "--remove").text.contains("put the earlier one back"))

    let both = try client.fluxwarden("install-hooks", "--hook", "all")
    #expect(both.text.contains("pre-commit") && both.text.contains("pre-push"))
    try client.git(["rm", "--quiet", Manifest.path])
    try client.git("commit --quiet --no-verify -m away")
    #expect(try push("main").status == 1)
    #expect(try client.fluxwarden("install-hooks", "--remove").status == 0)
    #expect(!client.folder.exists("repo/.git/hooks/pre-push") && !client.folder.exists("repo/.git/hooks/pre-commit"))
  }
}

/// The id that stands for nothing.
private enum RefZero {
  static let text = String(repeating: "0", count: 40)
}

extension String {
  fileprivate var trimmingCharacters: String { String(prefix { !$0.isNewline }) }
}

extension TestRepository {
  /// Copies one of `hooks/` into the repository.
  func useHook(_ name: String) throws {
    let target = try git("rev-parse --git-path hooks") + "/" + name
    let source = Product.project + "/hooks/" + name
    let result = try run("install", ["-D", "-m", "755", source, target], in: path, environment: Self.environment)
    guard result.status == 0 else { throw ProgramError(result.errorText) }
  }
}
