import Manifests
import Policy
import Testing

/// What runs as ruler of the cluster, and where it comes from.
@Suite struct FluxTrustTests {
  private static let file = "clusters/mgmt/flux-system/kustomization.yaml"

  private static let binding = """
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: cluster-reconciler-flux-system}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    subjects: [{kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}]

    """

  /// What is said of a patch in the kustomization beside Flux's own manifests.
  private func findings(_ patch: String) -> [Finding] {
    var before = TestFleet.files
    before[TestFleet.components]? += Self.binding
    var after = before
    after[Self.file]? += "patches:\n\(patch)"
    return Judgement(before: before, after: after).findings
  }

  @Test func `a container that a patch lets run first in a controller is told like any other`() throws {
    let found = findings(
      """
      - patch: |
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: kustomize-controller, namespace: flux-system}
          spec: {template: {spec: {initContainers: [{name: init, image: "docker.io/acme/init:1"}]}}}

      """)
    let finding = try #require(found.first { $0.rule == "flux-image-override" }, "\(found.map(\.rule))")
    #expect(finding.severity == .critical)
    #expect(finding.field?.description == "spec.template.spec.initContainers[init].image")
  }

  @Test(arguments: [
    ("kind: Group, name: oidc:dev", "Group oidc:dev"),
    ("kind: ServiceAccount, name: helm-controller, namespace: team", "ServiceAccount team/helm-controller"),
    ("kind: ServiceAccount, name: default, namespace: flux-system", "ServiceAccount flux-system/default"),
    ("kind: ServiceAccount, name: helm-controller, namespace: flux-system", nil),
  ])
  func `whom a patch adds to the binding of Flux's controllers is told, unless it is one of them`(
    subject: String, told: String?
  ) {
    let found = findings(
      """
      - target: {kind: ClusterRoleBinding}
        patch: |
          - {op: add, path: /subjects/-, value: {\(subject)}}

      """)
    let expected = told.map {
      ["\($0) becomes cluster-admin through ClusterRoleBinding cluster-reconciler-flux-system."]
    }
    #expect(found.map(\.message) == expected ?? [])
  }

  @Test(arguments: [("flux-system", false), ("team", true)])
  func `where Flux is installed its binding may be for the account under which its first releases ran`(
    namespace: String, isTold: Bool
  ) {
    var after = TestFleet.files
    after[TestFleet.components]? += Self.binding.replacing(
      "name: kustomize-controller, namespace: flux-system", with: "name: default, namespace: \(namespace)")
    let found = Judgement(before: TestFleet.files, after: after).findings
    #expect(found.contains { $0.rule == "cluster-admin-binding" } == isTold)
  }

  @Test func `an address outside the repository is named as it is written`() throws {
    var after = TestFleet.files
    after[Self.file] =
      "resources: [gotk-components.yaml, gotk-sync.yaml, \"https://example.com/acme/app//deploy?ref=main\"]\n"
    let found = Judgement(before: TestFleet.files, after: after).findings
    let finding = try #require(found.first { $0.rule == "remote-base" })
    #expect(finding.message.contains(" applies https://example.com/acme/app//deploy?ref=main from outside"))
  }
}
