internal import Manifests

/// Reads a kustomization file's fields as Go's JSON decoder does: names without regard to case, types strictly.
struct FieldDecoder {
  let path: String
  let isLenient: Bool

  /// A field that has the wrong shape.
  func problem(_ node: Node, _ message: String) -> BuildProblem {
    BuildProblem(.unreadableKustomization, path: path, span: node.span, message: message)
  }

  /// Refuses a field that kustomize does not know, unless Flux would drop it.
  func refuse(_ entry: Entry) throws(BuildProblem) {
    guard !isLenient else { return }
    throw BuildProblem(
      .unknownField, path: path, span: entry.key.span, subject: entry.name,
      message: "kustomize knows no field \(entry.name) here")
  }

  /// A string; `null` is the empty one.
  func string(_ node: Node) throws(BuildProblem) -> String {
    guard case .scalar(let scalar) = node.value else { throw problem(node, "a string is expected here") }
    switch YAML11.meaning(of: scalar) {
    case .null: return ""
    case .string: return scalar.text
    case .timestamp: return Timestamp(scalar.text)?.text ?? scalar.text
    case .bool(let flag) where isLenient: return flag ? "true" : "false"
    case .int, .unsigned, .float:
      if isLenient, case .number(let text) = scalar.canonical { return text }
      throw problem(node, "a string is expected here, and this is a number")
    case .bool: throw problem(node, "a string is expected here, and this is a boolean in YAML 1.1")
    }
  }

  /// A string with its place; `nil` for `null` and for the empty string.
  func text(_ node: Node) throws(BuildProblem) -> PlacedText? {
    let value = try string(node)
    return value.isEmpty ? nil : PlacedText(value, node: node)
  }

  /// A truth value; `null` is false.
  func flag(_ node: Node) throws(BuildProblem) -> Bool {
    guard case .scalar(let scalar) = node.value else { throw problem(node, "true or false is expected here") }
    switch YAML11.meaning(of: scalar) {
    case .null: return false
    case .bool(let flag): return flag
    default: throw problem(node, "true or false is expected here")
    }
  }

  /// A whole number; `null` is 0.
  func integer(_ node: Node) throws(BuildProblem) -> Int64 {
    guard case .scalar(let scalar) = node.value else { throw problem(node, "a whole number is expected here") }
    switch YAML11.meaning(of: scalar) {
    case .null: return 0
    case .int(let value): return value
    case .float(let value):
      if let whole = Int64(exactly: value) { return whole }
      throw problem(node, "a whole number is expected here")
    default: throw problem(node, "a whole number is expected here")
    }
  }

  /// A list, each item read by the same function; `null` is the empty list.
  func list<T>(_ node: Node, _ read: (Node) throws(BuildProblem) -> T) throws(BuildProblem) -> [T] {
    if node.isNull { return [] }
    guard case .sequence(let items) = node.value else { throw problem(node, "a list is expected here") }
    var result: [T] = []
    for item in items { result.append(try read(item)) }
    return result
  }

  /// A list of strings.
  func texts(_ node: Node) throws(BuildProblem) -> [PlacedText] {
    try list(node) { (item) throws(BuildProblem) in PlacedText(try string(item), node: item) }
  }

  /// The entries of a mapping; `null` has none.
  func entries(_ node: Node) throws(BuildProblem) -> [Entry] {
    if node.isNull { return [] }
    guard case .mapping(let entries) = node.value else { throw problem(node, "a mapping is expected here") }
    return entries
  }

  /// A mapping of strings to strings.
  func pairs(_ node: Node) throws(BuildProblem) -> [KustomizationFile.Pair] {
    var result: [KustomizationFile.Pair] = []
    for entry in try entries(node) {
      result.append(.init(key: entry.name, value: PlacedText(try string(entry.value), node: entry.value)))
    }
    return result.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
  }

