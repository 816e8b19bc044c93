internal import Flux
internal import Manifests
internal import Policy

/// Guards that come too late.
struct GuardTooLate: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "prune-guard-too-late", .high, .flux,
    summary: "Pruning is switched off, or Flux suspended, in the very change that removes objects.",
    why: """
      A guard protects only once it is live in the cluster. Merged together with the removal it is a race: the \
      objects are \
      deleted when Flux builds before it has read its own new settings.
      """,
    remediation: "Merge the guard first, wait until `flux get kustomizations` shows it, then remove the objects.",
    references: [References.fluxPrune, References.fluxControl],
    examples: [
      .fleet(
        "pruning goes off with the cluster", before: ["a.yaml": Samples.cluster(), "b.yaml": keeper],
        after: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "⟦false⟧"), "b.yaml": keeper]),
      .fleet(
        "pruning goes off alone", before: ["a.yaml": Samples.cluster()],
        after: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "false"), "a.yaml": Samples.cluster()]),
    ])

  private static let keeper = Samples.object("v1", "ConfigMap", "keeper")

  func judge(_ step: Change) -> [Violation] { step.fluxEdits.flatMap { judge($0) } + onTheWay(step) + switched(step) }

  /// Kustomizations that one commit of a branch keeps from deleting, with what leaves Git on the branch, although both
  /// ends of it delete: merged together, the switch is never live.
  private func switched(_ step: Change) -> [Violation] {
    guard !step.way.isEmpty else { return [] }
    let told = Set(step.fluxEdits.filter { guardField($0) != nil }.compactMap { $0.change.identity?.key })
    let gone = step.objects.filter { $0.after == nil && $0.verdict != .moved }
    let owners = Set(gone.compactMap { $0.before?.owner?.identity.key }).subtracting(told)
    return owners.compactMap { owner -> Violation? in
      let edits = step.way.filter { $0.identity?.key == owner }.map { FluxEdit($0, in: step) }
      guard let edit = edits.first(where: { guardField($0) != nil }), let field = guardField(edit),
        let loss = Loss(gone.filter { $0.before?.owner?.identity.key == owner }), let first = loss.objects.first
      else { return nil }
      let what = field == "spec.prune" ? "stops deleting" : "is suspended"
      return Violation(
        "\(edit.change.title) \(what) in one commit, and another takes \(loss.title) out of Git: together, the guard is never live.",
        object: first, location: first.nameLocation(side: .before), related: Array(loss.places.dropFirst()),
        verdict: gone.first { $0.before?.object.identity.key == first.object.identity.key }?.known,
        severity: loss.stake == .plain ? .medium : .high, fingerprintExtra: edit.change.title)
    }
  }

  /// The switch that keeps a Kustomization from deleting after an edit and did not before; `nil` where there is none.
  private func guardField(_ edit: FluxEdit) -> FieldPath? {
    guard let (before, after) = edit.kept else { return nil }
    if before.prunes, after["prune"]?.bool == false { return "spec.prune" }
    return !before.isSuspended && after.isSuspended ? "spec.suspend" : nil
  }

  /// Objects that one commit of a branch guards and a later one takes away: merged together, the guard is never live.
  private func onTheWay(_ step: Change) -> [Violation] {
    guard !step.way.isEmpty else { return [] }
    return step.objects.compactMap { change in
      guard let before = change.before, change.after == nil, change.verdict != .moved,
        Guard.pruning(before.object) == nil, !before.isPaused,
        let guardName = step.way(of: change).lazy.compactMap(named).first
      else { return nil }
      let severity: Severity = Stake(of: before.object) == .plain ? .medium : .high
      return Violation(
        "\(change.title) gets \(guardName) in one commit and leaves Git in a later one: together, the guard is too late.",
        object: before, location: before.nameLocation(side: .before), verdict: change.verdict, severity: severity)
    }
  }

  private func named(_ change: ObjectChange) -> String? {
    guard let before = change.before, let after = change.after else { return nil }
    if Guard.pruning(before.object) == nil, let name = Guard.pruning(after.object) { return name }
    return !before.isPaused && after.isPaused ? "a pause" : nil
  }

  private func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let field = guardField(edit) else { return [] }
    let own = before.applied.object.identity.key
    let gone = (edit.step.applied?.changes ?? []).filter {
      $0.after == nil && $0.verdict != .moved && $0.before?.owner?.identity.key == own
    }
    guard let loss = Loss(gone) else { return [] }
    let severity: Severity = loss.stake == .plain ? .medium : .high
    var violation = edit.change.violation(
      "\(after.title) is guarded in the same change that removes \(loss.title): the guard may come too late.",
      at: field,
      severity: severity)
    violation.related = loss.places
    return [violation]
  }
}
