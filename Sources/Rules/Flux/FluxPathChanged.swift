internal import Flux
internal import Manifests
internal import Policy

/// The folder that Flux applies, changed.
struct FluxPathChanged: KustomizationRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization, FluxKind.instance]) }

  let info = RuleInfo(
    "flux-path-changed", .critical, .flux,
    summary: "A Flux Kustomization's path is changed, so that it applies another folder.",
    why: """
      Flux compares what it applied with what the new folder builds to and deletes everything that is missing there, \
      clusters included.
      """,
    remediation: """
      Keep `spec.path`. To move the files, first set `spec.prune: false`, wait until that is applied, then move files \
      and path together and switch pruning on again once the new folder is applied.
      """,
    references: [References.fluxKustomization, References.fluxPrune, References.fluxFAQ], groupsSameEdits: true,
    examples: [
      .sync(
        "another folder is applied", before: Samples.flux(path: "./clusters/mgmt"),
        after: Samples.flux(path: "⟦./clusters/dev⟧")),
      .sync(
        "the same folder is written another way", before: Samples.flux(path: "./clusters/mgmt"),
        after: Samples.flux(path: "clusters/mgmt/")),
      Example(
        "the folder moves with all its objects",
        before: ["flux/apps.yaml": Samples.flux("apps", path: "./apps"), "apps/prod.yaml": Samples.cluster()],
        after: ["flux/apps.yaml": Samples.flux("apps", path: "./base/apps"), "base/apps/prod.yaml": Samples.cluster()]),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.fluxEdits.flatMap { judge($0) } + step.instanceEdits.compactMap { judge($0, step) }
  }

  private func judge(_ edit: InstanceEdit, _ step: Change) -> Violation? {
    guard let (before, after) = edit.kept, let from = before["sync", "path"]?.text,
      let to = after["sync", "path"]?.text, Path.joined(from) != Path.joined(to), !from.contains("${"),
      !to.contains("${")
    else { return nil }
    let old = step.before.objects(under: Path.joined(from))
    let lost = FluxPathChanged.objects(old, without: step.after.objects(under: Path.joined(to)))
    let isMoved = !old.isEmpty && lost.isEmpty && step.after.kustomization(in: Path.joined(to)) == nil
    if isMoved { return nil }
    let message = """
      \(edit.change.title) syncs \(FluxPathChanged.shown(to)) instead of \(FluxPathChanged.shown(from)): \
      Flux deletes everything that is not in the new folder.
      """
    return edit.change.violation(message, at: after.field("sync", "path"))
  }

  func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept, before.path != after.path, before["path"]?.isUnknown != true,
      after["path"]?.isUnknown != true, FluxPathChanged.hasSameSource(before, after),
      !FluxPathChanged.isTemplate(before.path), !FluxPathChanged.isTemplate(after.path)
    else { return [] }
    let old = before.seenObjects(on: .before, in: edit.step)
    let new = after.seenObjects(on: .after, in: edit.step)
    if let old, let new, !old.isEmpty, FluxPathChanged.objects(old, without: new).allSatisfy(edit.isMovedOn) {
      return []
    }
    // Where one folder of a source is here, the other is looked for in the right place.
    let isMissing = after.isPathMissing(on: .after, in: edit.step, isOwn: old.map { _ in true })
    let wasMissing = before.isPathMissing(on: .before, in: edit.step, isOwn: new.map { _ in true })
    let isHeld = edit.isHeldByOldFolder(before)
    let isStalled = isHeld || after.applied(on: .after, in: edit.step)?.isStalled ?? false
    var severity = edit.stake.severity(info.severity)
    if isMissing || isStalled || !before.prunes || before.isSuspended { severity = severity.milder }
    if edit.isUnapplied(before) { severity = severity.milder }
    let root = after.applied(on: .after, in: edit.step).flatMap { edit.step.applied?.after.root($0.owner.root) }
    let isEnded = root?.isEnded ?? false
    // As much as where the folder itself goes.
    if isMissing, !wasMissing, edit.step.applied != nil { severity = max(severity, .high) }
    if wasMissing, !isEnded { severity = isMissing ? .low : severity.milder.milder }
    let lost = isEnded ? old ?? [] : FluxPathChanged.objects(old ?? [], without: new ?? [])
    var violation = edit.change.violation(
      isStalled
        ? isHeld
          ? "\(move(before, after)), whose build fails now, so that Flux never comes to the new path."
          : "\(move(before, after)), whose build fails: nothing is applied or deleted until it is mended."
        : message(before, after, lost, was: wasMissing, is: isMissing, isEnded: isEnded), at: "spec.path",
      severity: severity,
      sameEdit: isMissing ? "missing" : isStalled ? "stalled" : FluxPathChanged.move(before.path, after.path))
    violation.location = violation.location ?? after.applied.nameLocation(side: .after)
    if isMissing { violation.verdict = .pathMissing }
    if isStalled { violation.verdict = .stalled }
    return [violation]
  }

  /// Whether both paths are of one source; another source is told by `flux-source-repointed`.
  private static func hasSameSource(_ before: KustomizationSpec, _ after: KustomizationSpec) -> Bool {
    ["kind", "name", "namespace"].allSatisfy { before["sourceRef", $0]?.text == after["sourceRef", $0]?.text }
  }

  /// Whether a person, or what stands above in the build, is to fill in a part of a path: `environments/<env>`.
  private static func isTemplate(_ path: String) -> Bool { path.contains("<") && path.contains(">") }

  /// The old objects that are not among the new ones.
  private static func objects(_ old: [AppliedObject], without new: [AppliedObject]) -> [AppliedObject] {
    let there = Set(new.map(\.object.identity.key))
    return old.filter { !there.contains($0.object.identity.key) }
  }

  /// What of a path is replaced by what, the folders around it left out: `main/apps > apps`.
  private static func move(_ old: String, _ new: String) -> String {
    var left = old.split(separator: "/")[...]
    var right = new.split(separator: "/")[...]
    while let first = left.first, first == right.first {
      left.removeFirst()
      right.removeFirst()
    }
    while let last = left.last, last == right.last {
      left.removeLast()
      right.removeLast()
    }
    return "\(left.joined(separator: "/")) > \(right.joined(separator: "/"))"
  }

  private static func shown(_ path: String) -> String {
    path.isEmpty ? "the whole repository" : "`\(path)`"
  }

  private func move(_ before: KustomizationSpec, _ after: KustomizationSpec) -> String {
    "\(after.title) applies \(FluxPathChanged.shown(after.path)) instead of \(FluxPathChanged.shown(before.path))"
  }

  private func message(
    _ before: KustomizationSpec, _ after: KustomizationSpec, _ lost: [AppliedObject], was wasMissing: Bool,
    is isMissing: Bool, isEnded: Bool
  ) -> String {
    let move = move(before, after)
    if isMissing, wasMissing { return "\(move), and neither folder exists: nothing is applied or deleted." }
    if isMissing { return "\(move), a folder that does not exist: nothing is applied or deleted any more." }
    if wasMissing, !isEnded {
      let loss = before.prunes ? ", and what it applied earlier and is not in the new folder is deleted" : ""
      return "\(move), which did not exist: Flux applies it again\(loss)."
    }
    if !before.prunes { return "\(move): pruning is off, so what is not in the new folder is left unmanaged." }
    let clusters = lost.filter { Stake(of: $0.object) == .clusters && $0.object.identity.kind == "Cluster" }
    let loss = clusters.isEmpty ? "" : ", \(clusters.count == 1 ? "1 cluster" : "\(clusters.count) clusters") among it"
    if isEnded { return "\(move), where it is not itself: Flux deletes it with all that it applied\(loss)." }
    return "\(move): Flux deletes everything that is not in the new folder\(loss)."
  }
}

