internal import Manifests

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

  /// Compares root with root; a root is the same where its path is, else where one that is new leads to it.
  mutating func compareRoots(written: Written) {
    let new = after.roots.filter { before.root($0.path) == nil }
    var parts: [String: [SyncRoot]] = [:]
    for old in before.roots {
      let twin = after.root(old.path)
      if twin == nil, let whole = new.first(where: { $0.leads(to: old) }) {
        parts[whole.path, default: []].append(old)
      } else {
        compare(old, twin.flatMap { $0.isEnded ? nil : $0 }, written)
      }
    }
    for root in new { compare(SyncRoot.joined(parts[root.path] ?? []) ?? putAside(root), root, written) }
  }

  /// What a new root leads to as another root led to it before: where the files of Kustomizations go to a folder that
  /// nobody applies, they begin roots of their own, and all in them is live already.
  private func putAside(_ root: SyncRoot) -> SyncRoot? {
    guard let start = root.start?.settings else { return nil }
    let holder = before.roots.first { old in
      guard let known = old.kustomization(start.identity) else { return false }
      return known.outcome == .applied && known.settings.path == start.path && known.settings.file != start.file
    }
    guard let holder else { return nil }
    let known = root.kustomizations.compactMap { holder.kustomization($0.owner.identity) }
    return SyncRoot(path: root.path, kustomizations: known, parents: [:])
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
        let (left, right) = stopped(earlier, later, written)
        oldObjects += left
        newObjects += right
      } else {
        let (left, right) = StateComparison.withoutTwins(earlier.objects, later?.objects ?? [])
        oldObjects += left
        newObjects += right
      }
    }
    for later in new?.kustomizations ?? [] where !seen.contains(later.settings.identity) {
      newObjects += later.objects
    }
    // Objects that an unchanged Kustomization applies as well are still applied.
    let root = old?.path ?? new?.path ?? ""
    let pairs = ObjectChange.pairing(
      oldObjects.map { StateComparison.under(root, $0) }, newObjects.map { StateComparison.under(root, $0) })
    let known = old == nil ? writtenBefore(newObjects, written).merging(leftBehind(new)) { own, _ in own } : [:]
    let restored = Set(
      (old?.kustomizations ?? []).filter { before.restored.contains(ObjectIdentifier($0)) }.map(\.owner.identity))
    let wasStopped = !restored.isEmpty || old?.kustomizations.contains(where: \.isStopped) ?? false
    let start = changes.count
    for pair in pairs {
      var change = fates.judged(pair)
      if pair.before == nil, let after = pair.after {
        if let twin = known[after.object.identity.key] { change.isTakenOver = twin.means(after.object.root) }
        // A build that works again applies what its files held all the time.
        let isNew = after.owner.map { !seen.contains($0.identity) } ?? false
        if wasStopped, isNew, !changedPaths.contains(after.path) { change.isTakenOver = true }
      }
      if let after = pair.after, let owner = after.owner, restored.contains(owner.identity) {
        change.isTakenOver = !changedPaths.contains(after.path)
      }
      changes.append(change)
    }
    deleteWithNamespaces(from: start)
    if let patched = old?.start?.patchedStart(as: new?.start) { changes.append(patched) }
  }

  /// What would stay goes all the same with the Namespace that it is in, guarded or not.
  private mutating func deleteWithNamespaces(from start: Int) {
    let namespaces = Set(
      changes[start...].lazy.filter { $0.verdict == .pruned && $0.after == nil && $0.identity?.isNamespace == true }
        .compactMap { $0.identity?.name })
    if namespaces.isEmpty { return }
    for index in changes.indices[start...] where changes[index].verdict == .orphaned && changes[index].after == nil {
      guard let namespace = changes[index].identity?.namespace, namespaces.contains(namespace) else { continue }
      changes[index].verdict = .pruned
      changes[index].verdictReason = "it goes with its Namespace \(namespace), whatever guards it"
    }
  }

  /// What two builds of one Kustomization do not have in common: most objects are the very same in memory.
  private static func withoutTwins(
    _ old: [AppliedObject], _ new: [AppliedObject]
  ) -> (old: [AppliedObject], new: [AppliedObject]) {
    let twins = Set(old.lazy.map { ObjectIdentifier($0.object) }).intersection(
      new.lazy.map { ObjectIdentifier($0.object) })
    return (
      old.filter { !twins.contains(ObjectIdentifier($0.object)) },
      new.filter { !twins.contains(ObjectIdentifier($0.object)) }
    )
  }

  /// The objects that files, which the change does not touch, held before, when nobody applied them.
  private func writtenBefore(_ objects: [AppliedObject], _ written: Written) -> [ObjectIdentity: Node] {
    let paths = Set(objects.map(\.path)).filter { !changedPaths.contains($0) && !before.reaches($0) }
    let found = written.before(paths.sorted()).map { ($0.object.identity.key, $0.object.root) }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// What was applied by a root whose folder is gone, where a new one has a start of that name: its folder moved, and
  /// there is nothing new to say about what is in there.
  private func leftBehind(_ new: SyncRoot?) -> [ObjectIdentity: Node] {
    let moved = before.roots.filter { old in
      old.start?.owner.identity == new?.start?.owner.identity && after.root(old.path)?.start?.outcome == .pathMissing
    }
    let found = moved.flatMap(\.kustomizations).flatMap(\.objects).map { ($0.object.identity.key, $0.object.root) }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// The object as under one name of a root, so that a root whose path changed is still the same.
  private static func under(_ root: String, _ object: AppliedObject) -> AppliedObject {
    guard object.owner?.root != root else { return object }
    var copy = object
    copy.owner = object.owner?.under(root)
    return copy
  }

  /// Where a build fails on one side, only the files that the change touches are compared, as they are written. Of a
  /// build that fails because something in Git can't be read nothing is known: what can't be read is no removal.
  private func stopped(
    _ earlier: AppliedKustomization, _ later: AppliedKustomization, _ written: Written
  ) -> (old: [AppliedObject], new: [AppliedObject]) {
    if earlier.isUnreadable || later.isUnreadable { return ([], []) }
    let touched = changedPaths.filter {
      (earlier.lookedAt.contains($0) || later.lookedAt.contains($0)) && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml"))
    }.sorted()
    guard !touched.isEmpty else { return ([], []) }
    // A namespace is often set by the build: that of the side that is built goes for both.
    let built = (earlier.objects + later.objects).map { (WrittenName($0), $0.object.identity.namespace) }
    let namespaces = Dictionary(built, uniquingKeysWith: { first, _ in first })
    func side(_ kustomization: AppliedKustomization, _ read: ([String]) -> [AppliedObject]) -> [AppliedObject] {
      read(touched).map { object in
        var copy = object
        copy.owner = kustomization.owner
        if let namespace = namespaces[WrittenName(object)] { copy.object = object.object.inNamespace(namespace) }
        return copy
      }
    }
    let (old, new) = (side(earlier, written.before), side(later, written.after))
    return (StateComparison.withoutSpares(old, new, built: later.objects), new)
  }

  /// The written objects of a build that failed, each once, and without the copies of one that is built afterwards: where
  /// an object stood twice, the copy that goes takes nothing with it.
  private static func withoutSpares(
    _ old: [AppliedObject], _ new: [AppliedObject], built: [AppliedObject]
  ) -> [AppliedObject] {
    let applied = Set(built.map(\.object.identity.key))
    let places = Dictionary(new.map { ($0.object.identity.key, $0.path) }) { first, _ in first }
    var twins: [ObjectIdentity: AppliedObject] = [:]
    for object in old {
      let key = object.object.identity.key
      if twins[key] == nil || object.path == places[key] { twins[key] = object }
    }
    var seen: Set<ObjectIdentity> = []
    return old.filter { object in
      let key = object.object.identity.key
      guard twins[key]?.path == object.path, seen.insert(key).inserted else { return false }
      return places[key] != nil || !applied.contains(key)
    }
  }

  /// Compares files that no Flux Kustomization reaches. A file that is reached on the other side is left out there:
  /// what happens to its objects is told by their owner.
  mutating func compareUnowned(before old: [AppliedObject], after new: [AppliedObject], written: Written) {
    let oldFiltered = old.filter { !after.reaches($0.path) && !FixtureFolders.hold($0.path) }
    let newFiltered = new.filter { !before.reaches($0.path) && !FixtureFolders.hold($0.path) }
    let pairs = ObjectChange.pairing(oldFiltered, newFiltered)
    let appliedBefore = names(pairs.contains { $0.before == nil } ? before : nil, written.before)
    let appliedAfter = names(pairs.contains { $0.after == nil } ? after : nil, written.after)
    for pair in pairs {
      // What some Kustomization applies on the other side has not gone, or come, with its file.
      if pair.after == nil, let old = pair.before, appliedAfter.hold(old.object) { continue }
      if pair.before == nil, let new = pair.after, appliedBefore.hold(new.object) { continue }
      var copy = pair
      copy.verdict = .unknown
      changes.append(copy)
    }
  }

  /// The names of what a state applies, and of what the changed files hold that it would apply if its builds went well.
  private func names(_ state: AppliedState?, _ written: ([String]) -> [AppliedObject]) -> AppliedNames {
    let stopped = state?.kustomizations.filter(\.isStopped) ?? []
    let paths = changedPaths.filter { path in stopped.contains { $0.lookedAt.contains(path) } }
    return AppliedNames((state?.objects ?? []) + (paths.isEmpty ? [] : written(paths.sorted())))
  }
}

extension ObjectIdentity {
  fileprivate var isNamespace: Bool { group.isEmpty && kind == "Namespace" }
}

extension KubernetesObject {
  /// The object as one of another namespace.
  fileprivate func inNamespace(_ namespace: String) -> KubernetesObject {
    var identity = identity
    identity.namespace = namespace
    return KubernetesObject(identity: identity, apiVersion: apiVersion, root: root)
  }
}

/// What an object is called in its file, whatever namespace a build puts it in.
private struct WrittenName: Hashable {
  let path: String
  let kind: String
  let name: String

  init(_ object: AppliedObject) {
    path = object.path
    kind = object.object.identity.kind
    name = object.object.identity.name
  }
}
