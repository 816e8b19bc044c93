import Flux
import Policy
import Rules
import Testing

/// What is said of one of several clusters that are made alike: each has a sync of the same name.
@Suite struct RootRuleTests {
  private static let folder = "clusters/mgmt/"

  /// The test fleet with a second cluster beside it.
  private static func files(_ mgmt: [String: String] = TestFleet.files) -> [String: String] {
    let edge = TestFleet.files.map { path, text in
      (
        path.replacing(folder, with: "clusters/edge/"),
        text.replacing("./clusters/mgmt", with: "./clusters/edge").replacing("name: mgmt", with: "name: edge")
          .replacing("10.0.0.10", with: "10.0.0.20")
      )
    }
    return mgmt.merging(edge) { own, _ in own }
  }

  private static func sync(_ edit: (String) -> String) -> [String: String] {
    var files = TestFleet.files
    files[path] = files[path].map(edit)
    return files
  }

  private static let path = "clusters/mgmt/flux-system/gotk-sync.yaml"

  private func judge(_ after: [String: String]) -> [Finding] {
    Judgement(before: Self.files(), after: Self.files(after)).findings
  }

  @Test func `the folder of one cluster goes, and Flux finds it no more`() {
    let findings = judge(TestFleet.without(Self.folder))
    #expect(Set(findings.map(\.rule)) == ["mgmt-cluster-removed", "flux-path-missing", "flux-sync-removed"])
    #expect(findings.allSatisfy { $0.verdict == .pathMissing && $0.severity == .high })
  }

  @Test(arguments: ["clusters/mgmt", "clusters/central"])
  func `the folder of one cluster moves, and Flux looks for it in the old place`(named: String) {
    let moved = Self.sync { $0.replacing("clusters/mgmt", with: named) }
    let after = Dictionary(
      uniqueKeysWithValues: moved.map { ($0.key.replacing(Self.folder, with: "clusters/central/"), $0.value) })
    let findings = judge(after)
    #expect(Set(findings.map(\.rule)) == ["mgmt-cluster-removed", "flux-path-missing", "flux-sync-removed"])
    #expect(findings.allSatisfy { $0.verdict == .pathMissing && $0.severity == .high })
    #expect(Judgement(before: TestFleet.files, after: after).rules.contains("flux-path-missing"))
  }

  @Test(arguments: [true, false])
  func `the sync of one cluster is no longer applied, and all goes with it`(keepsFile: Bool) throws {
    var after = keepsFile ? TestFleet.files : TestFleet.without(Self.path)
    after["clusters/mgmt/flux-system/kustomization.yaml"] = "resources: [gotk-components.yaml]\n"
    for findings in [judge(after), Judgement(before: TestFleet.files, after: after).findings] {
      let removed = try #require(findings.first { $0.rule == "flux-sync-removed" }, "\(findings.map(\.rule))")
      #expect(removed.severity == .critical && removed.message.contains("clusters included"))
      let cluster = try #require(findings.first { $0.rule == "mgmt-cluster-removed" })
      #expect(cluster.verdict == .pruned && cluster.message.contains("is no longer applied and Flux deletes it"))
      let namespace = try #require(findings.first { $0.rule == "namespace-removed" })
      #expect(namespace.message.hasPrefix("Namespace flux-system is no longer applied: everything in it is deleted"))
    }
  }

  @Test func `a new list that leaves out Flux itself is told beside what it does`() {
    var after = TestFleet.files
    after["clusters/mgmt/kustomization.yaml"] = "resources: [mgmt/eksa-system]\n"
    for findings in [judge(after), Judgement(before: TestFleet.files, after: after).findings] {
      #expect(findings.contains { $0.rule == "root-kustomization-introduced" }, "\(findings.map(\.rule))")
      #expect(findings.contains { $0.rule == "flux-sync-removed" && $0.severity == .critical })
      #expect(findings.first { $0.rule == "mgmt-cluster-removed" }?.verdict == .pruned)
    }
  }

  @Test(arguments: ["clusters/edge", "clusters/mgmt/flux-system", "clusters/mgmt/mgmt"])
  func `the sync of one cluster is led elsewhere, and what is not there is deleted`(path: String) throws {
    let findings = judge(Self.sync { $0.replacing("./clusters/mgmt,", with: "./\(path),") })
    let changed = findings.filter { $0.rule == "flux-path-changed" }
    #expect(changed.map(\.severity) == [.critical])
    #expect(changed.first?.location?.path == Self.path)
    #expect(changed.first?.message.hasSuffix("1 cluster among it.") == true)
    #expect(findings.filter { $0.rule == "mgmt-cluster-removed" }.map(\.verdict) == [.pruned])
    // The last folder does not hold the sync itself, which takes everything with it.
    #expect(findings.contains { $0.rule == "namespace-removed" } == (path == "clusters/mgmt/mgmt"))
    #expect(!findings.contains { $0.rule == "flux-sync-removed" })
  }

  @Test func `a list that names nothing is told once`() {
    var after = TestFleet.files
    after["clusters/mgmt/kustomization.yaml"] = "resources: []\n"
    for findings in [judge(after), Judgement(before: TestFleet.files, after: after).findings] {
      #expect(findings.contains { $0.rule == "root-kustomization-emptied" && $0.severity == .critical })
      #expect(!findings.contains { $0.rule == "flux-sync-removed" }, "\(findings.map(\.message))")
    }
  }

  @Test func `a patch leads the sync elsewhere, and what is not there is deleted`() throws {
    var after = TestFleet.files
    after["clusters/mgmt/flux-system/kustomization.yaml"] = """
      resources: [gotk-components.yaml, gotk-sync.yaml]
      patches:
      - target: {kind: Kustomization, name: flux-system}
        patch: '[{"op": "replace", "path": "/spec/path", "value": "./clusters/mgmt/flux-system"}]'

      """
    for findings in [judge(after), Judgement(before: TestFleet.files, after: after).findings] {
      #expect(findings.filter { $0.rule == "flux-path-changed" }.map(\.severity) == [.critical])
      #expect(findings.first { $0.rule == "mgmt-cluster-removed" }?.verdict == .pruned)
    }
  }

  @Test func `the sync of one cluster gets another name`() {
    let after = Self.sync {
      $0.replacing("Kustomization\nmetadata: {name: flux-system", with: "Kustomization\nmetadata: {name: hub")
    }
    for findings in [judge(after), Judgement(before: TestFleet.files, after: after).findings] {
      #expect(findings.map(\.rule) == ["flux-kustomization-renamed"])
      #expect(findings.map(\.severity) == [.critical])
    }
  }

  @Test func `a folder that a new cluster lacks is told, whatever another one has of that name`() {
    let apps = { (path: String) in TestFleet.kustomization("apps", path: path) }
    var before = Self.files()
    before["clusters/edge/apps.yaml"] = apps("./apps")
    before["apps/map.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n"
    var after = before
    after["clusters/mgmt/apps.yaml"] = apps("./none")
    #expect(Judgement(before: before, after: after).rules == ["flux-path-missing"])
  }
}
