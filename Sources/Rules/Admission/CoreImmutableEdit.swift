internal import Flux
internal import Manifests
internal import Policy

/// Edits of what Flux applies of Kubernetes' own kinds that the API server refuses.
enum CoreImmutableEdit {
  /// Objects are judged as they are built, so that nothing is said of what nobody applies.
  static func judge(_ step: Change) -> [Violation] {
    (step.applied?.changes ?? []).flatMap { change -> [Violation] in
      guard change.verdict == .applied, !change.isTakenOver, let before = change.before, let after = change.after,
        let owner = after.owner, let rows = CoreImmutableField.all[after.object.groupKind],
        Guard.freezing(after.object) == nil, !Guard.appliesOnce(after.object), !isMeant(before.object, after.object)
      else { return [] }
      return rows.compactMap { row in
        row.changes(from: before.object, to: after.object).first.map { violation($0, change, owner) }
      }
    }
  }

  /// Whether it is a Job whose author says that it is to be deleted and run again.
  private static func isMeant(_ before: KubernetesObject, _ after: KubernetesObject) -> Bool {
    after.identity.kind == "Job" && (Guard.forces(before) || Guard.forces(after))
  }

  private static func violation(_ field: FieldChange, _ change: ObjectChange, _ owner: Owner) -> Violation {
    let isSecret = change.identity?.kind == "Secret" || change.identity?.kind == "ConfigMap"
    let isShown = !isSecret && [field.before, field.after].allSatisfy { $0 == nil || $0?.text != nil }
    let what = isShown ? FieldWords.change(field.before, field.after) : "changes"
    var violation = change.violation(
      """
      \(field.path) of \(change.title) \(what); it may not change, so the API server refuses the edit\
      \(Violation.partStalls).
      """, at: field.path, old: field.before, new: field.after
    ).refused
    if !isShown { (violation.before, violation.after) = (nil, nil) }
    violation.verdict = .rejected
    violation.sameEdit = "\(field.path) \(owner.identity.title)"
    return violation
  }
}
