internal import Manifests

extension AppliedState {
  /// The Kustomizations of which this repository no longer tells what they delete: those that applied it and have another
  /// source now, and those that go with what they applied from elsewhere.
  func unseen(since earlier: AppliedState) -> [AppliedKustomization] {
    var found: [AppliedKustomization] = []
    for root in earlier.roots {
      guard let later = self.root(root.path) else { continue }
      if let start = root.start, start.outcome == .applied, let new = later.start, new.outcome == .applied,
        let old = earlier.repositories.repository(start.settings.source, near: start.settings.file)?.address,
        let now = repositories.repository(new.settings.source, near: new.settings.file)?.address, old != now
      {
        found.append(new)
      }
      for kustomization in root.kustomizations {
        switch later.kustomization(kustomization.owner.identity) {
        case let next? where kustomization.outcome == .applied && next.isElsewhere: found.append(next)
        case nil where kustomization.isElsewhere && root.deletes(kustomization): found.append(kustomization)
        default: continue
        }
      }
    }
    return found
  }
}

extension AppliedKustomization {
  /// Whether what it applies does not come from this repository.
  fileprivate var isElsewhere: Bool { outcome == .foreign || outcome == .unknown }
}

extension SyncRoot {
  /// Whether a Kustomization that leaves Git is deleted with all that it applied.
  fileprivate func deletes(_ kustomization: AppliedKustomization) -> Bool {
    guard kustomization.owner.prunes, kustomization.owner.deletionPolicy != "Orphan" else { return false }
    return parents[kustomization.owner.identity].flatMap { self.kustomization($0)?.owner.prunes } ?? false
  }
}
