internal import Manifests

/// A place of an object that its definition refuses.
struct SchemaProblem {
  /// What is refused.
  enum Reason: Hashable {
    /// A key that the definition does not have, and the one that may have been meant.
    case unknownField(suggestion: String?)
    /// A value of another type: what is expected, what is there.
    case wrongType(expected: String, found: String)
    /// A value that is not allowed: what is.
    case notAllowed(String)
    case missing
  }

  var path: FieldPath
  var reason: Reason
  /// The value; for a missing field what should hold it.
  var node: Node
  /// The key, where that is what is wrong.
  var key: Node?
  /// Whether the API server accepts it and only EKS Anywhere's controller, or its CLI, does not.
  var isLate = false
}

/// Compares an object with its definition.
struct SchemaCheck {
  private(set) var problems: [SchemaProblem] = []
  /// Whether `${NAME}` may still become anything, because the repository does not tell who applies the object.
  private let variablesAreOpen: Bool

  /// - Parameter variablesAreOpen: whether a text with `${…}` is passed over.
  init(_ root: Node, against schema: FieldSchema, variablesAreOpen: Bool) {
    self.variablesAreOpen = variablesAreOpen
    check(root, schema, at: FieldPath(), list: "")
  }

  private mutating func check(_ node: Node, _ schema: FieldSchema, at path: FieldPath, list: String) {
    if node.isUnknown || node.isNull || isOpen(node) { return }
    switch schema.wrappings.first {
    case .list: checkList(node, schema, at: path, list: list)
    case .map:
      guard node.isMapping else { return wrongType("a mapping", node, at: path) }
      for entry in node.entries { check(entry.value, schema.unwrapped, at: path.key(entry.name), list: entry.name) }
    case nil: checkContent(node, schema, at: path)
    }
  }

  private mutating func checkList(_ node: Node, _ schema: FieldSchema, at path: FieldPath, list: String) {
    guard node.isSequence else { return wrongType("a list", node, at: path) }
    if let count = schema.itemCount, !count.contains(node.items.count) {
      add(.notAllowed(SchemaCheck.words(count, of: "items")), node, at: path)
    }
    for item in ListItem.all(in: node, named: list) {
      check(item.node, schema.unwrapped, at: path.appending(item.step), list: "")
    }
  }

  private mutating func checkContent(_ node: Node, _ schema: FieldSchema, at path: FieldPath) {
    switch schema.content {
    case .any: break
    case .object: checkObject(node, schema, at: path)
    case .bool: if node.bool == nil { wrongType("true or false", node, at: path) }
    case .int:
      guard let number = node.int else { return wrongType("a number", node, at: path) }
      if let range = schema.range, !range.contains(number) {
        add(.notAllowed(SchemaCheck.words(range)), node, at: path)
      }
    case .string: checkText(node, schema, at: path)
    case .duration:
      checkText(node, schema, at: path)
      if node.meaning == .string, let text = node.text, !SchemaCheck.isDuration(text) {
        add(.notAllowed("a duration such as 10m or 1h30m"), node, at: path)
      }
    case .intOrString, .quantity:
      if node.int == nil, node.string == nil { wrongType("a number or a string", node, at: path) }
      if schema.content == .quantity, let text = node.string, Quantity(text) == nil {
        add(.notAllowed("a quantity such as 4Gi"), node, at: path)
      }
    }
  }

  private mutating func checkText(_ node: Node, _ schema: FieldSchema, at path: FieldPath) {
    guard node.meaning == .string || node.meaning == .timestamp, let text = node.text else {
      return wrongType("a string", node, at: path)
    }
    if !schema.choices.isEmpty, !schema.choices.contains(text) {
      add(.notAllowed(schema.choices.joined(separator: " or ")), node, at: path)
    }
    if let length = schema.length, !length.contains(text.unicodeScalars.count) {
      add(.notAllowed(SchemaCheck.words(length, of: "characters")), node, at: path)
    }
  }

  private mutating func checkObject(_ node: Node, _ schema: FieldSchema, at path: FieldPath) {
    guard node.isMapping else { return wrongType("a mapping", node, at: path) }
    for entry in node.entries {
      if let field = schema.fields[entry.name] {
        check(entry.value, field, at: path.key(entry.name), list: entry.name)
      } else {
        let suggestion = Spelling.nearest(to: entry.name, among: schema.fields.keys)
        add(.unknownField(suggestion: suggestion), entry.value, at: path.key(entry.name), key: entry.key)
      }
    }
    let missing = schema.fields.filter { name, field in field.isRequired && node[name] == nil }
    for name in missing.keys.sorted() { add(.missing, node, at: path.key(name)) }
  }

  /// Whether a text is numbers with units of time, as the pattern in Flux's definitions demands:
  /// `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`.
  private static func isDuration(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    func takeDigits() -> Bool {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    while !rest.isEmpty {
      guard takeDigits() else { return false }
      if rest.first == UInt8(ascii: ".") {
        rest.removeFirst()
        guard takeDigits() else { return false }
      }
      guard let unit = units.first(where: { rest.starts(with: $0.utf8) }) else { return false }
      rest = rest.dropFirst(unit.utf8.count)
    }
    return !text.isEmpty
  }

  private static let units = ["ms", "s", "m", "h"]

  /// Whether a text may still be replaced by Flux's substitution.
  private func isOpen(_ node: Node) -> Bool {
    guard variablesAreOpen, let text = node.text else { return false }
    return text.contains("${")
  }

  private mutating func wrongType(_ expected: String, _ node: Node, at path: FieldPath) {
    add(.wrongType(expected: expected, found: SchemaCheck.words(node)), node, at: path)
  }

  private mutating func add(_ reason: SchemaProblem.Reason, _ node: Node, at path: FieldPath, key: Node? = nil) {
    problems.append(SchemaProblem(path: path, reason: reason, node: node, key: key))
  }

  private static func words(_ range: ClosedRange<Int>, of what: String = "") -> String {
    let end = what.isEmpty ? "" : " \(what)"
    if range.upperBound == .max { return "at least \(range.lowerBound)\(end)" }
    return "\(range.lowerBound) to \(range.upperBound)\(end)"
  }

  private static func words(_ node: Node) -> String {
    switch node.value {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .unknown: return "an unknown value"
    case .scalar(let scalar):
      switch scalar.meaning {
      case .null: return "nothing"
      case .bool: return "a boolean"
      case .int: return "a number"
      case .float: return "a decimal number"
      case .string: return scalar.style == .plain ? "a string" : "a quoted string"
      case .timestamp: return "a date"
      }
    }
  }
}
