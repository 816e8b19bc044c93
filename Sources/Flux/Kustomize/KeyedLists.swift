internal import Manifests

/// Two lists whose items are found by keys, merged in kustomize's order: the patch's items first.
///
/// The steps are kustomize's own, one by one, since the order of the result comes out of their interplay.
struct KeyedLists {
  /// Merges two items of which either may be missing; also tells whether the old item itself was changed.
  typealias Merge = (Node?, Node?) throws(BuildProblem) -> (value: Node?, keepsOld: Bool)

  private let keys: [String]
  private var dest: [Node]
  private let patch: [Node]?

  init(keys: [String], dest: [Node], patch: [Node]?) {
    self.keys = keys.isEmpty ? [""] : keys
    self.dest = dest
    self.patch = patch
  }

  /// The merged items.
  mutating func merged(_ merge: Merge) throws(BuildProblem) -> [Node] {
    var valuesList = keys == [""] ? scalarValues() : elementValues()
    if keys.count > 1 { valuesList = KeyedLists.joined(valuesList) }
    var added: [Node] = []
    var validKeys = keys
    for values in valuesList where !values.isEmpty {
      let valid = KeyedLists.valid(valuesList, values, keys)
      validKeys = valid.keys
      try mergeItem(valid.keys, valid.values, into: &added, merge)
    }
    guard !valuesList.isEmpty else { return dest }
    return append(dest, to: added, keys: validKeys)
  }

  private mutating func mergeItem(
    _ keys: [String], _ values: [String], into added: inout [Node], _ merge: Merge
  ) throws(BuildProblem) {
    let own = KeyedLists.valid([values], values, keys)
    let place = KeyedLists.find(dest, own.keys, own.values)
    let twin = patch.flatMap { list in KeyedLists.find(list, own.keys, own.values).map { list[$0] } }
    let result = try merge(place.map { dest[$0] }, twin)
    guard var value = result.value, !value.isNull, !KeyedLists.isEmptyMap(value) else {
      dest = KeyedLists.set(nil, in: dest, keys, values)
      return
    }
    if case .mapping = value.value {
      for (key, text) in zip(keys, values) where value.entry(key) == nil && !text.isEmpty {
        value.set(key, to: .plain(text))
      }
    }
    if let place, result.keepsOld { dest[place] = value }
    added = KeyedLists.set(value, in: added, keys, values)
  }

  /// The key values of all mapping items, the patch's first, each once.
  private func elementValues() -> [[String]] {
    var found: [[String]] = []
    for list in [patch, dest] {
      for item in list ?? [] {
        let values = keys.map { key -> String in
          guard let node = item.entry(key)?.value, !node.isNull else { return "" }
          return node.text ?? ""
        }
        if !found.contains(values) { found.append(values) }
      }
    }
    return found
  }

  private func scalarValues() -> [[String]] {
    var seen: Set<String> = []
    var found: [[String]] = []
    for item in (patch ?? []) + dest where seen.insert(item.text ?? "").inserted { found.append([item.text ?? ""]) }
    return found
  }

  private func append(_ items: [Node], to start: [Node], keys: [String]) -> [Node] {
    var result = start
    for item in items {
      if keys.first == "" {
        result = KeyedLists.set(item, in: result, [""], [item.text ?? ""])
        continue
      }
      var values: [String] = []
      for key in keys {
        if let node = item.entry(key)?.value {
          values.append(node.text ?? "")
        } else {
          result.append(item)
        }
      }
      if keys.count > 1 { result = KeyedLists.set(nil, in: result, keys, values) }
      result = KeyedLists.set(item, in: result, keys, values)
    }
    return result
  }

  private static func isEmptyMap(_ node: Node) -> Bool {
    if case .mapping(let entries) = node.value { return entries.isEmpty }
    return false
  }

  /// The first mapping item that has all the values, or the first scalar that is the value.
  private static func find(_ items: [Node], _ keys: [String], _ values: [String]) -> Int? {
    if keys.first ?? "" == "" { return items.firstIndex { $0.text == values.first ?? "" } }
    guard keys.count == values.count else { return nil }
    return items.firstIndex { item in
      guard case .mapping = item.value else { return false }
      return zip(keys, values).allSatisfy { item.entry($0)?.value.text == $1 }
    }
  }

  /// Replaces, adds or (with `nil`) removes the item that has the values; empty items go on the way.
  private static func set(_ element: Node?, in items: [Node], _ keys: [String], _ values: [String]) -> [Node] {
    let mapsOnly = keys.first.map { !$0.isEmpty } ?? false && values.first.map { !$0.isEmpty } ?? false
    var result: [Node] = []
    var isFound = false
    for item in items {
      if item.isNull || isEmptyMap(item) { continue }
      if !item.isMapping, mapsOnly {
        result.append(item)
        continue
      }
      guard matches(item, keys, values) else {
        if !values.isEmpty { result.append(item) }
        continue
      }
      isFound = true
      if let element { result.append(element) }
    }
    if let element, !element.isNull, !isFound { result.append(element) }
    return result
  }

  private static func matches(_ item: Node, _ keys: [String], _ values: [String]) -> Bool {
    for (index, key) in keys.enumerated() where index < values.count {
      if key.isEmpty {
        guard item.text == values[index] else { return false }
      } else {
        guard let text = item.entry(key)?.value else { return false }
        if !values[index].isEmpty, text.text != values[index] { return false }
      }
    }
    return true
  }

  /// Drops the keys that no item has a value for.
  private static func valid(
    _ all: [[String]], _ values: [String], _ keys: [String]
  ) -> (keys: [String], values: [String]) {
    var used: Set<String> = []
    for list in all {
      for (index, value) in list.enumerated() where !value.isEmpty && index < keys.count { used.insert(keys[index]) }
    }
    if used.isEmpty { return (keys, values) }
    let kept = values.enumerated().filter { !$1.isEmpty || ($0 < keys.count && used.contains(keys[$0])) }
    return (keys.filter { used.contains($0) }, kept.map(\.element))
  }

  /// Makes values alike that differ only where one of them is missing: a port without a protocol is the same port.
  private static func joined(_ lists: [[String]]) -> [[String]] {
    var result = lists
    for left in result.indices {
      for right in result.indices {
        if let both = match(result[left], result[right]) {
          result[left] = both
          result[right] = both
        }
      }
    }
    return result
  }

  private static func match(_ left: [String], _ right: [String]) -> [String]? {
    guard left.count == right.count else { return nil }
    var isCommon = false
    var result: [String] = []
    for (first, second) in zip(left, right) {
      if first == second {
        isCommon = true
        result.append(first)
      } else if !first.isEmpty, !second.isEmpty {
        return nil
      } else {
        result.append(first.isEmpty ? second : first)
      }
    }
    return isCommon ? result : nil
  }
}
