internal import Flux
internal import Git
internal import Manifests
internal import Policy
internal import Secrets

/// A credential in a text, with its place there.
struct PlacedSecret: Sendable {
  let match: SecretMatch
  let span: Span
}

/// What the search of one text gave.
struct SecretReading: Sendable {
  var secrets: [PlacedSecret] = []
  var limits: [ScanLimit] = []
}

/// Searches texts for credentials. One per thread.
final class SecretPass {
  private let scanner: SecretScanner

  init() throws(SecretsError) { scanner = try SecretScanner() }

  /// The credentials in a file's bytes.
  func read(_ bytes: UnsafeRawBufferPointer, path: String) -> SecretReading {
    let result = scanner.scan(bytes, context: ScanContext(path: path.utf8))
    guard !result.matches.isEmpty else { return SecretReading(limits: result.limits) }
    let lines = LineIndex(bytes)
    let placed = result.matches.map { PlacedSecret(match: $0, span: lines.span($0.range)) }
    return SecretReading(secrets: placed, limits: result.limits)
  }

  /// The credentials in a message or a name, where words are prose.
  func read(text: String) -> SecretReading {
    let bytes = Array(text.utf8)
    let result = scanner.scan(bytes, context: ScanContext(place: .prose))
    return bytes.withUnsafeBytes { bytes in
      let lines = LineIndex(bytes)
      return SecretReading(
        secrets: result.matches.map { PlacedSecret(match: $0, span: lines.span($0.range)) }, limits: result.limits)
    }
  }

  /// The ranges of a text that must not be shown.
  func hidden(in bytes: [UInt8], path: String) -> [Range<Int>] {
    scanner.scan(bytes, context: ScanContext(path: path.utf8)).matches.map(\.range)
  }
}

/// Makes findings of credentials.
struct SecretFindings: Sendable {
  let infos: [String: RuleInfo]
  /// The key of `FLUXWARDEN_KEY`, under which guessable values may be told apart.
  let key: String?

  /// The finding of a credential at a place.
  func finding(_ secret: PlacedSecret, path: String?, source: Finding.Source) -> Finding? {
    guard let info = infos[secret.match.type.id] else { return nil }
    let match = secret.match
    let redacted = Finding.SecretInfo(
      type: match.type.id, redacted: match.redacted, checksumIsValid: match.checksum.map { $0 == .valid },
      decodedFrom: match.encodings.map(\.rawValue))
    var finding = Finding(
      rule: info.id, severity: Severity(match.severity), category: info.category,
      message: message(match, info, source), source: source,
      location: path.map { Location(path: $0, side: .after, span: secret.span) }, secret: redacted,
      why: info.why, remediation: info.remediation, references: info.references)
    finding.fingerprint = fingerprint(match, path)
    return finding
  }

  private func message(_ match: SecretMatch, _ info: RuleInfo, _ source: Finding.Source) -> String {
    let place =
      switch source {
      case .message: " in a commit or tag message"
      case .note: " in a note"
      case .fileName: " in a file name"
      case .linkTarget: " in the target of a symbolic link"
      case .file, .object: ""
      }
    let wrapped = match.encodings.isEmpty ? "" : ", wrapped in \(match.encodings.map(\.rawValue).joined(separator: " in "))"
    let doubt =
      match.checksum == .invalid
      ? " Its checksum is wrong, so it may be a made-up or mistyped one; that is why this is only medium." : ""
    return "A \(info.id), \(match.redacted), is in clear\(place)\(wrapped): it opens \(match.type.opens).\(doubt)"
  }

  /// A value that can be guessed does not enter the fingerprint without a key: a dictionary would recover it.
  private func fingerprint(_ match: SecretMatch, _ path: String?) -> String {
    let value = match.secret.withBytes { String(decoding: $0, as: UTF8.self) }
    if let key { return Fingerprint.of([match.type.id, value], key: key) }
    return match.isHighEntropy
      ? Fingerprint.of([match.type.id, value]) : Fingerprint.of([match.type.id, "guessable", path ?? ""])
  }
}

extension Severity {
  /// The severity of the same name.
  init(_ severity: CredentialSeverity) {
    self =
      switch severity {
      case .low: .low
      case .medium: .medium
      case .high: .high
      case .critical: .critical
      }
  }
}
