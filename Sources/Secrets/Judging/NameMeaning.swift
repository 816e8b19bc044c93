/// What a name promises and which types tell themselves by it.
struct NameMeaning: Sendable {
  /// A type one of whose names stands in the name.
  struct Candidate: Sendable {
    var index: Int
    /// Whether the name tells the vendor too, or the type asks for none.
    var hasVendor: Bool
  }

  var kind: NameKind
  var types: [Candidate]
  /// The id of the generic type for such a name.
  var genericType: String

  init(_ name: some Collection<UInt8>, catalogue: Catalogue) {
    let normalized = AssignmentName.normalized(name)
    kind = AssignmentName.kind(of: name)
    types = []
    for index in catalogue.assigned {
      guard case .assigned(let vendors, let names, _) = catalogue.types[index].recognition,
        names.contains(where: { normalized.firstPlace(of: $0.utf8) != nil })
      else { continue }
      let hasVendor = vendors.isEmpty || vendors.contains { normalized.firstPlace(of: $0.utf8) != nil }
      if hasVendor || vendors.contains(where: { $0.utf8.count >= 5 }) {
        types.append(Candidate(index: index, hasVendor: hasVendor))
      }
    }
    // A vendor in the name tells more than one in the lines before.
    types = types.filter(\.hasVendor) + types.filter { !$0.hasVendor }
    if AssignmentName.isAbout(name) { types = [] }
    genericType =
      kind == .password
      ? "generic-password"
      : normalized.contains(caseless: "token") || normalized.contains(caseless: "jwt")
        || normalized.contains(caseless: "bearer")
        ? "generic-token" : normalized.contains(caseless: "key") ? "generic-api-key" : "generic-secret"
  }
}
