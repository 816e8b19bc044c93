internal import Manifests

/// A value as the plan shows it: a text as it is, anything else as JSON; what only the cluster has in parentheses.
enum FieldText {
  /// Unknown values show what they are made of: `(unknown: echo.${DOMAIN})`.
  static func of(_ node: Node) -> String {
    switch node.value {
    case .scalar(let scalar): scalar.text
    case .unknown: unknown(node)
    case .sequence(let items): "[" + items.map(inner).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(key($0.name)): \(inner($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func inner(_ node: Node) -> String {
    guard case .scalar(let scalar) = node.value else { return of(node) }
    switch scalar.canonical {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text): return text
    case .string(let text): return JSONText.quoted(text)
    }
  }

  private static func key(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { plain.contains($0) }
    return isPlain && !name.isEmpty ? name : JSONText.quoted(name)
  }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./".utf8)

  private static func unknown(_ node: Node) -> String { node.unknownText.map { "(unknown: \($0))" } ?? "(unknown)" }
}
