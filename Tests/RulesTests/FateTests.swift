import Flux
import Manifests
import Policy
import Rules
import Testing

/// What rules say becomes of objects, where guards, pruning or other Kustomizations decide: each edit once.
@Suite struct FateTests {
  @Test func `a curated package that moves to another Kustomization may be uninstalled on the way`() {
    let package =
      "apiVersion: packages.eks.amazonaws.com/v1alpha1\nkind: Package\nmetadata: {name: metallb, namespace: x}\n"
    let apps = ["apps.yaml": Ground.apps, "/apps/map.yaml": Ground.map("a")]
    let before = Ground.files(apps.merging(["package.yaml": package]) { $1 })
    let after = Ground.files(apps.merging(["/apps/package.yaml": package]) { $1 })
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["object-changes-owner"])
    #expect(findings.map(\.severity) == [.high])
  }

  @Test func `a guarded Namespace that leaves is told once`() throws {
    let web = Ground.object("v1", "Namespace", "web", ", annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}")
    let findings = judge(Ground.files(["web.yaml": web]), Ground.files())
    #expect(findings.map(\.rule) == ["namespace-removed"])
    #expect(findings.map(\.verdict) == [.orphaned])
  }

  @Test func `a Namespace that stays is not told with one that is deleted`() {
    let web = Ground.object("v1", "Namespace", "web", ", annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}")
    let app = Ground.object("v1", "Namespace", "app")
    let work = Ground.object("apps/v1", "Deployment", "app", ", namespace: app")
    let findings = judge(Ground.files(["web.yaml": web, "app.yaml": app, "work.yaml": work]), Ground.files())
    #expect(findings.map(\.rule) == ["namespace-removed", "namespace-removed"])
    #expect(findings.map(\.severity) == [.medium, .medium])
    #expect(Set(findings.map(\.verdict)) == [.orphaned, .pruned])
  }

  @Test func `a Kustomization that its parent keeps is told once`() {
    let child = ["apps.yaml": Ground.apps]
    let findings = judge(Ground.files(child, prune: false), Ground.files(prune: false))
    #expect(findings.map(\.rule) == ["flux-sync-removed"])
    #expect(findings.map(\.verdict) == [.orphaned])
    #expect(
      findings.first?.message
        == "Flux Kustomization flux-system/apps leaves Git and keeps running: pruning is off for flux-system/flux-system."
    )
  }

  @Test func `a Kustomization that is kept is not told with one that is deleted`() {
    let guarded = Ground.apps.replacing(
      "{name: apps,", with: "{name: apps, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled},")
    let other = TestFleet.kustomization("other", path: "./other")
    let stake = ["/apps/prod.yaml": Ground.cluster, "/other/map.yaml": Ground.map("other")]
    let before = Ground.files(["apps.yaml": guarded, "other.yaml": other].merging(stake) { $1 })
    let findings = judge(before, Ground.files(stake)).filter { $0.rule == "flux-sync-removed" }
    #expect(Set(findings.map(\.verdict)) == [.orphaned, nil])
    #expect(findings.map(\.severity) == [.high, .high])
  }

  @Test func `a Kustomization that its parent keeps and that gets another name is told once`() {
    let before = ["apps.yaml": Ground.apps]
    let after = ["apps.yaml": TestFleet.kustomization("web", path: "./apps")]
    let findings = judge(Ground.files(before, prune: false), Ground.files(after, prune: false))
    #expect(findings.map(\.rule) == ["flux-kustomization-renamed"])
    #expect(findings.map(\.severity) == [.low])
    #expect(findings.first?.message.contains("the old one leaves Git and keeps running beside it, as") == true)
  }

  @Test func `what a Kustomization leaves that goes from one of two clusters is told with it`() {
    let apps = TestFleet.kustomization("apps", path: "./apps").replacing("prune: true", with: "prune: false")
    let roots = [
      "main/root.yaml": TestFleet.kustomization("main", path: "./main"), "main/map.yaml": Ground.map("main"),
      "next/root.yaml": TestFleet.kustomization("next", path: "./next"), "next/map.yaml": Ground.map("next"),
      "apps/map.yaml": Ground.map("app"),
    ]
    let before = roots.merging(["main/apps.yaml": apps]) { $1 }
    #expect(judge(before, roots.merging(["next/apps.yaml": apps]) { $1 }).map(\.rule) == ["flux-sync-removed"])
  }

  @Test func `one edit that takes the namespace from what two Kustomizations apply is one finding`() throws {
    func side(_ more: String) -> [String: String] {
      let bare = Ground.object("v1", "ConfigMap", "bare")
      return Ground.files([
        "a.yaml": TestFleet.kustomization("a", path: "./a", more: more), "/a/bare.yaml": bare,
        "b.yaml": TestFleet.kustomization("b", path: "./b", more: more), "/b/bare.yaml": bare,
      ])
    }
    let findings = judge(side("targetNamespace: web"), side("interval: 1h")).filter { $0.rule == "namespace-missing" }
    #expect(findings.count == 1)
    #expect(findings.first?.verdict == .rejected)
    #expect(findings.first?.related.count == 1)
  }

  @Test func `a build that fails does not come to an object without a namespace`() {
    let list = "resources: [map.yaml, bare.yaml]\n"
    let bare = Ground.object("v1", "ConfigMap", "bare")
    let before = Ground.files(["/apps/kustomization.yaml": list, "/apps/bare.yaml": bare, "apps.yaml": Ground.apps])
    let after = before.merging([
      "apps/kustomization.yaml": "resources: [map.yaml, bare.yaml, none.yaml]\n",
      "apps/bare.yaml": bare.replacing("bare", with: "new"),
    ]) { $1 }
    #expect(judge(before, after).map(\.rule) == ["listed-file-missing"])
  }

  @Test func `objects of several Kustomizations that move to others by one edit are one finding`() {
    let owners = ["a", "b", "c", "d"].map { TestFleet.kustomization($0, path: "./\($0)") }.joined(separator: "---\n")
    func side(_ one: String, _ other: String) -> [String: String] {
      let kept = ["a", "b", "c", "d"].map { ("/\($0)/kept.yaml", Ground.map("kept-\($0)")) }
      let moved = ["/\(one)/one.yaml": Ground.map("one"), "/\(other)/other.yaml": Ground.map("other")]
      return Ground.files(moved.merging(kept) { $1 }.merging(["owners.yaml": owners]) { $1 })
    }
    let findings = judge(side("a", "b"), side("c", "d"))
    #expect(findings.map(\.rule) == ["object-changes-owner"])
    #expect(findings.first?.related.count == 1)
  }

  /// Each a claim's `spec`, what Git has beside it, and how loudly its removal is told.
  static let claims: [(claim: String, others: [String], severity: Severity)] = [
    ("storageClassName: share", [volume("storageClassName: share")], .low),
    ("storageClassName: \"\"", [volume("capacity: {storage: 1Mi}")], .low),
    ("volumeName: share", [volume("storageClassName: other")], .low),
    ("{}", [volume("claimRef: {name: data, namespace: default}")], .low),
    ("{}", [volume("claimRef: {name: data, namespace: other}")], .high),
    ("{}", [volume("capacity: {storage: 1Mi}")], .high),
    ("volumeName: other", [volume("storageClassName: share")], .high),
    ("storageClassName: share", [volume("storageClassName: share\n  persistentVolumeReclaimPolicy: Delete")], .high),
    ("storageClassName: share", [volume("storageClassName: share\n  persistentVolumeReclaimPolicy: Retain")], .low),
    ("storageClassName: share", [volume("storageClassName: share"), provisioner("nfs.csi.k8s.io")], .high),
    (
      "storageClassName: share", [volume("storageClassName: share"), provisioner("kubernetes.io/no-provisioner")], .low
    ),
  ]

  @Test(arguments: claims)
  func `a claim on a volume that Git holds keeps its data`(
    claim: (claim: String, others: [String], severity: Severity)
  ) throws {
    let text =
      Ground.object("v1", "PersistentVolumeClaim", "data", ", namespace: default") + "spec:\n  \(claim.claim)\n"
    let others = ["others.yaml": claim.others.joined(separator: "---\n")]
    let findings = judge(Ground.files(others.merging(["claim.yaml": text]) { $1 }), Ground.files(others))
    #expect(findings.map(\.rule) == ["persistent-volume-removed"])
    #expect(findings.map(\.severity) == [claim.severity])
    #expect(findings.map { $0.message.contains("is kept, with the data on it") } == [claim.severity == .low])
  }

  private static func volume(_ more: String) -> String {
    Ground.object("v1", "PersistentVolume", "share") + "spec:\n  nfs: {server: nas.lan, path: /share}\n  \(more)\n"
  }

  private static func provisioner(_ name: String) -> String {
    Ground.object("storage.k8s.io/v1", "StorageClass", "share") + "provisioner: \(name)\n"
  }

  @Test(arguments: [
    ("prune: false", "the old ones keep running, unmanaged: pruning is off for flux-system/apps."),
    ("suspend: true", "the old ones are deleted as soon as it is resumed."),
    ("wait: true", "the old ones are deleted."),
  ])
  func `objects in an old namespace end as their Kustomization has it`(setting: String, end: String) throws {
    func side(_ namespace: String) -> [String: String] {
      let text = Ground.apps.replacing("  interval: 1h\n", with: "  targetNamespace: \(namespace)\n")
      let kept = setting.hasPrefix("prune") ? text.replacing("  prune: true\n", with: "") : text
      return Ground.files(["apps.yaml": kept.replacing("spec:\n", with: "spec:\n  \(setting)\n")])
    }
    let finding = try #require(judge(side("web"), side("other")).first { $0.rule == "flux-kubeconfig-redirect" })
    #expect(finding.message.hasSuffix(end))
  }

  @Test func `objects that no longer have a namespace are told of by what Flux refuses`() {
    func side(_ more: String) -> [String: String] {
      let text = Ground.apps.replacing("interval: 1h", with: more)
      return Ground.files(["apps.yaml": text, "/apps/map.yaml": Ground.object("v1", "ConfigMap", "bare")])
    }
    #expect(judge(side("targetNamespace: web"), side("interval: 1h")).map(\.rule) == ["namespace-missing"])
  }

  @Test func `objects of a custom kind that no longer have a namespace are not deleted`() {
    func side(_ more: String) -> [String: String] {
      let text = Ground.apps.replacing("interval: 1h", with: more)
      let widgets = Ground.object("example.com/v1", "Widget", "widget")
      return Ground.files(["apps.yaml": text, "/apps/map.yaml": widgets])
    }
    let findings = judge(side("targetNamespace: web"), side("interval: 1h"))
    #expect(findings.map(\.rule) == ["flux-kubeconfig-redirect"])
    #expect(findings.first?.message.hasSuffix("and nothing is applied or deleted.") == true)
  }

  @Test func `a patch of Flux's own manifests that goes is no edit of them`() {
    let path = "clusters/mgmt/flux-system/kustomization.yaml"
    let patch = """
      patches:
      - patch: '[{"op": "add", "path": "/spec/replicas", "value": 2}]'
        target: {kind: Deployment, name: kustomize-controller}

      """
    var before = TestFleet.files
    before[path]?.append(patch)
    #expect(!judge(before, TestFleet.files).contains { $0.rule == "flux-components-edited" })
    var after = TestFleet.files
    after[TestFleet.components] = after[TestFleet.components]?.replacing("{name: manager,", with: "{name: boss,")
    #expect(judge(TestFleet.files, after).contains { $0.rule == "flux-components-edited" })
  }

  @Test func `what another source holds is not looked for in this repository`() throws {
    let root = TestFleet.kustomization("cluster", path: "./clusters/mgmt")
    let foreign = TestFleet.kustomization("remote", path: "./").replacing(
      "{kind: GitRepository, name: flux-system}", with: "{kind: OCIRepository, name: remote}")
    let after = ["clusters/mgmt/root.yaml": root, "clusters/mgmt/prod.yaml": Ground.cluster]
    let before = after.merging(["clusters/mgmt/remote.yaml": foreign]) { $1 }
    let finding = try #require(judge(before, after).first { $0.rule == "flux-sync-removed" })
    #expect(finding.severity == .high)
    #expect(!finding.message.contains("clusters included"))
  }

  @Test func `a Kustomization that only fetches is as grave as one of another repository`() throws {
    let list = ["/apps/kustomization.yaml": "resources: [\"https://example.com/app/install.yaml\"]\n"]
    let before = Ground.files(list.merging(["apps.yaml": Ground.apps]) { $1 })
    let finding = try #require(judge(before, Ground.files(list)).first { $0.rule == "flux-sync-removed" })
    #expect(finding.severity == .high)
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}

