internal import Manifests
internal import Policy
internal import Secrets

/// A value of a document, with the way to it.
struct Leaf {
  var field: FieldPath
  var key: String
  var node: Node
  var text: String

  /// The values of a document without SOPS's own block.
  static func all(in root: Node) -> [Leaf] {
    var leaves: [Leaf] = []
    for entry in root.entries where entry.name != "sops" {
      collect(entry.value, FieldPath([.key(entry.name)]), entry.name, depth: 0, &leaves)
    }
    if root.isSequence { collect(root, FieldPath(), "", depth: 0, &leaves) }
    return leaves
  }

  private static func collect(
    _ node: Node, _ path: FieldPath, _ key: String, depth: Int, _ leaves: inout [Leaf]
  ) {
    guard depth < 60, leaves.count < 50_000 else { return }
    if let text = node.text {
      leaves.append(Leaf(field: path, key: key, node: node, text: text))
    }
    for entry in node.entries { collect(entry.value, path.key(entry.name), entry.name, depth: depth + 1, &leaves) }
    for (number, item) in node.items.enumerated() {
      collect(item, path.index(number), key, depth: depth + 1, &leaves)
    }
  }
}

/// What the structure of one file tells about its encryption: what is encrypted, what only says so.
struct EncryptionReading {
  /// Findings about objects, or about the file.
  private(set) var secrets: [PlacedSecret] = []
  /// The places about whose values these findings speak.
  private(set) var silenced: [Span] = []
  /// Whether anything in the file is encrypted.
  private(set) var isEncrypted = false

  private let path: String
  private let isPromised: Bool
  private let scanner: SecretScanner

  /// - Parameter told: places of values told by a name alone, which count as looking secret.
  init(_ file: ManifestFile, path: String, told: [Span], scanner: SecretScanner) {
    self.path = path
    self.scanner = scanner
    isPromised = EncryptedFileNames.promises(path.utf8)
    for object in file.objects { read(object.root, object, told) }
    for root in file.others { read(root, nil, told) }
  }

  private mutating func read(_ root: Node, _ object: KubernetesObject?, _ told: [Span]) {
    if object?.identity.kind == "SealedSecret" { return readSealed(root, object) }
    let isSOPS = root.entry("sops")?.value.isMapping == true
    let leaves = Leaf.all(in: root)
    let claims = leaves.filter { $0.text.utf8.starts(with: "ENC[".utf8) }
    let sealed = claims.filter { Ciphertext.isSOPS($0.text.utf8) }
    if !sealed.isEmpty { isEncrypted = true }
    let broken = claims.filter { Ciphertext.pretends($0.text.utf8) }
    if !broken.isEmpty { tell("encryption-pretended", broken, object, root, "claims to be ciphertext and is not") }
    if sealed.isEmpty {
      guard broken.isEmpty, !tellsPretence(root, object, leaves) else { return }
    }
    guard isSOPS else { return }
    let clear = leaves.filter { !$0.text.utf8.starts(with: "ENC[".utf8) && looksSecret($0, object, told) }
    guard !clear.isEmpty else { return }
    let rest = sealed.isEmpty ? "" : " with the rest"
    tell("encryption-incomplete", clear, object, root, "looks like a secret, and SOPS has not encrypted it\(rest)")
    silenced += clear.map(\.node.span)
  }

  /// Tells what is in clear in a document in which nothing is encrypted, where SOPS's block or the file's name says
  /// otherwise; whether it did. The name alone is not held against settings of which SOPS was told to leave them alone.
  private mutating func tellsPretence(_ root: Node, _ object: KubernetesObject?, _ leaves: [Leaf]) -> Bool {
    let block = root["sops"].flatMap { $0.isMapping ? $0 : nil }
    guard block != nil || isPromised else { return false }
    let open = EncryptionReading.content(leaves, object).filter { isOpen($0, object) }
    let scope = block.map { SOPSScope($0) }
    var clear = open.filter { scope?.holds($0.field) ?? false }
    var claim = "SOPS's block"
    if clear.isEmpty, isPromised, block == nil || open.contains(where: { isTelling($0, object) }) {
      (clear, claim) = (open, "the file's name")
    }
    guard !clear.isEmpty else { return false }
    tell("encryption-pretended", clear, object, root, "is in clear, although \(claim) says that it is encrypted")
    silenced.append(root.span)
    return true
  }

  private mutating func readSealed(_ root: Node, _ object: KubernetesObject?) {
    let values = Leaf.all(in: root).filter { $0.field.steps.starts(with: [.key("spec"), .key("encryptedData")]) }
    let readable = values.filter { Ciphertext.isReadable(sealed: $0.text.utf8) }
    if readable.count < values.count { isEncrypted = true }
    guard !readable.isEmpty else { return }
    tell(
      "encryption-pretended", readable, object, root,
      "is in clear, although it stands where a SealedSecret is encrypted")
    silenced += readable.map(\.node.span)
  }

