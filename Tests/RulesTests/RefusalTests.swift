import Flux
import Policy
import Testing

/// What the API server refuses is never said to be applied.
@Suite struct RefusalTests {
  /// An edit of the fleet's cluster, and the rule that tells of it.
  struct Edit: Sendable {
    let rule: String
    let old: String
    let new: String
  }

  static let refused = [
    Edit(rule: "endpoint-changed", old: "10.0.0.10", new: "10.0.0.99"),
    Edit(rule: "cidr-changed", old: "192.168.0.0/16", new: "172.16.0.0/16"),
    Edit(rule: "immutable-field-edit", old: "server: vc.lan", new: "server: other.lan"),
    Edit(rule: "cp-count-invalid", old: "count: 1", new: "count: 2"),
    Edit(rule: "k8s-downgrade", old: "\"1.33\"", new: "\"1.32\""),
    Edit(rule: "k8s-skip-minor", old: "\"1.33\"", new: "\"1.35\""),
    Edit(rule: "value-out-of-range", old: "folder: vm", new: "folder: vm\n  cloneMode: copy"),
    Edit(rule: "required-field-missing", old: "datastore: ds", new: "diskGiB: 25"),
    Edit(rule: "eksa-version-bad-transition", old: "eksaVersion: v0.25.0", new: "eksaVersion: v0.23.0"),
    Edit(rule: "all-groups-tainted", old: "count: 2", new: "count: 2\n    taints: [{key: a, effect: NoSchedule}]"),
    Edit(rule: "namespace-missing", old: "name: mgmt\n  namespace: default", new: "name: mgmt"),
    Edit(rule: "k8s-version-unquoted", old: "\"1.33\"", new: "1.33"),
    Edit(rule: "ssh-key-empty", old: "[ssh-rsa AAAA]", new: "[]"),
    Edit(rule: "unknown-field", old: "folder: vm", new: "fodler: vm"),
  ]

  @Test(arguments: refused)
  func `an edit that is refused stalls the root and is not applied`(edit: Edit) throws {
    let findings = Judgement(before: TestFleet.files, after: TestFleet.edited(edit.old, edit.new)).findings
    let finding = try #require(findings.first { $0.rule == edit.rule }, "\(findings.map(\.rule))")
    #expect(finding.verdict == .rejected)
    #expect(!findings.contains { $0.verdict == .applied })
  }

  @Test func `workers that all go are refused on vSphere`() throws {
    let after = TestFleet.edited(
      """
        workerNodeGroupConfigurations:
        - name: md-0
          count: 2
          machineGroupRef: {kind: VSphereMachineConfig, name: md}
      """, "  workerNodeGroupConfigurations: []")
    let finding = Judgement(before: TestFleet.files, after: after).findings.first { $0.rule == "workers-list-emptied" }
    #expect(finding?.verdict == .rejected)
  }

  @Test func `a pause lets an immutable field pass`() throws {
    let before = TestFleet.annotated("paused")
    let findings = Judgement(before: before, after: TestFleet.edited("10.0.0.10", "10.0.0.99", in: before)).findings
    let finding = try #require(findings.first { $0.rule == "immutable-edit-under-pause" })
    #expect(finding.verdict == .applied)
    #expect(finding.message.contains("the pause lets it pass"))
    #expect(!findings.contains { $0.rule == "endpoint-changed" })
  }

  @Test func `what stands beside a refused object is not applied either`() throws {
    let refused = TestFleet.edited("10.0.0.10", "10.0.0.99")
    let after = TestFleet.edited("numCPUs: 4", "numCPUs: 2", in: refused)
    let findings = Judgement(before: TestFleet.files, after: after).findings
    #expect(findings.first { $0.rule == "endpoint-changed" }?.verdict == .rejected)
    let smaller = findings.filter { $0.rule == "vm-size-reduced" }
    #expect(!smaller.isEmpty && smaller.allSatisfy { $0.verdict == .stalled }, "\(findings.map(\.rule))")
  }

