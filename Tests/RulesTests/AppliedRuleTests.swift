import Flux
import Manifests
import Policy
import Rules
import Testing

/// What the rules say of edits whose effect only the applied state shows: real accidents, and ordinary days.
@Suite struct AppliedRuleTests {
  @Test func `an application that leaves with its line and folder is said quietly`() {
    var after = Home.files
    for path in after.keys where path.hasPrefix("kubernetes/apps/default/echo/") { after[path] = nil }
    after["kubernetes/apps/default/kustomization.yaml"] = "resources: [./web/ks.yaml]\nnamespace: default\n"
    let findings = judge(Home.files, after)
    #expect(findings.map(\.rule) == ["flux-sync-removed"])
    #expect(findings.allSatisfy { $0.severity == .low })
  }

  @Test func `an application that comes says nothing`() {
    var before = Home.files
    for path in before.keys where path.hasPrefix("kubernetes/apps/default/echo/") { before[path] = nil }
    before["kubernetes/apps/default/kustomization.yaml"] = "resources: [./web/ks.yaml]\nnamespace: default\n"
    #expect(judge(before, Home.files).isEmpty)
  }

  @Test(arguments: ["tag: 1.0.0 > tag: 1.1.0", "interval: 1h > interval: 30m", "wait: true > wait: false"])
  func `an ordinary day says nothing`(edit: String) {
    let parts = edit.split(separator: ">").map { $0.trimmingPrefix(" ") }
    let (from, to) = (String(parts[0]).dropLast(), String(parts[1]))
    let after = Home.files.mapValues { $0.replacing(from, with: to) }
    #expect(after != Home.files)
    #expect(judge(Home.files, after).isEmpty)
  }

  @Test func `a sync that goes with its whole folder deletes nothing yet`() {
    let before = [
      "clusters/mgmt/flux-system/gotk-sync.yaml": Samples.sync,
      "clusters/mgmt/map.yaml": Home.object("v1", "ConfigMap", "a"),
    ]
    let findings = judge(before, ["README.md": ""]).filter { $0.rule == "flux-sync-removed" }
    #expect(findings.map(\.verdict) == [.pathMissing])
    #expect(findings.allSatisfy { $0.severity < .critical })
  }

  @Test func `an application that was never applied may go without a word`() {
    var before = Home.files
    before["archive/old/ks.yaml"] = Home.kustomization("old", path: "./archive/old/app")
    before["archive/old/app/map.yaml"] = Home.object("v1", "ConfigMap", "old")
    #expect(judge(before, Home.files).isEmpty)
  }

  @Test func `a folder moved with its Kustomization's path changes nothing`() {
    var after = Home.files.filter { !$0.key.hasPrefix("kubernetes/apps/default/web/app") }
    for (path, text) in Home.files where path.hasPrefix("kubernetes/apps/default/web/app") {
      after[path.replacing("default/web/app", with: "default/web/main")] = text
    }
    after["kubernetes/apps/default/web/ks.yaml"] = Home.kustomization("web", path: "./kubernetes/apps/default/web/main")
    #expect(judge(Home.files, after).isEmpty)
  }

  @Test func `a claim that leaves is told with what becomes of it`() throws {
    var before = Home.files
    before["kubernetes/apps/default/web/app/claim.yaml"] = Home.object("v1", "PersistentVolumeClaim", "data")
    before["kubernetes/apps/default/web/app/kustomization.yaml"] = "resources: [release.yaml, claim.yaml]\n"
    let finding = try #require(judge(before, Home.files).first { $0.rule == "persistent-volume-removed" })
    #expect(finding.verdict == .pruned)
    #expect(finding.severity == .high)
  }

  @Test func `a claim with a live guard is an orphan, and milder`() throws {
    var before = Home.files
    before["kubernetes/apps/default/web/app/claim.yaml"] = """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: data
        annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}
      """
    before["kubernetes/apps/default/web/app/kustomization.yaml"] = "resources: [release.yaml, claim.yaml]\n"
    let findings = judge(before, Home.files)
    let finding = try #require(findings.first { $0.rule == "persistent-volume-removed" })
    #expect(finding.verdict == .orphaned)
    #expect(finding.severity == .medium)
    #expect(findings.contains { $0.rule == "object-orphaned" })
  }

  @Test func `two clusters with Kustomizations of one name are not mixed up`() {
    let before = [
      "main/flux/ks.yaml": Home.kustomization("cluster", path: "./main/flux"),
      "main/flux/map.yaml": Home.object("v1", "ConfigMap", "a"),
      "storage/flux/ks.yaml": Home.kustomization("cluster", path: "./storage/flux"),
      "storage/flux/map.yaml": Home.object("v1", "ConfigMap", "b"),
    ]
    var after = before
    after["storage/flux/more.yaml"] = Home.object("v1", "ConfigMap", "c")
    #expect(judge(before, after).isEmpty)
  }

