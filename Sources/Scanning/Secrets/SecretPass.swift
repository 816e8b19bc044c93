internal import Policy
internal import Secrets

/// What the search of one text gave.
struct SecretReading: Sendable {
  var secrets: [PlacedSecret] = []
  var limits: [ScanLimit] = []
}

/// Searches texts for credentials. One per thread.
final class SecretPass {
  private let scanner: SecretScanner
  private let key: String?

  /// - Parameter key: the key of `FLUXWARDEN_KEY`, under which guessable values may be told apart.
  init(key: String? = nil) throws(SecretsError) {
    scanner = try SecretScanner()
    self.key = key
  }

  /// The credentials in a file's bytes.
  func read(_ bytes: UnsafeRawBufferPointer, path: String) -> SecretReading {
    let result = scanner.scan(bytes, context: ScanContext(path: path.utf8))
    let passwords = path.hasSuffix(".csv") ? HardwareInventory.passwords(in: bytes) : []
    let kind = KeyFileNames.kind(of: path.utf8)
    guard !result.matches.isEmpty || !passwords.isEmpty || kind != nil else {
      return SecretReading(limits: result.limits)
    }
    let lines = LineIndex(bytes)
    var placed = result.matches.map { PlacedSecret($0, span: lines.span($0.range), key: key) }
    if let inventory = PlacedSecret(passwords, in: lines) { placed.append(inventory) }
    if let kind, !bytes.isEmpty, !SecretPass.isEncrypted(bytes) { placed.append(PlacedSecret(kind)) }
    return SecretReading(secrets: placed, limits: result.limits)
  }

  /// The credentials in a message or a name, where words are prose.
  func read(text: String) -> SecretReading {
    let bytes = Array(text.utf8)
    let result = scanner.scan(bytes, context: ScanContext(place: .prose))
    guard !result.matches.isEmpty else { return SecretReading(limits: result.limits) }
    let lines = bytes.withUnsafeBytes { LineIndex($0) }
    return SecretReading(
      secrets: result.matches.map { PlacedSecret($0, span: lines.span($0.range), key: key) }, limits: result.limits)
  }

  /// The ranges of a text that must not be shown.
  func hidden(in bytes: [UInt8], path: String) -> [Range<Int>] {
    let passwords = path.hasSuffix(".csv") ? bytes.withUnsafeBytes { HardwareInventory.passwords(in: $0) } : []
    return scanner.scan(bytes, context: ScanContext(path: path.utf8)).matches.map(\.range) + passwords.map(\.range)
  }

  /// The ranges of a message or a name that must not be shown, in UTF-8 bytes.
  func hidden(in text: String) -> [Range<Int>] {
    scanner.scan(Array(text.utf8), context: ScanContext(place: .prose)).matches.map(\.range)
  }

  /// Whether a whole file is ciphertext of SOPS, age, PGP or git-crypt.
  private static func isEncrypted(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = bytes.prefix(64)
    let heads = [
      "age-encryption.org/", "-----BEGIN AGE ENCRYPTED", "-----BEGIN PGP MESSAGE", "\0GITCRYPT", "$ANSIBLE_VAULT",
    ]
    return heads.contains { start.starts(with: $0.utf8) } || bytes.holds(Array("ENC[AES256_GCM,".utf8))
  }
}

/// Makes findings of credentials.
struct SecretFindings: Sendable {
  let infos: [String: RuleInfo]

  /// The finding of a credential at a place; `nil` for a type that the catalogue does not list.
  func finding(_ secret: PlacedSecret, path: String?, source: Finding.Source) -> Finding? {
    guard let info = infos[secret.rule] else { return nil }
    var finding = Finding(
      rule: info.id, severity: secret.severity, category: info.category,
      message: message(secret, info, source), source: source,
      location: path.map { Location(path: $0, side: .after, span: secret.span) },
      related: path.map { path in secret.related.map { Location(path: path, side: .after, span: $0) } } ?? [],
      secret: secret.redacted, why: info.why, remediation: info.remediation, references: info.references)
    finding.fingerprint = secret.fingerprint ?? Fingerprint.of([secret.rule, "guessable", path ?? ""])
    return finding
  }

  private func message(_ secret: PlacedSecret, _ info: RuleInfo, _ source: Finding.Source) -> String {
    let place =
      switch source {
      case .message: " in a commit or tag message"
      case .note: " in a note"
      case .fileName: " in a file name"
      case .linkTarget: " in the target of a symbolic link"
      case .file, .object: ""
      }
    let wrapping = secret.redacted.decodedFrom
    let wrapped = wrapping.isEmpty ? "" : ", wrapped in \(wrapping.joined(separator: " in ")),"
    let doubt =
      secret.redacted.checksumIsValid == false
      ? " Its checksum is wrong, so it may be made up or mistyped; that is why this is only medium." : ""
    return "\(info.id) \(secret.redacted.redacted)\(wrapped) is in clear\(place): it \(secret.remark).\(doubt)"
  }
}
