internal import Manifests

/// One rule of a role.
struct RoleRight {
  var groups: Set<String>
  var resources: Set<String>
  var verbs: Set<String>
  /// The only objects that it is about; none where it is about all.
  var names: Set<String>
  /// The rule as it is written.
  let node: Node

  init(_ rule: Node) {
    node = rule
    groups = RoleRight.words(rule["apiGroups"])
    resources = RoleRight.words(rule["resources"])
    verbs = RoleRight.words(rule["verbs"])
    names = RoleRight.words(rule["resourceNames"])
  }

  private static func words(_ node: Node?) -> Set<String> { Set((node?.items ?? []).compactMap(\.text)) }

  /// The same right in parts of one group, resource and verb; as it is where that would be too many, or none.
  var parts: [RoleRight] {
    let count = groups.count * resources.count * verbs.count
    guard count > 1, count <= 2000 else { return [self] }
    return groups.flatMap { group in
      resources.flatMap { resource in
        verbs.map { verb in
          var part = self
          (part.groups, part.resources, part.verbs) = ([group], [resource], [verb])
          return part
        }
      }
    }
  }

  /// The word that is in no rule of another role, else the first key: where an edit has written something.
  func place(beside others: [RoleRight]) -> Node {
    for key in ["verbs", "resources", "apiGroups"] {
      let known = Set(others.flatMap { RoleRight.words($0.node[key]) })
      if let new = node[key]?.items.first(where: { $0.text.map { !known.contains($0) } ?? false }) { return new }
    }
    return node.entries.first?.key ?? node
  }

  /// Whether whatever the other right allows is allowed by this one.
  func covers(_ other: RoleRight) -> Bool {
    let isForOthers = names.isEmpty || !other.names.isEmpty && other.names.isSubset(of: names)
    return isForOthers && RoleRight.holds(groups, other.groups) && RoleRight.holds(resources, other.resources)
      && RoleRight.holds(verbs, other.verbs)
  }

  private static func holds(_ words: Set<String>, _ others: Set<String>) -> Bool {
    words.contains("*") || others.isSubset(of: words)
  }
}
