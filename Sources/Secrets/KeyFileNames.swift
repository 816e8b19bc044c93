/// Names of files that hold an administrator's credentials, whatever is in them.
package enum KeyFileNames {
  /// What a name says the file is.
  package enum Kind: String, Sendable {
    case kubeconfig
    case privateKey = "private key"
    case clusterBackup = "cluster backup"
    case supportBundle = "support bundle"
    case stateFile = "state file"
    case passwordStore = "password store"
  }

  /// What the file at `path`, a path within a repository with `/` between its parts, is by its name alone. Templates,
  /// examples and public halves are nothing.
  package static func kind(of path: some Collection<UInt8>) -> Kind? {
    let bytes = path.map(\.lowered)
    let parts = bytes.split(separator: 0x2F)
    guard let last = parts.last else { return nil }
    let name = String(decoding: last, as: UTF8.self)
    guard let kind = kind(of: name, in: parts.dropLast()), !passes.contains(where: name.hasSuffix),
      !name.contains("example"), !name.contains("sample")
    else { return nil }
    return kind
  }

  private static func kind(of name: String, in folders: ArraySlice<ArraySlice<UInt8>>) -> Kind? {
    // EKS Anywhere writes CAPI objects, Secrets included, to `<cluster>-backup-<timestamp>`.
    if folders.contains(where: isBackup) { return .clusterBackup }
    if name.hasPrefix("support-bundle"), archives.contains(where: name.hasSuffix) { return .supportBundle }
    if name.hasSuffix(".kubeconfig") || name == "kubeconfig" || isPerhapsKubeconfig(name)
      || name == "config" && folders.last?.elementsEqual(".kube".utf8) == true
    {
      return .kubeconfig
    }
    if keyNames.contains(name) || keyEnds.contains(where: name.hasSuffix) { return .privateKey }
    if name.hasSuffix(".tfstate") || name.hasSuffix(".tfstate.backup") { return .stateFile }
    return storeNames.contains(name) || storeEnds.contains(where: name.hasSuffix) ? .passwordStore : nil
  }

  /// What the file at `path` with the given content is: a name that a task or a template may have as well, such as
  /// `kubeconfig.yaml`, tells nothing unless the content has a credential's field.
  package static func kind(of path: some Collection<UInt8>, holding content: UnsafeRawBufferPointer) -> Kind? {
    guard let kind = kind(of: path), !content.isEmpty else { return nil }
    let name = path.split(separator: 0x2F).last.map { String(decoding: $0.map(\.lowered), as: UTF8.self) } ?? ""
    if kind == .passwordStore, !storeEnds.contains(where: name.hasSuffix) { return holdsPassword(content) ? kind : nil }
    guard kind == .kubeconfig, isPerhapsKubeconfig(name) else { return kind }
    let head = content.prefix(256 << 10)
    return ["client-key-data", "token:", "password:", "\"token\"", "id-token"].contains { head.contains(caseless: $0) }
      ? kind : nil
  }

  /// Whether a line of a password store that is a text holds more than a comment or what is put in its place: the last of
  /// five parts in `.pgpass`, the third word of PPP's, all of the line elsewhere. A script asks elsewhere.
  private static func holdsPassword(_ content: UnsafeRawBufferPointer) -> Bool {
    let head = content.prefix(64 << 10)
    if head.starts(with: "#!".utf8) { return false }
    return head.split(whereSeparator: \.isNewline).contains { line in
      let words = line.split(whereSeparator: \.isBlank)
      guard let first = words.first, first.first != 0x23 else { return false }
      let parts = first.split(separator: 0x3A, maxSplits: 4)
      let password = parts.count == 5 ? parts[4] : words.count > 2 ? words[2] : first
      return ValueForms.reason(to: ValueJudge.trimmed(Array(password))) == nil
    }
  }

  private static func isPerhapsKubeconfig(_ name: String) -> Bool {
    name.hasPrefix("kubeconfig.") && ![".go", ".md", ".html", ".htm"].contains(where: name.hasSuffix)
      || name.hasSuffix("-kubeconfig.yaml")
  }

  private static func isBackup(_ part: ArraySlice<UInt8>) -> Bool {
    guard part.count >= 16,
      let start = part.indices.first(where: { part[$0] == 0x2D && part[$0...].starts(with: "-backup-".utf8) })
    else { return false }
    let stamp = part[start...].dropFirst(8)
    return stamp.count >= 8
      && stamp.allSatisfy { $0.isDigit || $0 == 0x2D || $0 == 0x54 || $0 == 0x3A || $0 == 0x5F || $0 == 0x74 }
  }

  private static let passes = [
    ".pub", ".md", ".go", ".tmpl", ".template", ".tpl", ".j2", ".gotmpl", ".sops", ".age", ".gpg", ".enc",
  ]
  private static let archives = [".tar.gz", ".tgz", ".tar", ".zip"]
  private static let keyNames: Set<String> = [
    "eks-a-id_rsa", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ed25519_sk", "id_ecdsa_sk", "ssh_host_rsa_key",
    "ssh_host_ed25519_key", "ssh_host_ecdsa_key", "identity.agekey", "keys.txt.age", "age.agekey",
  ]
  private static let keyEnds = ["-id_rsa", "_id_rsa", "-id_ed25519", ".agekey", ".ppk", ".p12", ".pfx"]
  private static let storeNames: Set<String> = [
    ".pgpass", ".vault_pass", ".vault_pass.txt", "vault_pass.txt", ".vault-password", "vault-password.txt",
    "chap-secrets", "pap-secrets",
  ]
  private static let storeEnds = [".kdbx", ".keychain", ".jks", ".keystore"]
}
