internal import Flux
internal import Manifests
internal import Policy

extension ObjectRemoved {
  /// The rows about what holds clusters, data and definitions.
  static let state = [cluster, namespace, definition, volume]

  private static let cluster = ObjectRemoved(
    info: RuleInfo(
      "cluster-object-removed", .critical, .lifecycle,
      summary: "A cluster object of Cluster API, k0rdent, eksctl, ACK or Crossplane leaves the repository.",
      why: """
        Flux deletes the object, and its controller then deletes the whole cluster with its machines. eksctl has no \
        controller: what leaves with its file is the description from which the cluster can be changed and rebuilt.
        """,
      remediation: "Restore the object. To decommission a cluster, drain it first and name it in the pull request.",
      references: [References.eksSecurity, References.fluxPrune], groupsSameEdits: true,
      examples: [
        .file(
          "the cluster is deleted", "capi/prod.yaml",
          before: Samples.object("cluster.x-k8s.io/v1beta1", "Cluster", "⟦prod⟧", namespace: "fleet"), after: nil),
        .file(
          "the description of a cluster that eksctl made is deleted", "eks/prod.yaml",
          before: Samples.object("eksctl.io/v1alpha5", "ClusterConfig", "⟦prod⟧"), after: nil),
        .file(
          "a database cluster is deleted", "db/pg.yaml",
          before: Samples.object("example.com/v1", "Cluster", "pg"), after: nil),
      ]),
    removed: Array(Stake.clusterKinds),
    loses: true,
    says: { removed, _ in
      // A template of `clusterctl generate`.
      if removed.owner == nil, removed.object.identity.name.contains("${") { return nil }
      if removed.object.groupKind == CloudKind.eksctl {
        return ("the cluster that eksctl made of it stays, and nothing describes it any more", .medium)
      }
      return ("its controller deletes the cluster with all its machines", .critical)
    })

  private static let namespace = ObjectRemoved(
    info: RuleInfo(
      "namespace-removed", .high, .lifecycle,
      summary: "A Namespace leaves the repository.",
      why: """
        Flux deletes the Namespace, and Kubernetes deletes everything in it, volumes included; with `eksa-system`, or \
        one that holds Cluster API's objects, whole clusters. `default`, `kube-system` and `kube-public` are never \
        deleted: Flux tries again and again, and reports that pruning failed.
        """,
      remediation:
        "Restore the Namespace, or guard it with `kustomize.toolkit.fluxcd.io/prune: disabled` one commit before.",
      references: [References.fluxPrune, References.fluxControl], groupsSameEdits: true,
      examples: [
        .file(
          "the namespace is deleted", "apps/namespace.yaml", before: Samples.object("v1", "Namespace", "⟦web⟧"),
          after: nil),
        Example(
          "the namespace goes with all that is in it",
          before: [
            "web/namespace.yaml": Samples.object("v1", "Namespace", "⟦web⟧"),
            "web/app.yaml": Samples.object("apps/v1", "Deployment", "app", namespace: "web"),
          ], after: [:]),
        Example(
          "the namespace goes with the release of a chart in it",
          before: [
            "web/namespace.yaml": Samples.object("v1", "Namespace", "⟦web⟧"),
            "web/app.yaml": Samples.release("app", namespace: "web", chart: "app"),
          ], after: [:]),
        .file(
          "the namespace of all machines is deleted", "infra/namespace.yaml",
          before: Samples.object("v1", "Namespace", "⟦eksa-system⟧"), after: nil),
        .file(
          "a namespace that the API server never deletes", "infra/namespace.yaml",
          before: Samples.object("v1", "Namespace", "⟦kube-system⟧"), after: nil),
        Example(
          "two copies become one in another folder",
          before: [
            "a/namespace.yaml": Samples.object("v1", "Namespace", "web"),
            "b/namespace.yaml": Samples.object("v1", "Namespace", "web"),
          ], after: ["common/namespace.yaml": Samples.object("v1", "Namespace", "web")]),
        .fleet(
          "nobody is known to apply the namespace",
          before: [
            "a.yaml": Samples.object("v1", "ConfigMap", "a"),
            "/stash/b.yaml": Samples.object("v1", "Namespace", "⟦web⟧"),
          ], after: ["a.yaml": Samples.object("v1", "ConfigMap", "a")]),
        Example(
          "the namespace moves to another file", before: ["a.yaml": Samples.object("v1", "Namespace", "web")],
          after: ["b.yaml": Samples.object("v1", "Namespace", "web")]),
      ]),
    removed: [CoreKind.namespace],
    loses: true,
    says: { NamespaceLoss.loss(of: $0, in: $1) })

