import Policy
import Testing

/// What is said of a Namespace that leaves, by what goes with it.
@Suite struct NamespaceLossTests {
  private static func object(_ kind: String, _ api: String, _ name: String, _ namespace: String, _ more: String = "")
    -> String
  {
    "apiVersion: \(api)\nkind: \(kind)\nmetadata: {name: \(name), namespace: \(namespace)}\n\(more)\n"
  }

  private static func namespace(_ name: String) -> String {
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: \(name)}\n"
  }

  private func finding(_ before: [String: String], _ after: [String: String] = [:]) throws -> Finding {
    try #require(Judgement(before: before, after: after).findings.first { $0.rule == "namespace-removed" })
  }

  @Test(arguments: [
    ("Deployment", "apps/v1", Severity.medium), ("HelmRelease", "helm.toolkit.fluxcd.io/v2", .high),
    ("Kustomization", "kustomize.toolkit.fluxcd.io/v1", .high), ("StatefulSet", "apps/v1", .high),
    ("Cluster", "postgresql.cnpg.io/v1", .high),
  ])
  func `only what can be seen to hold nothing makes a removal milder`(kind: String, api: String, severity: Severity)
    throws
  {
    let side = ["ns.yaml": Self.namespace("shop"), "app.yaml": Self.object(kind, api, "app", "shop")]
    #expect(try finding(side).severity == severity)
  }

  @Test func `an empty namespace is no less than before`() throws {
    #expect(try finding(["ns.yaml": Self.namespace("shop")]).severity == .high)
  }

  @Test(arguments: ["default", "kube-system", "kube-public"])
  func `what the API server never deletes is no loss, and pruning fails`(name: String) throws {
    let before = TestFleet.files.merging(["clusters/mgmt/ns.yaml": Self.namespace(name)]) { $1 }
    let finding = try finding(before, TestFleet.files)
    #expect(finding.severity == .medium && finding.verdict == nil)
    #expect(finding.message.contains("refuses to delete it") && !finding.message.contains("volumes"))
  }

  @Test func `what the API server never deletes may be guarded, and nothing is tried`() {
    let namespace = Self.namespace("kube-system").replacing(
      "kube-system}", with: "kube-system, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}}")
    let before = TestFleet.files.merging(["clusters/mgmt/ns.yaml": namespace]) { $1 }
    #expect(Judgement(before: before, after: TestFleet.files).rules == [])
  }

  @Test func `the namespace of all machines is the fleet`() throws {
    let finding = try finding(["ns.yaml": Self.namespace("eksa-system")])
    #expect(finding.severity == .critical && finding.message.contains("machines"))
  }

  @Test(arguments: ["anywhere.eks.amazonaws.com/v1alpha1", "cluster.x-k8s.io/v1beta1"])
  func `a namespace with a cluster in it takes the cluster along`(api: String) throws {
    let cluster = ["cluster.yaml": Self.object("Cluster", api, "prod", "fleet", "spec: {}")]
    let finding = try finding(cluster.merging(["ns.yaml": Self.namespace("fleet")]) { $1 }, cluster)
    #expect(finding.severity == .critical && finding.message.contains("Cluster fleet/prod"))
  }

  @Test func `a cluster that goes by itself is told by itself`() throws {
    let cluster = ["cluster.yaml": Self.object("Cluster", "cluster.x-k8s.io/v1beta1", "prod", "fleet", "spec: {}")]
    #expect(try finding(cluster.merging(["ns.yaml": Self.namespace("fleet")]) { $1 }).severity == .high)
  }

  @Test func `a template of a cluster is none`() {
    let text = Self.object("Cluster", "cluster.x-k8s.io/v1beta1", "${CLUSTER_NAME}", "a", "spec: {}")
    #expect(Judgement(before: ["template.yaml": text], after: [:]).rules == [])
  }
}
