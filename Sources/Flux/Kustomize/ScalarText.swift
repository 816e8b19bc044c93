internal import Manifests

/// How a scalar's text is printed.
struct ScalarText {
  /// The four ways kustomize prints a scalar.
  enum Style {
    case plain, single, double, block
  }

  /// The text before quoting.
  var text: String
  var style = Style.plain
  /// Whether a key fits before its colon.
  var isSimple = true

  /// Whether a line may end instead of the space at a place.
  func folds(at index: Int, in characters: [Unicode.Scalar]) -> Bool {
    let nextIsSpace = index + 1 < characters.count && characters[index + 1] == " "
    switch style {
    case .plain: return !nextIsSpace
    case .single: return index > 0 && index < characters.count - 1 && !nextIsSpace
    case .double: return index > 0 && index < characters.count - 1
    case .block: return false
    }
  }

  /// A character as the style writes it.
  func escaped(_ character: Unicode.Scalar) -> String {
    switch style {
    case .plain, .block: String(character)
    case .single: character == "'" ? "''" : String(character)
    case .double: ScalarText.doubleQuoted(character)
    }
  }

  /// The text of a value, by what the scalar means to kustomize.
  static func of(_ scalar: Scalar) -> ScalarText {
    switch scalar.canonical {
    case .null: return ScalarText(text: "null")
    case .bool(let flag): return ScalarText(text: flag ? "true" : "false")
    case .number(let text): return ScalarText(text: text)
    case .string(let text): return string(text)
    }
  }

  /// A string, quoted where its plain text would read as something else.
  static func string(_ text: String) -> ScalarText {
    let shape = Shape(text)
    if text.utf8.contains(0x0A) {
      return shape.allowsBlock ? ScalarText(text: text, style: .block) : ScalarText(text: text, style: .double)
    }
    guard YAML11.resolve(text) == .string, !isBase60(text) else {
      return ScalarText(text: text, style: .double)
    }
    if shape.allowsPlain { return ScalarText(text: text) }
    return ScalarText(text: text, style: shape.allowsSingleQuotes ? .single : .double)
  }

  /// A mapping's key.
  static func key(_ text: String) -> ScalarText {
    let isMultiline = text.unicodeScalars.contains { isBreak($0) }
    var result = string(text)
    result.isSimple = !isMultiline && text.utf8.count <= 128
    return result
  }

  private static func isBreak(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static let escapes: [UInt32: String] = [
    0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 0x1B: "e", 0x22: "\"", 0x5C: "\\", 0x85: "N",
    0xA0: "_", 0x2028: "L", 0x2029: "P",
  ]

  private static func doubleQuoted(_ character: Unicode.Scalar) -> String {
    let value = character.value
    if isPrintable(value), !isBreak(character), value != 0x22, value != 0x5C { return String(character) }
    if let letter = escapes[value] { return "\\" + letter }
    let digits = String(value, radix: 16, uppercase: true)
    let width = value <= 0xFF ? 2 : value <= 0xFFFF ? 4 : 8
    let mark = value <= 0xFF ? "x" : value <= 0xFFFF ? "u" : "U"
    return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
  }

  /// Whether go-yaml prints a character as it is; it does not with anything beyond the basic plane.
  fileprivate static func isPrintable(_ value: UInt32) -> Bool {
    switch value {
    case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    default: false
    }
  }

  /// YAML 1.1's numbers to the base of sixty, `12:30:00`, which are quoted for the sake of other readers.
  static func isBase60(_ text: String) -> Bool {
    var bytes = Substring(text).utf8
    guard bytes.contains(UInt8(ascii: ":")) else { return false }
    if let sign = bytes.first, sign == 43 || sign == 45 { bytes = bytes.dropFirst() }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    guard let head = bytes.first, isDigit(head) else { return false }
    bytes = bytes.drop { isDigit($0) || $0 == UInt8(ascii: "_") }
    var groups = 0
    while bytes.first == UInt8(ascii: ":") {
      let rest = bytes.dropFirst()
      let digits = rest.prefix(while: isDigit)
      guard digits.count == 1 || (digits.count == 2 && digits.first.map { $0 <= 53 } == true) else { return false }
      bytes = rest.dropFirst(digits.count)
      groups += 1
    }
    if bytes.first == UInt8(ascii: ".") { bytes = bytes.dropFirst().drop { isDigit($0) || $0 == UInt8(ascii: "_") } }
    return groups > 0 && bytes.isEmpty
  }

  /// What go-yaml's emitter finds out about a text before it chooses a style.
  private struct Shape {
    var allowsPlain = true
    var allowsSingleQuotes = true
    var allowsBlock = true

    init(_ text: String) {
      let characters = Array(text.unicodeScalars)
      guard !characters.isEmpty else {
        allowsBlock = false
        return
      }
      var hasIndicator = text.hasPrefix("---") || text.hasPrefix("...")
      var isSpecial = false
      var hasBreaks = false
      var breakSpace = false
      var spaceBreak = false
      var previousSpace = false
      var previousBreak = false
      var precededByBlank = true
      for (index, character) in characters.enumerated() {
        let next = index + 1 < characters.count ? characters[index + 1] : nil
        let followedByBlank = next.map { $0 == " " || $0 == "\t" } ?? true
        hasIndicator =
          hasIndicator
          || Shape.isIndicator(
            character, isFirst: index == 0, precededByBlank: precededByBlank, followedByBlank: followedByBlank)
        if !ScalarText.isPrintable(character.value) { isSpecial = true }
        let isSpace = character == " "
        let isBreak = ScalarText.isBreak(character)
        if isSpace, previousBreak { breakSpace = true }
        if isBreak, previousSpace { spaceBreak = true }
        hasBreaks = hasBreaks || isBreak
        previousSpace = isSpace
        previousBreak = isBreak
        precededByBlank = isSpace || isBreak || character == "\t"
      }
      let edges = [characters[0], characters[characters.count - 1]]
      let hasBlankEdge = edges.contains { $0 == " " || ScalarText.isBreak($0) }
      if hasBlankEdge || hasBreaks || hasIndicator || breakSpace { allowsPlain = false }
      if edges[1] == " " { allowsBlock = false }
      if breakSpace { allowsSingleQuotes = false }
      if spaceBreak || isSpecial {
        allowsPlain = false
        allowsSingleQuotes = false
        allowsBlock = false
      }
    }

    private static func isIndicator(
      _ character: Unicode.Scalar, isFirst: Bool, precededByBlank: Bool, followedByBlank: Bool
    ) -> Bool {
      if isFirst {
        switch character {
        case "#", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": return true
        case "?", ":", "-": return followedByBlank
        default: return false
        }
      }
      return character == ":" ? followedByBlank : character == "#" && precededByBlank
    }
  }
}
