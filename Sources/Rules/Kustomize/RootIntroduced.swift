internal import Flux
internal import Manifests
internal import Policy

/// A kustomization file put where Flux made one up, that leaves out what was there.
struct RootIntroduced: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "root-kustomization-introduced", .critical, .flux,
    summary: "A new kustomization file at the root of a Flux Kustomization leaves out manifests that are applied.",
    why: """
      Without a kustomization file Flux applies every manifest beneath the path. With one only what it lists: the \
      rest is \
      deleted. The Kubernetes project lost its own infrastructure this way.
      """,
    remediation: "List every file and folder that is there, and compare with `flux diff kustomization` before merging.",
    references: [References.fluxKustomization, References.fluxPrune], supersedes: ["kustomization-drops-resource"],
    examples: [
      .fleet(
        "only Flux itself is listed", before: ["prod/a.yaml": Samples.cluster()],
        after: ["prod/a.yaml": Samples.cluster(), "kustomization.yaml": "resources: ⟦[flux-system/gotk-sync.yaml]⟧\n"]),
      .fleet(
        "a folder that takes the cluster from elsewhere is not listed",
        before: ["/base/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n"],
        after: [
          "/base/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n",
          "kustomization.yaml": "resources: ⟦[flux-system/gotk-sync.yaml]⟧\n",
        ]),
      .fleet(
        "everything is listed", before: ["prod/a.yaml": Samples.cluster()],
        after: [
          "prod/a.yaml": Samples.cluster(),
          "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml, prod/a.yaml]\n",
        ]),
    ])

  func judge(_ step: Change) -> [Violation] {
    let vanished = step.vanished
    guard !vanished.isEmpty else { return [] }
    return step.kustomizations.compactMap { change in
      guard let loss = RootIntroduced.omission(change, vanished, step, isRoot: true), let after = change.after else {
        return nil
      }
      return Violation(
        "The new \(after.path) does not list all that Flux applied from its folder: \(loss.fate).",
        location: after.firstPlace, related: loss.places, severity: loss.severity(info.severity),
        fingerprintExtra: after.path)
    }
  }

  /// What a new kustomization file leaves out: objects of files that are still there, that the search for manifests
  /// found while it came through the folder, and that nothing listed in the file leads to.
  static func omission(
    _ change: KustomizationChange, _ vanished: [ObjectChange], _ step: Change, isRoot: Bool
  ) -> Loss? {
    guard change.before == nil, let after = change.after else { return nil }
    let kept = step.keptKustomizations.filter { earlier, later in
      later.kustomizationFiles.contains(after.path) && earlier.settings.path == later.settings.path
        && (earlier.settings.path == after.folder) == isRoot && step.searched(after.folder, for: earlier)
    }
    let owners = kept.map(\.before.owner)
    guard !owners.isEmpty else { return nil }
    let listed = after.listed.map(\.path)
    // What is written elsewhere was found through a folder that had a kustomization file of its own.
    let left = Set(
      kept.flatMap { earlier, later in Set(earlier.kustomizationFiles).subtracting(later.kustomizationFiles) }
    ).filter { $0.isUnder(after.folder) && !listed.contains(where: $0.isUnder) && step.after.exists($0) }
      .map { Path.parent($0) }
    func leftOut(_ path: String) -> Bool {
      if path.isUnder(after.folder) { return !listed.contains(where: path.isUnder) }
      return left.contains { step.before.leads(from: $0, to: path) }
    }
    return Loss(
      vanished.filter { lost in
        // Flux Kustomizations are told of by the rules about them.
        guard let before = lost.before, let owner = before.owner, before.object.groupKind != FluxKind.kustomization,
          leftOut(before.path)
        else { return false }
        return owners.contains { $0.root == owner.root && $0.identity.key == owner.identity.key }
          && step.after.exists(before.path)
      })
  }
}

extension Change {
  /// Whether Flux, which searches where no kustomization file says what to apply, searched a folder for manifests
  /// before the change.
  fileprivate func searched(_ folder: String, for kustomization: AppliedKustomization) -> Bool {
    guard let root = kustomization.settings.path, folder.isUnder(root) else { return false }
    let ends = kustomization.kustomizationFiles.filter { before.exists($0) }.map { file in
      Path.parent(file)
    }
    return !ends.contains { $0.isUnder(root) && folder.isUnder($0) }
  }
}
