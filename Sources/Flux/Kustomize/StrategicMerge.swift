internal import Manifests

/// Strategic merge as kustomize does it: mappings merge, `null` removes, `$patch` deletes or replaces, lists of built-in
/// kinds merge by their keys and all other lists are replaced.
struct StrategicMerge {
  private static let directiveKey = "$patch"

  private enum Directive {
    case merge, replace, delete
  }

  /// A problem of the patch; its path is filled in by the caller.
  private static func bad(_ node: Node?, _ message: String) -> BuildProblem {
    BuildProblem(.badPatch, path: node?.origin?.path ?? "", span: node?.span ?? .none, message: message)
  }

  /// Merges a patch into an object.
  ///
  /// - Returns: `nil` where the patch deletes the object.
  /// - Throws: `badPatch` where the shapes do not fit.
  static func merge(_ patch: Node, into object: Node) throws(BuildProblem) -> Node? {
    let result = try merge(object, patch, schema: nil)
    // kustomize merges in place and throws away what `replace` puts in the place of the whole object.
    guard result != nil, try directive(of: patch) == .replace else { return result }
    return object
  }

  private enum Shape {
    case mapping, sequence, scalar
  }

  private static func shape(_ node: Node) -> Shape {
    switch node.value {
    case .mapping: .mapping
    case .sequence: .sequence
    case .scalar, .unknown: .scalar
    }
  }

  /// The result of merging two values of which each may be missing.
  private static func merge(_ dest: Node?, _ patch: Node?, schema: MergeSchema?) throws(BuildProblem) -> Node? {
    let first = [dest, patch].lazy.compactMap { $0 }.first { !$0.isNull }
    guard let first else { return try bothNull(dest, patch) }
    for node in [dest, patch] {
      if let node, !node.isNull, shape(node) != shape(first) {
        throw bad(patch, "the patch has a value of another shape than the object at the same place")
      }
    }
    let schema = schema ?? own(dest) ?? own(patch)
    switch shape(first) {
    case .mapping: return try mappings(dest, patch, schema: schema)
    case .sequence: return patch.map { $0.isNull ? nil : $0 } ?? dest
    case .scalar: return patch.map { $0.isNull ? nil : $0 } ?? dest
    }
  }

  private static func own(_ node: Node?) -> MergeSchema? {
    guard let node, case .mapping = node.value, let kind = node.entry("kind")?.value.text,
      let version = node.entry("apiVersion")?.value.text
    else { return nil }
    return MergeSchema(apiVersion: version, kind: kind)
  }

  /// A `null` in the object stays unless the patch names the key; one that is written as nothing goes.
  private static func bothNull(_ dest: Node?, _ patch: Node?) throws(BuildProblem) -> Node? {
    guard patch == nil, let dest, dest.text?.isEmpty == false else { return nil }
    return dest
  }

  private static func mappings(_ dest: Node?, _ patch: Node?, schema: MergeSchema?) throws(BuildProblem) -> Node? {
    guard let patch else {
      guard let dest, !dest.isNull else { return nil }
      return try fields(of: dest, and: nil, schema: schema)
    }
    if patch.isNull { return nil }
    let (directive, rest) = try take(patch)
    if directive == .delete { return nil }
    guard var dest, !dest.isNull, directive != .replace else { return try fields(of: rest, and: rest, schema: schema) }
    // Below a mapping that only the patch has, the object's side is the patch itself.
    if patch.entry(directiveKey) != nil { dest.remove(directiveKey) }
    return try fields(of: dest, and: rest, schema: schema)
  }

  private static func fields(of dest: Node, and patch: Node?, schema: MergeSchema?) throws(BuildProblem) -> Node {
    var entries: [Entry] = []
    var seen: Set<String> = []
    let patched = Dictionary(patch?.entries.map { ($0.name, $0) } ?? [], uniquingKeysWith: { first, _ in first })
    for entry in dest.entries where seen.insert(entry.name).inserted {
      let change = patched[entry.name]?.value
      let value = try field(entry.name, entry.value, change, schema: schema)?.written(as: entry.value)
      if let value { entries.append(Entry(key: entry.key, value: value)) }
    }
    for entry in patch?.entries ?? [] where seen.insert(entry.name).inserted {
      let value = try field(entry.name, nil, entry.value, schema: schema)
      if let value { entries.append(Entry(key: entry.key, value: value)) }
    }
    var result = dest
    result.value = .mapping(entries)
    return result
  }

