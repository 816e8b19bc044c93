internal import Manifests

/// What `configurations:` files add to the built-in tables.
struct TransformerConfiguration {
  private var additions: [String: [FieldSpec]] = [:]
  private var references: [TransformerTables.Reference] = []

  /// Takes over what a folder that was built before has added.
  mutating func merge(_ other: TransformerConfiguration) {
    for (name, specs) in other.additions { add(specs, to: name) }
    references += other.references
  }

  private mutating func add(_ specs: [FieldSpec], to name: String) {
    let known = additions[name, default: []]
    additions[name] = known + specs.filter { !known.contains($0) }
  }

  /// Reads a configuration file.
  mutating func add(_ parsed: ParsedFile, at path: String) throws(BuildProblem) {
    if let problem = parsed.syntaxProblem {
      throw BuildProblem(.unreadableKustomization, path: path, span: problem.span, message: problem.reason)
    }
    let decoder = FieldDecoder(path: path, isLenient: false)
    for entry in parsed.documents.first?.entries ?? [] {
      switch entry.name.lowercased() {
      case "namereference":
        references += try decoder.list(entry.value) { (node) throws(BuildProblem) in
          try reference(node, decoder)
        }
      case "commonlabels", "templatelabels", "labels", "commonannotations", "namespace", "nameprefix", "namesuffix",
        "images", "replicas", "varreference":
        add(try decoder.list(entry.value, decoder.fieldSpec), to: entry.name.lowercased())
      default: try decoder.refuse(entry)
      }
    }
  }

  private func reference(_ node: Node, _ decoder: FieldDecoder) throws(BuildProblem) -> TransformerTables.Reference {
    var reference = TransformerTables.Reference(target: FieldSpec(path: ""), referrers: [])
    for entry in try decoder.entries(node) {
      switch entry.name.lowercased() {
      case "kind": reference.target.kind = try decoder.string(entry.value)
      case "group": reference.target.group = try decoder.string(entry.value)
      case "version": reference.target.version = try decoder.string(entry.value)
      case "fieldspecs": reference.referrers = try decoder.list(entry.value, decoder.fieldSpec)
      default: try decoder.refuse(entry)
      }
    }
    return reference
  }

  private static let builtin = TransformerTables()

  /// The built-in tables with the additions.
  var tables: TransformerTables {
    var tables = TransformerConfiguration.builtin
    if additions.isEmpty, references.isEmpty { return tables }
    tables.commonLabels = merged(tables.commonLabels, "commonlabels")
    tables.templateLabels = merged(tables.templateLabels, "templatelabels")
    tables.labels = merged(tables.labels, "labels")
    tables.commonAnnotations = merged(tables.commonAnnotations, "commonannotations")
    tables.namespace = merged(tables.namespace, "namespace")
    tables.namePrefix = merged(tables.namePrefix, "nameprefix")
    tables.nameSuffix = merged(tables.nameSuffix, "namesuffix")
    tables.images = merged(tables.images, "images")
    tables.replicas = merged(tables.replicas, "replicas")
    tables.add(references)
    return tables
  }

  /// A table with its additions. A spec for one kind takes the place of the general one with the same path, which is
  /// what kustomize's merging comes to.
  private func merged(_ builtin: [FieldSpec], _ name: String) -> [FieldSpec] {
    guard let added = additions[name], !added.isEmpty else { return builtin }
    let specs = added + builtin
    return specs.enumerated().filter { index, spec in
      !specs.enumerated().contains { other, twin in
        guard other != index, twin.path == spec.path,
          spec.selects(group: twin.group, version: twin.version, kind: twin.kind)
        else { return false }
        return twin != spec || other < index
      }
    }.map(\.element)
  }
}
