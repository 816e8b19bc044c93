import Flux
import Policy
import Rules
import Testing

/// What is said of builds that stop: once for each cause, with all that stops, and only where the change is to blame.
@Suite struct BuildStopTests {
  @Test func `a component that goes is told once for all that list it`() throws {
    var before = Home.flux
    before["components/common/kustomization.yaml"] = Home.component
    for name in ["a", "b", "c"] {
      before["ks/\(name).yaml"] = TestFleet.kustomization(name, path: "./apps/\(name)")
      before["apps/\(name)/kustomization.yaml"] = "resources: [map.yaml]\ncomponents: [../../components/common]\n"
      before["apps/\(name)/map.yaml"] = Home.map(name)
    }
    var after = before
    after["components/common/kustomization.yaml"] = nil
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["listed-file-missing"])
    let finding = try #require(findings.first)
    #expect(
      finding.message
        == "apps/a/kustomization.yaml: components/common is listed and does not exist; flux-system/a and 2 more stall: "
        + "nothing that they apply is changed or deleted any more. The same stands in 2 more files.")
    #expect(finding.related.map(\.path) == ["apps/b/kustomization.yaml", "apps/c/kustomization.yaml"])
    after["components/common/kustomization.yaml"] = "resources: []\nnamespace: a\n"
    #expect(judge(before, after).map(\.rule) == ["kustomize-build-fails"])
  }

  @Test func `two files that go are two causes`() {
    var before = Home.flux
    before["ks/a.yaml"] = TestFleet.kustomization("a", path: "./apps/a")
    before["apps/a/kustomization.yaml"] = "resources: [x.yaml, y.yaml]\n"
    for name in ["x", "y"] { before["apps/a/\(name).yaml"] = Home.map(name) }
    let after = before.filter { !$0.key.hasPrefix("apps/a/") || $0.key.hasSuffix("kustomization.yaml") }
    let findings = judge(before, after.merging(["apps/a/README.md": ""]) { $1 })
    #expect(findings.filter { $0.rule == "listed-file-missing" }.map(\.after) == ["apps/a/x.yaml", "apps/a/y.yaml"])
  }

  @Test func `a file that several Kustomizations build is told with all of them`() throws {
    var before = Home.flux
    before["base/kustomization.yaml"] = "resources: [map.yaml]\n"
    before["base/map.yaml"] = Home.map("map")
    for name in ["a", "b"] {
      before["ks/\(name).yaml"] = TestFleet.kustomization(name, path: "./apps/\(name)")
      before["apps/\(name)/kustomization.yaml"] = "namespace: \(name)\nresources: [../../base]\n"
    }
    var after = before
    after["base/map.yaml"] = nil
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["listed-file-missing"])
    #expect(try #require(findings.first).message.contains("; flux-system/a and 1 more stall: nothing that they"))
  }

  @Test(arguments: [
    (["map.yaml": Home.map("map") + "---\n" + Home.map("map")], "stands in the file twice"),
    (["twin.yaml": Home.map("map")], "is also in apps/a/map.yaml"),
    (
      [
        "kustomization.yaml": "resources: [one, two]\n", "one/kustomization.yaml": "resources: [../common]\n",
        "two/kustomization.yaml": "resources: [../common]\n", "common/kustomization.yaml": "resources: [map.yaml]\n",
        "common/map.yaml": Home.map("map"),
      ], "is reached a second time, through another folder"
    ),
  ])
  func `where an object that is built twice stands`(_ files: [String: String], _ place: String) throws {
    var before = Home.flux
    before["ks/a.yaml"] = TestFleet.kustomization("a", path: "./apps/a")
    before["apps/a/map.yaml"] = Home.map("map")
    let added = files.map { ("apps/a/\($0.key)", $0.value) }
    let found = judge(before, before.merging(added) { $1 }).filter { $0.rule == "duplicate-object-id" }
    let message = try #require(found.first).message
    #expect(message.contains(" \(place); kustomize refuses the same object twice; "), "\(message)")
  }

  @Test func `a build that is mended is not blamed for the variables that it had before`() {
    var before = Home.substituting
    before["apps/a/kustomization.yaml"] = "resources: [map.yaml, missing.yaml]\n"
    var after = before
    after["apps/a/kustomization.yaml"] = "resources: [map.yaml]\n"
    #expect(judge(before, after).isEmpty)
    after["apps/a/map.yaml"] = Home.map("a", "value: ${OTHER}")
    #expect(judge(before, after).map(\.rule) == ["substitute-undefined"])
  }

  @Test func `nor is the build that what has the variables comes from`() {
    var before = Home.substituting
    before["ks/a.yaml"] = Home.substituting["ks/a.yaml"]?.replacing(
      "substitute: {REGION: eu}", with: "substituteFrom: [{kind: ConfigMap, name: settings}]")
    before["ks/settings.yaml"] = TestFleet.kustomization("settings", path: "./settings")
    before["settings/map.yaml"] =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {REGION: eu}\n"
    before["settings/kustomization.yaml"] = "resources: [map.yaml, missing.yaml]\n"
    var after = before
    after["settings/kustomization.yaml"] = "resources: [map.yaml]\n"
    #expect(judge(before, after).isEmpty)
    before["settings/kustomization.yaml"] = "resources: [map.yaml]\n"
    before["settings/map.yaml"] = before["settings/map.yaml"]?.replacing("{REGION: eu}", with: "{REGION: eu, COUNT: a}")
    #expect(judge(before, after).map(\.rule) == ["substitute-undefined"])
  }

  @Test func `nor is the build of the Kustomization above it`() {
    var before = Home.substituting
    before["ks/kustomization.yaml"] = "resources: [a.yaml, missing.yaml]\n"
    var after = before
    after["ks/kustomization.yaml"] = "resources: [a.yaml]\n"
    #expect(judge(before, after).isEmpty)
    before["ks/kustomization.yaml"] = "resources: []\n"
    #expect(judge(before, after).map(\.rule) == ["substitute-undefined"])
  }

  @Test func `a variable in something that is no object is medium`() throws {
    var before = Home.substituting
    before["apps/a/map.yaml"] = Home.map("a")
    var after = before
    after["apps/a/kustomization.yaml"] = "resources: [map.yaml]\nconfigMapGenerator: [{name: g, files: [run.sh]}]\n"
    after["apps/a/run.sh"] = "echo ${1}\n"
    let finding = try #require(judge(before, after).first { $0.rule == "substitute-undefined" })
    #expect(finding.severity == .medium)
  }

  @Test func `a manifest that does not parse names the Kustomizations that stall for it`() throws {
    var before = Home.flux
    for name in ["a", "b"] {
      before["ks/\(name).yaml"] = TestFleet.kustomization(name, path: "./apps/\(name)")
      before["apps/\(name)/map.yaml"] = Home.map(name)
    }
    var after = before
    after["apps/a/map.yaml"] = Home.map("a") + "broken: {\n"
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["manifest-unreadable"])
    let message = try #require(findings.first).message
    #expect(
      message.hasSuffix("; flux-system/a stalls: nothing that it applies is changed or deleted any more."), "\(message)"
    )
    after["ks/b.yaml"] = TestFleet.kustomization("b", path: "./apps/a")
    #expect(
      judge(before, after).first { $0.rule == "manifest-unreadable" }?.message.contains(
        "; flux-system/a and 1 more stall: nothing that they apply") == true)
  }

  @Test func `a manifest that nobody applies stops nothing`() throws {
    let finding = try #require(
      judge(Home.flux, Home.flux.merging(["old/eksa-cluster.yaml": "kind: {\n"]) { $1 }).first)
    #expect(finding.rule == "manifest-unreadable")
    #expect(!finding.message.contains("sync root") && !finding.message.contains("stall"), "\(finding.message)")
  }

  @Test func `a new Kustomization without a folder does not find it`() throws {
    let after = Home.flux.merging(["ks/a.yaml": TestFleet.kustomization("a", path: "./apps/a")]) { $1 }
    let finding = try #require(judge(Home.flux, after).first)
    #expect(finding.message == "Flux Kustomization flux-system/a does not find its folder apps/a: it stalls.")
  }

  @Test func `a path that changes without pruning leaves what is not in the new folder`() throws {
    func fleet(_ path: String) -> [String: String] {
      let settings = TestFleet.kustomization("a", path: path).replacing("prune: true", with: "prune: false")
      return Home.flux.merging([
        "ks/a.yaml": settings, "apps/a/x.yaml": Home.map("x"), "apps/a/y.yaml": Home.map("y"),
        "apps/b/x.yaml": Home.map("x"),
      ]) { $1 }
    }
    let finding = try #require(judge(fleet("./apps/a"), fleet("./apps/b")).first { $0.rule == "flux-path-changed" })
    #expect(finding.message.hasSuffix("pruning is off, so what is not in the new folder is left unmanaged."))
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}

/// A cluster with one Kustomization for the Kustomizations in the folder `ks`.
private enum Home {
  static let flux = ["flux/ks.yaml": TestFleet.kustomization("cluster", path: "./ks"), "ks/map.yaml": map("cluster")]
  static let component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: apps\n"

  /// A Kustomization with variables, and an object with one that has no value.
  static let substituting = flux.merging([
    "ks/a.yaml": TestFleet.kustomization("a", path: "./apps/a", more: "postBuild: {substitute: {REGION: eu}}"),
    "apps/a/kustomization.yaml": "resources: [map.yaml]\n",
    "apps/a/map.yaml": map("a", "value: ${COUNT}"),
  ]) { $1 }

  static func map(_ name: String, _ data: String = "value: a") -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: apps}\ndata:\n  \(data)\n"
  }
}
