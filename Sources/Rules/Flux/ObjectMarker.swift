internal import Flux
internal import Manifests
internal import Policy

/// A rule about a marker that tells Flux what not to do with an object. Each is a row of a table.
struct ObjectMarker: ObjectRule {
  var kinds: KindSelection { .mentioning([FluxKind.kustomizeGroup, "config.kubernetes.io/local-config"]) }

  let info: RuleInfo
  /// What is said of an edit: the field, the end of a sentence that begins with the object, and a severity.
  let says: @Sendable (_ change: ObjectChange) -> (field: FieldPath, text: String, severity: Severity)?

  /// Whether the marker is what keeps an object from being deleted.
  private var isAboutGuard: Bool { info.id == "prune-guard-removed" }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    let change = change.asWrittenAfter(in: step)
    guard let (field, text, severity) = says(change) else { return onTheWay(of: change, in: step) }
    if isAboutGuard, let after = change.after, step.givesMarker("prune", ["disabled"], to: after) { return [] }
    let cause = change.after?.object.root.value(at: field)?.origin?.cause ?? ""
    if cause == "commonAnnotations" || cause.hasSuffix("abels") || cause.hasPrefix("commonMetadata") { return [] }
    return [change.violation("\(change.title) \(text).", at: field, severity: severity)]
  }

  /// What a commit of a branch takes from an object that a later one takes away as a whole.
  private func onTheWay(of change: ObjectChange, in step: Change) -> [Violation] {
    guard isAboutGuard, let before = change.before, change.after == nil else { return [] }
    return step.way(of: change).compactMap(says).prefix(1).map { field, text, severity in
      Violation(
        "\(change.title) \(text), and a later commit of the branch takes it away.", object: before, field: field,
        location: before.nameLocation(side: .before), verdict: change.verdict, severity: severity)
    }
  }

  static let all: [any Rule] = [pruneGuardRemoved, objectFrozen, ownerLabels, LocalConfigAnnotation()]

  private static let pruneGuardRemoved = ObjectMarker(
    info: RuleInfo(
      "prune-guard-removed", .high, .flux,
      summary: "The marker that keeps Flux from deleting an object is removed.",
      why: "While the marker is live Flux never deletes the object. Without it the next removal from Git deletes it.",
      remediation: "Keep `kustomize.toolkit.fluxcd.io/prune: disabled` on clusters, namespaces and volumes.",
      references: [References.fluxControl, References.fluxPrune], groupsSameEdits: true,
      examples: [
        Example(
          "the guard of a cluster is removed",
          before: Samples.cluster(annotations: "kustomize.toolkit.fluxcd.io/prune: ⟦disabled⟧"),
          after: Samples.cluster()),
        Example(
          "the guard moves to the folder's kustomization",
          before: [
            "apps/map.yaml": Samples.object("v1", "Namespace", "web", annotations: guardText),
            "apps/kustomization.yaml": "resources: [map.yaml]\n",
          ],
          after: [
            "apps/map.yaml": Samples.object("v1", "Namespace", "web"),
            "apps/kustomization.yaml": "resources: [map.yaml]\ncommonAnnotations: {\(guardText)}\n",
          ]),
        Example(
          "the guard moves to a patch",
          before: [
            "apps/map.yaml": Samples.object("v1", "Namespace", "web", annotations: guardText),
            "apps/kustomization.yaml": "resources: [map.yaml]\n",
          ],
          after: [
            "apps/map.yaml": Samples.object("v1", "Namespace", "web"),
            "apps/guard.yaml": Samples.object("v1", "Namespace", "web", annotations: guardText),
            "apps/kustomization.yaml": "resources: [map.yaml]\npatches: [{path: guard.yaml}]\n",
          ]),
        Example(
          "the guard becomes a label",
          before: Samples.cluster(annotations: "kustomize.toolkit.fluxcd.io/prune: disabled"),
          after: Samples.cluster().replacing(
            "  namespace: default\n",
            with: "  namespace: default\n  labels: {kustomize.toolkit.fluxcd.io/prune: Disabled}\n")),
      ]),
    says: { change in
      guard let (before, after) = change.kept, let old = before.object.guardMarker("prune", ["disabled"]),
        after.object.guardMarker("prune", ["disabled"]) == nil
      else { return nil }
      if after.object.marker("prune")?.node.isUnknown == true { return nil }
      let severity: Severity = Stake(of: before.object) == .plain ? .medium : .high
      return (old.field, "loses its prune guard: Flux deletes it when it leaves Git", severity)
    })

  private static let guardText = "kustomize.toolkit.fluxcd.io/prune: disabled"

  private static let objectFrozen = ObjectMarker(
    info: RuleInfo(
      "object-frozen", .medium, .flux,
      summary: "An object is marked so that Flux no longer applies it.",
      why: """
        With `reconcile: disabled` or `ssa: Ignore` Flux skips the object from this commit on, the marker itself \
        included: every later edit is silently lost. With `ssa: IfNotPresent` only the first version is ever applied.
        """,
      remediation: "Remove the marker; to stop Flux for a while, suspend the Kustomization with `flux suspend`.",
      references: [References.fluxControl], groupsSameEdits: true,
      examples: [
        Example(
          "a cluster is frozen", before: Samples.cluster(),
          after: Samples.cluster(annotations: "kustomize.toolkit.fluxcd.io/reconcile: ⟦disabled⟧")),
        Example(
          "reconciling is written out", before: Samples.cluster(),
          after: Samples.cluster(annotations: "kustomize.toolkit.fluxcd.io/reconcile: enabled")),
      ]),
    says: { change in
      guard let (before, after) = change.kept else { return nil }
      let values = [("reconcile", ["disabled"]), ("ssa", ["ignore", "ifnotpresent"])]
      for (name, words) in values {
        guard let new = after.object.guardMarker(name, words), before.object.guardMarker(name, words) == nil else {
          continue
        }
        let isOnce = new.node.text?.lowercased() == "ifnotpresent"
        let mild = isOnce && Stake(of: after.object) == .plain
        return (new.field, "is frozen: Flux skips every edit of it from now on", mild ? .low : .medium)
      }
      return nil
    })

  private static let ownerLabels = ObjectMarker(
    info: RuleInfo(
      "owner-labels-in-source", .medium, .flux,
      summary: "A manifest carries the labels with which Flux marks what it owns.",
      why: """
        Flux tells by these labels who may delete an object. Copied from a live object they name the wrong owner: the \
        object is taken over, or never pruned.
        """,
      remediation: "Delete the labels `kustomize.toolkit.fluxcd.io/name` and `/namespace` from the manifest.",
      references: [References.fluxFAQ], groupsSameEdits: true,
      examples: [
        .file(
          "an object is exported with its labels", "apps/map.yaml", before: nil,
          after: Samples.object("v1", "ConfigMap", "a", labels: "kustomize.toolkit.fluxcd.io/name: ⟦apps⟧")),
        .file(
          "the labels were there", "apps/map.yaml",
          before: Samples.object("v1", "ConfigMap", "a", labels: "kustomize.toolkit.fluxcd.io/name: apps"),
          after: Samples.object(
            "v1", "ConfigMap", "a", labels: "kustomize.toolkit.fluxcd.io/name: apps", "data: {a: b}")),
      ]),
    says: { change in
      for name in ["name", "namespace"] {
        let field = FieldPath([.key("metadata"), .key("labels"), .key(FluxKind.marker(name))])
        guard let new = change.after?.object.root.value(at: field) else { continue }
        if let old = change.before?.object.root.value(at: field), old.means(new) { continue }
        return (field, "carries Flux's own owner label", .medium)
      }
      return nil
    })
}

