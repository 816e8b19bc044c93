/// A text with Flux's variables in it: `${NAME}`, `${NAME:=default}`, `$${NAME}` for the text itself.
struct Template {
  /// Why a text cannot be used as a template.
  enum Failure: Error, Hashable {
    /// A `${` that Flux cannot read, which fails the whole build.
    case malformed
    /// A variable without a value and without a default.
    case undefined(String)
    /// Something only the cluster knows, or a function that is not worked out here.
    case unknown
  }

  /// What a variable is worth.
  enum Value: Equatable {
    case text(String)
    case unknown
    case undefined
  }

  private let text: [Unicode.Scalar]
  private var position = 0

  init(_ source: String) { text = Array(source.unicodeScalars) }

  /// Whether there is anything to substitute or to unescape.
  static func isNeeded(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if previous == UInt8(ascii: "$"), byte == UInt8(ascii: "{") || byte == previous { return true }
      previous = byte
    }
    return false
  }

  /// The text with all variables replaced.
  mutating func evaluate(_ lookup: (String) -> Value) throws(Failure) -> String {
    var result = String.UnicodeScalarView()
    while position < text.count {
      let character = text[position]
      let next = position + 1 < text.count ? text[position + 1] : nil
      if character == "$", next == "$" {
        // Two dollars are one, and what follows is plain text.
        result.append("$")
        position += 2
      } else if character == "$", next == "{" {
        position += 2
        result.append(contentsOf: try expression(lookup, depth: 0).unicodeScalars)
      } else {
        result.append(character)
        position += 1
      }
    }
    return String(result)
  }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private static func isName(_ character: Unicode.Scalar) -> Bool {
    character == "_" || character.properties.isAlphabetic || character.properties.numericType != nil
  }

  private mutating func name() -> String {
    var result = String.UnicodeScalarView()
    while let character = current, Template.isName(character) {
      result.append(character)
      position += 1
    }
    return String(result)
  }

  private mutating func expression(_ lookup: (String) -> Value, depth: Int) throws(Failure) -> String {
    guard depth < 20 else { throw .malformed }
    var isLength = false
    if current == "#" {
      isLength = true
      position += 1
    }
    let name = name()
    guard !name.isEmpty, let mark = current else { throw .malformed }
    if mark == "}" {
      position += 1
      let value = try plain(name, lookup)
      return isLength ? String(value.unicodeScalars.count) : value
    }
    if isLength { throw .malformed }
    switch mark {
    case ":":
      let next = position + 1 < text.count ? text[position + 1] : nil
      guard let next, "=-?+".unicodeScalars.contains(next) else { return try unsupported(name, lookup) }
      position += 2
      return try withDefault(name, lookup, depth)
    case "=":
      position += 1
      return try withDefault(name, lookup, depth)
    case "^", ",": return try cased(name, mark, lookup)
    case "/", "#", "%": return try unsupported(name, lookup)
    default: throw .malformed
    }
  }

  private func plain(_ name: String, _ lookup: (String) -> Value) throws(Failure) -> String {
    switch lookup(name) {
    case .text(let value): return value
    case .unknown: throw .unknown
    case .undefined: throw .undefined(name)
    }
  }

  private mutating func withDefault(
    _ name: String, _ lookup: (String) -> Value, _ depth: Int
  ) throws(Failure) -> String {
    var fallback = ""
    var failure: Failure?
    while let character = current, character != "}" {
      if character == "$", position + 1 < text.count, text[position + 1] == "{" {
        position += 2
        do {
          fallback += try expression(lookup, depth: depth + 1)
        } catch {
          if error == .malformed { throw error }
          failure = error
        }
      } else {
        fallback.unicodeScalars.append(character)
        position += 1
      }
    }
    guard current == "}" else { throw .malformed }
    position += 1
    switch lookup(name) {
    case .text(let value) where !value.isEmpty: return value
    case .unknown: throw .unknown
    default:
      if let failure { throw failure }
      return fallback
    }
  }

  private mutating func cased(
    _ name: String, _ mark: Unicode.Scalar, _ lookup: (String) -> Value
  ) throws(Failure) -> String {
    position += 1
    let isWhole = current == mark
    if isWhole { position += 1 }
    guard current == "}" else { throw .malformed }
    position += 1
    let value = try plain(name, lookup)
    if isWhole { return mark == "^" ? value.uppercased() : value.lowercased() }
    guard let first = value.first else { return value }
    return (mark == "^" ? first.uppercased() : first.lowercased()) + value.dropFirst()
  }

  /// Functions on texts: read over, their result is unknown.
  private mutating func unsupported(_ name: String, _ lookup: (String) -> Value) throws(Failure) -> String {
    while let character = current, character != "}" {
      _ = character
      position += 1
    }
    guard current == "}" else { throw .malformed }
    position += 1
    _ = try plain(name, lookup)
    throw .unknown
  }
}
