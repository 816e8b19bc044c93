internal import Flux
internal import Manifests
internal import Policy

/// What is said of an object that leaves while it is known what Flux applies, and that is not among it.
struct Unapplied {
  /// Whether nothing in the repository speaks for its being applied.
  let isLikely: Bool

  /// `nil` where a Flux Kustomization applies the object, or where it is not known what Flux applies.
  init?(_ removed: AppliedObject, in step: Change) {
    guard removed.owner == nil, let before = step.applied?.before, !before.roots.isEmpty else { return nil }
    // One that none of the known ones applies may have been applied by hand.
    let others = step.before.objects(of: FluxKind.kustomization).lazy.filter { $0.owner == nil }
    isLikely = !others.map { KustomizationSpec($0) }.contains { found in
      !found.path.isEmpty && removed.path.isUnder(found.path) && !found.isLeftOut(on: .before, in: step)
    }
  }

  /// The beginning of what becomes of the object.
  var condition: String { "where somebody applies it, as no Flux Kustomization of this repository does, " }
}

extension Change {
  /// Whether copies of an object, that nobody is known to apply, become one in another file.
  func gathers(_ removed: AppliedObject) -> Bool {
    addsFiles && removed.owner == nil
      && after.objects(of: removed.object.groupKind).contains {
        $0.object.identity.key == removed.object.identity.key && !before.exists($0.path)
      }
  }

  /// Whether an object that nobody is known to apply only comes to name a namespace in its file: without one it was in
  /// that which a kustomization gave it, or was refused.
  func placesOnly(_ removed: AppliedObject) -> Bool {
    guard removed.owner == nil, removed.object.identity.namespace.isEmpty else { return false }
    return objects.contains { change in
      guard change.before == nil, let new = change.after, new.path == removed.path else { return false }
      return new.object.groupKind == removed.object.groupKind
        && new.object.identity.name == removed.object.identity.name
    }
  }

  /// The title of an object that leaves; a Namespace that is written as `_` has the name that the kustomization gives.
  func title(of removed: AppliedObject) -> String {
    let identity = removed.object.identity
    guard removed.object.groupKind == CoreKind.namespace, identity.name == "_" else { return identity.title }
    let name = KustomizationsAround(removed.path, in: before).namespace
    return name.map { "Namespace \($0)" } ?? "The Namespace of each folder that takes \(removed.path)"
  }
}
