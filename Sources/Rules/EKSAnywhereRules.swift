internal import Policy

extension Catalogue {
  /// Machines of EKS Anywhere clusters: how many, and where.
  static let eksAnywhereScale: [any Rule] = [
    WorkerGroupRemoved(), WorkerGroupRenamed(), WorkersListEmptied(), ControlPlaneCountInvalid(),
    ControlPlaneCountDecrease(), ControlPlaneSingle(), EtcdCountInvalid(), EtcdCountChanged(), EtcdTopologySwitched(),
    AutoscalingRemoved(), AutoscalingBounds(),
  ]

  /// The life of EKS Anywhere clusters.
  static let eksAnywhereLifecycle: [any Rule] = [
    ClusterMoved.renamed, ClusterMoved.namespaceChanged, PausedAdded(), PausedRemoved(),
  ]

  /// Versions of Kubernetes and EKS Anywhere.
  static let eksAnywhereVersion: [any Rule] = [
    KubernetesDowngrade(), KubernetesSkippedMinor(), KubernetesVersionUnquoted(), SchemaRule.wrongType,
  ]

  /// Whether the repository can be read at all.
  static let manifestReading: [any Rule] = [ManifestUnreadable()]

  /// Every rule about EKS Anywhere kinds.
  static let eksAnywhere = eksAnywhereScale + eksAnywhereLifecycle + eksAnywhereVersion + manifestReading
}
