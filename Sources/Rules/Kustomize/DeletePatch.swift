internal import Flux
internal import Manifests
internal import Policy

/// A patch that takes objects, or worker groups, out of the build.
struct DeletePatch: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization, EKSAnywhere.cluster]) }

  let info = RuleInfo(
    "kustomize-delete-patch", .critical, .flux,
    summary: "A patch removes an object, or worker groups of a cluster, from what Flux applies.",
    why: """
      `$patch: delete` takes an object out of the build, and a merge patch replaces the whole list of worker groups: \
      clusters and machines go without any edit in eksa-cluster.yaml.
      """,
    remediation: "Remove the patch; write worker groups in full, or change one with a JSON patch at its index.",
    references: [References.kustomizeFields, References.fluxPrune],
    examples: [
      .fleet(
        "a patch deletes the cluster", before: patched(""),
        after: patched(
          """
          patches:
          - patch: ⟦'{$patch: delete, apiVersion: anywhere.eks.amazonaws.com/v1alpha1, kind: Cluster, metadata: \
          {name: prod}}'⟧

          """)),
      .fleet(
        "a JSON patch takes a group away", before: grouped(""),
        after: grouped(
          """
          patches:
          - target: {kind: Cluster}
            patch: ⟦'[{"op": "remove", "path": "/spec/workerNodeGroupConfigurations/1"}]'⟧

          """)),
      .fleet(
        "a patch labels the cluster", before: patched(""),
        after: patched(
          """
          patches:
          - patch: '{apiVersion: anywhere.eks.amazonaws.com/v1alpha1, kind: Cluster, metadata: {name: prod, labels: \
          {a: b}}}'

          """)),
    ])

  func judge(_ step: Change) -> [Violation] {
    guard let applied = step.applied else { return [] }
    let vanished = step.vanished
    return step.keptKustomizations.flatMap { before, after -> [Violation] in
      guard after.outcome == .applied, !vanished.isEmpty else { return [] }
      let gone = vanished.filter { change in
        guard let object = change.before, object.owner?.identity.key == before.owner.identity.key else { return false }
        return after.lookedAt.contains(object.path) && Stake(of: object.object) >= .state
      }
      guard !gone.isEmpty else { return [] }
      return deletions(after, step).compactMap { patch in
        guard let loss = Loss(gone.filter { change in change.before.map { patch.fits($0.object) } ?? false }) else {
          return nil
        }
        return Violation(
          "A patch in \(patch.location.path) takes \(loss.title) out of the build: \(loss.fate).",
          object: loss.objects.first,
          location: patch.location, related: loss.places, severity: loss.severity(info.severity),
          fingerprintExtra: patch.location.path)
      }
    } + applied.changes.compactMap(lostGroups)
  }

  /// Worker groups that a patch's list leaves out.
  private func lostGroups(_ change: ObjectChange) -> Violation? {
    guard let (before, after) = change.kept, after.object.groupKind == EKSAnywhere.cluster,
      let list = after.object.root.value(at: ClusterSpec.workersPath), list.origin?.cause == "patch"
    else { return nil }
    let kept = Set(ClusterSpec(after).workers.map(\.name))
    let lost = ClusterSpec(before).workers.map(\.name).filter { !kept.contains($0) }
    guard !lost.isEmpty else { return nil }
    return Violation(
      """
      A patch changes the list of worker groups of \(change.title): the machines of \(lost.joined(separator: ", ")) are \
      deleted.
      """,
      object: after, field: ClusterSpec.workersPath, location: after.location(of: list, side: .after))
  }

  /// A patch that deletes what it names.
  private struct Deletion {
    var kind: String?
    var name: String?
    var location: Location

    func fits(_ object: KubernetesObject) -> Bool {
      (kind == nil || kind == object.identity.kind) && (name == nil || name == object.identity.name)
    }
  }

  private func deletions(_ kustomization: AppliedKustomization, _ step: Change) -> [Deletion] {
    kustomization.kustomizationFiles.flatMap { path -> [Deletion] in
      let folder = Path.parent(path)
      guard let file = step.after.kustomization(in: folder) else { return [] }
      let entries =
        (file.root["patches"]?.items ?? []).map { ($0["patch"], $0["path"], $0["target"]) }
        + (file.root["patchesStrategicMerge"]?.items ?? []).map { ($0, $0, nil) }
      return entries.flatMap { inline, outside, target -> [Deletion] in
        if let inline, let text = inline.text, text.contains("$patch") {
          let place = Location(path: file.path, side: .after, span: inline.span)
          return YAMLStream.parse(Array(text.utf8)).documents.compactMap { deletion($0.root, target, place) }
        }
        guard let name = outside?.text, !name.contains("\n") else { return [] }
        let path = KustomizationFileView.resolve(name, in: folder)
        let parent = Path.parent(path)
        return step.after.objects(under: parent).filter { $0.path == path }.compactMap { patch in
          let place = patch.object["$patch"].map { patch.location(of: $0, side: .after) }
          return deletion(patch.object.root, target, place ?? patch.nameLocation(side: .after))
        }
      }
    }
  }

  private func deletion(_ patch: Node?, _ target: Node?, _ place: Location) -> Deletion? {
    guard let patch, patch["$patch"]?.text == "delete" else { return nil }
    if let target { return Deletion(kind: target["kind"]?.text, name: plain(target["name"]?.text), location: place) }
    return Deletion(kind: patch["kind"]?.text, name: patch["metadata", "name"]?.text, location: place)
  }

  /// A name without pattern characters.
  private func plain(_ text: String?) -> String? {
    text.flatMap { $0.contains { "*.[](|^$+?".contains($0) } ? nil : $0 }
  }

  private static func grouped(_ patches: String) -> [String: String] {
    let cluster = Samples.cluster(workers: "{name: md-0, count: 3}", "{name: md-1, count: 3}")
    return ["prod/kustomization.yaml": "resources: [a.yaml]\n\(patches)", "prod/a.yaml": cluster]
  }

  private static func patched(_ patches: String) -> [String: String] {
    ["prod/kustomization.yaml": "resources: [a.yaml]\n\(patches)", "prod/a.yaml": Samples.cluster()]
  }
}
