internal import Flux
internal import Manifests
internal import Policy

/// Fields of a Flux Kustomization that change objects after they are read.
struct FluxObjectTransform: KustomizationRule {
  let info = RuleInfo(
    "flux-object-transform", .high, .flux,
    summary: "A Flux Kustomization starts to patch, rename, extend or ignore what it applies.",
    why: """
      Patches, components, image and name transformers of a Flux Kustomization reach any field of any object, clusters \
      included, with no edit in the folder that reviewers look at. Prefixes rename every object at once.
      """,
    remediation: """
      Write the change into the manifests themselves. Where the transformer is meant, show its result with \
      `flux build kustomization NAME` in the pull request.
      """,
    references: [References.fluxKustomization, References.kustomizeFields], groupsSameEdits: true,
    examples: [
      .sync("a patch is added", before: Samples.flux(), after: Samples.flux(spec: "patches: ⟦[{path: patch.yaml}]⟧")),
      .sync("a prefix is added", before: Samples.flux(), after: Samples.flux(spec: "namePrefix: ⟦new-⟧")),
      .sync("the interval changes", before: Samples.flux(), after: Samples.flux().replacing("10m0s", with: "5m0s")),
      .sync(
        "an image moves to its next release", before: Samples.flux(spec: "images: [{name: app, newTag: 1.0.0}]"),
        after: Samples.flux(spec: "images: [{name: app, newTag: 1.0.1}]")),
    ])

  func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept else { return [] }
    return FluxObjectTransform.fields.compactMap { field, effect in
      let old = before[field]
      guard let new = after[field], !(old.map { $0.means(new) } ?? false), !isEmpty(new) else { return nil }
      if field == "images", sameImages(old, new) { return nil }
      if field != "ignore", let changes = edit.builtChanges, changes.isEmpty { return nil }
      let isRename = field == "namePrefix" || field == "nameSuffix"
      let severity = isRename ? info.severity : severity(touchedStake(edit))
      return edit.change.violation(
        "\(after.title) \(effect) through \(field).", at: FieldPath("spec").key(field), severity: severity)
    }
  }

  private static let fields = [
    ("patches", "rewrites what it applies"), ("patchesStrategicMerge", "rewrites what it applies"),
    ("patchesJson6902", "rewrites what it applies"), ("components", "adds to and rewrites what it applies"),
    ("images", "takes other images than the manifests say"),
    ("namePrefix", "renames all objects, so that the old ones are deleted,"),
    ("nameSuffix", "renames all objects, so that the old ones are deleted,"),
    ("ignore", "leaves fields of its objects out of what it enforces"),
  ]

  private func severity(_ stake: Stake) -> Severity {
    switch stake {
    case .clusters, .unseen: .high
    case .flux: .medium
    case .state, .plain, .foreign: .low
    }
  }

  private func isEmpty(_ node: Node) -> Bool {
    node.isSequence && node.items.isEmpty || node.isMapping && node.entries.isEmpty || node.text == ""
  }

  /// The stake of what differs in the build, where that is known.
  private func touchedStake(_ edit: FluxEdit) -> Stake {
    guard let changes = edit.builtChanges else { return edit.stake }
    return changes.compactMap { $0.before ?? $0.after }.map { Stake(of: $0.object) }.max() ?? .plain
  }

  /// Whether only tags and digests differ.
  private func sameImages(_ old: Node?, _ new: Node) -> Bool {
    func names(_ node: Node?) -> Set<[String]> {
      Set((node?.items ?? []).map { [$0["name"]?.text ?? "", $0["newName"]?.text ?? ""] })
    }
    return names(new).isSubset(of: names(old))
  }
}
