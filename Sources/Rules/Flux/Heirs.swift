internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// The one Kustomization that applies after a change all that one which leaves applied before; `nil` where something is
  /// left.
  func heir(of removed: KustomizationSpec) -> ObjectIdentity? {
    let old = removed.applied.object.identity.key
    let changes = (applied?.changes ?? []).filter { $0.before?.owner?.identity.key == old }
    let heirs = Set(changes.map { $0.verdict == .moved ? $0.after?.owner?.identity.key : nil })
    return heirs.count == 1 ? heirs.first ?? nil : nil
  }
}
