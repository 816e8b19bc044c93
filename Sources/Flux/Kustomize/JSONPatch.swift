internal import Manifests

/// A JSON patch (RFC 6902) as kustomize applies it: `replace` of a missing last key adds it.
struct JSONPatch {
  private struct Operation {
    var name: String
    var path: String
    var from: String?
    var value: Node?
    var node: Node
  }

  /// What happens at the end of a path.
  private enum Change {
    case add(Node)
    case replace(Node)
    case remove
  }

  private let operations: [Operation]
  private let file: String

  /// Whether the patch does nothing.
  var isEmpty: Bool { operations.isEmpty }

  /// Reads a patch from its document.
  ///
  /// - Parameter file: the file to name in problems.
  /// - Parameter isJSON: whether the text starts with `[`, so that kustomize reads it as JSON and nothing else.
  init(_ root: Node, file: String, isJSON: Bool) throws(BuildProblem) {
    self.file = file
    func bad(_ node: Node, _ message: String) -> BuildProblem {
      BuildProblem(.badPatch, path: file, span: node.span, message: message)
    }
    guard case .sequence(let items) = root.value else { throw bad(root, "a JSON patch has to be a list") }
    if isJSON, !JSONPatch.isJSON(root) { throw bad(root, "the patch starts like JSON and is none") }
    var operations: [Operation] = []
    for item in items {
      guard item.isMapping else { throw bad(item, "an operation of a JSON patch has to be a mapping") }
      let name = item.entry("op")?.value.text ?? ""
      guard ["add", "remove", "replace", "move", "copy", "test"].contains(name) else {
        throw bad(item, "an operation of the JSON patch is none of add, remove, replace, move, copy and test")
      }
      guard let path = item.entry("path")?.value.text else { throw bad(item, "an operation has no path") }
      let value = item.entry("value").map { isJSON ? $0.value : JSONPatch.typed($0.value) }
      operations.append(
        Operation(name: name, path: path, from: item.entry("from")?.value.text, value: value, node: item))
    }
    self.operations = operations
  }

  /// Whether a YAML value is written as JSON: keys and strings in double quotes, words only of JSON's three.
  private static func isJSON(_ node: Node) -> Bool {
    switch node.value {
    case .unknown: return false
    case .sequence(let items): return items.allSatisfy(isJSON)
    case .mapping(let entries):
      return entries.allSatisfy { entry in
        guard case .scalar(let key) = entry.key.value else { return false }
        return key.style == .doubleQuoted && isJSON(entry.value)
      }
    case .scalar(let scalar):
      if scalar.style == .doubleQuoted { return true }
      guard scalar.style == .plain, scalar.tag == nil else { return false }
      if ["true", "false", "null"].contains(scalar.text) { return true }
      guard let first = scalar.text.utf8.first, first == 45 || (first >= 48 && first <= 57) else { return false }
      return YAMLNumber.isFloat(scalar.text)
    }
  }

  /// The value as YAML 1.1 types it, which is how kustomize reads such a patch.
  static func typed(_ node: Node) -> Node {
    var copy = node
    switch node.value {
    case .unknown: break
    case .sequence(let items): copy.value = .sequence(items.map(typed))
    case .mapping(let entries):
      copy.value = .mapping(entries.map { Entry(key: $0.key, value: typed($0.value)) })
    case .scalar(let scalar):
      switch YAML11.meaning(of: scalar) {
      case .bool(let flag): copy.value = .scalar(Scalar(flag ? "true" : "false"))
      case .timestamp: copy.value = .scalar(Scalar(Timestamp(scalar.text)?.text ?? scalar.text, tag: .string))
      case .string: copy.value = .scalar(Scalar(scalar.text, style: scalar.style, tag: .string))
      default: break
      }
    }
    return copy
  }

  /// Applies all operations.
  ///
  /// - Throws: `badPatch` for the first that does not apply; the document is then to be thrown away.
  func apply(to root: inout Node) throws(BuildProblem) {
    for operation in operations { try apply(operation, to: &root) }
  }

  private func fail(_ operation: Operation, _ reason: String) -> BuildProblem {
    BuildProblem(
      .badPatch, path: file, span: operation.node.span, subject: operation.path,
      message: "the JSON patch does not apply: \(operation.name) \(operation.path): \(reason)")
  }

  /// The steps of a pointer; text before the first slash counts for nothing, as in kustomize.
  private func steps(_ pointer: String, _ operation: Operation) throws(BuildProblem) -> [String] {
    let parts = pointer.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1 else { throw fail(operation, "the path leads nowhere") }
    return parts.dropFirst().map { JSONPatch.unescaped(String($0)) }
  }

