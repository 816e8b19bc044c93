internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// The Kustomizations that apply after a change what one that leaves applied before.
  func heirs(of removed: KustomizationSpec) -> Set<ObjectIdentity> {
    let old = removed.applied.object.identity.key
    let moved = (applied?.changes ?? []).filter { $0.verdict == .moved && $0.before?.owner?.identity.key == old }
    return Set(moved.compactMap { $0.after?.owner?.identity.key })
  }

  /// The one Kustomization that applies all that one which leaves applied; `nil` where something is left.
  func heir(of removed: KustomizationSpec) -> ObjectIdentity? {
    let heirs = heirs(of: removed)
    let old = removed.applied.object.identity.key
    let isLeft = (applied?.changes ?? []).contains { $0.after == nil && $0.before?.owner?.identity.key == old }
    return heirs.count == 1 && !isLeft ? heirs.first : nil
  }
}
