package import Manifests

/// Compares two applied states object by object.
struct StateComparison {
  /// Reads objects as they are written in files of the two trees.
  typealias Written = (before: ([String]) -> [AppliedObject], after: ([String]) -> [AppliedObject])

  private let before: AppliedState
  private let after: AppliedState
  private let changedPaths: Set<String>
  private(set) var changes: [ObjectChange] = []

  init(before: AppliedState, after: AppliedState, changedPaths: Set<String>) {
    self.before = before
    self.after = after
    self.changedPaths = changedPaths
  }

  /// Compares root with root; a root is the same where its path or its first Kustomization is.
  mutating func compareRoots(written: Written) {
    var left = after.roots
    for old in before.roots {
      let place = left.firstIndex { $0.path == old.path }
        ?? left.firstIndex { $0.start?.owner.identity == old.start?.owner.identity }
      let new = place.map { left.remove(at: $0) }
      compare(old, new, written)
    }
    for new in left { compare(nil, new, written) }
  }

  private mutating func compare(_ old: SyncRoot?, _ new: SyncRoot?, _ written: Written) {
    let fates = Fates(old: old, new: new)
    var oldObjects: [AppliedObject] = []
    var newObjects: [AppliedObject] = []
    var newByIdentity: [ObjectIdentity: AppliedKustomization] = [:]
    for kustomization in new?.kustomizations ?? [] {
      newByIdentity[kustomization.settings.identity] = kustomization
    }
    var seen: Set<ObjectIdentity> = []
    for earlier in old?.kustomizations ?? [] {
      seen.insert(earlier.settings.identity)
      let later = newByIdentity[earlier.settings.identity]
      if let later, later === earlier { continue }
      let isStopped = later.map { $0.outcome != .applied } ?? false
      let wasStopped = earlier.outcome != .applied
      if let later, isStopped || wasStopped {
        changes += stopped(earlier, later, fates, written)
      } else {
        oldObjects += earlier.objects
        newObjects += later?.objects ?? []
      }
    }
    for later in new?.kustomizations ?? [] where !seen.contains(later.settings.identity) {
      newObjects += later.objects
    }
    // Objects that an unchanged Kustomization applies as well are still applied.
    let root = old?.path ?? new?.path ?? ""
    let pairs = ObjectChange.pairing(
      oldObjects.map { StateComparison.under(root, $0) }, newObjects.map { StateComparison.under(root, $0) })
    for pair in pairs { changes.append(fates.judged(pair)) }
  }

  /// The object as under one name of a root, so that a root whose path changed is still the same.
  private static func under(_ root: String, _ object: AppliedObject) -> AppliedObject {
    guard object.owner?.root != root else { return object }
    var copy = object
    copy.owner?.root = root
    return copy
  }

  /// Where a build fails on one side, only the files that the change touches are compared, as they are written.
  private func stopped(
    _ earlier: AppliedKustomization, _ later: AppliedKustomization, _ fates: Fates, _ written: Written
  ) -> [ObjectChange] {
    let touched = changedPaths.filter {
      (earlier.lookedAt.contains($0) || later.lookedAt.contains($0)) && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml"))
    }
    guard !touched.isEmpty else { return [] }
    func side(
      _ kustomization: AppliedKustomization, _ read: ([String]) -> [AppliedObject]
    ) -> [AppliedObject] {
      if kustomization.outcome == .applied { return kustomization.objects.filter { touched.contains($0.path) } }
      return read(touched.sorted()).map { object in
        var copy = object
        copy.owner = kustomization.owner
        return copy
      }
    }
    let pairs = ObjectChange.pairing(
      side(earlier, written.before), side(later, written.after).map { StateComparison.under(earlier.owner.root, $0) })
    return pairs.map { fates.judged($0) }
  }

  /// Compares files that no Flux Kustomization reaches. A file that is reached on the other side is left out there:
  /// what happens to its objects is told by their owner.
  mutating func compareUnowned(before old: [AppliedObject], after new: [AppliedObject]) {
    let oldFiltered = old.filter { !after.reaches($0.path) }
    let newFiltered = new.filter { !before.reaches($0.path) }
    for pair in ObjectChange.pairing(oldFiltered, newFiltered) {
      var copy = pair
      copy.verdict = .unknown
      changes.append(copy)
    }
  }
}

/// What happens to the objects of one root.
private struct Fates {
  private let old: SyncRoot?
  private let new: SyncRoot?
  /// Who applies an object after the change.
  private let newOwners: [ObjectIdentity: Owner]
  private let kustomizations: [ObjectIdentity: AppliedKustomization]
  private let oldKustomizations: [ObjectIdentity: AppliedKustomization]

  init(old: SyncRoot?, new: SyncRoot?) {
    self.old = old
    self.new = new
    var owners: [ObjectIdentity: Owner] = [:]
    for kustomization in new?.kustomizations ?? [] {
      for object in kustomization.objects { owners[object.object.identity.key] = kustomization.owner }
    }
    newOwners = owners
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

  private func title(_ owner: Owner) -> String {
    owner.identity.namespace.isEmpty ? owner.identity.name : "\(owner.identity.namespace)/\(owner.identity.name)"
  }

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
    case .applied: return kustomization.settings.isSuspended ? (.stalled, "\(name) is suspended") : nil
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
    return (
      .moved,
      "from \(title(old)) to \(title(new)); it is deleted and made again if \(title(old)) is reconciled first"
    )
  }

  private func vanished(_ before: AppliedObject) -> (Verdict, String?) {
    guard let owner = before.owner else { return (.unknown, nil) }
    if oldKustomizations[owner.identity]?.settings.isSuspended == true {
      return (.stalled, "\(title(owner)) is suspended")
    }
    if let other = newOwners[before.object.identity.key], other.identity != owner.identity {
      return moved(before, from: owner, to: other)
    }
    guard let kustomization = kustomizations[owner.identity] else { return orphanOrPrune(before, deletedWith: owner) }
    if let stop = stop(kustomization) { return stop }
    if let name = Guard.pruning(before.object) { return (.orphaned, "\(name) is live on the object") }
    if !owner.prunes, !kustomization.settings.prunes { return (.orphaned, "pruning is off for \(title(owner))") }
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

/// Labels and annotations that keep Flux away from an object.
package enum Guard {
  private static let prefix = "kustomize.toolkit.fluxcd.io/"

  private static func value(_ object: KubernetesObject, _ name: String) -> String? {
    (object.annotation(prefix + name) ?? object.label(prefix + name))?.lowercased()
  }

  /// The marker, as written in Git, that keeps Flux from deleting a live object; `nil` where none does.
  package static func pruning(_ object: KubernetesObject) -> String? {
    if value(object, "prune") == "disabled" { return "prune: disabled" }
    return freezing(object)
  }

  /// The marker that keeps Flux from applying an object at all; `nil` where none does.
  package static func freezing(_ object: KubernetesObject) -> String? {
    if value(object, "reconcile") == "disabled" { return "reconcile: disabled" }
    if value(object, "ssa") == "ignore" { return "ssa: Ignore" }
    return nil
  }
}
