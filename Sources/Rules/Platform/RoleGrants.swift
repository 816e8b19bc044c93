internal import Flux
internal import Manifests
internal import Policy

/// What a Role or ClusterRole allows, as far as it opens the way to more.
struct RoleGrants {
  /// The powerful rights in it, in words.
  let powers: Set<String>
  /// Whether it only reads, and no Secrets.
  let isReadOnly: Bool

  init(_ object: KubernetesObject) { self.init(RoleGrants.rights(in: object)) }

  /// What a role allows that it did not allow before.
  init(added before: KubernetesObject, _ after: KubernetesObject) {
    let old = RoleGrants.rights(in: before)
    self.init(RoleGrants.rights(in: after).flatMap { $0.parts.filter { part in !old.contains { $0.covers(part) } } })
  }

  /// Whether nothing is allowed.
  let isEmpty: Bool

  private init(_ rights: [RoleRight]) {
    var powers: Set<String> = []
    var isReadOnly = true
    for right in rights {
      let (verbs, resources) = (right.verbs, right.resources)
      if verbs.contains("*"), resources.contains("*") { powers.insert("everything") }
      for verb in ["escalate", "bind", "impersonate"] where verbs.contains(verb) { powers.insert("the verb \(verb)") }
      let writes = !verbs.isDisjoint(with: ["*", "create", "update", "patch", "delete", "deletecollection"])
      let reads = writes || !verbs.isDisjoint(with: ["get", "list", "watch"])
      if reads,
        resources.contains("secrets") || resources.contains("*") && right.groups.contains("*")
      {
        powers.insert("Secrets")
      }
      for resource in ["pods/exec", "nodes/proxy", "serviceaccounts/token", "pods/ephemeralcontainers"]
      where resources.contains(resource) {
        powers.insert(resource)
      }
      if writes { isReadOnly = false }
    }
    self.powers = powers
    self.isReadOnly = isReadOnly && powers.isEmpty
    isEmpty = rights.isEmpty
  }

  /// How much a role weighs that only lets replicas choose a leader among them and tell events: on a lease, or, as
  /// controllers did before there were leases, on a ConfigMap. `nil` for any other role.
  static func electionWeight(of object: KubernetesObject) -> Severity? {
    let rights = rights(in: object)
    let resources = Set(rights.flatMap(\.resources))
    guard !rights.isEmpty, rights.allSatisfy({ !$0.resources.isEmpty && !$0.verbs.contains("*") }),
      resources.isSubset(of: ["leases", "events", "configmaps", "configmaps/status"])
    else { return nil }
    let maps = rights.filter { $0.resources.contains("configmaps") }
    if maps.isEmpty { return .low }
    let isNarrow = maps.allSatisfy { !$0.names.isEmpty || $0.verbs.isDisjoint(with: ["update", "patch", "delete"]) }
    let name = object.identity.name.lowercased()
    let isNamed = name.contains("leader") || name.contains("election")
    if isNarrow { return isNamed || resources.contains("leases") ? .low : nil }
    return isNamed ? .medium : nil
  }

  private static func rights(in object: KubernetesObject) -> [RoleRight] {
    (object["rules"]?.items ?? []).map { RoleRight($0) }
  }
}

