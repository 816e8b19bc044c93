internal import Manifests

/// A field of a kind, `spec.users[].name`, where `[]` stands for every item of a list.
struct FieldPattern: Sendable, ExpressibleByStringLiteral {
  private enum Step: Sendable {
    case key(String)
    case items
  }

  private let steps: [Step]

  /// Keys separated by dots, `[]` after the key of a list.
  init(stringLiteral text: String) {
    steps = text.split(separator: ".").flatMap { part -> [Step] in
      part.hasSuffix("[]") ? [.key(String(part.dropLast(2))), .items] : [.key(String(part))]
    }
  }

  /// Keys that may have dots in them.
  init(keys: [String]) { steps = keys.map { .key($0) } }

  /// The keys alone, as ``FieldPath/schemaPath`` prints them.
  var schemaPath: String {
    steps.compactMap { step in
      if case .key(let name) = step { return name }
      return nil
    }.joined(separator: ".")
  }

  /// The field on both sides of an object, once for each item of a list: items are matched as a comparison matches them.
  ///
  /// A field that is on neither side is left out; `null` counts as absent.
  func values(before: Node?, after: Node?) -> [FieldChange] {
    var found = [FieldChange(path: FieldPath(), before: before, after: after)]
    var listName = ""
    for step in steps {
      switch step {
      case .key(let name):
        listName = name
        found = found.map { FieldPattern.descend($0, name) }
      case .items: found = found.flatMap { FieldPattern.items(of: $0, named: listName) }
      }
      found.removeAll { $0.before == nil && $0.after == nil }
    }
    return found
  }

  private static func descend(_ change: FieldChange, _ name: String) -> FieldChange {
    func value(_ node: Node?) -> Node? {
      guard let node else { return nil }
      return node.isUnknown ? node : node[name]
    }
    return FieldChange(
      path: change.path.key(name), before: value(change.before), after: value(change.after),
      holderBefore: change.before ?? change.holderBefore, holderAfter: change.after ?? change.holderAfter)
  }

  private static func items(of change: FieldChange, named list: String) -> [FieldChange] {
    if change.before?.isUnknown == true || change.after?.isUnknown == true { return [] }
    let before = ListItem.all(in: change.before, named: list)
    let after = ListItem.all(in: change.after, named: list)
    let twins = Dictionary(after.map { ($0.step, $0.node) }, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.step))
    return before.map { FieldChange(path: change.path.appending($0.step), before: $0.node, after: twins[$0.step]) }
      + after.filter { !known.contains($0.step) }.map {
        FieldChange(path: change.path.appending($0.step), before: nil, after: $0.node)
      }
  }
}

/// An item of a list with the step that leads to it.
struct ListItem {
  let step: FieldPath.Step
  let node: Node

  /// The items of a list of an EKS Anywhere kind, named by their key, their text or their place.
  static func all(in list: Node?, named name: String) -> [ListItem] {
    let items = list?.items ?? []
    let shape = ListShape.of(name, group: EKSAnywhere.group)
    return items.enumerated().map { index, node in
      switch shape {
      case .keyed(let key):
        if let text = node[key]?.text { return ListItem(step: .item(text), node: node) }
        if name == "workerNodeGroupConfigurations", index == 0 { return ListItem(step: .item("md-0"), node: node) }
      case .set:
        if let text = node.text { return ListItem(step: .item(text), node: node) }
      case .ordered: break
      }
      return ListItem(step: .index(index), node: node)
    }
  }
}

extension FieldPath {
  /// This path and one step more.
  func appending(_ step: Step) -> FieldPath { FieldPath(steps + [step]) }
}
