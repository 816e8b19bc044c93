import TestSupport
import Testing

/// Credentials in manifests: one value is one finding, told by what knows most about it, whatever commit brought which
/// form of it.
@Suite struct SecretPlaceTests {
  let repository: TestRepository
  private static let password = "Gr3en" + "Horse9x"
  private static let key = "f8a7Kq29Zx" + "mv0PqLr71mWs"

  private static let short = "v7" + "x4"

  init() throws { repository = try TestRepository() }

  private func secret(_ lines: String, name: String = "db") -> String {
    "apiVersion: v1\nkind: Secret\nmetadata: {name: \(name), namespace: shop}\nstringData:\n\(lines)"
  }

  /// What `audit` finds in all references, as `rule path`.
  private func audit() throws -> [String] {
    try repository.report("audit", "--all").findings.map {
      "\($0["rule"].text ?? "") \($0["location"]["path"].text ?? "")"
    }
  }

  @Test func `a type with a mark speaks instead of the place, with the object and the field`() throws {
    try repository.write("db.yaml", secret("  token: \(Manifest.token)\n"))
    try repository.git("add --all")
    let finding = try repository.report("check").only("github-pat")
    #expect(finding["object"]["name"].text == "db")
    #expect(finding["field"].text == "stringData.token")
    #expect(try repository.report("check").rules == ["github-pat"])
  }

  @Test func `a value that moves from a file into a Secret is one finding over all commits`() throws {
    try repository.write("deploy.env", "DB_PASSWORD=\(Self.key)\n")
    try repository.commit("env")
    try repository.delete("deploy.env")
    try repository.write("db.yaml", secret("  password: \(Self.key)\n"))
    try repository.commit("secret", minute: 1)
    try repository.write("db.yaml", secret("  password: \(Self.key)\n  user: shop\n"))
    try repository.commit("user", minute: 2)
    let report = try repository.report("audit", "--all")
    #expect(report.findings.count == 1, "\(report.rules)")
    #expect(report.findings.first?["exposure"]["live"] == .bool(true))
  }

  @Test(arguments: ["secrets: {app: {stringData: {SESSION: VALUE}}}", "secretEnv: {SESSION: VALUE}"])
  func `a chart's values are a Secret where they are called so`(values: String) throws {
    let release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\n"
    try repository.write("shop.yaml", "\(release)spec: {values: {\(values.replacing("VALUE", with: Self.key))}}\n")
    try repository.git("add --all")
    let finding = try repository.report("check").only("secret-in-env")
    #expect(finding["field"].text?.hasSuffix(".SESSION") == true)
    try repository.write("shop.yaml", "\(release)spec: {values: {\(values.replacing("VALUE", with: "info"))}}\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
  }

  @Test func `a key in a file and in a Secret's base64 is one finding`() throws {
    let pem = Manifest.privateKey
    try repository.write("tls.key.txt", pem)
    try repository.commit("file")
    try repository.write(
      "tls.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: tls}\ndata:\n  tls.key: \(Manifest.base64(pem))\n")
    try repository.commit("secret", minute: 1)
    #expect(try audit() == ["private-key tls.key.txt"])
  }

  @Test func `the same Secret over many commits and in a moved file is one finding`() throws {
    for minute in 0..<5 {
      try repository.write("a/db.yaml", secret("  password: \(Self.password)\n  note: \"\(minute)\"\n"))
      try repository.commit("edit \(minute)", minute: minute)
    }
    try repository.git(["mv", "a", "b"])
    try repository.commit("move", minute: 9)
    #expect(try audit() == ["plaintext-secret a/db.yaml"])
    try repository.git(["mv", "b", "c"])
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
  }

  @Test func `another password that can be guessed is new in a check, at the same place too`() throws {
    try repository.write("db.yaml", secret("  password: \(Self.password)\n"))
    try repository.commit()
    try repository.write("db.yaml", secret("  password: Blue\(Self.password)\n"))
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["plaintext-secret"])
  }

  @Test(arguments: [[0xE9], [0xFF], [0xED, 0xA0, 0x80], [0x07], [0xC2, 0x81]] as [[UInt8]])
  func `a short password is told beside bytes that no YAML may hold`(bytes: [UInt8]) throws {
    let text = Array(secret("  # The caf").utf8) + bytes + Array("\n  password: \(Self.short)\n".utf8)
    try repository.write("db.yaml", bytes: text)
    try repository.git("add --all")
    let finding = try repository.report("check").only("plaintext-secret")
    #expect(finding["field"].text == "stringData.password" && finding["location"]["startLine"].int == 6)
  }

