internal import Flux
internal import Manifests
internal import Policy

extension ObjectRemoved {
  /// The rows about what holds others back, and keeps nodes up to date.
  static let guards = [tenantGuard, fluxNetwork, updateOperator]

  private static let guardKinds = [
    CoreKind.networkPolicy, GroupKind(group: "", kind: "ResourceQuota"), GroupKind(group: "", kind: "LimitRange"),
    GroupKind(group: "cilium.io", kind: "CiliumNetworkPolicy"),
    GroupKind(group: "cilium.io", kind: "CiliumClusterwideNetworkPolicy"),
  ]

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
    removed: guardKinds, companions: workloads + [CoreKind.namespace],
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
