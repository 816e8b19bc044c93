import Policy
import Testing

/// What is said of the sources that Flux applies from, and of the accounts with whose rights.
@Suite struct FluxSourceTests {
  private static let sync = "clusters/mgmt/flux-system/gotk-sync.yaml"

  private static func source(
    _ name: String = "flux-system", _ spec: String = "ref: {branch: main}", url: String = "ssh://git@example.com/fleet"
  ) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 1m
      url: "\(url)"
      \(spec)
    ---

    """
  }

  private static func kustomization(
    _ name: String, _ path: String, source: String = "flux-system", more: String = "interval: 1h"
  ) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: \(path), prune: true, sourceRef: {kind: GitRepository, name: \(source)}, \(more)}
    ---

    """
  }

  @Test(arguments: [
    ("ref: {branch: main, commit: 0a1b2c3d}", Severity.medium), ("ref: {tag: v1.0.0}", .medium),
    ("ref: {branch: wip}", .critical),
  ])
  func `one revision of the same repository is nobody's to move`(ref: String, severity: Severity) {
    let before = Self.apps.merging([Self.sync: Self.source() + Self.root]) { $1 }
    let after = Self.apps.merging([Self.sync: Self.source("flux-system", ref) + Self.root]) { $1 }
    let findings = Judgement(before: before, after: after).findings.filter { $0.rule == "flux-source-repointed" }
    #expect(findings.map(\.severity) == [severity])
  }

  @Test(arguments: [("oci://ghcr.io/acme/manifests/fleet", 1), ("oci://ghcr.io/acme/team/deploy", 0)])
  func `an artifact under the name of the repository is made of it, whatever the cluster`(url: String, count: Int) {
    func namespace(_ name: String) -> String { "apiVersion: v1\nkind: Namespace\nmetadata: {name: \(name)}\n" }
    let apps = Self.kustomization("team", "./deploy", source: "team", more: "targetNamespace: team")
      .replacing("kind: GitRepository", with: "kind: OCIRepository")
    let source = Self.source("team", url: url).replacing("kind: GitRepository", with: "kind: OCIRepository")
    let before = [
      "clusters/a/flux-system/gotk-sync.yaml": Self.source() + Self.kustomization("flux-system", "./clusters/a"),
      "clusters/b/flux-system/gotk-sync.yaml": Self.source() + Self.kustomization("flux-system", "./clusters/b"),
      "tenants/team.yaml": source + apps,
    ]
    let after = before.merging(["deploy/namespace.yaml": namespace("web")]) { $1 }
    let found = Judgement(before: before, after: after, asWritten: true).findings
    #expect(found.filter { $0.rule == "namespace-under-target-namespace" }.count == count)
  }

  @Test func `a tenant's source is called like its namespace`() {
    func fleet(_ branch: String) -> [String: String] {
      let team = Self.source("team", "ref: {branch: \(branch)}", url: "ssh://git@example.com/team")
        .replacing("namespace: flux-system", with: "namespace: team")
      let sync = Self.kustomization("team", "./", source: "team").replacing(
        "namespace: flux-system", with: "namespace: team")
      return Self.apps.merging([Self.sync: Self.source() + Self.root, "clusters/mgmt/team.yaml": team + sync]) { $1 }
    }
    let findings = Judgement(before: fleet("main"), after: fleet("wip")).findings
    #expect(findings.filter { $0.rule == "flux-source-repointed" }.map(\.severity) == [.high])
  }

  private static let root = kustomization("flux-system", "./clusters/mgmt")
  private static let apps = [
    "clusters/mgmt/apps.yaml": kustomization("apps", "./apps"),
    "apps/data.yaml": "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: apps}\n",
  ]

  private func judge(_ before: [String: String], _ after: [String: String]) -> [String] {
    let findings = Judgement(
      before: Self.apps.merging(before) { $1 }, after: Self.apps.merging(after) { $1 }
    ).findings
    return findings.map { "\($0.severity) \($0.rule): \($0.message)" }
  }

  @Test func `the source of the root that goes or is renamed leaves Kustomizations without one`() {
    let before = [Self.sync: Self.source() + Self.root]
    let gone = judge(before, [Self.sync: Self.root])
    #expect(gone.count == 1)
    #expect(gone.first?.hasPrefix("high flux-sync-removed: GitRepository flux-system/flux-system is removed") == true)
    #expect(gone.first?.contains("no edit in Git brings it back") == true)
    let renamed = [
      Self.sync: Self.source("fleet") + Self.kustomization("flux-system", "./clusters/mgmt", source: "fleet")
    ]
    let left = judge(before, renamed)
    #expect(left.count == 1, "\(left)")
    #expect(left.first?.contains("from which Flux Kustomization flux-system/apps still applies") == true)
    let all = renamed.merging(["clusters/mgmt/apps.yaml": Self.kustomization("apps", "./apps", source: "fleet")]) { $1 }
    #expect(judge(before, all).isEmpty)
  }

  @Test func `a source that goes with the Kustomization that applies from it is no loss of its own`() {
    let foreign = "clusters/mgmt/other.yaml"
    let own = [Self.sync: Self.source() + Self.root]
    let user = Self.kustomization("other", "./deploy", source: "other")
    let before = own.merging([foreign: Self.source("other", url: "https://example.com/other") + user]) { $1 }
    #expect(judge(before, own).allSatisfy { !$0.contains("GitRepository flux-system/other is removed") })
    let left = judge(before, own.merging([foreign: user]) { $1 })
    #expect(left.first?.hasPrefix("high flux-sync-removed: GitRepository flux-system/other is removed") == true)
  }

  @Test(arguments: [
    ("[clusters/mgmt]", "high", "flux-system/apps no longer finds all files and stalls"),
    ("[apps, clusters/mgmt/flux-system]", "critical", "Flux deletes Kustomization flux-system/apps"),
    ("[nothing]", "high", "stall"),
    ("[./apps/, clusters]", "", ""),
  ])
  func `a checkout of some folders is told where it leaves out what is applied`(
    folders: String, severity: String, fate: String
  ) {
    let before = [Self.sync: Self.source() + Self.root]
    let found = judge(
      before, [Self.sync: Self.source("flux-system", "sparseCheckout: \(folders)\n  ref: {branch: main}") + Self.root])
    #expect(found.count == (severity.isEmpty ? 0 : 1), "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("\(severity) sourceignore-hides-config") && $0.contains(fate) }, "\(found)")
  }

  @Test(arguments: [
    ("ref: {name: refs/heads/main}", "ssh://git@example.com/fleet"),
    ("ref: {branch: main}", "ssh://git@example.com:22/fleet"),
    ("ref: {branch: main}", "https://example.com:443/fleet.git"),
  ])
  func `the same source by its full name or with the usual port is no other`(spec: String, url: String) {
    let before = [Self.sync: Self.source() + Self.root]
    let found = judge(before, [Self.sync: Self.source("flux-system", spec, url: url) + Self.root])
    #expect(found.isEmpty, "\(found)")
  }

  @Test(arguments: ["ref: {name: refs/heads/dev}", "ref: {name: refs/pull/1/head}"])
  func `another reference by its full name is another source`(spec: String) {
    let found = judge([Self.sync: Self.source() + Self.root], [Self.sync: Self.source("flux-system", spec) + Self.root])
    #expect(found.first?.hasPrefix("critical flux-source-repointed") == true)
  }

  @Test(arguments: [
    ("https://charts.acme.io", "oci://ghcr.io/acme/charts", "low"),
    ("https://acme.github.io/x", "https://charts.acme.io/x", "low"),
    ("https://charts.bitnami.com/bitnami", "oci://registry-1.docker.io/bitnamicharts", "low"),
    ("https://acme.github.io/x", "https://mallory.github.io/x", "low"),
    ("https://charts.acme.io", "https://charts.mallory.io", "low"),
    ("oci://registry:5000/charts", "oci://mirror:5000/charts", "low"),
    ("https://10.0.0.1/a", "https://10.0.0.2/a", "low"),
    ("oci://ghcr.io/acme/charts", "oci://ghcr.io/mallory/charts", "low"),
    ("https://charts.acme.io", "https://charts.acme.io/", ""),
  ])
  func `a chart repository is told in a low voice, its spelling not at all`(old: String, new: String, severity: String)
  {
    func side(_ url: String) -> [String: String] {
      [
        "apps/charts.yaml":
          "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: a, namespace: apps}\nspec: {url: \"\(url)\"}\n"
      ]
    }
    let found = judge(side(old), side(new))
    #expect(found.map { $0.prefix { $0 != " " } } == (severity.isEmpty ? [] : [severity[...]]), "\(found)")
  }

  @Test func `a release that takes its chart from another owner is told, one that takes another chart is not`() {
    func repository(_ name: String) -> String {
      "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: \(name), namespace: apps}\nspec: {url: \"https://\(name).github.io/charts\"}\n---\n"
    }
    func side(_ chart: String, _ source: String) -> [String: String] {
      [
        "apps/web.yaml": repository("acme") + repository("mallory")
          + "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: apps}\nspec: {chart: {spec: {chart: \(chart), sourceRef: {kind: HelmRepository, name: \(source)}}}}\n"
      ]
    }
    #expect(
      judge(side("web", "acme"), side("web", "mallory")).map { $0.prefix { $0 != ":" } } == [
        "low flux-source-repointed"
      ])
    let other = judge(side("web", "acme"), side("other", "mallory")).map { $0.prefix { $0 != ":" } }
    #expect(other == ["medium helm-release-retargeted"])
    let missing = judge(side("web", "acme"), side("web", "nobody"))
    #expect(missing.first?.contains("which is not in the repository") == true)
  }

  @Test(arguments: [
    ("serviceAccountName: team", "interval: 1h", true), ("interval: 1h", "serviceAccountName: team", false),
    ("serviceAccountName: team", "serviceAccountName: other", false),
    ("serviceAccountName: team", "serviceAccountName: kustomize-controller", true),
  ])
  func `a tenant that loses its account is applied with Flux's rights`(old: String, new: String, isTold: Bool) {
    func side(_ more: String) -> [String: String] {
      [
        Self.sync: Self.source() + Self.root,
        "clusters/mgmt/team.yaml": Self.kustomization("team", "./apps", more: more),
      ]
    }
    let found = judge(side(old), side(new)).filter { $0.contains("tenant-guard-removed") }
    #expect(found.isEmpty != isTold, "\(found)")
  }

  @Test func `a remote patch takes no object out of the build`() {
    func side(_ more: String) -> [String: String] {
      [Self.sync: Self.source() + Self.root, "apps/kustomization.yaml": "resources: [data.yaml]\n\(more)"]
    }
    let found = judge(side(""), side("patches: [{path: \"https://raw.example.com/a/p.yaml\"}]\n"))
    #expect(found.map { $0.prefix { $0 != ":" } } == ["high remote-base"], "\(found)")
  }

  @Test func `the release of an installation or of its operator is no chart like others`() {
    func side(_ chart: String) -> [String: String] {
      [
        Self.sync: Self.source() + Self.root,
        "clusters/mgmt/chart.yaml":
          "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: flux-system}\nspec: {chart: {spec: {chart: \(chart), sourceRef: {kind: HelmRepository, name: a}}}}\n",
      ]
    }
    let none = [Self.sync: Self.source() + Self.root]
    #expect(judge(side("flux2"), none).first?.hasPrefix("critical flux-components-edited") == true)
    #expect(judge(side("flux-operator"), none).first?.hasPrefix("high flux-components-edited") == true)
    #expect(judge(side("podinfo"), none).isEmpty)
    let handover = side("flux-operator").merging(
      side("flux-operator").filter { $0.key.contains("chart") }.mapValues {
        $0.replacing("name: a, namespace", with: "name: b, namespace")
      }
    ) { $1 }
    #expect(judge(side("flux2"), handover).contains { $0.hasPrefix("medium flux-components-edited") })
  }
}
