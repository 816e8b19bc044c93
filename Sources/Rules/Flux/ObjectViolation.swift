internal import Flux
internal import Manifests
internal import Policy

extension ObjectChange {
  /// A violation at a field: where it stands after the change, else where it stood before, else at the object's name.
  ///
  /// - Parameters:
  ///   - old: the value before, where the path's plain keys do not lead to it.
  ///   - new: the value after, likewise.
  ///   - sameEdit: what the same edit of another object has in common with this one.
  func violation(
    _ message: String, at field: FieldPath, old: Node? = nil, new: Node? = nil, severity: Severity? = nil,
    remediation: String? = nil, sameEdit: String? = nil
  ) -> Violation {
    let oldValue = old ?? before?.object.root.value(at: field)
    let newValue = new ?? after?.object.root.value(at: field)
    return Violation(
      message, object: after ?? before, field: field, before: oldValue?.text, after: newValue?.text,
      location: place(oldValue, newValue), severity: severity, remediation: remediation, sameEdit: sameEdit)
  }

  /// A violation about the object as a whole, at its name.
  func violation(_ message: String, severity: Severity? = nil, remediation: String? = nil) -> Violation {
    Violation(
      message, object: after ?? before, location: place(nil, nil), severity: severity, remediation: remediation)
  }

  private func place(_ old: Node?, _ new: Node?) -> Location? {
    if let after, let new { return after.location(of: new, side: .after) }
    if let before, let old { return before.location(of: old, side: .before) }
    return after?.nameLocation(side: .after) ?? before?.nameLocation(side: .before)
  }

  /// The object's kind, namespace and name, for people.
  var title: String { identity?.title ?? "the object" }

  /// Both sides of an object that stays.
  var kept: (before: AppliedObject, after: AppliedObject)? {
    guard let before, let after else { return nil }
    return (before, after)
  }
}

extension Node {
  /// The value at a path of plain keys and of items found by their `name`.
  func value(at path: FieldPath) -> Node? {
    var node = self
    for step in path.steps {
      let next: Node?
      switch step {
      case .key(let key): next = node[key]
      case .index(let number): next = node.items.indices.contains(number) ? node.items[number] : nil
      case .item(let name): next = node.items.first { $0["name"]?.text == name || $0.text == name }
      }
      guard let next else { return nil }
      node = next
    }
    return node.isNull ? nil : node
  }
}
