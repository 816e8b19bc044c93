package import Manifests

/// Prints built objects byte for byte as `kustomize build` does: keys sorted, two spaces, lists at the indentation of
/// their key, long lines kept whole.
package struct YAMLPrinter {
  /// Words to print at the end of a value's line as a comment, `nil` for none.
  package typealias Note = (Node) -> String?

  private var output: [UInt8] = []
  private let note: Note?

  /// - Parameter note: called for every scalar and every empty collection.
  package init(note: Note? = nil) { self.note = note }

  /// All objects as one stream, separated by `---`.
  package static func print(_ objects: [BuiltObject], note: Note? = nil) -> [UInt8] {
    var output: [UInt8] = []
    for (index, built) in objects.enumerated() {
      if index > 0 { output.append(contentsOf: Array("---\n".utf8)) }
      output.append(contentsOf: print(built.object.root, note: note))
    }
    return output
  }

  /// One value as a document.
  package static func print(_ node: Node, note: Note? = nil) -> [UInt8] {
    var printer = YAMLPrinter(note: note)
    printer.root(node)
    return printer.output
  }

  private mutating func root(_ node: Node) {
    switch node.value {
    case .mapping(let entries) where !entries.isEmpty: mapping(entries, indent: 0)
    case .sequence(let items) where !items.isEmpty: sequence(items, indent: 0)
    default: leaf(node, indent: 0, lead: "")
    }
  }

  private mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

  private mutating func pad(_ count: Int) { output.append(contentsOf: repeatElement(0x20, count: count)) }

  /// Prints entries; the cursor stands at `indent` already for the first one when `isInline`.
  private mutating func mapping(_ entries: [Entry], indent: Int, isInline: Bool = false) {
    let sorted = entries.sorted { KeyOrder.precedes($0.name, $1.name) }
    for (index, entry) in sorted.enumerated() {
      if index > 0 || !isInline { pad(indent) }
      let key = ScalarText.key(entry.name)
      if key.isSimple {
        put(key.text)
        put(":")
      } else {
        put("? ")
        if entry.name.utf8.contains(0x0A) { block(entry.name, indent: indent + 2) } else { put(key.text + "\n") }
        pad(indent)
        put(":")
      }
      value(entry.value, indent: indent)
    }
  }

  /// Prints a mapping's value after its colon.
  private mutating func value(_ node: Node, indent: Int) {
    switch node.value {
    case .mapping(let entries) where !entries.isEmpty:
      put("\n")
      mapping(entries, indent: indent + 2)
    case .sequence(let items) where !items.isEmpty:
      put("\n")
      sequence(items, indent: indent)
    default: leaf(node, indent: indent + 2, lead: " ")
    }
  }

  private mutating func sequence(_ items: [Node], indent: Int, isInline: Bool = false) {
    for (index, item) in items.enumerated() {
      if index > 0 || !isInline { pad(indent) }
      switch item.value {
      case .mapping(let entries) where !entries.isEmpty:
        put("- ")
        mapping(entries, indent: indent + 2, isInline: true)
      case .sequence(let inner) where !inner.isEmpty:
        put("- ")
        sequence(inner, indent: indent + 2, isInline: true)
      default:
        put("-")
        leaf(item, indent: indent + 2, lead: " ")
      }
    }
  }

  private mutating func leaf(_ node: Node, indent: Int, lead: String) {
    put(lead)
    switch node.value {
    case .mapping: put("{}")
    case .sequence: put("[]")
    case .unknown: put("null # unknown: only the cluster has this value")
    case .scalar(let scalar):
      let text = ScalarText.of(scalar)
      if text.isBlock {
        block(text.text, indent: indent)
        return
      }
      put(text.text)
    }
    if let words = note?(node) { put("  # " + words) }
    put("\n")
  }

  /// Prints a literal block from its `|` on.
  private mutating func block(_ text: String, indent: Int) {
    let bytes = Array(text.utf8)
    put("|")
    if let first = bytes.first, first == 0x20 || first == 0x0A { put("2") }
    if bytes.last != 0x0A {
      put("-")
    } else if bytes.count == 1 || bytes[bytes.count - 2] == 0x0A {
      put("+")
    }
    put("\n")
    var isLineStart = true
    for byte in bytes {
      if byte == 0x0A {
        output.append(byte)
        isLineStart = true
      } else {
        if isLineStart { pad(indent) }
        output.append(byte)
        isLineStart = false
      }
    }
    if !isLineStart { put("\n") }
  }
}

