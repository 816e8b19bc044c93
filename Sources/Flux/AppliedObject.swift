package import Manifests

/// The Flux Kustomization that applies an object, and what it would do when the object goes.
package final class Owner: Sendable {
  /// The Flux `Kustomization` object itself.
  package let identity: ObjectIdentity
  /// The sync root it hangs under: the path of the Kustomization that Flux was bootstrapped with (`clusters/mgmt`).
  package let root: String
  /// `spec.path`, normalised: no `./`, no trailing slash, empty for the whole repository.
  package let path: String
  /// `spec.prune`.
  package let prunes: Bool
  /// `spec.suspend`.
  package let isSuspended: Bool
  /// `spec.deletionPolicy`, `MirrorPrune` where absent.
  package let deletionPolicy: String

  package init(
    identity: ObjectIdentity, root: String, path: String, prunes: Bool, isSuspended: Bool = false,
    deletionPolicy: String = "MirrorPrune"
  ) {
    self.identity = identity
    self.root = root
    self.path = path
    self.prunes = prunes
    self.isSuspended = isSuspended
    self.deletionPolicy = deletionPolicy
  }

  /// The same Kustomization under another root.
  package func under(_ root: String) -> Owner {
    Owner(
      identity: identity, root: root, path: path, prunes: prunes, isSuspended: isSuspended,
      deletionPolicy: deletionPolicy)
  }
}

/// An object as Flux would apply it, or as it is written where no Flux Kustomization reaches it.
package struct AppliedObject: Sendable {
  package var object: KubernetesObject
  /// The file that holds it, relative to the root of the tree.
  package var path: String
  /// Who applies it; `nil` where nobody does, so that it is judged as written.
  package var owner: Owner?

  package init(object: KubernetesObject, path: String, owner: Owner? = nil) {
    self.object = object
    self.path = path
    self.owner = owner
  }
}

/// What Flux and the cluster would do with a change of an object.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Flux deletes the object.
  case pruned
  /// The object leaves Git and stays in the cluster, unmanaged.
  case orphaned
  /// Another Flux Kustomization applies the object from now on.
  case moved
  /// Its Kustomization applies and deletes nothing: the build fails, it is suspended, or something else is refused.
  case stalled
  /// `spec.path` no longer exists, so nothing is applied or deleted.
  case pathMissing = "path-missing"
  /// Flux applies the change.
  case applied
  /// The API server refuses the object, which stalls all that its Kustomization applies.
  case rejected
  /// The repository does not tell.
  case unknown
}

/// One object before and after a change. At least one side is there.
package struct ObjectChange: Sendable {
  package var before: AppliedObject?
  package var after: AppliedObject?
  package var verdict: Verdict
  /// Why the verdict is what it is, as part of a sentence: `pruning is off for flux-system/apps`.
  package var verdictReason: String?
  /// Whether a Flux Kustomization begins to apply what its file, which the change does not touch, held before: there is
  /// nothing new to say about the object itself.
  package var isTakenOver = false

  package init(
    before: AppliedObject?, after: AppliedObject?, verdict: Verdict = .unknown, verdictReason: String? = nil
  ) {
    self.before = before
    self.after = after
    self.verdict = verdict
    self.verdictReason = verdictReason
  }

  /// The object's identity; the old one where there are two.
  package var identity: ObjectIdentity? { (before ?? after)?.object.identity }
}
