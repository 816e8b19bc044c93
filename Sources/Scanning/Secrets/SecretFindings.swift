internal import Manifests
internal import Policy

/// Makes findings of credentials.
struct SecretFindings: Sendable {
  let infos: [String: RuleInfo]

  /// The finding of a credential at a place; `nil` for a type that the catalogue does not list.
  func finding(_ secret: PlacedSecret, path: String?, source: Finding.Source) -> Finding? {
    guard let info = infos[secret.rule] else { return nil }
    var finding = Finding(
      rule: info.id, severity: secret.severity, category: info.category,
      message: secret.message ?? message(secret, info, source), subject: secret.subject, field: secret.field,
      source: source, location: path.map { Location(path: $0, side: .after, span: secret.span) },
      related: path.map { path in secret.related.map { Location(path: path, side: .after, span: $0) } } ?? [],
      secret: secret.redacted, why: info.why, remediation: info.remediation, references: info.references)
    finding.fingerprint = secret.fingerprint ?? fingerprint(secret, path)
    return finding
  }

  /// Of a value that can be guessed: what it is called, not what it is.
  private func fingerprint(_ secret: PlacedSecret, _ path: String?) -> String {
    guard let subject = secret.subject else { return Fingerprint.of([secret.rule, "guessable", path ?? ""]) }
    return Fingerprint.of([
      secret.rule, "guessable", subject.kind, subject.namespace, subject.name, secret.field?.description ?? "",
    ])
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
