/// What the name of a value promises.
package enum NameKind: Sendable {
  /// A password or passphrase: may be typed by a person, so weak values count.
  case password
  /// A token, key or secret: made by a machine.
  case token
  /// Nothing that has to be kept.
  case ordinary
}

/// Reads the name on the left of an assignment.
package enum AssignmentName {
  /// Splits `name` at separators and case changes into lower-case words: `dbPassword`, `DB_PASSWORD` and `db.password`
  /// all give `db` and `password`.
  package static func words(_ name: some Collection<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    let bytes = Array(name)
    for (index, byte) in bytes.enumerated() {
      guard byte.isAlphanumeric else {
        if !word.isEmpty { words.append(word) }
        word = []
        continue
      }
      if byte.isUpper, index > 0 {
        let before = bytes[index - 1]
        let startsWord =
          before.isLower || before.isDigit || before.isUpper && index + 1 < bytes.count && bytes[index + 1].isLower
        if startsWord, !word.isEmpty, !(before.isUpper && word.count == 1 && false) {
          words.append(word)
          word = []
        }
      }
      word.append(byte.lowered)
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The name in lower case without separators, the form vendors' names are compared in.
  package static func normalized(_ name: some Collection<UInt8>) -> [UInt8] {
    name.filter(\.isAlphanumeric).map(\.lowered)
  }

  /// Judges `name`.
  package static func kind(of name: some Collection<UInt8>) -> NameKind {
    var words = self.words(name).map { String(decoding: $0, as: UTF8.self) }
    while let last = words.last, trailing.contains(last) || last.allSatisfy(\.isNumber) { words.removeLast() }
    // `BOUNCER_KEY_traefik`: one key of several, by the name of who has it.
    if words.count == 3, words.starts(with: ["bouncer", "key"]), !ordinaryEnds.contains(words[2]) {
      words.removeLast()
    }
    guard let last = words.last else { return .ordinary }
    if words.contains(where: disarming.contains) { return .ordinary }
    if ordinaryEnds.contains(last) { return .ordinary }
    // What a directory is bound with.
    if last.hasPrefix("credential"), words.contains("bind") { return .password }
    if passwords.contains(last) || last.hasSuffix("password") || last.hasSuffix("passwd")
      || last.hasSuffix("passphrase")
    {
      return .password
    }
    if tokens.contains(last) || last.hasSuffix("token") && last != "tokenize" || last.hasSuffix("apikey")
      || last.hasSuffix("secret") || last.hasSuffix("secretkey") || last.hasSuffix("accesskey")
    {
      return .token
    }
    if last == "key", words.count > 1 {
      return words.dropLast().contains(where: keyQualifiers.contains) ? .token : .ordinary
    }
    if words.contains("secret") || words.contains("password"), last == "base" || last == "value" { return .token }
    return .ordinary
  }

  /// Whether the name is of something about a secret, such as its name, its place or its age.
  static func isAbout(_ name: some Collection<UInt8>) -> Bool {
    let words = self.words(name).map { String(decoding: $0, as: UTF8.self) }
    guard let last = words.last(where: { !trailing.contains($0) }) else { return false }
    return ordinaryEnds.contains(last) && last != "id" && last != "data" || words.contains("public")
      || words.contains("encrypted")
  }

  private static let passwords: Set<String> = [
    "password", "passwd", "passphrase", "passcode", "pwd", "pass", "pw", "userpass", "adminpass", "dbpass", "rootpw",
    "bindpw", "bindcredential", "psk",
    "passwordcp", "passwordcsi", "requirepass", "masterauth",
    "passwort", "senha", "contrasena",
  ]
  private static let tokens: Set<String> = [
    "token", "tokens", "secret", "secrets", "apikey", "authkey", "secretkey", "accesskey", "accesstoken", "authtoken",
    "credential", "credentials", "bearer", "jwt", "pat", "privatekey", "encryptionkey", "signingkey", "sharedkey",
    "masterkey", "clientsecret", "hmac", "pepper", "salt", "otp", "totp", "cookiesecret", "keybase",
  ]
  /// Words before `key` that make it a credential.
  private static let keyQualifiers: Set<String> = [
    "api", "access", "secret", "private", "auth", "encryption", "encrypt", "signing", "sign", "shared", "master",
    "account", "app", "application", "license", "licence", "storage", "service", "admin", "deploy", "webhook", "client",
    "consumer", "integration", "ingest", "ingestion", "session", "cookie", "jwt", "hmac", "crypto", "cipher", "aes",
    "token", "write", "user", "root", "unseal", "recovery", "subscription", "routing", "wireguard", "preshared", "pre",
    "join", "registration", "certificate", "instrumentation", "functions", "host", "connection", "primary", "secondary",
    "lapi", "bouncer",
  ]
  /// Words that may follow without changing the meaning.
  private static let trailing: Set<String> = [
    "value", "plain", "plaintext", "literal", "b64", "base64", "default", "str", "string", "text",
  ]
  /// A last word that says the value is about a secret, and is none.
  private static let ordinaryEnds: Set<String> = [
    "name", "names", "ref", "refs", "id", "ids", "url", "uri", "path", "file", "files", "filename", "dir", "endpoint",
    "type", "length", "size", "count", "ttl", "expiry", "expires", "expiration", "policy", "enabled", "disabled",
    "hash", "hashes", "digest", "algorithm", "header", "field", "env", "var", "store", "class", "provider", "namespace",
    "mount", "prefix", "suffix", "format", "issuer", "label", "selector", "version", "kind", "template", "generator",
    "manager", "audience", "scope", "scopes", "regex", "pattern", "hint", "prompt", "description", "title", "message",
    "error", "errors", "err", "helper", "command", "cmd", "index", "position", "limit", "limits", "timeout", "seconds",
    "reviewer", "source", "from", "schema", "property", "properties", "config", "status", "info", "metadata", "data",
    "list", "map", "set", "required", "optional", "exists", "valid", "rotation", "period", "interval", "usage",
  ]
  /// Words anywhere in the name that take the promise away.
  private static let disarming: Set<String> = [
    "public", "pub", "amz", "hash", "hashed", "digest", "checksum", "encrypted", "sealed", "sops", "fingerprint",
    "thumbprint",
    "no", "is", "has", "use", "show", "enable", "disable", "require", "requires", "allow", "auto", "automount", "min",
    "existing", "max", "num", "example", "mock", "fake", "dummy", "sort", "partition", "primarykeys", "foreign",
    "cache",
    "idempotency",
  ]
}
