internal import Manifests

/// What `configurations:` files make of the built-in tables.
struct TransformerConfiguration {
  private typealias Table = WritableKeyPath<TransformerTables, [FieldSpec]> & Sendable

  /// The tables that files can add to, by the name of the field in lower case.
  private static let fields: [String: any Table] = [
    "commonlabels": \.commonLabels, "templatelabels": \.templateLabels, "labels": \.labels,
    "commonannotations": \.commonAnnotations, "namespace": \.namespace, "nameprefix": \.namePrefix,
    "namesuffix": \.nameSuffix, "images": \.images, "replicas": \.replicas,
  ]

  private static let builtin = TransformerTables()

  /// The tables that are not the built-in ones any more.
  private var lists: [String: [FieldSpec]] = [:]
  private var references: [TransformerTables.Reference] = []
  /// Whether the built-in tables are in already: a folder's own come after those of the folders that it lists.
  private var isStarted = false

  /// Takes over what a folder that was built before has come to.
  ///
  /// - Throws: `badTransformer` where two specs contradict each other.
  mutating func merge(_ other: TransformerConfiguration, at path: String) throws(BuildProblem) {
    for name in Set(lists.keys).union(other.lists.keys) {
      let own = lists[name] ?? (isStarted ? TransformerConfiguration.builtin(name) : [])
      let merged = try FieldSpec.merged(own, other.lists[name] ?? TransformerConfiguration.builtin(name), at: path)
      lists[name] = TransformerConfiguration.sorted(merged)
    }
    references += other.references
    isStarted = true
  }

  /// Takes over what a kustomization's own files add to the built-in tables.
  ///
  /// - Throws: `badTransformer` where two specs contradict each other, `unreadableKustomization` and `unknownField`.
  mutating func add(_ files: [(path: String, parsed: ParsedFile)], at path: String) throws(BuildProblem) {
    var own = TransformerConfiguration()
    for (path, parsed) in files { try own.read(parsed, at: path) }
    for (name, specs) in own.lists {
      let merged = try FieldSpec.merged(TransformerConfiguration.builtin(name), specs, at: path)
      own.lists[name] = TransformerConfiguration.sorted(merged)
    }
    try merge(own, at: path)
  }

  private static func builtin(_ name: String) -> [FieldSpec] { fields[name].map { builtin[keyPath: $0] } ?? [] }

  /// kustomize sorts its tables, and what is merged first decides.
  private static func sorted(_ specs: [FieldSpec]) -> [FieldSpec] {
    func key(_ spec: FieldSpec) -> String {
      ResourceOrder.kindKey(group: spec.group, version: spec.version, kind: spec.kind)
    }
    return specs.enumerated().sorted { left, right in
      let ranks = (ResourceOrder.rank(left.element.kind), ResourceOrder.rank(right.element.kind))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let keys = (key(left.element), key(right.element))
      return keys.0 == keys.1 ? left.offset < right.offset : keys.0 < keys.1
    }.map(\.element)
  }

  private mutating func read(_ parsed: ParsedFile, at path: String) throws(BuildProblem) {
    if let problem = parsed.syntaxProblem {
      throw BuildProblem(.unreadableKustomization, path: path, span: problem.span, message: problem.reason)
    }
    let decoder = FieldDecoder(path: path, isLenient: false)
    for entry in parsed.documents.first?.entries ?? [] {
      let name = entry.name.lowercased()
      switch name {
      case "namereference":
        references += try decoder.list(entry.value) { (node) throws(BuildProblem) in
          try reference(node, decoder)
        }
      case "varreference": _ = try decoder.list(entry.value, decoder.fieldSpec)
      case _ where TransformerConfiguration.fields[name] != nil:
        let specs = try decoder.list(entry.value, decoder.fieldSpec)
        lists[name] = try FieldSpec.merged(lists[name] ?? [], specs, at: path)
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

  /// The tables to work with.
  var tables: TransformerTables {
    var tables = TransformerConfiguration.builtin
    if lists.isEmpty, references.isEmpty { return tables }
    for (name, specs) in lists {
      if let field = TransformerConfiguration.fields[name] { tables[keyPath: field] = specs }
    }
    tables.add(references)
    return tables
  }
}
