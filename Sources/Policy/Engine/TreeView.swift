internal import Flux
internal import Manifests

/// The objects of a whole tree, read only when a rule asks.
final class TreeView: StateView {
  private let tree: (any FileTree)?
  private let cache: ManifestCache
  private let index: TreeIndex
  private let state: AppliedState?
  /// What was asked before of folders and paths: rules ask the same for one object after the other.
  private var kustomizations: [String: KustomizationFileView?] = [:]
  private var existing: [String: Bool] = [:]
  private var found: [Place: [AppliedObject]] = [:]
  private var facts: [ObjectIdentifier: any ViewFact] = [:]

  /// A kind of objects and where they are looked for.
  private struct Place: Hashable {
    var kind: GroupKind
    var folder: String
  }

  init(_ tree: (any FileTree)?, _ cache: ManifestCache, _ index: TreeIndex, _ state: AppliedState?) {
    self.state = state
    self.tree = tree
    self.cache = cache
    self.index = index
  }

  func objects(of kind: GroupKind) -> [AppliedObject] { objects(of: kind, under: "") }

  func fact<Fact: ViewFact>(_ kind: Fact.Type) -> Fact {
    if let known = facts[ObjectIdentifier(kind)] as? Fact { return known }
    let fact = Fact(self)
    facts[ObjectIdentifier(kind)] = fact
    return fact
  }

  func objects(of kind: GroupKind, under folder: String) -> [AppliedObject] {
    let place = Place(kind: kind, folder: folder)
    if let known = found[place] { return known }
    let objects = look(for: kind, under: folder)
    found[place] = objects
    return objects
  }

  private func look(for kind: GroupKind, under folder: String) -> [AppliedObject] {
    let written = tree.map { index.objects(of: kind, under: folder, in: $0) } ?? []
    guard let state else { return written }
    var built: [AppliedObject] = []
    for root in state.roots {
      for kustomization in root.kustomizations {
        for object in kustomization.objects where object.object.groupKind == kind {
          if folder.isEmpty || object.path.hasPrefix(folder + "/") { built.append(object) }
        }
      }
    }
    return built + written.filter { !state.reaches($0.path) }
  }

  func objects(under folder: String) -> [AppliedObject] {
    tree.map { index.objects(of: nil, under: folder, in: $0) } ?? []
  }

  func holds(_ choice: KindChoice, under folder: String) -> Bool {
    tree.map { index.holds(choice, under: folder, in: $0) } ?? false
  }

  func exists(_ path: String) -> Bool {
    guard let tree else { return false }
    if path.isEmpty { return true }
    if let known = existing[path] { return known }
    let found = (try? tree.entry(at: path)).flatMap { $0 } != nil
    existing[path] = found
    return found
  }

  func folders(in folder: String) -> [String] {
    let entries = tree.flatMap { try? $0.children(of: folder) } ?? []
    return entries.filter { $0.kind == .folder }.map { Path.join(folder, $0.name) }
  }

  func kustomization(in folder: String) -> KustomizationFileView? {
    if let known = kustomizations[folder] { return known }
    let found = tree.flatMap { read(in: folder, $0) }
    kustomizations[folder] = .some(found)
    return found
  }

  /// The objects of a kind that are written in the folder's own files.
  func objects(of kind: GroupKind, in folder: String) -> [AppliedObject] {
    tree.map { index.objects(of: kind, in: folder, $0) } ?? []
  }

  private func read(in folder: String, _ tree: any FileTree) -> KustomizationFileView? {
    for name in KustomizationFileView.names {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      guard let entry = (try? tree.entry(at: path)).flatMap({ $0 }), entry.kind == .file,
        let file = try? cache.manifest(entry, at: path, in: tree)
      else { continue }
      return KustomizationFileView(path: path, manifest: file)
    }
    return nil
  }
}

extension KustomizationFileView {
  /// The kustomization in a file that was read; `nil` where it does not parse.
  init?(path: String, manifest: ManifestFile) {
    guard manifest.problem == nil || manifest.problem?.kind == .duplicateKey else { return nil }
    let roots = manifest.others + manifest.objects.map(\.root)
    self.init(path: path, root: roots.first ?? Node(.mapping([])), repeatedKey: manifest.problem?.span)
  }
}
