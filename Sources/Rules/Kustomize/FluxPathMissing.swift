internal import Flux
internal import Manifests
internal import Policy

/// A Flux Kustomization whose folder is gone.
struct FluxPathMissing: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "flux-path-missing", .high, .flux,
    summary: "The folder that a Flux Kustomization applies no longer exists.",
    why: "Flux reports that the path is not found and stops: its objects stay as they are, and nobody updates them.",
    remediation: "Restore the folder, or remove the Flux Kustomization in a commit before the folder.",
    references: [References.fluxKustomization, References.fluxFAQ], groupsSameEdits: true,
    examples: [
      .fleet(
        "the folder is deleted",
        before: [
          "apps.yaml": Samples.flux("apps", path: "./apps"), "/apps/a.yaml": Samples.object("v1", "ConfigMap", "a"),
        ], after: ["apps.yaml": Samples.flux("apps", path: "⟦./apps⟧")]),
      .fleet(
        "the folder keeps a file",
        before: [
          "apps.yaml": Samples.flux("apps", path: "./apps"), "/apps/a.yaml": Samples.object("v1", "ConfigMap", "a"),
          "/apps/b.yaml": Samples.object("v1", "ConfigMap", "b"),
        ],
        after: [
          "apps.yaml": Samples.flux("apps", path: "./apps"), "/apps/a.yaml": Samples.object("v1", "ConfigMap", "a"),
        ]),
    ])

  func judge(_ step: Change) -> [Violation] {
    guard let applied = step.applied else { return [] }
    return applied.after.kustomizations.compactMap { later in
      guard later.outcome == .pathMissing, !step.removes(later) else { return nil }
      let known = applied.before?.root(later.owner.root)?.kustomizations ?? applied.before?.kustomizations ?? []
      let earlier = known.first { $0.owner.identity.key == later.owner.identity.key }
      if let earlier, earlier.outcome == .pathMissing || earlier.settings.path != later.settings.path { return nil }
      let node = later.settings.root["spec", "path"] ?? later.settings.root
      let stay =
        earlier.map {
          $0.objects.isEmpty
            ? ""
            : ", and its \(Count.of($0.objects.count, "object")) \($0.objects.count == 1 ? "stays" : "stay") unattended"
        }
        ?? ""
      let finds = earlier == nil ? "does not find" : "no longer finds"
      let side: Side = applied.after.files[later.settings.file] == nil ? .before : .after
      return Violation(
        "Flux \(later.owner.identity.title) \(finds) its folder \(later.settings.path ?? ""): it stalls\(stay).",
        field: "spec.path",
        location: Location(path: node.origin?.path ?? later.settings.file, side: side, span: node.span),
        verdict: .pathMissing, remediation: step.isRoot(later) ? FluxPathMissing.rootRemedy : nil, sameEdit: "missing",
        fingerprintExtra: later.owner.identity.title)
    }
  }
}

extension FluxPathMissing {
  /// What is to be done where Flux itself was started with the Kustomization: it is never to be removed first.
  fileprivate static let rootRemedy = """
    Restore the folder: nothing in it can be changed through Git before. To move it, suspend the Kustomization by hand, \
    move folder and `spec.path` in one commit, apply the new Kustomization by hand and resume it.
    """
}

extension Change {
  /// Whether Flux was started with a Kustomization.
  fileprivate func isRoot(_ kustomization: AppliedKustomization) -> Bool {
    isStart(kustomization)
      || applied?.after.root(kustomization.owner.root)?.start?.owner.identity.key == kustomization.owner.identity.key
  }

  /// Whether the Kustomization itself leaves Git; it still runs until Flux has deleted it. The one that Flux was
  /// started with applies itself, and is not deleted where it finds nothing to apply.
  fileprivate func removes(_ kustomization: AppliedKustomization) -> Bool {
    if isStart(kustomization) { return false }
    return applied?.after.files[kustomization.settings.file] == nil
      || objects.contains {
        $0.after == nil && $0.before?.object.identity.key == kustomization.owner.identity.key
          && $0.before?.path == kustomization.settings.file
      }
  }

  private func isStart(_ kustomization: AppliedKustomization) -> Bool {
    (applied?.before?.roots ?? []).contains {
      $0.path == kustomization.owner.root && $0.start?.owner.identity.key == kustomization.owner.identity.key
        && $0.appliesItself
    }
  }
}
