package import Policy

/// The JSON Schema of `.fluxwarden.yaml`, by which editors complete it.
package enum JSONSchema {
  /// The schema's text.
  ///
  /// - Parameter rules: the catalogue, whose ids are keys and values.
  package static func text(rules: [RuleInfo]) -> String {
    let ids = Set(rules.map(\.id)).sorted()
    let known = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    guard case .object(let body) = schema(of: SettingsSchema.settings, ids) else { return "" }
    let head: [(String, JSONTree)] = [
      ("$schema", .text("http://json-schema.org/draft-07/schema#")), ("title", .text("fluxwarden configuration")),
      ("description", .text("The configuration that fluxwarden reads from .fluxwarden.yaml.")),
    ]
    let completions = ids.map { id in
      (id, JSONTree.object([("$ref", .text("#/definitions/rule")), ("description", .text(known[id]?.summary ?? ""))]))
    }
    var members = head + body
    // Editors complete what is listed under `properties`, so that every id stands there.
    if let place = members.firstIndex(where: { $0.0 == "properties" }),
      case .object(var properties) = members[place].1,
      let rules = properties.firstIndex(where: { $0.0 == "rules" })
    {
      properties[rules].1 = .object([
        ("type", .text("object")), ("description", .text(description(of: "rules"))),
        ("properties", .object(completions)),
        ("additionalProperties", .object([("$ref", .text("#/definitions/rule"))])),
      ])
      members[place].1 = .object(properties)
    }
    members.append(("definitions", .object([("rule", ruleDefinition(ids))])))
    return JSONTree.object(members).printed() + "\n"
  }

  private static func description(of key: String) -> String {
    guard case .record(let fields) = SettingsSchema.settings else { return "" }
    return fields.first { $0.name == key }?.summary ?? ""
  }

  private static func ruleDefinition(_ ids: [String]) -> JSONTree {
    guard case .record(let fields) = SettingsSchema.settings,
      let field = fields.first(where: { $0.name == "rules" }), case .rules(let shape) = field.shape,
      case .object(var members) = schema(of: shape, ids)
    else { return .object([]) }
    let isOff = JSONTree.object([("properties", .object([("enabled", .object([("const", .flag(false))]))]))])
    members.append(
      ("if", .object([("required", .list([.text("enabled")])), ("allOf", .list([isOff]))])))
    members.append(("then", .object([("required", .list([.text("reason")]))])))
    return .object(members)
  }

  private static func schema(of shape: Shape, _ ids: [String]) -> JSONTree {
    switch shape {
    case .boolean: return .object([("type", .text("boolean"))])
    case .choice(let words): return .object([("enum", .list(words.map(JSONTree.text)))])
    case .list(let item): return .object([("type", .text("array")), ("items", schema(of: item, ids))])
    case .text(let kind): return .object([("type", .text("string")), ("pattern", .text(kind.pattern))])
    case .rules(let value):
      return .object([("type", .text("object")), ("additionalProperties", schema(of: value, ids))])
    case .record(let fields):
      let properties = fields.map { field -> (String, JSONTree) in
        guard case .object(let members) = schema(of: field.shape, ids) else { return (field.name, .object([])) }
        return (field.name, .object(members + [("description", .text(field.summary))]))
      }
      let required = fields.filter(\.isRequired).map { JSONTree.text($0.name) }
      return .object(
        [("type", .text("object")), ("properties", .object(properties)), ("additionalProperties", .flag(false))]
          + (required.isEmpty ? [] : [("required", .list(required))]))
    }
  }
}
