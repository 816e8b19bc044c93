internal import Manifests

/// A scalar after kustomize's way through JSON.
enum CanonicalScalar: Equatable {
  case null
  case bool(Bool)
  /// A number in kustomize's spelling.
  case number(String)
  case string(String)
}

extension Scalar {
  /// The scalar after kustomize's way through JSON.
  var rewritten: Scalar {
    // What begins with a letter and has no quotes stays.
    if style == .plain, tag == nil, let first = text.utf8.first, first > UInt8(ascii: "9") { return self }
    switch canonical {
    case .null: return text.isEmpty ? Scalar("null") : self
    case .bool: return self
    case .number(let number): return number == text && style == .plain ? self : Scalar(number)
    case .string(let string):
      guard style != .plain, tag == nil else { return self }
      switch ScalarText.string(string).style {
      case .plain: return Scalar(string, tag: .string)
      case .single: return Scalar(string, style: .singleQuoted)
      case .double: return Scalar(string, style: .doubleQuoted)
      case .block: return Scalar(string, style: .literal)
      }
    }
  }

  /// What kustomize prints for the scalar: numbers in decimal, dates as timestamps in quotes, everything else a string.
  ///
  /// Infinities have no JSON form; kustomize refuses them, here they stay text.
  var canonical: CanonicalScalar {
    if style == .folded { return .string(FoldedText.roundTrip(text)) }
    switch tag {
    case .string, .other: return .string(text)
    case .null: return .null
    default: break
    }
    guard style == .plain || tag != nil else { return .string(text) }
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      if let stamp = Timestamp(text) { return .string(stamp.text) }
      if first == UInt8(ascii: "."), !YAMLNumber.isFloat(text) { return .string(text) }
      return YAMLNumber(text)?.text.map(CanonicalScalar.number) ?? .string(text)
    default: break
    }
    switch meaning {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    default: return .string(text)
    }
  }
}
