internal import Manifests

/// What happens to the objects of one root.
struct Fates {
  private let old: SyncRoot?
  private let new: SyncRoot?
  /// Who applies an object after the change.
  private let newOwners: NewOwners
  private let kustomizations: [ObjectIdentity: AppliedKustomization]
  private let oldKustomizations: [ObjectIdentity: AppliedKustomization]
  private let waits: Waits

  init(old: SyncRoot?, new: SyncRoot?) {
    self.old = old
    self.new = new
    newOwners = NewOwners(new)
    waits = Waits(new, since: old)
    kustomizations = Dictionary(
      (new?.kustomizations ?? []).map { ($0.settings.identity, $0) }, uniquingKeysWith: { first, _ in first })
    oldKustomizations = Dictionary(
      (old?.kustomizations ?? []).map { ($0.settings.identity, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A change with its verdict.
  func judged(_ change: ObjectChange) -> ObjectChange {
    var copy = change
    let fate: (Verdict, String?)
    switch (change.before, change.after) {
    case (let before?, nil): fate = vanished(before)
    case (let before?, let after?): fate = changed(before, after)
    case (nil, let after?): fate = appeared(after)
    case (nil, nil): fate = (.unknown, nil)
    }
    copy.verdict = fate.0
    copy.verdictReason = fate.1
    return copy
  }

  private func title(_ owner: Owner) -> String { owner.identity.qualifiedName }

  private func appeared(_ after: AppliedObject) -> (Verdict, String?) {
    guard let owner = after.owner, let kustomization = kustomizations[owner.identity] else { return (.unknown, nil) }
    if let stop = stop(kustomization) { return stop }
    return (.applied, nil)
  }

  /// Why a Kustomization applies nothing.
  private func stop(_ kustomization: AppliedKustomization) -> (Verdict, String?)? {
    let name = title(kustomization.owner)
    switch kustomization.outcome {
    case .failed: return (.stalled, "the build of \(name) fails")
    case .pathMissing: return (.pathMissing, "the path of \(name) does not exist")
    case .foreign, .unknown: return (.unknown, "the source of \(name) is not this repository")
    case .applied:
      if kustomization.settings.isSuspended { return (.stalled, "\(name) is suspended") }
      return waits.reason(for: kustomization).map { (.stalled, "\(name) \($0)") }
    }
  }

  private func changed(_ before: AppliedObject, _ after: AppliedObject) -> (Verdict, String?) {
    guard let owner = after.owner, let kustomization = kustomizations[owner.identity] else { return (.unknown, nil) }
    if let stop = stop(kustomization) { return stop }
    if let frozen = Guard.freezing(before.object) ?? Guard.freezing(after.object) {
      return (.stalled, "Flux leaves the object alone while \(frozen) is set")
    }
    guard let old = before.owner, old.identity != owner.identity else { return (.applied, nil) }
    return moved(before, from: old, to: owner)
  }

  private func moved(_ before: AppliedObject, from old: Owner, to new: Owner) -> (Verdict, String?) {
    if let name = Guard.pruning(before.object) {
      return (.moved, "from \(title(old)) to \(title(new)); \(name) keeps the old owner from deleting it")
    }
    if !old.prunes { return (.moved, "from \(title(old)), which does not prune, to \(title(new))") }
    guard let later = kustomizations[old.identity] else {
      return (
        .moved,
        "from \(title(old)) to \(title(new)); \(title(old)) is deleted with all that it still owns by then"
      )
    }
    if let reason = stop(later)?.1 {
      return (.moved, "from \(title(old)) to \(title(new)); nothing is deleted while \(reason)")
    }
    if oldKustomizations[old.identity]?.waits(for: new) ?? false {
      return (.moved, "from \(title(old)) to \(title(new)), for which \(title(old)) waits")
    }
    return (
      .moved,
      "from \(title(old)) to \(title(new)); it is deleted and made again if \(title(old)) is reconciled first"
    )
  }

  private func vanished(_ before: AppliedObject) -> (Verdict, String?) {
    guard let owner = before.owner else { return (.unknown, nil) }
    let makerBefore = old?.start?.settings.maker
    if let handover = Handover(of: before.object, to: new?.start?.settings, makerBefore: makerBefore) {
      return (.moved, "from \(title(owner)) to \(handover.maker.title)\(handover.danger)")
    }
    if let other = newOwners[before.object.identity.key], other.identity != owner.identity {
      return moved(before, from: owner, to: other)
    }
    let earlier = oldKustomizations[owner.identity]
    guard let kustomization = kustomizations[owner.identity] else {
      // A Kustomization that is suspended as it goes deletes nothing, see `finalize` of kustomize-controller.
      if earlier?.settings.isSuspended == true {
        return (.orphaned, "\(title(owner)) is deleted while it is suspended")
      }
      return orphanOrPrune(before, deletedWith: owner)
    }
    if let name = Guard.pruning(before.object) { return (.orphaned, "\(name) is live on the object") }
    // Suspended in the very change that takes the object away, it may have been reconciled before it knows.
    let isSuspendedTooLate =
      kustomization.outcome == .applied && kustomization.settings.isSuspended && earlier?.settings.isSuspended == false
    if !isSuspendedTooLate, let stop = stop(kustomization) { return stop }
    if !owner.prunes, !kustomization.settings.prunes { return (.orphaned, "pruning is off for \(title(owner))") }
    if kustomization.gainsGap(since: earlier) {
      return (.unknown, "\(title(owner)) now builds what is not in the repository")
    }
    return (.pruned, "\(title(owner)) prunes what it no longer builds")
  }

  /// The fate of an object whose Kustomization goes as well.
  private func orphanOrPrune(_ before: AppliedObject, deletedWith owner: Owner) -> (Verdict, String?) {
    if let name = Guard.pruning(before.object) { return (.orphaned, "\(name) is live on the object") }
    if let (verdict, reason) = parentFate(of: owner) { return (verdict, reason) }
    switch owner.deletionPolicy {
    case "Orphan": return (.orphaned, "\(title(owner)) is deleted with deletionPolicy Orphan")
    case "MirrorPrune" where !owner.prunes: return (.orphaned, "\(title(owner)) is deleted and does not prune")
    default: return (.pruned, "\(title(owner)) is deleted with everything it applies")
    }
  }

  /// Why a Kustomization that left Git is not deleted; `nil` where it is.
  private func parentFate(of owner: Owner) -> (Verdict, String?)? {
    guard let parent = old?.parents[owner.identity], let kustomization = oldKustomizations[parent] else { return nil }
    if let child = kustomization.objects.first(where: { $0.object.identity == owner.identity }),
      let name = Guard.pruning(child.object)
    {
      return (.orphaned, "\(title(owner)) leaves Git, and \(name) keeps it running")
    }
    if let later = kustomizations[parent] {
      if let stop = stop(later) { return stop }
      if !kustomization.owner.prunes, !later.settings.prunes {
        return (.orphaned, "\(title(owner)) leaves Git, and \(title(later.owner)) does not prune")
      }
      return nil
    }
    return parentFate(of: kustomization.owner)
  }
}

extension AppliedKustomization {
  /// Whether a build needs something now that is not in the repository and that it did not need before: an object that
  /// is gone may be in there. What it needed before did not hold the object, which would have been there twice.
  func gainsGap(since earlier: AppliedKustomization?) -> Bool {
    let gaps = problems.filter(\.feedsBuild)
    guard !gaps.isEmpty else { return false }
    let known = earlier?.problems.filter(\.feedsBuild).map(\.subject) ?? []
    return !gaps.allSatisfy { known.contains($0.subject) }
  }
}

/// Who applies what after a change; worked out once something has vanished.
private final class NewOwners {
  private let root: SyncRoot?
  private var owners: [ObjectIdentity: Owner]?

  init(_ root: SyncRoot?) { self.root = root }

  subscript(identity: ObjectIdentity) -> Owner? {
    if let owners { return owners[identity] }
    var found: [ObjectIdentity: Owner] = [:]
    for kustomization in root?.kustomizations ?? [] {
      for object in kustomization.objects { found[object.object.identity.key] = kustomization.owner }
    }
    owners = found
    return found[identity]
  }
}
