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
        let gone = vanished.filter { $0.before?.path.isUnder(entry.path) ?? false }
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
    let owners = step.keptKustomizations.filter { earlier, later in
      later.kustomizationFiles.contains(after.path) && earlier.settings.path == later.settings.path
        && (earlier.settings.path == after.folder) == isRoot && step.searched(after.folder, for: earlier)
    }.map(\.before.owner)
    guard !owners.isEmpty else { return nil }
    let listed = after.listed.map(\.path)
    return Loss(
      vanished.filter { lost in
        // Flux Kustomizations are told of by the rules about them.
        guard let before = lost.before, let owner = before.owner, before.object.groupKind != FluxKind.kustomization,
          before.path.isUnder(after.folder), !listed.contains(where: before.path.isUnder)
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
      file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    }
    return !ends.contains { $0.isUnder(root) && folder.isUnder($0) }
  }
}

/// A Flux Kustomization that builds to nothing.
struct RootEmptied: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info: RuleInfo
  /// Whether a kustomization file says so, or the folder holds no manifest any more.
  let byFile: Bool

  func judge(_ step: Change) -> [Violation] {
    goneWithSync(step) + kept(step)
  }

  /// Roots that are emptied together with the manifest of their own Kustomization: it still runs, finds its folder, and
  /// builds it to nothing.
  private func goneWithSync(_ step: Change) -> [Violation] {
    step.rootsEmptiedWithSync.compactMap { start, path in
      let file = step.after.kustomization(in: path)
      guard (file != nil) == byFile else { return nil }
      let lost = step.vanished.filter { $0.before?.owner?.identity.key == start.owner.identity.key }
      guard let loss = Loss(lost) else { return nil }
      let node = start.settings.root["spec", "path"] ?? start.settings.root
      let reason = file.map { "\($0.path) lists nothing" } ?? "no manifest is left beneath \(path)"
      return Violation(
        "Flux \(start.owner.identity.title) still runs and builds to nothing, as \(reason): \(loss.fate).",
        location: file?.firstPlace ?? Location(path: start.settings.file, side: .before, span: node.span),
        related: loss.places, severity: loss.isDeleted ? info.severity : info.severity.milder,
        fingerprintExtra: "\(path) \(start.owner.identity.title)")
    }
  }

  private func kept(_ step: Change) -> [Violation] {
    step.keptKustomizations.compactMap { before, after in
      guard after.isEmptied(from: before), let path = after.settings.path else { return nil }
      let file = step.after.kustomization(in: path)
      guard (file != nil) == byFile, let reason = reason(file, path, after, step) else { return nil }
      let lost = step.vanished.filter { $0.before?.owner?.identity.key == before.owner.identity.key }
      guard let loss = Loss(lost) else { return nil }
      let node = after.settings.root["spec", "path"] ?? after.settings.root
      let place = file?.firstPlace ?? Location(path: after.settings.file, side: .after, span: node.span)
      let severity = loss.stake == .plain ? info.severity.milder.milder : loss.stake.severity(info.severity)
      return Violation(
        "Flux \(after.owner.identity.title) builds to nothing, as \(reason): \(loss.fate).", location: place,
        related: loss.places, severity: loss.isDeleted ? severity : severity.milder,
        fingerprintExtra: "\(path) \(after.owner.identity.title)")
    }
  }

  /// Why a build gives nothing; `nil` where a list further down was edited, of which `kustomization-drops-resource`
  /// tells.
  private func reason(
    _ file: KustomizationFileView?, _ path: String, _ emptied: AppliedKustomization, _ step: Change
  ) -> String? {
    guard let file else { return "no manifest is left beneath \(path)" }
    if file.listsNothing { return "\(file.path) lists nothing" }
    let isFurtherDown = step.kustomizations.contains {
      $0.path != file.path && emptied.kustomizationFiles.contains($0.path)
    }
    return isFurtherDown ? nil : "nothing that \(file.path) lists holds an object"
  }

  static let all: [any Rule] = [emptied, tree]

  private static let emptied = RootEmptied(
    info: RuleInfo(
      "root-kustomization-emptied", .critical, .flux,
      summary: "The kustomization file at the root of a Flux Kustomization lists nothing any more.",
      why: """
        Flux reads the file at the root leniently: empty, without resources or with a misspelt key it builds to \
        nothing, \
        successfully, and everything that was applied is deleted.
        """,
      remediation: "Restore the list of resources; a key that kustomize does not know is ignored without a word.",
      references: [References.fluxKustomization, References.fluxPrune], supersedes: ["flux-tree-emptied"],
      examples: [
        .fleet(
          "the key is misspelt", before: ["kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": Samples.cluster()],
          after: ["kustomization.yaml": "resource: ⟦[a.yaml]⟧\n", "a.yaml": Samples.cluster()]),
        .fleet(
          "one of two is left",
          before: [
            "kustomization.yaml": "resources: [a.yaml, b.yaml]\n", "a.yaml": Samples.cluster(),
            "b.yaml": Samples.object("v1", "ConfigMap", "b"),
          ],
          after: ["kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": Samples.cluster()]),
      ]), byFile: true)

  private static let tree = RootEmptied(
    info: RuleInfo(
      "flux-tree-emptied", .critical, .flux,
      summary: "The folder of a Flux Kustomization holds no manifest any more.",
      why: "A folder that exists and holds no manifest builds to nothing, successfully, and Flux deletes everything.",
      remediation: "Restore the manifests; to retire them, remove the Flux Kustomization on purpose instead.",
      references: [References.fluxKustomization, References.fluxPrune],
      examples: [
        .fleet(
          "only a note is left",
          before: [
            "fleet.yaml": Samples.flux("fleet", path: "./fleet"), "/fleet/a.yaml": Samples.cluster(),
            "/fleet/README.md": "",
          ],
          after: ["fleet.yaml": Samples.flux("fleet", path: "⟦./fleet⟧"), "/fleet/README.md": ""]),
        Example(
          "the sync goes with everything else",
          before: [
            "clusters/mgmt/flux-system/gotk-sync.yaml": Samples.flux(path: "⟦./clusters/mgmt⟧"),
            "clusters/mgmt/prod.yaml": Samples.cluster(), "clusters/mgmt/README.md": "",
          ], after: ["clusters/mgmt/README.md": ""]),
        .fleet(
          "a manifest is left",
          before: [
            "fleet.yaml": Samples.flux("fleet", path: "./fleet"), "/fleet/a.yaml": Samples.cluster(),
            "/fleet/b.yaml": Samples.object("v1", "ConfigMap", "b"),
          ],
          after: [
            "fleet.yaml": Samples.flux("fleet", path: "./fleet"),
            "/fleet/b.yaml": Samples.object("v1", "ConfigMap", "b"),
          ]),
      ]), byFile: false)
}

