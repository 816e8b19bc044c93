internal import Flux
internal import Manifests
internal import Policy

/// A Flux Kustomization sent to another cluster or namespace.
struct FluxRedirect: KustomizationRule {
  let info = RuleInfo(
    "flux-kubeconfig-redirect", .critical, .flux,
    summary: "A Flux Kustomization is redirected to another cluster or namespace.",
    why: """
      With `kubeConfig` Flux applies and prunes in another cluster, and what it applied here is left unmanaged. With \
      `targetNamespace` every object is created anew in that namespace and the old one is deleted.
      """,
    remediation: """
      Make a new Flux Kustomization with its own path for the other cluster or namespace, and leave the existing one \
      as \
      it is.
      """,
    references: [References.fluxKustomization], groupsSameEdits: true,
    examples: [
      .sync(
        "another cluster is the target", before: Samples.flux(),
        after: Samples.flux(spec: "kubeConfig: ⟦{secretRef: {name: other}}⟧")),
      .sync(
        "another namespace is the target", before: Samples.flux(),
        after: Samples.flux(spec: "targetNamespace: ⟦platform⟧")),
      .sync("the timeout changes", before: Samples.flux(), after: Samples.flux(spec: "timeout: 3m")),
      .file(
        "the namespace that all objects have is written out", "flux/app.yaml",
        before: Samples.flux("app", path: "./app"),
        after: Samples.flux("app", path: "./app", spec: "targetNamespace: web"),
        others: ["app/config.yaml": Samples.object("v1", "ConfigMap", "app", namespace: "web")]),
    ])

  func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept else { return [] }
    return [judgeCluster(edit, before, after), judgeNamespace(edit, before, after)].compactMap { $0 }
  }

  private func judgeCluster(_ edit: FluxEdit, _ before: KustomizationSpec, _ after: KustomizationSpec) -> Violation? {
    let old = before["kubeConfig"]
    let new = after["kubeConfig"]
    switch (old, new) {
    case (nil, nil): return nil
    case (let old?, let new?) where old.means(new): return nil
    default: break
    }
    let target = new == nil ? "its own cluster" : "another cluster"
    return edit.change.violation(
      "\(after.title) applies and prunes in \(target) from now on; what it applied so far is left unmanaged.",
      at: "spec.kubeConfig")
  }

  private func judgeNamespace(_ edit: FluxEdit, _ before: KustomizationSpec, _ after: KustomizationSpec) -> Violation? {
    let old = before["targetNamespace"]
    let new = after["targetNamespace"]
    guard old?.text != new?.text, old?.isUnknown != true, new?.isUnknown != true else { return nil }
    if let name = (new ?? old)?.text, isAlready(name, after, edit) { return nil }
    let stake = edit.stake
    let move =
      new?.text.map { "moves all its objects to namespace \($0)" } ?? "no longer sets the namespace of its objects"
    return edit.change.violation(
      "\(after.title) \(move): they are created anew and the old ones are deleted.", at: "spec.targetNamespace",
      severity: stake == .plain ? .low : stake.severity(info.severity))
  }

  /// Whether all objects have this namespace anyhow.
  private func isAlready(_ name: String, _ after: KustomizationSpec, _ edit: FluxEdit) -> Bool {
    if let changes = edit.builtChanges { return !changes.contains { $0.after == nil } }
    let step = edit.step
    if step.after.kustomization(in: after.path)?.root["namespace"]?.text == name { return true }
    guard let objects = after.seenObjects(on: .after, in: step), !objects.isEmpty else { return false }
    return objects.allSatisfy { $0.object.identity.namespace == name }
  }
}
