/// Forms of values that are no secrets whatever their name says.
enum ValueForms {
  /// The reason to pass `value` over, if its form gives one.
  static func reason(to value: [UInt8]) -> PassReason? {
    if value.isEmpty || value.count <= 9 && emptyWords.contains(lowered(value)) { return .empty }
    // What a long value is shows in its first bytes; looking for every mark in all of it would cost too much.
    let head = value.count > 256 ? Array(value.prefix(256)) : value
    if isReference(head) { return .reference }
    if isEncrypted(value) { return .encrypted }
    if let reason = armour(value) { return reason }
    if isKnownHosts(value) { return .publicKey }
    if isDigest(head) { return .digest }
    if isUUID(value) { return .uuid }
    if isDocumentedExample(head) { return .documentedExample }
    if isPlaceholder(head) { return .placeholder }
    if isRegularExpression(head) { return .code }
    if isNumber(value) { return .number }
    if isLocator(value) { return .locator }
    return nil
  }

  private static func lowered(_ value: [UInt8]) -> String { String(decoding: value.map(\.lowered), as: UTF8.self) }

  /// None is longer than nine bytes.
  private static let emptyWords: Set<String> = [
    "null", "nil", "none", "~", "\"\"", "''", "{}", "[]", "undefined", "true", "false", "yes", "no", "on", "off", "|",
    ">",
    "|-", ">-", "-", "&", "*", "n/a", "auto", "default", "disabled", "enabled", "unset", "empty", "argon2", "argon2id",
    "bcrypt", "scrypt",
  ]

  /// Armoured or encoded public material.
  static func armour(_ value: [UInt8]) -> PassReason? {
    for mark in certificateStarts where value.starts(with: mark.utf8) { return .certificate }
    for mark in publicStarts where value.starts(with: mark.utf8) { return .publicKey }
    if value.count >= 58, value.starts(with: "age1".utf8), value.allSatisfy({ $0.isLower || $0.isDigit }) {
      return .publicKey
    }
    // Datadog's client tokens, which every browser is given. https://docs.datadoghq.com/account_management/api-app-keys/
    if value.count == 35, value.starts(with: "pub".utf8), value.dropFirst(3).allSatisfy(\.isHexDigit) {
      return .publicKey
    }
    if value.count >= 100, value.starts(with: "MII".utf8) {
      let head = Base64.decode(value.prefix(32))
      // SEQUENCE { SEQUENCE …: a certificate or a public key; a private key has INTEGER 0 there.
      if head.count > 8, head[0] == 0x30, head[1] == 0x82, head[4] == 0x30 { return .certificate }
    }
    return nil
  }

  private static let certificateStarts = [
    "-----BEGIN CERTIFICATE", "-----BEGIN TRUSTED CERT", "-----BEGIN X509", "LS0tLS1CRUdJTiBDRVJU",
    "LS0tLS1CRUdJTiBUUlVT",
    "-----BEGIN NEW CERT", "-----BEGIN PKCS7",
  ]
  private static let publicStarts = [
    "ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa", "-----BEGIN PUBLIC",
    "-----BEGIN RSA PUBLIC",
    "-----BEGIN PGP PUBLIC", "LS0tLS1CRUdJTiBQVUJMSUM", "LS0tLS1CRUdJTiBSU0EgUFVC", "LS0tLS1CRUdJTiBQR1AgUFVC",
    "AAAAB3NzaC1",
    // Mapbox's public tokens. https://docs.mapbox.com/help/dive-deeper/access-tokens/
    "pk.eyJ",
    "AAAAC3NzaC1", "AAAAE2VjZHNh", "-----BEGIN EC PARAM", "-----BEGIN DH PARAM", "-----BEGIN SSH2 PUBLIC",
    "-----BEGIN PGP SIGN",
  ]

