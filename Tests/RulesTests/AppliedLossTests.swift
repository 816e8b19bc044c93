import Flux
import Policy
import Rules
import Testing

/// What is said of objects that vanish from a build: who is to blame, which of them Flux deletes, and which stay.
@Suite struct AppliedLossTests {
  @Test func `a new kustomization file is not blamed for what the one above it leaves out`() throws {
    var before = Home.flux
    before["cluster/media/namespace.yaml"] = Home.object("Namespace", "media")
    before["cluster/media/plex/claim.yaml"] = Home.object("PersistentVolumeClaim", "plex", in: "media")
    var after = before
    after["cluster/kustomization.yaml"] = "resources: [media]\n"
    after["cluster/media/kustomization.yaml"] = "resources: [namespace.yaml]\n"
    after["cluster/media/plex/kustomization.yaml"] = "resources: [claim.yaml]\n"
    let findings = judge(before, after).filter { Home.aboutFiles.contains($0.rule) }
    #expect(findings.map(\.location?.path) == ["cluster/media/kustomization.yaml"], "\(findings.map(\.message))")
    #expect(try #require(findings.first).message.hasSuffix("Flux deletes PersistentVolumeClaim media/plex."))
  }

  @Test func `a new kustomization file that lists too little is told at the root and beneath it`() {
    var before = Home.flux
    before["cluster/media/a.yaml"] = Home.object("ConfigMap", "a", in: "media")
    before["cluster/media/b.yaml"] = Home.object("ConfigMap", "b", in: "media")
    var after = before
    after["cluster/media/kustomization.yaml"] = "resources: [b.yaml]\n"
    #expect(judge(before, after).map(\.rule) == ["kustomization-drops-resource"])
    after["cluster/media/kustomization.yaml"] = nil
    after["cluster/kustomization.yaml"] = "resources: [media/b.yaml]\n"
    #expect(judge(before, after).map(\.rule) == ["root-kustomization-introduced"])
  }

  @Test func `a folder that takes its objects from a base is dropped by its line, and retired with its folder`() {
    var before = Home.listing(["web.yaml", "plex"])
    before["base/claim.yaml"] = Home.object("PersistentVolumeClaim", "plex", in: "media")
    before["base/kustomization.yaml"] = "resources: [claim.yaml]\n"
    before["cluster/plex/kustomization.yaml"] = "resources: [../../base]\n"
    var after = before
    after["cluster/kustomization.yaml"] = "resources: [web.yaml]\n"
    #expect(judge(before, after).map(\.rule) == ["persistent-volume-removed", "kustomization-drops-resource"])
    after["cluster/plex/kustomization.yaml"] = nil
    #expect(judge(before, after).map(\.rule) == ["persistent-volume-removed"])
  }

  @Test func `a folder with a list of its own is left out as a whole`() {
    var before = Home.flux
    before["cluster/media/a.yaml"] = Home.object("ConfigMap", "a", in: "media")
    before["cluster/media/kustomization.yaml"] = "resources: [a.yaml]\n"
    before["cluster/web/b.yaml"] = Home.object("ConfigMap", "b", in: "web")
    var after = before
    after["cluster/kustomization.yaml"] = "resources: [web/b.yaml]\n"
    #expect(judge(before, after).map(\.rule) == ["root-kustomization-introduced"])
    after["cluster/kustomization.yaml"] = "resources: [web/b.yaml, media]\n"
    #expect(judge(before, after).isEmpty)
  }

  @Test func `a new kustomization file that no build reads leaves nothing out`() {
    var before = Home.flux
    before["cluster/kustomization.yaml"] = "resources: [media/a.yaml, media/b.yaml]\n"
    before["cluster/media/a.yaml"] = Home.object("ConfigMap", "a", in: "media")
    before["cluster/media/b.yaml"] = Home.object("ConfigMap", "b", in: "media")
    var after = before
    after["cluster/kustomization.yaml"] = "resources: [media/b.yaml]\n"
    after["cluster/media/kustomization.yaml"] = "resources: [b.yaml]\n"
    let findings = judge(before, after).filter { Home.aboutFiles.contains($0.rule) }
    #expect(findings.map(\.location?.path) == ["cluster/kustomization.yaml"], "\(findings.map(\.message))")
  }

