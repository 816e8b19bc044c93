import Policy
import Testing

/// What is said of a FluxInstance, and of a release of the chart that makes one.
@Suite struct FluxInstanceTests {
  private static let base = """
    distribution: {version: 2.x, registry: ghcr.io/fluxcd, artifact: "oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:v0.14.0"}
    components: [source-controller, kustomize-controller, notification-controller]
    cluster: {type: kubernetes, multitenant: true}
    sync: {kind: GitRepository, url: "https://github.com/acme/fleet", ref: refs/heads/main, path: clusters/a, pullSecret: a}

    """

  private static func indented(_ text: String, _ spaces: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 + "\n" }.joined()
  }

  private static func object(_ text: String, isRelease: Bool) -> String {
    isRelease
      ? """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: flux-instance, namespace: flux-system}
      spec:
        interval: 1h
        chartRef: {kind: OCIRepository, name: flux-instance}
        values:
          instance:

      """ + indented(text, 6)
      : """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:

      """ + indented(text, 2)
  }

  private func judge(_ after: String?, isRelease: Bool, asWritten: Bool = false) -> [Finding] {
    let others = [
      "clusters/a/app.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n",
      "clusters/b/app.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: a}\n",
    ]
    func side(_ text: String?) -> [String: String] {
      others.merging(text.map { ["clusters/a/flux.yaml": Self.object($0, isRelease: isRelease)] } ?? [:]) { $1 }
    }
    return Judgement(before: side(Self.base), after: side(after), asWritten: asWritten).findings
  }

  private static func patched(_ patch: String, on target: String = "{kind: Deployment, name: kustomize-controller}")
    -> String
  {
    base + "kustomize:\n  patches:\n  - target: \(target)\n    patch: '\(patch)'\n"
  }

  private static let edits: [(String, String)] = [
    (base.replacing(", kustomize-controller", with: ""), "high flux-components-edited"),
    (base.replacing(", notification-controller", with: ""), "medium flux-components-edited"),
    (base.replacing("ghcr.io/controlplaneio-fluxcd/", with: "example.com/x/"), "critical flux-components-edited"),
    (base.replacing("registry: ghcr.io/fluxcd", with: "registry: example.com/x"), "critical flux-image-override"),
    (base.replacing("multitenant: true", with: "multitenant: false"), "high flux-components-edited"),
    (
      base.replacing("multitenant: true", with: "multitenant: true, networkPolicy: false"), "medium flux-netpol-removed"
    ),
    (base.replacing("path: clusters/a", with: "path: clusters/b"), "critical flux-path-changed"),
    (base.replacing("acme/fleet", with: "mallory/fleet"), "critical flux-source-repointed"),
    (base.replacing("pullSecret: a", with: "pullSecret: b"), "high flux-source-repointed"),
    (
      base.replacing("kind: GitRepository, url: \"https://", with: "kind: OCIRepository, url: \"oci://"),
      "critical flux-source-repointed"
    ),
    (patched("[{op: replace, path: /spec/replicas, value: 0}]"), "high flux-components-edited"),
    (patched("{spec: {template: {spec: {serviceAccountName: helm-controller}}}}"), "high flux-components-edited"),
    (
      patched("[{op: replace, path: /spec/template/spec/containers/0/image, value: x.io/kc:v1}]"),
      "critical flux-image-override"
    ),
    (patched("[{op: replace, path: /spec/prune, value: false}]", on: "{kind: Kustomization}"), "medium flux-prune-off"),
    (patched("[{op: add, path: /spec/suspend, value: true}]", on: "{kind: GitRepository}"), "medium flux-suspended"),
  ]

  @Test(arguments: edits, [true, false])
  func `an edit is told once, be it of the instance or of the release that makes it`(
    edit: (String, String), isRelease: Bool
  ) {
    let found = judge(edit.0, isRelease: isRelease, asWritten: true)
    #expect(found.map { "\($0.severity) \($0.rule)" } == [edit.1], "\(found.map(\.message))")
  }

  @Test(
    arguments: [
      base.replacing("v0.14.0", with: "v0.15.0"),
      base.replacing("ref: refs/heads/main", with: "interval: 1h, ref: refs/heads/main"),
      base.replacing("refs/heads/main", with: "main"),
      base.replacing("clusters/a", with: "./clusters/a"),
      base.replacing("https://github.com/acme/fleet", with: "ssh://git@github.com:22/acme/fleet.git"),
      base.replacing("type: kubernetes", with: "type: kubernetes, networkPolicy: true"),
      base.replacing("[source-controller", with: "[helm-controller, source-controller"),
      patched("[{op: add, path: /spec/template/spec/containers/0/args/-, value: --concurrent=10}]"),
      patched("{spec: {template: {spec: {containers: [{name: manager, resources: {limits: {memory: 2Gi}}}]}}}}"),
      patched(
        "[{op: replace, path: /spec/template/spec/containers/0/image, value: ghcr.io/fluxcd/kustomize-controller:v1}]"),
    ], [true, false])
  func `an ordinary edit is quiet`(after: String, isRelease: Bool) {
    let found = judge(after, isRelease: isRelease, asWritten: true)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test(arguments: [true, false], [true, false])
  func `a sync that goes takes all with it, an instance that goes leaves it`(isRelease: Bool, asWritten: Bool) throws {
    let lines = Self.base.split(separator: "\n").filter { !$0.hasPrefix("sync") }.joined(separator: "\n") + "\n"
    let sync = try #require(
      judge(lines, isRelease: isRelease, asWritten: asWritten).first { $0.rule == "flux-sync-removed" })
    #expect(sync.severity == .critical)
    #expect(sync.remediation.contains("deletionPolicy: Orphan"))
    let gone = try #require(
      judge(nil, isRelease: isRelease, asWritten: asWritten).first { $0.rule == "flux-sync-removed" })
    #expect(gone.severity == .high)
    #expect(gone.message.contains("What Flux applied keeps running"))
  }
}
