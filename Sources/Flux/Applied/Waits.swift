internal import Manifests

/// The Flux Kustomizations of a root that wait for others, so that nothing of them is applied or pruned; worked out for
/// those that are asked about.
///
/// kustomize-controller begins with a Kustomization only once each that it names in `dependsOn` is there, is ready, and has
/// applied the same revision where both read the same source (`checkDependencies` of its reconciler).
final class Waits {
  private enum Mark {
    case asked, free
    case waits(String)
  }

  private let root: SyncRoot?
  private let old: SyncRoot?
  private var marks: [ObjectIdentity: Mark] = [:]
  private lazy var byName = Waits.names(root)
  private lazy var oldByName = Waits.names(old)
  /// Whether everything that the root leads to is in the repository, so that what is not there is nowhere.
  private lazy var isWhole =
    root?.kustomizations.allSatisfy { kustomization in
      (kustomization.outcome == .applied || kustomization.isStopped)
        && !kustomization.problems.contains(where: \.feedsBuild)
    } ?? false

  /// - Parameter old: the root before the change.
  init(_ root: SyncRoot?, since old: SyncRoot?) {
    self.root = root
    self.old = old
  }

  private static func names(_ root: SyncRoot?) -> [FluxKustomization.Reference: AppliedKustomization] {
    Dictionary(
      (root?.kustomizations ?? []).map { ($0.settings.reference, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Why a Kustomization waits, as the end of a sentence that begins with it; `nil` where it does not.
  func reason(for kustomization: AppliedKustomization) -> String? {
    guard !kustomization.settings.dependsOn.isEmpty else { return nil }
    let identity = kustomization.owner.identity
    if let known = marks[identity] {
      if case .waits(let reason) = known { return reason }
      return nil
    }
    marks[identity] = .asked
    let reason = kustomization.settings.dependsOn.lazy.compactMap { self.reason($0, for: kustomization) }.first
    marks[identity] = reason.map { .waits($0) } ?? .free
    return reason
  }

  private func reason(_ name: FluxKustomization.Reference, for kustomization: AppliedKustomization) -> String? {
    let title = name.namespace.isEmpty ? name.name : "\(name.namespace)/\(name.name)"
    guard let other = byName[name] else {
      return isMissing(name, for: kustomization) ? "depends on \(title), which is not there" : nil
    }
    if case .asked = marks[other.owner.identity] { return "and \(title) depend on each other" }
    switch other.outcome {
    case .pathMissing: return "depends on \(title), whose path does not exist"
    case .failed: return other.isUnreadable ? nil : "depends on \(title), whose build fails"
    case .applied, .foreign, .unknown: break
    }
    // One that is suspended by this very change may have applied its revision before it knows.
    let isFrozen = other.settings.isSuspended && oldByName[name]?.settings.isSuspended != false
    if isFrozen, other.settings.source == kustomization.settings.source {
      return "depends on \(title), which is suspended"
    }
    return reason(for: other).map { _ in "depends on \(title), which waits itself" }
  }

  /// Whether nothing of a name is in the cluster: what is deleted by this change, or was never named before in a root
  /// that is all in the repository. What was missing all the time may come from elsewhere.
  private func isMissing(_ name: FluxKustomization.Reference, for kustomization: AppliedKustomization) -> Bool {
    guard let old else { return false }
    if let gone = oldByName[name] {
      let parent = old.parents[gone.owner.identity].flatMap { old.kustomization($0) }
      return parent?.settings.prunes ?? true
    }
    let earlier = old.kustomization(kustomization.owner.identity)
    return isWhole && earlier?.settings.dependsOn.contains(name) != true
  }
}

extension FluxKustomization {
  /// What others call it.
  fileprivate var reference: Reference {
    Reference(kind: "Kustomization", namespace: identity.namespace, name: identity.name)
  }
}
