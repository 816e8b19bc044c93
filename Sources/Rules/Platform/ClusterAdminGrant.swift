internal import Flux
internal import Manifests
internal import Policy

/// Rights over the whole cluster.
struct ClusterAdminGrant: ObjectRule {
  var kinds: KindSelection { .kinds([RoleKind.clusterRole, RoleKind.clusterBinding, RoleKind.binding]) }

  let info = RuleInfo(
    "cluster-admin-binding", .high, .access,
    summary: "A binding to cluster-admin or to strangers, or a ClusterRole with sweeping power, is added or widened.",
    why: """
      cluster-admin, wildcards, and the verbs escalate, bind and impersonate make their holder ruler of the cluster; \
      on a management cluster, of the fleet. Within one namespace the same role reads every Secret of it.
      """,
    remediation: "List the verbs and resources that are needed, in a Role of one namespace where that will do.",
    references: [References.bestPractices, References.rbac], groupsSameEdits: true,
    examples: [
      .file(
        "someone becomes administrator", "rbac/admin.yaml", before: nil, after: binding("⟦ops⟧", "cluster-admin")),
      .file(
        "a role gets wildcards", "rbac/role.yaml",
        before: role("ops", "{apiGroups: [\"\"], verbs: [get], resources: [pods]}"),
        after: role("ops", "{apiGroups: [\"*\"], verbs: [⟦\"*\"⟧], resources: [\"*\"]}")),
      .file(
        "an operator's role is over all of its own API group", "rbac/role.yaml", before: nil,
        after: role("⟦ops⟧", "{apiGroups: [example.com], verbs: [\"*\"], resources: [\"*\"]}")),
      Example(
        "Flux's own binding is widened", before: ["gotk-components.yaml": fluxBinding("")],
        after: ["gotk-components.yaml": fluxBinding(", {kind: Group, name: ⟦ops⟧}")]),
      .file("Flux is installed", "gotk-components.yaml", before: nil, after: fluxBinding("")),
      .file(
        "every pod becomes administrator", "rbac/admin.yaml", before: nil,
        after: binding("⟦ops⟧", "cluster-admin").replacing("name: ops}", with: "name: \"system:serviceaccounts\"}")),
      .file(
        "a role may do everything with pods", "rbac/role.yaml",
        before: role("ops", "{apiGroups: [\"\"], verbs: [get], resources: [pods]}"),
        after: role("ops", "{apiGroups: [\"\"], verbs: [⟦\"*\"⟧], resources: [pods]}")),
      .file(
        "an operator may do everything with a kind of its own", "rbac/role.yaml",
        before: role("ops", "{apiGroups: [example.com], verbs: [get], resources: [shops]}"),
        after: role("ops", "{apiGroups: [example.com], verbs: [\"*\"], resources: [shops, \"shops/status\"]}")),
      .file(
        "replicas may choose a leader among them", "rbac/role.yaml",
        before: role("ops", "{apiGroups: [example.com], verbs: [get], resources: [shops]}"),
        after: role(
          "ops",
          "{apiGroups: [example.com], verbs: [get], resources: [shops]}, "
            + "{apiGroups: [coordination.k8s.io], verbs: [\"*\"], resources: [leases]}")),
      .file(
        "a role may delete clusters", "rbac/role.yaml",
        before: role("ops", "{apiGroups: [anywhere.eks.amazonaws.com], verbs: [get], resources: [clusters]}"),
        after: role("ops", "{apiGroups: [anywhere.eks.amazonaws.com], verbs: [get, ⟦delete⟧], resources: [clusters]}")),
      .file(
        "strangers may look", "rbac/view.yaml", before: binding("ops", "view"),
        after: binding("ops", "view").replacing("name: ops}", with: "name: ⟦\"system:unauthenticated\"⟧}")),
      .file(
        "someone becomes administrator of one namespace", "rbac/admin.yaml", before: nil,
        after: binding("⟦ops⟧", "cluster-admin", namespace: "team")),
      .file("someone may look", "rbac/view.yaml", before: nil, after: binding("ops", "view")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    if after.object.groupKind == RoleKind.clusterRole { return judgeRole(change, after) }
    return RoleBindingEdit(change).map { judgeBinding($0, change, step) } ?? []
  }

  /// The groups to which everyone belongs, or every pod: nobody knows who that is.
  private static let crowds: Set<String> = strangers.union(["system:serviceaccounts", "system:authenticated"])

  /// Those who have not even logged in.
  private static let strangers: Set<String> = ["system:unauthenticated", "system:anonymous"]

  /// Roles of Kubernetes that are made for strangers: health, versions, and the keys that tokens are checked with.
  private static let publicRoles: Set<String> = [
    "system:public-info-viewer", "system:discovery", "system:basic-user", "system:service-account-issuer-discovery",
  ]

  private func judgeRole(_ change: ObjectChange, _ after: AppliedObject) -> [Violation] {
    let isBuiltIn = ["cluster-admin", "admin", "edit", "view"].contains(after.object.identity.name)
    let old = change.before.map { RoleGrants($0.object).powers } ?? []
    let added = change.before.map { RoleGrants(added: $0.object, after.object) }
    var gained = RoleGrants(after.object).powers.subtracting(old)
    if old.contains(.everything) { gained = gained.filter { !$0.isOverGroup } }
    if change.before == nil { gained = gained.filter { $0.isSovereign || $0.isOverGroup } }
    if after.path.isFluxComponents, change.before == nil { return [] }
    // Newer releases of Flux bring it in their own role; the upgrade as such is told by `flux-components-edited`.
    if after.path.isFluxComponents, change.movesVersionLabel {
      gained = gained.filter { $0 != .over("serviceaccounts/token") && !$0.isOverFluxGroup }
    }
    if gained.isEmpty, !after.path.isFluxComponents { gained = added?.wildcards ?? [] }
    if gained.isEmpty {
      guard isBuiltIn else { return [] }
      var violation = change.violation("\(change.title), which Kubernetes itself ships, is overwritten.")
      violation.sameEdit = change.title
      return [violation]
    }
    let isOwn = gained.allSatisfy(\.isOverOwnGroup)
    let words = gained.map(\.description).sorted().joined(separator: ", ")
    var violation = change.violation(
      "\(change.title) allows \(words) in the whole cluster.", severity: isOwn ? .medium : nil)
    // A vendor's manifest has such a role for each group of its own.
    violation.sameEdit = isOwn ? "all of a group" : words
    if let place = added?.place { violation.location = after.location(of: place, side: .after) }
    return [violation]
  }

  private func judgeBinding(_ edit: RoleBindingEdit, _ change: ObjectChange, _ step: Change) -> [Violation] {
    let own = fluxOwn(edit.after, isNew: change.before == nil)
    let isAdministrator = edit.role == "cluster-admin"
    let isPublic = Self.publicRoles.contains(edit.role) || edit.after.object.identity.namespace == "kube-public"
    let told = edit.gained.filter { subject in
      isAdministrator ? !own.contains(subject.title) : !isPublic && Self.strangers.contains(subject.name)
    }
    guard !told.isEmpty else { return [] }
    let scope = Self.scope(edit, step)
    let names = told.map(\.title).sorted().joined(separator: ", ")
    var violation = change.violation(
      isAdministrator
        ? "\(names) becomes cluster-admin\(scope) through \(change.title)."
        : "Whoever reaches the API server gets the role \(edit.role) without logging in, through \(change.title).",
      severity: severity(edit, told))
    violation.sameEdit = "\(names) \(edit.role)\(scope)"
    if change.before != nil, let place = edit.bindsOtherRole ? edit.place : told.first?.place {
      violation.location = edit.after.location(of: place, side: .after)
    }
    return [violation]
  }

  private static func scope(_ edit: RoleBindingEdit, _ step: Change) -> String {
    guard edit.after.object.groupKind == RoleKind.binding else { return "" }
    let written = edit.after.object.identity.namespace
    let namespace = written.isEmpty ? KustomizationsAround(edit.after.path, in: step.after).namespace : written
    return namespace.map { " of namespace \($0)" } ?? " of its namespace, which a kustomization sets,"
  }

  /// Within one namespace it is how tenants are set up: more so where only its own pods and Flux get it.
  private func severity(_ edit: RoleBindingEdit, _ told: [RoleSubject]) -> Severity? {
    let isAdministrator = edit.role == "cluster-admin"
    if isAdministrator, told.contains(where: { Self.crowds.contains($0.name) }) { return .critical }
    guard isAdministrator, edit.after.object.groupKind == RoleKind.binding else { return nil }
    let namespace = edit.after.object.identity.namespace
    let isTenant = told.allSatisfy {
      $0.title.hasPrefix("ServiceAccount \(namespace)/") || $0.name.hasPrefix("gotk:\(namespace):")
    }
    return isTenant ? .low : .medium
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

  private static func binding(_ name: String, _ role: String, namespace: String = "") -> String {
    Samples.object(
      "rbac.authorization.k8s.io/v1", namespace.isEmpty ? "ClusterRoleBinding" : "RoleBinding", name,
      namespace: namespace,
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

extension ObjectChange {
  /// Whether the label moves that says to which version of a program an object belongs.
  fileprivate var movesVersionLabel: Bool {
    let label = "app.kubernetes.io/version"
    return before?.object.label(label) != after?.object.label(label)
  }
}
