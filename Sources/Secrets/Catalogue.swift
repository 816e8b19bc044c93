extension CredentialType {
  /// Every type, family by family. The order decides between types of equal rank that claim the same bytes.
  package static let all: [CredentialType] = SecretsDocument.families.flatMap(\.1)

  /// Every type and its further forms.
  static let allForms: [CredentialType] = all + all.flatMap(\.forms)

  /// Finds a type by its id.
  package static func named(_ id: String) -> CredentialType? { all.first { $0.id == id } }
}

/// The types arranged for searching: which literal starts which type, and which words make an assignment worth reading.
struct Catalogue: Sendable {
  /// What to do where a literal stands.
  struct Literal: Sendable {
    var length: Int
    /// Types whose pattern is tried from the literal on.
    var types: [Int] = []
    /// A reader to call.
    var reader: Reader?
    /// Whether it is a word of Secrets or of encrypted files.
    var isMention = false
  }

  /// Readers for what has no mark of its own.
  enum Reader: Sendable {
    case assignment, url, authorization, commandLine, dockerAuth, netrc, changedPasswords, statement, dsn
    case accessRule, call, account, escape, bearer

    /// What one reading costs, in bytes a pattern would look at.
    var work: Int {
      switch self {
      case .assignment: 16
      case .url, .dsn, .account, .escape: 64
      case .authorization, .dockerAuth, .statement, .call, .bearer: 256
      case .changedPasswords: 1024
      case .netrc, .accessRule: 512
      case .commandLine: 2048
      }
    }
  }

  /// The types in the order of ``CredentialType/all``, behind them their further forms.
  let types: [CredentialType]
  /// What to do at each literal of `texts`.
  let literals: [Literal]
  /// A type that is told by its name.
  struct Assigned: Sendable {
    /// Its index in `types`.
    var index: Int
    /// Its names and vendors as indexes into `fragments`.
    var names: [Int]
    var vendors: [Int]
    /// Whether a vendor's name is long enough to be looked for in the lines before.
    var hasLongVendor: Bool
  }

  /// The types that are told by their name.
  let assigned: [Assigned]
  /// The names and vendors of all of them.
  let fragments: TextSet
  /// The index of each id, that of its first form.
  let index: [String: Int]
  /// The literals in lower case, parallel to `literals`.
  let texts: [String]
  /// `texts` arranged for searching a little.
  let table: LiteralTable

  /// The catalogue of ``CredentialType/all``, made when first asked for.
  static let shared = Catalogue(CredentialType.allForms)

  private init(_ types: [CredentialType]) {
    var table: [String: Literal] = [:]
    var order: [String] = []
    func entry(_ text: String, _ change: (inout Literal) -> Void) {
      let key = text.lowercased()
      if table[key] == nil { order.append(key) }
      change(&table[key, default: Literal(length: key.utf8.count)])
    }
    for (place, type) in types.enumerated() {
      guard case .token(let literals, _, _, _) = type.recognition else { continue }
      for literal in literals { entry(literal) { $0.types.append(place) } }
    }
    for word in Self.words { entry(word) { $0.reader = .assignment } }
    for (text, reader) in Self.readers { entry(text) { $0.reader = reader } }
    for (start, _) in CommandForm.all { entry("\(start)") { $0.reader = .commandLine } }
    for text in Escapes.marks { entry(text) { $0.reader = .escape } }
    for text in Self.mentions { entry(text) { $0.isMention = true } }
    entry(Self.pace) { _ in }
    self.types = types
    literals = order.compactMap { table[$0] }
    var fragments: [String] = []
    func places(_ texts: [String]) -> [Int] {
      texts.map { text in
        if let known = fragments.firstIndex(of: text) { return known }
        fragments.append(text)
        return fragments.count - 1
      }
    }
    assigned = types.enumerated().compactMap { index, type in
      guard case .assigned(let vendors, let names, _) = type.recognition else { return nil }
      return Assigned(
        index: index, names: places(names), vendors: places(vendors),
        hasLongVendor: vendors.contains { $0.utf8.count >= 5 })
    }
    self.fragments = TextSet(fragments)
    index = Dictionary(types.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    texts = order
    self.table = LiteralTable(order)
  }

  /// Words within names of secrets. Each ends where a name's word may end, so that `keyboard` costs nothing.
  private static let words = [
    "passw", "passphrase", "passcode", "pwd", "_pass", "-pass", "userpass", "adminpass", "dbpass", "\"pass\"", "pass:",
    "pass=", "authtok", "rootpw ", "bindpw ", "-encrypt ", "pw:", "pw=", "pw =", "pw\"", "requirepass", "masterauth",
    "token", "secret", "apikey", "api_key", "api-key", "api.key",
    "key:", "key=", "key\n", "key\r", "key,", "key\"", "key'", "key ", "key\\", "key]", "key>", "credential", "bearer:",
    "jwt:", "_pat", "psk", "_auth=",
    "_auth ", "hmac", "_sas", "sastoken", "dsn", "webhook", "bouncer_key_", "community:", "community=", "community =",
    "community\"", "rocommunity", "rwcommunity", "_license", "license=", "license:", "license =", "salt:",
    "salt=", "_salt'", "cookie", "pat:", "pat=", "-pat\"", "-pat\n", "-pat,", "app_keys", "appkeys", "creds", "_kek",
    "kek:", "kek=", "basic_auth",
    "basic-auth",
    "basicauth", "nkey", "seed:", "seed=", "seed =", "_seed", "seed\"", "encrypt =", "encrypt=", "encrypt\"",
    "encrypt:",
  ]
  /// Means nothing and stands in no text. With a literal of two bytes among so many, Vectorscan looks at every byte rather
  /// than at every other, and is half as fast again: of pairs of bytes fewer look like a part of a literal.
  private static let pace = "\u{1}\u{2}"
  /// Marks without one of which a text is no Secret of Kubernetes, makes none and is not encrypted in part.
  private static let mentions = [
    "kind: secret", "kind: \"secret", "kind: 'secret", "\"secret\"", "secretgenerator", "sealedsecret", "enc[", "sops:",
    "\"sops\"", "stringdata", "secretenv",
  ]
  private static let readers: [(String, Reader)] = [
    ("://", .url), ("%3a%2f%2f", .url), ("authorization", .authorization),
    ("\"auth\"", .dockerAuth), ("auth\\\"", .dockerAuth), ("auth = \"", .dockerAuth), ("\"bearer ", .bearer),
    (" bearer ", .bearer), ("'bearer ", .bearer),
    ("chpasswd", .changedPasswords), ("login ", .netrc), ("password '", .statement), ("identified ", .statement),
    (":\\/\\/", .url), ("@tcp(", .dsn), ("set password ", .statement), ("+@all", .accessRule), ("setbasicauth(", .call),
    ("networkcredential(", .call), ("httpbasicauth(", .call), ("passwordauthentication(", .call),
    ("passwordcredentials(", .call), ("credentials.basic(", .call), ("auth=(", .call), ("auth = (", .call),
    (": eap \"", .account), (": xauth \"", .account), (" user_", .account), (" on >", .accessRule),
  ]
}
