import TestSupport
import Testing

/// Accidents that happened to real Flux repositories, as edits of a small one: each is told before the merge.
@Suite struct IncidentTests {
  /// An edit, the rule that tells of it and what else must hold.
  struct Incident: CustomTestStringConvertible {
    let title: String
    let before: [String: String]
    let after: [String: String]
    let rule: String
    var severity = "high"
    var verdict: String?
    var testDescription: String { title }
  }

  @Test(arguments: incidents)
  func `an accident of the past is told before the merge`(_ incident: Incident) throws {
    let report = try Edit(Home.base.merging(incident.before) { $1 }, Home.base.merging(incident.after) { $1 }).review()
    let found = report.findings.filter { $0["rule"].text == incident.rule }
    #expect(found.count == 1, "\(report.rules)")
    #expect(found.first?["severity"].text == incident.severity, "\(incident.rule)")
    if let verdict = incident.verdict { #expect(found.first?["verdict"].text == verdict) }
    #expect(report.status == (["critical", "high"].contains(incident.severity) ? 1 : report.status))
  }

  private static let apps = Home.flux("apps", path: "apps")
  private static let map = Home.object("ConfigMap", "a")
  private static let claim = Home.object("PersistentVolumeClaim", "data", namespace: "media")

  private static let overlay = [
    "apps/kustomization.yaml": "resources: [../base]\n", "base/kustomization.yaml": "resources: [ns.yaml, a.yaml]\n",
    "base/ns.yaml": Home.object("Namespace", "media", namespace: nil), "base/a.yaml": map,
  ]

  static let incidents = [
    Incident(
      title: "a new kustomization.yaml ends the search of a folder and lists one file of many",
      before: ["clusters/hq/prod.yaml": Manifest.cluster(), "clusters/hq/a.yaml": map],
      after: [
        "clusters/hq/prod.yaml": Manifest.cluster(), "clusters/hq/a.yaml": map,
        "clusters/hq/kustomization.yaml": "resources: [flux-system, a.yaml]\n",
      ], rule: "root-kustomization-introduced", severity: "critical"),
    Incident(
      title: "a Kustomization is renamed, and all it applied is deleted and made again",
      before: ["clusters/hq/apps.yaml": apps, "apps/a.yaml": claim],
      after: ["clusters/hq/apps.yaml": Home.flux("applications", path: "apps"), "apps/a.yaml": claim],
      rule: "flux-kustomization-renamed"),
    Incident(
      title: "a Kustomization moves to another namespace, and its claims are deleted",
      before: ["clusters/hq/apps.yaml": apps, "apps/a.yaml": claim],
      after: ["clusters/hq/apps.yaml": Home.flux("apps", path: "apps", namespace: "media"), "apps/a.yaml": claim],
      rule: "flux-kustomization-renamed"),
    Incident(
      title: "a manifest moves from one Kustomization's folder to another's",
      before: [
        "clusters/hq/apps.yaml": apps, "clusters/hq/more.yaml": Home.flux("more", path: "more"), "apps/a.yaml": map,
        "apps/claim.yaml": claim, "more/b.yaml": Home.object("ConfigMap", "b"),
      ],
      after: [
        "clusters/hq/apps.yaml": apps, "clusters/hq/more.yaml": Home.flux("more", path: "more"), "apps/a.yaml": map,
        "more/claim.yaml": claim, "more/b.yaml": Home.object("ConfigMap", "b"),
      ], rule: "object-changes-owner", verdict: "moved"),
    Incident(
      title: "a Namespace under targetNamespace: flux-system is renamed to it, and its removal deletes Flux",
      before: [
        "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["targetNamespace: flux-system"]),
        "apps/a.yaml": map,
      ],
      after: [
        "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["targetNamespace: flux-system"]),
        "apps/a.yaml": map, "apps/ns.yaml": Home.object("Namespace", "media", namespace: nil),
      ], rule: "namespace-under-target-namespace"),
    Incident(
      title: "targetNamespace: flux-system comes to a Kustomization that reaches a Namespace through an overlay",
      before: overlay.merging(["clusters/hq/apps.yaml": apps]) { $1 },
      after: overlay.merging([
        "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["targetNamespace: flux-system"])
      ]) { $1 }, rule: "namespace-under-target-namespace"),
    Incident(
      title: "a Kustomization is taken out in a tidy-up while its folder stays",
      before: ["clusters/hq/apps.yaml": apps, "apps/prod.yaml": Manifest.cluster()],
      after: ["apps/prod.yaml": Manifest.cluster()], rule: "flux-sync-removed", severity: "critical"),
    Incident(
      title: "a Namespace leaves the built set",
      before: ["clusters/hq/ns.yaml": Home.object("Namespace", "media", namespace: nil), "clusters/hq/a.yaml": map],
      after: ["clusters/hq/a.yaml": map], rule: "namespace-removed", verdict: "pruned"),
    Incident(
      title: "a CustomResourceDefinition leaves the built set with everything of its kind",
      before: [
        "clusters/hq/crd.yaml": Home.object(
          "CustomResourceDefinition", "gitrepositories.source.toolkit.fluxcd.io", namespace: nil,
          apiVersion: "apiextensions.k8s.io/v1"), "clusters/hq/a.yaml": map,
      ],
      after: ["clusters/hq/a.yaml": map], rule: "crd-removed", verdict: "pruned"),
    Incident(
      title: "a manifest copied from a cluster brings Flux's owner labels along",
      before: ["clusters/hq/a.yaml": map],
      after: [
        "clusters/hq/a.yaml": map,
        "clusters/hq/b.yaml": Home.object(
          "ConfigMap", "b",
          more: "labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux-system}"),
      ], rule: "owner-labels-in-source", severity: "medium"),
    Incident(
      title: "a FluxInstance loses its sync",
      before: ["clusters/hq/instance.yaml": instance(sync: true)],
      after: ["clusters/hq/instance.yaml": instance(sync: false)], rule: "flux-sync-removed", severity: "critical"),
    Incident(
      title: "an object without a namespace goes to an owner with another target namespace",
      before: [
        "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["prune: true", "targetNamespace: media"]),
        "clusters/hq/more.yaml": Home.flux("more", path: "more"),
        "apps/a.yaml": Home.object("ConfigMap", "a", namespace: nil), "apps/b.yaml": Home.object("ConfigMap", "b"),
        "more/c.yaml": Home.object("ConfigMap", "c"),
      ],
      after: [
        "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["prune: true", "targetNamespace: media"]),
        "clusters/hq/more.yaml": Home.flux("more", path: "more"),
        "more/a.yaml": Home.object("ConfigMap", "a", namespace: nil), "apps/b.yaml": Home.object("ConfigMap", "b"),
        "more/c.yaml": Home.object("ConfigMap", "c"),
      ], rule: "namespace-missing"),
    Incident(
      title: "removing a workload cluster takes the management cluster's folder along",
      before: [
        "clusters/hq/w1/eksa-cluster.yaml": Manifest.cluster("w1"),
        "clusters/hq/hq/eksa-cluster.yaml": Manifest.cluster("hq"),
        "clusters/hq/machines.yaml": Manifest.machineConfigs,
      ],
      after: ["clusters/hq/machines.yaml": Manifest.machineConfigs], rule: "mgmt-cluster-removed",
      severity: "critical"),
    Incident(
      title: "a tenant that no longer may be deleted stays when its manifest goes",
      before: [
        "clusters/hq/a.yaml": map,
        "clusters/hq/tenant.yaml": Home.object(
          "PersistentVolumeClaim", "tenant", more: "annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}"),
      ],
      after: ["clusters/hq/a.yaml": map], rule: "object-orphaned", severity: "low", verdict: "orphaned"),
    Incident(
      title: "a folder is deleted while a Kustomization still points at it",
      before: ["clusters/hq/apps.yaml": apps, "apps/a.yaml": map], after: ["clusters/hq/apps.yaml": apps],
      rule: "flux-path-missing", verdict: "path-missing"),
    Incident(
      title: "a Kustomization is pointed at another folder",
      before: ["clusters/hq/apps.yaml": apps, "apps/a.yaml": Manifest.cluster(), "other/b.yaml": map],
      after: [
        "clusters/hq/apps.yaml": Home.flux("apps", path: "other"), "apps/a.yaml": Manifest.cluster(),
        "other/b.yaml": map,
      ], rule: "flux-path-changed", severity: "critical"),
    Incident(
      title: "the branch that Flux follows is changed", before: ["clusters/hq/prod.yaml": Manifest.cluster()],
      after: [
        "clusters/hq/prod.yaml": Manifest.cluster(),
        "clusters/hq/flux-system/gotk-sync.yaml": Manifest.sync.replacing("branch: main", with: "branch: next"),
      ], rule: "flux-source-repointed", severity: "critical"),
    Incident(
      title: "a line is dropped from a kustomization while the file stays",
      before: [
        "clusters/hq/prod/kustomization.yaml": "resources: [cluster.yaml, map.yaml]\n",
        "clusters/hq/prod/cluster.yaml": Manifest.cluster(), "clusters/hq/prod/map.yaml": map,
      ],
      after: [
        "clusters/hq/prod/kustomization.yaml": "resources: [map.yaml]\n",
        "clusters/hq/prod/cluster.yaml": Manifest.cluster(), "clusters/hq/prod/map.yaml": map,
      ], rule: "kustomization-drops-resource", severity: "critical"),
  ]

  private static func instance(sync: Bool) -> String {
    let lines =
      "  sync: {kind: GitRepository, url: 'https://example.com/fleet.git', ref: refs/heads/main, path: clusters/hq}\n"
    return Home.object("FluxInstance", "flux", namespace: "flux-system", apiVersion: "fluxcd.controlplane.io/v1")
      + "spec:\n  distribution: {version: 2.x, registry: ghcr.io/fluxcd}\n" + (sync ? lines : "")
  }
}
