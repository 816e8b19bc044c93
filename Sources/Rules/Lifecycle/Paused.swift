internal import Flux
internal import Manifests
internal import Policy

/// An object that EKS Anywhere is told to leave alone.
struct PausedAdded: ObjectRule {
  let info = RuleInfo(
    "paused-added", .high, .lifecycle,
    summary: "The annotation paused is added to a cluster or one of its configs.",
    why: """
      EKS Anywhere then neither heals, scales nor upgrades it, holds its deletion back until the pause ends, and lets \
      later commits change fields that are otherwise immutable.
      """,
    remediation: """
      Remove anywhere.eks.amazonaws.com/paused unless a maintenance window is open; take it out again in the next commit.
      """,
    references: [References.bestPractices, References.gitOps],
    groupsSameEdits: true,
    examples: [
      Example(
        "a cluster is paused", before: Samples.cluster(),
        after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: ⟦\"true\"⟧")),
      Example(
        "an unquoted true becomes a string too", before: Samples.cluster(),
        after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: ⟦true⟧")),
      Example(
        "True is not the text true", before: Samples.cluster(),
        after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"True\"")),
    ])

  var kinds: KindSelection { .kinds(Kinds.pausable) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after, after.isPaused, !before.isPaused,
      before.knowsAnnotation("paused")
    else { return [] }
    let violation = ObjectEdit(change, in: step).violation(
      "\(after.object.identity.title) is paused: EKS Anywhere leaves it alone and its immutable fields can be edited.",
      at: .annotation("paused"))
    return [violation].compactMap { $0 }
  }
}

/// The end of a pause.
struct PausedRemoved: ObjectRule {
  let info = RuleInfo(
    "paused-removed", .medium, .lifecycle,
    summary: "The annotation paused is removed from a cluster or one of its configs.",
    why: "All edits that were merged during the pause take effect now, and so does a deletion that waited for it.",
    remediation: "Read what was merged since the pause began, then let this finding pass.",
    references: [References.gitOps],
    groupsSameEdits: true,
    examples: [
      Example(
        "the annotation is removed",
        before: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: ⟦\"true\"⟧"), after: Samples.cluster()),
      Example(
        "the annotation becomes false",
        before: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\""),
        after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: ⟦\"false\"⟧")),
      Example(
        "a word that never paused anything is removed",
        before: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"yes\""), after: Samples.cluster()),
    ])

  var kinds: KindSelection { .kinds(Kinds.pausable) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after, before.isPaused, !after.isPaused,
      after.knowsAnnotation("paused")
    else { return [] }
    let violation = ObjectEdit(change, in: step).violation(
      "\(after.object.identity.title) is no longer paused: edits and deletions that waited take effect.",
      at: .annotation("paused"))
    return [violation].compactMap { $0 }
  }
}
