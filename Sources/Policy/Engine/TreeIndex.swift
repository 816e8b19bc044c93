package import Flux
package import Manifests

/// Finds the objects of whole trees, and remembers them folder by folder under the folder's identity: between
/// neighbouring commits nearly all folders are the same.
package final class TreeIndex {
  private struct Key: Hashable {
    var path: String
    var id: ContentID
    var kind: GroupKind?
  }

  private let cache: ManifestCache
  private let interest: Interest
  private var folders: [Key: [AppliedObject]] = [:]
  /// The kinds of the objects in a file; empty for a file that no rule is interested in.
  private var kinds: [ContentID: Set<GroupKind>] = [:]
  /// Objects that are remembered, each folder's for itself, before all is forgotten.
  private var remembered = 0
  private let limit = 20_000

  package init(_ cache: ManifestCache, interest: Interest) {
    self.cache = cache
    self.interest = interest
  }

  /// The objects of a kind in the files beneath a folder; of every kind, also those that no rule is interested in,
  /// where none is given. Files that can't be read hold none: what judges them says so.
  package func objects(of kind: GroupKind?, under folder: String, in tree: any FileTree) -> [AppliedObject] {
    guard let entry = (try? tree.entry(at: folder)).flatMap({ $0 }), entry.kind == .folder else { return [] }
    if remembered > limit {
      folders.removeAll()
      remembered = 0
    }
    if kinds.count > 1 << 17 { kinds.removeAll() }
    return collect(Key(path: folder, id: entry.id, kind: kind), tree, depth: 0)
  }

  private func collect(_ key: Key, _ tree: any FileTree, depth: Int) -> [AppliedObject] {
    if let known = folders[key] { return known }
    var found: [AppliedObject] = []
    var below: [Key] = []
    for entry in (try? tree.children(of: key.path)) ?? [] {
      let path = key.path.isEmpty ? entry.name : "\(key.path)/\(entry.name)"
      if entry.kind == .folder, depth < 200 {
        below.append(Key(path: path, id: entry.id, kind: key.kind))
      } else if entry.kind == .file, ChangeBuilder.isManifest(path) {
        found += objects(of: key.kind, in: entry, at: path, tree)
      }
    }
    for folder in below { found += collect(folder, tree, depth: depth + 1) }
    folders[key] = found
    remembered += found.count
    return found
  }

  private func objects(
    of kind: GroupKind?, in entry: FileEntry, at path: String, _ tree: any FileTree
  ) -> [AppliedObject] {
    if let kind, let known = kinds[entry.id], !known.contains(kind) { return [] }
    guard let bytes = try? tree.contents(of: entry, at: path) else { return [] }
    guard let kind else { return applied(cache.manifest(entry, bytes: bytes).objects, path) }
    guard bytes.withUnsafeBytes(interest.includes) else {
      kinds[entry.id] = []
      return []
    }
    let objects = cache.manifest(entry, bytes: bytes).objects
    kinds[entry.id] = Set(objects.map(\.groupKind))
    return applied(objects.filter { $0.groupKind == kind }, path)
  }

  private func applied(_ objects: [KubernetesObject], _ path: String) -> [AppliedObject] {
    objects.map { AppliedObject(object: $0, path: path) }
  }
}
