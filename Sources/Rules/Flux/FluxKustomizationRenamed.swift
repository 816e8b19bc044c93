internal import Flux
internal import Manifests
internal import Policy

/// A Flux Kustomization that comes back under another name or namespace.
struct FluxKustomizationRenamed: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "flux-kustomization-renamed", .critical, .flux,
    summary: "A Flux Kustomization that prunes is renamed or moved to another namespace.",
    why: """
      To Flux this is a new Kustomization and the end of the old one, whose finalizer deletes all objects that it \
      owns, \
      volumes and clusters included, before or while the new one creates them again.
      """,
    remediation: """
      Keep the name and namespace. Where it must change, first set `spec.prune: false` on the old Kustomization, let \
      Flux \
      apply that, rename it in a later pull request and switch pruning on again.
      """,
    references: [References.fluxFAQ, References.fluxDeletion], supersedes: ["flux-sync-removed"], groupsSameEdits: true,
    examples: [
      .sync(
        "the name changes", before: Samples.flux("fleet"), after: Samples.flux("⟦clusters⟧")),
      .sync(
        "the namespace changes", before: Samples.flux("apps", path: "./apps"),
        after: Samples.flux("apps", namespace: "⟦apps⟧", path: "./apps")),
      .sync(
        "a second one is added", before: Samples.flux("fleet"),
        after: Samples.flux("fleet") + "---\n" + Samples.flux("apps", path: "./apps")),
    ])

  func judge(_ step: Change) -> [Violation] {
    let renames = FluxKustomizationRenamed.renames(in: step)
    if renames.isEmpty { return [] }
    let owners = (before: FolderOwners(on: .before, in: step), after: FolderOwners(on: .after, in: step))
    return renames.compactMap { rename in
      let isMove = FluxKustomizationRenamed.isMove(rename, owners)
      if isMove == false { return nil }
      let stake = Stake(of: rename.before, on: .before, in: step)
      let old = rename.before.applied.object.identity
      let kept = step.objects.first { $0.after == nil && $0.verdict == .orphaned && $0.identity == old }
      let deletes = kept == nil && rename.before.deletesOnRemoval
      let isLeftOut = rename.before.isLeftOut(on: .before, in: step)
      var severity = stake == .plain ? Severity.high : stake.severity(info.severity)
      if isLeftOut { severity = severity.milder.milder }
      let new = rename.after.applied.object.identity
      let field: FieldPath = old.name == new.name ? "metadata.namespace" : "metadata.name"
      let change = ObjectChange(before: rename.before.applied, after: rename.after.applied)
      return change.violation(
        "\(rename.before.title)\(isLeftOut ? FluxSyncRemoved.unlisted : "") becomes "
          + "\(new.title.dropFirst("Kustomization ".count)): \(fate(kept, deletes))\(isMove == nil ? doubt : "").",
        at: field, severity: deletes ? severity : .low, sameEdit: kept == nil ? "\(field)" : "\(field) kept")
    }
  }

  private var doubt: String { ", unless what lists it sets the namespace" }

  /// Whether another name or namespace comes out of it; `nil` where one side names no namespace and nothing sets it.
  private static func isMove(
    _ rename: (before: KustomizationSpec, after: KustomizationSpec),
    _ owners: (before: FolderOwners, after: FolderOwners)
  ) -> Bool? {
    let (old, new) = (rename.before.applied, rename.after.applied)
    guard old.object.identity.name == new.object.identity.name else { return true }
    guard let before = owners.before.namespace(of: old), let after = owners.after.namespace(of: new) else { return nil }
    return before != after
  }

  private func fate(_ kept: ObjectChange?, _ deletes: Bool) -> String {
    if let kept {
      return "the old one leaves Git and keeps running beside it\(kept.verdictReason.map { ", as \($0)" } ?? "")"
    }
    return deletes
      ? "Flux deletes all that the old one applied and creates it anew"
      : "its objects are left without an owner until the new one takes them over"
  }

  /// The Kustomizations that left, each with one that came and has its path, or its name and another namespace,
  /// or applies all that it applied.
  static func renames(in step: Change) -> [(before: KustomizationSpec, after: KustomizationSpec)] {
    let changes = step.objects.filter { $0.identity?.group == FluxKind.kustomizeGroup }
    let left = changes.filter { $0.after == nil }.compactMap(\.before).map { KustomizationSpec($0) }
      .filter { !step.isStart($0.applied) && !$0.isFragment }
    var came = changes.filter { $0.before == nil }.compactMap(\.after).map { KustomizationSpec($0) }
    return left.compactMap { old in
      // The same object in a file that nobody applies is no new one.
      let identity = old.applied.object.identity.key
      if came.contains(where: { $0.applied.object.identity.key == identity }) { return nil }
      let heir = step.heir(of: old)
      let index =
        came.firstIndex { $0.path == old.path && $0.applied.path == old.applied.path }
        ?? came.firstIndex { $0.path == old.path && !old.path.isEmpty }
        ?? came.firstIndex { $0.applied.object.identity.name == old.applied.object.identity.name && !$0.isSyncRoot }
        ?? came.firstIndex { $0.applied.object.identity.key == heir }
      return index.map { (old, came.remove(at: $0)) }
    }
  }
}
