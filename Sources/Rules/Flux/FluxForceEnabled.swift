internal import Flux
internal import Manifests
internal import Policy

/// Flux allowed to delete and recreate what it cannot update.
struct FluxForceEnabled: ChangeRule {
  var kinds: KindSelection { .mentioning([FluxKind.kustomizeGroup]) }

  let info = RuleInfo(
    "flux-force-enabled", .critical, .flux,
    summary: "Flux is allowed to delete and recreate objects whose update is refused.",
    why: """
      Flux takes any refusal with status 422 or 409 for an immutable field: it deletes the object and creates it \
      again. \
      The EKS Anywhere webhooks answer 422 for almost every wrong value, so a typing error in a Cluster destroys it.
      """,
    remediation: """
      Remove `spec.force`, or the annotation, and recreate the one object that needs it by hand \
      (`kubectl replace --force`).
      """,
    references: [References.fluxForce, References.bestPractices], groupsSameEdits: true,
    examples: [
      .sync("force is switched on", before: Samples.flux(), after: Samples.flux(spec: "force: ⟦true⟧")),
      Example(
        "a cluster is annotated", before: Samples.cluster(),
        after: Samples.cluster(annotations: "kustomize.toolkit.fluxcd.io/force: ⟦enabled⟧")),
      .sync("force is written out as off", before: Samples.flux(), after: Samples.flux(spec: "force: false")),
      .file(
        "a job is annotated", "batch/job.yaml", before: Samples.object("batch/v1", "Job", "migrate"),
        after: Samples.object(
          "batch/v1", "Job", "migrate", annotations: "kustomize.toolkit.fluxcd.io/force: enabled")),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.fluxEdits.flatMap { judge($0) }
      + step.objects.flatMap { change in change.after.map { judgeMarker(change, $0) } ?? [] }
  }

  private func judge(_ edit: FluxEdit) -> [Violation] {
    guard let after = edit.after, after["force"]?.bool == true, edit.before?["force"]?.bool != true else { return [] }
    let stake = edit.stake
    if edit.before == nil, stake < .flux { return [] }
    // What is new has applied nothing yet that could be recreated.
    let severity = edit.before == nil ? stake.severity(info.severity).milder : stake.severity(info.severity)
    let loss = stake == .clusters ? ", clusters and their machines included" : ""
    return [
      edit.change.violation(
        "\(after.title) may delete and recreate whatever the API server refuses to update\(loss).", at: "spec.force",
        severity: severity)
    ]
  }

  private func judgeMarker(_ change: ObjectChange, _ after: AppliedObject) -> [Violation] {
    let stake = Stake(of: after.object)
    guard stake != .plain, after.object.groupKind != FluxKind.kustomization,
      let (field, node) = after.object.marker("force"), isEnabled(node),
      change.before?.object.marker("force").map({ !isEnabled($0.node) }) ?? true
    else { return [] }
    return [
      change.violation(
        "\(change.title) may be deleted and recreated by Flux when the API server refuses an update.", at: field,
        severity: stake.severity(info.severity))
    ]
  }

  private func isEnabled(_ node: Node) -> Bool { node.text?.lowercased() == "enabled" }
}

extension KubernetesObject {
  /// Flux's own marker of a name, as an annotation or a label, with its place in the object.
  func marker(_ name: String) -> (field: FieldPath, node: Node)? {
    let key = FluxKind.marker(name)
    for holder in ["annotations", "labels"] {
      if let node = self["metadata", holder, key] {
        return (FieldPath([.key("metadata"), .key(holder), .key(key)]), node)
      }
    }
    return nil
  }
}
