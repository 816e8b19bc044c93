internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// How the Flux Operator takes over what leaves Git; `nil` where it does not.
  func handover(of change: ObjectChange) -> Handover? {
    guard change.after == nil, let removed = change.before else { return nil }
    guard let applied else { return writtenHandover(of: removed) }
    guard change.verdict == .moved, let root = removed.owner?.root else { return nil }
    return Handover(
      of: removed.object, to: applied.after.root(root)?.start?.settings,
      makerBefore: applied.before?.root(root)?.start?.settings.maker)
  }

  /// The same where files are judged as written: the instance syncs the folder that the file was in.
  private func writtenHandover(of removed: AppliedObject) -> Handover? {
    let isSync = removed.object.groupKind == FluxKind.kustomization && KustomizationSpec(removed).isSyncRoot
    guard isSync || removed.path.isFluxComponents else { return nil }
    func sync(_ view: any StateView) -> FluxKustomization? {
      [FluxKind.instance, FluxKind.helmRelease].lazy.flatMap { view.objects(of: $0) }
        .compactMap { FluxKustomization(syncOf: $0.object, file: $0.path) }
        .first { removed.path.isUnder($0.path ?? "") }
    }
    guard let start = sync(after) else { return nil }
    return Handover(of: removed.object, to: start, makerBefore: sync(before)?.maker)
  }
}