  func labelRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.LabelRule {
    var rule = KustomizationFile.LabelRule()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "pairs": rule.pairs = try pairs(entry.value)
      case "includeselectors": rule.includeSelectors = try flag(entry.value)
      case "includetemplates": rule.includeTemplates = try flag(entry.value)
      case "fields": rule.fields = try list(entry.value, fieldSpec)
      default: try refuse(entry)
      }
    }
    return rule
  }

  func fieldSpec(_ node: Node) throws(BuildProblem) -> FieldSpec {
    var spec = FieldSpec(path: "")
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "group": spec.group = try string(entry.value)
      case "version": spec.version = try string(entry.value)
      case "kind": spec.kind = try string(entry.value)
      case "path": spec.path = try string(entry.value)
      case "create": spec.creates = try flag(entry.value)
      default: try refuse(entry)
      }
    }
    return spec
  }

  func patchRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.PatchRule {
    var rule = KustomizationFile.PatchRule(node: node)
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "path": rule.path = try text(entry.value)
      case "patch": rule.patch = try text(entry.value)
      case "target": rule.target = entry.value.isNull ? nil : try selector(entry.value)
      case "options":
        for option in try entries(entry.value) {
          switch option.name.lowercased() {
          case "allownamechange": rule.allowsNameChange = try flag(option.value)
          case "allowkindchange": rule.allowsKindChange = try flag(option.value)
          default: try refuse(option)
          }
        }
      default: try refuse(entry)
      }
    }
    return rule
  }

  func selector(_ node: Node) throws(BuildProblem) -> Selector {
    var selector = Selector()
    selector.place = PatchTarget(path: node.origin?.path ?? path, span: node.span)
    for entry in try entries(node) {
      if try !take(entry, into: &selector) { try refuse(entry) }
    }
    return selector
  }

  private func take(_ entry: Entry, into selector: inout Selector) throws(BuildProblem) -> Bool {
    switch entry.name.lowercased() {
    case "group": selector.group = try string(entry.value)
    case "version": selector.version = try string(entry.value)
    case "kind": selector.kind = try string(entry.value)
    case "name": selector.name = try string(entry.value)
    case "namespace": selector.namespace = try string(entry.value)
    case "labelselector": selector.labelSelector = try string(entry.value)
    case "annotationselector": selector.annotationSelector = try string(entry.value)
    default: return false
    }
    return true
  }

  func imageRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.ImageRule {
    var rule = KustomizationFile.ImageRule(node: node)
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "name": rule.name = try string(entry.value)
      case "newname": rule.newName = try string(entry.value)
      case "newtag": rule.newTag = try string(entry.value)
      case "tagsuffix": rule.tagSuffix = try string(entry.value)
      case "digest": rule.digest = try string(entry.value)
      default: try refuse(entry)
      }
    }
    return rule
  }

  func replicaRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.ReplicaRule {
    var rule = KustomizationFile.ReplicaRule(name: "", count: 0, node: node)
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "name": rule.name = try string(entry.value)
      case "count": rule.count = try integer(entry.value)
      default: try refuse(entry)
      }
    }
    return rule
  }

  func replacementRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.ReplacementRule {
    var rule = KustomizationFile.ReplacementRule(node: node)
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "path": rule.path = try text(entry.value)
      case "source": rule.source = entry.value.isNull ? nil : try source(entry.value)
      case "sourcevalue": rule.sourceValue = PlacedText(try string(entry.value), node: entry.value)
      case "targets":
        rule.targets = try list(entry.value, target)
        rule.hasTargets = !entry.value.isNull
      default: try refuse(entry)
      }
    }
    return rule
  }

  private func source(_ node: Node) throws(BuildProblem) -> KustomizationFile.ReplacementSource {
    var source = KustomizationFile.ReplacementSource()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "fieldpath": source.fieldPath = try string(entry.value)
      case "options": source.options = try fieldOptions(entry.value)
      default:
        if try !take(entry, into: &source.selector) { try refuse(entry) }
      }
    }
    return source
  }

  private func target(_ node: Node) throws(BuildProblem) -> KustomizationFile.ReplacementTarget {
    var target = KustomizationFile.ReplacementTarget()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "select": target.select = entry.value.isNull ? nil : try selector(entry.value)
      case "reject": target.reject = try list(entry.value, selector)
      case "fieldpaths": target.fieldPaths = try texts(entry.value).map(\.value)
      case "options": target.options = try fieldOptions(entry.value)
      default: try refuse(entry)
      }
    }
    return target
  }

  private func fieldOptions(_ node: Node) throws(BuildProblem) -> KustomizationFile.FieldOptions? {
    if node.isNull { return nil }
    var options = KustomizationFile.FieldOptions()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "delimiter": options.delimiter = try string(entry.value)
      case "index": options.index = Int(try integer(entry.value))
      case "encoding": _ = try string(entry.value)
      case "create": options.creates = try flag(entry.value)
      default: try refuse(entry)
      }
    }
    return options
  }

  func generatorRule(_ node: Node) throws(BuildProblem) -> KustomizationFile.GeneratorRule {
    var rule = KustomizationFile.GeneratorRule(node: node)
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "name": rule.name = try string(entry.value)
      case "namespace": rule.namespace = try string(entry.value)
      case "behavior": rule.behavior = try string(entry.value)
      case "type": rule.type = try string(entry.value)
      case "literals": rule.literals = try texts(entry.value)
      case "files": rule.files = try texts(entry.value)
      case "envs": rule.envs = try texts(entry.value) + rule.envs
      case "env": if let env = try text(entry.value) { rule.envs.append(env) }
      case "options": rule.options = try generatorOptions(entry.value)
      default: try refuse(entry)
      }
    }
    return rule
  }

  func generatorOptions(_ node: Node) throws(BuildProblem) -> KustomizationFile.GeneratorOptions? {
    if node.isNull { return nil }
    var options = KustomizationFile.GeneratorOptions()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "labels": options.labels = try pairs(entry.value)
      case "annotations": options.annotations = try pairs(entry.value)
      case "disablenamesuffixhash": options.disablesNameSuffixHash = try flag(entry.value)
      case "immutable": options.isImmutable = try flag(entry.value)
      default: try refuse(entry)
      }
    }
    return options
  }

  func sortOptions(_ node: Node) throws(BuildProblem) -> KustomizationFile.SortOptions? {
    if node.isNull { return nil }
    var options = KustomizationFile.SortOptions()
    for entry in try entries(node) {
      switch entry.name.lowercased() {
      case "order": options.order = try string(entry.value)
      case "legacysortoptions" where !entry.value.isNull:
        options.first = []
        options.last = []
        for order in try entries(entry.value) {
          switch order.name.lowercased() {
          case "orderfirst": options.first = try texts(order.value).map(\.value)
          case "orderlast": options.last = try texts(order.value).map(\.value)
          default: try refuse(order)
          }
        }
      case "legacysortoptions": break
      default: try refuse(entry)
      }
    }
    let hasLegacy = options.first != nil || options.last != nil
    guard options.order == "legacy" || (options.order == "fifo" && !hasLegacy) else {
      throw problem(node, "the order of sortOptions has to be legacy, or fifo without legacySortOptions")
    }
    return options
  }
}
