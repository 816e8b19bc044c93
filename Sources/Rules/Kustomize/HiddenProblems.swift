internal import Flux
internal import Manifests
internal import Policy

extension AppliedStates {
  /// Whether a problem may have been there before, unseen: variables are looked at once the build has succeeded, with
  /// what other builds gave for them. A change that mends a build is not to blame for what was beneath.
  ///
  /// - Parameters:
  ///   - later: the Kustomization that has the problem.
  ///   - earlier: what it was before; `nil` for a new one.
  func hid(
    _ problem: BuildProblem, of later: AppliedKustomization, _ earlier: AppliedKustomization?
  ) -> Bool {
    let afterBuild: Set<BuildProblem.Kind> = [.undefinedVariable, .undecrypted, .badSubstitution]
    guard afterBuild.contains(problem.kind), let before, before.files[problem.path] == after.files[problem.path] else {
      return false
    }
    if let earlier, earlier.hasFailed { return true }
    guard let root = after.root(later.owner.root), let old = before.root(later.owner.root) else { return false }
    if earlier == nil, let parent = root.parents[later.owner.identity], old.kustomization(parent)?.hasFailed == true {
      return true
    }
    return later.settings.variableSources.contains { source in
      let provider = root.kustomizations.first { $0.objects.contains { source.reference.names($0) } }
      return provider.flatMap { old.kustomization($0.owner.identity) }?.hasFailed ?? false
    }
  }
}

extension AppliedKustomization {
  fileprivate var hasFailed: Bool {
    if case .failed = outcome { true } else { false }
  }
}

extension FluxKustomization.Reference {
  /// Whether this is the name of an object.
  fileprivate func names(_ object: AppliedObject) -> Bool {
    let identity = object.object.identity
    return identity.name == name && identity.namespace == namespace && identity.kind == kind && identity.group.isEmpty
  }
}
