internal import Manifests

/// YAML 1.1 as kustomize reads its own files and Flux the substituted text: `yes`, `on` and `y` are booleans.
enum YAML11 {
  /// What a plain scalar means.
  enum Meaning: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case unsigned(UInt64)
    case float(Double)
    case timestamp
    case string
  }

  private static let words: [String: Meaning] = {
    var table: [String: Meaning] = ["": .null, "~": .null, "null": .null, "Null": .null, "NULL": .null]
    for word in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] { table[word] = .bool(true) }
    for word in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] {
      table[word] = .bool(false)
    }
    for word in [".nan", ".NaN", ".NAN"] { table[word] = .float(.nan) }
    for word in [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"] { table[word] = .float(.infinity) }
    for word in ["-.inf", "-.Inf", "-.INF"] { table[word] = .float(-.infinity) }
    return table
  }()

  /// The meaning of a scalar as it is written.
  static func meaning(of scalar: Scalar) -> Meaning {
    switch scalar.tag {
    case .string, .other: return .string
    case .null: return .null
    default: break
    }
    guard scalar.style == .plain || scalar.tag != nil else { return .string }
    return resolve(scalar.text)
  }

  /// The meaning of plain text.
  static func resolve(_ text: String) -> Meaning {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      if let word = words[text] { return word }
      return number(text)
    case UInt8(ascii: "."):
      if let word = words[text] { return word }
      return YAMLNumber.isFloat(text) ? Double(text).map(Meaning.float) ?? .string : .string
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
      UInt8(ascii: "~"):
      return words[text] ?? .string
    default: return .string
    }
  }

  private static func number(_ text: String) -> Meaning {
    if Timestamp(text) != nil { return .timestamp }
    switch YAMLNumber(text) {
    case .int(let value): return .int(value)
    case .unsigned(let value): return .unsigned(value)
    case .float(let value): return .float(value)
    case nil: return .string
    }
  }
}

/// A number in YAML's many spellings: `0x1F`, `0o17`, `017`, `0b11`, `1_000`, `3.0`.
enum YAMLNumber: Equatable {
  case int(Int64)
  case unsigned(UInt64)
  case float(Double)

  init?(_ text: String) {
    let plain = text.utf8.contains(UInt8(ascii: "_")) ? String(text.filter { $0 != "_" }) : text
    guard let first = plain.utf8.first, first < 0x3A else { return nil }
    if let value = YAMLNumber.integer(plain, as: Int64.self) {
      self = .int(value)
    } else if let value = YAMLNumber.integer(plain, as: UInt64.self) {
      self = .unsigned(value)
    } else if YAMLNumber.isFloat(plain), let value = Double(plain) {
      self = .float(value)
    } else {
      return nil
    }
  }

  private static func integer<T: FixedWidthInteger>(_ text: String, as type: T.Type) -> T? {
    var rest = Substring(text)
    var sign = ""
    if let mark = rest.utf8.first, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") {
      sign = mark == UInt8(ascii: "-") ? "-" : ""
      rest = rest.dropFirst()
    }
    guard let head = rest.utf8.first, head >= 48, head <= 57 else { return nil }
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)]
    where rest.hasPrefix(prefix) {
      return T(sign + rest.dropFirst(2), radix: radix)
    }
    if rest.utf8.count > 1, head == 48 { return T(sign + rest.dropFirst(), radix: 8) }
    return T(sign + rest)
  }

  /// Whether text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
  static func isFloat(_ text: String) -> Bool {
    var bytes = Substring(text).utf8
    func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    if let first = bytes.first, first == 43 || first == 45 { bytes = bytes.dropFirst() }
    let whole = bytes.prefix(while: isDigit)
    bytes = bytes.dropFirst(whole.count)
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      let part = bytes.prefix(while: isDigit)
      guard !whole.isEmpty || !part.isEmpty else { return false }
      bytes = bytes.dropFirst(part.count)
    } else if whole.isEmpty {
      return false
    }
    guard let mark = bytes.first else { return true }
    guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
    bytes = bytes.dropFirst()
    if let sign = bytes.first, sign == 43 || sign == 45 { bytes = bytes.dropFirst() }
    return !bytes.isEmpty && bytes.allSatisfy(isDigit)
  }

  /// The number as kustomize prints it: whole numbers below 1e21 without a fraction, others in the shortest form that
  /// reads back, with an exponent below 1e-4 and from 1e+06; `nil` for infinities, which it refuses.
  var text: String? {
    switch self {
    case .int(let value): return String(value)
    case .unsigned(let value): return String(value)
    case .float(let value):
      guard value.isFinite else { return nil }
      if value == value.rounded(), abs(value) < 1e21 {
        if let whole = Int64(exactly: value) { return String(whole) }
        if let whole = UInt64(exactly: value) { return String(whole) }
      }
      return YAMLNumber.shortest(value)
    }
  }

  /// Go's `%g` with the shortest digits.
  private static func shortest(_ value: Double) -> String {
    let (digits, exponent) = decimal(abs(value))
    let sign = value < 0 ? "-" : ""
    if exponent < -4 || exponent >= 6 {
      let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
      let power = abs(exponent)
      return sign + digits.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + String(power)
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let whole = digits.prefix(exponent + 1)
    let padded = whole + String(repeating: "0", count: max(0, exponent + 1 - whole.count))
    let fraction = digits.dropFirst(exponent + 1)
    return sign + padded + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The shortest digits of a number and the exponent of the first.
  private static func decimal(_ value: Double) -> (digits: String, exponent: Int) {
    let text = value.description
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    var digits = String(whole + fraction)
    exponent += whole.count - 1
    while digits.count > 1, digits.hasPrefix("0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    return (digits, exponent)
  }
}
