import Policy
import Testing

/// What rules say of rights in namespaces that hold the credentials of clusters: what an edit adds counts.
@Suite struct RoleEditTests {
  private func role(_ rules: String, name: String = "debug", namespace: String = "eksa-system") -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: \(name), namespace: \(namespace)}
    rules: [\(rules)]

    """
  }

  private func severities(_ before: String?, _ after: String) -> [Severity] {
    Judgement(before: before.map { ["role.yaml": $0] } ?? [:], after: ["role.yaml": after]).findings.filter {
      $0.rule == "critical-namespace-rbac"
    }.map(\.severity)
  }

  private static let pods = #"{apiGroups: [""], resources: [pods], verbs: [get, create]}"#

  @Test(arguments: [
    (pods, #"{apiGroups: [""], resources: [pods], verbs: [get]}"#, Severity?.none),
    (pods, #"{apiGroups: [""], resources: [pods], resourceNames: [web], verbs: [get, create]}"#, nil),
    (pods, "\(pods), {apiGroups: [\"\"], resources: [pods], verbs: [create]}", nil),
    (pods, #"{apiGroups: [""], resources: [pods, services], verbs: [get]}"#, .medium),
    (pods, #"{apiGroups: [""], resources: [pods], verbs: [get, create, delete]}"#, .critical),
    (pods, #"{apiGroups: [""], resources: [pods, secrets], verbs: [get]}"#, .critical),
    (pods, #"{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}"#, .critical),
    (
      #"{apiGroups: [""], resources: [pods], resourceNames: [web], verbs: [create]}"#,
      #"{apiGroups: [""], resources: [pods], verbs: [create]}"#, .critical
    ),
    (#"{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}"#, pods, nil),
  ])
  func `an edit weighs as much as what it adds`(before: String, after: String, expected: Severity?) {
    #expect(severities(role(before), role(after)) == [expected].compactMap { $0 })
  }

  @Test(arguments: [
    (#"{apiGroups: [""], resources: [configmaps], verbs: [create]}"#, Severity.low),
    (#"{apiGroups: [""], resources: [configmaps], resourceNames: [web], verbs: [get, update]}"#, .low),
    (#"{apiGroups: [""], resources: [configmaps, configmaps/status], verbs: [get, update, patch]}"#, .medium),
    (#"{apiGroups: [""], resources: [configmaps], verbs: ["*"]}"#, .critical),
    (#"{apiGroups: [""], resources: [configmaps, secrets], verbs: [get, update]}"#, .critical),
  ])
  func `a role to choose a leader is no danger`(rule: String, expected: Severity) {
    let events = #"{apiGroups: [""], resources: [events], verbs: [create, patch]}"#
    #expect(severities(nil, role("\(rule), \(events)", name: "web-leader-election-role")) == [expected])
  }

  @Test(arguments: ["debug", "manager"])
  func `writing any ConfigMap is no leader's right, whatever else it does`(name: String) {
    let rule = #"{apiGroups: ["", coordination.k8s.io], resources: [configmaps, leases], verbs: [get, update]}"#
    #expect(severities(nil, role(rule, name: name)) == [.critical])
  }

  @Test func `writing ConfigMaps is none of a leader's rights where nothing says so`() {
    let rule = #"{apiGroups: [""], resources: [configmaps], verbs: [get, update]}"#
    #expect(severities(nil, role(rule, namespace: "kube-system")) == [.critical])
  }

  private func binding(_ subjects: String, to role: String = "cluster-admin") -> [String: String] {
    [
      "binding.yaml": """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: ops}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \(role)}
      subjects: [\(subjects)]

      """
    ]
  }

  @Test(arguments: ["system:serviceaccounts", "system:authenticated", "system:unauthenticated"])
  func `an administrator that everyone is one of is critical`(group: String) {
    let all = "{kind: Group, name: \"\(group)\"}"
    let ops = "{kind: Group, name: ops}"
    func severities(_ before: [String: String], _ after: [String: String]) -> [Severity] {
      Judgement(before: before, after: after).findings.map(\.severity)
    }
    #expect(severities([:], binding("\(ops), \(all)")) == [.critical])
    #expect(severities(binding(all, to: "view"), binding(all)) == [.critical])
    #expect(severities(binding(all), binding("\(ops), \(all)")) == [.high])
    #expect(severities([:], binding(ops)) == [.high])
  }

  private func clusterRole(_ rules: String, name: String = "ops") -> String {
    role(rules, name: name).replacing("kind: Role", with: "kind: ClusterRole")
      .replacing(", namespace: eksa-system", with: "")
  }

  private func grants(_ before: String?, _ after: String) -> [String] {
    Judgement(before: before.map { ["role.yaml": $0] } ?? [:], after: ["role.yaml": after]).findings.filter {
      $0.rule == "cluster-admin-binding"
    }.map { "\($0.severity) \($0.message)" }
  }

  @Test(arguments: [
    ("\"*\"", "high ClusterRole ops allows everything in the whole cluster."),
    ("metrics.k8s.io", "medium ClusterRole ops allows every verb on all of metrics.k8s.io in the whole cluster."),
    ("\"\"", "high ClusterRole ops allows every verb on all of the core group in the whole cluster."),
    ("apps", "high ClusterRole ops allows every verb on all of apps in the whole cluster."),
    (
      "anywhere.eks.amazonaws.com",
      "high ClusterRole ops allows every verb on all of anywhere.eks.amazonaws.com in the whole cluster."
    ),
  ])
  func `a role allows everything only where it is over all API groups`(group: String, expected: String) {
    #expect(grants(nil, clusterRole("{apiGroups: [\(group)], resources: [\"*\"], verbs: [\"*\"]}")) == [expected])
  }

  @Test func `a role that allowed everything is narrowed to a group`() {
    let all = clusterRole(#"{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}"#)
    #expect(grants(all, clusterRole(#"{apiGroups: [example.com], resources: ["*"], verbs: ["*"]}"#)) == [])
  }

  @Test func `a vendor's roles over its own groups are one finding`() {
    let roles = ["a", "b"].map {
      clusterRole("{apiGroups: [\($0).example.com], resources: [\"*\"], verbs: [\"*\"]}", name: $0)
    }
    #expect(grants(nil, roles.joined(separator: "---\n")).count == 1)
  }
}
