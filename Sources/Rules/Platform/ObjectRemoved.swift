internal import Flux
internal import Manifests
internal import Policy

/// A rule about objects of some kinds that leave the applied state. Each is a row of a table.
struct ObjectRemoved: ChangeRule {
  let info: RuleInfo
  /// The kinds whose removal is judged.
  let removed: [GroupKind]
  /// Kinds whose removal in the same change makes a difference.
  var companions: [GroupKind] = []
  /// For a judged kind, or a companion of which more is told than its removal, the words without which nothing is said.
  var removedWords: [GroupKind: [String]] = [:]
  /// Whether the removal matters only for what the cluster loses, so that it counts less where nobody is known to apply
  /// the object.
  var loses = false
  /// What an object that stays no longer does: the field, and the end of a sentence that begins with the object.
  var emptied: @Sendable (_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? = { _, _ in nil
  }
  /// What else in a change weakens what the rule is about.
  var also: @Sendable (_ step: Change) -> [Violation] = { _ in [] }
  /// What goes with an object: the end of a sentence that begins with the object, `nil` where nothing is to be said.
  let says: @Sendable (_ object: AppliedObject, _ step: Change) -> (text: String, severity: Severity)?

  var kinds: KindSelection { .kinds(removed + companions) }

  /// The removal of a companion alone tells nothing.
  var words: [GroupKind: [String]] {
    companions.filter { !removed.contains($0) }.reduce(into: removedWords) { $0[$1] = $0[$1] ?? [] }
  }

  func judge(_ step: Change) -> [Violation] {
    step.objects.compactMap { change -> Violation? in
      if let (before, after) = change.kept, removed.contains(after.object.groupKind) {
        return emptied(before.object, after.object).map { change.violation("\(change.title) \($0.1).", at: $0.0) }
      }
      guard let removal = Removal(change, in: step), removed.contains(removal.object.object.groupKind),
        let (text, severity) = says(removal.object, step), !removal.isOnlyWritten,
        // What stays anyway, and is not even tried to be deleted, is no loss.
        !(removal.stays && removal.object.object.isUndeletable)
      else { return nil }
      // Of a database more is said than of a claim that goes with it.
      let loss = StatefulKind.kinds.contains(removal.object.object.groupKind) ? text : ""
      return removal.violation(text, severity, loses: loses, sameEdit: loss)
    } + also(step)
  }

  static let all: [any Rule] = state + guards

  /// What runs in a namespace, or brings something that does.
  static let workloads = PodTemplate.kinds + [FluxKind.helmRelease, FluxKind.kustomization]
}
