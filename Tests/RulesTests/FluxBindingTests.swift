import Policy
import Testing

/// What is said of bindings in Flux's own manifests that change together with Flux's version.
@Suite struct FluxBindingTests {
  private func binding(_ version: String, _ subjects: [(String, String)], role: String = "crd-controller") -> [String:
    String]
  {
    let items = subjects.map { "{kind: ServiceAccount, name: \($0.0), namespace: \($0.1)}" }
    return [
      "clusters/mgmt/flux-system/gotk-components.yaml": """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata:
        name: crd-controller
        labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: \(version)}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \(role)}
      subjects: [\(items.joined(separator: ", "))]

      """
    ]
  }

  private let old = [("kustomize-controller", "flux-system")]

  private func judge(_ after: [String: String]) throws -> Finding {
    let findings = Judgement(before: binding("v2.6.4", old), after: after).findings
    return try #require(findings.first { $0.rule == "flux-components-edited" })
  }

  @Test func `a release that binds one more of its controllers is medium`() throws {
    let finding = try judge(binding("v2.7.5", old + [("source-watcher", "flux-system")]))
    #expect(finding.severity == .medium)
    #expect(!finding.message.contains("without a new Flux version"))
  }

  @Test func `a stranger in the binding is told as before`() throws {
    #expect(try judge(binding("v2.7.5", old + [("web", "flux-system")])).severity == .high)
    #expect(try judge(binding("v2.7.5", old + [("source-watcher", "shop")])).severity == .high)
    #expect(try judge(binding("v2.7.5", old, role: "ops")).severity == .high)
  }

  @Test func `an edit without a new version stays one`() throws {
    let finding = try judge(binding("v2.6.4", old + [("source-watcher", "flux-system")]))
    #expect(finding.severity == .high && finding.message.contains("without a new Flux version"))
  }
}
