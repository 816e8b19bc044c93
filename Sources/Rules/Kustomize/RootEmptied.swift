internal import Flux
internal import Manifests
internal import Policy

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
  var emptiedRoots: Set<String> {
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
  var listsNothing: Bool {
    KustomizationFileView.listing.allSatisfy { root[$0]?.items.isEmpty ?? true }
  }

  /// The first thing that the file says, else its beginning.
  var firstPlace: Location {
    let node = root["resources"] ?? root.entries.first { $0.name != "apiVersion" && $0.name != "kind" }?.value
    return Location(path: path, side: .after, span: node?.span ?? .start)
  }
}
