import TestSupport
import Testing

/// `fluxwarden audit --applied`, in a history without EKS Anywhere clusters.
@Suite struct AppliedAuditTests {
  let repository: TestRepository

  init() throws {
    repository = try TestRepository()
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync)
    try repository.write("clusters/hq/apps/kustomization.yaml", "resources: [claim.yaml]\n")
    try repository.write(
      "clusters/hq/apps/claim.yaml",
      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: web}\nspec: {}\n")
    try repository.commit("apps")
  }

  @Test func `a claim that is listed no more is told with it, and not by the files alone`() throws {
    try repository.write("clusters/hq/apps/kustomization.yaml", "resources: []\n")
    let commit = try repository.commit("tidy up", minute: 1)
    #expect(try repository.report("audit").rules == [])
    let report = try repository.report("audit", "--applied")
    let loss = try #require(report.rules.contains("persistent-volume-removed") ? report : nil)
    #expect(try loss.only("persistent-volume-removed")["commit"]["id"].text == commit)
    #expect(try loss.only("persistent-volume-removed")["verdict"].text == "pruned")
  }

  @Test func `an audit that judges files as written says so where Flux applies something`() throws {
    let said = try repository.report("audit").diagnostics
    #expect(said.count == 1 && said[0].hasPrefix("warning: ") && said[0].contains("--applied"))
    #expect(try repository.report("audit", "--applied").diagnostics == [])
    let plain = try TestRepository()
    try plain.write("map.yaml", Home.object("ConfigMap", "map"))
    try plain.commit("no Flux")
    #expect(try plain.report("audit").diagnostics == [])
    #expect(try TestRepository.fleet().report("audit").diagnostics == [])
  }

  @Test func `what an audit without it kept is not taken for the answer`() throws {
    try repository.write("clusters/hq/apps/kustomization.yaml", "resources: []\n")
    try repository.commit("tidy up", minute: 1)
    let cache = ["FLUXWARDEN_CACHE_DIR": repository.folder.path("caches")]
    func rules(_ arguments: [String]) throws -> String {
      try Product.run(["audit", "--format", "json"] + arguments, in: repository.path, environment: cache).text
    }
    let plain = try rules([])
    #expect(try rules(["--applied"]).contains("persistent-volume-removed"))
    #expect(!plain.contains("persistent-volume-removed"))
    #expect(try !rules([]).contains("persistent-volume-removed"))
  }

  @Test func `a patch without a kind is judged by what it makes`() throws {
    try repository.write(
      "clusters/hq/apps/kustomization.yaml",
      "resources: [claim.yaml]\npatches: [{path: patch.yaml, target: {kind: PersistentVolumeClaim}}]\n")
    try repository.write("clusters/hq/apps/patch.yaml", "- {op: add, path: /metadata/labels, value: {a: b}}\n")
    try repository.commit("patch", minute: 1)
    try repository.write("clusters/hq/apps/patch.yaml", "- {op: remove, path: /metadata/labels}\n")
    try repository.commit("patch that fits nothing", minute: 2)
    #expect(try repository.report("audit", "--applied").rules.contains("kustomize-build-fails"))
    #expect(try repository.report("audit").rules == [])
  }

  @Test func `a new Flux Kustomization that does not find its folder is told`() throws {
    try repository.write("clusters/hq/web.yaml", Home.flux("web", path: "web"))
    let commit = try repository.commit("web", minute: 1)
    let finding = try repository.report("audit", "--applied").only("flux-path-missing")
    #expect(finding["commit"]["id"].text == commit)
  }

  @Test func `a file is told that comes to use a variable which nothing defines`() throws {
    let release = "helm.toolkit.fluxcd.io/v2"
    let settings = Home.object("ConfigMap", "settings", namespace: "flux-system") + "data: {REGION: eu}\n"
    try repository.write("clusters/hq/settings.yaml", settings)
    try repository.write(
      "clusters/hq/web.yaml",
      Home.flux(
        "web", path: "web",
        spec: ["prune: true", "postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}"]))
    try repository.write("web/one.yaml", Home.object("HelmRelease", "'${REGION}'", apiVersion: release))
    try repository.commit("web", minute: 1)
    let name = "'${REGION}-${COLOUR:=red}-$${SIZE}'"
    try repository.write("web/two.yaml", Home.object("HelmRelease", name, apiVersion: release))
    try repository.commit("defined, with a default, no variable", minute: 2)
    let earlier = try repository.report("audit", "--applied")
    #expect(earlier.rules == [], "\(earlier.findings.map { $0["message"].text })")
    try repository.write("web/three.yaml", Home.object("HelmRelease", "'${COLOUR}'", apiVersion: release))
    let commit = try repository.commit("undefined", minute: 3)
    let finding = try repository.report("audit", "--applied").only("substitute-undefined")
    #expect(finding["commit"]["id"].text == commit)
    try repository.write("web/three.yaml", Home.object("HelmRelease", "three", apiVersion: release))
    try repository.commit("gone", minute: 4)
    try repository.write("web/one.yaml", Home.object("HelmRelease", "'${SHAPE}'", apiVersion: release))
    let edit = try repository.commit("undefined by an edit", minute: 5)
    let found = try repository.report("audit", "--applied").findings.filter {
      $0["rule"].text == "substitute-undefined"
    }
    #expect(found.contains { $0["commit"]["id"].text == edit })
  }

  @Test func `a file of which no rule has a word is part of what is applied`() throws {
    let web = Home.flux("web", path: "web")
    try repository.write("clusters/hq/web.yaml", web)
    try repository.write("web/kustomization.yaml", "resources: [robot.yaml]\n")
    try repository.write("web/robot.yaml", Home.object("Robot", "robot", namespace: nil))
    try repository.commit("web", minute: 1)
    try repository.write("web/kustomization.yaml", "resources: [robot.yaml]\nbuildMetadata: [managedByLabel]\n")
    try repository.write("web/robot.yaml", Home.object("Robot", "robot", namespace: "web"))
    try repository.commit("a namespace", minute: 2)
    try repository.write("clusters/hq/web.yaml", web.replacing("spec:\n", with: "spec:\n  targetNamespace: web\n"))
    try repository.commit("the same for all", minute: 3)
    #expect(try !repository.report("audit", "--applied").rules.contains("flux-kubeconfig-redirect"))
  }

  @Test func `a listed manifest that stops to parse is told by its file alone`() throws {
    try repository.write(
      "clusters/hq/apps/claim.yaml", "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: [\n")
    let commit = try repository.commit("typo", minute: 1)
    try repository.write("clusters/hq/notes/draft.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [\n")
    try repository.commit("a draft that nobody lists", minute: 2)
    let finding = try repository.report("audit").only("manifest-unreadable")
    #expect(finding["commit"]["id"].text == commit)
  }

  @Test func `a manifest that was there all the time is judged once it is listed`() throws {
    try repository.write("clusters/hq/apps/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n")
    try repository.commit("a map for later", minute: 1)
    try repository.write("clusters/hq/apps/kustomization.yaml", "resources: [claim.yaml, map.yaml]\n")
    let commit = try repository.commit("now", minute: 2)
    let missing = try repository.report("audit", "--applied").only("namespace-missing")
    #expect(missing["commit"]["id"].text == commit)
  }

  @Test func `a new kustomization that lists what is not there is told`() throws {
    try repository.write("clusters/hq/more/kustomization.yaml", "resources: [gone.yaml]\n")
    let commit = try repository.commit("more", minute: 1)
    let missing = try repository.report("audit", "--applied").only("listed-file-missing")
    #expect(missing["commit"]["id"].text == commit)
  }
}
