internal import Manifests

/// Reads manifests as kustomize reads them.
enum ManifestReading {
  /// The objects of a file; lists are expanded, empty documents left out.
  ///
  /// - Throws: `unreadableManifest`, `nonManifest`, and `duplicateID` for the same object twice in the file.
  static func resources(_ parsed: ParsedFile, at path: String) throws(BuildProblem) -> [Resource] {
    var map = ResourceMap()
    try map.append(objects(parsed, at: path))
    return map.resources
  }

  /// The same where an object may come twice, as among patches.
  ///
  /// - Throws: `unreadableManifest`, `nonManifest`.
  static func objects(_ parsed: ParsedFile, at path: String) throws(BuildProblem) -> [Resource] {
    if let problem = parsed.problem {
      throw BuildProblem(
        problem.kind == .overBudget ? .overBudget : .unreadableManifest, path: path, span: problem.span,
        message: problem.reason)
    }
    var queue = parsed.documents.filter { !isEmpty($0) }
    if queue.count == 1, let kind = queue[0].entry("kind")?.value.text, kind == "List" || kind == "ResourceList",
      let items = queue[0].entry("items")?.value
    {
      queue = items.items.filter { !isEmpty($0) }
    }
    for node in queue { try check(node, at: path) }
    var found: [Resource] = []
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if let kind = node.entry("kind")?.value.text, kind.hasSuffix("List"), let items = node.entry("items")?.value {
        let inner = items.items.filter { !isEmpty($0) }
        guard items.isSequence || items.isNull else {
          throw BuildProblem(.nonManifest, path: path, span: items.span, message: "the items of a list are no list")
        }
        for item in inner { try check(item, at: path) }
        queue += inner
      } else {
        found.append(Resource(root: node, path: path))
      }
    }
    return found
  }

  private static func isEmpty(_ node: Node) -> Bool {
    switch node.value {
    case .mapping(let entries): entries.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar: node.isNull
    case .unknown: false
    }
  }

  private static func check(_ node: Node, at path: String) throws(BuildProblem) {
    func fail(_ message: String) -> BuildProblem {
      BuildProblem(.nonManifest, path: path, span: node.span, message: message)
    }
    guard node.isMapping else { throw fail("a document is no Kubernetes object") }
    guard let kind = node.entry("kind")?.value.text, !kind.isEmpty else { throw fail("an object has no kind") }
    if kind.hasSuffix("List") { return }
    guard let name = node.entry("metadata")?.value.entry("name")?.value, name.text?.isEmpty == false, !name.isNull
    else { throw fail("an object has no metadata.name") }
  }

  /// The first key that is no string, which kustomize cannot turn into JSON.
  static func badKey(_ node: Node) -> Node? {
    switch node.value {
    case .scalar, .unknown: return nil
    case .sequence(let items):
      for item in items { if let bad = badKey(item) { return bad } }
      return nil
    case .mapping(let entries):
      for entry in entries {
        guard case .scalar(let key) = entry.key.value, case .string = key.canonical else { return entry.key }
        if let bad = badKey(entry.value) { return bad }
      }
      return nil
    }
  }
}
