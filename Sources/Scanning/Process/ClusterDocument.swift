internal import Manifests
internal import Policy

/// An EKS Anywhere cluster as one document of a file tells it.
struct ClusterDocument {
  let key: ObjectIdentity
  let subject: Finding.Subject
  /// `spec.managementCluster.name`.
  let manager: String?
  /// The address of the control plane, which no two clusters share.
  let host: String?
  /// Whether it tells a cluster and not only a few fields of one, as a patch does.
  let isWhole: Bool
  private let workers: Int?
  private let controlPlane: Int?
  private let version: String?
  private let isPaused: Bool

  /// The clusters in the text of a file, the first document of each.
  static func all(in bytes: [UInt8]) -> [ClusterDocument] {
    var seen: Set<ObjectIdentity> = []
    return ManifestFile(parsing: bytes).objects.filter { $0.groupKind == EKSAnywhere.cluster }.map(ClusterDocument.init)
      .filter { seen.insert($0.key).inserted }
  }

  init(_ object: KubernetesObject) {
    let spec = object.root["spec"]
    key = object.identity.key
    subject = Finding.Subject(object)
    manager = spec?["managementCluster", "name"]?.text
    host = spec?["controlPlaneConfiguration", "endpoint", "host"]?.text
    version = spec?["kubernetesVersion"]?.text
    controlPlane = spec?["controlPlaneConfiguration", "count"]?.int
    isPaused = object.annotation(EKSAnywhere.annotation("paused")) == "true"
    workers = (spec?["workerNodeGroupConfigurations"]?.items ?? []).reduce(Int?(0)) { sum, group in
      guard let sum, let machines = ClusterDocument.machines(of: group) else { return nil }
      let (total, isTooMuch) = sum.addingReportingOverflow(machines)
      return isTooMuch ? nil : total
    }
    isWhole =
      spec?["datacenterRef"] != nil || spec?["clusterNetwork"] != nil
      || version != nil && spec?["controlPlaneConfiguration"] != nil
  }

  /// What a worker group asks for: `count`, else the autoscaler's minimum, else one.
  private static func machines(of group: Node) -> Int? {
    guard let count = group["count"] else {
      return group["autoscalingConfiguration"].map { $0["minCount"]?.int ?? 0 } ?? 1
    }
    return count.int
  }

  /// What it says, in the file of a path.
  func state(at path: String) -> ClusterLife.State {
    ClusterLife.State(
      workers: workers, controlPlane: controlPlane, version: version, isPaused: isPaused, path: path)
  }
}
