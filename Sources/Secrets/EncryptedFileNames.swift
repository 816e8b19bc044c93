/// Names that promise that a file is encrypted.
package enum EncryptedFileNames {
  /// Whether the file at `path` calls itself encrypted: `db.sops.yaml`, `secrets.enc.json`, `values.encrypted.yaml`,
  /// `backup.env.age`. SOPS's own configuration, `.sops.yaml`, does not, and neither do templates and samples.
  package static func promises(_ path: some Collection<UInt8>) -> Bool {
    guard marks.stand(in: Array(path.suffix(256))), let name = name(of: path), !isTemplate(path) else { return false }
    if ["example", "sample", "template", "dummy", "schema"].contains(where: name.contains) { return false }
    if wholeEnds.contains(where: name.hasSuffix) { return true }
    return infixed(name) != nil
  }

  /// Whether the file lies among templates, from which the encrypted file is yet to be made.
  package static func isTemplate(_ path: some Collection<UInt8>) -> Bool {
    path.split(separator: 0x2F).dropLast().contains { part in
      ["template", "templates", "tmpl", "examples"].contains(String(decoding: part.map(\.lowered), as: UTF8.self))
    }
  }

  /// Whether the file lies among templates or samples, or is called one itself: what somebody is to fill in.
  package static func isSample(_ path: some Collection<UInt8>) -> Bool {
    if samples.stand(in: Array(path)) || isTemplate(path) { return true }
    return path.split(separator: 0x2F).last.map { templates.stand(in: Array($0)) } ?? false
  }

  private static let samples = TextSet(["sample", "example"])
  private static let templates = TextSet(["tmpl", "template"])

  /// The path as the file would be called in clear: `db.sops.yaml` as `db.yaml`. It pairs a file with its decrypted
  /// successor.
  package static func plain(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.last else { return path }
    var plain = name
    if let end = wholeEnds.first(where: name.hasSuffix) {
      plain = String(name.dropLast(end.utf8.count))
    } else if let range = infixed(name.lowercased()) {
      let bytes = Array(name.utf8)
      plain = String(decoding: bytes[..<range.lowerBound] + bytes[range.upperBound...], as: UTF8.self)
    }
    return (parts.dropLast() + [plain]).joined(separator: "/")
  }

  private static func name(of path: some Collection<UInt8>) -> String? {
    path.split(separator: 0x2F).last.map { String(decoding: $0.map(\.lowered), as: UTF8.self) }
  }

  /// Where `.sops` or a like word stands between a name and a known end.
  private static func infixed(_ name: String) -> Range<Int>? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, !parts[0].isEmpty, ends.contains(String(parts[parts.count - 1])),
      words.contains(String(parts[parts.count - 2]))
    else { return nil }
    let word = parts[parts.count - 2].utf8.count + 1
    let end = name.utf8.count - parts[parts.count - 1].utf8.count - 1
    return end - word..<end
  }

  /// Without one of these a path promises nothing.
  private static let marks = TextSet([".sops", ".enc", ".age", ".gpg"])
  private static let words: Set<String> = ["sops", "enc", "encrypted"]
  private static let ends: Set<String> = ["yaml", "yml", "json", "env", "ini", "toml", "txt", "conf", "properties"]
  private static let wholeEnds = [".sops", ".age", ".gpg", ".enc", ".encrypted"]
}
