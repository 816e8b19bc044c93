internal import Flux
internal import Manifests
internal import Policy

/// Which Flux Kustomizations apply files, as far as their paths tell.
struct FolderOwners {
  private let side: Side
  private let step: Change
  private let byLength: [(folder: String, owner: KustomizationSpec)]

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

  /// The Kustomization of this repository with the longest path around a file.
  func owner(of file: String) -> KustomizationSpec? {
    byLength.first { file.hasPrefix($0.folder) && $0.owner.isOwn(on: side, in: step) == true }?.owner
  }

  /// The namespace that an object ends up in; `nil` where nothing says it.
  func namespace(of object: AppliedObject) -> String? {
    let written = object.object.identity.namespace
    if object.owner != nil { return written }
    let view = side == .before ? step.before : step.after
    return owner(of: object.path)?["targetNamespace"]?.text ?? KustomizationsAround(object.path, in: view).namespace
      ?? (written.isEmpty ? nil : written)
  }
}