  @Test func `a Secret without anything like a credential is one medium finding`() throws {
    try repository.write("db.yaml", secret("  user: shop\n  host: db.lan\n  port: \"5432\"\n"))
    try repository.git("add --all")
    let report = try repository.report("check")
    #expect(report.rules == ["plaintext-secret"])
    #expect(report.findings.first?["severity"].text == "medium")
    #expect(report.status == 0)
  }

  @Test(arguments: ["stringData", "data"])
  func `a Secret with nothing in it yet is one medium finding`(field: String) throws {
    let text = secret("  user: \"\"\n  password: \"\"\n").replacing("stringData:", with: "\(field):")
    try repository.write("db.yaml", text)
    try repository.git("add --all")
    let finding = try repository.report("check").only("plaintext-secret")
    #expect(finding["severity"].text == "medium" && finding["field"].text == "\(field).user")
    #expect(finding["message"].text?.contains("is empty in a Secret in clear") == true)
    try repository.write("db.yaml", secret("  user: ${USER}\n"))
    try repository.git("add --all")
    #expect(try repository.report("check").rules == [])
  }

  @Test func `a credential that its name tells is told by it within base64 too`() throws {
    let value = "9f27c04be18d" + "53a6f0c4e2b7" + "81d95a3c6e0f42b7"
    try repository.write(
      "db.yaml", secret("  DD_APP_KEY: \(Manifest.base64(value))\n").replacing("stringData", with: "data"))
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["datadog-app-key"])
  }

  @Test func `two passwords of one Secret are two findings, and those of a text in it as well`() throws {
    try repository.write(
      "db.yaml",
      secret("  password: \(Self.password)\n  conf: |\n    [db]\n    password = \(Self.key)\n    host = db.lan\n"))
    try repository.git("add --all")
    let places = try repository.report("check").findings.map { "\($0["rule"].text ?? "") \($0.place)" }
    #expect(places == ["plaintext-secret db.yaml:5:13-5:25", "plaintext-secret db.yaml:8:16-8:38"])
  }

  @Test func `a decrypted file is told once, under the commit that did it`() throws {
    let encrypted = secret("  password: \(Manifest.ciphertext)\nsops:\n  mac: \(Manifest.ciphertext)\n")
    try repository.write("db.sops.yaml", encrypted)
    try repository.commit("encrypted")
    #expect(try audit().isEmpty)
    try repository.write("db.sops.yaml", secret("  password: \(Self.password)\n"))
    let decrypted = try repository.commit("decrypted", minute: 1)
    try repository.write("db.sops.yaml", encrypted)
    try repository.commit("encrypted again", minute: 2)
    let report = try repository.report("audit", "--all")
    #expect(report.rules == ["encryption-removed"])
    #expect(report.findings.first?["commit"]["id"].text == decrypted)
    #expect(try repository.report("review", "HEAD~2").rules == ["encryption-removed"])
    #expect(try repository.report("review", "HEAD~2..HEAD~1").rules == ["encryption-removed"])
  }

  @Test func `a file decrypted into another name is told`() throws {
    try repository.write(
      "values.sops.yaml", "auth:\n  password: \(Manifest.ciphertext)\nsops:\n  mac: \(Manifest.ciphertext)\n")
    try repository.write("app.sops.env", "API_KEY=\(Manifest.ciphertext)\nsops_version=3.9.0\n")
    try repository.commit("encrypted")
    try repository.git(["mv", "values.sops.yaml", "values.yaml"])
    try repository.git(["mv", "app.sops.env", "app.env"])
    try repository.write("values.yaml", "auth:\n  password: \(Self.password)\n")
    try repository.write("app.env", "API_KEY=\(Self.key)\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["encryption-removed", "encryption-removed"])
  }

  @Test func `a file that was ciphertext as a whole and is none is told`() throws {
    try repository.write("cluster/age.key.age", "age-encryption.org/v1\n-> X25519 abc\n")
    try repository.commit("encrypted")
    try repository.write("cluster/age.key.age", "something else\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["encryption-removed"])
  }

  @Test func `a file of variables that is called encrypted and is not is told`() throws {
    try repository.write("app.sops.env", "GREETING=hello\nDB_PASSWORD=\(Self.password)\n")
    try repository.write("empty.sops.yaml", "")
    try repository.write(".sops.yaml", "creation_rules:\n  - path_regex: .*\n    age: age1abc\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["encryption-pretended"])
  }

  @Test func `settings in a sample or a template are told nothing, a password in it is`() throws {
    try repository.write("config.sample.yaml", secret("  user: shop\n  cidr: 10.0.0.0/16\n"))
    try repository.write("templates/db.sops.yaml", secret("  user: admin\n  password: !{password}\n"))
    try repository.write("templates/real.yaml", secret("  password: \(Self.password)\n", name: "real"))
    try repository.git("add --all")
    let report = try repository.report("check")
    #expect(report.findings.map { $0["location"]["path"].text } == ["templates/real.yaml"])
  }

  @Test func `a file that is called encrypted and holds settings alone is medium`() throws {
    try repository.write("talenv.sops.yaml", "clusterName: staging\nendpoint: https://10.0.0.1:6443\n")
    try repository.git("add --all")
    let finding = try repository.report("check").only("encryption-pretended")
    #expect(finding["severity"].text == "medium")
  }

  @Test func `two files may hold a Secret of the same name, each with its own value`() throws {
    try repository.write("staging/db.yaml", secret("  password: \(Manifest.token)\n"))
    try repository.write("prod/db.yaml", secret("  password: \(Self.password)\n"))
    try repository.git("add --all")
    #expect(Set(try repository.report("check").rules) == ["github-pat", "plaintext-secret"])
  }

  @Test func `what is made for tests counts only where it cannot have been typed`() throws {
    let line = "DB_PASSWORD=\(Self.password)\n"
    for path in ["testdata/app.env", ".github/tests/app.env", "a/__mocks__/app.env", "test-fixtures/app.env"] {
      try repository.write(path, line + "TOKEN=\(Manifest.token)\n")
    }
    try repository.write("client_test.go", "c := New(Config{Password: \"\(Self.password)\"})\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules == ["github-pat"])
  }

  @Test func `a file among those made for tests and elsewhere too is judged by where it is meant`() throws {
    try repository.write("testdata/app.env", "DB_PASSWORD=\(Self.password)\n")
    try repository.write("notes.txt", secret("  password: \(Self.password)x\n"))
    try repository.commit("fixtures")
    #expect(try audit().isEmpty)
    try repository.write("deploy/app.env", "DB_PASSWORD=\(Self.password)\n")
    try repository.write("deploy/db.yaml", secret("  password: \(Self.password)x\n"))
    try repository.commit("deployed", minute: 1)
    #expect(Set(try repository.report("audit", "--all").rules) == ["generic-password", "plaintext-secret"])
  }

  @Test func `the plain files of a secret generator are judged as a Secret, at their exact place`() throws {
    try repository.write(
      "app/kustomization.yaml",
      "secretGenerator:\n- name: app\n  envs: [conf/app.env]\n  files: [password=conf/login.txt, conf/host.txt]\n")
    try repository.write("app/conf/app.env", "# settings\nGREETING=hello\nPIN=\(Self.key)\nMODE=${MODE}\n")
    try repository.write("app/conf/login.txt", "\(Self.password)\n")
    try repository.write("app/conf/host.txt", "db.shop.svc.cluster.local\n")
    try repository.write("other/login.txt", "\(Self.password)\n")
    try repository.git("add --all")
    let places = try repository.report("check").findings.map { "\($0["rule"].text ?? "") \($0.place)" }
    #expect(
      places == [
        "secret-generator-literal app/conf/app.env:3:5-3:27", "secret-generator-literal app/conf/login.txt:1:1-1:13",
      ])
    let text = try repository.fluxwarden("check").text
    #expect(!text.contains(Self.key) && !text.contains(Self.password))
    try repository.commit()
    #expect(
      Set(try audit()) == ["secret-generator-literal app/conf/app.env", "secret-generator-literal app/conf/login.txt"])
    #expect(try repository.report("check").rules.isEmpty)
  }

  @Test func `a kustomization that comes to name a file makes a Secret of what the file held all along`() throws {
    try repository.write("app/login.txt", "\(Self.password)\n")
    try repository.write("app/kustomization.yaml", "resources: []\n")
    try repository.commit()
    try repository.write("app/kustomization.yaml", "secretGenerator:\n- {name: app, files: [password=login.txt]}\n")
    try repository.git("add --all")
    let findings = try repository.report("check").findings
    #expect(
      findings.map { "\($0["rule"].text ?? "") \($0.place)" } == ["secret-generator-literal app/login.txt:1:1-1:13"])
    try repository.commit()
    try repository.write("app/kustomization.yaml", "secretGenerator:\n- {name: web, files: [password=login.txt]}\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
  }

  @Test func `encrypted files of a secret generator are passed over`() throws {
    try repository.write(
      "kustomization.yaml", "secretGenerator:\n- name: app\n  envs: [app.env]\n  files: [login.txt, ../up.txt]\n")
    try repository.write("app.env", "PASSWORD=\(Manifest.ciphertext)\nsops_version=3.9.0\n")
    try repository.write("login.txt", "age-encryption.org/v1\n-> X25519 abc\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
  }
}
