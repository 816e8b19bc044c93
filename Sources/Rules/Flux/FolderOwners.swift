internal import Flux
internal import Manifests
internal import Policy

/// Which Flux Kustomizations apply objects: known from the applied state, else as far as their paths tell.
final class FolderOwners {
  private let side: Side
  private let step: Change
  private let byLength: [(folder: String, owner: KustomizationSpec)]
  /// Whether the source of each of them is this repository, where that was asked before.
  private var own: [Int: Bool] = [:]

  init(on side: Side, in step: Change) {
    self.side = side
    self.step = step
    let view = side == .before ? step.before : step.after
    byLength = view.objects(of: FluxKind.kustomization).map { object in
      let spec = KustomizationSpec(object)
      let path = spec.path
      return (path.isEmpty ? "" : path + "/", spec)
    }.sorted { $0.folder.utf8.count > $1.folder.utf8.count }
  }

  /// The Kustomization that is known to apply an object, else the one of this repository with the longest path around its
  /// file.
  func owner(of object: AppliedObject) -> KustomizationSpec? {
    let known = object.owner.flatMap { owner in
      byLength.first {
        let applied = $0.owner.applied
        return applied.object.identity.key == owner.identity.key
          && (applied.owner == nil || applied.owner?.root == owner.root)
      }
    }
    if let known { return known.owner }
    let near = byLength.indices.first { object.path.hasPrefix(byLength[$0].folder) && isOwn($0) }
    return near.map { byLength[$0].owner }
  }

  private func isOwn(_ number: Int) -> Bool {
    if let known = own[number] { return known }
    let answer = byLength[number].owner.isOwn(on: side, in: step) == true
    own[number] = answer
    return answer
  }

  /// The namespace that an object ends up in; `nil` where nothing says it.
  func namespace(of object: AppliedObject) -> String? {
    let written = object.object.identity.namespace
    if object.owner != nil { return written }
    let view = side == .before ? step.before : step.after
    return owner(of: object)?["targetNamespace"]?.text ?? KustomizationsAround(object.path, in: view).namespace
      ?? (written.isEmpty ? nil : written)
  }
}
