internal import Manifests

/// The kustomization that Flux makes up for a folder without one.
struct GeneratedKustomization {
  let reader: FolderReader

  init(reader: FolderReader) { self.reader = reader }

  /// Every `*.yaml` and `*.yml` below the folder, folders with a kustomization file of their own as a whole.
  ///
  /// - Throws: the first file that is no manifest, which fails Flux's whole build.
  mutating func resources(of folder: String) throws(BuildProblem) -> [PlacedText] {
    var found: [PlacedText] = []
    try walk(folder, prefix: "./", into: &found, depth: 0)
    return found
  }

  private func walk(
    _ folder: String, prefix: String, into found: inout [PlacedText], depth: Int
  ) throws(BuildProblem) {
    guard depth < 200 else { return }
    let entries = try reader.children(of: folder).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for entry in entries {
      let path = Path.join(folder, entry.name)
      let written = prefix + entry.name
      switch entry.kind {
      case .folder:
        if try hasKustomization(path) {
          found.append(PlacedText(written, node: .string(written)))
        } else {
          try walk(path, prefix: written + "/", into: &found, depth: depth + 1)
        }
      case .file where entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml"):
        let parsed = try reader.document(of: entry, at: path)
        _ = try ManifestReading.resources(parsed, at: path)
        _ = try reader.entry(at: path)
        found.append(PlacedText(written, node: .string(written)))
      default: continue
      }
    }
  }

  private func hasKustomization(_ folder: String) throws(BuildProblem) -> Bool {
    for name in FolderReader.kustomizationNames {
      if let entry = try reader.entry(at: Path.join(folder, name)), entry.kind == .file { return true }
    }
    return false
  }
}
