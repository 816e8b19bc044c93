internal import Flux
internal import Manifests
internal import Policy

/// A marker of Flux, kustomize or EKS Anywhere that a transformer writes to every object.
struct MarkerInjected: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "marker-injected-globally", .high, .flux,
    summary: "Common annotations or labels put a marker of Flux or EKS Anywhere on every object.",
    why: """
      Such markers pause clusters, lift delete guards, force recreation or take objects out of Flux's hands. Written \
      by a \
      transformer they reach every object beneath it, with no edit in any manifest.
      """,
    remediation: "Put the marker on the one object that needs it, and remove it from the common annotations or labels.",
    references: [References.fluxControl, References.kustomizeFields],
    examples: [
      .file(
        "all clusters are paused", "clusters/mgmt/kustomization.yaml", before: "resources: [prod]\n",
        after: "resources: [prod]\ncommonAnnotations: {anywhere.eks.amazonaws.com/paused: ⟦\"true\"⟧}\n"),
      .sync(
        "all objects lose reconciliation", before: Samples.flux(),
        after: Samples.flux(
          spec: "commonMetadata: {annotations: {kustomize.toolkit.fluxcd.io/reconcile: ⟦disabled⟧}}")),
      Example(
        "the guard of every object moves to the kustomization",
        before: [
          "apps/web.yaml": Samples.object(
            "v1", "Namespace", "web", annotations: "kustomize.toolkit.fluxcd.io/prune: disabled"),
          "apps/kustomization.yaml": "resources: [web.yaml]\n",
        ],
        after: [
          "apps/web.yaml": Samples.object("v1", "Namespace", "web"),
          "apps/kustomization.yaml":
            "resources: [web.yaml]\ncommonAnnotations: {kustomize.toolkit.fluxcd.io/prune: disabled}\n",
        ]),
      .file(
        "a team is noted", "clusters/mgmt/kustomization.yaml", before: "resources: [prod]\n",
        after: "resources: [prod]\ncommonAnnotations: {team: platform}\n"),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.kustomizations.flatMap { judge($0, step) } + step.objects.flatMap(judge)
  }

  private func judge(_ change: KustomizationChange, _ step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let old = change.before.map { MarkerInjected.markers($0.root) } ?? [:]
    return MarkerInjected.markers(after.root).sorted { $0.key < $1.key }.compactMap { key, node in
      if let was = old[key], was.means(node) { return nil }
      if key == FluxKind.marker("prune"), MarkerInjected.isOnAll(after.folder, node, step.before) { return nil }
      return Violation(
        "\(after.path) puts \(key) on every object beneath it\(effect(key)).", field: FieldPath([.key(key)]),
        before: old[key]?.text, after: node.text, location: Location(path: after.path, side: .after, span: node.span),
        fingerprintExtra: after.path)
    }
  }

  private func judge(_ change: ObjectChange) -> [Violation] {
    guard let after = change.after, after.object.groupKind == FluxKind.kustomization else { return [] }
    return ["annotations", "labels"].flatMap { holder -> [Violation] in
      let path = FieldPath("spec.commonMetadata").key(holder)
      return (after.object.root.value(at: path)?.entries ?? []).compactMap { entry in
        guard isMarker(entry.name, entry.value) else { return nil }
        if let was = change.before?.object.root.value(at: path.key(entry.name)), was.means(entry.value) { return nil }
        return change.violation(
          "\(KustomizationSpec(after).title) puts \(entry.name) on every object that it applies\(effect(entry.name)).",
          at: path.key(entry.name))
      }
    }
  }

  /// Whether every object beneath a folder had its own guard before, with the value that all of them get now.
  private static func isOnAll(_ folder: String, _ value: Node, _ view: any StateView) -> Bool {
    let objects = view.objects(under: folder)
    let text = value.text?.lowercased() ?? ""
    return !objects.isEmpty && objects.allSatisfy { $0.object.guardMarker("prune", [text]) != nil }
  }

  /// The markers among common annotations and labels, by name.
  private static func markers(_ root: Node) -> [String: Node] {
    var found: [String: Node] = [:]
    let pairs = (root["labels"]?.items ?? []).compactMap { $0["pairs"] }
    for holder in [root["commonAnnotations"], root["commonLabels"]].compactMap({ $0 }) + pairs {
      for entry in holder.entries where isMarker(entry.name, entry.value) { found[entry.name] = entry.value }
    }
    return found
  }

  private func isMarker(_ name: String, _ value: Node) -> Bool { MarkerInjected.isMarker(name, value) }

  private static func isMarker(_ name: String, _ value: Node) -> Bool {
    let harmless = ["enabled", "merge", "false"]
    return names.contains(name) && !harmless.contains(value.text?.lowercased() ?? "")
      || name == FluxKind.marker("force") && value.text?.lowercased() == "enabled"
  }

  private static let names: Set<String> = Set(
    ["prune", "reconcile", "ssa"].map(FluxKind.marker)
      + [
        "paused", "managed-by-cli", "allow-delete-when-paused", "skip-eksa-version-skew-check", "skip-ip-check",
        "control-plane", "etcd", "managed-by",
      ].map(EKSAnywhere.annotation))

  private func effect(_ name: String) -> String {
    switch name {
    case FluxKind.marker("reconcile"), FluxKind.marker("ssa"): ": Flux skips every edit of them from now on"
    case FluxKind.marker("prune"): ": what leaves Git keeps running, unmanaged"
    case FluxKind.marker("force"): ": Flux deletes and recreates what it cannot update"
    case EKSAnywhere.annotation("paused"): ": EKS Anywhere ignores them, and immutable fields can be edited"
    default: ""
    }
  }
}
