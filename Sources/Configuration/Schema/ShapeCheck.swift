package import Manifests

/// Why a configuration cannot be used, and where.
package struct SettingsProblem: Error, Sendable, Hashable {
  /// One sentence with the nearest right word, where there is one.
  package var message: String
  package var span: Span

  package init(_ message: String, at span: Span) {
    self.message = message
    self.span = span
  }

  /// `line 3, column 5: …`, for a diagnostic about the file.
  package var description: String {
    span == .none ? message : "line \(span.startLine), column \(span.startColumn): \(message)"
  }
}

/// Holds a text against a shape.
struct ShapeCheck {
  /// The ids that a rule may have.
  let rules: Set<String>
  private(set) var problems: [SettingsProblem] = []

  /// - Parameter rules: the ids of the catalogue and of the configuration's own credential types.
  init(rules: Set<String>) { self.rules = rules }

  /// Notes everything that is not as it should be.
  mutating func check(_ node: Node, _ shape: Shape, at path: String) {
    switch shape {
    case .boolean: if node.bool == nil { fail("\(path) must be true or false", node) }
    case .choice(let words): check(node, among: words, path)
    case .text(let kind): check(node, kind, path)
    case .list(let item):
      guard node.isSequence else { return fail("\(path) must be a list", node) }
      for (index, element) in node.items.enumerated() { check(element, item, at: "\(path)[\(index)]") }
    case .record(let fields): check(node, fields, path)
    case .rules(let value):
      guard node.isMapping else { return fail("\(path) must be a mapping of rule ids", node) }
      for entry in node.entries {
        if checkRule(entry.key) { check(entry.value, value, at: "\(path).\(entry.name)") }
      }
    }
  }

  private mutating func check(_ node: Node, _ fields: [Field], _ path: String) {
    guard node.isMapping else {
      return fail("\(path.isEmpty ? "the configuration" : path) must be a mapping", node)
    }
    for entry in node.entries {
      guard let field = fields.first(where: { $0.name == entry.name }) else {
        let near = NearestWord.to(entry.name, among: fields.map(\.name))
        let place = path.isEmpty ? "" : " in \(path)"
        let hint = near.map { ": did you mean \($0)?" } ?? ": known are \(fields.map(\.name).joined(separator: ", "))"
        fail("unknown key \(entry.name.shortened)\(place)\(hint)", entry.key)
        continue
      }
      check(entry.value, field.shape, at: path.isEmpty ? field.name : "\(path).\(field.name)")
    }
    for field in fields where field.isRequired && node.entry(field.name) == nil {
      fail("\(path.isEmpty ? "the file" : path) lacks the key \(field.name)", node)
    }
  }

  private mutating func check(_ node: Node, among words: [String], _ path: String) {
    guard let text = node.text else { return fail("\(path) must be one of \(words.joined(separator: ", "))", node) }
    guard !words.contains(text) else { return }
    let near = NearestWord.to(text, among: words).map { "; did you mean \($0)?" } ?? ""
    fail("\(path) must be one of \(words.joined(separator: ", "))\(near)", node)
  }

  private mutating func check(_ node: Node, _ kind: TextKind, _ path: String) {
    let isText = node.string != nil || kind == .day && node.text != nil
    guard isText, let text = node.text, kind.admits(text) else {
      return fail("\(path) must be \(kind.expectation)", node)
    }
    if kind == .rule { _ = checkRule(node) }
  }

  private mutating func checkRule(_ node: Node) -> Bool {
    let id = node.text ?? ""
    if rules.contains(id) { return true }
    let near = NearestWord.to(id, among: rules).map { ": did you mean \($0)?" }
    fail("there is no rule \(id.shortened)\(near ?? ": `fluxwarden rules` lists all")", node)
    return false
  }

  private mutating func fail(_ message: String, _ node: Node) {
    if problems.count < 50 { problems.append(SettingsProblem(message, at: node.span)) }
  }
}

extension String {
  /// The text in quotes, cut where it is long.
  var shortened: String { "\"\(count > 60 ? String(prefix(60)) + "…" : self)\"" }
}
