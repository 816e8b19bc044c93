internal import Flux
internal import Manifests
internal import Policy

/// A Flux Kustomization, or the sync of a Flux installation, that is gone.
struct FluxSyncRemoved: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization, FluxKind.instance]) }

  let info = RuleInfo(
    "flux-sync-removed", .critical, .flux,
    summary: "A Flux Kustomization, or the sync of a Flux installation, is removed.",
    why: """
      When a Flux Kustomization that prunes is deleted, its finalizer deletes all that it ever applied, clusters \
      included. Removing the root's own manifest does so to the whole fleet.
      """,
    remediation: """
      Restore the object. To hand its objects over, first set `spec.deletionPolicy: Orphan` (or `prune: false`), let \
      Flux apply that, and remove the Kustomization in a later pull request. To hand Flux over to the Flux Operator, \
      apply the FluxInstance and wait until it is ready before its old manifests leave Git.
      """,
    references: [References.fluxDeletion, References.fluxPrune, References.fluxFAQ], groupsSameEdits: true,
    examples: [
      .sync("the sync manifest is deleted", before: Samples.flux("⟦flux-system⟧"), after: nil),
      Example(
        "a Kustomization goes while its folder stays",
        before: [
          "flux/apps.yaml": Samples.flux("⟦apps⟧", path: "./apps"),
          "apps/claim.yaml": Samples.object("v1", "PersistentVolumeClaim", "data"),
        ],
        after: ["apps/claim.yaml": Samples.object("v1", "PersistentVolumeClaim", "data")]),
      Example(
        "one behind a path that only the cluster knows",
        before: [
          "clusters/mgmt/gotk-sync.yaml": Samples.flux(path: "./clusters/mgmt"),
          "clusters/mgmt/team.yaml": Samples.flux("team", path: "./team/${ENVIRONMENT}"),
          "team/dev/apps.yaml": Samples.flux("⟦apps⟧", path: "./apps"),
          "team/dev/more.yaml": Samples.object("v1", "ConfigMap", "a"),
          "apps/claim.yaml": Samples.object("v1", "PersistentVolumeClaim", "data"),
        ],
        after: [
          "clusters/mgmt/gotk-sync.yaml": Samples.flux(path: "./clusters/mgmt"),
          "clusters/mgmt/team.yaml": Samples.flux("team", path: "./team/${ENVIRONMENT}"),
          "team/dev/more.yaml": Samples.object("v1", "ConfigMap", "a"),
          "apps/claim.yaml": Samples.object("v1", "PersistentVolumeClaim", "data"),
        ]),
      Example(
        "the sync of the Flux installation is removed",
        before: ["flux.yaml": Samples.instance(sync: "⟦\(operatorSync)⟧")],
        after: ["flux.yaml": Samples.instance(sync: nil)]),
      Example(
        "the Flux Operator takes over in the same change",
        before: ["clusters/mgmt/flux-system/gotk-sync.yaml": Samples.flux("⟦flux-system⟧", path: "./clusters/mgmt")],
        after: ["clusters/mgmt/flux.yaml": Samples.instance(sync: operatorSync)]),
      .sync(
        "the manifest only gets a comment", before: Samples.flux(), after: "# bootstrapped\n" + Samples.flux()),
    ])

  private static let operatorSync = "{url: \"ssh://git@example.com/fleet\", path: clusters/mgmt}"

  func judge(_ step: Change) -> [Violation] {
    let renames = Set(FluxKustomizationRenamed.renames(in: step).map(\.before.applied.object.identity))
    return step.objects.flatMap { change -> [Violation] in
      if let instance = judgeInstance(change) { return [instance] }
      guard change.after == nil, let before = change.before, before.object.groupKind == FluxKind.kustomization,
        !renames.contains(before.object.identity), FluxSyncRemoved.tells(of: before, in: step),
        !step.goesWithRoot(before)
      else { return [] }
      let kustomization = KustomizationSpec(before)
      guard let handover = step.handover(of: change) else { return [removal(of: kustomization, change, step)] }
      return handover.isLive ? [] : [handedOver(kustomization, handover, change)]
    }
  }

  /// Whether the rule tells of a Kustomization that leaves and gets no other name.
  static func tells(of removed: AppliedObject, in step: Change) -> Bool {
    guard !step.isStart(removed), !step.isToldWithCause(removed), !KustomizationSpec(removed).isFragment else {
      return false
    }
    guard let applied = step.applied else { return true }
    if KustomizationSpec(removed).applied(on: .before, in: step) != nil { return true }
    // Behind a path that only the cluster knows, such as `./team/${ENVIRONMENT}`, anything may be applied.
    return applied.before?.kustomizations.contains { $0.outcome == .unknown } ?? false
  }

  private func judgeInstance(_ change: ObjectChange) -> Violation? {
    guard let before = change.before, before.object.groupKind == FluxKind.instance else { return nil }
    let lead = "and with it the root Kustomization, which deletes all that Flux applies"
    guard change.after != nil else {
      return change.violation("\(change.title) is removed: Flux is uninstalled, \(lead).")
    }
    guard before.object["spec", "sync"] != nil, change.after?.object["spec", "sync"] == nil else { return nil }
    return change.violation(
      "\(change.title) loses its sync: the Flux Operator deletes the source, \(lead).", at: "spec.sync")
  }

  private func removal(of kustomization: KustomizationSpec, _ change: ObjectChange, _ step: Change) -> Violation {
    let stake = Stake(of: kustomization, on: .before, in: step)
    let exit = step.exit(of: kustomization.applied)
    let isWithFolder =
      !kustomization.path.isEmpty && step.before.exists(kustomization.path)
      && !step.after.exists(kustomization.path)
    if change.verdict == .orphaned {
      return violation(
        change, "\(kustomization.title) \(exit) and keeps running\(change.verdictReason.map { ": \($0)" } ?? "").",
        stake.severity(info.severity).milder, .orphaned)
    }
    if [.pathMissing, .stalled].contains(change.verdict) {
      let reason = change.verdictReason.map { "\($0), so that " } ?? ""
      return violation(
        change, "\(kustomization.title) \(exit), but \(reason)Flux deletes nothing yet: \(change.whenDeleted).",
        stake.severity(info.severity).milder, change.verdict)
    }
    if isWithFolder, change.verdict == .unknown, kustomization.applied.path.isUnder(kustomization.path) {
      // It applied its own manifest, so nothing is left that could take it away.
      return violation(
        change,
        "\(kustomization.title) leaves Git with its whole folder: Flux no longer finds it and deletes nothing yet.",
        stake.severity(info.severity).milder, .pathMissing)
    }
    guard kustomization.deletesOnRemoval else {
      let reason = kustomization.isSuspended ? "it is suspended" : "it does not prune"
      return violation(
        change, "\(kustomization.title) is removed: \(reason), so its objects stay, unmanaged.",
        stake.severity(info.severity).milder, .orphaned)
    }
    if isWithFolder, stake <= .state {
      return violation(
        change, "\(kustomization.title) is removed together with its folder: Flux deletes all that it applied.", .low,
        nil)
    }
    if step.applied != nil, kustomization.applied(on: .before, in: step) == nil {
      return violation(
        change,
        "\(kustomization.title) is removed: if it is live, which a variable in a path decides, Flux deletes all that it applied\(loss(stake)).",
        stake.severity(info.severity).milder, nil)
    }
    if stake == .unseen, !kustomization.path.isEmpty, !step.before.exists(kustomization.path) {
      // Which folder it is, a variable in its path may say in the cluster alone.
      let folder = kustomization.path.contains("${") ? "" : " while its folder was there"
      return violation(
        change, "\(kustomization.title) is removed: Flux deletes all that it applied\(folder).", info.severity.milder,
        nil)
    }
    if kustomization.isLeftOut(on: .before, in: step) {
      return violation(
        change,
        "\(kustomization.title)\(FluxSyncRemoved.unlisted) is removed: if it was live, Flux deletes all that it applied.",
        stake.severity(info.severity).milder.milder, nil)
    }
    let folder = isWithFolder || stake == .unseen || stake == .foreign ? "" : ", although its folder stays"
    return violation(
      change, "\(kustomization.title) is removed: Flux deletes all that it applied\(loss(stake))\(folder).",
      stake == .plain ? .high : stake.severity(info.severity), nil)
  }

  private func handedOver(_ kustomization: KustomizationSpec, _ handover: Handover, _ change: ObjectChange) -> Violation
  {
    violation(
      change,
      """
      \(kustomization.title) is handed over to \(handover.maker.title): unless the Flux Operator has taken it over before \
      this is merged, Flux deletes all that it applied.
      """, .medium, nil)
  }

  /// What is said of one that Flux may never have seen.
  static let unlisted = ", which the kustomization beside it does not list,"

  private func loss(_ stake: Stake) -> String {
    switch stake {
    case .clusters: ", clusters included"
    case .flux: ", other Flux Kustomizations and all of theirs included"
    case .state: ", namespaces or stored data included"
    case .plain, .unseen, .foreign: ""
    }
  }

  private func violation(_ change: ObjectChange, _ message: String, _ severity: Severity, _ verdict: Verdict?)
    -> Violation
  {
    var violation = change.violation(message, severity: severity)
    violation.verdict = verdict
    violation.sameEdit = verdict?.rawValue ?? ""
    return violation
  }
}

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

  /// The Kustomizations that left, each with one that came and has its path, or its name and another namespace.
  static func renames(in step: Change) -> [(before: KustomizationSpec, after: KustomizationSpec)] {
    let changes = step.objects.filter { $0.identity?.group == FluxKind.kustomizeGroup }
    let left = changes.filter { $0.after == nil }.compactMap(\.before).map { KustomizationSpec($0) }
      .filter { !step.isStart($0.applied) && !$0.isFragment }
    var came = changes.filter { $0.before == nil }.compactMap(\.after).map { KustomizationSpec($0) }
    return left.compactMap { old in
      // The same object in a file that nobody applies is no new one.
      let identity = old.applied.object.identity.key
      if came.contains(where: { $0.applied.object.identity.key == identity }) { return nil }
      let index =
        came.firstIndex { $0.path == old.path && $0.applied.path == old.applied.path }
        ?? came.firstIndex { $0.path == old.path && !old.path.isEmpty }
        ?? came.firstIndex { $0.applied.object.identity.name == old.applied.object.identity.name && !$0.isSyncRoot }
      return index.map { (old, came.remove(at: $0)) }
    }
  }
}

extension Samples {
  /// The Flux Operator's description of a Flux installation.
  static func instance(sync: String?, distribution: String = "{version: 2.x, registry: ghcr.io/fluxcd}") -> String {
    object(
      "fluxcd.controlplane.io/v1", "FluxInstance", "flux", namespace: "flux-system", "spec:",
      "  distribution: \(distribution)", "  components: [source-controller, kustomize-controller]",
      sync.map { "  sync: \($0)" } ?? "  cluster: {type: kubernetes}")
  }
}
