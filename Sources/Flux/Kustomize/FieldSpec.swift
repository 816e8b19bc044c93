internal import Manifests

/// A kind of objects and a field in them that a transformer sets.
package struct FieldSpec: Sendable, Hashable {
  var group: String
  var version: String
  var kind: String
  /// Steps separated by slashes; `\/` is a slash in a name, `[]` marks a list that is never created.
  var path: String
  /// Whether the field is made where it is absent.
  var creates: Bool

  init(_ kind: String = "", group: String = "", version: String = "", path: String, creates: Bool = false) {
    self.kind = kind
    self.group = group
    self.version = version
    self.path = path
    self.creates = creates
  }

  /// Whether the spec means objects of a kind.
  func selects(group: String, version: String, kind: String) -> Bool {
    (self.kind.isEmpty || self.kind == kind) && (self.group.isEmpty || self.group == group)
      && (self.version.isEmpty || self.version == version)
  }

  /// Two lists as one. A spec that means all that one before it means, and the same path, is left out.
  ///
  /// - Throws: `badTransformer` where the two say different things of fields that are absent.
  static func merged(_ first: [FieldSpec], _ second: [FieldSpec], at path: String) throws(BuildProblem) -> [FieldSpec] {
    var result = first
    for spec in second {
      let twin = result.first {
        $0.path == spec.path && spec.selects(group: $0.group, version: $0.version, kind: $0.kind)
      }
      guard let twin else {
        result.append(spec)
        continue
      }
      guard twin.creates == spec.creates else {
        throw BuildProblem(
          .badTransformer, path: path, subject: spec.path,
          message: "two field specs for \(spec.path) differ in whether to create it")
      }
    }
    return result
  }

  /// The steps of the path.
  var steps: [String] { FieldSpec.split(path) }

  /// Splits at slashes that are not escaped.
  static func split(_ path: String, at separator: Character = "/") -> [String] {
    var parts = path.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1, parts[0].isEmpty { parts.removeFirst() }
    var result: [String] = []
    for part in parts {
      if let last = result.last, last.hasSuffix("\\") {
        result[result.count - 1] = String(last.dropLast()) + String(separator) + part
      } else {
        result.append(part)
      }
    }
    return result
  }
}

/// What is made where a field is absent.
enum CreatedField {
  /// Nothing: absent fields stay absent.
  case none
  case scalar
  case mapping
}

/// Walks to a field through mappings and lists and changes what stands there.
struct FieldWalk {
  let creates: Bool
  let created: CreatedField

  /// Calls a function on every value at the path; lists on the way are gone through item by item.
  ///
  /// - Throws: `badTransformer` where a scalar stands in the way, and what the function throws.
  func visit(
    _ node: inout Node, _ steps: ArraySlice<String>, _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) {
    guard let step = steps.first else {
      try change(&node)
      return
    }
    switch node.value {
    case .sequence(var items):
      for index in items.indices { try visit(&items[index], steps, change) }
      node.value = .sequence(items)
    case .mapping(var entries):
      try visit(&entries, step, steps.dropFirst(), change)
      node.value = .mapping(entries)
    case .unknown: return
    case .scalar:
      if node.isNull { return }
      throw BuildProblem(
        .badTransformer, path: "", span: node.span, subject: step,
        message: "a mapping or a list is expected on the way to \(step)")
    }
  }

  /// Whether there is anything at the path, or something on the way to it that ``visit(_:_:_:)`` refuses.
  func mayReach(_ node: Node, _ steps: ArraySlice<String>) -> Bool {
    guard let step = steps.first else { return true }
    switch node.value {
    case .sequence(let items): return items.contains { mayReach($0, steps) }
    case .mapping(let entries):
      let name = step.hasSuffix("[]") ? String(step.dropLast(2)) : step
      return entries.first { $0.key.text == name }.map { mayReach($0.value, steps.dropFirst()) } ?? false
    case .unknown: return false
    case .scalar: return !node.isNull
    }
  }

  private func visit(
    _ entries: inout [Entry], _ step: String, _ rest: ArraySlice<String>,
    _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) {
    let isList = step.hasSuffix("[]")
    let name = isList ? String(step.dropLast(2)) : step
    let makes = creates && !isList
    if let index = entries.firstIndex(where: { $0.key.text == name }) {
      if entries[index].value.isNull, makes, let fresh = fresh(rest) { entries[index].value.value = fresh.value }
      try visit(&entries[index].value, rest, change)
    } else if makes, let fresh = fresh(rest) {
      var node = fresh
      try visit(&node, rest, change)
      entries.append(Entry(key: .plain(name), value: node))
    }
  }

  private func fresh(_ rest: ArraySlice<String>) -> Node? {
    if !rest.isEmpty {
      if case .none = created { return nil }
      return Node(.mapping([]))
    }
    switch created {
    case .none: return nil
    case .scalar: return Node(.scalar(Scalar("", tag: .string)))
    case .mapping: return Node(.mapping([]))
    }
  }
}

extension Node {
  /// A plain scalar that stands in no file.
  static func plain(_ text: String) -> Node { Node(.scalar(Scalar(text))) }

  /// Sets a key of a mapping, or adds it.
  mutating func set(_ key: String, to node: Node) {
    guard case .mapping(var entries) = value else { return }
    value = .mapping([])
    if let index = entries.firstIndex(where: { $0.key.text == key }) {
      entries[index].value = node
    } else {
      entries.append(Entry(key: .plain(key), value: node))
    }
    value = .mapping(entries)
  }

  /// Removes a key of a mapping.
  mutating func remove(_ key: String) {
    guard case .mapping(var entries) = value else { return }
    value = .mapping([])
    if let index = entries.firstIndex(where: { $0.key.text == key }) { entries.remove(at: index) }
    value = .mapping(entries)
  }

  /// Changes the value under a key, made as an empty mapping where it is absent or `null`.
  mutating func update<Failure: Error>(_ key: String, _ change: (inout Node) throws(Failure) -> Void) throws(Failure) {
    guard case .mapping(var entries) = value else { return }
    value = .mapping([])
    defer { value = .mapping(entries) }
    if let index = entries.firstIndex(where: { $0.key.text == key }) {
      if entries[index].value.isNull { entries[index].value = Node(.mapping([])) }
      try change(&entries[index].value)
    } else {
      var node = Node(.mapping([]))
      try change(&node)
      entries.append(Entry(key: .plain(key), value: node))
    }
  }

  /// The node and everything in it as set by somebody else.
  func attributed(to origin: Origin) -> Node {
    var copy = self
    copy.origin = origin
    switch value {
    case .scalar, .unknown: break
    case .sequence(let items): copy.value = .sequence(items.map { $0.attributed(to: origin) })
    case .mapping(let entries):
      copy.value = .mapping(
        entries.map { Entry(key: $0.key.attributed(to: origin), value: $0.value.attributed(to: origin)) })
    }
    return copy
  }
}