  @Test func `a Kustomization that gets another name is no omission of the file that comes with it`() {
    var before = Home.flux
    before["cluster/test/wallace/ks.yaml"] = TestFleet.kustomization("wallace", path: "./apps/wallace")
    before["apps/wallace/a.yaml"] = Home.object("ConfigMap", "a", in: "test")
    var after = before
    after["cluster/test/wallace/ks.yaml"] = TestFleet.kustomization("gromit", path: "./apps/wallace")
    after["cluster/test/kustomization.yaml"] = "resources: [wallace/ks.yaml]\n"
    let rules = judge(before, after).map(\.rule)
    #expect(rules.contains("flux-kustomization-renamed"))
    #expect(!rules.contains("kustomization-drops-resource"), "\(rules)")
  }

  @Test func `what a guard keeps is not counted among what Flux deletes`() throws {
    var before = Home.listing(["db", "web.yaml"])
    before["cluster/db/kustomization.yaml"] = "resources: [namespace.yaml, map.yaml]\n"
    before["cluster/db/namespace.yaml"] = Home.object("Namespace", "db", "annotations: {\(Home.guarded)}")
    before["cluster/db/map.yaml"] = Home.object("ConfigMap", "settings", in: "db")
    let finding = try #require(dropped(before, Home.listing(["web.yaml"])))
    #expect(finding.message.hasSuffix("no longer lists db: Flux deletes ConfigMap db/settings."))
    #expect(finding.severity == .low)
    #expect(finding.related.map(\.path) == ["cluster/db/map.yaml"])
  }

  @Test func `objects that all stay are left unmanaged`() throws {
    var before = Home.listing(["db", "web.yaml"])
    before["cluster/db/kustomization.yaml"] = "resources: [a.yaml, b.yaml]\n"
    for name in ["a", "b"] {
      before["cluster/db/\(name).yaml"] = Home.object("Namespace", name, "annotations: {\(Home.guarded)}")
    }
    let finding = try #require(dropped(before, Home.listing(["web.yaml"])))
    #expect(finding.message.hasSuffix("no longer lists db: Namespace a and 1 more object are left unmanaged."))
  }