  private static func field(
    _ name: String, _ dest: Node?, _ patch: Node?, schema: MergeSchema?
  ) throws(BuildProblem) -> Node? {
    guard let field = schema?.field(name) else {
      return try plain(dest, patch)
    }
    switch field {
    case .object(let type): return try merge(dest, patch, schema: .of(type))
    case .keyed(let keys, let type):
      guard [dest, patch].contains(where: { $0?.isSequence == true }) else {
        return try merge(dest, patch, schema: nil)
      }
      return try list(dest, patch, keys: keys, schema: type.map { .of($0) })
    case .scalars:
      guard [dest, patch].contains(where: { $0?.isSequence == true }) else {
        return try merge(dest, patch, schema: nil)
      }
      return try list(dest, patch, keys: [], schema: nil)
    }
  }

  /// A field without merge keys; what the patch does not name stays as it is.
  private static func plain(_ dest: Node?, _ patch: Node?) throws(BuildProblem) -> Node? {
    try merge(dest, patch, schema: nil)
  }

  private static func list(
    _ dest: Node?, _ patch: Node?, keys: [String], schema: MergeSchema?
  ) throws(BuildProblem) -> Node? {
    for node in [dest, patch] {
      if let node, !node.isNull, !node.isSequence {
        throw bad(patch, "the patch has a value of another shape than the object at the same place")
      }
    }
    guard let patch else { return try items(dest, nil, keys: keys, schema: schema) }
    if patch.isNull { return nil }
    guard let dest, !dest.isNull else { return try items(patch, patch, keys: keys, schema: schema) }
    let (directive, rest) = try takeFromList(patch)
    switch directive {
    case .delete: return nil
    case .replace: return try items(rest, rest, keys: keys, schema: schema)
    case .merge: return try items(dest, rest, keys: keys, schema: schema)
    }
  }

  private static func items(
    _ dest: Node?, _ patch: Node?, keys: [String], schema: MergeSchema?
  ) throws(BuildProblem) -> Node? {
    guard var result = dest else { return nil }
    var lists = KeyedLists(keys: keys, dest: result.items, patch: patch?.items)
    result.value = .sequence(
      try lists.merged { (old, new) throws(BuildProblem) in
        let value = try merge(old, new, schema: schema)
        let replaces = try new.map { (node) throws(BuildProblem) in try directive(of: node) == .replace } ?? false
        return (value, old != nil && !replaces)
      })
    return result
  }

  private static func directive(of node: Node) throws(BuildProblem) -> Directive {
    guard case .mapping = node.value else { return .merge }
    return try take(node).directive
  }

  /// A mapping's directive, and the mapping without it.
  private static func take(_ patch: Node) throws(BuildProblem) -> (directive: Directive, rest: Node) {
    guard let text = patch.entry(directiveKey)?.value.text else { return (.merge, patch) }
    var rest = patch
    rest.remove(directiveKey)
    return (try directive(text, at: patch), rest)
  }

  private static func directive(_ text: String, at node: Node) throws(BuildProblem) -> Directive {
    switch text {
    case "delete": return .delete
    case "replace": return .replace
    case "merge": return .merge
    default: throw bad(node, "a $patch directive is none of delete, replace and merge")
    }
  }

  /// A list's directive, which stands in an item of its own, and the list without that item.
  private static func takeFromList(_ patch: Node) throws(BuildProblem) -> (directive: Directive, rest: Node) {
    guard case .sequence(let items) = patch.value,
      let mark = items.first(where: { $0.entry(directiveKey) != nil }), mark.entries.count == 1,
      let text = mark.entry(directiveKey)?.value.text
    else { return (.merge, patch) }
    var rest = patch
    rest.value = .sequence(items.filter { $0.entry(directiveKey)?.value.text != text })
    return (try directive(text, at: mark), rest)
  }
}
