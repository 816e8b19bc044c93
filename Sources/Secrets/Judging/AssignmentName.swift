/// What the name of a value promises.
package enum NameKind: Sendable {
  /// A password or passphrase: may be typed by a person, so weak values count.
  case password
  /// A token, key or secret: made by a machine.
  case token
  /// A password or token under a name that may as well mean something about it: only what was drawn at random counts.
  case perhaps
  /// Nothing that has to be kept.
  case ordinary
}

extension NameKind {
  /// Whether the name alone promises a credential.
  package var isCredential: Bool { self == .password || self == .token }
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
    // Kibana's `encryptedSavedObjects.encryptionKey` encrypts them.
    if let place = words.firstIndex(of: "encrypted"), words[place...].starts(with: ["encrypted", "saved", "objects"]) {
      words.remove(at: place)
    }
    while let last = words.last, trailing.contains(last) || last.allSatisfy(\.isNumber) { words.removeLast() }
    // `PASSWD2`: the second of several.
    if let last = words.popLast() { words.append(numbered(last)) }
    // `BOUNCER_KEY_traefik`: one key of several, by the name of who has it.
    if words.count == 3, words.starts(with: ["bouncer", "key"]), !ordinaryEnds.contains(words[2]) {
      words.removeLast()
    }
    guard let last = words.last, !words.contains(where: disarming.contains), !ordinaryEnds.contains(last) else {
      return .ordinary
    }
    // What signs an attribute of a page, `data-click-hmac`.
    if last == "hmac", words[0] == "data" { return .ordinary }
    if last == "token", let before = words.dropLast().last, places.contains(before) { return .ordinary }
    let kind = kind(ending: last, after: words.dropLast())
    if kind != .ordinary { return words.contains(where: doubtful.contains) ? .perhaps : kind }
    return holdsCredential(words) ? .perhaps : .ordinary
  }

  /// Whether a UUID under `name` is a credential rather than the id of one, as Keycloak's client secrets and the tokens of
  /// many an API are: a name that tells whose it is, and no `key` of a row or a host.
  static func mayBeUUID(_ name: some Collection<UInt8>) -> Bool {
    let words = self.words(name).map { String(decoding: $0, as: UTF8.self) }
    guard words.count > 1, kind(of: name).isCredential else { return false }
    guard let key = words.lastIndex(where: { $0 == "key" }) else { return true }
    return key > 0 && ["api", "secret", "access", "auth", "admin"].contains(words[key - 1])
  }

  /// Judges a name by its last word and those before it.
  private static func kind(ending last: String, after words: ArraySlice<String>) -> NameKind {
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
    if last == "key", words.suffix(2).elementsEqual(["pre", "shared"]) { return .password }
    if last == "key" || last == "keys" {
      if last == "key", words.contains(where: keyQualifiers.contains) { return .token }
      return words.contains(where: { keyQualifiers.contains($0) || rareQualifiers.contains($0) }) ? .perhaps : .ordinary
    }
    if last == "cookie", let before = words.last, cookieOwners.contains(before) { return .token }
    if last == "auth", words.last == "basic" { return .perhaps }
    if words.contains("secret") || words.contains("password"), last == "base" || last == "value" { return .token }
    return unsure.contains(last) ? .perhaps : .ordinary
  }

  /// Whether a credential's word stands before the last one, which tells which of several it is: `tokenGrafana`.
  private static func holdsCredential(_ words: [String]) -> Bool {
    guard let last = words.last, !aboutEnds.contains(last) else { return false }
    return words.indices.dropLast().contains { index in
      let word = words[index]
      if passwords.contains(word) || tokens.contains(word) { return true }
      return word == "key" && index > 0 && keyQualifiers.contains(words[index - 1])
    }
  }

  /// `word` without a number at its end, where a credential's word stays.
  private static func numbered(_ word: String) -> String {
    let stem = String(word.reversed().drop(while: \.isNumber).reversed())
    return passwords.contains(stem) || tokens.contains(stem) || stem == "key" ? stem : word
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
    "requirepass", "masterauth", "authtok",
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
    "lapi", "bouncer", "symm", "fernet", "csrf", "xsrf", "enroll", "enrollment",
  ]
  /// Words before `key`, or any before `keys`, that make it a credential if its value was drawn at random.
  private static let rareQualifiers: Set<String> = ["hash", "block", "enc", "data"]
  /// Whose `cookie` is no browser's but what nodes of a cluster know each other by.
  private static let cookieOwners: Set<String> = ["erlang", "rabbitmq", "release", "ejabberd"]
  /// Words before `token` that make it the place where a list goes on.
  private static let places: Set<String> = ["page", "next", "continuation", "continue", "pagination", "cancellation"]
  /// Last words that are short for a credential, and for other things.
  private static let unsure: Set<String> = ["creds", "cred", "kek", "basicauth", "encrypt"]
  /// Words that may follow without changing the meaning.
  private static let trailing: Set<String> = [
    "value", "plain", "plaintext", "literal", "b64", "base64", "default", "str", "string", "text",
    // Of vSphere's control plane and storage; of a file.
    "cp", "csi", "txt",
    "prod", "production", "staging", "stage", "stg", "dev", "qa", "uat", "old", "new", "ro", "rw", "initial", "eu",
    "us",
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
  /// Last words that, behind a credential's word, name a value drawn at random that is none.
  private static let aboutEnds: Set<String> = [
    "sha", "sha1", "sha256", "sha512", "md5", "sum", "uid", "uuid", "guid", "arn", "revision", "commit", "rev", "tag",
    "etag", "image", "user", "username", "login", "email", "host", "domain", "group", "role", "salted", "signature",
    "nonce", "iv", "certificate", "cert", "ca", "crt", "csr", "request", "response", "reset", "page", "link",
    "annotation", "annotations", "resource", "object", "item", "entry", "address", "addr", "mac", "serial", "time",
    "date", "at", "contract", "symbol", "subject", "claim", "claims", "kid", "thumb", "print", "bucket",
  ]
  /// Words anywhere in the name that take the promise away.
  private static let disarming: Set<String> = [
    "public", "pub", "amz", "hashed", "digest", "checksum", "encrypted", "sealed", "sops", "fingerprint",
    "thumbprint", "is", "has", "show", "enable", "disable", "require", "requires", "allow", "automount",
    "existing", "example", "mock", "fake", "dummy", "sort", "partition", "primarykeys", "foreign", "idempotency",
  ]
  /// Words anywhere in the name that leave the promise only to what was drawn at random: `cacheKey: 5m` against
  /// `CACHE_PASSWORD`.
  private static let doubtful: Set<String> = ["cache", "auto", "no", "max", "min", "num", "use", "hash"]
}
