/// What a name promises and which types tell themselves by it.
struct NameMeaning: Sendable {
  /// A type one of whose names stands in the name.
  struct Candidate: Sendable {
    var index: Int
    /// Whether the name tells the vendor too, or the type asks for none.
    var hasVendor: Bool
  }

  var kind: NameKind
  /// Whether a UUID under the name is a credential.
  var mayBeUUID: Bool
  var types: [Candidate]
  /// The id of the generic type for such a name.
  var genericType: String

  init(_ name: UnsafeRawBufferPointer, catalogue: Catalogue) {
    let normalized = AssignmentName.normalized(name)
    kind = AssignmentName.kind(of: name)
    mayBeUUID = kind.isCredential && AssignmentName.mayBeUUID(name)
    types = []
    var isThere = [Bool](repeating: false, count: catalogue.fragments.count)
    catalogue.fragments.mark(in: normalized, &isThere)
    for type in catalogue.assigned where type.names.contains(where: { isThere[$0] }) {
      let hasVendor = type.vendors.isEmpty || type.vendors.contains { isThere[$0] }
      if hasVendor || type.hasLongVendor { types.append(Candidate(index: type.index, hasVendor: hasVendor)) }
    }
    // A vendor in the name tells more than one in the lines before.
    types = types.filter(\.hasVendor) + types.filter { !$0.hasVendor }
    if AssignmentName.isAbout(name) { types = [] }
    genericType =
      kind == .password || kind == .perhaps && normalized.contains(caseless: "passw")
      ? "generic-password"
      : normalized.contains(caseless: "token") || normalized.contains(caseless: "jwt")
        || normalized.contains(caseless: "bearer")
        ? "generic-token" : normalized.contains(caseless: "key") ? "generic-api-key" : "generic-secret"
  }
}
