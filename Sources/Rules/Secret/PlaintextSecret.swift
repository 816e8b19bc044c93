internal import Flux
internal import Manifests
internal import Policy
internal import Secrets

/// A Kubernetes Secret whose values can be read by whoever can read the repository.
struct PlaintextSecret: ObjectRule {
  let info = RuleInfo(
    "plaintext-secret", .critical, .secret,
    summary: "A Kubernetes Secret stands in the repository in clear; base64 is not encryption.",
    why: """
      Whoever can read the repository, a fork, a clone or a backup of it has the value, and it stays in the history for \
      ever.
      """,
    remediation: """
      Change the value where it is used, then commit it encrypted with SOPS, or replace the Secret by an ExternalSecret \
      or a SealedSecret.
      """,
    references: [References.bestPractices, References.sops],
    examples: [
      Example(
        "a password in stringData", before: nil,
        after: Samples.secret("stringData", "password: ⟦\(Samples.password)⟧")),
      Example(
        "a reference that is filled in later", before: nil, after: Samples.secret("stringData", "password: ${PASSWORD}")
      ),
      Example(
        "only a label of the Secret changes",
        before: Samples.secret("stringData", "password: \(Samples.password)"),
        after: Samples.secret("stringData", "password: \(Samples.password)", labels: "{team: a}")),
    ])

  var kinds: KindSelection { .kinds([GroupKind(group: "", kind: "Secret")]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after, after.object.root.entry("sops") == nil else { return [] }
    guard let scanner = try? SecretScanner() else { return [] }
    return ["data", "stringData"].flatMap { field in
      (after.object.root.entry(field)?.value.entries ?? []).compactMap { entry in
        guard let value = entry.value.text, change.before?.object[field, entry.name]?.text != value else { return nil }
        return violation(entry, value, field, after, scanner)
      }
    }
  }

  private func violation(
    _ entry: Entry, _ value: String, _ field: String, _ object: AppliedObject, _ scanner: SecretScanner
  ) -> Violation? {
    let bytes = field == "data" ? Base64.decode(value.utf8) : Array(value.utf8)
    let severity: Severity
    switch scanner.judge(bytes, key: entry.name, place: .secretData) {
    case .credential, .looksSecret(.random): severity = .critical
    case .looksSecret(.typed): severity = .critical
    case .passedOver(let reason) where PlaintextSecret.isHarmless(reason): return nil
    case .passedOver: severity = .medium
    }
    let path = FieldPath([.key(field), .key(entry.name)])
    let kind =
      severity == .critical ? "is in clear" : "is kept in a Secret in clear, though it reads like configuration"
    return Violation(
      "\(path) of \(object.object.identity.title) \(kind).", object: object, field: path,
      location: object.location(of: entry.value, side: .after), severity: severity,
      secret: Finding.SecretInfo(
        type: info.id, redacted: "****", decodedFrom: field == "data" ? ["base64"] : []))
  }

  /// Whether a value tells nothing that the repository may not tell.
  private static func isHarmless(_ reason: PassReason) -> Bool {
    switch reason {
    case .encrypted, .reference, .publicKey, .certificate, .empty: true
    default: false
    }
  }
}

extension Samples {
  /// A password, made of two halves so that no scanner of this repository takes it for a real one.
  static let password = "tR7#mq" + "9Lw2&Zx"

  /// A Secret with one line of data.
  static func secret(_ field: String, _ line: String, labels: String = "{}") -> String {
    """
    apiVersion: v1
    kind: Secret
    metadata:
      name: vcenter
      namespace: eksa-system
      labels: \(labels)
    type: Opaque
    \(field):
      \(line)

    """
  }
}
