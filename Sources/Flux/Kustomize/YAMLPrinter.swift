package import Manifests

/// Prints built objects byte for byte as `kustomize build` does: keys sorted, two spaces, lists at the indentation of
/// their key, long lines folded after column 80.
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
        write(key, indent: nil)
        put(":")
      } else {
        put("? ")
        if key.style == .block {
          block(key.text, indent: indent + 2)
        } else {
          write(key, indent: indent + 2)
          put("\n")
        }
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
    case .unknown(let made):
      var text = made.map { ScalarText.string($0.text) } ?? ScalarText(text: "null")
      if text.style == .block { text.style = .double }
      write(text, indent: nil)
      put(" # unknown: only the cluster has this value")
    case .scalar(let scalar):
      let text = ScalarText.of(scalar)
      if text.style == .block {
        block(text.text, indent: indent)
        return
      }
      write(text, indent: indent)
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

  /// The column, from 0, at which the next character stands.
  private var column: Int {
    var count = 0
    for byte in output.reversed() {
      if byte == 0x0A { break }
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    return count
  }

  /// Prints a scalar on one line, or folded at spaces after column 80.
  ///
  /// - Parameter indent: the indentation of further lines; `nil` for a key, which is never folded.
  private mutating func write(_ scalar: ScalarText, indent: Int?) {
    let characters = Array(scalar.text.unicodeScalars)
    var column = indent == nil ? 0 : self.column
    if scalar.style != .plain {
      put(scalar.style == .single ? "'" : "\"")
      column += 1
    }
    var previousSpace = false
    for (index, character) in characters.enumerated() {
      let isSpace = character == " "
      if isSpace, let indent, !previousSpace, column > 80, scalar.folds(at: index, in: characters) {
        put("\n")
        pad(indent)
        column = indent
        if scalar.style == .double, index + 1 < characters.count, characters[index + 1] == " " {
          put("\\")
          column += 1
        }
      } else {
        let text = scalar.escaped(character)
        put(text)
        column += text.unicodeScalars.count
      }
      previousSpace = isSpace
    }
    if scalar.style != .plain { put(scalar.style == .single ? "'" : "\"") }
  }
}
