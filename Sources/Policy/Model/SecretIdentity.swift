/// Tells one credential's value from another's without telling the value.
package struct SecretIdentity: Sendable, Hashable {
  /// A hash under a key that this process drew: equal for equal values, and of no use to anybody else.
  private let local: Int
  /// Four hexadecimal digits of a hash: enough to notice another value, far too few to find the value.
  package let check: String
  /// Whether the finding's fingerprint is made of the value as well.
  package let isInFingerprint: Bool

  /// - Parameter type: the id of the credential's type.
  package init(of value: some Sequence<UInt8>, type: String, isInFingerprint: Bool = false) {
    let bytes = Array(value)
    var hasher = Hasher()
    hasher.combine(bytes)
    local = hasher.finalize()
    check = String(Fingerprint.of(["value", type, String(decoding: bytes, as: UTF8.self)]).prefix(4))
    self.isInFingerprint = isInFingerprint
  }
}

extension Finding {
  /// Whether the fingerprint of a credential changes with its value; other findings have no value to hide.
  package var fingerprintTellsValue: Bool { secret?.identity?.isInFingerprint ?? false }

  /// Whether it is about an object that a person names as `NAME`, `NAMESPACE/NAME`, `KIND/NAME` or
  /// `KIND/NAMESPACE/NAME`; a finding about no object is named by its path.
  package func isAbout(object: String) -> Bool {
    guard let subject else { return location?.path == object }
    let namespaces = subject.namespace.isEmpty ? ["", "default"] : [subject.namespace]
    return namespaces.contains { namespace in
      let names = [
        subject.name, "\(namespace)/\(subject.name)", "\(subject.kind)/\(subject.name)",
        "\(subject.kind)/\(namespace)/\(subject.name)",
      ]
      return names.contains(object)
    }
  }
}
