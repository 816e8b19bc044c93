internal import Manifests
internal import Policy
internal import Secrets

/// What the values of an object are, by its kind.
enum ValueCompany {
  /// Meant to be secret.
  case secrets
  /// Meant to be read by whoever may see the cluster.
  case settings
  /// Both.
  case others

  init(_ object: KubernetesObject?) {
    switch object?.identity.kind {
    case "Secret": self = .secrets
    case "ConfigMap": self = .settings
    default: self = .others
    }
  }
}

extension SecretScanner {
  /// Whether a value in clear, whose twin is still encrypted, is what the twin hides rather than what is to be filled in:
  /// in a sample only what was drawn at random.
  func looksReal(_ value: [UInt8], key: String, isSample: Bool) -> Bool {
    switch judge(value, key: key, place: .secretData) {
    case .credential(let found): !isSample || found.contains(where: \.isHighEntropy)
    case .looksSecret(let look): !isSample || look == .random
    case .passedOver: false
    }
  }

  /// How grave it is that a value which was encrypted can be read: `nil` for nothing, a reference, a public key or
  /// ciphertext. What may be a secret is critical; an address, a number or a word under a name that promises none is a
  /// setting, and was most likely encrypted with the rest of its file.
  func loss(_ value: [UInt8], key: String, in company: ValueCompany) -> Severity? {
    guard case .passedOver(let reason) = judge(value, key: key, place: .secretData) else { return .critical }
    if reason.isHarmless { return nil }
    if AssignmentName.kind(of: key.utf8).isCredential, ![.locator, .documentedExample].contains(reason) {
      return .critical
    }
    let word: Severity = company == .secrets ? .medium : .low
    switch reason {
    case .locator: return ValueJudge.isCapability(value) ? .critical : .low
    case .number, .placeholder, .documentedExample, .digest: return .low
    case .plainWord, .referenceName: return word
    default: return company == .settings ? .low : value.count < 4 ? word : .critical
    }
  }
}
