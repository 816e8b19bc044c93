package import Manifests

/// A choice of kinds of objects.
package struct KindChoice: Hashable, Sendable {
  private let kinds: Set<GroupKind>
  private let groups: Set<String>
  private let isOfAll: Bool
  /// For each way of belonging to the choice, the names that stand in a file which holds such an object.
  let names: [NameSet]

  /// Some kinds, and all kinds of some groups.
  package init(kinds: Set<GroupKind>, groups: Set<String> = []) {
    self.kinds = kinds
    self.groups = groups
    isOfAll = false
    names = Set(kinds.map { NameSet($0) } + groups.map { NameSet(group: $0) }).map { $0 }
  }

  private init() { (kinds, groups, isOfAll, names) = ([], [], true, [NameSet()]) }

  /// Objects of every kind.
  package static let all = KindChoice()

  /// Whether a kind is among them.
  package func contains(_ kind: GroupKind) -> Bool { isOfAll || kinds.contains(kind) || groups.contains(kind.group) }
}
