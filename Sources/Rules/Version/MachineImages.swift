internal import Flux
internal import Manifests
internal import Policy

/// The operating system image that a config names.
struct MachineImage {
  /// Template, image name, machine image id or URL.
  let text: String
  let node: Node
  let path: FieldPath
  let holder: AppliedObject

  /// The fields that name an image, by kind.
  static let fields: [GroupKind: [FieldPattern]] = [
    Kinds.vSphereMachine: ["spec.template"], Kinds.tinkerbellMachine: ["spec.osImageURL"],
    Kinds.tinkerbellDatacenter: ["spec.osImageURL"], Kinds.snowMachine: ["spec.amiID"],
    Kinds.nutanixMachine: ["spec.image.name", "spec.image.uuid"],
    Kinds.cloudStackMachine: ["spec.template.name", "spec.template.id"],
  ]

  /// The image that a config names, if it does.
  init?(of holder: AppliedObject) {
    let found = (MachineImage.fields[holder.object.groupKind] ?? []).lazy
      .flatMap { $0.values(before: nil, after: holder.object.root) }
      .first { !($0.after?.text ?? "").isEmpty }
    guard let found, let node = found.after, let text = node.text else { return nil }
    self.text = text
    self.node = node
    path = found.path
    self.holder = holder
  }

  /// The Kubernetes versions that a name tells: `1.33`, `1-33`, `1_33`, `v1.33.4` or `133` between other signs.
  static func versions(in text: String) -> Set<KubernetesVersion> {
    var found: Set<KubernetesVersion> = []
    let letters = Array(text.utf8)
    func digit(_ index: Int) -> Int? {
      index >= 0 && index < letters.count && letters[index] >= 48 && letters[index] <= 57
        ? Int(letters[index]) - 48 : nil
    }
    for index in letters.indices where letters[index] == 49 && digit(index - 1) == nil {
      let isBare = digit(index + 1) != nil
      if index > 0, letters[index - 1] == 46 { continue }
      let first = isBare ? index + 1 : index + 2
      if !isBare, index + 1 >= letters.count || ![45, 46, 95].contains(letters[index + 1]) { continue }
      guard let tens = digit(first), let ones = digit(first + 1), digit(first + 2) == nil, (1...4).contains(tens) else {
        continue
      }
      if isBare, first + 2 < letters.count, letters[first + 2] == 46 { continue }
      if let version = KubernetesVersion("1.\(tens)\(ones)"), version.minor >= 18 { found.insert(version) }
    }
    return found
  }

  /// Whether a field names an image by an id, which tells no version.
  static func isOpaque(_ path: FieldPath) -> Bool {
    ["spec.amiID", "spec.image.uuid", "spec.template.id"].contains { $0 == path }
  }

  /// Whether the image is named by an id, which tells no version.
  var isOpaque: Bool { MachineImage.isOpaque(path) }

  /// Whether the name tells another version and not this one.
  func contradicts(_ version: KubernetesVersion) -> Bool {
    if isOpaque { return false }
    let told = MachineImage.versions(in: text)
    return !told.isEmpty && !told.contains(version)
  }
}

/// A role of a cluster: what version it runs, and of which image.
struct ClusterRole {
  /// `control plane`, `worker group md-0`.
  let title: String
  let version: KubernetesVersion
  let versionPath: FieldPath
  let image: MachineImage

  /// The roles whose version and image can both be known.
  static func all(of cluster: ClusterSpec, in state: any StateView) -> [ClusterRole] {
    guard let version = KubernetesVersion(cluster.kubernetesVersion) else { return [] }
    let common = datacenterImage(of: cluster, in: state)
    func role(_ title: String, _ holder: Node?, _ version: KubernetesVersion?, _ path: FieldPath) -> ClusterRole? {
      guard let version, let holder, let image = machineImage(holder, cluster, state) ?? common else { return nil }
      return ClusterRole(title: title, version: version, versionPath: path, image: image)
    }
    var roles = [role("the control plane", cluster.controlPlane, version, ClusterSpec.versionPath)]
    roles.append(role("external etcd", cluster.externalEtcd, version, ClusterSpec.versionPath))
    for group in cluster.workers {
      let own = group.node["kubernetesVersion"]
      let path = own == nil ? ClusterSpec.versionPath : group.path.key("kubernetesVersion")
      roles.append(role("worker group \(group.name)", group.node, own.map { KubernetesVersion($0) } ?? version, path))
    }
    return roles.compactMap { $0 }
  }

  private static func machineImage(_ holder: Node, _ cluster: ClusterSpec, _ state: any StateView) -> MachineImage? {
    cluster.target(of: holder["machineGroupRef"], in: state).flatMap { MachineImage(of: $0) }
  }

  private static func datacenterImage(of cluster: ClusterSpec, in state: any StateView) -> MachineImage? {
    guard cluster.datacenterKind == Kinds.tinkerbellDatacenter.kind else { return nil }
    return cluster.target(of: cluster.applied.object["spec", "datacenterRef"], in: state).flatMap {
      MachineImage(of: $0)
    }
  }
}

extension ClusterSpec {
  /// The object that a reference of this cluster names, in the cluster's namespace.
  func target(of reference: Node?, in state: any StateView) -> AppliedObject? {
    guard let kind = reference?["kind"]?.text, let name = reference?["name"]?.text else { return nil }
    let namespace = applied.object.identity.key.namespace
    return state.objects(of: Kinds.kind(kind)).first {
      $0.object.identity.name == name && $0.object.identity.key.namespace == namespace
    }
  }
}
