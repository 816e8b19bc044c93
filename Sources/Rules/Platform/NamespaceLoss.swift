internal import Flux
internal import Manifests
internal import Policy

/// What goes with a Namespace that leaves the applied state.
enum NamespaceLoss {
  /// What goes with it, as the end of a sentence that begins with it.
  static func loss(of removed: AppliedObject, in step: Change) -> (text: String, severity: Severity) {
    if removed.object.isUndeletable {
      return (
        "the API server refuses to delete it, pruning fails on every reconcile, and what depends on that waits",
        .medium
      )
    }
    let all = "everything in it is deleted, volumes included"
    let name = removed.object.identity.name
    if name == "eksa-system" {
      return (
        "\(all): it holds the Cluster API objects of every cluster, whose machines are deleted with them", .critical
      )
    }
    if let cluster = clusters(in: removed, step).first {
      let title = cluster.object.identity.title
      return ("\(all): with \(title) its controller deletes the cluster and all its machines", .critical)
    }
    return (all, goesWithAllInIt(removed, step) ? .medium : .high)
  }

  /// The clusters in a namespace that do not leave by themselves, of which more is said.
  private static func clusters(in removed: AppliedObject, _ step: Change) -> [AppliedObject] {
    let kinds = [EKSAnywhere.cluster] + Stake.clusterKinds.filter { $0 != CloudKind.eksctl }
    let gone = Set(step.objects.filter { $0.after == nil }.compactMap(\.before?.object.identity.key))
    return kinds.flatMap { step.before.objects(of: $0) }.filter { found in
      found.object.identity.namespace == removed.object.identity.name && found.owner?.root == removed.owner?.root
        && !gone.contains(found.object.identity.key)
    }
  }

  /// Whether all that runs in a namespace leaves together with it and can be seen: it is retired as a whole, and the
  /// Namespace takes nothing along that is not told anyway. Of a chart's release, or of what another Flux Kustomization
  /// applies, nobody sees the volumes, and those of a StatefulSet would have stayed without it.
  private static func goesWithAllInIt(_ removed: AppliedObject, _ step: Change) -> Bool {
    let name = removed.object.identity.name
    func isWithin(_ object: AppliedObject?) -> Bool { object?.object.identity.namespace == name }
    let gone = step.objects.filter { $0.after == nil && isWithin($0.before) }.compactMap(\.before?.object.groupKind)
    guard gone.contains(where: plain.contains), !gone.contains(where: opaque.contains) else { return false }
    return !(Set(gone).intersection(plain).union(opaque).union([CoreKind.volumeClaim])).contains { kind in
      step.after.objects(of: kind).contains { isWithin($0) }
    }
  }

  private static let plain = Set(PodTemplate.kinds + [CoreKind.volumeClaim]).subtracting([CoreKind.statefulSet])
  private static let opaque = Set(
    [CoreKind.statefulSet, FluxKind.helmRelease, FluxKind.kustomization] + StatefulKind.kinds)
}
