/// Files held in memory, for examples and for content that is in no repository.
package final class MemoryTree: FileTree {
  private let files: [String: [UInt8]]

  /// - Parameter files: text by path.
  package init(_ files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }

  package var id: ContentID? { nil }

  package func entry(at path: String) -> FileEntry? {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    if let bytes = files[path] { return FileEntry(name: name, kind: .file, id: MemoryTree.identity(bytes)) }
    guard path.isEmpty || files.keys.contains(where: { $0.hasPrefix(path + "/") }) else { return nil }
    return FileEntry(name: name, kind: .folder, id: folderIdentity(path))
  }

  package func children(of path: String) -> [FileEntry] {
    let prefix = path.isEmpty ? "" : path + "/"
    let names = Set(
      files.keys.filter { $0.hasPrefix(prefix) }.compactMap {
        $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
      })
    return names.sorted().compactMap { entry(at: prefix + $0) }
  }

  package func contents(of entry: FileEntry, at path: String) throws(FileTreeError) -> [UInt8] {
    guard let bytes = files[path] else { throw FileTreeError(path: path, reason: "no such file") }
    return bytes
  }

  private func folderIdentity(_ path: String) -> ContentID {
    let prefix = path.isEmpty ? "" : path + "/"
    let inside = files.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
    return MemoryTree.identity(inside.flatMap { Array($0.key.utf8) + [0] + $0.value + [0] })
  }

  /// Three FNV-1a hashes with different bases: enough to tell a handful of small texts apart.
  private static func identity(_ bytes: [UInt8]) -> ContentID {
    func hash(_ base: UInt64) -> UInt64 { bytes.reduce(base) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
    return ContentID(
      high: hash(0xCBF2_9CE4_8422_2325), middle: hash(0x9E37_79B9_7F4A_7C15),
      low: UInt32(truncatingIfNeeded: hash(0xD6E8_FEB8_6659_FD93)))
  }
}
