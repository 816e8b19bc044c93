import Flux
import Policy
import Testing

/// Folders of Flux itself that go as a whole.
@Suite struct FluxFolderTests {
  @Test func `the folder of Flux goes, and only the sync and the clusters are told`() {
    let findings = judge(TestFleet.without("clusters/mgmt/flux-system/"))
    let quiet = ["crd-removed", "namespace-removed", "flux-netpol-removed", "flux-components-edited"]
    #expect(findings.contains { $0.rule == "flux-sync-removed" && $0.severity == .critical })
    #expect(!findings.contains { quiet.contains($0.rule) }, "\(findings.map(\.rule))")
  }

  @Test func `the folder that the sync names goes, and Flux finds it no more`() throws {
    let findings = judge(TestFleet.without("clusters/"))
    let cluster = try #require(findings.first { $0.rule == "mgmt-cluster-removed" })
    #expect(cluster.verdict == .pathMissing)
    #expect(
      cluster.message.hasSuffix(
        "does not exist, so that nothing is deleted yet: Flux deletes it as soon as the path is back without it."))
    let missing = try #require(findings.first { $0.rule == "flux-path-missing" }, "\(findings.map(\.rule))")
    #expect(missing.message.contains("objects stay unattended"))
    #expect(missing.location?.side == .before)
    let known = ["mgmt-cluster-removed", "flux-path-missing", "flux-sync-removed"]
    #expect(findings.allSatisfy { known.contains($0.rule) }, "\(findings.map(\.rule))")
  }

  @Test func `a folder that moves while the sync still names the old one is not found, and no cluster moves anywhere`()
  {
    let after = Dictionary(
      uniqueKeysWithValues: TestFleet.files.map { ($0.key.replacing("clusters/mgmt/", with: "clusters/hq/"), $0.value) }
    )
    let rules = Set(judge(after).map(\.rule))
    #expect(rules.contains("flux-path-missing"), "\(rules)")
    #expect(rules.isDisjoint(with: ["cluster-namespace-changed", "cluster-renamed", "flux-kustomization-renamed"]))
  }

  @Test func `a folder emptied together with its sync is built to nothing by the Kustomization that still runs`() throws
  {
    let findings = judge(TestFleet.without("clusters/").merging(["clusters/mgmt/README.md": ""]) { $1 })
    let emptied = try #require(findings.first { $0.rule == "flux-tree-emptied" }, "\(findings.map(\.rule))")
    #expect(emptied.severity == .critical && emptied.location?.side == .before)
    #expect(findings.first { $0.rule == "mgmt-cluster-removed" }?.verdict == .pruned)
  }

  @Test func `Flux's own manifests go alone, in one finding`() throws {
    var after = TestFleet.without(TestFleet.components)
    after["clusters/mgmt/flux-system/kustomization.yaml"] = "resources: [gotk-sync.yaml]\n"
    let findings = judge(after)
    #expect(findings.map(\.rule) == ["flux-components-edited"])
    #expect(findings.first?.message.contains("and 3 more objects of Flux itself are removed") == true)
  }

  @Test func `manifests of Flux that are still listed stall the build and say nothing themselves`() {
    let findings = judge(TestFleet.without(TestFleet.components))
    #expect(findings.map(\.rule) == ["listed-file-missing"])
    let message = findings.first?.message ?? ""
    #expect(
      message.hasPrefix(
        "clusters/mgmt/flux-system/kustomization.yaml: gotk-components.yaml is listed and does not exist; "))
    #expect(message.split(separator: "clusters/mgmt/flux-system/").count == 1)
  }

  @Test func `definitions that go together are counted by their kind`() throws {
    func definition(_ name: String) -> String {
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: \(name)}\n"
    }
    var before = TestFleet.files
    for name in ["x", "y", "z"] { before["clusters/mgmt/crds/\(name).yaml"] = definition(name) }
    let findings = Judgement(before: before, after: TestFleet.files).findings
    #expect(
      findings.first { $0.rule == "crd-removed" }?.message.hasSuffix(
        "The same goes for 2 more CustomResourceDefinitions.") == true)
  }

  @Test func `references are not called dangling where the build of their root fails`() {
    var before = TestFleet.files
    before[TestFleet.cluster] = nil
    before["clusters/mgmt/mgmt/eksa-system/kustomization.yaml"] = nil
    var after = TestFleet.files
    after["clusters/mgmt/mgmt/eksa-system/kustomization.yaml"] = "resources: [eksa-cluster.yaml, missing.yaml]\n"
    let findings = Judgement(before: before, after: after).findings
    #expect(findings.contains { $0.rule == "listed-file-missing" })
    #expect(!findings.contains { $0.rule == "dangling-ref" }, "\(findings.map(\.message))")
  }

  @Test func `the removal of a management cluster tells what its annotation makes of it`() throws {
    func message(_ before: [String: String]) throws -> String {
      var after = before
      after[TestFleet.cluster] = nil
      after["clusters/mgmt/mgmt/eksa-system/kustomization.yaml"] = nil
      let findings = Judgement(before: before, after: after).findings
      return try #require(findings.first { $0.rule == "mgmt-cluster-removed" }).message
    }
    #expect(try message(TestFleet.files).contains("stays Terminating for ever"))
    #expect(try message(TestFleet.annotated("managed-by-cli")).contains("deletes all its 3 machines"))
    #expect(try message(TestFleet.annotated("paused")).contains("it is paused"))
  }

  @Test func `another credential for the same repository is no other repository`() throws {
    let findings = judge(sync("secretRef: {name: flux-system}", "secretRef: {name: deploy}"))
    #expect(findings.map(\.rule) == ["flux-source-repointed"])
    #expect(findings.first?.severity == .high)
    #expect(findings.first?.message.contains("the Secret deploy instead of flux-system") == true)
  }

  @Test func `another branch is named`() {
    let findings = judge(sync("branch: main", "branch: dev"))
    #expect(findings.first?.severity == .critical)
    #expect(findings.first?.message.contains("follows branch dev instead of main") == true)
  }

  @Test func `a source that is not in the repository may be the same`() {
    let path = "clusters/mgmt/flux-system/gotk-sync.yaml"
    var before = TestFleet.files
    before[path] = before[path]?.split(separator: "---\n").last.map(String.init)
    var after = before
    after[path] = after[path]?.replacing("name: flux-system}}", with: "name: fleet}}")
    let findings = Judgement(before: before, after: after).findings
    #expect(findings.first { $0.rule == "flux-source-repointed" }?.severity == .medium)
  }

  @Test func `smaller machines are named by what they do in the cluster`() throws {
    let manifest = try #require(TestFleet.files[TestFleet.cluster])
    let parts = manifest.split(separator: "---\n").map(String.init)
    let worker = try #require(parts.last).replacing("numCPUs: 4", with: "numCPUs: 2")
    var after = TestFleet.files
    after[TestFleet.cluster] = (parts.dropLast() + [worker]).joined(separator: "---\n")
    let finding = try #require(judge(after).first { $0.rule == "vm-size-reduced" })
    #expect(finding.message.contains("all its worker machines are replaced"))
    #expect(finding.remediation.hasPrefix("Check what the workloads of the worker nodes ask for"))
  }

  @Test func `a template that Flux does not reach is judged by nobody`() {
    let name = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: \"{{ .Values.name }}\"}\n"
    let plain = name.replacing("{{ .Values.name }}", with: "data")
    #expect(Judgement(before: ["chart/claim.yaml": plain], after: [:]).rules == ["persistent-volume-removed"])
    #expect(Judgement(before: ["chart/claim.yaml": name], after: [:]).rules.isEmpty)
    var before = TestFleet.files
    before["clusters/mgmt/claim.yaml"] = name
    #expect(Judgement(before: before, after: TestFleet.files).rules == ["persistent-volume-removed"])
  }

  private func judge(_ after: [String: String]) -> [Finding] {
    Judgement(before: TestFleet.files, after: after).findings
  }

  private func sync(_ old: String, _ new: String) -> [String: String] {
    var after = TestFleet.files
    let path = "clusters/mgmt/flux-system/gotk-sync.yaml"
    after[path] = after[path]?.replacing(old, with: new)
    return after
  }
}
