package import Flux
package import Manifests

/// Manifests by the identity of their content, so that no text is parsed twice in a row.
package final class ManifestCache {
  private var files: [ContentID: ManifestFile] = [:]
  private var cost = 0
  /// Bytes of text after whose parsing the cache starts anew.
  private let limit: Int

  package init(limit: Int = 2 << 20) { self.limit = limit }

  /// The manifest in a file.
  package func manifest(_ entry: FileEntry, at path: String, in tree: any FileTree) throws(FileTreeError)
    -> ManifestFile
  {
    if let known = files[entry.id] { return known }
    return remember(ManifestFile(parsing: try tree.contents(of: entry, at: path)), entry, size: 1 << 12)
  }

  /// The manifest in bytes that were read already.
  package func manifest(_ entry: FileEntry, bytes: [UInt8]) -> ManifestFile {
    if let known = files[entry.id] { return known }
    return remember(ManifestFile(parsing: bytes), entry, size: bytes.count)
  }

  private func remember(_ file: ManifestFile, _ entry: FileEntry, size: Int) -> ManifestFile {
    if cost > limit {
      files.removeAll(keepingCapacity: true)
      cost = 0
    }
    cost += size
    files[entry.id] = file
    return file
  }
}