/// The kinds of role-based access control.
enum RoleKind {
  static let group = "rbac.authorization.k8s.io"
  static let role = GroupKind(group: group, kind: "Role")
  static let binding = GroupKind(group: group, kind: "RoleBinding")
  static let clusterRole = GroupKind(group: group, kind: "ClusterRole")
  static let clusterBinding = GroupKind(group: group, kind: "ClusterRoleBinding")
}

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
      !after.path.isFluxComponents, let severity = severity(change, after.object, step)
    else { return [] }
    let verb = change.before == nil ? "is added" : "is edited"
    return [
      change.violation(
        "\(change.title) \(verb): namespace \(after.object.identity.namespace) holds the credentials of clusters.",
        severity: severity)
    ]
  }

  private func severity(_ change: ObjectChange, _ after: KubernetesObject, _ step: Change) -> Severity? {
    switch after.groupKind {
    case RoleKind.role:
      guard let before = change.before?.object else { return weight(of: after) }
      let added = RoleGrants(added: before, after)
      return added.isEmpty ? nil : RoleGrants.electionWeight(of: after) ?? (added.isReadOnly ? .medium : .critical)
    case RoleKind.binding:
      if let before = change.before?.object, same(before["roleRef"], after["roleRef"]),
        same(before["subjects"], after["subjects"])
      {
        return nil
      }
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

  private func same(_ old: Node?, _ new: Node?) -> Bool {
    switch (old, new) {
    case (nil, nil): true
    case (let old?, let new?): old.means(new)
    default: false
    }
  }

  private static func role(_ name: String, _ namespace: String, _ rule: String) -> String {
    Samples.object("rbac.authorization.k8s.io/v1", "Role", name, namespace: namespace, "rules: [\(rule)]")
  }
}

/// Rights over the whole cluster.
struct ClusterAdminGrant: ObjectRule {
  var kinds: KindSelection { .kinds([RoleKind.clusterRole, RoleKind.clusterBinding]) }

  let info = RuleInfo(
    "cluster-admin-binding", .high, .access,
    summary: "A binding to cluster-admin, or a ClusterRole with the power to become it, is added or widened.",
    why: """
      cluster-admin, wildcards, and the verbs escalate, bind and impersonate make their holder ruler of the cluster; \
      on a \
      management cluster, of the fleet.
      """,
    remediation: "List the verbs and resources that are needed, in a Role of one namespace where that will do.",
    references: [References.bestPractices, References.rbac],
    examples: [
      .file(
        "someone becomes administrator", "rbac/admin.yaml", before: nil, after: binding("⟦ops⟧", "cluster-admin")),
      .file(
        "a role gets wildcards", "rbac/role.yaml", before: role("ops", "{verbs: [get], resources: [pods]}"),
        after: role("⟦ops⟧", "{verbs: [\"*\"], resources: [\"*\"]}")),
      Example(
        "Flux's own binding is widened", before: ["gotk-components.yaml": fluxBinding("")],
        after: [
          "gotk-components.yaml": fluxBinding(", {kind: Group, name: ops}").replacing(
            "cluster-reconciler-flux-system", with: "⟦cluster-reconciler-flux-system⟧")
        ]),
      .file("Flux is installed", "gotk-components.yaml", before: nil, after: fluxBinding("")),
      .file(
        "every pod becomes administrator", "rbac/admin.yaml", before: nil,
        after: binding("⟦ops⟧", "cluster-admin").replacing("name: ops}", with: "name: \"system:serviceaccounts\"}")),
      .file("someone may look", "rbac/view.yaml", before: nil, after: binding("ops", "view")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    if after.object.groupKind == RoleKind.clusterRole { return judgeRole(change, after) }
    let old = ClusterAdminGrant.crowds(in: change.before)
    let isForMany = !ClusterAdminGrant.crowds(in: after).isSubset(of: old)
    return judgeBinding(change, after).map { violation in
      var copy = violation
      if isForMany { copy.severity = .critical }
      return copy
    }
  }

  /// The groups in the subjects to which everyone belongs, or every pod: nobody knows who that is.
  private static func crowds(in binding: AppliedObject?) -> Set<String> {
    guard let binding, binding.object["roleRef", "name"]?.text == "cluster-admin" else { return [] }
    let names = (binding.object["subjects"]?.items ?? []).compactMap { $0["name"]?.text }
    return Set(names).intersection([
      "system:serviceaccounts", "system:authenticated", "system:unauthenticated", "system:anonymous",
    ])
  }

  private func judgeRole(_ change: ObjectChange, _ after: AppliedObject) -> [Violation] {
    let isBuiltIn = ["cluster-admin", "admin", "edit", "view"].contains(after.object.identity.name)
    let old = change.before.map { RoleGrants($0.object).powers } ?? []
    var gained = RoleGrants(after.object).powers.subtracting(old)
    if change.before == nil {
      gained = gained.intersection(["everything", "the verb escalate", "the verb bind", "the verb impersonate"])
    }
    if after.path.isFluxComponents, change.before == nil { return [] }
    // Newer releases of Flux bring it in their own role; the upgrade as such is told by `flux-components-edited`.
    if after.path.isFluxComponents, change.movesVersionLabel { gained.remove("serviceaccounts/token") }
    if gained.isEmpty {
      guard isBuiltIn else { return [] }
      return [change.violation("\(change.title), which Kubernetes itself ships, is overwritten.")]
    }
    return [change.violation("\(change.title) allows \(gained.sorted().joined(separator: ", ")) in the whole cluster.")]
  }

  private func judgeBinding(_ change: ObjectChange, _ after: AppliedObject) -> [Violation] {
    guard after.object["roleRef", "name"]?.text == "cluster-admin" else { return [] }
    let old = change.before.flatMap { $0.object["roleRef", "name"]?.text == "cluster-admin" ? subjects($0) : nil } ?? []
    let gained = subjects(after).subtracting(old).subtracting(fluxOwn(after, isNew: change.before == nil)).sorted()
    guard !gained.isEmpty else { return [] }
    return [change.violation("\(gained.joined(separator: ", ")) becomes cluster-admin through \(change.title).")]
  }

  /// Those whom Flux's own binding, which is named after its namespace, is there for; where Flux is installed also the
  /// account under which its first releases ran.
  private func fluxOwn(_ binding: AppliedObject, isNew: Bool) -> Set<String> {
    let name = binding.object.identity.name
    let prefix = "cluster-reconciler"
    guard binding.path.isFluxComponents, name.hasPrefix(prefix) else { return [] }
    let namespace = name == prefix ? "flux-system" : String(name.dropFirst(prefix.count + 1))
    let accounts = FluxKind.controllers + (isNew ? ["default"] : [])
    return Set(accounts.map { "ServiceAccount \(namespace)/\($0)" })
  }

  private func subjects(_ object: AppliedObject) -> Set<String> {
    Set(
      (object.object["subjects"]?.items ?? []).map { subject in
        let place = subject["namespace"]?.text.map { "\($0)/" } ?? ""
        return "\(subject["kind"]?.text ?? "a subject") \(place)\(subject["name"]?.text ?? "")"
      })
  }

  private static func binding(_ name: String, _ role: String) -> String {
    Samples.object(
      "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", name,
      "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \(role)}",
      "subjects: [{kind: Group, name: ops}]")
  }

  private static func fluxBinding(_ more: String) -> String {
    let account = "{kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}"
    return Samples.object(
      "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "cluster-reconciler-flux-system",
      "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}",
      "subjects: [\(account)\(more)]")
  }

  private static func role(_ name: String, _ rule: String) -> String {
    Samples.object("rbac.authorization.k8s.io/v1", "ClusterRole", name, "rules: [\(rule)]")
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

extension ObjectChange {
  /// Whether the label moves that says to which version of a program an object belongs.
  fileprivate var movesVersionLabel: Bool {
    let label = "app.kubernetes.io/version"
    return before?.object.label(label) != after?.object.label(label)
  }
}
