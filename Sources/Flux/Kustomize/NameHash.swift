internal import Crypto
internal import Manifests

/// The hash that kustomize puts behind the names of generated ConfigMaps and Secrets.
enum NameHash {
  /// The ten characters for an object, over its type and data as JSON.
  static func of(_ resource: Resource) -> String {
    let digest = SHA256.hash(data: Array(json(resource).utf8))
    var text = ""
    for byte in digest.prefix(5) {
      for nibble in [byte >> 4, byte & 15] { text.unicodeScalars.append(alphabet[Int(nibble)]) }
    }
    return text
  }

  /// Hexadecimal digits, those that could spell a word replaced.
  private static let alphabet: [Unicode.Scalar] = [
    "g", "h", "2", "k", "4", "5", "6", "7", "8", "9", "m", "b", "c", "d", "t", "f",
  ]

  private static func json(_ resource: Resource) -> String {
    let root = resource.root
    var fields: [(String, String)] = []
    if resource.kind == "ConfigMap", let binary = root.entry("binaryData")?.value, binary.isMapping {
      fields.append(("binaryData", JSONText.of(binary)))
    }
    fields.append(("data", JSONText.of(root.entry("data")?.value ?? .string(""))))
    fields.append(("kind", JSONText.quoted(resource.kind)))
    // kustomize means to take the name in as well and looks it up under a key that is never there.
    fields.append(("name", JSONText.quoted("")))
    if resource.kind == "Secret" {
      if let strings = root.entry("stringData")?.value, strings.isMapping {
        fields.append(("stringData", JSONText.of(strings)))
      }
      fields.append(("type", JSONText.quoted(root.entry("type")?.value.text ?? "")))
    }
    return "{" + fields.map { "\(JSONText.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }
}

/// JSON as Go writes it: keys in the order of their bytes, `<`, `>` and `&` escaped.
enum JSONText {
  /// A value without spaces between its parts.
  static func of(_ node: Node) -> String {
    switch node.value {
    case .unknown: return "null"
    case .sequence(let items): return "[" + items.map(of).joined(separator: ",") + "]"
    case .mapping(let entries):
      let sorted = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      return "{" + sorted.map { "\(quoted($0.name)):\(of($0.value))" }.joined(separator: ",") + "}"
    case .scalar(let scalar):
      switch scalar.canonical {
      case .null: return "null"
      case .bool(let flag): return flag ? "true" : "false"
      case .number(let text): return text
      case .string(let text): return quoted(text)
      }
    }
  }

  /// A string in quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ":
        let digits = String(character.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}
