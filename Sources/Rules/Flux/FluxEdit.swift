internal import Flux
internal import Manifests
internal import Policy

/// A rule about one Flux `Kustomization`, before and after.
protocol KustomizationRule: ChangeRule {
  func judge(_ edit: FluxEdit) -> [Violation]
}

extension KustomizationRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  func judge(_ step: Change) -> [Violation] { step.fluxEdits.flatMap { judge($0) } }
}

/// A change of one Flux `Kustomization`, ready for rules to ask.
struct FluxEdit {
  let before: KustomizationSpec?
  let after: KustomizationSpec?
  let change: ObjectChange
  let step: Change

  init(_ change: ObjectChange, in step: Change) {
    before = change.before.map { KustomizationSpec($0) }
    after = change.after.map { KustomizationSpec($0) }
    self.change = change
    self.step = step
  }

  /// Both sides of a Kustomization that stays.
  var kept: (before: KustomizationSpec, after: KustomizationSpec)? {
    guard let before, let after else { return nil }
    return (before, after)
  }

  /// What hangs on it: the larger stake of both sides.
  var stake: Stake {
    let sides = [
      before.map { Stake(of: $0, on: .before, in: step) }, after.map { Stake(of: $0, on: .after, in: step) },
    ]
    return sides.compactMap { $0 }.filter { $0 != .unseen }.max() ?? .unseen
  }

  /// The objects of this Kustomization that differ between both builds; `nil` where that is not known.
  var builtChanges: [ObjectChange]? {
    guard let applied = step.applied, let (before, after) = kept,
      before.applied(on: .before, in: step)?.outcome == .applied,
      after.applied(on: .after, in: step)?.outcome == .applied
    else { return nil }
    let own = [before, after].map(\.applied.object.identity.key)
    return applied.changes.filter { other in
      [other.before, other.after].contains { $0?.owner.map { own.contains($0.identity.key) } ?? false }
    }
  }
}

extension Change {
  /// The Flux Kustomizations that differ. Where a root renames itself through its own transformers, its written forms
  /// are a pair as well.
  var fluxEdits: [FluxEdit] {
    var changes = objects.filter { ($0.before ?? $0.after)?.object.groupKind == FluxKind.kustomization }
    changes += (applied?.before?.roots ?? []).compactMap { old -> ObjectChange? in
      guard let before = old.start?.settings, !changes.contains(where: { $0.pairs(before.identity) }),
        let after = applied?.after.roots.compactMap(\.start?.settings).first(where: {
          $0.identity == before.identity && $0.file == before.file
        }),
        !before.root.means(after.root), let left = KubernetesObject(before.root),
        let right = KubernetesObject(after.root)
      else { return nil }
      return ObjectChange(
        before: AppliedObject(object: left, path: before.file), after: AppliedObject(object: right, path: after.file))
    }
    return changes.map { FluxEdit($0, in: self) }
  }

  /// Whether an object is the written form of a Kustomization that Flux was started with, and still stands in its file.
  func isStart(_ identity: ObjectIdentity) -> Bool {
    guard
      let start = applied?.before?.roots.compactMap(\.start?.settings).first(where: { $0.identity.key == identity.key })
    else { return false }
    let folder = start.file.lastIndex(of: "/").map { String(start.file[..<$0]) } ?? ""
    return after.objects(under: folder).contains {
      $0.path == start.file && $0.object.identity.key == identity.key
    }
  }
}

extension ObjectChange {
  fileprivate func pairs(_ identity: ObjectIdentity) -> Bool {
    guard let before, let after else { return false }
    return before.object.identity.key == identity.key && after.object.identity.key == identity.key
  }
}
