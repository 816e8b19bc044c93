import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `.pre-commit-hooks.yaml`, run by the real pre-commit framework where it can be had.
@Suite struct FrameworkTests {
  /// The framework's program: the one in PATH, or one installed from PyPI under `.build` once.
  private static let program: String? = {
    let environment = ProcessEnvironment.all
    let known = try? run("sh", ["-c", "command -v pre-commit"], in: "/", environment: environment)
    if let known, known.status == 0 { return known.text.trimmingSuffix("\n") }
    let folder = Product.project + "/.build/pre-commit"
    if access(folder + "/bin/pre-commit", X_OK) == 0 { return folder + "/bin/pre-commit" }
    let install = "'\(folder)/bin/pip' install --quiet --timeout 10 --retries 1 pre-commit"
    let script = "python3 -m venv '\(folder)' && \(install)"
    let made = try? run("sh", ["-c", script], in: Product.project, environment: environment, seconds: 180)
    if let made, made.status == 0 { return folder + "/bin/pre-commit" }
    print("The pre-commit framework is neither in PATH nor to be had from PyPI: its tests are skipped.")
    return nil
  }()

  @Test(.enabled(if: FrameworkTests.program != nil, "the pre-commit framework can't be had"))
  func `the framework runs the hook, when a commit only deletes files too`() throws {
    let program = try #require(FrameworkTests.program)
    let repository = try TestRepository.fleet()
    let hooks = try TestRepository(folder: repository.folder, name: "hooks")
    try hooks.folder.makeFolder("hooks")
    try hooks.git("init --quiet --initial-branch=main")
    for file in ["hooks/pre-commit", "hooks/pre-push", ".pre-commit-hooks.yaml"] {
      let text = try run("cat", [Product.project + "/" + file], in: "/", environment: Product.environment)
      try hooks.write(file, bytes: text.output)
    }
    try hooks.folder.setMode("hooks/hooks/pre-commit", 0o755)
    try hooks.folder.setMode("hooks/hooks/pre-push", 0o755)
    let revision = try hooks.commit("hooks")
    try repository.write(
      ".pre-commit-config.yaml",
      "repos:\n- repo: file://\(hooks.path)\n  rev: \(revision)\n  hooks:\n  - id: fluxwarden\n  - id: fluxwarden-push\n"
    )
    try repository.commit("use the framework", minute: 1)
    let home = ["PRE_COMMIT_HOME": repository.folder.path("cache"), "HOME": repository.folder.root]
    let environment = Product.environment.merging(home) { $1 }
    let install = try run(program, ["install"], in: repository.path, environment: environment)
    #expect(install.status == 0, "\(install.text)\(install.errorText)")

    try repository.write("README.md", "text\n")
    try repository.git("add --all")
    let harmless = try repository.tryCommit(environment: home)
    #expect(harmless.status == 0, "\(harmless.text)\(harmless.errorText)")

    try repository.git(["rm", "--quiet", Manifest.path])
    let deletion = try repository.tryCommit(environment: home)
    #expect(deletion.status == 1)
    #expect((deletion.text + deletion.errorText).contains("workload-cluster-removed"))

    let server = try repository.clone("server.git", ["--bare"])
    try repository.git(["remote", "add", "origin", "file://" + server.path])
    try repository.git("fetch --quiet origin")
    let more = try run(program, ["install", "--hook-type", "pre-push"], in: repository.path, environment: environment)
    #expect(more.status == 0, "\(more.text)\(more.errorText)")
    try repository.git("commit --quiet --no-verify -m away")
    let push = try repository.tryGit(["push", "--quiet", "origin", "main"], environment: environment)
    #expect(push.status == 1 && (push.text + push.errorText).contains("workload-cluster-removed"))
    try repository.git("checkout --quiet -b new")
    let branch = try repository.tryGit(["push", "--quiet", "origin", "new"], environment: environment)
    #expect(branch.status == 1 && (branch.text + branch.errorText).contains("workload-cluster-removed"))
  }
}

/// The environment of the tests themselves, for programs that need the network's settings.
private enum ProcessEnvironment {
  static var all: [String: String] {
    var result = ["LC_ALL": "C.UTF-8"]
    let names = """
      PATH HOME http_proxy https_proxy HTTP_PROXY HTTPS_PROXY no_proxy PIP_INDEX_URL PIP_CONFIG_FILE PIP_CERT
      SSL_CERT_FILE REQUESTS_CA_BUNDLE
      """
    for name in names.split(whereSeparator: \.isWhitespace).map(String.init) {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }
}

extension String {
  /// The text without a suffix.
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