  @Test func `a listed file that goes stalls instead of deleting`() {
    var after = Home.files
    after["kubernetes/apps/default/web/app/release.yaml"] = nil
    let findings = judge(Home.files, after)
    #expect(findings.contains { $0.rule == "listed-file-missing" && $0.verdict == .stalled })
  }

  @Test func `a namespace set by a patch of all children is one finding`() {
    var after = Home.files
    after["kubernetes/flux/ks.yaml"] = Home.root.replacing(
      "  prune: true\n",
      with: """
          prune: true
          patches:
          - patch: |
              - op: replace
                path: /spec/prune
                value: false
            target: {kind: Kustomization}

        """)
    let findings = judge(Home.files, after).filter { $0.rule == "flux-prune-off" }
    #expect(findings.count == 1)
    #expect(findings.first?.location?.path == "kubernetes/flux/ks.yaml")
    #expect(findings.first?.message.hasSuffix("It reaches 1 more object.") == true)
  }

  @Test func `a repository whose folders all move under another root says nothing`() {
    let before = [
      "main/flux/ks.yaml": Home.kustomization("cluster", path: "./main/flux"),
      "main/flux/web.yaml": Home.kustomization("web", path: "./main/web").replacing(
        "prune: true", with: "prune: false"),
      "main/web/map.yaml": Home.object("v1", "ConfigMap", "map"),
    ]
    var after: [String: String] = [:]
    for (path, text) in before { after[path.replacing("main/", with: "")] = text.replacing("main/", with: "") }
    let elsewhere: (String) -> String = { $0.replacing("targetNamespace: default", with: "targetNamespace: media") }
    #expect(
      judge(before.mapValues(elsewhere), after.mapValues(elsewhere)).filter { $0.rule == "flux-path-changed" }.map(
        \.message
      ).isEmpty)
  }

  @Test func `a generated map of other content is no orphan`() {
    var before = Home.files
    before["kubernetes/apps/default/web/ks.yaml"] = Home.kustomization("web", path: "./kubernetes/apps/default/web/app")
      .replacing("prune: true", with: "prune: false")
    let list = "resources: [release.yaml]\nconfigMapGenerator: [{name: settings, literals: [mode=slow]}]\n"
    before["kubernetes/apps/default/web/app/kustomization.yaml"] = list
    var after = before
    after["kubernetes/apps/default/web/app/kustomization.yaml"] = list.replacing("slow", with: "fast")
    #expect(judge(before, after).isEmpty)
    after["kubernetes/apps/default/web/app/kustomization.yaml"] = "resources: [release.yaml]\n"
    #expect(judge(before, after).map(\.rule) == ["object-orphaned"])
  }

  @Test func `a check of signatures that goes as a whole is one finding`() {
    let path = "kubernetes/apps/default/web/app/release.yaml"
    let source =
      Home.object("source.toolkit.fluxcd.io/v1", "OCIRepository", "app") + "spec:\n  url: oci://example.com/app\n"
    let verify = "  verify:\n    provider: cosign\n    matchOIDCIdentity: [{issuer: a, subject: b}]\n"
    var before = Home.files
    before[path] = source + verify
    var after = before
    after[path] = source
    #expect(judge(before, after).map(\.rule) == ["verification-removed"])
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}

/// A small repository in the fashion of home clusters: one Kustomization for all, one for each application.
private enum Home {
  static let root = kustomization("cluster-apps", path: "./kubernetes/apps")

  static let files = [
    "kubernetes/flux/ks.yaml": root,
    "kubernetes/apps/default/kustomization.yaml": "resources: [./echo/ks.yaml, ./web/ks.yaml]\nnamespace: default\n",
    "kubernetes/apps/default/echo/ks.yaml": kustomization("echo", path: "./kubernetes/apps/default/echo/app"),
    "kubernetes/apps/default/echo/app/kustomization.yaml": "resources: [release.yaml]\n",
    "kubernetes/apps/default/echo/app/release.yaml": release("echo"),
    "kubernetes/apps/default/web/ks.yaml": kustomization("web", path: "./kubernetes/apps/default/web/app"),
    "kubernetes/apps/default/web/app/kustomization.yaml": "resources: [release.yaml]\n",
    "kubernetes/apps/default/web/app/release.yaml": release("web"),
  ]

  static func kustomization(_ name: String, path: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: \(name)
    spec:
      interval: 1h
      path: \(path)
      prune: true
      targetNamespace: default
      wait: true
      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}

    """
  }

  static func object(_ apiVersion: String, _ kind: String, _ name: String) -> String {
    "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: \(name)}\n"
  }

  private static func release(_ name: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata:
      name: \(name)
    spec:
      chartRef: {kind: OCIRepository, name: app}
      values:
        image:
          tag: 1.0.0

    """
  }
}

private enum Samples {
  static let sync = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, url: "ssh://git@example.com/fleet"}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 10m, path: ./clusters/mgmt, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}

    """
}
