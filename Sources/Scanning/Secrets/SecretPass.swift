internal import Manifests
internal import Policy
package import Secrets

/// What the search of one text gave.
struct SecretReading: Sendable {
  var secrets: [PlacedSecret] = []
  var limits: [ScanLimit] = []
  /// Whether the file, or a value in it, is encrypted.
  var isEncrypted = false
}

/// Searches texts for credentials. One per thread.
package final class SecretPass {
  private let scanner: SecretScanner
  private let key: String?
  private var traits: [String: PathTraits] = [:]
  private let own: [OwnCredential]

  /// - Parameters:
  ///   - key: the key of `FLUXWARDEN_KEY`, under which guessable values may be told apart.
  ///   - own: the credential types of the configuration.
  init(key: String? = nil, own: [OwnCredential] = []) throws(SecretsError) {
    scanner = try SecretScanner()
    self.key = key
    self.own = own
  }

  /// A search for the catalogue's types alone.
  package static func plain() throws(SecretsError) -> SecretPass { try SecretPass() }

  /// How many credentials a file holds.
  package func count(in bytes: UnsafeRawBufferPointer, path: String) -> Int { read(bytes, path: path).secrets.count }

  /// Searches as a run was told to.
  convenience init(_ options: ScanOptions) throws(SecretsError) {
    try self.init(key: options.fingerprintKey, own: options.policy.ownCredentials)
  }

  private func traits(of path: String) -> PathTraits {
    if let known = traits[path] { return known }
    if traits.count > 1 << 16 { traits.removeAll() }
    let found = PathTraits(path)
    traits[path] = found
    return found
  }

  /// The credentials in a file's bytes, and what its structure tells of them.
  ///
  /// - Parameter role: what a generator of Secrets makes of the file.
  func read(
    _ bytes: UnsafeRawBufferPointer, path: String, role: GeneratorFiles.Role? = nil
  ) -> SecretReading {
    var reading = readKnown(bytes, path: path, role: role)
    let found = ownMatches(in: bytes)
    guard !found.isEmpty else { return reading }
    let lines = LineIndex(bytes)
    for (type, answer) in found {
      reading.secrets += secrets(type, answer, bytes, lines)
      if answer.isIncomplete { reading.limits.append(.pattern(id: type.id)) }
    }
    return reading
  }

  /// What the configuration's own types find, by type; those that find nothing are left out.
  private func ownMatches(in bytes: UnsafeRawBufferPointer) -> [(type: OwnCredential, answer: OwnPattern.Answer)] {
    own.map { (type: $0, answer: $0.pattern.search(bytes)) }.filter {
      !$0.answer.ranges.isEmpty || $0.answer.isIncomplete
    }
  }

  private func secrets(
    _ type: OwnCredential, _ answer: OwnPattern.Answer, _ bytes: UnsafeRawBufferPointer, _ lines: LineIndex
  ) -> [PlacedSecret] {
    answer.ranges.map { PlacedSecret(type, Array(bytes[$0]), span: lines.span($0), key: key) }
  }

  /// The credentials of the catalogue.
  private func readKnown(
    _ bytes: UnsafeRawBufferPointer, path: String, role: GeneratorFiles.Role?
  ) -> SecretReading {
    let traits = traits(of: path)
    var result = scanner.scan(bytes, context: traits.context)
    let isFixture = traits.isFixture
    if isFixture { result.matches.removeAll { !$0.isHighEntropy || $0.type.isToldByNameAlone } }
    var reading = SecretReading(limits: result.limits)
    let isWhole = Ciphertext.isWhole(bytes)
    reading.isEncrypted = isWhole
    let passwords = traits.isTable && !isFixture ? HardwareInventory.passwords(in: bytes) : []
    // The password's column may be headed by a credential's name.
    result.matches.removeAll { match in
      match.type.isToldByName && passwords.contains { $0.range.overlaps(match.range) }
    }
    let kind = isFixture || !traits.mayBeKey ? nil : KeyFileNames.kind(of: path.utf8, holding: bytes)
    let isPromised = !isWhole && traits.promisesEncryption
    let hasStructure = !isWhole && traits.isManifest && (isPromised || needsStructure(bytes, result, traits))
    let isGenerated = role != nil && !isWhole && !isPromised && !hasStructure && !isFixture
    guard !result.matches.isEmpty || !passwords.isEmpty || kind != nil || isPromised || hasStructure || isGenerated
    else {
      return reading
    }
    let lines = LineIndex(bytes)
    let found = result.matches.map { (match: $0, span: lines.span($0.range)) }
    if hasStructure {
      addStructured(found, bytes, path, traits, &reading)
    } else if let role, isGenerated {
      var judge = StructureJudge(found, scanner: scanner, key: key)
      reading.secrets = judge.judge(GeneratedValues.all(in: bytes, role, lines), silenced: [])
    } else {
      reading.secrets = found.map { PlacedSecret($0.match, span: $0.span, key: key) }
      if isPromised { addEncryptedLines(bytes, path, lines, &reading) }
    }
    if let inventory = PlacedSecret(passwords, of: bytes, in: lines) { reading.secrets.append(inventory) }
    if let kind, !isWhole, !reading.isEncrypted {
      var file = PlacedSecret(kind, path: path)
      file.redacted.identity = SecretIdentity(of: bytes, type: file.rule)
      reading.secrets.append(file)
    }
    return reading
  }

  private func addStructured(
    _ found: [(match: SecretMatch, span: Span)], _ bytes: UnsafeRawBufferPointer, _ path: String,
    _ traits: PathTraits, _ reading: inout SecretReading
  ) {
    var file = ManifestFile(parsing: bytes)
    if file.problem != nil, let text = bytes.readable { file = ManifestFile(parsing: text) }
    let told = found.filter { $0.match.type.isToldByNameAlone }.map(\.span)
    let encryption = EncryptionReading(file, path: path, told: told, scanner: scanner)
    var judge = StructureJudge(found, scanner: scanner, key: key)
    let values = StructuredValue.all(in: file, path: path)
    reading.secrets = encryption.secrets + judge.judge(values, silenced: encryption.silenced)
    if traits.isSample {
      reading.secrets.removeAll { $0.rule == "plaintext-secret" && $0.severity == .medium }
    }
    if traits.isFixture { reading.secrets.removeAll { !$0.isTyped } }
    reading.isEncrypted = encryption.isEncrypted
  }

  /// A file that is called encrypted and is no manifest: lines of a dotenv or INI file, or a text that holds secrets.
  private func addEncryptedLines(
    _ bytes: UnsafeRawBufferPointer, _ path: String, _ lines: LineIndex, _ reading: inout SecretReading
  ) {
    let assignments = EncryptedLines(bytes)
    if assignments.isEncrypted {
      reading.isEncrypted = true
      return
    }
    let isLines = [".env", ".ini", ".properties", ".conf"].contains(where: path.hasSuffix)
    let first = isLines ? assignments.clear.first.map { lines.span($0.range) } : nil
    guard let span = reading.secrets.first?.span ?? first else { return }
    var secret = PlacedSecret(
      rule: "encryption-pretended", severity: .critical, span: span,
      redacted: Finding.SecretInfo(type: "encryption-pretended", redacted: "****"), remark: "")
    secret.message = "The file is in clear, although its name says that it is encrypted."
    secret.identity = [path, "encryption-pretended"].hashValue
    reading.secrets = [secret] + reading.secrets.filter(\.isTyped)
  }

  /// Whether the structure of a manifest can tell anything about secrets in it.
  private func needsStructure(
    _ bytes: UnsafeRawBufferPointer, _ result: ScanResult, _ traits: PathTraits
  ) -> Bool {
    if !result.matches.isEmpty { return true }
    guard result.mentionsSecrets else { return false }
    // Of a Secret made for tests only what the search has found counts.
    return traits.isFixture ? EncryptionLoss.mayBeEncrypted(bytes) : bytes.holdsSecret
  }

  /// The credentials in a message or a name, where words are prose.
  func read(text: String) -> SecretReading {
    let bytes = Array(text.utf8)
    let result = scanner.scan(bytes, context: ScanContext(place: .prose))
    let found = bytes.withUnsafeBytes { ownMatches(in: $0) }
    guard !result.matches.isEmpty || !found.isEmpty else { return SecretReading(limits: result.limits) }
    return bytes.withUnsafeBytes { bytes in
      let lines = LineIndex(bytes)
      var placed = result.matches.map { PlacedSecret($0, span: lines.span($0.range), key: key) }
      for (type, answer) in found { placed += secrets(type, answer, bytes, lines) }
      return SecretReading(secrets: placed, limits: result.limits)
    }
  }

  /// What a change decrypts: values that a file of the old side held encrypted and one of the new side holds in clear.
  func losses(old: [EncryptionLoss.File], new: [EncryptionLoss.File]) -> [EncryptionLoss.Found] {
    var loss = EncryptionLoss(old: old, scanner: scanner)
    return loss.found(in: new)
  }

  /// The ranges of a text that must not be shown.
  func hidden(in bytes: [UInt8], path: String) -> [Range<Int>] {
    let passwords = path.hasSuffix(".csv") ? bytes.withUnsafeBytes { HardwareInventory.passwords(in: $0) } : []
    return scanner.scan(bytes, context: traits(of: path).context).matches.map(\.range) + passwords.map(\.range)
      + bytes.withUnsafeBytes { ownMatches(in: $0).flatMap(\.answer.ranges) }
  }

  /// The ranges of a message or a name that must not be shown, in UTF-8 bytes.
  func hidden(in text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    return scanner.scan(bytes, context: ScanContext(place: .prose)).matches.map(\.range)
      + bytes.withUnsafeBytes { ownMatches(in: $0).flatMap(\.answer.ranges) }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether something stands in the bytes that only a Secret, a generator of one or an encrypted document has: a
  /// line `kind: Secret` of its own and not of a reference, `stringData`, `secretGenerator`, `sops` or `ENC[`.
  fileprivate var holdsSecret: Bool {
    if holdsExactly("secretGenerator") || holdsExactly("ENC[") || holdsExactly("SealedSecret") { return true }
    if holdsExactly("stringData") || holdsExactly("secretEnv") { return true }
    if holdsExactly("\nsops:") || holdsExactly("\"sops\"") { return true }
    if holdsExactly("\"Secret\"") || starts(with: "kind: Secret\n".utf8) { return true }
    for mark: StaticString in ["\nkind: Secret\n", "\nkind: Secret\r", "\nkind: Secret ", "\nkind: 'Secret'"]
    where holdsExactly(mark) { return true }
    return holdsExactly("kind: Secret") && (holdsExactly("items:") || holdsExactly("{"))
  }
}