/// A cluster that applies its own folder, which always holds a map.
private enum Ground {
  /// - Parameter files: text by path beneath the folder; a path that begins with a slash begins at the root of the tree.
  static func files(_ files: [String: String] = [:], prune: Bool = true) -> [String: String] {
    let named = files.map { ($0.hasPrefix("/") ? String($0.dropFirst()) : "clusters/mgmt/\($0)", $1) }
    return Dictionary(named, uniquingKeysWith: { $1 }).merging([
      "clusters/mgmt/flux-system/gotk-sync.yaml": TestFleet.kustomization(
        "flux-system", path: "./clusters/mgmt", prune: prune),
      "clusters/mgmt/map.yaml": map("map"),
      "apps/map.yaml": map("app"),
    ]) { own, _ in own }
  }

  static let apps = TestFleet.kustomization("apps", path: "./apps")

  static let cluster = object("anywhere.eks.amazonaws.com/v1alpha1", "Cluster", "prod", ", namespace: default")

  static func map(_ name: String) -> String { object("v1", "ConfigMap", name, ", namespace: default") }

  /// - Parameter metadata: what follows the name within the braces.
  static func object(_ apiVersion: String, _ kind: String, _ name: String, _ metadata: String = "") -> String {
    "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: \(name)\(metadata)}\n"
  }
}
