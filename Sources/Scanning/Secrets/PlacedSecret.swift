internal import Manifests
internal import Policy
internal import Secrets

/// A credential in a text, with its place there and without its value.
struct PlacedSecret: Sendable {
  /// The rule's id.
  var rule: String
  var severity: Severity
  var span: Span
  /// Further places of the same kind in the same text.
  var related: [Span] = []
  /// What may be shown of it.
  var redacted: Finding.SecretInfo
  /// What is said of it, as part of a sentence: `opens whatever its GitHub user may read and write`.
  var remark: String
  /// The fingerprint where it may depend on the value; without one, rule, object, field and path make it.
  var fingerprint: String?
  /// Equal for equal values, in this run only: tells an old value from a new one, also where it can be guessed.
  var identity = 0
  /// Whether `identity` is that of one value, not of a file or an object.
  var isValue = false
  /// Whether the value has a mark of its own, by which its type and its severity are known.
  var isTyped = false
  /// The object that holds it.
  var subject: Finding.Subject?
  var field: FieldPath?
  /// What is said instead of the sentence that the remark makes.
  var message: String?

  /// Remembers the value as far as it may be: as a hash of this run, and in the fingerprint where it can't be guessed.
  mutating func hold(_ value: [UInt8], isRandom: Bool, tag: String, key: String?) {
    identity = value.hashValue
    isValue = true
    let isTold = key != nil || isRandom
    if isTold { fingerprint = Fingerprint.of([tag, String(decoding: value, as: UTF8.self)], key: key) }
    redacted.identity = SecretIdentity(of: value, type: rule, isInFingerprint: isTold)
  }
}

extension PlacedSecret {
  /// A credential that was matched.
  ///
  /// A value that can be guessed does not enter the fingerprint without a key: a dictionary would recover it.
  init(_ match: SecretMatch, span: Span, key: String?) {
    self.init(
      rule: match.type.id, severity: Severity(match.severity), span: span,
      redacted: Finding.SecretInfo(
        type: match.type.id, redacted: match.redacted, checksumIsValid: match.checksum.map { $0 == .valid },
        decodedFrom: match.encodings.map(\.rawValue)),
      remark: "opens \(match.type.opens)")
    isTyped = match.type.rank > 15
    let isNamed = !match.type.isToldByNameAlone
    hold(
      match.secret.withBytes { Array($0) }, isRandom: match.isHighEntropy, tag: isNamed ? match.type.id : "value",
      key: key)
  }

  /// The rule that tells of a file which is a key as a whole.
  static let keyFile = "kubeconfig-or-keyfile"

  /// A file that is an administrator's key by its name.
  init(_ kind: KeyFileNames.Kind, path: String) {
    self.init(
      rule: PlacedSecret.keyFile, severity: .critical,
      span: Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1),
      redacted: Finding.SecretInfo(type: PlacedSecret.keyFile, redacted: "****"),
      remark: "is a \(kind.rawValue) by its name")
    identity = path.hashValue
  }

  /// The passwords of management boards in one inventory.
  init?(_ passwords: [HardwareInventory.Password], of bytes: UnsafeRawBufferPointer, in lines: LineIndex) {
    guard let first = passwords.first else { return nil }
    self.init(
      rule: "hardware-csv", severity: .critical, span: lines.span(first.range),
      related: passwords.dropFirst().map { lines.span($0.range) },
      redacted: Finding.SecretInfo(type: "hardware-csv", redacted: "****"),
      remark: "opens the management boards of \(passwords.count) servers")
    let values = passwords.map { Array(bytes[$0.range]) }
    identity = values.hashValue
    redacted.identity = SecretIdentity(of: values.joined(separator: [0]), type: rule)
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
