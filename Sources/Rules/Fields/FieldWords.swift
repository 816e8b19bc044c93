internal import Manifests

/// The values of fields in sentences.
enum FieldWords {
  /// What becomes of a field, after its name: `goes from … to …`, `is added (…)`, `is removed (was …)`, or `changes`
  /// where the values are too long.
  static func change(_ old: Node?, _ new: Node?) -> String {
    let (before, after) = (old.flatMap(short), new.flatMap(short))
    if old == nil, new != nil { return after.map { "is added (\($0))" } ?? "is added" }
    if new.isEmpty { return before.map { "is removed (was \($0))" } ?? "is removed" }
    if old.isEmpty { return after.map { "is added (\($0))" } ?? "is added" }
    guard let before, let after else { return "changes" }
    return "goes from \(before) to \(after)"
  }

  /// The new value, with the old one where there is one: `… instead of …`.
  static func instead(_ old: Node?, _ new: Node?) -> String {
    old.isEmpty ? of(new) : "\(of(new)) instead of \(of(old))"
  }

  /// A value in a few words.
  static func of(_ node: Node?) -> String {
    guard let node, !Optional(node).isEmpty else { return "nothing" }
    return short(node) ?? "another value"
  }

  /// A value as far as it is short: a scalar as written, a list of scalars, a mapping of scalars; `nil` where it is longer than
  /// a sentence bears, not known, or an address with a password.
  static func short(_ node: Node) -> String? {
    guard !node.hasUnknown, let text = written(node), text.utf8.count <= 120 else { return nil }
    return text
  }

  private static func written(_ node: Node) -> String? {
    if let text = node.text {
      if text.contains("://"), text.contains("@") { return nil }
      return text.isEmpty ? "\"\"" : text
    }
    if node.isSequence {
      let items = node.items.map(written)
      return items.contains(nil) ? nil : "[\(items.compactMap { $0 }.joined(separator: ", "))]"
    }
    guard node.isMapping else { return nil }
    let entries = node.entries.map { entry in written(entry.value).map { "\(entry.name): \($0)" } }
    return entries.contains(nil) ? nil : "{\(entries.compactMap { $0 }.joined(separator: ", "))}"
  }
}
