internal import Manifests

/// Values as the plan shows them: a text as it is, anything else in YAML's flow style, what only the cluster has in
/// parentheses; credentials hidden.
struct FieldText {
  /// Hides credentials in a text; called with each scalar and what it is called.
  let redact: Plan.Redaction

  /// A value, and what it is called. Unknown values show what they are made of: `(unknown: echo.${DOMAIN})`.
  func of(_ node: Node, called name: String) -> String {
    switch node.value {
    case .scalar(let scalar): redact(scalar.text, name)
    case .unknown(let made): made.map { "(unknown: \(redact($0.text, name)))" } ?? "(unknown)"
    case .sequence(let items): "[" + list(items, called: name).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\(FieldText.key($0.name)): \(inner($0.value, called: self.name(of: $0, in: node)))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// What an entry's value is called: its key, or for the `value` beside a `name` (an environment variable) that name.
  private func name(of entry: Entry, in node: Node) -> String {
    entry.name == "value" ? node["name"]?.text ?? entry.name : entry.name
  }

  /// The items of a list; what follows `--password` among arguments is a password.
  private func list(_ items: [Node], called name: String) -> [String] {
    var option: String?
    return items.map { item in
      let text = inner(item, called: option ?? name)
      let words = item.text.map { $0.drop { $0 == "-" } }
      option = words.flatMap { item.text?.hasPrefix("-") == true && !$0.contains("=") ? String($0) : nil }
      return text
    }
  }

  private func inner(_ node: Node, called name: String) -> String {
    guard case .scalar(let scalar) = node.value else { return of(node, called: name) }
    switch scalar.canonical {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text): return text
    case .string(let text):
      let shown = redact(text, name)
      let isPlain = FieldText.isPlain(shown) && Scalar(shown).meaning == .string
      return isPlain ? shown : JSONText.quoted(shown)
    }
  }

  private static func key(_ name: String) -> String { isPlain(name) ? name : JSONText.quoted(name) }

  private static func isPlain(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { plain.contains($0) } }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./".utf8)
}

extension FieldPath {
  /// What a value is called: the last key, or, for the `value` of a named item, the item.
  var valueName: String {
    var names: [String] = []
    for step in steps {
      switch step {
      case .key(let name), .item(let name): names.append(name)
      case .index: continue
      }
    }
    if names.last == "value", names.count > 1 { names.removeLast() }
    return names.last ?? "value"
  }
}