extension FluxEdit {
  /// Whether nobody is known to apply the Kustomization, in a repository of which it is known what Flux applies.
  fileprivate func isUnapplied(_ before: KustomizationSpec) -> Bool {
    before.applied(on: .before, in: step) == nil && Unapplied(before.applied, in: step)?.isLikely == true
  }

  /// Whether an object is the Kustomization itself, which applied its own manifest and goes to another Kustomization: of
  /// that another rule tells.
  fileprivate func isMovedOn(_ lost: AppliedObject) -> Bool {
    guard let owner = lost.owner, owner.identity.key == lost.object.identity.key else { return false }
    return (step.applied?.changes ?? []).contains { other in
      other.verdict == .moved && other.before?.owner?.root == owner.root
        && other.before?.owner?.identity == owner.identity
        && other.before?.object.identity.key == lost.object.identity.key
    }
  }

  /// Whether the Kustomization applies its own manifest, and the folder that it is live with fails to build: then the new
  /// path never reaches the cluster.
  fileprivate func isHeldByOldFolder(_ before: KustomizationSpec) -> Bool {
    guard let known = before.applied(on: .before, in: step),
      let live = step.applied?.after.kustomization(of: known.owner)
    else { return false }
    return live.isStalled && live.settings.path == before.path
  }
}

extension AppliedKustomization {
  /// Whether its build fails, so that all that it applied stays as it is.
  fileprivate var isStalled: Bool {
    if case .failed = outcome { return true }
    return false
  }
}
