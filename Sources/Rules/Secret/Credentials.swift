package import Policy
internal import Secrets

extension Catalogue {
  /// A description of every credential type. They are judged on bytes, wherever those are, not by a rule.
  package static let credentials: [RuleInfo] = CredentialType.all.map { type in
    RuleInfo(
      type.id, severity(type.severity), .secret,
      summary: "A credential in clear that opens \(type.opens).",
      why: """
        Whoever can read the repository, a fork, a clone or a backup of it can use the credential. Removing it in a later \
        commit does not take it out of the history.
        """,
      remediation:
        "\(type.revoke). Then keep the new one out of Git: encrypt it with SOPS, or refer to a secret store.",
      references: type.references,
      supersedes: type.isToldByNameAlone ? [] : aboutPlaces + ["env-secrets-in-packages"])
  }

  /// The rules about values in places that are not meant for credentials in clear: a type with a mark of its own speaks
  /// instead of them.
  static let aboutPlaces = [
    "plaintext-secret", "secret-in-configmap", "secret-in-env", "secret-generator-literal",
  ]
  /// The types told by a name alone: a rule that knows the place speaks instead of them.
  static let toldByName = CredentialType.all.filter(\.isToldByNameAlone).map(\.id)

  private static func severity(_ severity: CredentialSeverity) -> Severity {
    switch severity {
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .critical: .critical
    }
  }
}
