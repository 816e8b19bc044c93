internal import Flux
internal import Manifests
internal import Policy

/// A rule about one field of a Flux Kustomization that arms, disarms or stops it. Each is a row of a table.
struct FluxSwitch: KustomizationRule {
  let info: RuleInfo
  let field: FieldPath
  /// What is said of an edit: the end of a sentence that begins with the Kustomization, and a severity.
  let says: @Sendable (_ edit: FluxEdit, _ before: KustomizationSpec, _ after: KustomizationSpec) -> (String, Severity)?
  /// Of which other kinds of objects the field is judged too, and what is said of an edit of one.
  var others: [GroupKind] = []
  var saysOfOther: @Sendable (_ change: ObjectChange, _ step: Change) -> String? = { _, _ in nil }
  /// What a patch of a FluxInstance sets in what the Flux Operator makes, and what is said of that.
  var patched: (value: String, text: String)?

  var kinds: KindSelection { .kinds([FluxKind.kustomization] + others) }

  func judge(_ step: Change) -> [Violation] {
    // Where it is known what is applied, what patches of an instance make of the sync is among the edits.
    let found = step.fluxEdits.flatMap { judge($0) }
    return found
      + step.objects.compactMap { change in
        guard let kind = change.after?.object.groupKind, others.contains(kind) else { return nil }
        return saysOfOther(change, step).map { change.violation("\(change.title) \($0).", at: field) }
      } + (found.isEmpty ? step.instanceEdits.compactMap(judgePatches) : [])
  }

  private func judgePatches(_ edit: InstanceEdit) -> Violation? {
    guard let patched, edit.before != nil,
      let setting = edit.newSettings.first(where: {
        $0.isOfSync && $0.path == field.description.replacing(".", with: "/") && $0.value == patched.value
      })
    else { return nil }
    return edit.violation(
      "A patch of \(edit.change.title): the \(setting.kind ?? "Kustomization") of its sync \(patched.text).",
      at: setting)
  }

