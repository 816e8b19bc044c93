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

  /// What hangs on it: the larger stake of both sides, of those that show what is applied.
  var stake: Stake {
    func stake(_ spec: KustomizationSpec?, _ side: Side) -> Stake? {
      spec.map { $0.isNowhere(on: side, in: step) ? .unseen : Stake(of: $0, on: side, in: step) }
    }
    let seen = [stake(before, .before), stake(after, .after)].compactMap { $0 }.filter { $0 != .unseen }
    return seen.max() ?? (before ?? after).map { Stake(of: $0, on: before == nil ? .after : .before, in: step) }
      ?? .unseen
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
  /// The Flux Kustomizations that differ. Those that Flux was started with are a pair as they are run as well: one may
  /// rename itself through its own transformers, or lead itself to a folder that holds its twin of another cluster.
  var fluxEdits: [FluxEdit] {
    var changes = objects.filter { ($0.before ?? $0.after)?.object.groupKind == FluxKind.kustomization }
    for old in applied?.before?.roots ?? [] {
      guard let before = old.start?.settings, let after = applied?.after.root(old.path)?.start?.settings,
        after.identity == before.identity, after.file == before.file, !before.root.means(after.root),
        let left = KubernetesObject(before.root), let right = KubernetesObject(after.root)
      else { continue }
      let place = changes.firstIndex { $0.pairs(before.identity, in: old.path, of: before.file) }
      if let place, changes[place].after?.path == after.file { continue }
      if let place { changes.remove(at: place) }
      changes.append(
        ObjectChange(
          before: AppliedObject(object: left, path: before.file), after: AppliedObject(object: right, path: after.file))
      )
    }
    return changes.map { FluxEdit($0, in: self) }
  }

  /// Whether an object is the written form of a Kustomization that Flux was started with, runs on, and still stands in
  /// its file.
  func isStart(_ object: AppliedObject) -> Bool {
    let identity = object.object.identity.key
    guard let root = startedRoot(object), let file = root.start?.settings.file,
      let later = applied?.after.root(root.path), !later.isEnded,
      later.start?.owner.identity.key == identity
    else { return false }
    return written(identity, in: file) != nil
  }

  /// Whether an object is a Kustomization that Flux was started with and that deletes itself for a cause that another
  /// rule tells: it is led to another folder, or its own is built to nothing.
  func isToldWithCause(_ object: AppliedObject) -> Bool {
    guard let root = startedRoot(object), let later = applied?.after.root(root.path), later.isEnded,
      let path = root.start?.settings.path
    else { return false }
    return later.start?.settings.path != path || emptiedRoots.contains(path)
  }

  /// Whether an object stays in its file and goes only because the Kustomization that Flux was started with deletes
  /// itself, of which one finding tells for all.
  func goesWithRoot(_ object: AppliedObject) -> Bool {
    guard let name = object.owner?.root, let applied, applied.after.root(name)?.isEnded ?? true,
      let start = applied.before?.root(name)?.start, object.object.identity.key != start.owner.identity.key
    else { return false }
    return writtenAfter(object) != nil
  }

  /// An object as its file holds it after the change, whoever applies that; `nil` where the file does not.
  func writtenAfter(_ object: AppliedObject) -> AppliedObject? {
    written(object.object.identity.key, in: object.path)
  }

  private func written(_ identity: ObjectIdentity, in file: String) -> AppliedObject? {
    after.objects(under: Path.parent(file)).first { $0.path == file && $0.object.identity.key == identity }
  }

  /// The root before the change that was started with an object.
  private func startedRoot(_ object: AppliedObject) -> SyncRoot? {
    let identity = object.object.identity.key
    return applied?.before?.roots.first {
      $0.start?.owner.identity.key == identity && object.isOf(root: $0.path, or: $0.start?.settings.file)
    }
  }
}

extension ObjectChange {
  fileprivate func pairs(_ identity: ObjectIdentity, in root: String, of file: String) -> Bool {
    guard let before, let after, before.isOf(root: root, or: file) else { return false }
    return before.object.identity.key == identity.key && after.object.identity.key == identity.key
  }
}

extension AppliedObject {
  /// Whether the object is applied under a root; where nobody applies it, whether it stands in a file.
  fileprivate func isOf(root: String, or file: String?) -> Bool { owner.map { $0.root == root } ?? (path == file) }
}