  private static func unescaped(_ text: String) -> String {
    guard text.contains("~") else { return text }
    var result = ""
    var rest = Substring(text)
    while let character = rest.first {
      if rest.hasPrefix("~1") {
        result.append("/")
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("~0") {
        result.append("~")
        rest = rest.dropFirst(2)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private func apply(_ operation: Operation, to root: inout Node) throws(BuildProblem) {
    let value = operation.value ?? Node(.scalar(Scalar("null")))
    if operation.path.isEmpty, operation.name == "replace" {
      guard value.isMapping else { throw fail(operation, "an object is needed") }
      root = value
      return
    }
    if operation.path.isEmpty, operation.name == "test" {
      guard root.means(value) else { throw fail(operation, "the values differ") }
      return
    }
    let path = try steps(operation.path, operation)
    switch operation.name {
    case "add": try change(&root, path[...], operation, .add(value))
    case "replace": try change(&root, path[...], operation, .replace(value))
    case "remove": try change(&root, path[...], operation, .remove)
    case "test":
      let found = try get(path, in: root, operation)
      let isSame = found.map { $0.means(value) } ?? value.isNull
      guard isSame else { throw fail(operation, "the values differ") }
    default:
      let from = try steps(operation.from ?? "", operation)
      let moved = try get(from, in: root, operation) ?? Node(.scalar(Scalar("null")))
      if operation.name == "move" {
        try change(&root, from[...], operation, .remove)
      }
      try change(&root, path[...], operation, .add(moved))
    }
  }

  private func get(_ path: [String], in root: Node, _ operation: Operation) throws(BuildProblem) -> Node? {
    var node = root
    for (index, step) in path.enumerated() {
      switch node.value {
      case .mapping:
        guard let next = node.entry(step)?.value else {
          if index == path.count - 1 { return nil }
          throw fail(operation, "a part of the path is missing")
        }
        node = next
      case .sequence(let items): node = items[try place(step, items.count, operation)]
      default: throw fail(operation, "a part of the path is missing")
      }
    }
    return node
  }

  private func place(_ step: String, _ count: Int, _ operation: Operation) throws(BuildProblem) -> Int {
    guard var index = Int(step) else { throw fail(operation, "\(step) is no place in a list") }
    if index < 0 { index += count }
    guard index >= 0, index < count else { throw fail(operation, "the list has no item \(step)") }
    return index
  }

  /// Walks to the holder of the last step and changes it there.
  private func change(
    _ node: inout Node, _ path: ArraySlice<String>, _ operation: Operation, _ last: Change
  ) throws(BuildProblem) {
    guard let step = path.first else { return }
    guard node.isMapping || node.isSequence else { throw fail(operation, "a part of the path is missing") }
    if path.count == 1 {
      switch last {
      case .add(let value): try add(value, step, to: &node, operation)
      case .replace(let value): try replace(step, in: &node, with: value, operation)
      case .remove: try remove(step, from: &node, operation)
      }
      return
    }
    switch node.value {
    case .mapping(var entries):
      guard let index = entries.firstIndex(where: { $0.key.text == step }) else {
        throw fail(operation, "a part of the path is missing")
      }
      try change(&entries[index].value, path.dropFirst(), operation, last)
      node.value = .mapping(entries)
    case .sequence(var items):
      let index = try place(step, items.count, operation)
      try change(&items[index], path.dropFirst(), operation, last)
      node.value = .sequence(items)
    default: return
    }
  }

  /// Sets a key, which is a string whatever it looks like.
  private func set(_ key: String, of node: inout Node, to value: Node) {
    guard case .mapping(var entries) = node.value, node.entry(key) == nil else {
      node.set(key, to: value)
      return
    }
    entries.append(Entry(key: Node(.scalar(Scalar(key, tag: .string))), value: value))
    node.value = .mapping(entries)
  }

  private func add(_ value: Node, _ step: String, to node: inout Node, _ operation: Operation) throws(BuildProblem) {
    guard case .sequence(var items) = node.value else {
      set(step, of: &node, to: value)
      return
    }
    if step == "-" {
      items.append(value)
    } else {
      items.insert(value, at: try place(step, items.count + 1, operation))
    }
    node.value = .sequence(items)
  }

  private func replace(
    _ step: String, in node: inout Node, with value: Node, _ operation: Operation
  ) throws(BuildProblem) {
    guard case .sequence(var items) = node.value else {
      set(step, of: &node, to: value)
      return
    }
    items[try place(step, items.count, operation)] = value
    node.value = .sequence(items)
  }

  private func remove(_ step: String, from node: inout Node, _ operation: Operation) throws(BuildProblem) {
    guard case .sequence(var items) = node.value else {
      guard node.entry(step) != nil else { throw fail(operation, "there is no such key") }
      node.remove(step)
      return
    }
    items.remove(at: try place(step, items.count, operation))
    node.value = .sequence(items)
    if let origin = operation.node.origin {
      // What is gone has no place of its own any more, so the list tells who took it away.
      node.origin = origin
      node.span = operation.node.span
    }
  }
}
