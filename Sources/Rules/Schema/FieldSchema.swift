/// What a field of a custom resource may hold, as its definition says.
struct FieldSchema: Sendable {
  /// The kinds of values that the definitions of EKS Anywhere and Flux know.
  enum Content: Sendable, Hashable {
    case string, int, bool
    /// A number or a text, such as `maxUnhealthy`.
    case intOrString
    /// A Kubernetes quantity: `4Gi`, `4096Mi` or a number.
    case quantity
    /// A duration as Flux writes it: `10m`, `1h30m`.
    case duration
    /// A mapping with the fields below and no others.
    case object
    /// Anything: the definition keeps unknown fields.
    case any
  }

  /// A list or a mapping with free keys around the content; the outermost first.
  enum Wrapping: Sendable, Hashable {
    case list, map
  }

  var content: Content
  var wrappings: [Wrapping] = []
  /// Whether the API refuses an object, or the holder of this field, without it.
  var isRequired = false
  var fields: [String: FieldSchema] = [:]
  /// The only texts allowed; empty where all are.
  var choices: [String] = []
  /// The numbers allowed.
  var range: ClosedRange<Int>?
  /// How many items a list may have.
  var itemCount: ClosedRange<Int>?
  /// How many characters a text may have.
  var length: ClosedRange<Int>?

  /// The schema of what is in a list or under a free key.
  var unwrapped: FieldSchema {
    var copy = self
    if !copy.wrappings.isEmpty { copy.wrappings.removeFirst() }
    copy.itemCount = nil
    return copy
  }

  /// The number of fields at all depths.
  var size: Int { fields.values.reduce(fields.count) { $0 + $1.size } }
}

/// Reads the notation in which the tables of this folder state the fields of the kinds.
///
/// A line is a field, indented by two spaces for each level: its name, `[]` for a list, `{}` for free keys, `!` where it
/// is required; then its type, or `@` with the name of a fragment, and what is allowed: `a|b`, `1...8`, `items:0...2`,
/// `length:1...64`. A field without a type is an object.
struct SchemaNotation {
  private let lines: [Substring]
  private let fragments: [String: [String: FieldSchema]]

  /// - Parameter fragments: named groups of fields that `@name` stands for.
  init(_ text: String, fragments: [String: [String: FieldSchema]] = [:]) {
    lines = text.split(separator: "\n")
    self.fragments = fragments
  }

  /// The fields at the outermost level.
  func fields() -> [String: FieldSchema] {
    var next = 0
    return fields(at: 0, from: &next)
  }

  private func fields(at level: Int, from next: inout Int) -> [String: FieldSchema] {
    var found: [String: FieldSchema] = [:]
    while next < lines.count, SchemaNotation.level(lines[next]) == level {
      let words = lines[next].split(separator: " ")
      next += 1
      guard let head = words.first else { continue }
      var schema = FieldSchema(content: .object)
      let name = SchemaNotation.name(head, &schema)
      for word in words.dropFirst() { add(word, to: &schema) }
      if next < lines.count, SchemaNotation.level(lines[next]) > level {
        schema.fields = fields(at: level + 1, from: &next)
      }
      found[name] = schema
    }
    return found
  }

  private static func level(_ line: Substring) -> Int { line.prefix { $0 == " " }.count / 2 }

  private static func name(_ word: Substring, _ schema: inout FieldSchema) -> String {
    var rest = word
    if rest.hasSuffix("!") {
      schema.isRequired = true
      rest = rest.dropLast()
    }
    while rest.hasSuffix("[]") || rest.hasSuffix("{}") {
      schema.wrappings.insert(rest.hasSuffix("[]") ? .list : .map, at: 0)
      rest = rest.dropLast(2)
    }
    return String(rest)
  }

  private func add(_ word: Substring, to schema: inout FieldSchema) {
    switch word {
    case "string": schema.content = .string
    case "int": schema.content = .int
    case "bool": schema.content = .bool
    case "intOrString": schema.content = .intOrString
    case "duration": schema.content = .duration
    case "quantity": schema.content = .quantity
    case "any": schema.content = .any
    case "object": schema.content = .object
    case _ where word.hasPrefix("@"): schema.fields = fragments[String(word.dropFirst())] ?? [:]
    case _ where word.hasPrefix("items:"): schema.itemCount = SchemaNotation.range(word.dropFirst(6))
    case _ where word.hasPrefix("length:"): schema.length = SchemaNotation.range(word.dropFirst(7))
    case _ where word.contains("..."): schema.range = SchemaNotation.range(word)
    default: schema.choices = word.split(separator: "|").map(String.init)
    }
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
    guard let first = ends.first, let low = first else { return nil }
    guard ends.count > 1, let high = ends[1] else { return low...Int.max }
    return low <= high ? low...high : nil
  }
}
