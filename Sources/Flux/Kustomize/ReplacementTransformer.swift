internal import Manifests

/// Copies values from one object to fields of others.
struct ReplacementTransformer {
  let path: String

  private func fail(_ rule: KustomizationFile.ReplacementRule, _ message: String) -> BuildProblem {
    BuildProblem(.badReplacement, path: path, span: rule.node.span, message: message)
  }

  /// Carries out one replacement.
  func apply(_ rule: KustomizationFile.ReplacementRule, to map: inout ResourceMap) throws(BuildProblem) {
    guard rule.hasTargets, rule.source != nil || rule.sourceValue != nil else {
      throw fail(rule, "a replacement needs a source and at least one target")
    }
    if rule.source != nil, rule.sourceValue != nil { throw fail(rule, "a replacement has both a source and a value") }
    let value = try source(of: rule, in: map)
    for target in rule.targets { try apply(value, to: target, rule, in: &map) }
  }

  private func source(of rule: KustomizationFile.ReplacementRule, in map: ResourceMap) throws(BuildProblem) -> Node {
    if let text = rule.sourceValue { return Node(.scalar(Scalar(text.value)), span: text.node.span) }
    guard let source = rule.source else { throw fail(rule, "a replacement needs a source") }
    let matches = map.resources.filter { resource in
      ([resource.id] + resource.previousIDs).contains { isSelected($0, by: source.selector) }
    }
    guard matches.count == 1, let match = matches.first else {
      let reason =
        matches.isEmpty ? "the source of a replacement is not in the build" : "several objects fit the source"
      throw BuildProblem(
        matches.isEmpty ? .badReplacement : .ambiguousTarget, path: path, span: rule.node.span,
        subject: source.selector.name, message: reason)
    }
    let fieldPath = source.fieldPath.isEmpty ? "metadata.name" : source.fieldPath
    guard let node = FieldPathSearch(fieldPath).find(in: match.root), !isEmpty(node) else {
      throw fail(rule, "the source of a replacement has no field \(fieldPath)")
    }
    guard let options = source.options, !options.delimiter.isEmpty else { return node }
    guard case .scalar(var scalar) = node.value else { throw fail(rule, "a delimiter needs a string to cut") }
    let parts = ReplacementTransformer.split(scalar.text, at: options.delimiter)
    guard options.index >= 0, options.index < parts.count else {
      throw fail(rule, "the source of a replacement has no part \(options.index)")
    }
    scalar.text = parts[options.index]
    var copy = node
    copy.value = .scalar(scalar)
    return copy
  }

  private func isEmpty(_ node: Node) -> Bool {
    switch node.value {
    case .mapping(let entries): entries.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar: node.isNull
    case .unknown: false
    }
  }

  private func isSelected(_ id: ResourceID, by selector: Selector) -> Bool {
    (selector.name.isEmpty || selector.name == id.name)
      && (selector.namespace.isEmpty || selector.namespace == (id.namespace.isEmpty ? "default" : id.namespace))
      && (selector.group.isEmpty || selector.group == id.group)
      && (selector.version.isEmpty || selector.version == id.version)
      && (selector.kind.isEmpty || selector.kind == id.kind)
  }

  /// Go's `strings.Split`.
  static func split(_ text: String, at delimiter: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var rest = Substring(text)
    while let character = rest.first {
      if rest.hasPrefix(delimiter) {
        parts.append(current)
        current = ""
        rest = rest.dropFirst(delimiter.count)
      } else {
        current.append(character)
        rest = rest.dropFirst()
      }
    }
    return parts + [current]
  }

