internal import Flux
internal import Manifests

/// The objects of a whole tree, read only when a rule asks.
final class TreeView: StateView {
  private let tree: (any FileTree)?
  private let cache: ManifestCache
  private let engine: Engine
  private var known: [GroupKind: [AppliedObject]]?
  private var inFolder: [String: [AppliedObject]] = [:]

  init(_ tree: (any FileTree)?, _ cache: ManifestCache, _ engine: Engine) {
    self.tree = tree
    self.cache = cache
    self.engine = engine
  }

  func objects(of kind: GroupKind) -> [AppliedObject] {
    if let known { return known[kind] ?? [] }
    var found: [GroupKind: [AppliedObject]] = [:]
    if let tree { collect("", tree, &found) }
    known = found
    return found[kind] ?? []
  }

  func objects(under folder: String) -> [AppliedObject] {
    guard let tree else { return [] }
    if let known = inFolder[folder] { return known }
    var found: [AppliedObject] = []
    for place in places(under: folder, tree) where ChangeBuilder.isManifest(place.path) {
      guard let file = try? cache.manifest(place.entry, at: place.path, in: tree) else { continue }
      found += file.objects.map { AppliedObject(object: $0, path: place.path) }
    }
    inFolder[folder] = found
    return found
  }

  func exists(_ path: String) -> Bool {
    guard let tree else { return false }
    return path.isEmpty || (try? tree.entry(at: path)).flatMap { $0 } != nil
  }

  func kustomization(in folder: String) -> KustomizationFileView? {
    guard let tree else { return nil }
    for name in KustomizationFileView.names {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      guard let entry = (try? tree.entry(at: path)).flatMap({ $0 }), entry.kind == .file,
        let file = try? cache.manifest(entry, at: path, in: tree)
      else { continue }
      return KustomizationFileView(path: path, manifest: file)
    }
    return nil
  }

  private func places(under folder: String, _ tree: any FileTree) -> [(path: String, entry: FileEntry)] {
    var open = [folder]
    var files: [(path: String, entry: FileEntry)] = []
    while let path = open.popLast() {
      for entry in (try? tree.children(of: path)) ?? [] {
        let place = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
        if entry.kind == .folder { open.append(place) }
        if entry.kind == .file { files.append((place, entry)) }
      }
    }
    return files
  }

  private func collect(_ folder: String, _ tree: any FileTree, _ found: inout [GroupKind: [AppliedObject]]) {
    for place in places(under: folder, tree) where ChangeBuilder.isManifest(place.path) {
      guard let bytes = try? tree.contents(of: place.entry, at: place.path), engine.interest.includes(bytes) else {
        continue
      }
      for object in cache.manifest(place.entry, bytes: bytes).objects {
        found[object.groupKind, default: []].append(AppliedObject(object: object, path: place.path))
      }
    }
  }
}

extension KustomizationFileView {
  /// The kustomization in a file that was read; `nil` where it does not parse.
  init?(path: String, manifest: ManifestFile) {
    guard manifest.problem == nil || manifest.problem?.kind == .duplicateKey else { return nil }
    let roots = manifest.others + manifest.objects.map(\.root)
    self.init(path: path, root: roots.first ?? Node(.mapping([])))
  }
}
