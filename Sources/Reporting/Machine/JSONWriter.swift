/// Writes JSON member by member in the order of the calls, without a tree in between.
///
/// `FoundationEssentials`' encoder sorts or shuffles keys and leaves absent values out; the contract asks for a fixed
/// order and an explicit `null`.
struct JSONWriter {
  /// What was written since `take()`.
  private var text = ""
  private let isIndented: Bool
  private var depth = 0
  /// Whether the object or list that is open has nothing in it yet.
  private var isEmpty = true

  /// - Parameter isIndented: whether each member stands on a line of its own.
  init(isIndented: Bool) {
    self.isIndented = isIndented
  }

  /// Hands over what was written so far, so that a long document need not be held as a whole.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }

  // MARK: Containers

  /// An object as the next value.
  mutating func object(_ members: (inout JSONWriter) -> Void) {
    open("{")
    members(&self)
    close("}")
  }

  /// A list as the next value.
  mutating func list(_ items: (inout JSONWriter) -> Void) {
    open("[")
    items(&self)
    close("]")
  }

  /// Begins an object or list that `close` ends; for documents that are handed over in pieces.
  mutating func open(_ bracket: String) {
    text += bracket
    depth += 1
    isEmpty = true
  }

  /// Ends what `open` began.
  mutating func close(_ bracket: String) {
    depth -= 1
    if !isEmpty { newLine() }
    text += bracket
    isEmpty = false
  }

  /// The place of the next item of a list; its value is written next.
  mutating func item() {
    if !isEmpty { text += "," }
    isEmpty = false
    newLine()
  }

  /// The key of the next member of an object; its value is written next.
  mutating func key(_ name: String) {
    item()
    value(name)
    text += isIndented ? ": " : ":"
  }

  private mutating func newLine() {
    guard isIndented else { return }
    text += "\n"
    for _ in 0..<depth { text += "  " }
  }

  // MARK: Members

  /// A member that is a text or `null`.
  mutating func member(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  /// A member that is a whole number or `null`.
  mutating func member(_ name: String, _ number: Int?) {
    key(name)
    text += number.map { String($0) } ?? "null"
  }

  /// A member that is true or false.
  mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    text += flag ? "true" : "false"
  }

  /// A member that is a list of texts.
  mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    list { list in
      for text in texts {
        list.item()
        list.value(text)
      }
    }
  }

  /// A member that is an object.
  mutating func member(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  /// A member that is a list with an object for each element.
  mutating func member<Element>(
    _ name: String, each elements: some Sequence<Element>, _ members: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    list { list in
      for element in elements {
        list.item()
        list.object { members(&$0, element) }
      }
    }
  }

  /// A member that is an object made of a value, or `null` where there is none.
  mutating func member<Value>(_ name: String, from value: Value?, _ members: (inout JSONWriter, Value) -> Void) {
    key(name)
    if let value { object { members(&$0, value) } } else { text += "null" }
  }

  /// A member whose value is JSON already.
  mutating func member(_ name: String, json: String) {
    key(name)
    text += json
  }

  // MARK: Texts

  /// A text, or `null`, as the next value.
  mutating func value(_ string: String?) {
    guard let string else {
      text += "null"
      return
    }
    text += "\""
    if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      text += string
    } else {
      for scalar in string.unicodeScalars { append(scalar) }
    }
    text += "\""
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where !scalar.isUnprintable: text.unicodeScalars.append(scalar)
    default:
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }
}
