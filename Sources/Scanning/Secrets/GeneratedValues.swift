internal import Manifests
internal import Policy
internal import Secrets

/// The values that a generator makes of a plain file.
enum GeneratedValues {
  /// A value larger than this is no credential that somebody wrote down; types with a mark are found in it all the same.
  private static let limit = 16 << 10

  /// The values of a file as its generator takes them; none where the file is encrypted.
  static func all(in bytes: UnsafeRawBufferPointer, _ role: GeneratorFiles.Role, _ lines: LineIndex)
    -> [StructuredValue]
  {
    switch role {
    case .lines:
      let read = EncryptedLines(bytes)
      guard !read.isEncrypted else { return [] }
      return read.clear.map { value($0.name, Array(bytes[$0.range]), lines.span($0.range)) }
    case .value(let key):
      guard bytes.count <= limit, !bytes.contains(0), !EncryptionLoss.mayBeEncrypted(bytes) else { return [] }
      let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
      let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
      guard start < end else { return [] }
      return [value(key, Array(bytes[start..<end]), lines.span(start..<end))]
    }
  }

  private static func value(_ key: String, _ bytes: [UInt8], _ span: Span) -> StructuredValue {
    StructuredValue(
      rule: "secret-generator-literal", place: .secretData, object: nil, field: FieldPath([.key(key)]),
      node: Node(.scalar(Scalar(String(decoding: bytes, as: UTF8.self))), span: span), key: key, bytes: bytes,
      isMeantSecret: true)
  }
}
