import Policy
import Testing

/// What is said of machine groups and control planes of Cluster API that leave the repository.
@Suite struct NodeGroupRemovalTests {
  private static func object(_ kind: String, _ group: String, _ name: String, _ spec: String) -> String {
    "apiVersion: \(group)/v1beta1\nkind: \(kind)\nmetadata: {name: \(name), namespace: fleet}\nspec: {\(spec)}\n"
  }

  private static let cluster = object(
    "Cluster", "cluster.x-k8s.io", "prod", "controlPlaneRef: {kind: KubeadmControlPlane, name: prod}")

  private func findings(_ text: String, withCluster: Bool = false) -> [Finding] {
    let after = withCluster ? [:] : ["prod.yaml": Self.cluster]
    return Judgement(before: ["prod.yaml": Self.cluster, "group.yaml": text], after: after).findings
      .filter { $0.rule == "node-group-zero" }
  }

  @Test(arguments: [
    ("MachineDeployment", "cluster.x-k8s.io", "clusterName: prod, replicas: 3", "(3 machines)"),
    ("MachineDeployment", "cluster.x-k8s.io", "clusterName: prod", "(1 machine)"),
    ("MachinePool", "cluster.x-k8s.io", "clusterName: prod, replicas: 2", "(2 machines)"),
    ("KubeadmControlPlane", "controlplane.cluster.x-k8s.io", "replicas: 3", "with all its machines (3 machines)"),
    ("AWSManagedControlPlane", "controlplane.cluster.x-k8s.io", "version: v1.33.0", "control plane of its cluster"),
    ("TenantControlPlane", "kamaji.clastix.io", "kubernetes: {}", "control plane of its cluster"),
    (
      "AWSManagedMachinePool", "infrastructure.cluster.x-k8s.io", "scaling: {minSize: 3}",
      "all its machines are deleted"
    ),
  ])
  func `a group that leaves a cluster that stays takes its machines along`(
    kind: String, group: String, spec: String, words: String
  ) throws {
    let text = Self.object(kind, group, "prod", spec)
    let found = findings(text)
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.severity == .high)
    #expect(finding.message.contains(words), "\(finding.message)")
    #expect(findings(text, withCluster: true).isEmpty)
  }

  @Test func `a group of another cluster is told while one goes`() {
    let text = Self.object("MachineDeployment", "cluster.x-k8s.io", "md", "clusterName: other, replicas: 3")
    #expect(findings(text, withCluster: true).count == 1)
  }

  @Test func `a pool is told once with what a cloud keeps it in`() {
    let pool = Self.object(
      "MachinePool", "cluster.x-k8s.io", "prod",
      "clusterName: prod, replicas: 2, template: {spec: {infrastructureRef: {kind: AWSManagedMachinePool, name: a}}}")
    let cloud = Self.object("AWSManagedMachinePool", "infrastructure.cluster.x-k8s.io", "a", "scaling: {minSize: 2}")
    #expect(findings(pool + "---\n" + cloud).map { $0.message.hasPrefix("MachinePool fleet/prod") } == [true])
  }

  @Test func `a cluster of k0rdent goes as one of Cluster API does, and its workers may go to zero`() {
    func deployment(_ workers: Int) -> [String: String] {
      [
        "a.yaml": Self.object(
          "ClusterDeployment", "k0rdent.mirantis.com", "prod", "config: {workersNumber: \(workers)}")
      ]
    }
    #expect(Judgement(before: deployment(3), after: [:]).rules == ["cluster-object-removed"])
    #expect(Judgement(before: deployment(3), after: deployment(0)).rules == ["node-group-zero"])
  }

  @Test func `a version in a topology goes down only where the check is switched off`() {
    func topology(_ version: String, _ annotations: String = "") -> [String: String] {
      let text = Self.object("Cluster", "cluster.x-k8s.io", "prod", "topology: {version: \(version)}")
      return ["a.yaml": text.replacing("name: prod", with: "name: prod, annotations: {\(annotations)}")]
    }
    let off = "unsafe.topology.cluster.x-k8s.io/disable-update-version-check: ''"
    #expect(Judgement(before: topology("v1.30.1"), after: topology("v1.28.9")).rules == ["k8s-downgrade"])
    #expect(Judgement(before: topology("v1.30.1"), after: topology("v1.28.9", off)).rules == [])
    #expect(Judgement(before: topology("v1.30.1+a"), after: topology("v1.30.1+b")).rules == [])
  }
}
