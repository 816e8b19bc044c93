import Policy
import Testing

/// How a removed and an added Cluster are taken for one.
@Suite struct ClusterMoveTests {
  private let file = "clusters/mgmt/prod/eksa-cluster.yaml"

  private func cluster(_ name: String, namespace: String = "default", host: String, workers: Int = 3) -> String {
    """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: Cluster
    metadata:
      name: \(name)
      namespace: \(namespace)
    spec:
      kubernetesVersion: "1.33"
      managementCluster: {name: mgmt}
      controlPlaneConfiguration: {count: 3, endpoint: {host: \(host)}}
      datacenterRef: {kind: VSphereDatacenterConfig, name: dc}
      workerNodeGroupConfigurations:
      - {name: md-0, count: \(workers)}

    """
  }

  private func rules(_ before: [String: String], _ after: [String: String]) -> [String] {
    Judgement(before: before, after: after).lifecycle
  }

  @Test func `a cluster renamed within its file is a rename, whatever else changes`() {
    let after = cluster("b", host: "10.0.0.2", workers: 9)
    #expect(rules([file: cluster("a", host: "10.0.0.1")], [file: after]) == ["cluster-renamed"])
  }

  @Test func `what a moved cluster no longer finds is one finding with its places`() throws {
    let after = TestFleet.edited("name: mgmt\n  namespace: default", "name: mgmt\n  namespace: eksa-system")
    let findings = Judgement(before: TestFleet.files, after: after).findings
    let dangling = findings.filter { $0.rule == "dangling-ref" }
    #expect(
      dangling.map(\.message) == [
        "Cluster eksa-system/mgmt refers to VSphereDatacenterConfig dc, VSphereMachineConfig cp and "
          + "VSphereMachineConfig md, which are not in the repository."
      ], "\(findings.map(\.message))")
    #expect(dangling.first?.related.count == 2)
  }

  @Test func `a cluster whose file no longer parses is not said to leave`() {
    let text = cluster("a", host: "10.0.0.1")
    let judgement = Judgement(before: [file: text], after: [file: "<<<<<<< HEAD\n" + text])
    #expect(judgement.rules == ["manifest-unreadable"])
  }

  @Test func `a cluster that takes its endpoint to another file is renamed`() {
    let before = ["x/a.yaml": cluster("a", host: "10.0.0.1")]
    let after = ["x/b.yaml": cluster("b", host: "10.0.0.1", workers: 5)]
    #expect(rules(before, after) == ["cluster-renamed"])
  }

  @Test func `a cluster removed and an unrelated one added elsewhere are two things`() {
    let before = ["x/a.yaml": cluster("a", host: "10.0.0.1")]
    let after = ["x/b.yaml": cluster("b", host: "10.0.0.2", workers: 5)]
    #expect(rules(before, after) == ["workload-cluster-removed"])
  }

  @Test func `a namespace change is not a rename`() {
    let before = [file: cluster("a", host: "10.0.0.1")]
    let after = [file: cluster("a", namespace: "eksa-system", host: "10.0.0.1")]
    #expect(rules(before, after) == ["cluster-namespace-changed"])
  }

  @Test func `two clusters that swap their names are edited, not renamed`() {
    let before = [file: cluster("a", host: "10.0.0.1") + "---\n" + cluster("b", host: "10.0.0.2")]
    let after = [file: cluster("b", host: "10.0.0.2") + "---\n" + cluster("a", host: "10.0.0.1")]
    #expect(rules(before, after).isEmpty)
  }

  @Test func `each of two renamed clusters is reported once`() {
    let before = [file: cluster("a", host: "10.0.0.1") + "---\n" + cluster("b", host: "10.0.0.2")]
    let after = [file: cluster("c", host: "10.0.0.2") + "---\n" + cluster("d", host: "10.0.0.1")]
    #expect(rules(before, after) == ["cluster-renamed", "cluster-renamed"])
  }
}
