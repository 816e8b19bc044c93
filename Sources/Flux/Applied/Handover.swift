package import Manifests

/// Flux's own objects go from what `flux bootstrap` wrote to the Flux Operator, which makes them of a FluxInstance.
///
/// The operator marks what it takes over so that no Kustomization deletes it; its guide "Flux Bootstrap Migration" has
/// the instance applied by hand first and the files of `flux bootstrap` removed after that.
package struct Handover {
  /// The FluxInstance, or the HelmRelease of one.
  package let maker: ObjectIdentity
  /// Whether Git held it before the change, so that it is live.
  package let isLive: Bool

  /// How an object that leaves Git is handed over; `nil` where it is not.
  ///
  /// - Parameter start: the Kustomization that Flux is started with after the change.
  /// - Parameter makerBefore: what the operator made that of before the change.
  package init?(of object: KubernetesObject, to start: FluxKustomization?, makerBefore: ObjectIdentity?) {
    guard let start, let maker = start.maker, Handover.isOfFlux(object, start) else { return nil }
    self.maker = maker
    isLive = makerBefore == maker
  }

  /// What may happen in between, as the rest of a sentence.
  package var danger: String { isLive ? "" : "; it is deleted unless the instance is live before" }

  /// Whether the operator makes an object: the Kustomization that Flux is started with, its source, and Flux's parts.
  private static func isOfFlux(_ object: KubernetesObject, _ start: FluxKustomization) -> Bool {
    if object.label("app.kubernetes.io/part-of") == "flux" { return true }
    let identity = object.identity
    let isSource = identity.group == "source.toolkit.fluxcd.io" && identity.kind == start.source.kind
    return identity.key == start.identity.key
      || (isSource && identity.name == start.source.name && identity.namespace == start.source.namespace)
  }
}
