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
    if isAlready(old?.text, new?.text, edit) { return nil }
    let changes = edit.builtChanges
    // Objects without the namespace that they need stop all of it, of which `namespace-missing` tells.
    if changes?.contains(where: { NamespaceMissing.refused($0, in: edit.step) != nil }) == true { return nil }
    let stake = edit.stake
    let severity = stake == .plain ? .low : stake.severity(info.severity)
    let end = End(changes ?? [])
    let move =
      new?.text.map { "moves all its objects to namespace \($0)" } ?? "no longer sets the namespace of its objects"
    return edit.change.violation(
      "\(after.title) \(move): \(end.text).", at: "spec.targetNamespace",
      severity: end.stay == nil ? severity : severity.milder,
      sameEdit: "\(old?.text ?? "") \(new?.text ?? "") \(end.stay?.rawValue ?? "")")
  }

  /// What becomes of the objects in the old namespace.
  private struct End {
    /// What keeps all of them from being deleted as soon as Flux reads the change; `nil` where some are.
    let stay: Verdict?
    let text: String

    /// - Parameter changes: the objects that differ between both builds; none where that is not known.
    init(_ changes: [ObjectChange]) {
      let left = changes.filter { $0.after == nil && $0.verdict != .moved }
      let isStopped = !left.isEmpty && left.allSatisfy { [.orphaned, .stalled].contains($0.verdict) }
      stay = left.contains { End.isLeftBare($0, changes) } ? .rejected : isStopped ? left.first?.verdict : nil
      let reason = left.first?.verdictReason.map { ": \($0)" } ?? ""
      text =
        switch stay {
        case .rejected: "Flux's dry-run fails where their kinds need one, and nothing is applied or deleted"
        case .orphaned: "they are created anew and the old ones keep running, unmanaged\(reason)"
        case .some: "they are created anew and the old ones are deleted as soon as it is resumed"
        case nil: "they are created anew and the old ones are deleted"
        }
    }

    /// Whether an object is built without any namespace instead of the one that it had.
    private static func isLeftBare(_ gone: ObjectChange, _ changes: [ObjectChange]) -> Bool {
      guard let old = gone.before?.object, !old.identity.namespace.isEmpty else { return false }
      return changes.contains { other in
        guard other.before == nil, let new = other.after?.object.identity else { return false }
        return new.namespace.isEmpty && new.name == old.identity.name && new.kind == old.identity.kind
      }
    }
  }

  /// Whether all objects have the same namespace without the field, on the side that does not have it.
  private func isAlready(_ old: String?, _ new: String?, _ edit: FluxEdit) -> Bool {
    if let changes = edit.builtChanges { return !changes.contains { $0.after == nil } }
    guard let (before, after) = edit.kept, let name = old ?? new, old == nil || new == nil else { return false }
    let (side, bare): (Side, KustomizationSpec) = old == nil ? (.before, before) : (.after, after)
    let view = side == .before ? edit.step.before : edit.step.after
    if let around = view.kustomization(in: bare.path)?.root["namespace"]?.text { return around == name }
    guard let objects = bare.seenObjects(on: side, in: edit.step), !objects.isEmpty else { return false }
    return objects.allSatisfy { $0.object.identity.namespace == name }
  }
}
