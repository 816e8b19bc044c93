internal import Policy

extension Catalogue {
  /// Rules about what kustomize and Flux make of the manifests.
  static let kustomize: [any Rule] =
    [
      IdentityTransform(), KustomizationDrops(), RootIntroduced(), DeletePatch(), SourceIgnoreHides(), SilentLoss(),
      SubstituteRetyped(), FluxPathMissing(), GuardTooLate(),
    ] + RootEmptied.all + BuildStops.all + OwnerMoves.all
}
