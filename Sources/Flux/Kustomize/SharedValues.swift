internal import Manifests

/// Values that kustomize holds once and shows at several places of an object.
///
/// A label or an annotation that one transformer adds at several places of an object is a single YAML node there. What
/// later overwrites it at one place, a patch, a replacement or another transformer, overwrites it everywhere: a patch of
/// `metadata.labels` changes the selector too. A JSON patch writes the object anew and so ends it. (Tried with kustomize
/// 5.8.1.)
struct SharedValues {
  /// Each group's own instance of an origin, by which its values are known.
  private var groups: [Origin] = []

  /// Whether no value is shared.
  var isEmpty: Bool { groups.isEmpty }

  /// Takes in the values that have this very origin.
  mutating func add(_ origin: Origin) { groups.append(origin) }

  /// The group that a value belongs to.
  func group(of node: Node) -> Origin? {
    guard !groups.isEmpty, let origin = node.origin else { return nil }
    return groups.first { $0 === origin }
  }

  /// Gives a group another value.
  mutating func overwrite(_ group: Origin, with node: Node, in root: inout Node) {
    guard let place = groups.firstIndex(where: { $0 === group }) else { return }
    let fresh = Origin(path: node.origin?.path ?? group.path, cause: node.origin?.cause ?? group.cause)
    groups[place] = fresh
    var value = node
    value.origin = fresh
    SharedValues.replace(group, with: value, in: &root)
  }

  /// Lets the other places follow where a change overwrote some; of several new values the last one counts.
  ///
  /// - Returns: whether anything had to follow.
  mutating func follow(_ old: Node, to root: inout Node) -> Bool {
    var isChanged = false
    var places: [(group: Origin, path: [String])] = []
    collect(old, [], into: &places)
    places.sort { $0.path.lexicographicallyPrecedes($1.path) }
    for group in groups {
      let own = places.filter { $0.group === group }.map(\.path)
      let changed = own.filter { path in
        guard let node = SharedValues.value(at: path[...], in: root), case .scalar = node.value else { return false }
        return node.origin !== group
      }
      guard let last = changed.last, let value = SharedValues.value(at: last[...], in: root) else { continue }
      var member = value
      member.origin = group
      for path in changed { SharedValues.set(member, at: path[...], in: &root) }
      overwrite(group, with: value, in: &root)
      isChanged = true
    }
    return isChanged
  }

  /// The shared values below a node that are reached through mappings alone.
  private func collect(_ node: Node, _ path: [String], into places: inout [(group: Origin, path: [String])]) {
    switch node.value {
    case .scalar: if let group = group(of: node) { places.append((group, path)) }
    case .mapping(let entries): for entry in entries { collect(entry.value, path + [entry.name], into: &places) }
    case .sequence, .unknown: return
    }
  }

  private static func value(at path: ArraySlice<String>, in node: Node) -> Node? {
    guard let step = path.first else { return node }
    return node.entry(step).flatMap { value(at: path.dropFirst(), in: $0.value) }
  }

  private static func set(_ value: Node, at path: ArraySlice<String>, in node: inout Node) {
    guard let step = path.first else {
      node = value
      return
    }
    node.update(step) { set(value, at: path.dropFirst(), in: &$0) }
  }

  private static func holds(_ group: Origin, _ node: Node) -> Bool {
    switch node.value {
    case .scalar: node.origin === group
    case .mapping(let entries): entries.contains { holds(group, $0.value) }
    case .sequence(let items): items.contains { holds(group, $0) }
    case .unknown: false
    }
  }

  private static func replace(_ group: Origin, with value: Node, in node: inout Node) {
    guard holds(group, node) else { return }
    switch node.value {
    case .scalar: node = value
    case .mapping(var entries):
      for index in entries.indices { replace(group, with: value, in: &entries[index].value) }
      node.value = .mapping(entries)
    case .sequence(var items):
      for index in items.indices { replace(group, with: value, in: &items[index]) }
      node.value = .sequence(items)
    case .unknown: return
    }
  }
}
