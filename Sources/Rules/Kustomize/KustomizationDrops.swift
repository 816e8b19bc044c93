internal import Flux
internal import Manifests
internal import Policy

/// An entry that a kustomization no longer lists, with what it held.
struct KustomizationDrops: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "kustomization-drops-resource", .critical, .flux,
    summary: "A kustomization no longer lists a file or folder whose objects Flux applies.",
    why: """
      What a kustomization does not list is not built, and Flux deletes what is no longer built, although the \
      manifests \
      are still there for everyone to see.
      """,
    remediation: "Restore the line. To retire the objects, say so in the pull request and delete their files too.",
    references: [References.kustomizeFields, References.fluxPrune],
    examples: [
      .fleet(
        "a cluster's line is removed",
        before: [
          "prod/kustomization.yaml": "resources: [⟦eksa-cluster.yaml⟧, map.yaml]\n",
          "prod/eksa-cluster.yaml": Samples.cluster(),
          "prod/map.yaml": Samples.object("v1", "ConfigMap", "a"),
        ],
        after: [
          "prod/kustomization.yaml": "resources: [map.yaml]\n", "prod/eksa-cluster.yaml": Samples.cluster(),
          "prod/map.yaml": Samples.object("v1", "ConfigMap", "a"),
        ]),
      .fleet(
        "the line of a folder is removed that takes the cluster from elsewhere",
        before: [
          "/base/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n",
          "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml, ⟦prod⟧]\n",
        ],
        after: [
          "/base/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n",
          "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml]\n",
        ]),
      .fleet(
        "the list is written in another order",
        before: [
          "prod/kustomization.yaml": "resources: [a.yaml, map.yaml]\n", "prod/a.yaml": Samples.cluster(),
          "prod/map.yaml": Samples.object("v1", "ConfigMap", "a"),
        ],
        after: [
          "prod/kustomization.yaml": "resources: [map.yaml, ./a.yaml]\n", "prod/a.yaml": Samples.cluster(),
          "prod/map.yaml": Samples.object("v1", "ConfigMap", "a"),
        ]),
    ])

  func judge(_ step: Change) -> [Violation] {
    let vanished = step.vanished
    guard !vanished.isEmpty else { return [] }
    let emptied = step.emptiedRoots
    return step.kustomizations.flatMap { change -> [Violation] in
      // A root that lists nothing any more is told by `root-kustomization-emptied`.
      if let after = change.after, after.listsNothing, emptied.contains(after.folder) { return [] }
      guard let before = change.before, let after = change.after else {
        return RootIntroduced.omission(change, vanished, step, isRoot: false).map { [violation($0, change)] } ?? []
      }
      let kept = Set(after.listed.map(\.path))
      return before.listed.filter { !kept.contains($0.path) }.compactMap { entry in
        // A folder that goes as well is retired with what it took from elsewhere.
        let stands = step.after.exists(entry.path)
        let gone = vanished.filter { change in
          guard let path = change.before?.path else { return false }
          return path.isUnder(entry.path) || stands && step.before.leads(from: entry.path, to: path)
        }
        guard let loss = loss(gone, step) else { return nil }
        let message = "\(before.path) no longer lists \(entry.node.text ?? ""): \(loss.fate)."
        return Violation(
          message, field: FieldPath([.key(entry.field)]), before: entry.node.text,
          location: Location(path: before.path, side: .before, span: entry.node.span), related: loss.places,
          severity: loss.severity(info.severity), fingerprintExtra: "\(before.path) \(entry.path)")
      }
    }
  }

  /// What is lost by a dropped entry. Flux Kustomizations are told of by `flux-sync-removed`; files that go as well, by
  /// the rules about their objects, unless whole clusters go.
  private func loss(_ gone: [ObjectChange], _ step: Change) -> Loss? {
    let objects = gone.filter { change in
      guard let before = change.before, before.object.groupKind != FluxKind.kustomization else { return false }
      return Stake(of: before.object) == .clusters || step.after.exists(before.path)
    }
    return Loss(objects)
  }

  private func violation(_ loss: Loss, _ change: KustomizationChange) -> Violation {
    Violation(
      "The new \(change.path) ends the search for manifests in its folder and does not list all of them: \(loss.fate).",
      location: change.after.map { $0.firstPlace }, related: loss.places, severity: loss.severity(info.severity),
      fingerprintExtra: change.path)
  }
}
