package import Flux
internal import Manifests

/// Turns changed files into changed objects. One per thread.
package final class ChangeBuilder {
  private let engine: Engine
  private let cache = ManifestCache()

  package init(_ engine: Engine) { self.engine = engine }

  /// What a rule could say something about in a change of files, and what could not be read.
  ///
  /// - Parameters:
  ///   - before: the tree before; `nil` judges the present state, with nothing before it.
  ///   - files: the files that differ; with nothing before, all files.
  package func change(
    before: (any FileTree)?, after: any FileTree, files: [FileChange]
  ) -> (change: Change, diagnostics: [Diagnostic]) {
    var sides = Sides()
    for file in files where ChangeBuilder.isManifest(file.path) {
      do {
        try add(file, before: before, after: after, to: &sides)
      } catch {
        sides.diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      }
    }
    let change = Change(
      mode: before == nil ? .present : .edit, objects: ObjectChange.pairing(sides.old, sides.new),
      before: TreeView(before, cache, engine), after: TreeView(after, cache, engine), unreadable: sides.unreadable)
    return (change, sides.diagnostics)
  }

  /// Whether Flux's generated kustomization, or a listed resource, could be a file of this name.
  package static func isManifest(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".json")
  }

  private struct Sides {
    var old: [AppliedObject] = []
    var new: [AppliedObject] = []
    var unreadable: [UnreadableFile] = []
    var diagnostics: [Diagnostic] = []
  }

  private func add(
    _ file: FileChange, before: (any FileTree)?, after: any FileTree, to sides: inout Sides
  ) throws(FileTreeError) {
    let old = try before.flatMap { tree throws(FileTreeError) in try manifest(file.old, file.path, tree) }
    let new = try manifest(file.new, file.path, after)
    if let problem = new?.problem {
      let wasReadable = old.map { $0.problem == nil } ?? true
      if isRead(file, new, old) {
        if wasReadable { sides.unreadable.append(UnreadableFile(path: file.path, problem: problem)) }
      } else if wasReadable {
        let reason = "not read as a manifest: line \(problem.span.startLine): \(problem.reason)"
        sides.diagnostics.append(Diagnostic(.warning, reason, path: file.path))
      }
      return
    }
    sides.old += objects(old, file.path)
    sides.new += objects(new, file.path)
  }

  /// Whether Flux or EKS Anywhere would read a file that does not parse.
  private func isRead(_ file: FileChange, _ new: ManifestFile?, _ old: ManifestFile?) -> Bool {
    let name = file.path.split(separator: "/").last ?? ""
    if name == "eksa-cluster.yaml" || name.hasPrefix("gotk-") { return true }
    let objects = (old?.objects ?? []) + (new?.objects ?? [])
    return objects.contains { $0.identity.group == EKSAnywhere.group }
  }

  private func objects(_ file: ManifestFile?, _ path: String) -> [AppliedObject] {
    (file?.objects ?? []).filter { engine.judges($0.groupKind) }.map { AppliedObject(object: $0, path: path) }
  }

  private func manifest(
    _ entry: FileEntry?, _ path: String, _ tree: any FileTree
  ) throws(FileTreeError) -> ManifestFile? {
    guard let entry, entry.kind == .file else { return nil }
    let bytes = try tree.contents(of: entry, at: path)
    guard engine.interest.includes(bytes) else { return nil }
    return cache.manifest(entry, bytes: bytes)
  }
}

/// The objects of a whole tree, read only when a rule asks.
private final class TreeView: StateView {
  private let tree: (any FileTree)?
  private let cache: ManifestCache
  private let engine: Engine
  private var known: [GroupKind: [AppliedObject]]?

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

  private func collect(_ folder: String, _ tree: any FileTree, _ found: inout [GroupKind: [AppliedObject]]) {
    var open = [folder]
    while let path = open.popLast() {
      for entry in (try? tree.children(of: path)) ?? [] {
        let place = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
        if entry.kind == .folder { open.append(place) }
        guard entry.kind == .file, ChangeBuilder.isManifest(place), let bytes = try? tree.contents(of: entry, at: place),
          engine.interest.includes(bytes)
        else { continue }
        for object in cache.manifest(entry, bytes: bytes).objects {
          found[object.groupKind, default: []].append(AppliedObject(object: object, path: place))
        }
      }
    }
  }
}
