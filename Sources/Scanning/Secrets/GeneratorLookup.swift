internal import Flux
internal import Policy
internal import Secrets

/// Looks up what generators of Secrets make of the files of a tree. One per thread.
final class GeneratorLookup {
  /// What the kustomizations seen so far name, by their content and path.
  private var known: [String: GeneratorFiles] = [:]

  /// What a kustomization in the file's folder or one around it makes of the file.
  func role(of path: String, in tree: any FileTree) throws(FileTreeError) -> GeneratorFiles.Role? {
    var folder = path[...]
    while !folder.isEmpty {
      folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
      for name in KustomizationFileView.names {
        let place = folder.isEmpty ? name : "\(folder)/\(name)"
        guard place != path, let entry = try tree.entry(at: place), entry.kind == .file else { continue }
        if let role = try files(named: entry, at: place, in: tree).roles[path] { return role }
      }
    }
    return nil
  }

  /// What the generators of one kustomization make of files, by their path.
  func roles(
    in entry: FileEntry, at path: String, of tree: any FileTree
  ) throws(FileTreeError) -> [String: GeneratorFiles.Role] {
    try files(named: entry, at: path, in: tree).roles
  }

  private func files(
    named entry: FileEntry, at path: String, in tree: any FileTree
  ) throws(FileTreeError) -> GeneratorFiles {
    let key = "\(entry.id) \(path)"
    if let files = known[key] { return files }
    var files = GeneratorFiles()
    let content = try tree.contents(of: entry, at: path)
    if content.withUnsafeBytes({ GeneratorFiles.mayName($0) }) { files.add(content, at: path) }
    known[key] = files
    return files
  }
}
