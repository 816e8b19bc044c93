internal import Manifests
internal import Policy

/// Encryption of etcd that goes, or is moved to a key that may not be there.
struct EtcdEncryptionRemoved: ClusterRule {
  let info = RuleInfo(
    "etcd-encryption-removed", .critical, .hardening,
    summary: "Encryption of secrets in etcd is removed or moved to another key provider.",
    why: """
      The API server can then not read what was encrypted before: every Secret is unreadable, and new ones are stored \
      in clear. No admission check stops the edit.
      """,
    remediation: "Restore etcdEncryption. To leave it, first decrypt all secrets as documented.",
    references: [References.etcdEncryption],
    examples: [
      .clusterSpec(
        "encryption is removed",
        "etcdEncryption: ⟦[{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]⟧",
        ""),
      .clusterSpec(
        "another socket",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: ⟦\"unix:///b\"⟧}}], resources: [secrets]}]"),
      .clusterSpec(
        "everything is encrypted, and not only secrets",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [\"*.*\"]}]"),
      .clusterSpec(
        "only another group is encrypted",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], "
          + "resources: ⟦[\"*.apps\"]⟧}]"),
      .clusterSpec(
        "a default is written out",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\", cachesize: 1000}}], "
          + "resources: [secrets]}]"),
    ])

  private static let path: FieldPath = "spec.etcdEncryption"

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let field = edit.object.values("spec.etcdEncryption").first, edit.kept != nil, let old = field.before,
      !old.items.isEmpty, !old.hasUnknown, field.after?.hasUnknown != true
    else { return [] }
    guard let new = field.after, !new.items.isEmpty else {
      return [
        edit.object.violation(
          "\(edit.object.title) loses its etcd encryption: Secrets that are encrypted cannot be read any more.",
          at: Self.path)
      ].compactMap { $0 }
    }
    return Self.losses(old.items[0], new.items[0]).compactMap { place, text in
      edit.object.violation("\(edit.object.title) changes its etcd encryption: \(text).", at: place)
    }
  }

  private static func losses(_ old: Node, _ new: Node) -> [(FieldPath, String)] {
    var found: [(FieldPath, String)] = []
    let kms = path.index(0).key("providers").index(0).key("kms")
    let before = old["providers"]?.items.first?["kms"]
    let after = new["providers"]?.items.first?["kms"]
    for (name, words) in [("name", "key provider"), ("socketListenAddress", "socket of the key provider")] {
      if let was = before?[name]?.text, was != after?[name]?.text {
        let end = "what was encrypted cannot be read unless the old one still answers"
        found.append((after?[name] == nil ? path : kms.key(name), "another \(words); \(end)"))
      }
    }
    let left = Set((new["resources"]?.items ?? []).compactMap(\.text))
    let gone = (old["resources"]?.items ?? []).compactMap(\.text).filter { !covers(left, $0) }
    if !gone.isEmpty {
      found.append((path.index(0).key("resources"), "\(gone.joined(separator: ", ")) no longer encrypted"))
    }
    return found
  }

  /// Whether a resource is encrypted where some are listed: `*.` stands for those of the core group, `*.apps` for those
  /// of a group, and `*.*` for all.
  private static func covers(_ listed: Set<String>, _ resource: String) -> Bool {
    if listed.contains(resource) || listed.contains("*.*") { return true }
    let group = resource.firstIndex(of: ".").map { resource[$0...] } ?? "."
    return resource != "*.*" && listed.contains("*\(group)")
  }
}
