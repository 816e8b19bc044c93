import Flux

/// A tree made of texts, for tests.
final class MemoryTree: FileTree {
  private var files: [String: (bytes: [UInt8], kind: FileKind)] = [:]

  init(_ files: [String: String]) {
    for (path, text) in files { self.files[path] = (Array(text.utf8), .file) }
  }

  var id: ContentID? { nil }

  /// Puts a symbolic link at a path.
  func link(_ path: String) { files[path] = ([], .link) }

  private func hash(_ bytes: some Sequence<UInt8>) -> ContentID {
    var first: UInt64 = 0xCBF2_9CE4_8422_2325
    var second: UInt64 = 0x9E37_79B9_7F4A_7C15
    for byte in bytes {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01B3
      second = (second &+ UInt64(byte)) &* 0x2545_F491_4F6C_DD1D
    }
    return ContentID(high: first, middle: second, low: 0)
  }

  func entry(at path: String) throws(FileTreeError) -> FileEntry? {
    let name = String(path.split(separator: "/").last ?? "")
    if let file = files[path] { return FileEntry(name: name, kind: file.kind, id: hash(file.bytes)) }
    let inside = files.filter { path.isEmpty || $0.key.hasPrefix(path + "/") }.sorted { $0.key < $1.key }
    guard !inside.isEmpty else { return nil }
    return FileEntry(name: name, kind: .folder, id: hash(inside.flatMap { Array($0.key.utf8) + $0.value.bytes }))
  }

  func children(of path: String) throws(FileTreeError) -> [FileEntry] {
    let prefix = path.isEmpty ? "" : path + "/"
    let names = Set(files.keys.filter { $0.hasPrefix(prefix) }.compactMap { $0.dropFirst(prefix.count).split(separator: "/").first })
    var entries: [FileEntry] = []
    for name in names.sorted() {
      if let entry = try entry(at: prefix + name) { entries.append(entry) }
    }
    return entries
  }

  func contents(of entry: FileEntry, at path: String) throws(FileTreeError) -> [UInt8] {
    guard let file = files[path] else { throw FileTreeError(path: path, reason: "there is no such file") }
    return file.bytes
  }
}
