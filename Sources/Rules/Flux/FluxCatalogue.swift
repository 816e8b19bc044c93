package import Policy

extension Catalogue {
  /// Rules about Flux, and about what else stands in a platform's repository.
  package static let flux: [any Rule] = fluxAsWritten + kustomize + platform

  /// Rules about Flux objects and markers as they are written.
  private static let fluxAsWritten: [any Rule] =
    [
      FluxPathChanged(), FluxSyncRemoved(), FluxKustomizationRenamed(), FluxForceEnabled(), FluxSourceRepointed(),
      FluxRedirect(), FluxObjectTransform(), DecryptionRemoved(), MarkerInjected(), NamespaceUnderTarget(),
      NamespaceMissing(), FluxComponentsEdited(), FluxImageOverride(),
    ] + FluxSwitch.all + ObjectMarker.all
}
