internal import Flux
internal import Manifests
internal import Policy

/// A change of one object, ready for rules to ask by field.
struct ObjectEdit {
  let before: AppliedObject?
  let after: AppliedObject?
  let change: ObjectChange
  let step: Change

  init(_ change: ObjectChange, in step: Change) {
    before = change.before
    after = change.after
    self.change = change
    self.step = step
  }

  /// The side to speak of: the new one, else the old one.
  var subject: AppliedObject? { after ?? before }

  /// `Cluster default/prod`.
  var title: String { subject?.object.identity.title ?? "" }

  /// A field on both sides, once for each item of a list.
  func values(_ pattern: FieldPattern) -> [FieldChange] {
    pattern.values(before: before?.object.root, after: after?.object.root)
  }

  /// The text of an EKS Anywhere annotation on both sides.
  func annotation(_ name: String) -> (before: String?, after: String?) {
    let key = EKSAnywhere.annotation(name)
    return (before?.object.annotation(key), after?.object.annotation(key))
  }

  /// A violation at a field: at its value after, else at its value before, else where it should be.
  ///
  /// - Parameter shows: whether the values may be printed.
  func violation(
    _ message: String, at path: FieldPath, shows: Bool = true, severity: Severity? = nil, remediation: String? = nil
  ) -> Violation? {
    guard let subject else { return nil }
    let new = after.map { FieldPlace(path, in: $0.object.root) }
    let old = before.map { FieldPlace(path, in: $0.object.root) }
    let location: Location
    if let after, let new, new.value != nil || old?.value == nil {
      let changed = old?.value.flatMap { was in new.value?.firstChange(from: was) }
      location = after.location(of: changed ?? new.mark, side: .after)
    } else if let before, let old {
      location = before.location(of: old.mark, side: .before)
    } else {
      location = subject.nameLocation(side: after == nil ? .before : .after)
    }
    return Violation(
      message, object: subject, field: path, before: shows ? old?.value?.text : nil,
      after: shows ? new?.value?.text : nil, location: location, severity: severity, remediation: remediation)
  }
}

/// Where a field of an object is, or would be.
struct FieldPlace {
  /// The field's value; `null` counts as absent.
  private(set) var value: Node?
  /// What to show: a value on one line, else the key that holds it.
  private(set) var mark: Node

  init(_ path: FieldPath, in root: Node) {
    var here = root
    mark = root["metadata", "name"] ?? root
    var listName = ""
    for step in path.steps {
      guard let next = FieldPlace.entry(step, of: here, in: listName) else { return }
      if case .key(let name) = step { listName = name }
      mark = FieldPlace.mark(next.key, next.value)
      here = next.value
    }
    value = here.isNull ? nil : here
  }

  private static func entry(_ step: FieldPath.Step, of node: Node, in list: String) -> (key: Node?, value: Node)? {
    switch step {
    case .key(let name): node.entry(name).map { ($0.key, $0.value) }
    case .index(let number): number < node.items.count ? (nil, node.items[number]) : nil
    case .item: ListItem.all(in: node, named: list).first { $0.step == step }.map { (nil, $0.node) }
    }
  }

  private static func mark(_ key: Node?, _ value: Node) -> Node {
    if key == nil, value.isMapping { return value["name"] ?? value.entries.first?.value ?? value }
    if value.span.startLine == value.span.endLine, value.text != "" { return value }
    return key ?? value
  }
}

extension Node {
  /// Where, in a value over several lines, the first thing stands that an older value does not have; `nil` for a value
  /// on one line, and where something only goes.
  fileprivate func firstChange(from old: Node) -> Node? {
    guard span.startLine != span.endLine else { return nil }
    if isSequence {
      let known = Set(old.items.compactMap(\.text))
      return items.first { $0.text.map { !known.contains($0) } ?? false }
    }
    for entry in entries {
      guard let was = old[entry.name] else { return entry.value.isOnOneLine ? entry.value : entry.key }
      if !entry.value.means(was) { return entry.value.firstChange(from: was) ?? entry.place }
    }
    return nil
  }

  fileprivate var isOnOneLine: Bool { span.startLine == span.endLine && text != "" }
}

extension Entry {
  fileprivate var place: Node { value.isOnOneLine ? value : key }
}
