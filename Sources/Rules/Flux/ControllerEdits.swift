internal import Flux
internal import Manifests
internal import Policy

/// The dangers of a change for Flux's own controllers, as they are applied or written.
struct ControllerEdits {
  private var found: [(change: ObjectChange, danger: ControllerDanger)]

  init(_ step: Change) {
    found = step.objects.flatMap { change -> [(ObjectChange, ControllerDanger)] in
      guard let before = change.before, before.object.isFluxController else { return [] }
      guard let after = change.after else {
        return ControllerEdits.isRemoval(change, step)
          ? [(change, ControllerDanger(kind: .removed, controller: before.object.identity.name))] : []
      }
      return ControllerDanger.of(before.object, after.object, isUpgrade: change.versions != nil).map { (change, $0) }
    }
  }

  /// Whether a controller goes by itself, and not with all of Flux, of which other rules tell.
  private static func isRemoval(_ change: ObjectChange, _ step: Change) -> Bool {
    guard let before = change.before, ![.moved, .orphaned].contains(change.verdict),
      step.handover(of: change) == nil
    else { return false }
    if step.removesFlux(before.path) || !step.after.exists(before.path) { return false }
    // A part of Flux that is left out as a whole goes with its definitions, of which more is said.
    let isWhole = step.objects.contains {
      $0.after == nil && $0.before?.path == before.path && $0.identity?.kind == CoreKind.resourceDefinition.kind
    }
    if isWhole, ControllerDanger(kind: .removed, controller: before.object.identity.name).isMinor { return false }
    return step.applied.map { $0.after.reaches(before.path) } ?? before.path.isFluxComponents
  }

  /// Leaves removals to whoever tells of more edits of the same file.
  mutating func leaveRemovals(among changes: [ObjectChange]) {
    guard changes.contains(where: { !tellsAll(of: $0) }) else { return }
    let paths = Set(changes.compactMap(\.before?.path))
    found.removeAll { $0.danger.kind == .removed && paths.contains($0.change.before?.path ?? "") }
  }

  /// Whether a controller is told here, so that nothing more is to be said of it.
  func tellsAll(of change: ObjectChange) -> Bool {
    found.contains { $0.change.identity == change.identity && $0.change.before?.path == change.before?.path }
  }

  /// One for each kind of danger in each installation of Flux.
  var violations: [Violation] {
    let roots = Dictionary(grouping: found) { ($0.change.before?.owner?.root ?? $0.change.before?.path) ?? "" }
    return roots.sorted { $0.key < $1.key }.flatMap { _, found -> [Violation] in
      var seen: Set<ControllerDanger.Kind> = []
      let ordered = found.sorted { $0.danger.rank < $1.danger.rank }
      return ordered.compactMap { first in
        guard seen.insert(first.danger.kind).inserted else { return nil }
        return violation(ordered.filter { $0.danger.kind == first.danger.kind })
      }
    }
  }

  private func violation(_ alike: [(change: ObjectChange, danger: ControllerDanger)]) -> Violation? {
    guard let (change, danger) = alike.first else { return nil }
    let more = alike.count > 1 ? " and \(Count.of(alike.count - 1, "more controller")) of Flux" : ""
    var arguments: [String] = []
    for argument in alike.flatMap(\.danger.arguments) where !arguments.contains(argument) { arguments.append(argument) }
    let text = danger.sentence("\(change.title)\(more)", isOne: alike.count == 1, arguments)
    let severity: Severity? = danger.isMinor ? .medium : nil
    var violation =
      danger.field.map { change.violation(text, at: $0, severity: severity) }
      ?? change.violation(text, severity: severity)
    violation.remediation = """
      Restore what the controller had, and leave changes of its version to `flux install --export` or the EKS Anywhere \
      CLI. Where the change is meant, let those who answer for the whole cluster approve it.
      """
    violation.related = alike.dropFirst().compactMap { $0.change.violation("").location }
    violation.fingerprintExtra = "\(danger.kind)"
    if change.after == nil { violation.verdict = change.verdict }
    return violation
  }
}
