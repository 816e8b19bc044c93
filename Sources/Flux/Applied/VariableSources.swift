internal import Manifests

/// The ConfigMaps and Secrets of a root that `postBuild.substituteFrom` of its Kustomizations names.
struct VariableSources: Sendable {
  /// An object that variables come from.
  struct Source {
    var root: Node
    /// The Kustomization that applies it.
    var provider: ObjectIdentity
  }

  /// Those that are among the objects.
  private(set) var found: [FluxKustomization.Reference: Source] = [:]
  /// Whether some of them are what clusters still have of a Kustomization that applies nothing now.
  private(set) var areStanding = false
  private var wanted: Set<FluxKustomization.Reference> = []

  /// None.
  init() {}

  /// Those of a root.
  ///
  /// - Parameter live: the root as it is live, which still has what a Kustomization applied before it failed.
  init(in root: SyncRoot, live: SyncRoot?) {
    for kustomization in root.kustomizations {
      for source in kustomization.settings.variableSources { wanted.insert(source.reference) }
    }
    guard !wanted.isEmpty else { return }
    for kustomization in root.kustomizations {
      if kustomization.isStopped, let live { stand(for: kustomization.owner.identity, live) }
      take(kustomization)
    }
  }

  private mutating func take(_ kustomization: AppliedKustomization) {
    for object in kustomization.possibleSources {
      guard let reference = reference(object) else { continue }
      found[reference] = Source(root: object.root, provider: kustomization.owner.identity)
    }
  }

  private mutating func stand(for provider: ObjectIdentity, _ live: SyncRoot) {
    let count = found.count
    if let known = live.kustomization(provider) { take(known) }
    for (reference, source) in live.sources.found where source.provider == provider && wanted.contains(reference) {
      found[reference] = source
    }
    if found.count > count { areStanding = true }
  }

  /// The name under which an object is wanted; `nil` for one that is not.
  private func reference(_ object: KubernetesObject) -> FluxKustomization.Reference? {
    let identity = object.identity
    let reference = FluxKustomization.Reference(
      kind: identity.kind, namespace: identity.namespace, name: identity.name)
    return wanted.contains(reference) ? reference : nil
  }

  /// Whether a Kustomization applies one of them.
  func areApplied(by kustomization: AppliedKustomization) -> Bool {
    !wanted.isEmpty && kustomization.possibleSources.contains { reference($0) != nil }
  }

  /// Whether the same sources hold the same, written alike.
  func areSame(as other: VariableSources) -> Bool {
    found.count == other.found.count
      && found.allSatisfy { other.found[$0.key]?.root.isSame(as: $0.value.root) == true }
  }

  /// Whether none of them owes anything to a variable: neither what it holds, nor that it is built at all.
  func areIndependent(in root: SyncRoot) -> Bool {
    guard found.values.allSatisfy({ VariableSources.isPlain($0.root) }) else { return false }
    return Set(found.values.map(\.provider)).allSatisfy { provider in
      var next = root.kustomization(provider)
      var steps = 0
      while let kustomization = next, steps <= root.kustomizations.count {
        guard VariableSources.isPlain(kustomization.settings.root) else { return false }
        next = root.parents[kustomization.settings.identity].flatMap { root.kustomization($0) }
        steps += 1
      }
      return true
    }
  }

  /// Whether no variable was replaced anywhere in a value.
  private static func isPlain(_ node: Node) -> Bool {
    if node.origin?.cause == Substitution.cause { return false }
    switch node.value {
    case .scalar: return true
    case .unknown: return false
    case .sequence(let items): return items.allSatisfy(isPlain)
    case .mapping(let entries): return entries.allSatisfy { isPlain($0.key) && isPlain($0.value) }
    }
  }
}
