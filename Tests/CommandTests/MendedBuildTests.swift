import TestSupport
import Testing

/// Builds that fail for a while: clusters keep what was applied last, and lose it when the build is mended.
@Suite struct MendedBuildTests {
  private static let app = Home.flux("shop", path: "apps/shop", spec: ["prune: true"])
  private static let claim = Home.object("PersistentVolumeClaim", "data", more: "labels: {app: shop}")
  private static let good = Home.base.merging([
    "clusters/hq/apps.yaml": Home.flux(
      "apps", path: "apps",
      spec: ["prune: true", "postBuild: {substituteFrom: [{kind: ConfigMap, name: settings, optional: true}]}"]),
    "apps/kustomization.yaml": "resources: [shop.yaml, settings.yaml]\n",
    "apps/settings.yaml": Home.object("ConfigMap", "settings", namespace: "flux-system") + "data: {size: 1Gi}\n",
    "apps/shop.yaml": app.replacing(
      "prune: true", with: "prune: true\n  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}"),
    "apps/shop/claim.yaml": claim,
    "apps/shop/map.yaml": Home.object("ConfigMap", "shop") + "data: {size: \"${size}\"}\n",
  ]) { $1 }

  /// A repository whose builds went well, and then the application's files went while they were still listed.
  private func broken() throws -> TestRepository {
    let repository = try TestRepository()
    for (path, text) in Self.good { try repository.write(path, text) }
    try repository.commit("good")
    try repository.git("mv apps/shop.yaml shop.yaml")
    try repository.git("mv apps/shop .archive-shop")
    try repository.commit("gone, but listed", minute: 1)
    return repository
  }

  @Test func `while it fails nothing changes, variables of its own objects included`() throws {
    let repository = try broken()
    let report = try repository.report("review", "HEAD^")
    #expect(report.rules.contains("listed-file-missing"))
    #expect(!report.findings.contains { $0["verdict"].text == "pruned" })
    let headline = try repository.report("plan", "HEAD^").value["plan"]["headline"]
    #expect(headline["persistentVolumeClaims"] == .number(0))
  }

  @Test func `what went in the meantime is deleted by the change that mends it`() throws {
    let repository = try broken()
    try repository.write("README.md", "text\n")
    try repository.commit("something else", minute: 2)
    try repository.write("apps/kustomization.yaml", "resources: [settings.yaml]\n")
    try repository.commit("mended", minute: 3)
    let report = try repository.report("review", "HEAD^")
    let found = try report.only("persistent-volume-removed")
    #expect(found["verdict"].text == "pruned" && found["object"]["name"].text == "data")
    let good = try repository.git("rev-parse HEAD~3").prefix(12)
    #expect(report.diagnostics.contains { $0.hasPrefix("warning: ") && $0.contains("in commit \(good)") })
    let plan = try repository.report("plan", "HEAD^").value["plan"]
    #expect(plan["headline"]["persistentVolumeClaims"] == .number(-1))
    let audit = try repository.report("audit", "--applied")
    let pruned = audit.findings.filter {
      $0["verdict"].text == "pruned" && $0["rule"].text == "persistent-volume-removed"
    }
    #expect(pruned.map { $0["commit"]["summary"].text } == ["mended"])
    try repository.git("reset --quiet --soft HEAD^")
    #expect(try repository.report("check").rules.contains("persistent-volume-removed"))
  }

  @Test func `what stays is no news when the build is mended`() throws {
    let repository = try TestRepository()
    for (path, text) in Self.good { try repository.write(path, text) }
    try repository.commit("good")
    try repository.write("apps/kustomization.yaml", "resources: [shop.yaml, settings.yaml, typo.yaml]\n")
    try repository.commit("broken", minute: 1)
    try repository.write("apps/kustomization.yaml", "resources: [settings.yaml, shop.yaml]\n")
    try repository.commit("mended", minute: 2)
    #expect(try repository.report("review", "HEAD^").rules == [])
    let text = try repository.fluxwarden("plan", "HEAD^").text
    #expect(text.contains("Flux would change nothing"), "\(text)")
  }

  @Test func `where it never built nothing is lost, and in a shallow clone it is said that nothing is known`() throws {
    let repository = try TestRepository()
    let list = "apps/kustomization.yaml"
    for (path, text) in Self.good { try repository.write(path, path == list ? "resources: [typo.yaml]\n" : text) }
    try repository.commit("broken")
    try repository.write(list, "resources: [settings.yaml]\n")
    try repository.commit("mended", minute: 1)
    #expect(try repository.report("review", "HEAD^").diagnostics == [])
    try repository.write("README.md", "text\n")
    try repository.commit("grafted away", minute: 2)
    try repository.write(list, "resources: [typo.yaml]\n")
    try repository.commit("broken again", minute: 3)
    try repository.write(list, "resources: [settings.yaml]\n")
    try repository.commit("mended again", minute: 4)
    let clone = try repository.clone("clone", ["--depth", "2"])
    #expect(try clone.report("review", "HEAD^").diagnostics.contains { $0.contains("is not known") })
  }

  @Test func `what was mended is told beside what never was live`() throws {
    let repository = try broken()
    try repository.write("apps/late.yaml", Home.flux("late", path: "late"))
    try repository.write("apps/kustomization.yaml", "resources: [shop.yaml, settings.yaml, late.yaml]\n")
    try repository.commit("too early", minute: 2)
    try repository.write("apps/kustomization.yaml", "resources: [settings.yaml, late.yaml]\n")
    try repository.write("late/map.yaml", Home.object("ConfigMap", "late"))
    try repository.commit("mended", minute: 3)
    let report = try repository.report("review", "HEAD^")
    #expect(try report.only("persistent-volume-removed")["verdict"].text == "pruned")
    #expect(!report.diagnostics.contains { $0.contains("is not known") })
  }

  @Test func `what a Kustomization applied before it failed goes with it`() throws {
    let repository = try TestRepository()
    for (path, text) in Self.good { try repository.write(path, text) }
    try repository.commit("good")
    try repository.write("apps/shop/kustomization.yaml", "resources: [claim.yaml, typo.yaml]\n")
    try repository.commit("broken", minute: 1)
    try repository.write("apps/kustomization.yaml", "resources: [settings.yaml]\n")
    try repository.git("rm --quiet apps/shop.yaml")
    try repository.commit("gone", minute: 2)
    let report = try repository.report("review", "HEAD^")
    #expect(try report.only("persistent-volume-removed")["verdict"].text == "pruned")
    let headline = try repository.report("plan", "HEAD^").value["plan"]["headline"]
    #expect(headline["persistentVolumeClaims"] == .number(-1))
  }

  @Test func `a root whose patched build fails still prunes as it did`() throws {
    let patch = """
      resources: [gotk-sync.yaml]
      patches:
      - target: {kind: Kustomization}
        patch: "- {op: replace, path: /spec/prune, value: false}"

      """
    let repository = try TestRepository()
    let list = "clusters/hq/flux-system/kustomization.yaml"
    for (path, text) in Self.good { try repository.write(path, path == list ? patch : text) }
    try repository.commit("good")
    try repository.write(list, patch.replacing("[gotk-sync.yaml]", with: "[gotk-sync.yaml, typo.yaml]"))
    try repository.commit("broken", minute: 1)
    #expect(try repository.report("review", "HEAD^").rules == ["listed-file-missing"])
  }
}