extension ObjectChange {
  /// An object that leaves the build while its manifest stays is judged with that manifest, for what keeps it out may
  /// stand in it.
  fileprivate func asWrittenAfter(in step: Change) -> ObjectChange {
    guard let before, before.owner != nil, after == nil, step.after.exists(before.path) else { return self }
    let folder = Path.parent(before.path)
    let written = step.after.objects(under: folder).first {
      $0.path == before.path && $0.object.identity.key == before.object.identity.key && $0.object.localConfig != nil
    }
    guard let written else { return self }
    return ObjectChange(before: before, after: written, verdict: verdict, verdictReason: verdictReason)
  }
}

extension KubernetesObject {
  /// Flux's marker of a name, if its value is one of these, whatever its case.
  func guardMarker(_ name: String, _ values: [String]) -> (field: FieldPath, node: Node)? {
    guard let metadata = self["metadata"] else { return nil }
    let key = FluxKind.marker(name)
    for holder in ["annotations", "labels"] {
      guard let node = metadata[holder, key], values.contains(node.text?.lowercased() ?? "") else { continue }
      return (FieldPath([.key("metadata"), .key(holder), .key(key)]), node)
    }
    return nil
  }

  /// kustomize's annotation for objects that are not to be applied, also with an empty value.
  var localConfig: Node? {
    self["metadata", "annotations"]?.entry("config.kubernetes.io/local-config")?.value
  }
}
