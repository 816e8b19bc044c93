/// One field that differs between two versions of an object.
package struct FieldChange: Sendable {
  package var path: FieldPath
  /// The value before, `nil` where the field was absent.
  package var before: Node?
  /// The value after, `nil` where the field is absent.
  package var after: Node?
  /// The place to show when a side is absent: the field's nearest holder there.
  package var holderBefore: Node?
  package var holderAfter: Node?

  package init(path: FieldPath, before: Node?, after: Node?, holderBefore: Node? = nil, holderAfter: Node? = nil) {
    self.path = path
    self.before = before
    self.after = after
    self.holderBefore = holderBefore
    self.holderAfter = holderAfter
  }
}

extension FieldChange {
  /// All fields that differ, the deepest that can be named. A subtree that is only on one side is one change.
  ///
  /// - Parameter group: the objects' API group, which tells how lists are matched.
  package static func between(_ before: Node, _ after: Node, group: String, at path: FieldPath = FieldPath())
    -> [FieldChange]
  {
    var comparison = FieldComparison(group: group)
    comparison.compare(before, after, at: path, field: "")
    return comparison.changes
  }
}

/// Collects the differences of two values.
private struct FieldComparison {
  let group: String
  var changes: [FieldChange] = []

  init(group: String) { self.group = group }

  mutating func compare(_ before: Node, _ after: Node, at path: FieldPath, field: String) {
    if before.means(after) { return }
    switch (before.value, after.value) {
    case (.mapping(let old), .mapping(let new)):
      mappings(old, new, before, after, at: path)
    case (.sequence(let old), .sequence(let new)):
      sequences(old, new, before, after, at: path, field: field)
    default:
      changes.append(FieldChange(path: path, before: before, after: after))
    }
  }

  private mutating func mappings(_ old: [Entry], _ new: [Entry], _ before: Node, _ after: Node, at path: FieldPath) {
    let newByName = Dictionary(new.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let oldNames = Set(old.map(\.name))
    for entry in old {
      let twin = newByName[entry.name].flatMap { $0.isNull ? nil : $0 }
      pair(entry.value, twin, before, after, at: path.key(entry.name), field: entry.name)
    }
    for entry in new where !oldNames.contains(entry.name) {
      pair(nil, entry.value, before, after, at: path.key(entry.name), field: entry.name)
    }
  }

  /// Compares a value that may be on one side only; `null` counts as absent.
  private mutating func pair(
    _ old: Node?, _ new: Node?, _ before: Node, _ after: Node, at path: FieldPath, field: String
  ) {
    switch (old.flatMap { $0.isNull ? nil : $0 }, new.flatMap { $0.isNull ? nil : $0 }) {
    case (let old?, let new?): compare(old, new, at: path, field: field)
    case (nil, nil): break
    case (let old, let new):
      changes.append(FieldChange(path: path, before: old, after: new, holderBefore: before, holderAfter: after))
    }
  }

  private mutating func sequences(
    _ old: [Node], _ new: [Node], _ before: Node, _ after: Node, at path: FieldPath, field: String
  ) {
    switch ListShape.of(field, group: group) {
    case .keyed(let key):
      if let oldKeys = keys(old, key), let newKeys = keys(new, key) {
        keyed(Array(zip(oldKeys, old)), Array(zip(newKeys, new)), before, after, at: path)
      } else {
        fallthrough
      }
    case .ordered:
      for index in 0..<max(old.count, new.count) {
        let left = index < old.count ? old[index] : nil
        let right = index < new.count ? new[index] : nil
        pair(left, right, before, after, at: path.index(index), field: "")
      }
    case .set:
      let left = unmatched(old, in: new)
      let right = unmatched(new, in: old)
      for item in left { pair(item, nil, before, after, at: path.item(item.text ?? "…"), field: "") }
      for item in right { pair(nil, item, before, after, at: path.item(item.text ?? "…"), field: "") }
    }
  }

  /// The key of every item, if each item has one and they are distinct.
  private func keys(_ items: [Node], _ key: String) -> [String]? {
    var found: [String] = []
    for item in items {
      guard let name = item[key]?.text else { return nil }
      found.append(name)
    }
    return Set(found).count == found.count ? found : nil
  }

  private mutating func keyed(
    _ old: [(String, Node)], _ new: [(String, Node)], _ before: Node, _ after: Node, at path: FieldPath
  ) {
    let newByKey = Dictionary(new, uniquingKeysWith: { $1 })
    let oldKeys = Set(old.map(\.0))
    for (name, item) in old { pair(item, newByKey[name], before, after, at: path.item(name), field: "") }
    for (name, item) in new where !oldKeys.contains(name) {
      pair(nil, item, before, after, at: path.item(name), field: "")
    }
  }

  private func unmatched(_ items: [Node], in others: [Node]) -> [Node] {
    let texts = Set(others.compactMap(\.text))
    return items.filter { item in
      if let text = item.text { return !texts.contains(text) }
      return !others.contains { $0.means(item) }
    }
  }
}
