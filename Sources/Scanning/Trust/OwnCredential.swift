internal import Manifests
internal import Policy
internal import Secrets

/// A credential type of the configuration, ready to be searched.
struct OwnCredential: Sendable {
  let id: String
  let severity: Severity
  let opens: String
  let pattern: OwnPattern
}

extension PlacedSecret {
  /// A match of a pattern of the configuration.
  ///
  /// Nothing is known of how such values are drawn: a long one counts as one that nobody guesses.
  init(_ type: OwnCredential, _ value: [UInt8], span: Span, key: String?) {
    self.init(
      rule: type.id, severity: type.severity, span: span,
      redacted: Finding.SecretInfo(type: type.id, redacted: "****"), remark: "opens \(type.opens)")
    hold(value, isRandom: value.count >= 20, tag: type.id, key: key)
    isTyped = true
  }
}
