internal import Flux
internal import Manifests

/// What the kustomizations of trees read besides their resources: patches, transformers, the files of generators. An edit
/// of such a file changes objects that stand elsewhere.
final class BuildInputs {
  /// What one kustomization reads, by its content.
  private struct Reading {
    /// Whatever may be a path in the fields that name files, relative to the kustomization's folder.
    var paths: [String] = []
    /// The kinds of the objects whose values are copied into others; `nil` stands for any.
    var sources: Set<String?> = []
  }

  private let cache: ManifestCache
  private let index: TreeIndex
  private var readings = Recent<ContentID, Reading>(limit: 1 << 15)

  init(_ cache: ManifestCache, _ index: TreeIndex) {
    self.cache = cache
    self.index = index
  }

  /// The fields of a kustomization that name files which are no resources.
  private static let fields = [
    "patches", "patchesStrategicMerge", "patchesJson6902", "transformers", "generators", "validators", "configurations",
    "crds", "openapi", "configMapGenerator", "secretGenerator", "replacements", "vars", "helmCharts",
  ]
  private static let words = fields.map { Array($0.utf8) }

  /// Whether some kustomization of a tree reads a file, or a folder around it, as something else than a resource, or
  /// copies values out of objects of one of some kinds.
  ///
  /// A kustomization that can't be read counts as one that does: whoever builds it says what is wrong.
  func hold(_ path: String, kinds: Set<String>, in tree: any FileTree) -> Bool {
    index.kustomizations(in: tree).contains { kustomization in
      guard let reading = reading(of: kustomization, in: tree) else { return true }
      return reading.sources.contains { $0.map(kinds.contains) ?? true }
        || reading.paths.contains { BuildInputs.holds($0, from: kustomization.folder, path) }
    }
  }

  private func reading(of kustomization: TreeIndex.KustomizationFile, in tree: any FileTree) -> Reading? {
    let (folder, entry) = (kustomization.folder, kustomization.entry)
    if let known = readings[entry.id] { return known }
    let path = Path.join(folder, entry.name)
    guard let bytes = try? tree.contents(of: entry, at: path) else { return nil }
    var reading = Reading()
    if bytes.withUnsafeBytes({ text in BuildInputs.words.contains { text.holds($0) } }) {
      let view = KustomizationFileView(path: path, manifest: cache.manifest(entry, bytes: bytes))
      guard let root = view?.root else { return nil }
      reading = BuildInputs.reading(root)
    }
    readings.keep(reading, under: entry.id, cost: 1 + reading.paths.count)
    return reading
  }

  private static func reading(_ root: Node) -> Reading {
    var reading = Reading()
    for field in fields { collect(root.entry(field)?.value, into: &reading.paths) }
    for replacement in root.entry("replacements")?.value.items ?? [] {
      reading.sources.insert(replacement["source", "kind"]?.text)
    }
    for variable in root.entry("vars")?.value.items ?? [] { reading.sources.insert(variable["objref", "kind"]?.text) }
    return reading
  }

  /// Collects all texts of one line: a path is among them, perhaps behind a key's name.
  private static func collect(_ node: Node?, into paths: inout [String]) {
    guard let node else { return }
    if let text = node.text {
      guard !text.isEmpty, text.utf8.count < 4096, !text.utf8.contains(0x0a) else { return }
      paths.append(text)
      if let sign = text.firstIndex(of: "=") { paths.append(String(text[text.index(after: sign)...])) }
    }
    for item in node.items { collect(item, into: &paths) }
    for entry in node.entries { collect(entry.value, into: &paths) }
  }

  /// Whether a path from a folder leads to a file or to a folder that holds it. The folder itself is none of its inputs.
  private static func holds(_ target: String, from folder: String, _ file: String) -> Bool {
    guard let place = Path.resolve(target, in: folder), !place.isEmpty, place != folder,
      !folder.hasPrefix(place + "/")
    else { return false }
    return file == place || file.hasPrefix(place + "/")
  }
}
