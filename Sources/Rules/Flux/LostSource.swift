internal import Flux
internal import Manifests
internal import Policy

/// A source that leaves what Flux applies while Flux Kustomizations still apply from it.
struct LostSource {
  private static let kinds = [FluxKind.gitRepository, FluxKind.ociRepository, FluxKind.bucket]

  private let change: ObjectChange
  private let users: [AppliedKustomization]
  private let isOfRoot: Bool

  /// `nil` for anything else, and where the whole installation goes, of which more is said.
  init?(_ change: ObjectChange, in step: Change) {
    guard change.after == nil, let removed = change.before, LostSource.kinds.contains(removed.object.groupKind),
      let owner = removed.owner, [.pruned, .unknown].contains(change.verdict), step.handover(of: change) == nil,
      let root = step.applied?.after.root(owner.root), !root.isEnded
    else { return nil }
    let identity = removed.object.identity
    users = root.kustomizations.filter {
      let source = $0.settings.source
      return source.kind == identity.kind && source.name == identity.name && source.namespace == identity.namespace
    }
    if users.isEmpty { return nil }
    isOfRoot = users.contains { $0.owner.identity.key == root.start?.owner.identity.key }
    self.change = change
  }

  /// What is said of it.
  var violation: Violation {
    let first = users[0].owner.identity.title
    let more = users.count > 1 ? " and \(Count.of(users.count - 1, "more Kustomization"))" : ""
    let end =
      isOfRoot
      ? "nothing is fetched and applied any more, and no edit in Git brings it back"
      : users.count > 1 ? "they are not applied any more" : "it is not applied any more"
    var violation = change.violation(
      "\(change.title) is removed, from which Flux \(first)\(more) still \(users.count > 1 ? "apply" : "applies"): \(end).",
      severity: .high,
      remediation: """
        Restore the source under its name, or lead every Flux Kustomization to another one first and remove it in a later \
        pull request.
        """)
    violation.verdict = .pruned
    violation.sameEdit = "source"
    return violation
  }
}
