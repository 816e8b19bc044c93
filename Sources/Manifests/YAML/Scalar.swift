/// A YAML scalar as it was written; its type is worked out only when asked for.
package struct Scalar: Sendable, Hashable {
  /// How a scalar was written. Only a plain one can be anything but a string.
  package enum Style: UInt8, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  /// The text after unquoting and unfolding.
  package var text: String
  package var style: Style
  /// A core-schema tag written before the scalar (`!!str`), or `nil`.
  package var tag: Tag?

  /// An explicit tag of YAML's core schema.
  package enum Tag: UInt8, Sendable {
    case string, int, float, bool, null, other
  }

  package init(_ text: String, style: Style = .plain, tag: Tag? = nil) {
    self.text = text
    self.style = style
    self.tag = tag
  }

  /// What the scalar means to Flux.
  package enum Meaning: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case float(Double)
    case string
    /// A bare date, which kustomize turns into a timestamp.
    case timestamp
  }

  /// What kustomize 5.8 and Flux read this scalar as.
  ///
  /// Booleans are only `true/True/TRUE/false/False/FALSE`; `010` and `0o10` are eight, `0x` and `0b` prefixes and
  /// underscores are understood (tried with kustomize 5.8.1; section 9, case 7 of the domain notes).
  package var meaning: Meaning {
    switch tag {
    case .string: return .string
    case .other: return .string
    case .null: return .null
    default: break
    }
    guard style == .plain || tag != nil else { return .string }
    return Scalar.resolve(text)
  }

  /// The meaning of plain text.
  static func resolve(_ text: String) -> Meaning {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      return text == "true" || text == "True" || text == "TRUE" ? .bool(true) : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return text == "false" || text == "False" || text == "FALSE" ? .bool(false) : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "~"):
      return text == "null" || text == "Null" || text == "NULL" || text == "~" ? .null : .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text)
    default: return .string
    }
  }

  private static func number(_ text: String) -> Meaning {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    let plain = String(decoding: digits, as: UTF8.self)
    if let value = integer(plain) { return .int(value) }
    switch plain {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: break
    }
    if isFloat(plain), let value = Double(plain) { return .float(value) }
    return isDate(text) ? .timestamp : .string
  }

  private static func integer(_ text: String) -> Int64? {
    var rest = Substring(text)
    var sign = ""
    if let mark = rest.first, mark == "-" || mark == "+" {
      sign = mark == "-" ? "-" : ""
      rest = rest.dropFirst()
    }
    guard let head = rest.utf8.first, head >= 48, head <= 57 else { return nil }
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where rest.hasPrefix(prefix) {
      return Int64(sign + rest.dropFirst(2), radix: radix)
    }
    if rest.utf8.count > 1, rest.utf8.first == 48, let octal = Int64(sign + rest.dropFirst(), radix: 8) { return octal }
    return Int64(sign + rest)
  }

  private static func isFloat(_ text: String) -> Bool {
    var digits = 0
    var seenPoint = false
    var bytes = Substring(text).utf8
    if let first = bytes.first, first == 43 || first == 45 { bytes = bytes.dropFirst() }
    while let byte = bytes.first {
      switch byte {
      case 48...57: digits += 1
      case UInt8(ascii: ".") where !seenPoint: seenPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        bytes = bytes.dropFirst()
        if let sign = bytes.first, sign == 43 || sign == 45 { bytes = bytes.dropFirst() }
        return digits > 0 && !bytes.isEmpty && bytes.allSatisfy { $0 >= 48 && $0 <= 57 }
      default: return false
      }
      bytes = bytes.dropFirst()
    }
    return digits > 0
  }

  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45 else { return false }
    return [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { bytes[$0] >= 48 && bytes[$0] <= 57 }
      && (bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") || bytes[10] == 32)
  }
}
