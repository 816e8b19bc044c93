package import Flux
package import Manifests

/// Manifests by the identity of their content, so that no text is parsed twice in a row. Custom resource definitions
/// are kept without their schemas.
package final class ManifestCache {
  private var files: Recent<ContentID, ManifestFile>

  /// - Parameter limit: bytes of text whose manifests are kept.
  package init(limit: Int = 1 << 19) { files = Recent(limit: limit) }

  /// The manifest in a file.
  package func manifest(_ entry: FileEntry, at path: String, in tree: any FileTree) throws(FileTreeError)
    -> ManifestFile
  {
    if let known = files[entry.id] { return known }
    return manifest(entry, bytes: try tree.contents(of: entry, at: path))
  }

  /// The manifest in bytes that were read already.
  package func manifest(_ entry: FileEntry, bytes: [UInt8]) -> ManifestFile {
    if let known = files[entry.id] { return known }
    let file = ManifestFile(parsing: DefinitionSchemas.blanked(bytes))
    files.keep(file, under: entry.id, cost: bytes.count)
    return file
  }
}