  private static let definition = ObjectRemoved(
    info: RuleInfo(
      "crd-removed", .high, .lifecycle,
      summary: "A CustomResourceDefinition leaves the repository.",
      why: "Kubernetes deletes every object of the kind together with its definition, in all namespaces.",
      remediation: "Keep the definition until no object of its kind is left; let the operator's chart own it.",
      references: [References.fluxPrune], groupsSameEdits: true,
      examples: [
        .file(
          "the definition is deleted", "crds/widgets.yaml",
          before: Samples.object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "⟦widgets.example.com⟧"),
          after: nil),
        .file(
          "a version is added", "crds/widgets.yaml",
          before: Samples.object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "w", "spec: {versions: [{name: v1}]}"),
          after: Samples.object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "w", "spec: {versions: [{name: v1}, {name: v2}]}")),
      ]),
    removed: [CoreKind.resourceDefinition],
    loses: true,
    says: { _, _ in ("every object of the kind is deleted with it", .high) })

  private static let volume = ObjectRemoved(
    info: RuleInfo(
      "persistent-volume-removed", .high, .lifecycle,
      summary:
        "A claim, volume, stateful workload or chart, or an operator's database or storage leaves the repository.",
      why: """
        With the claim Kubernetes deletes the volume behind it wherever the storage class reclaims by deletion; the \
        operators of databases delete the claims with the object.
        """,
      remediation: """
        Back the data up, then guard the object with `kustomize.toolkit.fluxcd.io/prune: disabled` one commit before it \
        leaves Git.
        """,
      references: [References.fluxPrune, References.fluxControl], groupsSameEdits: true,
      examples: [
        .file(
          "the claim is deleted", "apps/claim.yaml", before: Samples.object("v1", "PersistentVolumeClaim", "⟦data⟧"),
          after: nil),
        .file(
          "an operator's database is deleted", "db/pg.yaml",
          before: Samples.object("postgresql.cnpg.io/v1", "Cluster", "⟦pg⟧", namespace: "shop"), after: nil),
        .file(
          "the release of a database is removed", "db/release.yaml",
          before: Samples.release("⟦db⟧", chart: "postgresql"), after: nil),
        .file(
          "the release of an application is removed", "apps/release.yaml",
          before: Samples.release("web", chart: "web"), after: nil),
        .file(
          "the claim names the namespace that it is in", "apps/claim.yaml",
          before: Samples.object("v1", "PersistentVolumeClaim", "data"),
          after: Samples.object("v1", "PersistentVolumeClaim", "data", namespace: "shop")),
        .file(
          "the claim grows", "apps/claim.yaml",
          before: Samples.object(
            "v1", "PersistentVolumeClaim", "data", "spec: {resources: {requests: {storage: 1Gi}}}"),
          after: Samples.object(
            "v1", "PersistentVolumeClaim", "data",
            """
            spec: {resources: {requests: {storage: 2Gi}}}
            """)),
        .file(
          "the claim on a volume that was made by hand is deleted", "apps/claim.yaml",
          before: Samples.object("v1", "PersistentVolumeClaim", "⟦data⟧", "spec: {volumeName: share}"), after: nil,
          others: [
            "apps/volume.yaml": Samples.object(
              "v1", "PersistentVolume", "share", "spec: {nfs: {server: nas.lan, path: /share}}")
          ]),
      ]),
    removed: [CoreKind.volumeClaim, CoreKind.volume, CoreKind.statefulSet, FluxKind.helmRelease] + StatefulKind.kinds,
    removedWords: [FluxKind.helmRelease: StatefulChart.names],
    loses: true,
    says: { removed, step in
      let object = removed.object
      if object.groupKind == FluxKind.helmRelease { return ReleaseLoss.loss(of: removed, in: step) }
      if let loss = StatefulKind.loss(of: object) { return loss }
      switch object.groupKind {
      case CoreKind.volume:
        guard object["spec", "persistentVolumeReclaimPolicy"]?.text == "Delete" else {
          return ("the volume behind it is kept, unmanaged", .low)
        }
        return ("the volume behind it is deleted", .high)
      case CoreKind.statefulSet:
        guard object["spec", "volumeClaimTemplates"]?.items.isEmpty == false else { return nil }
        let deletes = object["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"]?.text == "Delete"
        return deletes ? ("its volumes are deleted with it", .high) : ("its volumes stay, without an owner", .medium)
      default:
        if step.before.keepsVolume(of: object) { return ("the volume behind it is kept, with the data on it", .low) }
        return ("the data on its volume is deleted", .high)
      }
    })
}
