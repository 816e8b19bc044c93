package import Policy

extension Catalogue {
  /// Rules about Flux objects and markers as they are written.
  package static let flux: [any Rule] =
    [
      FluxPathChanged(), FluxSyncRemoved(), FluxKustomizationRenamed(), FluxForceEnabled(), FluxSourceRepointed(),
      FluxRedirect(), FluxObjectTransform(), DecryptionRemoved(), MarkerInjected(), NamespaceUnderTarget(),
      NamespaceMissing(), FluxComponentsEdited(), FluxImageOverride(),
    ] + FluxSwitch.all + ObjectMarker.all
}
