package import Manifests

/// The machines that are made of an object: those of a whole cluster, or of one group of them.
///
/// In EKS Anywhere an absent worker count is `minCount` under autoscaling, else 1; an absent control plane count is none
/// (section 9, case 8 of the domain notes). Cluster API makes one machine of an absent `replicas`, or as many as the
/// autoscaler's annotation asks for at least (`api/core/v1beta1` of kubernetes-sigs/cluster-api).
package struct MachineCounts {
  /// How many machines stand at a place of an object.
  enum Count: Equatable {
    case known(Int)
    /// One that only the cluster has, by what it is made of.
    case unknown(String)
    /// No integer: the API server refuses the object, so that no machine comes or goes.
    case refused
  }

  /// The kinds that machines are made of.
  package static let kinds = Set(
    [EKSAnywhere.cluster, ClusterAPI.cluster, ClusterAPI.deployment] + ClusterAPI.machineGroups
      + ClusterAPI.controlPlanes)

  /// Control plane, etcd and each worker group, by name or number.
  private var counts: [String: Count] = [:]
  /// The worker groups, where they are not known as a whole.
  private var groups: Count?

  /// The names of the places at which there are machines.
  var places: Set<String> { Set(counts.keys) }

  /// The machines that the repository tells of.
  package var known: Int {
    counts.values.reduce(0) { sum, count in
      if case .known(let number) = count { return sum + number }
      return sum
    }
  }

  /// Whether the repository tells how many machines there are.
  package var areKnown: Bool {
    counts.values.allSatisfy { count in
      if case .known = count { return true }
      return false
    }
  }

  /// The count of a place; none where there is no such place.
  subscript(_ place: String) -> Count { counts[place] ?? (place.hasPrefix("worker") ? groups : nil) ?? .known(0) }

  /// The machines of an object; none where it is not there, or of another kind.
  package init(_ object: KubernetesObject?) {
    guard let object else { return }
    switch object.groupKind {
    case EKSAnywhere.cluster: countCluster(object)
    case ClusterAPI.cluster: countTopology(object)
    case ClusterAPI.deployment:
      for (place, field) in [("control plane", "controlPlaneNumber"), ("workers", "workersNumber")] {
        counts[place] = Self.count(object["spec", "config", field], ifAbsent: 0)
      }
    case let kind where Self.kinds.contains(kind):
      counts["machines"] = Self.count(object["spec", "replicas"], ifAbsent: Self.least(object) ?? 1)
    default: break
    }
  }

  private mutating func countCluster(_ cluster: KubernetesObject) {
    counts["control plane"] = Self.count(cluster["spec", "controlPlaneConfiguration", "count"], ifAbsent: 0)
    counts["etcd"] = Self.count(cluster["spec", "externalEtcdConfiguration", "count"], ifAbsent: 0)
    countGroups(cluster["spec", "workerNodeGroupConfigurations"], as: "worker") {
      Self.count(Self.written($0["count"]) ?? $0["autoscalingConfiguration", "minCount"], ifAbsent: 1)
    }
  }

  /// Counts what a cluster of a class names; the others name theirs in objects of their own.
  private mutating func countTopology(_ cluster: KubernetesObject) {
    guard let topology = cluster["spec", "topology"] else { return }
    counts["control plane"] = Self.count(topology["controlPlane", "replicas"], ifAbsent: 0)
    for (name, list) in [("worker", "machineDeployments"), ("worker pool", "machinePools")] {
      countGroups(topology["workers", list], as: name) { Self.count($0["replicas"], ifAbsent: 1) }
    }
  }

  private mutating func countGroups(_ list: Node?, as kind: String, _ count: (Node) -> Count) {
    if let list, list.isUnknown {
      groups = .unknown(list.unknownText ?? "?")
      counts["workers"] = groups
    }
    for (number, group) in (list?.items ?? []).enumerated() {
      let place = "\(kind) \(group["name"]?.text ?? String(number))"
      counts[counts[place] == nil ? place : "\(place) \(number)"] =
        group.isUnknown ? .unknown(group.unknownText ?? "?") : count(group)
    }
  }

  /// What the autoscaler keeps a group at, at least.
  private static func least(_ object: KubernetesObject) -> Int? {
    object.annotation("cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size").flatMap { Int($0) }
  }

  private static func written(_ count: Node?) -> Node? { count?.isNull == true ? nil : count }

  private static func count(_ count: Node?, ifAbsent number: Int) -> Count {
    guard let count = written(count) else { return .known(number) }
    if count.isUnknown { return .unknown(count.unknownText ?? "?") }
    return count.int.map(Count.known) ?? .refused
  }
}