  func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let (text, severity) = says(edit, before, after) else { return [] }
    return [edit.change.violation("\(after.title) \(text).", at: field, severity: severity)]
  }

  static let all: [any Rule] = [suspended, pruneOn, pruneOff, deletionPolicy]

  private static let suspended = FluxSwitch(
    info: RuleInfo(
      "flux-suspended", .medium, .flux,
      summary: "A Flux Kustomization, or the source that it applies from, is suspended.",
      why: """
        Git is no longer enforced: edits are not applied, drift stays, and nobody is told. On the Kustomization that \
        applies itself the switch cannot be undone through Git.
        """,
      remediation: "Suspend with `flux suspend kustomization NAME` for the time of the work, not in Git.",
      references: [References.fluxKustomization], groupsSameEdits: true,
      examples: [
        .sync("it is suspended", before: Samples.flux(), after: Samples.flux(spec: "suspend: ⟦true⟧")),
        .sync(
          "its source is suspended", before: Samples.source() + "---\n" + Samples.flux(),
          after: Samples.source(spec: "suspend: ⟦true⟧") + "---\n" + Samples.flux()),
        .sync(
          "it is resumed", before: Samples.flux(spec: "suspend: true"), after: Samples.flux(spec: "suspend: false")),
      ]),
    field: "spec.suspend",
    says: { _, before, after in
      guard !before.isSuspended, after.isSuspended else { return nil }
      let more = after.isSyncRoot ? "; as it applies itself, only a live edit can resume it" : ""
      return ("is suspended: edits in Git have no effect any more\(more)", .medium)
    },
    others: [FluxKind.gitRepository, FluxKind.ociRepository, FluxKind.bucket], saysOfOther: suspendedSource,
    patched: ("true", "is suspended, so that edits in Git have no effect any more"))

  /// What is said of a source that is suspended and that Flux Kustomizations apply from.
  @Sendable private static func suspendedSource(_ change: ObjectChange, _ step: Change) -> String? {
    guard let (before, after) = change.kept, after.object["spec", "suspend"]?.bool == true,
      before.object["spec", "suspend"]?.bool != true, before.object["spec", "suspend"]?.isUnknown != true
    else { return nil }
    switch SourceUse(of: after.object, in: step.after) {
    case .own: return "is suspended: edits in Git have no effect any more, and only a live edit can resume it"
    case .applied, .included: return "is suspended: what Flux applies from it is not updated any more"
    case .charts, .unused: return nil
    }
  }

  private static let pruneOn = FluxSwitch(
    info: RuleInfo(
      "flux-prune-on", .medium, .flux,
      summary: "A Flux Kustomization starts to prune.",
      why: "From now on every object that leaves Git is deleted. What left Git earlier stays orphaned.",
      remediation:
        """
        Review the whole folder, and guard what must never be deleted with `kustomize.toolkit.fluxcd.io/prune: \
        disabled` first.
        """,
      references: [References.fluxPrune], groupsSameEdits: true,
      examples: [
        .sync("pruning is switched on", before: Samples.flux(prune: "false"), after: Samples.flux(prune: "⟦true⟧")),
        .sync("pruning stays on", before: Samples.flux(), after: Samples.flux(spec: "timeout: 5m")),
      ]),
    field: "spec.prune",
    says: { _, before, after in
      guard before["prune"]?.bool == false, after["prune"]?.bool == true else { return nil }
      return ("starts to prune: what leaves Git is deleted from now on", .medium)
    })

  private static let pruneOff = FluxSwitch(
    info: RuleInfo(
      "flux-prune-off", .medium, .flux,
      summary: "A Flux Kustomization no longer prunes.",
      why: """
        What leaves Git keeps running, and Flux forgets it: switching pruning on again does not delete it. Such \
        orphans \
        keep their access and their cost.
        """,
      remediation: "Switch pruning off only while files move, and list what to delete by hand afterwards.",
      references: [References.fluxPrune], groupsSameEdits: true,
      examples: [
        .sync("pruning is switched off", before: Samples.flux(), after: Samples.flux(prune: "⟦false⟧")),
        .sync("pruning stays off", before: Samples.flux(prune: "false"), after: Samples.flux(prune: "False")),
      ]),
    field: "spec.prune",
    says: { _, before, after in
      guard before["prune"]?.bool == true, after["prune"]?.bool == false else { return nil }
      return ("no longer prunes: what leaves Git keeps running and is forgotten", .medium)
    },
    patched: ("false", "no longer prunes, so that what leaves Git keeps running and is forgotten"))

  private static let deletionPolicy = FluxSwitch(
    info: RuleInfo(
      "flux-deletion-policy", .high, .flux,
      summary: "A Flux Kustomization's deletion policy is changed so that its objects go with it.",
      why: """
        With `Delete` or `WaitForTermination` the removal of the Kustomization deletes all that it applied, even with \
        pruning off; with `Orphan` it leaves everything.
        """,
      remediation: "Keep `deletionPolicy: Orphan`, or leave the field out where pruning is off on purpose.",
      references: [References.fluxDeletion], groupsSameEdits: true,
      examples: [
        .sync(
          "pruning is off, yet all goes with the Kustomization", before: Samples.flux(prune: "false"),
          after: Samples.flux(prune: "false", spec: "deletionPolicy: ⟦Delete⟧")),
        .sync(
          "the default is written out", before: Samples.flux(), after: Samples.flux(spec: "deletionPolicy: MirrorPrune")
        ),
      ]),
    field: "spec.deletionPolicy",
    says: { _, before, after in
      guard after["deletionPolicy"]?.isUnknown != true, before.deletionPolicy != after.deletionPolicy else {
        return nil
      }
      let was = before.deletionPolicy == "Orphan" || (before.deletionPolicy == "MirrorPrune" && !before.prunes)
      let deletes = after.deletionPolicy != "Orphan" && (after.deletionPolicy != "MirrorPrune" || after.prunes)
      if was, deletes {
        return ("gets deletionPolicy \(after.deletionPolicy): its removal deletes all that it applied", .high)
      }
      guard before.deletionPolicy == "MirrorPrune", deletes else { return nil }
      return ("gets deletionPolicy \(after.deletionPolicy): its removal deletes all, also once pruning is off", .low)
    })
}
