import Flux
import Policy
import Testing

/// What the API server refuses while Flux may delete and recreate objects.
@Suite struct ForcedEditTests {
  private static let sync = "clusters/mgmt/flux-system/gotk-sync.yaml"

  private static func forced(_ files: [String: String], force: String = "true") -> [String: String] {
    var copy = files
    copy[sync] = copy[sync]?.replacing("prune: true,", with: "prune: true, force: \(force),")
    return copy
  }

  private func findings(
    _ edit: RefusalTests.Edit, before: String = "true", after: String = "true"
  ) -> [Finding] {
    Judgement(
      before: Self.forced(TestFleet.files, force: before),
      after: Self.forced(TestFleet.edited(edit.old, edit.new), force: after)
    ).findings
  }

  /// What the API server finds invalid, not what it can't read.
  static let invalid = RefusalTests.refused.filter {
    !["namespace-missing", "k8s-version-unquoted", "unknown-field"].contains($0.rule)
  }

  @Test(arguments: invalid)
  func `an edit that is refused destroys the cluster`(edit: RefusalTests.Edit) throws {
    #expect(Self.forced([:]) == [:] && Self.forced(TestFleet.files) != TestFleet.files)
    let finding = try #require(findings(edit).first { $0.rule == edit.rule })
    #expect(finding.severity == .critical && finding.verdict == .pruned, "\(finding.message)")
    #expect(finding.message.contains("`force: true`: Flux deletes ") && !finding.message.contains("stalls"))
  }

  @Test(arguments: RefusalTests.refused.filter { edit in !invalid.contains { $0.rule == edit.rule } })
  func `what can not even be read deletes nothing`(edit: RefusalTests.Edit) throws {
    let finding = try #require(findings(edit).first { $0.rule == edit.rule })
    #expect(finding.verdict == .rejected && !finding.message.contains("force"), "\(finding.message)")
  }

  @Test func `an edit is made by what is live, whatever it says of force itself`() throws {
    let edit = Self.invalid[0]
    for (before, after) in [("true", "false"), ("false", "true")] {
      let finding = try #require(findings(edit, before: before, after: after).first { $0.rule == edit.rule })
      #expect(finding.severity == .critical && finding.verdict == .pruned)
    }
    let quiet = try #require(findings(edit, before: "false", after: "false").first { $0.rule == edit.rule })
    #expect(quiet.severity == .high && quiet.verdict == .rejected)
  }

  @Test func `it is told whether the new object is refused as well`() throws {
    let lost = try #require(findings(Self.edit("cp-count-invalid")).first { $0.rule == "cp-count-invalid" })
    #expect(
      lost.message.hasSuffix("with all machines of the cluster and cannot make it anew, which is refused as well."))
    let anew = try #require(findings(Self.edit("endpoint-changed")).first { $0.rule == "endpoint-changed" })
    #expect(anew.message.hasSuffix("with all machines of the cluster and makes it anew."))
  }

  private static func edit(_ rule: String) -> RefusalTests.Edit {
    invalid.first { $0.rule == rule } ?? invalid[0]
  }

  @Test func `a marker of the object is enough`() throws {
    let marked = { (files: [String: String]) in
      TestFleet.edited(
        "namespace: default\nspec:\n  kubernetesVersion",
        "namespace: default\n  annotations: {kustomize.toolkit.fluxcd.io/force: Enabled}\nspec:\n  kubernetesVersion",
        in: files)
    }
    let findings = Judgement(
      before: marked(TestFleet.files), after: marked(TestFleet.edited("10.0.0.10", "10.0.0.99"))
    ).findings
    let finding = try #require(findings.first { $0.rule == "endpoint-changed" })
    #expect(finding.severity == .critical && finding.message.contains("marked `force: enabled`"), "\(finding.message)")
  }

  @Test func `what stands beside an object that is made anew is applied`() {
    let after = TestFleet.edited("numCPUs: 4", "numCPUs: 2", in: TestFleet.edited("10.0.0.10", "10.0.0.99"))
    let findings = Judgement(before: Self.forced(TestFleet.files), after: Self.forced(after)).findings
    let smaller = findings.filter { $0.rule == "vm-size-reduced" }
    #expect(!smaller.isEmpty && smaller.allSatisfy { $0.verdict == .applied })
  }
}
