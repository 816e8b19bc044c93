/// A JSON value: what a forge answers, what it is told, and what a report says.
package enum JSONValue: Sendable, Hashable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// The value under a key; `null` where there is none.
  package subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  package var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
  package var string: String? { if case .text(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .flag(let flag) = self { flag } else { nil } }

  /// A whole number; `nil` for anything else.
  package var int: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(exactly: number)
  }

  /// A whole number as a value.
  package static func int(_ number: Int) -> JSONValue { .number(Double(number)) }

  /// The value as ASCII text with sorted keys.
  package var encoded: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let number): text += Int(exactly: number).map { String($0) } ?? String(number)
    case .text(let string): JSONValue.write(string, to: &text)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, key) in members.keys.sorted().enumerated() {
        if index > 0 { text += "," }
        JSONValue.write(key, to: &text)
        text += ":"
        (members[key] ?? .null).write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for unit in string.utf16 {
      switch unit {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    text += "\""
  }
}

extension JSONValue {
  /// Reads a text; `nil` where it is no JSON, or nests deeper than any answer or report does.
  package init?(parsing bytes: [UInt8]) {
    var parser = JSONParser(bytes)
    do throws(JSONProblem) {
      let value = try parser.value()
      try parser.end()
      self = value
    } catch {
      return nil
    }
  }
}
