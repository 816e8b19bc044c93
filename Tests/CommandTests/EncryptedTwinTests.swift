import TestSupport
import Testing

/// A template in clear beside the encrypted Secret that is made from it.
@Suite struct EncryptedTwinTests {
  let repository: TestRepository
  private static let password = joined("Gr3en", "Horse9x")
  private static let key = joined("f8a7Kq29Zx", "mv0PqLr71mWs")

  init() throws { repository = try TestRepository() }

  private func secret(_ value: String) -> String {
    "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData:\n  password: \(value)\n"
  }

  /// The rules of the working tree after the files of the last commit went to `places` and `files` came.
  private func rules(moving places: [(String, String)] = [], writing files: [String: String] = [:]) throws -> [String] {
    for (old, new) in places {
      try repository.write(new, try repository.git("show HEAD:\(old)") + "\n")
      try repository.delete(old)
    }
    for (path, text) in files { try repository.write(path, text) }
    try repository.git("add --all")
    let now = try repository.report("check").rules
    try repository.commit("change", minute: 1)
    let then = try repository.report("audit").findings.filter { $0["commit"]["summary"].text == "change" }
    #expect(then.contains { $0["rule"].text == "encryption-removed" } == now.contains("encryption-removed"))
    return now
  }

  @Test func `a template that moves with its encrypted twin loses no encryption`() throws {
    try repository.write("db/secret-tmpl.yaml", secret("password"))
    try repository.write("db/secret.yaml", secret(Manifest.ciphertext))
    try repository.commit("both")
    let moved = [("db/secret-tmpl.yaml", "db/app/secret-tmpl.yaml"), ("db/secret.yaml", "db/app/secret.yaml")]
    #expect(try rules(moving: moved).isEmpty)
  }

  @Test func `a template that moves while its encrypted twin is deleted loses no encryption`() throws {
    try repository.write("db/secret-tmpl.yaml", secret("fill me in"))
    try repository.write("db/secret.yaml", secret(Manifest.ciphertext))
    try repository.commit("both")
    try repository.delete("db/secret.yaml")
    #expect(try rules(moving: [("db/secret-tmpl.yaml", "db/app/secret-tmpl.yaml")]).isEmpty)
  }

  @Test func `a new template beside an encrypted twin that changes loses no encryption`() throws {
    try repository.write("db/secret.yaml", secret(Manifest.ciphertext))
    try repository.commit("sealed")
    let twin = secret(Manifest.ciphertext) + "  user: \(Manifest.ciphertext)\n"
    #expect(try rules(writing: ["db/secret.yaml": twin, "db/tmpl/secret.yaml": secret("password")]).isEmpty)
  }

  @Test func `a copy in clear of what the twin hides is told`() throws {
    try repository.write("db/secret.yaml", secret(Manifest.ciphertext))
    try repository.commit("sealed")
    let twin = secret(Manifest.ciphertext) + "  user: \(Manifest.ciphertext)\n"
    #expect(
      try rules(writing: ["db/secret.yaml": twin, "db/plain.yaml": secret(Self.key)]).contains("encryption-removed"))
  }

  @Test func `a copy in clear that takes the place of the encrypted file is told`() throws {
    try repository.write("db/plain.yaml", secret(Self.password))
    try repository.write("db/secret.yaml", secret(Manifest.ciphertext))
    try repository.commit("both")
    #expect(try rules(moving: [("db/plain.yaml", "db/secret.yaml")]).contains("encryption-removed"))
  }

  @Test func `settings of a ConfigMap that was encrypted with its file are low`() throws {
    let map = { (value: String) in
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cni, namespace: shop}\ndata:\n  bpf-root: \(value)\n"
    }
    try repository.write("cni.yaml", map(Manifest.ciphertext))
    try repository.commit("sealed")
    try repository.write("cni.yaml", map("/sys/fs/bpf"))
    try repository.git("add --all")
    #expect(try repository.report("check").only("encryption-removed")["severity"].text == "low")
  }
}
