import Manifests

/// Ways to write the same objects into files.
enum Rendering: String, CaseIterable {
  /// As the CLI writes them: one file, block style.
  case block
  /// Documents and keys in the opposite order, with comments and empty documents.
  case reordered
  /// JSON within YAML.
  case flow
  /// One object a file.
  case split
  /// One `kind: List`.
  case list

  func files(_ objects: [Node]) -> [String: String] {
    let folder = "clusters/mgmt/prod/eksa-system/"
    switch self {
    case .block:
      return [folder + "eksa-cluster.yaml": objects.map { Rendering.block($0, 0) + "---\n" }.joined()]
    case .reordered:
      let documents = objects.reversed().map { "# another order\n" + Rendering.block(Rendering.reversed($0), 0) }
      return [folder + "eksa-cluster.yaml": documents.joined(separator: "---\n# nothing\n---\n")]
    case .flow:
      return [folder + "eksa-cluster.yaml": objects.map { Rendering.flow($0) + "\n" }.joined(separator: "---\n")]
    case .split:
      let files = objects.enumerated().map { (folder + "\($0.offset).yaml", Rendering.block($0.element, 0)) }
      return Dictionary(files) { first, _ in first }
    case .list:
      let items = objects.map { "- " + Rendering.flow($0) + "\n" }.joined()
      return [folder + "all.yml": "apiVersion: v1\nkind: List\nitems:\n" + items]
    }
  }

  private static func reversed(_ node: Node) -> Node {
    switch node.value {
    case .mapping(let entries):
      Node(.mapping(entries.reversed().map { Entry(key: $0.key, value: reversed($0.value)) }))
    case .sequence(let items): Node(.sequence(items.map(reversed)))
    default: node
    }
  }

  private static func block(_ node: Node, _ indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return node.entries.map { entry in
      let key = margin + entry.name + ":"
      switch entry.value.value {
      case .mapping(let inner) where !inner.isEmpty: return key + "\n" + block(entry.value, indent + 2)
      case .sequence(let items) where items.contains { $0.isMapping && !$0.entries.isEmpty }:
        return key + "\n" + items.map { margin + "- " + block($0, indent + 2).dropFirst(indent + 2) }.joined()
      default: return key + " " + flow(entry.value) + "\n"
      }
    }.joined()
  }

  private static func flow(_ node: Node) -> String {
    switch node.value {
    case .mapping(let entries):
      return "{" + entries.map { "\(quoted($0.name)): \(flow($0.value))" }.joined(separator: ", ") + "}"
    case .sequence(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .scalar(let scalar): return scalar.meaning == .string ? quoted(scalar.text) : scalar.text
    case .unknown: return "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : String($0) }.joined() + "\""
  }
}