  @Test func `what leaves beside a refused object goes as soon as that is mended, and weighs as much`() throws {
    let second = TestFleet.files[TestFleet.cluster]?.replacing("10.0.0.10", with: "10.0.0.11")
      .replacing("metadata:\n  name: mgmt", with: "metadata:\n  name: prod").split(separator: "---\n").first
    var before = TestFleet.files
    before["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"] = second.map(String.init)
    var after = TestFleet.edited("10.0.0.10", "10.0.0.99")
    let removal = try #require(
      Judgement(before: before, after: after).findings.first { $0.rule == "workload-cluster-removed" })
    #expect(removal.verdict == .stalled && removal.severity == .critical)
    #expect(
      removal.message.hasSuffix(
        " Flux does that as soon as the refusal of Cluster default/mgmt is mended."), "\(removal.message)")
    after = before
    after[TestFleet.cluster] = after[TestFleet.cluster]?.replacing("kind: Cluster\n", with: "kind: cluster\n")
    let misspelt = Judgement(before: before, after: after).findings
    #expect(misspelt.first { $0.rule == "mgmt-cluster-removed" }?.verdict == .stalled, "\(misspelt.map(\.message))")
    #expect(!misspelt.contains { $0.verdict == .pruned })
  }

  @Test func `what is accepted is still applied`() throws {
    let findings = Judgement(before: TestFleet.files, after: TestFleet.edited("count: 2", "count: 0")).findings
    #expect(findings.map(\.rule) == ["workers-all-zero"])
    #expect(findings.allSatisfy { $0.verdict == .applied })
    #expect(findings.first?.message.contains("both worker machines of Cluster default/mgmt go") == true)
  }

  @Test func `an object that nobody applies has no verdict`() {
    let files = TestFleet.files.filter { !$0.key.contains("flux-system") }
    let findings = Judgement(before: files, after: TestFleet.edited("10.0.0.10", "10.0.0.99", in: files)).findings
    #expect(findings.map(\.rule) == ["endpoint-changed"])
    #expect(findings.allSatisfy { $0.verdict == nil })
  }

  @Test func `a misspelt spec is told once and not field by field`() {
    let findings = Judgement(
      before: TestFleet.files, after: TestFleet.edited("spec:\n  kubernetesVersion", "specs:\n  kubernetesVersion")
    ).findings
    #expect(
      Set(findings.map(\.rule)).isSubset(of: ["required-field-missing", "unknown-field"]), "\(findings.map(\.rule))")
    #expect(findings.count <= 2)
  }

  @Test func `a field that is missing speaks for those beneath it`() {
    let after = TestFleet.edited("    endpoint: {host: 10.0.0.10}\n", "")
    let rules = Judgement(before: TestFleet.files, after: after).rules
    #expect(rules.filter { ["required-field-missing", "endpoint-changed"].contains($0) } == ["endpoint-changed"])
    let group = TestFleet.edited("    machineGroupRef: {kind: VSphereMachineConfig, name: md}\n", "")
    let missing = Judgement(before: TestFleet.files, after: group).findings.filter {
      $0.rule == "required-field-missing"
    }
    #expect(missing.count == 1, "\(missing.map(\.message))")
  }

  @Test func `an immutable edit names the value before and after`() throws {
    let findings = Judgement(before: TestFleet.files, after: TestFleet.edited("osFamily: ubuntu", "osFamily: redhat"))
      .findings
    let finding = try #require(findings.first { $0.rule == "immutable-field-edit" })
    #expect(finding.message.contains("goes from ubuntu to redhat"))
    #expect(finding.before == "ubuntu" && finding.after == "redhat")
  }

  @Test func `ranges that change are shown on both sides`() throws {
    let after = TestFleet.edited("192.168.0.0/16", "172.16.0.0/16")
    let finding = try #require(
      Judgement(before: TestFleet.files, after: after).findings.first { $0.rule == "cidr-changed" })
    #expect(finding.before == "[192.168.0.0/16]" && finding.after == "[172.16.0.0/16]")
    #expect(finding.message.contains("goes from [192.168.0.0/16] to [172.16.0.0/16], which the API server refuses"))
  }

  @Test func `a kind that is misspelt is named`() throws {
    let findings = Judgement(
      before: TestFleet.files,
      after: TestFleet.edited("kind: VSphereDatacenterConfig\nmetadata", "kind: VSphereDatacenter\nmetadata")
    ).findings
    let finding = try #require(findings.first { $0.rule == "value-out-of-range" })
    #expect(finding.message.hasPrefix("VSphereDatacenter is not a kind that EKS Anywhere defines"))
  }
}
