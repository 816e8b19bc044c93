internal import Flux
internal import Manifests
internal import Policy

/// A Flux Kustomization, or the sync of a Flux installation, that is gone.
struct FluxSyncRemoved: ChangeRule {
  var kinds: KindSelection {
    .kinds([
      FluxKind.kustomization, FluxKind.instance, FluxKind.gitRepository, FluxKind.ociRepository, FluxKind.bucket,
    ])
  }

  let info = RuleInfo(
    "flux-sync-removed", .critical, .flux,
    summary: "A Flux Kustomization, its source, or the sync of a Flux installation is removed.",
    why: """
      When a Flux Kustomization that prunes is deleted, its finalizer deletes all that it ever applied, clusters \
      included. Removing the root's own manifest does so to the whole fleet. Without its source it applies nothing.
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
      .fleet(
        "the source of the root is removed", before: ["flux-system/source.yaml": Samples.source("⟦flux-system⟧")],
        after: [:]),
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
      if let instance = RemovedInstance(change, in: step)?.violation { return [instance] }
      if let source = LostSource(change, in: step)?.violation { return [source] }
      guard change.after == nil, let before = change.before, before.object.groupKind == FluxKind.kustomization,
        !renames.contains(before.object.identity), FluxSyncRemoved.tells(of: before, in: step),
        !step.goesWithRoot(before)
      else { return [] }
      let kustomization = KustomizationSpec(before)
      // Another Kustomization applies it from now on, of which another rule tells.
      if change.verdict == .moved, step.handover(of: change) == nil { return [] }
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
      let owner = kustomization.applied.owner?.identity.key
      let isItself = change.verdict == .pathMissing && owner == kustomization.applied.object.identity.key
      let reason =
        isItself ? "its own folder is gone, so that " : change.verdictReason.map { "\($0), so that " } ?? ""
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
    if !kustomization.deletesOnRemoval, let new = step.heir(of: kustomization) {
      return violation(
        change,
        "\(kustomization.title) is removed and deletes nothing: \(new.title) applies all its objects.",
        .low, .moved)
    }
    guard kustomization.deletesOnRemoval else {
      let reason = kustomization.isSuspended ? "it is suspended" : "it does not prune"
      // Behind a path that only the cluster knows, it may not be live at all.
      let isKnown = step.applied == nil || kustomization.applied(on: .before, in: step) != nil
      let severity = stake.severity(info.severity).milder
      return violation(
        change, "\(kustomization.title) is removed: \(reason), so its objects stay, unmanaged.",
        isKnown ? severity : severity.milder, .orphaned)
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

extension Samples {
  /// The Flux Operator's description of a Flux installation.
  static func instance(sync: String?, distribution: String = "{version: 2.x, registry: ghcr.io/fluxcd}") -> String {
    object(
      "fluxcd.controlplane.io/v1", "FluxInstance", "flux", namespace: "flux-system", "spec:",
      "  distribution: \(distribution)", "  components: [source-controller, kustomize-controller]",
      sync.map { "  sync: \($0)" } ?? "  cluster: {type: kubernetes}")
  }
}
