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

  /// What is encrypted after the change too, as `encrypted` before it: beside a file in clear, which is a template or a
  /// copy then.
  private var kept: Set<String> = []

  /// - Parameter old: the files that held ciphertext before the change.
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
    for (leaf, object) in EncryptionLoss.sealed(in: manifest) {
      encrypted.insert(EncryptionLoss.key(leaf, object, file.path))
      names.insert(object?.identity.name ?? EncryptedFileNames.plain(file.path))
    }
  }

  /// The values of a manifest that are ciphertext.
  private static func sealed(in manifest: ManifestFile) -> [(Leaf, KubernetesObject?)] {
    roots(manifest).flatMap { root, object -> [(Leaf, KubernetesObject?)] in
      let isSealed = object?.identity.kind == "SealedSecret"
      return Leaf.all(in: root).filter { leaf in
        isSealed
          ? leaf.field.steps.starts(with: [.key("spec"), .key("encryptedData")])
            && !Ciphertext.isReadable(sealed: leaf.text.utf8)
          : Ciphertext.isSOPS(leaf.text.utf8)
      }.map { ($0, object) }
    }
  }

  /// What is in clear now, one finding for each object or file.
  ///
  /// - Parameter files: the files of the change that may be in clear, and those that hold ciphertext.
  mutating func found(in files: [File]) -> [Found] {
    guard !encrypted.isEmpty || !whole.isEmpty else { return [] }
    for file in files
    where ChangeBuilder.isManifest(file.path) && file.bytes.withUnsafeBytes(EncryptionLoss.mayBeEncrypted) {
      for (leaf, object) in EncryptionLoss.sealed(in: ManifestFile(parsing: file.bytes)) {
        kept.insert(EncryptionLoss.key(leaf, object, file.path))
      }
    }
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
        return scanner.loss(Array(bytes[value.range]), key: value.name, in: .secrets).map { Open(value, $0) }
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
    let isSample = EncryptedFileNames.isSample(file.path.utf8)
    return EncryptionLoss.roots(manifest).compactMap { root, object in
      let open = Leaf.all(in: root).compactMap { leaf -> Open<Leaf>? in
        let key = EncryptionLoss.key(leaf, object, file.path)
        guard !leaf.text.utf8.starts(with: "ENC[".utf8), !leaf.node.isNull, leaf.node.bool == nil,
          encrypted.contains(key)
        else { return nil }
        let value = EncryptionReading.bytes(leaf, object)
        if kept.contains(key), !scanner.looksReal(value, key: leaf.key, isSample: isSample) { return nil }
        return scanner.loss(value, key: leaf.key, in: .init(object)).map { Open(leaf, $0) }
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
