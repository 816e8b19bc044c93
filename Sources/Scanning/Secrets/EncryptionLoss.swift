internal import Manifests
internal import Policy
internal import Secrets

/// Finds values that were encrypted before a change and are in clear after it, also where their object, or a file
/// without objects, moved.
struct EncryptionLoss {
  /// One version of a file.
  struct File {
    var path: String
    var bytes: [UInt8]
  }

  /// A finding and the file it is in.
  struct Found {
    var path: String
    var secret: PlacedSecret
  }

  /// The size in bytes beyond which a file is not compared; SOPS and kustomize are not used with larger ones.
  static let limit = 8 << 20

  private let scanner: SecretScanner
  /// What was encrypted before, by object and field, or by file and field.
  private var encrypted: Set<String> = []
  /// The names of the objects that held it; where no object did, the files, as they would be called in clear.
  private var names: Set<String> = []
  /// Files that were ciphertext as a whole, by the name they would have in clear.
  private var whole: Set<String> = []

  init(old: [File], scanner: SecretScanner) {
    self.scanner = scanner
    for file in old { add(file) }
  }

  /// Whether a text can hold anything encrypted.
  static func mayBeEncrypted(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.holdsExactly("ENC[") || bytes.holdsExactly("encryptedData") || Ciphertext.isWhole(bytes)
  }

  private mutating func add(_ file: File) {
    if file.bytes.withUnsafeBytes({ Ciphertext.isWhole($0) }) {
      whole.insert(EncryptedFileNames.plain(file.path))
      return
    }
    guard ChangeBuilder.isManifest(file.path) else {
      let lines = file.bytes.withUnsafeBytes { EncryptedLines($0) }
      if !lines.encrypted.isEmpty { names.insert(EncryptedFileNames.plain(file.path)) }
      for name in lines.encrypted { encrypted.insert("\(EncryptedFileNames.plain(file.path))#\(name)") }
      return
    }
    let manifest = ManifestFile(parsing: file.bytes)
    for (root, object) in EncryptionLoss.roots(manifest) {
      let isSealed = object?.identity.kind == "SealedSecret"
      for leaf in Leaf.all(in: root) {
        let isCiphertext =
          isSealed
          ? leaf.field.steps.starts(with: [.key("spec"), .key("encryptedData")])
            && !Ciphertext.isReadable(sealed: leaf.text.utf8)
          : Ciphertext.isSOPS(leaf.text.utf8)
        guard isCiphertext else { continue }
        encrypted.insert(EncryptionLoss.key(leaf, object, file.path))
        names.insert(object?.identity.name ?? EncryptedFileNames.plain(file.path))
      }
    }
  }

  /// What is in clear now, one finding for each object or file.
  func found(in files: [File]) -> [Found] {
    guard !encrypted.isEmpty || !whole.isEmpty else { return [] }
    return files.flatMap { file -> [Found] in
      let isWhole = file.bytes.withUnsafeBytes { Ciphertext.isWhole($0) }
      if isWhole { return [] }
      if whole.contains(EncryptedFileNames.plain(file.path)), !file.bytes.isEmpty { return [opened(file)] }
      guard isNamed(in: file) else { return [] }
      return ChangeBuilder.isManifest(file.path) ? values(of: file) : lines(of: file)
    }
  }

  /// Whether a file holds the name of an object that held ciphertext, or is such a file itself.
  private func isNamed(in file: File) -> Bool {
    if names.contains(EncryptedFileNames.plain(file.path)) { return true }
    return file.bytes.withUnsafeBytes { bytes in names.contains { bytes.holds(Array($0.utf8)) } }
  }

