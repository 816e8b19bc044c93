internal import Manifests

/// A field of an object, also in every item of a list: `spec.nodeGroups[].ssh.allow`, `provider.*.region`.
struct FieldQuery: Sendable, ExpressibleByStringLiteral {
  private enum Step: Sendable {
    case key(String)
    /// Every item of a list; a mapping in its place counts as its only item, as older and newer API versions differ so.
    case items
    /// Every key of a mapping.
    case anyKey
  }

  private let steps: [Step]

  init(stringLiteral text: String) {
    steps = text.split(separator: ".").flatMap { part -> [Step] in
      if part == "*" { return [.anyKey] }
      return part.hasSuffix("[]") ? [.key(String(part.dropLast(2))), .items] : [.key(String(part))]
    }
  }

  /// Each place that the query leads to, with the value that stands there, `nil` where the last keys are absent.
  ///
  /// Without a list on the way there is exactly one; with a list one for each of its items.
  func places(in root: Node) -> [(path: FieldPath, node: Node?)] {
    var open: [(path: FieldPath, node: Node?)] = [(FieldPath(), root)]
    for step in steps {
      open = open.flatMap { place -> [(path: FieldPath, node: Node?)] in
        switch step {
        case .key(let key): [(place.path.key(key), place.node?[key])]
        case .items: FieldQuery.items(place.path, place.node)
        case .anyKey: (place.node?.entries ?? []).map { (place.path.key($0.name), $0.value.isNull ? nil : $0.value) }
        }
      }
    }
    return open
  }

  /// The value at a place that another version of the object led to.
  func value(at path: FieldPath, in root: Node) -> Node? { places(in: root).first { $0.path == path }?.node }

  /// Whether the query leads to a place of this path, be its last keys absent.
  func reaches(_ path: FieldPath, in root: Node) -> Bool { places(in: root).contains { $0.path == path } }

  private static func items(_ path: FieldPath, _ node: Node?) -> [(path: FieldPath, node: Node?)] {
    guard let node else { return [] }
    if node.isMapping { return [(path, node)] }
    return node.items.enumerated().map { index, item in
      (item["name"]?.text.map { path.item($0) } ?? path.index(index), item)
    }
  }
}