  private func apply(
    _ value: Node, to target: KustomizationFile.ReplacementTarget, _ rule: KustomizationFile.ReplacementRule,
    in map: inout ResourceMap
  ) throws(BuildProblem) {
    guard let selector = target.select else { throw fail(rule, "a target of a replacement selects nothing") }
    let select = try SelectorMatcher(selector, path: path)
    var rejects: [SelectorMatcher] = []
    for reject in target.reject { rejects.append(try SelectorMatcher(reject, path: path)) }
    let paths = target.fieldPaths.isEmpty ? ["metadata.name"] : target.fieldPaths
    for index in map.resources.indices {
      let resource = map.resources[index]
      let ids = [resource.id] + resource.previousIDs
      guard select.matchesMetadata(resource), ids.contains(where: select.matches) else { continue }
      let isRejected = rejects.contains { reject in
        let byLabels = !reject.selector.labelSelector.isEmpty || !reject.selector.annotationSelector.isEmpty
        if byLabels, reject.matchesMetadata(resource) { return true }
        return !reject.selector.isEmpty && ids.contains(where: reject.matches)
      }
      if isRejected { continue }
      for fieldPath in paths {
        if fieldPath.hasPrefix("metadata.annotations") { map.resources[index].showNotes() }
        let old = map.resources[index].root
        try copy(value, to: fieldPath, target, rule, in: &map.resources[index].root)
        map.resources[index].followShared(from: old)
      }
    }
    _ = map.reindex()
  }

  private func copy(
    _ value: Node, to fieldPath: String, _ target: KustomizationFile.ReplacementTarget,
    _ rule: KustomizationFile.ReplacementRule, in root: inout Node
  ) throws(BuildProblem) {
    let search = FieldPathSearch(fieldPath)
    let creates = target.options?.creates ?? false
    let count: Int
    do {
      count = try search.change(&root, creates: creates, fresh: value) { (node) throws(BuildProblem) in
        // Annotations become strings on every way.
        if fieldPath.hasPrefix("metadata.annotations"), case .scalar(var scalar) = node.value, !node.isNull {
          scalar.tag = .string
          node.value = .scalar(scalar)
        }
        try set(&node, to: value, target.options, rule)
      }
    } catch {
      throw fail(rule, "a target of a replacement has no field \(fieldPath): \(error.message)")
    }
    guard count > 0 else { throw fail(rule, "a target of a replacement has no field \(fieldPath)") }
  }

  private func set(
    _ node: inout Node, to value: Node, _ options: KustomizationFile.FieldOptions?,
    _ rule: KustomizationFile.ReplacementRule
  ) throws(BuildProblem) {
    let origin = value.origin ?? Origin(path: path, cause: "replacements")
    guard case .scalar(var scalar) = node.value else {
      if let options, !options.delimiter.isEmpty { throw fail(rule, "a delimiter needs a string to cut") }
      node = value.attributed(to: origin)
      return
    }
    var text = value.text ?? ""
    if let options, !options.delimiter.isEmpty {
      var parts = ReplacementTransformer.split(scalar.text, at: options.delimiter)
      if options.index < 0 {
        parts.insert(text, at: 0)
      } else if options.index >= parts.count {
        parts.append(text)
      } else {
        parts[options.index] = text
      }
      text = parts.joined(separator: options.delimiter)
    }
    // A scalar keeps its type: a number stays one, a string that looks like a number stays a string.
    let wasEmpty = scalar.text.isEmpty && scalar.style == .plain && scalar.tag == nil
    if !wasEmpty, scalar.tag == nil, scalar.style == .plain { scalar.tag = ReplacementTransformer.tag(scalar) }
    scalar.text = text
    guard value.isUnknown || ReplacementTransformer.fits(text, scalar.tag) else {
      throw fail(rule, "a number or a truth value is replaced by something else")
    }
    if value.isUnknown {
      node = Node(.unknown(nil), span: rule.node.span, origin: origin)
    } else {
      node = Node(.scalar(scalar), span: value.span, origin: origin)
    }
  }

  /// Whether a text can take the place of a scalar that keeps its type.
  private static func fits(_ text: String, _ tag: Scalar.Tag?) -> Bool {
    let own = ReplacementTransformer.tag(Scalar(text))
    switch tag {
    case .int, .bool, .null: return own == tag
    case .float: return own == .float || own == .int
    default: return true
    }
  }

  private static func tag(_ scalar: Scalar) -> Scalar.Tag? {
    switch scalar.canonical {
    case .null: .null
    case .bool: .bool
    case .number(let text): text.contains(".") ? .float : .int
    case .string: .string
    }
  }
}
