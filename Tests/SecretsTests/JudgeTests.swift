import Testing

@testable import Secrets

@Suite struct JudgeTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  private func verdict(_ template: String, key: String, parents: [String] = [], place: ValuePlace) -> String {
    switch scanner.judge(SampleTemplate(template).bytes, key: key, parents: parents, place: place) {
    case .credential(let matches): matches.map(\.type.id).joined(separator: ",")
    case .looksSecret(.random): "random"
    case .looksSecret(.typed): "typed"
    case .passedOver(let reason): reason.rawValue
    }
  }

  @Test(arguments: [
    ("ghp_{crc30}", "token", "github-pat"), ("{n40}", "password", "random"), ("{password}", "password", "typed"),
    ("{h32}", "DD_API_KEY", "datadog-api-key"), ("{b40}", "AWS_SECRET_ACCESS_KEY", "aws-secret-key"),
    ("-----BEGIN RSA PRIVATE KEY-----\n{der}\n-----END RSA PRIVATE KEY-----", "tls.key", "private-key"),
    ("correcthorse", "password", "typed"), ("{n32}", "data", "random"), ("<{n24}", "password", "random"),
    ("$h4mm{|}3r_n41l", "password", "random"), ("&{n24};", "password", "random"),
  ])
  func `a secret in a Secret is told`(template: String, key: String, expected: String) {
    #expect(verdict(template, key: key, place: .secretData) == expected)
  }

  @Test(arguments: [
    ("", "password", PassReason.empty), ("null", "password", .empty), ("changeme", "password", .placeholder),
    ("<your-token>", "token", .reference), ("<vault-secret:shop/db.password", "password", .reference),
    ("${TOKEN}", "token", .reference), ("{{ .token }}", "token", .reference), ("$certs_k8s_key", "token", .reference),
    ("$certs_k8sserviceaccount_key", "password", .reference), ("$db_01", "password", .reference),
    ("&operator-hash;", "password", .reference),
    ("ENC[AES256_GCM,data:{b20},iv:{b44},tag:{b24},type:str]", "password", .encrypted),
    ("AgC{b756}", "password", .encrypted), ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43}", "identity", .publicKey),
    ("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----", "ca.crt", .certificate),
    ("$2y$10${b53}", "password", .digest), ("{uuid}", "token", .uuid),
    ("wJalrXUtnFEMI/{|}K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_SECRET_ACCESS_KEY", .documentedExample),
    ("/etc/ssl/private/tls.key", "key", .locator), ("https://corp.test/x", "token", .locator),
    ("8443", "password", .number),
    ("grafana-admin-credentials", "token", .referenceName), ("info", "LOG_LEVEL", .ordinaryName),
  ])
  func `a harmless value is passed over for the stated reason`(template: String, key: String, expected: PassReason) {
    #expect(verdict(template, key: key, place: .configMap) == expected.rawValue)
  }

  @Test(arguments: [
    ("Wel{|}come1", true), ("Passw{|}0rd2024", true), ("VMwa{|}re123!", true), ("Sup3rS3{|}cret", true),
    ("changeme", false), ("ChangeMe{|}123!", false), ("Your-{|}Password1", false), ("REPLACE_ME{|}_1", false),
    ("Example1!", false), ("test1234", false), ("password", false), ("{{Pass1}}", false),
  ])
  func `a password that can be guessed is one in a Secret`(template: String, isTold: Bool) {
    #expect((verdict(template, key: "password", place: .secretData) == "typed") == isTold)
    #expect(verdict(template, key: "username", place: .secretData) != "typed")
    #expect(verdict(template, key: "password", place: .generic) != "typed")
  }

  @Test func `the vendor may stand in a parent's name`() {
    #expect(
      verdict("{h32}", key: "apiKey", parents: ["spec", "values", "datadog:"], place: .helmValues) == "datadog-api-key")
    #expect(verdict("{h32}", key: "apiKey", parents: ["spec", "values"], place: .helmValues) == "random")
  }

  @Test func `a wrong checksum lowers the severity and a right one is told`() throws {
    let right = try #require(scanner.scan(SampleTemplate("ghp_{crc30}").bytes).matches.first)
    let wrong = try #require(scanner.scan(SampleTemplate("ghp_{n36}").bytes).matches.first)
    #expect(right.checksum == .valid && right.severity == .critical)
    #expect(wrong.checksum == .invalid && wrong.severity == .medium)
  }

  @Test func `a secret prints as its length and its type's prefix only`() throws {
    let sample = SampleTemplate("ghp_{crc30}")
    let match = try #require(scanner.scan(sample.bytes).matches.first)
    #expect(match.redacted == "ghp_****")
    var dumped = ""
    dump(match, to: &dumped)
    let body = String(decoding: sample.bytes.dropFirst(4).prefix(8), as: UTF8.self)
    #expect(!"\(match) \(String(reflecting: match.secret)) \(dumped)".contains(body))
    #expect("\(match.secret)" == "40 secret bytes")
  }

  @Test func `the sum of a password beside its salt is none`() {
    let sum = "\"password\": \"{h40}\""
    #expect(scanner.scan(SampleTemplate("db.users({\(sum), \"salt\": \"{h40}\"})").bytes).matches.isEmpty)
    #expect(scanner.scan(SampleTemplate("db.users({'salt': '{h32}', \(sum)})").bytes).matches.isEmpty)
    #expect(!scanner.scan(SampleTemplate("db.users({\(sum), \"name\": \"salt\"})").bytes).matches.isEmpty)
    let password = "\"password\": \"{n40}\""
    #expect(!scanner.scan(SampleTemplate("db.users({\(password), \"salt\": \"{h40}\"})").bytes).matches.isEmpty)
  }

  @Test func `digits and letters that take turns were not drawn`() {
    let turns = (0..<16).map { "\($0 * 7 % 10)\(String("kbzdhq".dropFirst($0 * 5 % 6).prefix(1)))" }.joined()
    #expect(scanner.scan(Array("admin_token = \"\(turns)\"\n".utf8)).matches.isEmpty)
    #expect(!scanner.scan(SampleTemplate("admin_token = \"{n32}\"\n").bytes).matches.isEmpty)
  }

  @Test func `a guessable value is told from a drawn one`() throws {
    let drawn = try #require(scanner.scan(SampleTemplate("password: {n24}\n").bytes).matches.first)
    let typed = try #require(scanner.scan(SampleTemplate("password: Sommer{|}wiese7!\n").bytes).matches.first)
    #expect(drawn.isHighEntropy)
    #expect(!typed.isHighEntropy)
  }

  @Test(arguments: [
    ("mgmt/mgmt-eks-a-cluster.kubeconfig", KeyFileNames.Kind.kubeconfig),
    ("w/generated/w.kind.kubeconfig", .kubeconfig),
    ("w/w-aws.kubeconfig", .kubeconfig), ("w/eks-a-id_rsa", .privateKey), ("kubeconfig", .kubeconfig),
    ("w-backup-2026-01-02T03_04_05/cluster.yaml", .clusterBackup), ("support-bundle-2026.tar.gz", .supportBundle),
    ("home/.kube/config", .kubeconfig), ("a/age.agekey", .privateKey), ("terraform.tfstate", .stateFile),
  ])
  func `a key file is known by its name`(path: String, kind: KeyFileNames.Kind) {
    #expect(KeyFileNames.kind(of: path.utf8) == kind)
  }

  @Test(arguments: [
    "id_rsa.pub", "docs/kubeconfig.md", "templates/kubeconfig.html", "kubeconfig.go", "age.agekey.sops", "config",
    "example.kubeconfig",
    "a-backup-plan/x.yaml",
  ])
  func `a name that only resembles a key file's is none`(path: String) {
    #expect(KeyFileNames.kind(of: path.utf8) == nil)
  }

  @Test(arguments: [
    ("a/.pgpass", "db:5432:app:app:{n14}\n", true), ("a/.pgpass", "# host:port:db:user:password\n", false),
    ("a/.pgpass", "db:5432:app:app:${PGPASSWORD}\n", false), (".vault_pass", "{n20}\n", true),
    (".vault_pass", "#!/bin/sh\npass show {n20}\n", false), ("vpn/chap-secrets", "bob l2tpd \"{n14}\" *\n", true),
    ("vpn/chap-secrets", "# client server secret addresses\n", false),
  ])
  func `a store of passwords is one that holds a password`(path: String, template: String, isOne: Bool) {
    let kind = SampleTemplate(template).bytes.withUnsafeBytes { KeyFileNames.kind(of: path.utf8, holding: $0) }
    #expect(kind == (isOne ? .passwordStore : nil))
  }

  @Test func `the passwords of a hardware inventory are placed`() {
    let text = Array(
      "hostname,bmc_ip,bmc_username,bmc_password,mac\nn1,10.0.0.1,root,\"s,3cret\",00\nn2,10.0.0.2,root,,00\nn3,10.0.0.3,root,${PW},00\n"
        .utf8)
    let found = text.withUnsafeBytes { HardwareInventory.passwords(in: $0) }
    #expect(found.map { String(decoding: text[$0.range], as: UTF8.self) } == ["s,3cret"])
    #expect(found.map { $0.host.map { String(decoding: text[$0], as: UTF8.self) } } == ["n1"])
    #expect(Array("a,b\n1,2\n".utf8).withUnsafeBytes { HardwareInventory.passwords(in: $0) }.isEmpty)
  }

  @Test func `a token is a service account's where its claims say so`() {
    let header = Base64.encode(Array(#"{"alg":"RS256","kid":"a1","typ":"JWT"}"#.utf8), url: true)
    func type(_ claims: String) -> [String] {
      let signature = SampleTemplate("{w86}").bytes
      let token = header + [0x2E] + Base64.encode(Array(claims.utf8), url: true) + [0x2E] + signature
      return scanner.scan(token).matches.map(\.type.id)
    }
    #expect(type(#"{"iss":"https://accounts.google.com","sub":"12345"}"#) == ["jwt"])
    #expect(type(#"{"iss":"kubernetes/serviceaccount","sub":"x"}"#) == ["service-account-token"])
    #expect(type(#"{"2fa":true,"sub":"x"}"#) == ["jwt"])
    #expect(type("{ \"sub\": \"x\",\n \"aud\": \"y\" }") == ["jwt"])
    #expect(type("e3 no object").isEmpty)
  }

  @Test func `the manual page lists every type once`() {
    let page = SecretsDocument.markdown
    for type in CredentialType.all {
      #expect(
        page.split(separator: "\n").count { $0.hasPrefix("| [`\(type.id)`]") || $0.hasPrefix("| `\(type.id)`") } == 1,
        "\(type.id)")
    }
    #expect(CredentialType.all.count >= 150)
  }
}
