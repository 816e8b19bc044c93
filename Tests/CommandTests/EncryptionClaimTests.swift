import TestSupport
import Testing

/// What a file's encryption promises, and what becomes of values that were encrypted.
@Suite struct EncryptionClaimTests {
  let repository: TestRepository
  private static let password = "Gr3en" + "Horse9x"

  init() throws { repository = try TestRepository() }

  private func release(_ values: String, sops: String = "") -> String {
    let block = sops.isEmpty ? "" : "sops:\n  mac: \(Manifest.ciphertext)\n\(sops)"
    return """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: web, namespace: shop}
      spec:
        values:
      \(values)
      """ + block
  }

  private func secret(_ lines: String, sops: String = "") -> String {
    "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData:\n\(lines)"
      + (sops.isEmpty ? "" : "sops:\n  mac: \(Manifest.ciphertext)\n\(sops)")
  }

  private func check(_ text: String, at path: String = "web.yaml") throws -> ReportJSON {
    try repository.write(path, text)
    try repository.git("add --all")
    return try repository.report("check")
  }

  @Test(arguments: [
    "  encrypted_regex: ^(data|stringData|loadBalancerIP)$\n", "  encrypted_suffix: _secret\n",
    "  unencrypted_regex: ^values$\n", "  unencrypted_suffix: es\n", "  encrypted_comment_regex: sops\n",
  ])
  func `a value that SOPS leaves alone is not said to be encrypted`(sops: String) throws {
    let text = release("    host: web.lan\n    tcp: {\"8080\": shop/web:8080}\n", sops: sops)
    #expect(try check(text).rules.isEmpty)
  }

  @Test(arguments: [
    "", "  encrypted_regex: ^(data|values)$\n", "  encrypted_suffix: st\n", "  unencrypted_regex: ^tcp$\n",
    "  unencrypted_suffix: _unencrypted\n", "  encrypted_regex: '(values'\n",
  ])
  func `a value that SOPS would have encrypted is told`(sops: String) throws {
    let text = release("    host: web.lan\n    tcp: {\"8080\": shop/web:8080}\n", sops: sops + "  version: 3.9.0\n")
    #expect(try check(text).rules == ["encryption-pretended"])
  }

  @Test func `a file that is called encrypted is, but for settings that SOPS leaves alone`() throws {
    let sops = "sops:\n  mac: \(Manifest.ciphertext)\n  encrypted_regex: ^(data|stringData)$\n"
    let settings = "clusterName: staging\npods: 10.200.0.0/16\n"
    #expect(try check(settings + sops, at: "env.sops.yaml").rules.isEmpty)
    let text = settings + "encryptionKey: \(Self.password)\n" + sops
    let finding = try check(text, at: "env.sops.yaml").only("encryption-pretended")
    #expect(finding["severity"].text == "critical" && finding["message"].text?.contains("the file's name") == true)
  }

  @Test func `a Secret that asks to be filled in before it is encrypted is medium`() throws {
    let path = "db.enc.yaml"
    let empty = secret("  repository: bucket/backup\n  password: REPLACE_WITH_GENERATED_PASSWORD\n")
    #expect(try check(empty, at: path).only("encryption-pretended")["severity"].text == "medium")
    let filled = secret("  repository: bucket/backup\n  password: \(Self.password)\n")
    #expect(try check(filled, at: path).only("encryption-pretended")["severity"].text == "critical")
  }

  @Test func `a password that SOPS leaves alone is told as such`() throws {
    let sops = "  encrypted_regex: ^data$\n"
    #expect(try check(secret("  password: \(Self.password)\n", sops: sops)).rules == ["encryption-incomplete"])
    let values = release("    adminPassword: \(Self.password)\n", sops: sops)
    #expect(try check(values).rules == ["encryption-incomplete"])
  }

  /// The severity with which it is told that `text` took the place of the same fields in ciphertext.
  private func severity(of text: String, after sealed: String) throws -> String? {
    try repository.write("web.yaml", sealed)
    try repository.commit("sealed")
    return try check(text).only("encryption-removed")["severity"].text
  }

  @Test(arguments: [
    ("path", "/"), ("pathType", "Prefix"), ("url", "https://store.example.com/backup"), ("domain", "shop.io"),
    ("range", "0.0.0.0/0"), ("address", "10.0.0.2"), ("mode", "rw"), ("image", "shop/web-server"),
  ])
  func `configuration that was encrypted and is in clear is low`(key: String, value: String) throws {
    let sealed = release("    \(key): \(Manifest.ciphertext)\n")
    #expect(try severity(of: release("    \(key): \(value)\n"), after: sealed) == "low")
  }

  @Test(arguments: [
    ("password", password), ("password", "violet"), ("pinToken", "482913"), ("setting", "Blue" + "Horse7x"),
    ("ping", "https://watch.shop.net/4f1c2a" + "9b-7d3e-4a51-8c60-2b9f7e13d5a8"), ("note", "first word, second"),
  ])
  func `what may be a secret stays critical when it is in clear`(key: String, value: String) throws {
    let sealed = release("    path: \(Manifest.ciphertext)\n    \(key): \(Manifest.ciphertext)\n")
    #expect(try severity(of: release("    path: /\n    \(key): \(value)\n"), after: sealed) == "critical")
    #expect(try repository.report("check").only("encryption-removed")["field"].text == "spec.values.\(key)")
  }

  @Test func `words of a Secret that was encrypted are medium`() throws {
    let sealed = secret("  user: \(Manifest.ciphertext)\n  host: \(Manifest.ciphertext)\n")
    #expect(try severity(of: secret("  user: shop\n  host: db.lan\n"), after: sealed) == "medium")
  }

  @Test func `a Secret of addresses that are base64 twice reads like configuration`() throws {
    let address = Manifest.base64("certificates@example.com")
    let url = Manifest.base64("https://acme.example.com/v2/directory")
    let finding = try check(secret("  accountEmail: \(address)\n  acmeServer: \(url)\n")).only("plaintext-secret")
    #expect(finding["severity"].text == "medium")
    let key = Manifest.base64("q7Zr2Lm9" + "Xw4Kd8Tn1Vb6")
    #expect(try check(secret("  setting: \(key)\n")).only("plaintext-secret")["severity"].text == "critical")
  }
}
