internal import Flux
internal import Manifests

/// One side of an EKS Anywhere `Cluster`, with the defaults that its webhooks fill in.
struct ClusterSpec {
  static let workersPath: FieldPath = "spec.workerNodeGroupConfigurations"
  static let controlPlanePath: FieldPath = "spec.controlPlaneConfiguration"
  static let etcdPath: FieldPath = "spec.externalEtcdConfiguration"
  static let versionPath: FieldPath = "spec.kubernetesVersion"

  let applied: AppliedObject
  let workers: [WorkerGroup]

  init(_ applied: AppliedObject) {
    self.applied = applied
    workers = ClusterSpec.workers(of: applied.object)
  }

  private static func workers(of object: KubernetesObject) -> [WorkerGroup] {
    let items = object["spec", "workerNodeGroupConfigurations"]?.items ?? []
    return items.enumerated().map { index, node in
      let name = node["name"]?.text ?? (index == 0 ? "md-0" : "")
      return WorkerGroup(
        name: name, node: node, path: name.isEmpty ? workersPath.index(index) : workersPath.item(name),
        ignoresAutoscaler: object["spec", "datacenterRef", "kind"]?.text == "SnowDatacenterConfig")
    }
  }

  private var object: KubernetesObject { applied.object }

  var name: String { object.identity.name }

  /// `Cluster default/prod`.
  var title: String { object.identity.title }

  /// Whether the cluster manages itself: `managementCluster.name` is absent or its own name.
  var isSelfManaged: Bool {
    guard let manager = object["spec", "managementCluster", "name"]?.text, !manager.isEmpty else { return true }
    return manager == name
  }

  var controlPlane: Node? { object["spec", "controlPlaneConfiguration"] }

  var controlPlaneCount: Node? { controlPlane?["count"] }

  var externalEtcd: Node? { object["spec", "externalEtcdConfiguration"] }

  var kubernetesVersion: Node? { object["spec", "kubernetesVersion"] }

  /// `VSphereDatacenterConfig`, `TinkerbellDatacenterConfig` …
  var datacenterKind: String? { object["spec", "datacenterRef", "kind"]?.text }

  /// The control plane's address.
  var endpoint: String? { controlPlane?["endpoint", "host"]?.text }

  /// All workers, as far as their counts are numbers.
  var totalWorkers: Int { workers.reduce(0) { $0 + max(0, $1.machines ?? 0) } }

  /// All machines of the cluster, as far as their counts are numbers.
  var totalMachines: Int {
    totalWorkers + max(0, controlPlaneCount?.int ?? 0) + max(0, externalEtcd?["count"]?.int ?? 0)
  }

  func worker(named name: String) -> WorkerGroup? { workers.first { $0.name == name } }
}