  private func opened(_ file: File) -> Found {
    var secret = EncryptionLoss.finding(Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1))
    secret.message = "The file was encrypted as a whole and is in clear now."
    return Found(path: file.path, secret: secret)
  }

  private func lines(of file: File) -> [Found] {
    file.bytes.withUnsafeBytes { bytes -> [Found] in
      let plain = EncryptedFileNames.plain(file.path)
      let open = EncryptedLines(bytes).clear.compactMap { value -> Open<EncryptedLines.Value>? in
        guard encrypted.contains("\(plain)#\(value.name)") else { return nil }
        return scanner.loss(Array(bytes[value.range]), key: value.name, isSecret: true).map { Open(value, $0) }
      }
      guard let (first, severity, others) = EncryptionLoss.gravest(open) else { return [] }
      let lines = LineIndex(bytes)
      var secret = EncryptionLoss.finding(lines.span(first.range), severity)
      secret.related = others.map { lines.span($0.range) }
      secret.message = EncryptionLoss.sentence(first.name, "", open.count)
      return [Found(path: file.path, secret: secret)]
    }
  }

  private func values(of file: File) -> [Found] {
    let manifest = ManifestFile(parsing: file.bytes)
    return EncryptionLoss.roots(manifest).compactMap { root, object in
      let open = Leaf.all(in: root).compactMap { leaf -> Open<Leaf>? in
        guard !leaf.text.utf8.starts(with: "ENC[".utf8), !leaf.node.isNull, leaf.node.bool == nil,
          encrypted.contains(EncryptionLoss.key(leaf, object, file.path))
        else { return nil }
        let isSecret = object?.identity.kind == "Secret"
        return scanner.loss(EncryptionReading.bytes(leaf, object), key: leaf.key, isSecret: isSecret).map {
          Open(leaf, $0)
        }
      }
      guard let (first, severity, others) = EncryptionLoss.gravest(open) else { return nil }
      var secret = EncryptionLoss.finding(first.node.span, severity)
      secret.related = others.prefix(50).map(\.node.span)
      let subject = object.map { " of \($0.identity.title)" } ?? ""
      secret.message = EncryptionLoss.sentence(first.field.description, subject, open.count)
      secret.subject = object.map { Finding.Subject($0) }
      secret.field = first.field
      return Found(path: file.path, secret: secret)
    }
  }

  /// A value in clear, and how much it tells.
  private struct Open<Value> {
    var value: Value
    var severity: Severity

    init(_ value: Value, _ severity: Severity) {
      self.value = value
      self.severity = severity
    }
  }

  /// The first value of those that tell most, how much that is, and the others; `nil` where there are none.
  private static func gravest<Value>(_ open: [Open<Value>]) -> (Value, Severity, others: [Value])? {
    guard let severity = open.map(\.severity).max(), let first = open.firstIndex(where: { $0.severity == severity })
    else { return nil }
    var others = open.map(\.value)
    return (others.remove(at: first), severity, others)
  }

  private static func finding(_ span: Span, _ severity: Severity = .critical) -> PlacedSecret {
    PlacedSecret(
      rule: "encryption-removed", severity: severity, span: span,
      redacted: Finding.SecretInfo(type: "encryption-removed", redacted: "****"), remark: "")
  }

  private static func sentence(_ field: String, _ subject: String, _ count: Int) -> String {
    let more = count == 1 ? "" : ", and so \(count == 2 ? "is 1 more value" : "are \(count - 1) more values")"
    return "\(field)\(subject) was encrypted and is in clear now\(more)."
  }

  private static func roots(_ file: ManifestFile) -> [(Node, KubernetesObject?)] {
    file.objects.map { ($0.root, $0) } + file.others.map { ($0, nil) }
  }

  /// What names a value on both sides: a SealedSecret's is that of the Secret it becomes.
  private static func key(_ leaf: Leaf, _ object: KubernetesObject?, _ path: String) -> String {
    guard let object else { return "\(EncryptedFileNames.plain(path))#\(leaf.field)" }
    let identity = object.identity.key
    let isSecret = identity.kind == "Secret" || identity.kind == "SealedSecret"
    let isData =
      [.key("data"), .key("stringData")].contains(leaf.field.steps.first)
      || leaf.field.steps.starts(with: [.key("spec"), .key("encryptedData")])
    let field = isSecret && isData ? "data.\(leaf.key)" : leaf.field.description
    return
      "\(isSecret ? "Secret" : "\(identity.group)/\(identity.kind)") \(identity.namespace)/\(identity.name)#\(field)"
  }
}

extension SecretScanner {
  /// How grave it is that a value which was encrypted can be read: `nil` for nothing, a reference, a public key or
  /// ciphertext. What may be a secret is critical; an address, a number or a word under a name that promises none is a
  /// setting, and was most likely encrypted with the rest of its file.
  ///
  /// - Parameter isSecret: whether the value stands among values that all are meant to be secret.
  func loss(_ value: [UInt8], key: String, isSecret: Bool) -> Severity? {
    guard case .passedOver(let reason) = judge(value, key: key, place: .secretData) else { return .critical }
    if reason.isHarmless { return nil }
    if AssignmentName.kind(of: key.utf8).isCredential, ![.locator, .documentedExample].contains(reason) {
      return .critical
    }
    switch reason {
    case .locator: return ValueJudge.isCapability(value) ? .critical : .low
    case .number, .placeholder, .documentedExample, .digest: return .low
    case .plainWord, .referenceName: return isSecret ? .medium : .low
    default: return value.count < 4 ? (isSecret ? .medium : .low) : .critical
    }
  }
}
