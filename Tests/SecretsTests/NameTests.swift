import Testing

@testable import Secrets

/// What a name promises, and how much a value must look like a secret beside it.
@Suite struct NameTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  private func finds(_ name: String, _ value: String, in path: String = "app.yaml") -> Bool {
    let text = SampleTemplate("\(name): \(value)\n").bytes
    return !scanner.scan(text, context: ScanContext(path: path.utf8)).matches.isEmpty
  }

  @Test(arguments: [
    "DB_PASSWORD_PROD", "DB_PASSWORD_STAGING", "TOKEN_PROD", "GITHUB_TOKEN_RO", "API_KEY_EU", "ADMIN_PASSWORD_INITIAL",
    "PASSWORD_OLD", "dbPasswordProd", "tokenGrafana", "PASSWD2", "API_KEY2", "CACHE_PASSWORD", "CACHE_SECRET",
    "AUTO_DEPLOY_TOKEN", "NO_REPLY_PASSWORD", "MAX_UPLOAD_TOKEN", "HASH_SALT", "FERNET_KEY", "APP_KEYS", "appKeys",
    "CSRF_KEY", "XSRF_KEY", "HASH_KEY", "BLOCK_KEY", "ENC_KEY", "DATA_KEY", "ERLANG_COOKIE", "ENROLL_KEY", "APP_KEK",
    "BASIC_AUTH", "basicAuth", "DB_CREDS",
  ])
  func `a drawn value is told under a name that may mean a credential`(name: String) {
    #expect(finds(name, "{n32}"))
    #expect(finds(name, "'{n32}'"))
    #expect(!finds(name, "shop-database"))
    #expect(!finds(name, "${SHOP_DATABASE}"))
  }

  @Test(arguments: [
    "passwordHash", "tokenUrl", "tokenTTL", "secretName", "secretRevision", "PUBLIC_API_TOKEN", "passwordChecksum",
    "token_sha256", "credentialsUUID", "secretTag", "passwordResetPage", "sort_key", "idempotency_token", "dataKeys",
    "cookie", "cache_key", "partition_key",
  ])
  func `a name about a secret promises none`(name: String) {
    #expect(!finds(name, "{l20}"))
  }

  @Test(arguments: ["cachePassword", "tokenGrafana", "useToken"])
  func `in code and texts a name has to say so`(name: String) {
    #expect(!finds(name, "'{n32}'", in: "main.go"))
    #expect(!finds(name, "'{n32}'", in: "README.md"))
  }

  private static let drawn = "{h8}-{h4}-4{h3}-a{h3}-{h12}"

  @Test(arguments: ["API_TOKEN", "API_KEY", "CLIENT_SECRET", "clientSecret", "DB_PASSWORD"])
  func `a UUID is a credential under a name that tells whose`(name: String) {
    #expect(finds(name, Self.drawn))
    #expect(!finds(name, "{h8}-{h4}-1{h3}-a{h3}-{h12}"))
    #expect(!finds(name, Self.drawn, in: "main.go"))
  }

  @Test(arguments: ["token", "secret", "secretId", "API_TOKEN_ID", "primaryKey", "hostKey", "dashboardUid"])
  func `a UUID under another name is an id`(name: String) {
    #expect(!finds(name, Self.drawn))
  }

  @Test(arguments: ["password", "token", "api-key", "client-secret"])
  func `a UUID is a credential in a Secret`(name: String) {
    guard case .looksSecret(.random) = scanner.judge(SampleTemplate(Self.drawn).bytes, key: name, place: .secretData)
    else {
      Issue.record("\(name) is passed over")
      return
    }
  }

  @Test(arguments: [
    ("confirmPassword", "Passwortbestätigung"), ("password", "clé_secrète"), ("newPassword", "NuevaContraseña"),
    ("password", "密码至少8位"),
    ("imagePullSecret", "regcred-7d9f8c6b5"), ("passwordSecret", "pg-9k8h7g6f5d"),
    ("password", "\"^(?=.*[A-Z])(?=.*[0-9]).{8,}$\""), ("signingKey", "{H40}"),
  ])
  func `what only looks drawn or typed is passed over`(name: String, value: String) {
    #expect(!finds(name, value))
  }

  @Test func `the key that Git signs with is named by its id`() {
    #expect(scanner.scan(SampleTemplate("[user]\n\tsigningkey = {h16}\n").bytes).matches.isEmpty)
    #expect(!scanner.scan(SampleTemplate("[auth]\n\tsigningkey = {h40}\n").bytes).matches.isEmpty)
  }
}