  /// Lines of a `known_hosts` file: hosts and the public half of their key. Other lines are comments.
  static func isKnownHosts(_ value: [UInt8]) -> Bool {
    guard value.count >= 80, value.firstPlace(of: " aaaa".utf8) != nil else { return false }
    var hosts = 0
    for line in value.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isBlank)
      if words.first?.first == 0x23 { continue }
      guard let kind = words.prefix(3).firstIndex(where: isKeyKind), kind > 0, kind + 1 < words.count,
        words[kind + 1].starts(with: "AAAA".utf8)
      else { return false }
      hosts += 1
    }
    return hosts > 0
  }

  private static func isKeyKind(_ word: ArraySlice<UInt8>) -> Bool {
    ["ssh-rsa", "ssh-ed25519", "ssh-dss"].contains { word.elementsEqual($0.utf8) }
      || ["ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].contains { word.starts(with: $0.utf8) }
  }

  /// A regular expression, such as a form asks of passwords: a look ahead, or a class of letters that is repeated.
  static func isRegularExpression(_ value: [UInt8]) -> Bool {
    if repeatsClass(value) { return true }
    guard value.first == 0x5E || value.last == 0x24 else { return false }
    return regularParts.stand(in: value)
  }

  /// Whether a class of characters is repeated in `value`, as in what searches for credentials: `[A-Za-z0-9]{20,}`,
  /// `[^"]+`, `\S+`.
  private static func repeatsClass(_ value: [UInt8]) -> Bool {
    for place in value.indices.dropLast() where "*+{".utf8.contains(value[place + 1]) {
      if value[place] == 0x5D, let open = value[..<place].lastIndex(of: 0x5B), open + 2 < place {
        let inner = value[(open + 1)..<place]
        if inner.first == 0x5E
          || ["a-z", "0-9", "\\w", "\\d"].contains(where: { inner.firstPlace(of: $0.utf8) != nil })
        {
          return true
        }
      }
      if place > 0, value[place - 1] == 0x5C, "sSwWdD".utf8.contains(value[place]) { return true }
    }
    return false
  }

  private static let regularParts = TextSet(["(?=", "(?!", "(?:", "[a-z", "[0-9", "\\d", "\\w", "\\s", ".*", ".+"])

  /// The result of a hash function that says which.
  static func isDigest(_ value: [UInt8]) -> Bool {
    if isDatabaseHash(value) || value.firstPlace(of: "@sha256:".utf8) != nil { return true }
    for mark in digestStarts where value.startsCaseless(mark) { return true }
    // An entry of a password file: `user:$apr1$…`.
    guard let colon = value.firstIndex(of: 0x3A), colon + 2 < value.count, value[colon + 1] == 0x24 else {
      return false
    }
    return digestStarts.contains { value[(colon + 1)...].startsCaseless($0) }
  }

  /// What PostgreSQL and MySQL take for a password that is hashed already: `md5` and 32 digits, `*` and 40.
  private static func isDatabaseHash(_ value: [UInt8]) -> Bool {
    value.count == 35 && value.starts(with: "md5".utf8) && value.dropFirst(3).allSatisfy(\.isHexDigit)
      || value.count == 41 && value[0] == 0x2A && value.dropFirst().allSatisfy(\.isHexDigit)
  }

  private static let digestStarts: [StaticString] = [
    "sha256:", "sha512:", "sha1:", "sha384:", "md5:", "sha256-", "sha512-", "sha384-", "sha1-", "h1:", "$2a$", "$2b$",
    "$2y$", "$1$",
    "$5$", "$6$", "$7$", "$y$", "$apr1$", "$argon2", "{sha}", "{ssha", "{crypt}", "pbkdf2", "scram-sha-", "scrypt:",
    "$scrypt",
    "$pbkdf2",
    "bcrypt:", "sha256~_", "md5-", "crc32:", "blake2", "blake3:",
  ]

  /// `8-4-4-4-12` hexadecimal digits.
  static func isUUID(_ value: [UInt8]) -> Bool {
    guard value.count == 36 else { return false }
    return value.indices.allSatisfy { index in
      [8, 13, 18, 23].contains(index) ? value[index] == 0x2D : value[index].isHexDigit
    }
  }

  /// A UUID drawn at random, as those of version 4 are.
  static func isDrawnUUID(_ value: [UInt8]) -> Bool {
    isUUID(value) && value[14] == 0x34 && "89abAB".utf8.contains(value[19]) && !Randomness.isDegenerate(value)
  }

  /// What providers print in their documentation: AWS marks its keys, others are known by their start.
  static func isDocumentedExample(_ value: [UInt8]) -> Bool {
    // An unsigned token proves nothing to anyone.
    if value.starts(with: "eyJhbGciOiJub25lI".utf8) { return true }
    return documentedParts.stand(in: value)
  }

  /// Parts of values printed in manuals, in lower case: Azure's storage emulator, Stripe's test key, the token of
  /// jwt.io, kubeadm's bootstrap tokens, GitHub's placeholder, the token of Kubecost's installation, the keys in Rook's
  /// script for external clusters, whose first letters are the second in which they were made.
  private static let documentedParts = TextSet([
    "example", "eby8vdm02xnocqfl", "4ec39hqlyjwdarjt", "eyjzdwiioiixmjm0nty3odkwiiwi", "abcdef.0123456789abcdef",
    "07401b.f395accd246ae52d", "9a08jv.c0izixklcxtmnze7", "783bde.3f89s0fje9f38fhf",
    "sw2ycwtib9zpoohopsmm", "16c7e42f292c6912e7710c838347ae178b4a",
    "agvsbubrdwjly29zdc5jb2", "aqbngrne", "aqbogrne", "aqdfkbne",
    // The manuals of Kubernetes, of Redis, of Consul, of Flask and of Azure's emulators.
    "1f2d1e2e67df", "s!b\\*d$zdsb", "39528$vdg7jb", "c2vjcmv0iglzihnly3vyzq", "dghpcybpcybwyxnzd29yza",
    "ffa9203c493aa99", "puqjrvyvrj5jsiye", "qdopber+/ouveofq", "luj2fzwwlt8475wd1wtwuq", "cg8stvxbqj0gpvmd9o7yrg",
    "192b9bdd22ab9ed4d12e236c78afcb9a", "c2y6ydjf5/r+ob0n8a7cgv30",
    // Those of HTTP, WebSocket, OAuth and JOSE, of Grafana, Telegram and OpenWeather.
    "qwxhzgrpbjpvcgvuihnlc2ftzq", "open sesame", "dghlihnhbxbszsbub25jzq", "2yotnfzfejr1zcsicmwpaa",
    "tgzv3jokf0xg5qx2tlkwia", "czzcagrsa3f0mzpnwdfmqmf0m2jw", "gx1fbat3bv", "7fjfp0zbr1ktdrbnfvdmiw",
    "dbjftjez4cvp-mb92k27uhbuju1p1r", "gawggufygrwkav7ax4vkug", "aym1sysppbydfgzld3umj1qzkobwvmkoqq",
    "eyjrijoit0tt", "aahdqtcvch1vgwjxfseofsas0k5paldsaw", "abc-def1234ghikl-zyx57w2v1u123ew11",
    // The key in the comments of every machine configuration that Talos generates.
    "z01mye6j16bspjytt",
    "b6907d289e10d714a6e88b30761fae22", "439d4b804bc8187953eb36d2a8c26a02",
  ])

  /// A number, a date, a duration, a size, a version, an address.
  static func isNumber(_ value: [UInt8]) -> Bool {
    if value.count <= 40,
      value.allSatisfy({
        $0.isDigit || $0 == 0x2E || $0 == 0x2D || $0 == 0x3A || $0 == 0x2F || $0 == 0x2C || $0 == 0x54 || $0 == 0x5A
          || $0 == 0x2B || $0 == 0x5F
      })
    {
      return true
    }
    var rest = value[...]
    if rest.first == 0x76 || rest.first == 0x56 { rest.removeFirst() }
    let digits = rest.prefix { $0.isDigit || $0 == 0x2E }
    let unit = rest.dropFirst(digits.count)
    return !digits.isEmpty && unit.count <= 3 && unit.allSatisfy(\.isLetter)
  }

  /// A path, URL, host name, file name or e-mail address without a password in it.
  static func isLocator(_ value: [UInt8]) -> Bool {
    guard let first = value.first else { return false }
    if value.firstPlace(of: "://".utf8) != nil { return true }
    if value.count > 3, first == 0x40, value[1] == 0x2F || value[1] == 0x2E { return true }
    if value.count > 3, first == 0x7E || value.starts(with: "./".utf8) || value.starts(with: "../".utf8) { return true }
    let slashes = value.count { $0 == 0x2F }
    if first == 0x2F, slashes >= 2 || value.dropFirst().allSatisfy({ $0.isLower || $0 == 0x2D }) {
      return (Randomness.letterPairCost(value) ?? 4) < 5.6
    }
    for end in fileEnds where value.count > end.utf8.count && value.suffix(end.utf8.count).elementsEqual(end.utf8) {
      return true
    }
    guard value.allSatisfy({ $0.isAlphanumeric || $0 == 0x2E || $0 == 0x2D || $0 == 0x3A || $0 == 0x40 || $0 == 0x5F })
    else { return false }
    return hostEnds.contains { value.count > $0.utf8.count && value.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private static let fileEnds = [
    ".pem", ".key", ".crt", ".cer", ".json", ".yaml", ".yml", ".txt", ".env", ".conf", ".toml", ".p12", ".pfx", ".jks",
    ".pub",
    ".sh", ".go", ".py", ".js", ".ts", ".html", ".md", ".age", ".gpg", ".asc", ".ini", ".cfg", ".kubeconfig",
    ".properties",
  ]
  private static let hostEnds = [
    ".com", ".io", ".net", ".org", ".local", ".svc", ".dev", ".internal", ".cloud", ".lan", ".home", ".app", ".sh",
    ".co",
  ]
}
