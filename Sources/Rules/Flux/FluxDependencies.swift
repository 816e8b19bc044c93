internal import Flux
internal import Manifests
internal import Policy

/// `dependsOn` of Flux Kustomizations and HelmReleases: what it names has to be there and ready, so that one that names
/// nothing, or itself by way of others, waits for ever (`checkDependencies` of kustomize-controller).
struct FluxDependencies {
  private let step: Change
  /// The references that the change writes.
  private let written: [FluxReference]

  init(_ step: Change) {
    self.step = step
    written =
      step.applied == nil
      ? []
      : step.objects.flatMap { change -> [FluxReference] in
        guard let after = change.after, after.owner != nil, FluxReference.holders.contains(after.object.groupKind),
          after.object["spec", "dependsOn"] != nil
        else { return [] }
        let known = (change.before.map { FluxReference.all(in: $0) } ?? []).filter(\.isDependency)
        return FluxReference.all(in: after).filter { new in
          new.isDependency && !known.contains { $0.name == new.name && $0.namespace == new.namespace }
        }
      }
  }

  /// What is said of those that lead nowhere, or back to where they begin.
  var violations: [Violation] {
    written.compactMap { reference in
      let targets = step.after.objects(of: reference.kind)
      guard targets.contains(where: reference.means) else {
        return isKnown(reference) ? violation(reference, "which is not in the repository") : nil
      }
      guard let way = way(back: reference, among: targets) else { return nil }
      let others = way.isEmpty ? "" : " by way of \(way.joined(separator: ", "))"
      return violation(reference, "which depends on it in turn\(others)")
    }
  }

  private func violation(_ reference: FluxReference, _ end: String) -> Violation {
    let title = reference.holder.object.identity.title
    return Violation(
      "\(title) depends on \(reference.kind.kind) \(reference.namespace)/\(reference.name), \(end): it waits for ever, and nothing of it is applied.",
      object: reference.holder, field: reference.path, after: reference.name,
      location: reference.holder.location(of: reference.node, side: .after))
  }

  /// Whether all that could be meant is known: nothing that left in this change, of which more is said, and no part of
  /// what is applied to the cluster that the repository does not show.
  private func isKnown(_ reference: FluxReference) -> Bool {
    guard let applied = step.applied, let root = applied.after.root(reference.holder.owner?.root ?? "") else {
      return false
    }
    let isGone = applied.changes.contains { $0.after == nil && ($0.before.map(reference.means) ?? false) }
    return !isGone
      && root.kustomizations.allSatisfy { $0.outcome == .applied && !$0.problems.contains(where: \.feedsBuild) }
  }

  /// The names on the way from what a reference means back to its holder; `nil` where no way leads back.
  private func way(back reference: FluxReference, among objects: [AppliedObject]) -> [String]? {
    var open = [(at: reference, way: [String]())]
    var seen: Set<String> = []
    while let (here, way) = open.popLast() {
      if here.means(reference.holder) { return Array(way.dropLast()) }
      guard seen.insert("\(here.namespace)/\(here.name)").inserted, let next = objects.first(where: here.means) else {
        continue
      }
      open += FluxReference.all(in: next).filter(\.isDependency).map { ($0, way + [here.name]) }
    }
    return nil
  }
}
