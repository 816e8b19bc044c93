internal import Manifests
internal import Secrets

/// Which values of a document SOPS encrypts, as its block in the document says. Every key on the way to a value counts;
/// places in a list do not.
struct SOPSScope {
  private let unencryptedSuffix: String
  private let encryptedSuffix: String
  private let unencrypted: OwnPattern?
  private let encrypted: OwnPattern?
  /// Whether SOPS looks for comments, which a parsed document does not have.
  private let goesByComments: Bool

  /// - Parameter block: the mapping under `sops`.
  init(_ block: Node) {
    unencryptedSuffix = block["unencrypted_suffix"]?.text ?? ""
    encryptedSuffix = block["encrypted_suffix"]?.text ?? ""
    unencrypted = SOPSScope.pattern(block["unencrypted_regex"])
    encrypted = SOPSScope.pattern(block["encrypted_regex"])
    goesByComments = block["encrypted_comment_regex"]?.text?.isEmpty == false
  }

  /// Whether SOPS would encrypt the value at `field`; of those that go by comments nothing is known.
  func holds(_ field: FieldPath) -> Bool {
    let keys = field.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
    if goesByComments { return false }
    if !encryptedSuffix.isEmpty { return keys.contains { $0.hasSuffix(encryptedSuffix) } }
    if let encrypted { return keys.contains(where: encrypted.fits) }
    if !unencryptedSuffix.isEmpty, keys.contains(where: { $0.hasSuffix(unencryptedSuffix) }) { return false }
    return unencrypted.map { !keys.contains(where: $0.fits) } ?? true
  }

  /// `nil` for no pattern, and for one that cannot be read, with which SOPS would not have written the block.
  private static func pattern(_ node: Node?) -> OwnPattern? {
    guard let text = node?.text, !text.isEmpty else { return nil }
    do throws(SecretsError) { return try OwnPattern(text) } catch { return nil }
  }
}
