internal import Manifests

extension Node {
  /// A scalar in the quotes of the one whose place it takes: so a number that replaces a quoted text becomes a text, and
  /// a quoted text stays one without them. (Tried with kustomize 5.8.1.)
  func written(as old: Node) -> Node {
    guard case .scalar(var scalar) = value, case .scalar(let model) = old.value, scalar.style != model.style else {
      return self
    }
    if model.style == .plain, scalar.tag == nil { scalar.tag = .string }
    scalar.style = model.style
    var copy = self
    copy.value = .scalar(scalar)
    return copy
  }

  /// The node after kustomize's way through JSON, which a JSON patch takes: quotes that are not needed are gone.
  func rewritten() -> Node { changedByRewriting() ?? self }

  /// `nil` where nothing becomes another.
  private func changedByRewriting() -> Node? {
    var copy = self
    switch value {
    case .unknown: return nil
    case .scalar(let scalar):
      let changed = scalar.rewritten
      guard changed != scalar else { return nil }
      copy.value = .scalar(changed)
    case .sequence(var items):
      var isChanged = false
      for index in items.indices {
        guard let item = items[index].changedByRewriting() else { continue }
        items[index] = item
        isChanged = true
      }
      guard isChanged else { return nil }
      copy.value = .sequence(items)
    case .mapping(var entries):
      var isChanged = false
      for index in entries.indices {
        guard let node = entries[index].value.changedByRewriting() else { continue }
        entries[index].value = node
        isChanged = true
      }
      guard isChanged else { return nil }
      copy.value = .mapping(entries)
    }
    return copy
  }
}
