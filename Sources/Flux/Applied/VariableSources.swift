internal import Manifests

/// The ConfigMaps and Secrets of a root that `postBuild.substituteFrom` of its Kustomizations names.
struct VariableSources: Sendable {
  /// Those that are among the objects.
  private(set) var found: [FluxKustomization.Reference: Node] = [:]
  private var wanted: Set<FluxKustomization.Reference> = []

  /// None.
  init() {}

  /// Those of a root.
  init(in root: SyncRoot) {
    for kustomization in root.kustomizations {
      for source in kustomization.settings.variableSources { wanted.insert(source.reference) }
    }
    guard !wanted.isEmpty else { return }
    for kustomization in root.kustomizations {
      for applied in kustomization.objects + kustomization.standing {
        if let reference = reference(applied.object) { found[reference] = applied.object.root }
      }
    }
  }

  /// The name under which an object is wanted; `nil` for one that is not.
  private func reference(_ object: KubernetesObject) -> FluxKustomization.Reference? {
    let identity = object.identity
    guard identity.kind == "ConfigMap" || identity.kind == "Secret", identity.group.isEmpty else { return nil }
    let reference = FluxKustomization.Reference(
      kind: identity.kind, namespace: identity.namespace, name: identity.name)
    return wanted.contains(reference) ? reference : nil
  }

  /// Whether one of some objects is a source.
  func isAmong(_ objects: [AppliedObject]) -> Bool {
    !wanted.isEmpty && objects.contains { reference($0.object) != nil }
  }

  /// Whether the same sources hold the same, written alike.
  func areSame(as other: VariableSources) -> Bool {
    found.count == other.found.count
      && found.allSatisfy { other.found[$0.key]?.isSame(as: $0.value) == true }
  }

  /// Whether none of them owes anything to a variable: neither what it holds, nor that it is built at all.
  func areIndependent(in root: SyncRoot) -> Bool {
    guard found.values.allSatisfy(VariableSources.isPlain) else { return false }
    let providers = root.kustomizations.filter { isAmong($0.objects + $0.standing) }
    return providers.allSatisfy { provider in
      var next: AppliedKustomization? = provider
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
