internal import Flux
internal import Manifests
internal import Policy

/// Access to the namespaces that hold the credentials of clusters.
struct CriticalNamespaceAccess: ObjectRule {
  var kinds: KindSelection { .kinds([RoleKind.role, RoleKind.binding, CoreKind.secret]) }

  let info = RuleInfo(
    "critical-namespace-rbac", .critical, .access,
    summary: "A Role, RoleBinding or service account token in a critical namespace is added or edited.",
    why: """
      `eksa-system`, `flux-system`, `kube-system` and the provider namespaces hold the administrator's credentials of \
      every cluster: whoever reads Secrets there rules the fleet.
      """,
    remediation: "Keep roles out of these namespaces; grant what is needed in the namespace of the workload.",
    references: [References.bestPractices, References.rbac], supersedes: ["cluster-admin-binding"],
    groupsSameEdits: true,
    examples: [
      .file(
        "a role may read Secrets", "rbac/role.yaml", before: nil,
        after: role("⟦debug⟧", "eksa-system", "{apiGroups: [\"\"], resources: [secrets], verbs: [get]}")),
      .file(
        "a controller's replicas choose a leader", "rbac/role.yaml", before: nil,
        after: role(
          "⟦leader⟧", "kube-system", "{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, update]}")),
      .file(
        "a controller's replicas choose a leader as they did before there were leases", "rbac/role.yaml", before: nil,
        after: role(
          "⟦web-leader-election-role⟧", "cert-manager",
          "{apiGroups: [\"\"], resources: [configmaps, configmaps/status], verbs: [get, create, update]}")),
      .file(
        "a role loses a right", "rbac/role.yaml",
        before: role("debug", "eksa-system", "{apiGroups: [\"\"], resources: [pods], verbs: [get, create]}"),
        after: role("debug", "eksa-system", "{apiGroups: [\"\"], resources: [pods], verbs: [create]}")),
      .file(
        "someone else gets the role", "rbac/binding.yaml", before: binding("{kind: User, name: a}"),
        after: binding("{kind: User, name: a}, {kind: User, name: ⟦b⟧}")),
      .file(
        "the same people in another order and way of writing", "rbac/binding.yaml",
        before: binding("{kind: User, name: a}, {kind: User, name: b}"),
        after: binding("{kind: User, name: b}, {kind: User, apiGroup: rbac.authorization.k8s.io, name: a}")),
      .file(
        "someone loses the role", "rbac/binding.yaml",
        before: binding("{kind: User, name: a}, {kind: User, name: b}"), after: binding("{kind: User, name: b}")),
      .file(
        "Flux's own controllers get a role in their namespace", "flux/install.yaml", before: nil,
        after: binding("{kind: ServiceAccount, name: helm-controller, namespace: flux-system}")
          .replacing("namespace: eksa-system", with: "namespace: flux-system")),
      .file(
        "a role in a tenant's namespace", "rbac/role.yaml", before: nil,
        after: role("debug", "team", "{apiGroups: [\"\"], resources: [pods], verbs: [get]}")),
      .file(
        "a label is added", "rbac/role.yaml",
        before: role("debug", "eksa-system", "{apiGroups: [\"\"], resources: [pods], verbs: [create]}"),
        after: role("debug", "eksa-system", "{apiGroups: [\"\"], resources: [pods], verbs: [create]}")
          + "aggregation: {}\n"),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after, CriticalNamespace.holds(after.object.identity.namespace),
      !after.path.isFluxComponents, !isOfFlux(change), let severity = severity(change, after.object, step)
    else { return [] }
    let verb = change.before == nil ? "is added" : "is edited"
    var violation = change.violation(
      "\(change.title) \(verb): namespace \(after.object.identity.namespace) holds the credentials of clusters.",
      severity: severity)
    // A vendor's manifest brings several roles with their bindings at once. Of a binding to a ClusterRole another rule
    // may speak as well, which stays silent about this very object.
    let isLocal = after.object["roleRef"].map { $0["kind"]?.text == RoleKind.role.kind } ?? true
    let what = isLocal && change.before == nil ? after.object.identity.namespace : change.title
    violation.sameEdit = "\(after.path) \(what)"
    if let place = place(change) { violation.location = after.location(of: place, side: .after) }
    return [violation]
  }

  /// Whether a binding in Flux's namespace only gives something to Flux's own controllers there, as its install does:
  /// two of them rule the cluster anyway, and the others need the role that is made for them.
  private func isOfFlux(_ change: ObjectChange) -> Bool {
    guard let edit = RoleBindingEdit(change), edit.after.object.groupKind == RoleKind.binding,
      edit.after.object.identity.namespace == "flux-system", !edit.gained.isEmpty
    else { return false }
    let names = edit.role.hasPrefix("crd-controller") ? FluxKind.controllers : FluxKind.rulers
    let titles = Set(names.map { "ServiceAccount flux-system/\($0)" })
    return edit.gained.allSatisfy { titles.contains($0.title) }
  }

  /// What an edit writes; an object that is new is told at its name.
  private func place(_ change: ObjectChange) -> Node? {
    guard let before = change.before, let after = change.after else { return nil }
    if after.object.groupKind == RoleKind.role { return RoleGrants(added: before.object, after.object).place }
    return after.object.groupKind == RoleKind.binding ? RoleBindingEdit(change)?.place : nil
  }

  private func severity(_ change: ObjectChange, _ after: KubernetesObject, _ step: Change) -> Severity? {
    switch after.groupKind {
    case RoleKind.role:
      guard let before = change.before?.object else { return weight(of: after) }
      let added = RoleGrants(added: before, after)
      return added.isEmpty ? nil : RoleGrants.electionWeight(of: after) ?? (added.isReadOnly ? .medium : .critical)
    case RoleKind.binding:
      if change.before != nil, RoleBindingEdit(change)?.gained.isEmpty ?? true { return nil }
      let role = after["roleRef", "name"]?.text ?? ""
      if role == "extension-apiserver-authentication-reader" { return .low }
      if role == "view" { return .medium }
      guard after["roleRef", "kind"]?.text == RoleKind.role.kind else { return .critical }
      let meant = step.after.objects(of: RoleKind.role).first {
        $0.object.identity.name == role && $0.object.identity.namespace == after.identity.namespace
      }
      return meant.map { weight(of: $0.object) } ?? .critical
    default:
      guard after["type"]?.text == "kubernetes.io/service-account-token", change.before == nil else { return nil }
      return .critical
    }
  }

  private func weight(of role: KubernetesObject) -> Severity {
    RoleGrants.electionWeight(of: role) ?? (RoleGrants(role).isReadOnly ? .medium : .critical)
  }

  private static func binding(_ subjects: String) -> String {
    Samples.object(
      "rbac.authorization.k8s.io/v1", "RoleBinding", "debug", namespace: "eksa-system",
      "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: debug}", "subjects: [\(subjects)]")
  }

  private static func role(_ name: String, _ namespace: String, _ rule: String) -> String {
    Samples.object("rbac.authorization.k8s.io/v1", "Role", name, namespace: namespace, "rules: [\(rule)]")
  }
}

/// Namespaces that hold the credentials of clusters, as the EKS Anywhere best practices name them.
enum CriticalNamespace {
  private static let names: Set<String> = [
    "eksa-system", "eksa-packages", "flux-system", "capv-system", "capt-system", "capx-system", "capc-system",
    "capas-system", "capd-system", "capi-system", "capi-webhook-system", "capi-kubeadm-control-plane-system",
    "capi-kubeadm-bootstrap-system", "etcdadm-controller-system", "etcdadm-bootstrap-provider-system", "cert-manager",
    "kube-system",
  ]

  static func holds(_ namespace: String) -> Bool { names.contains(namespace) }
}