extension Change {
  /// The folders of Flux Kustomizations that build to nothing after the change and did not before.
  fileprivate var emptiedRoots: Set<String> {
    let kept = keptKustomizations.filter { $0.after.isEmptied(from: $0.before) }.compactMap(\.after.settings.path)
    return Set(kept + rootsEmptiedWithSync.map(\.path))
  }

  /// Kustomizations that Flux was started with, whose manifests go and whose folders stay and hold nothing.
  fileprivate var rootsEmptiedWithSync: [(start: AppliedKustomization, path: String)] {
    guard let applied, let earlier = applied.before else { return [] }
    return earlier.roots.compactMap { root in
      guard root.appliesItself, let start = root.start, let path = start.settings.path, after.exists(path),
        !applied.after.roots.contains(where: { $0.path == root.path })
      else { return nil }
      let file = after.kustomization(in: path)
      let isEmpty = file.map(\.listsNothing) ?? after.objects(under: path).isEmpty
      return isEmpty ? (start, path) : nil
    }
  }
}

extension AppliedKustomization {
  /// Whether the build gives nothing any more, what is not in the repository included.
  fileprivate func isEmptied(from earlier: AppliedKustomization) -> Bool {
    outcome == .applied && objects.isEmpty && !earlier.objects.isEmpty && !problems.contains(where: \.feedsBuild)
  }
}

extension KustomizationFileView {
  /// Whether the file lists neither a file or folder nor an address.
  fileprivate var listsNothing: Bool {
    KustomizationFileView.listing.allSatisfy { root[$0]?.items.isEmpty ?? true }
  }

  /// The first thing that the file says, else its beginning.
  var firstPlace: Location {
    let node = root["resources"] ?? root.entries.first { $0.name != "apiVersion" && $0.name != "kind" }?.value
    return Location(path: path, side: .after, span: node?.span ?? .start)
  }
}
