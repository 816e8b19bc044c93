package import Manifests

extension Plan {
  /// What a reader wants to know first: what is lost and gained. The same number of both is no nothing: a cluster that
  /// gets another name is one lost and one gained.
  package struct Headline: Sendable, Hashable {
    /// Things of the kinds that matter most, each none or more.
    package struct Tally: Sendable, Hashable {
      /// Clusters of EKS Anywhere, of Cluster API and of k0rdent.
      package var clusters = 0
      /// Control plane, etcd and worker machines of clusters, by the counts of what makes them.
      package var machines = 0
      package var namespaces = 0
      /// Claims that are deleted themselves or with their namespace count as lost.
      package var persistentVolumeClaims = 0

      package init() {}
    }

    package var lost = Tally()
    package var gained = Tally()
    /// What goes from one Flux Kustomization that prunes to another without a guard: deleted and made again, if the old
    /// one is reconciled first.
    package var atRisk = Tally()
    /// Whether a number of machines is not known from the repository, so that the others lack it.
    package var lacksMachines = false
    /// The Kustomizations of which it is not known what they delete, since it is in another repository.
    package var unseen: [ObjectIdentity] = []

    package init() {}

    /// Whether none of these things comes or goes.
    package var isEmpty: Bool { self == Headline() }

    /// The kinds that are counted.
    package static func counts(_ kind: GroupKind) -> Bool { counted.contains(kind) }

    private static let counted: Set = MachineCounts.kinds.union([
      GroupKind(group: "", kind: "Namespace"), GroupKind(group: "", kind: "PersistentVolumeClaim"),
    ])

    /// The kinds that stand for a whole cluster.
    fileprivate static let clusters: Set = [EKSAnywhere.cluster, ClusterAPI.cluster, ClusterAPI.deployment]
  }
}

extension Plan.Headline {
  /// - Parameter changes: what `AppliedStateBuilder.changes` found between two states.
  package init(_ changes: [ObjectChange], before: AppliedState?, after: AppliedState) {
    for change in changes { add(change) }
    lacksMachines = lacksMachines || Plan.Headline.losesUncounted(changes)
    guard let before else { return }
    addLost(withNamespacesOf: changes, in: before)
    unseen = after.unseen(since: before).map(\.owner.identity)
  }

  /// Counts an object that Flux creates, deletes or changes; nothing that stays as it is in the cluster.
  private mutating func add(_ change: ObjectChange) {
    if change.verdict == .moved, let before = change.before, change.isUnguarded {
      atRisk.add(before.object)
      atRisk.machines += MachineCounts(before.object).known
    }
    guard change.verdict == .applied || change.verdict == .pruned, !change.isRefusedDeletion,
      let object = (change.before ?? change.after)?.object
    else { return }
    if change.after == nil { lost.add(object) }
    if change.before == nil { gained.add(object) }
    addMachines(change.before?.object, change.after?.object)
  }

  /// Whether machines go whose number stood in no object of this repository: a cloud's pool goes, and no `MachinePool`
  /// that counts them.
  private static func losesUncounted(_ changes: [ObjectChange]) -> Bool {
    let kinds = changes.filter { $0.after == nil && $0.verdict == .pruned }.compactMap(\.before?.object.groupKind)
    return !kinds.contains(ClusterAPI.pool) && kinds.contains(where: ClusterAPI.managedPools.contains)
  }

  /// Counts what goes with its namespace although it is still in Git or was never pruned itself.
  private mutating func addLost(withNamespacesOf changes: [ObjectChange], in before: AppliedState) {
    var deleted: [String: Set<String>] = [:]
    var counted: Set<ObjectIdentity> = []
    for change in changes where change.verdict == .pruned && change.after == nil && !change.isRefusedDeletion {
      guard let object = change.before, let owner = object.owner else { continue }
      let identity = object.object.identity
      counted.insert(identity)
      if identity.group.isEmpty, identity.kind == "Namespace" { deleted[owner.root, default: []].insert(identity.name) }
    }
    for root in before.roots {
      guard let names = deleted[root.path] else { continue }
      let ended = root.ended(withNamespaces: names)
      for applied in root.kustomizations.flatMap(\.objects) where Plan.Headline.counts(applied.object.groupKind) {
        let identity = applied.object.identity
        guard names.contains(identity.namespace) || applied.owner.map({ ended.contains($0.identity) }) ?? false,
          counted.insert(identity).inserted
        else { continue }
        lost.add(applied.object)
        addMachines(applied.object, nil)
      }
    }
  }

  private mutating func addMachines(_ before: KubernetesObject?, _ after: KubernetesObject?) {
    let (old, new) = (MachineCounts(before), MachineCounts(after))
    for place in old.places.union(new.places) {
      switch (old[place], new[place]) {
      case (.known(let was), .known(let now)):
        lost.machines += max(0, was - now)
        gained.machines += max(0, now - was)
      case (.refused, _), (_, .refused): continue
      case (let was, let now): if was != now { lacksMachines = true }
      }
    }
  }
}

extension SyncRoot {
  /// The Kustomizations that are deleted with the namespaces that they are in, and those that these applied: the finalizer
  /// of each deletes what it applied, wherever that is.
  fileprivate func ended(withNamespaces names: Set<String>) -> Set<ObjectIdentity> {
    var ended: Set<ObjectIdentity> = []
    for kustomization in kustomizations {
      let owner = kustomization.owner
      let isWithin = names.contains(owner.identity.namespace)
      guard isWithin || parents[owner.identity].map(ended.contains) ?? false else { continue }
      if owner.prunes, !owner.isSuspended, owner.deletionPolicy != "Orphan" { ended.insert(owner.identity) }
    }
    return ended
  }
}

extension Plan.Headline.Tally {
  /// Counts an object, its machines aside; nothing for other kinds.
  fileprivate mutating func add(_ object: KubernetesObject) {
    if Plan.Headline.clusters.contains(object.groupKind) { clusters += 1 }
    switch (object.identity.group, object.identity.kind) {
    case ("", "Namespace"): namespaces += 1
    case ("", "PersistentVolumeClaim"): persistentVolumeClaims += 1
    default: break
    }
  }
}

extension ObjectChange {
  /// Whether Flux would delete the object and the API server never lets it.
  var isRefusedDeletion: Bool { after == nil && verdict == .pruned && before?.object.isUndeletable == true }

  /// Whether the old owner of an object that moves would delete it.
  fileprivate var isUnguarded: Bool {
    guard let before, let owner = before.owner else { return false }
    return owner.prunes && !owner.isSuspended && Guard.pruning(before.object) == nil
  }
}
