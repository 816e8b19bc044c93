import Policy
import Rules
import Testing

/// A cluster goes over from `flux bootstrap` to the Flux Operator, which makes the same of a FluxInstance.
@Suite struct OperatorHandoverTests {
  private static let sync = "clusters/a/flux-system/gotk-sync.yaml"
  private static let components = "clusters/a/flux-system/gotk-components.yaml"

  private static let bootstrapped = [
    sync: source + "---\n" + kustomization("flux-system", "./clusters/a"),
    components: part("v1", "Namespace", "flux-system") + part("apps/v1", "Deployment", "source-controller")
      + part("apiextensions.k8s.io/v1", "CustomResourceDefinition", "buckets.source.toolkit.fluxcd.io"),
    "clusters/a/apps.yaml": kustomization("apps", "./apps"),
    "apps/data.yaml": "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: apps}\n",
  ]

  private static let operated = bootstrapped.filter { $0.key != sync && $0.key != components }

  @Test(arguments: [instance("clusters/a"), release("clusters/a")], [true, false])
  func `the operator takes over what flux bootstrap wrote`(_ instance: String, asWritten: Bool) throws {
    let after = Self.operated.merging(["clusters/a/flux.yaml": instance]) { $1 }
    let findings = judge(Self.bootstrapped, after, asWritten)
    #expect(findings.map(\.rule) == ["flux-sync-removed"], "\(findings.map(\.message))")
    let finding = try #require(findings.first)
    #expect(finding.severity == .medium)
    #expect(finding.message.contains("is handed over to"))
    #expect(finding.location?.path == Self.sync)
  }

  @Test(arguments: [true, false])
  func `an instance that is there before makes the handover safe`(asWritten: Bool) {
    let instance = ["clusters/a/flux.yaml": Self.instance("clusters/a")]
    let before = Self.bootstrapped.merging(instance) { $1 }
    let findings = judge(before, Self.operated.merging(instance) { $1 }, asWritten)
    #expect(findings.isEmpty, "\(findings.map(\.message))")
  }

  @Test(arguments: [true, false])
  func `an instance of another cluster takes nothing over`(asWritten: Bool) {
    let other = ["clusters/b/flux.yaml": Self.instance("clusters/b")]
    let findings = judge(Self.bootstrapped, Self.operated.merging(other) { $1 }, asWritten)
    #expect(findings.contains { $0.rule == "flux-sync-removed" && $0.severity == .critical })
  }

  @Test func `what the operator does not make is lost as ever`() {
    var after = Self.operated.merging(["clusters/a/flux.yaml": Self.instance("clusters/a")]) { $1 }
    after["clusters/a/apps.yaml"] = nil
    let rules = judge(Self.bootstrapped, after, false).map(\.rule)
    #expect(rules.filter { $0 == "flux-sync-removed" }.count == 2)
    #expect(rules.contains("persistent-volume-removed"))
  }

  private func judge(_ before: [String: String], _ after: [String: String], _ asWritten: Bool) -> [Finding] {
    Judgement(before: before, after: after, asWritten: asWritten).findings
  }

  private static func kustomization(_ name: String, _ path: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: \(path), prune: true, sourceRef: {kind: GitRepository, name: flux-system}}

    """
  }

  private static let source = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {url: "ssh://git@example.com/fleet", ref: {branch: main}}

    """

  private static func part(_ apiVersion: String, _ kind: String, _ name: String) -> String {
    """
    ---
    apiVersion: \(apiVersion)
    kind: \(kind)
    metadata:
      name: \(name)\(["Namespace", "CustomResourceDefinition"].contains(kind) ? "" : "\n  namespace: flux-system")
      labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.6.0}

    """
  }

  private static func synced(_ path: String) -> String {
    "{kind: GitRepository, url: \"ssh://git@example.com/fleet\", ref: refs/heads/main, path: \(path)}"
  }

  private static func instance(_ path: String) -> String {
    """
    apiVersion: fluxcd.controlplane.io/v1
    kind: FluxInstance
    metadata: {name: flux, namespace: flux-system}
    spec:
      distribution: {version: 2.x, registry: ghcr.io/fluxcd}
      sync: \(synced(path))

    """
  }

  private static func release(_ path: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: flux-instance, namespace: flux-system}
    spec:
      interval: 1h
      chartRef: {kind: OCIRepository, name: flux-instance}
      values:
        instance:
          sync: \(synced(path))

    """
  }
}
