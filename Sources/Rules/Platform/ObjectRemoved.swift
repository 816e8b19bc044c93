internal import Flux
internal import Manifests
internal import Policy

/// A rule about objects of some kinds that leave the applied state. Each is a row of a table.
struct ObjectRemoved: ChangeRule {
  let info: RuleInfo
  /// The kinds whose removal is judged.
  let removed: [GroupKind]
  /// Kinds whose removal in the same change makes a difference.
  var companions: [GroupKind] = []
  /// For a judged kind, or a companion of which more is told than its removal, the words without which nothing is said.
  var removedWords: [GroupKind: [String]] = [:]
  /// Whether the removal matters only for what the cluster loses, so that it counts less where nobody is known to apply
  /// the object.
  var loses = false
  /// What an object that stays no longer does: the field, and the end of a sentence that begins with the object.
  var emptied: @Sendable (_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? = { _, _ in nil
  }
  /// What else in a change weakens what the rule is about.
  var also: @Sendable (_ step: Change) -> [Violation] = { _ in [] }
  /// What goes with an object: the end of a sentence that begins with the object, `nil` where nothing is to be said.
  let says: @Sendable (_ object: AppliedObject, _ step: Change) -> (text: String, severity: Severity)?

  var kinds: KindSelection { .kinds(removed + companions) }

  /// The removal of a companion alone tells nothing.
  var words: [GroupKind: [String]] {
    companions.filter { !removed.contains($0) }.reduce(into: removedWords) { $0[$1] = $0[$1] ?? [] }
  }

  func judge(_ step: Change) -> [Violation] {
    step.objects.compactMap { change -> Violation? in
      if let (before, after) = change.kept, removed.contains(after.object.groupKind) {
        return emptied(before.object, after.object).map { change.violation("\(change.title) \($0.1).", at: $0.0) }
      }
      guard change.after == nil, let before = change.before, removed.contains(before.object.groupKind),
        !step.removesFlux(before.path), step.handover(of: change) == nil, let (text, severity) = says(before, step),
        !step.gathers(before), !step.placesOnly(before)
      else { return nil }
      let verdict = change.verdict == .unknown ? before.writtenVerdict : change.verdict
      let stays = verdict.map { [.orphaned, .moved, .stalled, .pathMissing].contains($0) } ?? false
      let reason = change.verdictReason.map { ": \($0)" } ?? ""
      let exit = step.exit(of: before)
      let doubt = loses ? Unapplied(before, in: step) : nil
      let condition = doubt?.condition ?? ""
      let fate = stays ? "\(exit), but \(change.whyItStays(verdict))" : "\(exit): \(condition)\(text)\(reason)"
      // Of a database more is said than of a claim that goes with it.
      let loss = StatefulKind.kinds.contains(before.object.groupKind) ? text : ""
      return Violation(
        "\(step.title(of: before)) \(fate).", object: before, location: before.nameLocation(side: .before),
        verdict: verdict,
        severity: stays || doubt?.isLikely == true ? severity.milder : severity,
        sameEdit: stays ? verdict?.rawValue : condition + loss)
    } + also(step)
  }

  static let all: [any Rule] = [cluster, namespace, definition, volume, tenantGuard, fluxNetwork, updateOperator]

  private static let cluster = ObjectRemoved(
    info: RuleInfo(
      "cluster-object-removed", .critical, .lifecycle,
      summary: "A cluster object of Cluster API, eksctl, ACK or Crossplane leaves the repository.",
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
    says: { removed, _ in
      if removed.object.groupKind == CloudKind.eksctl {
        return ("the cluster that eksctl made of it stays, and nothing describes it any more", .medium)
      }
      return ("its controller deletes the cluster with all its machines", .critical)
    })

  private static let namespace = ObjectRemoved(
    info: RuleInfo(
      "namespace-removed", .high, .lifecycle,
      summary: "A Namespace leaves the repository.",
      why: "Flux deletes the Namespace, and Kubernetes deletes everything in it, volumes included.",
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
    says: { removed, step in
      ("everything in it is deleted, volumes included", goesWithAllInIt(removed, step) ? .medium : .high)
    })

  /// Whether the workloads of a namespace leave together with it, and the repository has none of their kinds and
  /// nothing with a volume in it any more: it is retired as a whole.
  private static func goesWithAllInIt(_ removed: AppliedObject, _ step: Change) -> Bool {
    let name = removed.object.identity.name
    func isWithin(_ object: AppliedObject?) -> Bool { object?.object.identity.namespace == name }
    let kinds = workloads + [CoreKind.volumeClaim]
    let gone = step.objects.filter { $0.after == nil && isWithin($0.before) }.compactMap(\.before?.object.groupKind)
    let asked = Set(gone.filter(kinds.contains)).union([CoreKind.volumeClaim, CoreKind.statefulSet])
    return gone.contains(where: kinds.contains)
      && !asked.contains { kind in step.after.objects(of: kind).contains { isWithin($0) } }
  }

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
      summary: "A volume claim, volume, stateful workload, or an operator's database or storage leaves the repository.",
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
    removed: [CoreKind.volumeClaim, CoreKind.volume, CoreKind.statefulSet] + StatefulKind.kinds,
    loses: true,
    says: { removed, step in
      let object = removed.object
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

  private static let guards = [
    CoreKind.networkPolicy, GroupKind(group: "", kind: "ResourceQuota"), GroupKind(group: "", kind: "LimitRange"),
    GroupKind(group: "cilium.io", kind: "CiliumNetworkPolicy"),
    GroupKind(group: "cilium.io", kind: "CiliumClusterwideNetworkPolicy"),
  ]

  private static let workloads =
    PodTemplate.kinds + [FluxKind.helmRelease, FluxKind.kustomization]

  private static let tenantGuard = ObjectRemoved(
    info: RuleInfo(
      "tenant-guard-removed", .medium, .hardening,
      summary: "A network policy, quota, limit range or the service account of a tenant leaves the repository.",
      why:
        "Without it a tenant's pods reach others, or take what others need; without its account it is cluster-admin.",
      remediation: "Restore it, or replace it in the same pull request by one that is at least as strict.",
      references: [References.eksTenants, References.eksNetwork], groupsSameEdits: true,
      examples: [
        .file(
          "the quota is deleted", "tenants/quota.yaml",
          before: Samples.object("v1", "ResourceQuota", "⟦team⟧", namespace: "team"), after: nil),
        .file(
          "the quota gets another name", "tenants/quota.yaml",
          before: Samples.object("v1", "ResourceQuota", "a", namespace: "team", "spec: {hard: {pods: 9}}"),
          after: Samples.object("v1", "ResourceQuota", "b", namespace: "team", "spec: {hard: {pods: 9}}")),
        Example(
          "the tenant goes as a whole",
          before: [
            "team/quota.yaml": Samples.object("v1", "ResourceQuota", "team", namespace: "team"),
            "team/app.yaml": Samples.object("apps/v1", "Deployment", "app", namespace: "team"),
          ], after: [:]),
        .file(
          "a tenant is applied with Flux's own rights", "tenants/sync.yaml",
          before: Samples.flux("team", namespace: "team", path: "./team", spec: "serviceAccountName: ⟦team⟧"),
          after: Samples.flux("team", namespace: "team", path: "./team")),
        .file(
          "a tenant gets another account", "tenants/sync.yaml",
          before: Samples.flux("team", namespace: "team", path: "./team", spec: "serviceAccountName: team"),
          after: Samples.flux("team", namespace: "team", path: "./team", spec: "serviceAccountName: deployer")),
        .file(
          "the policy lets everything in", "tenants/policy.yaml",
          before: Samples.object(
            "networking.k8s.io/v1", "NetworkPolicy", "deny", "spec: {podSelector: {}, ingress: []}"),
          after: Samples.object(
            "networking.k8s.io/v1", "NetworkPolicy", "deny", "spec: {podSelector: {}, ingress: ⟦[{}]⟧}")),
      ]),
    removed: guards, companions: workloads + [CoreKind.namespace],
    removedWords: [FluxKind.helmRelease: ["serviceAccountName"], FluxKind.kustomization: ["serviceAccountName"]],
    emptied: EmptiedGuard.of,
    also: { step in step.objects.compactMap { TenantAccount.violation($0, step) } },
    says: { removed, step in
      guard !removed.object.guardsFlux, !goesWithWorkload(removed, step), !isReplaced(removed, step) else { return nil }
      return ("pods are no longer held back by it", .medium)
    })

  /// Whether an object of another name comes, or is edited so, that it does the same.
  private static func isReplaced(_ removed: AppliedObject, _ step: Change) -> Bool {
    let (kind, namespace) = (removed.object.groupKind, removed.object.identity.namespace)
    return step.objects.contains { change in
      guard let new = change.after?.object, new.groupKind == kind, new.identity.namespace == namespace,
        let old = removed.object["spec"], let spec = new["spec"]
      else { return false }
      return spec.means(old) && change.before?.object["spec"]?.means(old) != true
    }
  }

  /// Whether what the guard was for goes too: a workload in its folder, or its namespace.
  private static func goesWithWorkload(_ removed: AppliedObject, _ step: Change) -> Bool {
    return step.objects.contains { change in
      guard change.after == nil, let other = change.before else { return false }
      if other.object.groupKind == CoreKind.namespace {
        return other.object.identity.name == removed.object.identity.namespace
      }
      return workloads.contains(other.object.groupKind) && other.folder == removed.folder
    }
  }

  private static let fluxNetwork = ObjectRemoved(
    info: RuleInfo(
      "flux-netpol-removed", .medium, .hardening,
      summary: "A network policy of Flux's own namespace leaves the repository.",
      why: "Any pod can then fetch Flux's artifacts, with every manifest in them, or call its webhook receiver.",
      remediation: "Restore the policies that `flux install` writes: allow-egress, allow-scraping, allow-webhooks.",
      references: [References.fluxSecurity], groupsSameEdits: true,
      examples: [
        .file(
          "the policy is deleted", "clusters/mgmt/flux-system/policy.yaml",
          before: Samples.object("networking.k8s.io/v1", "NetworkPolicy", "⟦allow-egress⟧", namespace: "flux-system"),
          after: nil),
        .file(
          "the Flux Operator installs none any more", "flux.yaml", before: Samples.instance(sync: nil),
          after: Samples.instance(sync: nil).replacing("type: kubernetes", with: "networkPolicy: ⟦false⟧")),
        .file(
          "the policy gets another name", "clusters/mgmt/flux-system/policy.yaml",
          before: Samples.object(
            "networking.k8s.io/v1", "NetworkPolicy", "deny-ingress", namespace: "flux-system",
            "spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"),
          after: Samples.object(
            "networking.k8s.io/v1", "NetworkPolicy", "allow-egress", namespace: "flux-system",
            "spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}")),
        .file(
          "another namespace's policy is deleted", "apps/policy.yaml",
          before: Samples.object("networking.k8s.io/v1", "NetworkPolicy", "web", namespace: "web"), after: nil),
      ]),
    removed: [CoreKind.networkPolicy], companions: [FluxKind.instance],
    removedWords: [FluxKind.instance: ["networkPolicy"]],
    also: { step in
      step.instanceEdits.compactMap { edit in
        guard let (before, after) = edit.kept, after["cluster", "networkPolicy"]?.isFalse == true,
          before["cluster", "networkPolicy"]?.isFalse != true, before["cluster", "networkPolicy"]?.isUnknown != true
        else { return nil }
        return edit.change.violation(
          "\(edit.change.title) no longer installs network policies: Flux's controllers are reachable from any pod.",
          at: after.field("cluster", "networkPolicy"))
      }
    },
    says: { removed, step in
      guard removed.object.guardsFlux, !isReplaced(removed, step) else { return nil }
      return ("Flux's controllers are reachable from any pod", .medium)
    })

  private static let updateOperator = ObjectRemoved(
    info: RuleInfo(
      "update-operator-removed", .medium, .supplyChain,
      summary: "The Bottlerocket update operator leaves the repository.",
      why: "Nodes then stay on the image they booted with, and known weaknesses of it stay open.",
      remediation: "Restore the operator, or name what updates the nodes instead.",
      references: [References.bestPractices, References.eksHosts], groupsSameEdits: true,
      examples: [
        .file(
          "the operator is deleted", "apps/brupop.yaml",
          before: Samples.object(
            "apps/v1", "Deployment", "⟦brupop-controller-deployment⟧", namespace: "brupop-bottlerocket-aws"),
          after: nil),
        .file(
          "another operator is deleted", "apps/other.yaml", before: Samples.object("apps/v1", "Deployment", "other"),
          after: nil),
      ]),
    removed: [
      CoreKind.deployment, FluxKind.helmRelease, GroupKind(group: "apps", kind: "DaemonSet"),
      GroupKind(group: "brupop.bottlerocket.aws", kind: "BottlerocketShadow"),
    ],
    removedWords: [FluxKind.helmRelease: ["brupop", "bottlerocket-update"]],
    says: { removed, _ in
      let chart = removed.object["spec", "chart", "spec", "chart"]?.text ?? ""
      let isOperator =
        removed.object.identity.name.hasPrefix("brupop") || removed.object.identity.name.contains("bottlerocket-update")
        || chart == "bottlerocket-update-operator"
      return isOperator ? ("nodes are no longer updated", .medium) : nil
    })
}

extension KubernetesObject {
  /// Whether this is a network policy of Flux's namespace.
  fileprivate var guardsFlux: Bool { groupKind == CoreKind.networkPolicy && identity.namespace == "flux-system" }
}

extension AppliedObject {
  /// The folder of the file that holds it.
  var folder: Substring { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? "" }

  /// What a marker on the object itself tells of its removal.
  var writtenVerdict: Verdict? {
    let isGuarded =
      object.guardMarker("prune", ["disabled"]) != nil || object.guardMarker("reconcile", ["disabled"]) != nil
      || object.guardMarker("ssa", ["ignore"]) != nil
    return isGuarded ? .orphaned : nil
  }
}
