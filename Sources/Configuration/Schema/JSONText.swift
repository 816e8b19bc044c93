/// Texts as JSON.
enum JSONText {
  /// A text between quotation marks.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80..<0xA0).contains(scalar.value):
        result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      }
    }
    return result + "\""
  }
}

/// A JSON document that is built before it is printed.
indirect enum JSONTree {
  case text(String)
  case flag(Bool)
  case list([JSONTree])
  case object([(String, JSONTree)])

  /// The document, two spaces a level; what fits on a line stands on one.
  func printed(indent: Int = 0, width: Int = 100) -> String {
    let flat = flat
    if flat.utf8.count + indent <= width { return flat }
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .text, .flag: return flat
    case .list(let items):
      let lines = items.map { inner + $0.printed(indent: indent + 2, width: width) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
    case .object(let members):
      let lines = members.map { name, value in
        "\(inner)\(JSONText.quoted(name)): \(value.printed(indent: indent + 2, width: width))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
    }
  }

  private var flat: String {
    switch self {
    case .text(let text): JSONText.quoted(text)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let items): "[\(items.map(\.flat).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\(JSONText.quoted($0)): \($1.flat)" }.joined(separator: ", "))}"
    }
  }
}
