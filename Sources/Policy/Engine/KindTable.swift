internal import Manifests

/// Which rules want to see an object of a kind, by their numbers; asked once for each object.
struct KindTable: Sendable {
  private var byKind: [GroupKind: [Int]] = [:]
  private var byGroup: [String: [Int]] = [:]
  private var always: [Int] = []

  /// - Parameter selections: what each rule wants to see, in the order of the rules.
  init(_ selections: [KindSelection]) {
    var kinds: Set<GroupKind> = []
    var groups: Set<String> = []
    for selection in selections {
      switch selection {
      case .kinds(let named): kinds.formUnion(named)
      case .groups(let named): groups.formUnion(named)
      case .mentioning: break
      }
    }
    let numbers = selections.indices
    always = numbers.filter { selections[$0].includes(GroupKind(group: "", kind: "")) }
    for group in groups {
      byGroup[group] = numbers.filter { selections[$0].includes(GroupKind(group: group, kind: "")) }
    }
    for kind in kinds { byKind[kind] = numbers.filter { selections[$0].includes(kind) } }
  }

  /// The numbers of the rules that want to see objects of a kind, in order.
  func rules(for kind: GroupKind) -> [Int] { byKind[kind] ?? byGroup[kind.group] ?? always }
}
