internal import Manifests

/// kustomize's own transformers as `transformers:` lists them: configurations of `apiVersion: builtin`, in files, built
/// from folders or written inline. Unlike a kustomization's fields they touch only the places that they name.
struct BuiltinTransformers {
  let access: FolderAccess
  let isComplete: Bool
  /// Builds a folder that is listed.
  let built: (PlacedText, String, FileEntry) throws(BuildProblem) -> [Resource]

  /// Carries out an entry of `transformers:`.
  ///
  /// - Returns: the kinds that are no transformers of kustomize itself, or of which this knows nothing.
  func run(_ entry: PlacedText, on map: inout ResourceMap) throws(BuildProblem) -> [String] {
    var unknown: [String] = []
    let found = try configurations(entry)
    for (path, document) in found where !document.isNull {
      if try !run(document, path, on: &map) { unknown.append(document["kind"]?.text ?? entry.value) }
    }
    return found.isEmpty ? [entry.value] : unknown
  }

  /// The documents of an entry, with the files that they stand in.
  private func configurations(_ entry: PlacedText) throws(BuildProblem) -> [(path: String, document: Node)] {
    let inline = ParsedFile(Array(entry.value.utf8))
    if inline.syntaxProblem == nil, let first = inline.documents.first, first.isMapping {
      let origin = entry.node.origin ?? Origin(path: access.kustomization, cause: "transformers")
      return inline.documents.map {
        (access.kustomization, $0.shifted(below: entry.node.span).attributed(to: origin))
      }
    }
    if let path = try? access.resolve(entry), let folder = try access.reader.entry(at: path), folder.kind == .folder {
      return try built(entry, path, folder).map { ($0.path, $0.root) }
    }
    let (path, parsed) = try access.parse(entry)
    if let problem = parsed.syntaxProblem {
      throw BuildProblem(.unreadableManifest, path: path, span: problem.span, message: problem.reason)
    }
    return parsed.documents.map { (path, $0) }
  }

  /// Carries out one configuration; false where it is none that is known.
  private func run(_ node: Node, _ path: String, on map: inout ResourceMap) throws(BuildProblem) -> Bool {
    guard node["apiVersion"]?.text == "builtin", let kind = node["kind"]?.text else { return false }
    let decoder = FieldDecoder(path: path, isLenient: true)
    let transformers = Transformers(path: path)
    let specs = try decoder.list(node["fieldSpecs"] ?? .plain("null"), decoder.fieldSpec)
    func text(_ keys: String...) throws(BuildProblem) -> PlacedText? {
      guard let value = node[keys] else { return nil }
      return try decoder.text(value)
    }
    switch kind {
    case "PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer":
      if let prefix = try text("prefix") { try transformers.rename(prefix: prefix, suffix: nil, specs, in: &map) }
      if let suffix = try text("suffix") { try transformers.rename(prefix: nil, suffix: suffix, specs, in: &map) }
    case "NamespaceTransformer":
      guard let namespace = try text("metadata", "namespace") else { return true }
      let mode = try text("setRoleBindingSubjects").map { Transformers.Subjects(rawValue: $0.value) ?? .none } ?? .named
      let unsetOnly = node["unsetOnly"]?.bool ?? false
      try transformers.setNamespace(namespace, specs, unsetOnly: unsetOnly, subjects: mode, in: &map)
    case "LabelTransformer", "AnnotationsTransformer":
      let field = kind == "LabelTransformer" ? "labels" : "annotations"
      try transformers.set(try decoder.pairs(node[field] ?? .plain("null")), at: specs, cause: kind, in: &map)
    case "ImageTagTransformer":
      guard let image = node["imageTag"] else { return true }
      let transformer = try ImageTransformer(try decoder.imageRule(image), path: path)
      for index in map.resources.indices { try transformer.transform(&map.resources[index], specs) }
    case "ReplicaCountTransformer":
      guard let replica = node["replica"] else { return true }
      try transformers.setReplicas(try decoder.replicaRule(replica), specs, in: &map)
    default: return try patch(kind, node, decoder, on: &map)
    }
    return true
  }

  private func patch(
    _ kind: String, _ node: Node, _ decoder: FieldDecoder, on map: inout ResourceMap
  ) throws(BuildProblem) -> Bool {
    var patches = PatchRun(access: access, isComplete: isComplete)
    var rule = try decoder.patchRule(node)
    switch kind {
    case "PatchTransformer": try patches.apply([rule], to: &map)
    case "PatchJson6902Transformer":
      if let inline = node["jsonOp"] { rule.patch = try decoder.text(inline) }
      try patches.applyJSON([rule], to: &map)
    case "PatchStrategicMergeTransformer":
      var texts = try decoder.texts(node["paths"] ?? .plain("null"))
      if let inline = node["patches"], let text = try decoder.text(inline) { texts.append(text) }
      try patches.applyOldStyle(texts, to: &map)
    case "ReplacementTransformer":
      let rules = try decoder.list(node["replacements"] ?? .plain("null"), decoder.replacementRule)
      guard rules.allSatisfy({ $0.path == nil }) else { return false }
      for rule in rules { try ReplacementTransformer(path: decoder.path).apply(rule, to: &map) }
    default: return false
    }
    return true
  }
}
