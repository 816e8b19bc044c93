import Policy
import Testing

/// Manifests of clusters that are kept as samples, where Flux is known not to apply them.
@Suite struct SampleFolderTests {
  private static let remark =
    " No Flux Kustomization of this repository applies the file: this holds where somebody else does."

  /// The fleet with a second cluster at a path.
  private func fleet(_ path: String, _ edit: (String) -> String = { $0 }) -> [String: String] {
    let text = TestFleet.files[TestFleet.cluster] ?? ""
    return TestFleet.files.merging([path: edit(text.replacing("mgmt", with: "sample"))]) { $1 }
  }

  private func findings(_ path: String, base: (String) -> [String: String]? = { _ in nil }) -> [Finding] {
    let more = base(path) ?? [:]
    let before = fleet(path).merging(more) { $1 }
    let after = fleet(path) { $0.replacing("count: 2", with: "count: 0").replacing("\"1.33\"", with: "\"1.31\"") }
    return Judgement(before: before, after: after.merging(more) { $1 }).findings
  }

  @Test(arguments: ["examples/vsphere/eksa-cluster.yaml", "docs/cluster.yaml", "clusters/archive/x/eksa-cluster.yaml"])
  func `what is said of a sample that nobody applies is low, and says so`(path: String) {
    let found = findings(path)
    #expect(Set(found.map(\.rule)).isSuperset(of: ["workers-all-zero", "k8s-downgrade"]), "\(found.map(\.rule))")
    #expect(found.allSatisfy { $0.severity == .low && $0.message.hasSuffix(Self.remark) }, "\(found.map(\.message))")
    let removal = Judgement(before: fleet(path), after: TestFleet.files).findings
    #expect(removal.map(\.rule) == ["mgmt-cluster-removed"] && removal.map(\.severity) == [.low])
  }

  @Test(arguments: ["clusters/lab/lab/eksa-system/eksa-cluster.yaml", "clusters/mgmt/examples/cluster.yaml"])
  func `a file elsewhere may be applied by the CLI, and one that Flux reaches is applied`(path: String) {
    let found = findings(path)
    #expect(found.contains { $0.rule == "workers-all-zero" && $0.severity == .critical }, "\(found.map(\.message))")
    #expect(!found.contains { $0.message.contains("No Flux Kustomization") })
  }

  @Test func `without Flux, or where a build fails, it is not known what is applied`() {
    let path = "examples/eksa-cluster.yaml"
    let broken = findings(path) { _ in ["clusters/mgmt/stray.yaml": "a: b\n"] }
    #expect(broken.contains { $0.rule == "workers-all-zero" && $0.severity == .critical })
    let alone = [path: fleet(path)[path] ?? ""]
    let removal = Judgement(before: alone, after: ["README.md": ""]).findings
    #expect(removal.map(\.severity) == [.critical])
  }

  @Test func `a Flux Kustomization that nobody is known to apply may be applied by hand`() {
    let found = findings("examples/vsphere/eksa-cluster.yaml") { _ in
      ["by-hand/samples.yaml": TestFleet.kustomization("samples", path: "./examples")]
    }
    #expect(found.contains { $0.rule == "workers-all-zero" && $0.severity == .critical }, "\(found.map(\.message))")
  }

  @Test func `what a sample tells of access, supply and hardening is low as well`() {
    let path = "examples/eksa-cluster.yaml"
    let after = fleet(path) { $0.replacing("[ssh-rsa AAAA]", with: "[ssh-rsa AAAA, ssh-rsa BBBB]") }
    let found = Judgement(before: fleet(path), after: after).findings
    #expect(found.contains { $0.rule == "ssh-key-added" && $0.severity == .low }, "\(found.map(\.rule))")
    #expect(found.allSatisfy { $0.message.contains(Self.remark) }, "\(found.map(\.message))")
  }

  @Test(arguments: [false, true])
  func `templates of a chart are no samples, for a HelmRelease may install them`(isChart: Bool) {
    let binding = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: ops}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
      subjects: [{kind: Group, name: ops}]

      """
    let chart = isChart ? ["charts/web/Chart.yaml": "name: web\n"] : [:]
    let before = TestFleet.files.merging(chart) { $1 }
    let after = before.merging(["charts/web/templates/rbac.yaml": binding]) { $1 }
    let found = Judgement(before: before, after: after).findings.filter { $0.rule == "cluster-admin-binding" }
    #expect(found.map(\.severity) == [isChart ? .high : .low])
  }

  @Test func `an edit of an object that Flux skips waits for the marker to go`() {
    let text = TestFleet.files[TestFleet.cluster] ?? ""
    let after = text.replacing("count: 2", with: "count: 0").replacing(
      "metadata:", with: "metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}")
    let frozen = TestFleet.files.merging([TestFleet.cluster: after]) { $1 }
    let found = Judgement(before: TestFleet.files, after: frozen).findings.filter { $0.rule == "workers-all-zero" }
    #expect(found.map(\.severity) == [.medium], "\(after)")
    #expect(found.allSatisfy { $0.message.hasSuffix("this happens when the marker goes.") })
  }
}
