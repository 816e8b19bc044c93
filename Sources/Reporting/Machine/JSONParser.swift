/// Why a text is no JSON. It says where, and repeats no value of the text.
package struct JSONProblem: Error, Equatable {
  /// What is expected: `a value`.
  package var expected: String
  /// How many bytes stand before the place.
  package var offset: Int

  /// `line 3: a value is expected`.
  package func words(in bytes: [UInt8]) -> String {
    "line \(1 + bytes.prefix(offset).count { $0 == 0x0A }): \(expected) is expected"
  }
}

/// Reads JSON (RFC 8259) piece by piece, so that of a long list no more than one item is held at a time.
///
/// libyaml, which reads our configuration, is not asked: it refuses the surrogate pairs with which JSON spells what is
/// beyond 16 bits.
package struct JSONParser {
  /// Deeper texts are refused: reading them takes the stack.
  private static let depthLimit = 128

  private let bytes: [UInt8]
  /// How many bytes were read.
  private(set) var index = 0
  private var depth = 0

  /// A parser at the start of a text.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Containers

  /// Reads an object; `visit` has to read the value of each key.
  package mutating func members(
    _ visit: (inout JSONParser, String) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    try elements(from: "{", to: "}") { parser throws(JSONProblem) in
      parser.skipSpace()
      guard parser.next == UInt8(ascii: "\"") else { throw parser.problem("a key") }
      let key = try parser.string()
      parser.skipSpace()
      try parser.take(":")
      try visit(&parser, key)
    }
  }

  /// Reads a list; `visit` has to read each item.
  package mutating func items(_ visit: (inout JSONParser) throws(JSONProblem) -> Void) throws(JSONProblem) {
    try elements(from: "[", to: "]", visit)
  }

  /// Reads the next value, whatever it is.
  package mutating func value() throws(JSONProblem) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try self.members { parser, key throws(JSONProblem) in members[key] = try parser.value() }
      return .object(members)
    case UInt8(ascii: "["):
      var items: [JSONValue] = []
      try self.items { parser throws(JSONProblem) in items.append(try parser.value()) }
      return .list(items)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  /// Insists on the text's end.
  package mutating func end() throws(JSONProblem) {
    skipSpace()
    guard index == bytes.count else { throw problem("the end") }
  }

  private mutating func elements(
    from start: Unicode.Scalar, to end: Unicode.Scalar, _ visit: (inout JSONParser) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    skipSpace()
    try take(start)
    guard depth < JSONParser.depthLimit else { throw problem("a text that nests less deep") }
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    if next == UInt8(ascii: end) {
      index += 1
      return
    }
    while true {
      try visit(&self)
      skipSpace()
      if next == UInt8(ascii: end) { break }
      try take(",")
    }
    index += 1
  }

  // MARK: Tokens

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) throws(JSONProblem) {
    guard next == UInt8(ascii: sign) else { throw problem("\(sign)") }
    index += 1
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
    let isThere = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
    guard isThere else { throw problem("a value") }
    index += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = index
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard !text.hasPrefix("+"), !text.hasPrefix("."), let number = Double(text), number.isFinite else {
      throw problem("a value")
    }
    return .number(number)
  }

  private mutating func string() throws(JSONProblem) -> String {
    index += 1
    var start = index
    var text: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        text += bytes[start..<index]
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[start..<index]
        index += 1
        text += Array(String(try escape()).utf8)
        start = index
      default: index += 1
      }
    }
    throw problem("the end of a text")
  }

  private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
    guard let byte = next else { throw problem("the end of a text") }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"):
      let high = try unit()
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
      guard bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return "\u{FFFD}" }
      index += 2
      let low = try unit()
      guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    default: throw problem("an escape of JSON")
    }
  }

  private mutating func unit() throws(JSONProblem) -> UInt32 {
    let digits = bytes[index..<min(index + 4, bytes.count)]
    var unit: UInt32 = 0
    for digit in digits {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else { break }
      unit = unit << 4 | UInt32(value)
      index += 1
    }
    guard index == digits.endIndex, digits.count == 4 else { throw problem("an escape of JSON") }
    return unit
  }

  /// What is wrong here.
  package func problem(_ expected: String) -> JSONProblem { JSONProblem(expected: expected, offset: index) }
}
