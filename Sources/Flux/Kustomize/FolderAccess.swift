internal import Manifests

/// What a kustomization may read, as seen from its folder.
struct FolderAccess {
  let reader: FolderReader
  /// The kustomization's folder.
  let folder: String
  /// The kustomization file.
  let kustomization: String
  /// Whether files outside the folder may be read, as under Flux; plain `kustomize build` refuses that.
  let allowsOutside: Bool

  /// The same, looking through another reader.
  func reading(_ reader: FolderReader) -> FolderAccess {
    FolderAccess(reader: reader, folder: folder, kustomization: kustomization, allowsOutside: allowsOutside)
  }

  /// The path of the tree that a text means.
  ///
  /// - Throws: `outsideRepository`.
  func resolve(_ text: PlacedText) throws(BuildProblem) -> String {
    guard !text.value.hasPrefix("/"), let path = Path.resolve(text.value, in: folder) else {
      throw BuildProblem(
        .outsideRepository, path: file(of: text), span: text.node.span, subject: text.value,
        message: "the path \(text.value) leaves the repository")
    }
    return path
  }

  /// The file that a text stands in: the kustomization, or the Flux Kustomization that adds it.
  func file(of text: PlacedText) -> String { text.node.origin?.path ?? kustomization }

  /// Whether a text is an address and nothing of this tree.
  static func isRemote(_ text: String) -> Bool {
    // Whatever is an address holds one of these, or begins with the name of a host.
    let marks = ":?@".utf8
    let holdsMark = text.utf8.contains { marks.contains($0) }
    guard holdsMark || "gGbB".utf8.contains(text.utf8.first ?? 0) else { return false }
    if text.contains("://") || text.hasPrefix("git@") || text.hasPrefix("git::") { return true }
    let host = text.prefix { $0 != "/" }.lowercased()
    return ["github.com", "gitlab.com", "bitbucket.org"].contains(where: { host == $0 || host.hasPrefix("\($0):") })
      || text.contains("?ref=")
  }

  /// A file that is listed.
  ///
  /// - Throws: `listedFileMissing`, `link`, `outsideRepository`, `remoteSource`.
  func file(_ text: PlacedText) throws(BuildProblem) -> (path: String, entry: FileEntry) {
    if FolderAccess.isRemote(text.value) { throw remote(text) }
    let path = try resolve(text)
    guard let entry = try reader.entry(at: path) else { throw missing(text, path) }
    switch entry.kind {
    case .file: break
    case .link: throw link(text, path)
    case .folder, .submodule: throw missing(text, path)
    }
    guard allowsOutside || Path.isIn(path, folder: folder) else {
      throw BuildProblem(
        .outsideRepository, path: file(of: text), span: text.node.span, subject: text.value,
        message: "kustomize build reads no file outside the kustomization's folder, and \(text.value) is one")
    }
    return (path, entry)
  }

  /// The bytes of a listed file.
  func load(_ text: PlacedText) throws(BuildProblem) -> (path: String, bytes: [UInt8]) {
    let (path, entry) = try file(text)
    return (path, try reader.contents(of: entry, at: path))
  }

  /// A listed file as YAML.
  func parse(_ text: PlacedText) throws(BuildProblem) -> (path: String, parsed: ParsedFile) {
    let (path, entry) = try file(text)
    return (path, try reader.document(of: entry, at: path))
  }

  /// The problem of a listed path that is not there.
  func missing(_ text: PlacedText, _ path: String) -> BuildProblem {
    let isHidden = (try? reader.standing(at: path)).flatMap { $0 } != nil
    return BuildProblem(
      .listedFileMissing, path: file(of: text), span: text.node.span, subject: path,
      message: isHidden ? "\(path) is listed and no part of Flux's artifact" : "\(path) is listed and does not exist")
  }

  /// The problem of a listed symbolic link.
  func link(_ text: PlacedText, _ path: String) -> BuildProblem {
    BuildProblem(
      .link, path: file(of: text), span: text.node.span, subject: path,
      message: "\(path) is a symbolic link, which Flux leaves out of its artifact")
  }

  /// What a listed address is: not looked at.
  func remote(_ text: PlacedText) -> BuildProblem {
    BuildProblem(
      .remoteSource, path: file(of: text), span: text.node.span, subject: text.value,
      message: "a remote source is not fetched; what it holds is unknown")
  }
}
