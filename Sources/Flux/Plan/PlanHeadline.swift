package import Manifests

extension Plan {
  /// What a reader wants to know first: what is gained and lost, as differences.
  package struct Headline: Sendable, Hashable {
    /// EKS Anywhere clusters.
    package var clusters = 0
    /// Control plane, etcd and worker machines of EKS Anywhere clusters, by their counts.
    package var machines = 0
    package var namespaces = 0
    /// Claims that are deleted themselves or with their namespace count as lost.
    package var persistentVolumeClaims = 0
    /// Whether a number of machines is not known from the repository, so that `machines` lacks it.
    package var lacksMachines = false

    package init() {}

    /// Whether none of these things comes or goes.
    package var isEmpty: Bool { self == Headline() }

    /// The kinds that are counted.
    package static func counts(_ kind: GroupKind) -> Bool { counted.contains(kind) }

    private static let counted: Set = [
      EKSAnywhere.cluster, GroupKind(group: "", kind: "Namespace"), GroupKind(group: "", kind: "PersistentVolumeClaim"),
    ]
  }
}

extension Plan.Headline {
  /// - Parameter changes: what `AppliedStateBuilder.changes` found.
  package init(_ changes: [ObjectChange], before: AppliedState?) {
    for change in changes { add(change) }
    if let before { addLost(withNamespacesOf: changes, in: before) }
  }

  /// Counts an object that Flux creates, deletes or changes; nothing that stays as it is in the cluster.
  private mutating func add(_ change: ObjectChange) {
    guard change.verdict == .applied || change.verdict == .pruned, let identity = change.identity else { return }
    let step = (change.after == nil ? 0 : 1) - (change.before == nil ? 0 : 1)
    switch (identity.group, identity.kind) {
    case (EKSAnywhere.group, "Cluster"):
      clusters += step
      addMachines(change.before?.object, change.after?.object)
    case ("", "Namespace"): namespaces += step
    case ("", "PersistentVolumeClaim"): persistentVolumeClaims += step
    default: break
    }
  }

  /// Counts what goes with its namespace although it is still in Git or was never pruned itself.
  private mutating func addLost(withNamespacesOf changes: [ObjectChange], in before: AppliedState) {
    var lost: [String: Set<String>] = [:]
    var counted: Set<ObjectIdentity> = []
    for change in changes where change.verdict == .pruned && change.after == nil {
      guard let object = change.before, let owner = object.owner else { continue }
      let identity = object.object.identity
      counted.insert(identity)
      if identity.group.isEmpty, identity.kind == "Namespace" { lost[owner.root, default: []].insert(identity.name) }
    }
    guard !lost.isEmpty else { return }
    for applied in before.objects where Plan.Headline.counts(applied.object.groupKind) {
      let identity = applied.object.identity
      guard let names = lost[applied.owner?.root ?? ""], names.contains(identity.namespace),
        counted.insert(identity).inserted
      else { continue }
      if identity.group.isEmpty {
        persistentVolumeClaims -= 1
      } else {
        clusters -= 1
        addMachines(applied.object, nil)
      }
    }
  }

  private mutating func addMachines(_ before: KubernetesObject?, _ after: KubernetesObject?) {
    let (old, new) = (MachineCounts(before), MachineCounts(after))
    for place in old.places.union(new.places) {
      switch (old[place], new[place]) {
      case (.known(let was), .known(let now)): machines += now - was
      case (.refused, _), (_, .refused): continue
      case (let was, let now): if was != now { lacksMachines = true }
      }
    }
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
