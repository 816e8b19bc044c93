internal import Manifests
internal import Policy
internal import Secrets

/// What must not be shown of a file around findings: not only what the search for credentials finds in its bytes, since
/// findings are made of names, structure and encryption as well, but all that a finding could be about.
struct HiddenPlaces {
  private(set) var ranges: [Range<Int>] = []
  /// Whether nothing of the file may be shown: it is a key as a whole.
  private(set) var isWhole = false

  private let bytes: [UInt8]
  private let index: LineIndex

  /// - Parameters:
  ///   - role: what a generator of Secrets makes of the file.
  ///   - found: what the search told of the file.
  init(in bytes: [UInt8], path: String, role: GeneratorFiles.Role?, found: SecretReading) {
    self.bytes = bytes
    index = bytes.withUnsafeBytes { LineIndex($0) }
    for secret in found.secrets {
      isWhole = isWhole || secret.rule == PlacedSecret.keyFile
      for span in [secret.span] + secret.related { add(span) }
    }
    let isPromised = EncryptedFileNames.promises(path.utf8)
    if case .value = role { ranges.append(0..<bytes.count) }
    if role == .lines || isPromised { ranges += bytes.withUnsafeBytes { EncryptedLines($0).clear.map(\.range) } }
    guard isPromised || mayHoldSecrets else { return }
    let file = ManifestFile(parsing: bytes)
    for object in file.objects { add(object.root, object, isPromised) }
    for root in file.others { add(root, nil, isPromised) }
  }

  /// Hides a place that a finding tells of.
  mutating func add(_ span: Span) {
    if let range = index.range(of: span) { ranges.append(range) }
  }

  /// Whether a parser is needed to tell.
  private var mayHoldSecrets: Bool {
    bytes.withUnsafeBytes { bytes in
      bytes.isUTF16 || ["Secret", "secretGenerator", "sops"].contains { bytes.holds(Array($0.utf8)) }
    }
  }

  private mutating func add(_ root: Node, _ object: KubernetesObject?, _ isPromised: Bool) {
    let kind = object?.identity.kind ?? root["kind"]?.text
    if kind == "Secret" {
      for field in ["data", "stringData"] {
        for entry in root.entry(field)?.value.entries ?? [] { add(entry.value.span) }
      }
    }
    for generator in root["secretGenerator"]?.items ?? [] {
      for literal in generator["literals"]?.items ?? [] { add(literal: literal.span) }
    }
    guard isPromised || kind == "SealedSecret" || root["sops"]?.isMapping == true else { return }
    for leaf in Leaf.all(in: root) where !HiddenPlaces.isHead(leaf.field, of: object) {
      if !Ciphertext.isSOPS(leaf.text.utf8) { add(leaf.node.span) }
    }
  }

  /// Hides what stands behind the name of a literal.
  private mutating func add(literal span: Span) {
    guard let range = index.range(of: span)?.clamped(to: 0..<bytes.count) else { return }
    let name = bytes[range].firstIndex(of: UInt8(ascii: "=")) ?? range.lowerBound
    ranges.append(name + (name == range.lowerBound ? 0 : 1)..<range.upperBound)
  }

  /// Whether a field only says what an object is.
  private static func isHead(_ field: FieldPath, of object: KubernetesObject?) -> Bool {
    guard object != nil, let first = field.steps.first else { return false }
    return [.key("apiVersion"), .key("kind"), .key("metadata"), .key("type")].contains(first)
  }
}
