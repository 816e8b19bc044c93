package import Manifests

extension Plan {
  /// What a reader wants to know first: what is lost and gained. The same number of both is no nothing: a cluster that
  /// gets another name is one lost and one gained.
  package struct Headline: Sendable, Hashable {
    /// Things of the kinds that matter most, each none or more.
    package struct Tally: Sendable, Hashable {
      /// Clusters of EKS Anywhere, and of Cluster API.
      package var clusters = 0
      /// Control plane, etcd and worker machines of EKS Anywhere clusters, by their counts.
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

    private static let counted: Set = [
      EKSAnywhere.cluster, GroupKind(group: "cluster.x-k8s.io", kind: "Cluster"),
      GroupKind(group: "", kind: "Namespace"), GroupKind(group: "", kind: "PersistentVolumeClaim"),
    ]
  }
}

extension Plan.Headline {
  /// - Parameter changes: what `AppliedStateBuilder.changes` found between two states.
  package init(_ changes: [ObjectChange], before: AppliedState?, after: AppliedState) {
    for change in changes { add(change) }
    guard let before else { return }
    addLost(withNamespacesOf: changes, in: before)
    unseen = after.unseen(since: before).map(\.owner.identity)
  }

  /// Counts an object that Flux creates, deletes or changes; nothing that stays as it is in the cluster.
  private mutating func add(_ change: ObjectChange) {
    if change.verdict == .moved, let before = change.before, change.isUnguarded {
      atRisk.add(before.object)
      atRisk.machines += MachineCounts.isCluster(before.object) ? MachineCounts(before.object).known : 0
    }
    guard change.verdict == .applied || change.verdict == .pruned, let object = (change.before ?? change.after)?.object
    else { return }
    if change.after == nil { lost.add(object) }
    if change.before == nil { gained.add(object) }
    if MachineCounts.isCluster(object) { addMachines(change.before?.object, change.after?.object) }
  }

  /// Counts what goes with its namespace although it is still in Git or was never pruned itself.
  private mutating func addLost(withNamespacesOf changes: [ObjectChange], in before: AppliedState) {
    var deleted: [String: Set<String>] = [:]
    var counted: Set<ObjectIdentity> = []
    for change in changes where change.verdict == .pruned && change.after == nil {
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
        if MachineCounts.isCluster(applied.object) { addMachines(applied.object, nil) }
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
    switch (object.identity.group, object.identity.kind) {
    case (EKSAnywhere.group, "Cluster"), ("cluster.x-k8s.io", "Cluster"): clusters += 1
    case ("", "Namespace"): namespaces += 1
    case ("", "PersistentVolumeClaim"): persistentVolumeClaims += 1
    default: break
    }
  }
}

extension ObjectChange {
  /// Whether the old owner of an object that moves would delete it.
  fileprivate var isUnguarded: Bool {
    guard let before, let owner = before.owner else { return false }
    return owner.prunes && !owner.isSuspended && Guard.pruning(before.object) == nil
  }
}

/// The machines of a cluster: an absent worker count is `minCount` under autoscaling, else 1; an absent control plane
/// count is none (section 9, case 8 of the domain notes).
private struct MachineCounts {
  enum Count: Equatable {
    case known(Int)
    /// One that only the cluster has, by what it is made of.
    case unknown(String)
    /// No integer: the API server refuses the object, so that no machine comes or goes.
    case refused
  }

  /// Control plane, etcd and each worker group, by name or number.
  private var counts: [String: Count] = [:]
  /// The worker groups, where they are not known as a whole.
  private var groups: Count?

  var places: Set<String> { Set(counts.keys) }

  /// The machines that the repository tells of.
  var known: Int {
    counts.values.reduce(0) { sum, count in
      if case .known(let number) = count { return sum + number }
      return sum
    }
  }

  static func isCluster(_ object: KubernetesObject) -> Bool { object.groupKind == EKSAnywhere.cluster }

  /// The count of a place; none where there is no such place.
  subscript(_ place: String) -> Count { counts[place] ?? (place.hasPrefix("worker") ? groups : nil) ?? .known(0) }

  init(_ cluster: KubernetesObject?) {
    guard let cluster else { return }
    counts["control plane"] = Self.count(cluster["spec", "controlPlaneConfiguration", "count"], ifAbsent: 0)
    counts["etcd"] = Self.count(cluster["spec", "externalEtcdConfiguration", "count"], ifAbsent: 0)
    let list = cluster["spec", "workerNodeGroupConfigurations"]
    if let list, list.isUnknown {
      groups = .unknown(list.unknownText ?? "?")
      counts["workers"] = groups
    }
    for (number, group) in (list?.items ?? []).enumerated() {
      let count =
        group.isUnknown
        ? .unknown(group.unknownText ?? "?")
        : Self.count(Self.written(group["count"]) ?? group["autoscalingConfiguration", "minCount"], ifAbsent: 1)
      let place = "worker \(group["name"]?.text ?? String(number))"
      counts[counts[place] == nil ? place : "\(place) \(number)"] = count
    }
  }

  private static func written(_ count: Node?) -> Node? { count?.isNull == true ? nil : count }

  private static func count(_ count: Node?, ifAbsent number: Int) -> Count {
    guard let count = written(count) else { return .known(number) }
    if count.isUnknown { return .unknown(count.unknownText ?? "?") }
    return count.int.map(Count.known) ?? .refused
  }
}