  /// The values that encryption is for: in an object not its name and kind, in objects of other kinds nothing.
  static func content(_ leaves: [Leaf], _ object: KubernetesObject?) -> [Leaf] {
    // A manifest without a name, a patch say, is told by its kind all the same.
    let nameless = leaves.first { $0.field.steps == [.key("kind")] }?.text
    guard let kind = object?.identity.kind ?? nameless else { return leaves }
    switch kind {
    case "Secret", "ConfigMap":
      return leaves.filter { [.key("data"), .key("stringData"), .key("binaryData")].contains($0.field.steps.first) }
    case "HelmRelease": return leaves.filter { $0.field.steps.starts(with: [.key("spec"), .key("values")]) }
    default:
      let group = object?.identity.group ?? ""
      guard !group.hasSuffix("fluxcd.io"), !group.hasSuffix("k8s.io"),
        !["ExternalSecret", "Namespace", "SecretStore"].contains(kind)
      else { return [] }
      return leaves.filter { $0.field.steps.first == .key("spec") && $0.text.utf8.count >= 8 }
        .filter { AssignmentName.kind(of: $0.key.utf8).isCredential }
    }
  }

  /// Whether a value tells what it should not: not nothing, a reference, a public key or ciphertext.
  private func isOpen(_ leaf: Leaf, _ object: KubernetesObject?) -> Bool {
    if leaf.node.isNull || leaf.node.bool != nil { return false }
    switch scanner.judge(EncryptionReading.bytes(leaf, object), key: leaf.key, place: .secretData) {
    case .credential, .looksSecret: return true
    case .passedOver(let reason): return !reason.isHarmless
    }
  }

  /// Whether a value is a secret by its name or its look.
  private func isTelling(_ leaf: Leaf, _ object: KubernetesObject?) -> Bool {
    let isNamed = AssignmentName.kind(of: leaf.key.utf8).isCredential
    if leaf.field.steps.starts(with: [.key("spec"), .key("encryptedData")]) { return true }
    switch scanner.judge(EncryptionReading.bytes(leaf, object), key: leaf.key, place: .secretData) {
    case .credential, .looksSecret: return true
    case .passedOver(.placeholder):
      return isNamed && !SecretScanner.asksToBeFilled(EncryptionReading.bytes(leaf, object))
    case .passedOver(let reason): return isNamed && [.plainWord, .tooShort, .lowEntropy].contains(reason)
    }
  }

  private func looksSecret(_ leaf: Leaf, _ object: KubernetesObject?, _ told: [Span]) -> Bool {
    if told.contains(where: { $0.touches(leaf.node.span) }) { return true }
    guard object?.identity.kind == "Secret", [.key("data"), .key("stringData")].contains(leaf.field.steps.first) else {
      return false
    }
    switch scanner.judge(EncryptionReading.bytes(leaf, object), key: leaf.key, place: .secretData) {
    case .credential, .looksSecret: return true
    case .passedOver: return false
    }
  }

  /// A value with the base64 of its place undone.
  static func bytes(_ leaf: Leaf, _ object: KubernetesObject?) -> [UInt8] {
    object?.identity.kind == "Secret" && leaf.field.steps.first == .key("data")
      ? Base64.decode(leaf.text.utf8) : Array(leaf.text.utf8)
  }

  /// One finding for an object, or for a document that is none.
  private mutating func tell(
    _ rule: String, _ leaves: [Leaf], _ object: KubernetesObject?, _ root: Node, _ what: String
  ) {
    guard let first = leaves.first else { return }
    let subject = object.map { " of \($0.identity.title)" } ?? ""
    var secret = PlacedSecret(
      rule: rule, severity: rule == "encryption-incomplete" ? .high : .critical, span: first.node.span,
      related: leaves.dropFirst().prefix(50).map(\.node.span),
      redacted: Finding.SecretInfo(type: rule, redacted: "****"), remark: "")
    let more =
      leaves.count == 1
      ? "" : ", and so \(leaves.count == 2 ? "is 1 more value" : "are \(leaves.count - 1) more values")"
    secret.message = "\(first.field)\(subject) \(what)\(more)."
    secret.subject = object.map { Finding.Subject($0) }
    secret.field = first.field
    if rule == "encryption-pretended", !leaves.contains(where: { isTelling($0, object) }) { secret.severity = .medium }
    // A file keeps its finding when it moves.
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if object == nil { secret.fingerprint = Fingerprint.of([rule, name, "\(first.field)"]) }
    secret.identity = ([rule, path] + leaves.map { "\($0.field) \($0.text)" }).hashValue
    secrets.append(secret)
  }
}