  @Test func `nothing is left unmanaged where the build fails`() throws {
    var before = Home.listing(["db", "web.yaml"])
    before["cluster/db/kustomization.yaml"] = "resources: [map.yaml]\n"
    let maps = ["a", "b"].map { Home.object("ConfigMap", $0, in: "db") }
    before["cluster/db/map.yaml"] = maps.joined(separator: "---\n")
    var after = before
    after["cluster/kustomization.yaml"] = "resources: [web.yaml, missing.yaml]\n"
    after["cluster/db/map.yaml"] = Home.object("ConfigMap", "c", in: "db")
    let finding = try #require(judge(before, after).first { $0.rule == "kustomization-drops-resource" })
    #expect(
      finding.message.hasSuffix(
        "no longer lists db: ConfigMap db/a and 1 more object stay for now, as the build of flux-system/cluster fails: "
          + "Flux deletes them as soon as the build works again."))
  }

  @Test func `a suspended Kustomization deletes once it is resumed`() throws {
    func suspended(_ files: [String: String]) -> [String: String] {
      files.mapValues { $0.replacing("prune: true\n", with: "prune: true\n  suspend: true\n") }
    }
    var before = Home.listing(["db.yaml", "web.yaml"])
    before["cluster/db.yaml"] = Home.object("ConfigMap", "db", in: "db")
    let finding = try #require(dropped(suspended(before), suspended(Home.listing(["web.yaml"]))))
    #expect(
      finding.message.hasSuffix(
        "ConfigMap db/db stays for now, as flux-system/cluster is suspended: Flux deletes it as soon as that ends."))
  }

  @Test func `what may be in a base that is not in the repository may be deleted`() throws {
    var before = Home.listing(["db.yaml", "web.yaml"])
    before["cluster/db.yaml"] = Home.object("ConfigMap", "db", in: "db")
    let remote = Home.listing(["https://example.com/base.git?ref=v1", "web.yaml"])
    let finding = try #require(dropped(before, remote))
    #expect(finding.message.hasSuffix("no longer lists db.yaml: Flux may delete ConfigMap db/db."))
  }

  @Test func `a guard in the change that removes the object is told whatever becomes of it`() {
    var before = Home.listing(["db.yaml", "web.yaml"])
    before["cluster/db.yaml"] = Home.object("ConfigMap", "db", in: "db")
    var after = Home.listing(["web.yaml"])
    after["flux/ks.yaml"] = Home.flux["flux/ks.yaml"]?.replacing(
      "prune: true\n", with: "prune: true\n  suspend: true\n")
    #expect(judge(before, after).map(\.rule).contains("prune-guard-too-late"))
  }

  @Test func `a root that is emptied is told once`() {
    var before = Home.listing(["web.yaml"])
    before["cluster/web.yaml"] = Home.object("ConfigMap", "web", in: "db")
    var after = before
    after["cluster/kustomization.yaml"] = "resources: []\n"
    #expect(judge(before, after).map(\.rule) == ["root-kustomization-emptied"])
  }

  @Test func `a root whose objects may all come from elsewhere is not called empty`() {
    let before = Home.listing(["web.yaml"])
    let after = Home.listing(["https://example.com/base.git?ref=v1"])
    let findings = judge(before, after)
    #expect(findings.map(\.rule).filter { $0 != "remote-base" } == ["kustomization-drops-resource"])
    #expect(findings.contains { $0.message.hasSuffix("Flux may delete ConfigMap web/web.") })
  }

  @Test func `a root that lists a folder of nothing is told where the folder's list is`() {
    var before = Home.flux
    before["cluster/kustomization.yaml"] = "resources: [db]\n"
    before["cluster/db/kustomization.yaml"] = "namespace: db\nresources: [map.yaml]\n"
    before["cluster/db/map.yaml"] = Home.object("ConfigMap", "map")
    var after = before
    after["cluster/db/kustomization.yaml"] = "namespace: db\nresources: []\n"
    #expect(judge(before, after).map(\.rule) == ["kustomization-drops-resource"])
  }

  /// The finding about a line that goes, where the files that it names stay.
  private func dropped(_ before: [String: String], _ after: [String: String]) -> Finding? {
    judge(before, before.merging(after) { $1 }).first { $0.rule == "kustomization-drops-resource" }
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}

/// A cluster with one Kustomization for the folder `cluster`.
private enum Home {
  static let aboutFiles = ["kustomization-drops-resource", "root-kustomization-introduced"]
  static let guarded = "kustomize.toolkit.fluxcd.io/prune: disabled"
  static let flux = ["flux/ks.yaml": TestFleet.kustomization("cluster", path: "./cluster")]

  /// The cluster with a kustomization file that lists something, `web.yaml` beside it.
  static func listing(_ resources: [String]) -> [String: String] {
    [
      "flux/ks.yaml": TestFleet.kustomization("cluster", path: "./cluster"),
      "cluster/web.yaml": object("ConfigMap", "web", in: "web"),
      "cluster/kustomization.yaml": "resources: [\(resources.map { "\"\($0)\"" }.joined(separator: ", "))]\n",
    ]
  }

  /// A core object, with more of its metadata.
  static func object(_ kind: String, _ name: String, in namespace: String = "", _ metadata: String = "") -> String {
    let place = namespace.isEmpty ? "" : "  namespace: \(namespace)\n"
    return "apiVersion: v1\nkind: \(kind)\nmetadata:\n  name: \(name)\n\(place)"
      + (metadata.isEmpty ? "" : "  \(metadata)\n")
  }
}
