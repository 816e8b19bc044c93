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