/// How a scalar's text is printed.
struct ScalarText {
  var text: String
  /// Whether the text is to be printed as a literal block.
  var isBlock = false
  /// Whether a key fits before its colon.
  var isSimple = true

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
      return shape.allowsBlock ? ScalarText(text: text, isBlock: true) : ScalarText(text: doubleQuoted(text))
    }
    guard YAML11.resolve(text) == .string, !isBase60(text) else { return ScalarText(text: doubleQuoted(text)) }
    if shape.allowsPlain { return ScalarText(text: text) }
    return ScalarText(text: shape.allowsSingleQuotes ? singleQuoted(text) : doubleQuoted(text))
  }

  /// A mapping's key.
  static func key(_ text: String) -> ScalarText {
    let isMultiline = text.unicodeScalars.contains { isBreak($0) }
    if isMultiline { return ScalarText(text: doubleQuoted(text), isSimple: false) }
    var result = string(text)
    result.isSimple = text.utf8.count <= 128
    return result
  }

  private static func isBreak(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func singleQuoted(_ text: String) -> String {
    var result = "'"
    for character in text.unicodeScalars {
      if character == "'" { result.append("'") }
      result.unicodeScalars.append(character)
    }
    return result + "'"
  }

  private static let escapes: [UInt32: String] = [
    0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 0x1B: "e", 0x22: "\"", 0x5C: "\\", 0x85: "N",
    0xA0: "_", 0x2028: "L", 0x2029: "P",
  ]

  private static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      let value = character.value
      if isPrintable(value), !isBreak(character), value != 0x22, value != 0x5C {
        result.unicodeScalars.append(character)
      } else if let letter = escapes[value] {
        result += "\\" + letter
      } else {
        let digits = String(value, radix: 16, uppercase: true)
        let width = value <= 0xFF ? 2 : value <= 0xFFFF ? 4 : 8
        let mark = value <= 0xFF ? "x" : value <= 0xFFFF ? "u" : "U"
        result += "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return result + "\""
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

/// go-yaml's order of mapping keys: letters after everything else, runs of digits by their value.
enum KeyOrder {
  /// Whether the first key is printed before the second.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let first = Array(left.unicodeScalars)
    let second = Array(right.unicodeScalars)
    for index in 0..<min(first.count, second.count) where first[index] != second[index] {
      let leftLetter = first[index].properties.isAlphabetic && first[index].properties.numericType == nil
      let rightLetter = second[index].properties.isAlphabetic && second[index].properties.numericType == nil
      if leftLetter && rightLetter { return first[index].value < second[index].value }
      if leftLetter || rightLetter { return rightLetter }
      return numbers(first, second, from: index)
    }
    return first.count < second.count
  }

  private static func numbers(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], from index: Int) -> Bool {
    var start: (Int64, Int64) = (0, 0)
    if first[index] == "0" || second[index] == "0" {
      var back = index - 1
      while back >= 0, isDigit(first[back]) {
        if first[back] != "0" {
          start = (1, 1)
          break
        }
        back -= 1
      }
    }
    let left = run(first, from: index, start: start.0)
    let right = run(second, from: index, start: start.1)
    if left.value != right.value { return left.value < right.value }
    if left.end != right.end { return left.end < right.end }
    return first[index].value < second[index].value
  }

  private static func run(_ text: [Unicode.Scalar], from index: Int, start: Int64) -> (value: Int64, end: Int) {
    var value = start
    var end = index
    while end < text.count, isDigit(text[end]) {
      value = value &* 10 &+ Int64(text[end].value - 48)
      end += 1
    }
    return (value, end)
  }

  private static func isDigit(_ character: Unicode.Scalar) -> Bool { character.value >= 48 && character.value <= 57 }
}
