internal import Manifests

/// A field that the admission webhook of a kind does not let change.
struct ImmutableField: Sendable {
  /// When a field may not change.
  enum Condition: Sendable {
    case always
    /// Only while the old object is a workload cluster.
    case workload
    /// Only for clusters on Tinkerbell.
    case tinkerbell
    /// Unless the new object has the annotation managed-by-cli, whatever its value.
    case unlessManagedByCLI
    /// Unless the old object has a non-empty annotation managed-by.
    case unlessManaged
    /// Only where the old object is marked as control plane or etcd machine and is not managed.
    case roleMachine
    /// Only removal is refused.
    case removal
    /// Only where both sides have one.
    case replacement
    /// Only coming and going is refused.
    case presence
  }

  let kind: GroupKind
  let field: FieldPattern
  let condition: Condition
  /// Whether a pause of the old object lifts it.
  let pauseLifts: Bool
  /// A way to write texts that mean the same.
  let canonical: (@Sendable (String) -> String)?
  /// Whether order and spelling count.
  let isExact: Bool

  init(
    _ kind: GroupKind, _ field: FieldPattern, _ condition: Condition = .always, pauseLifts: Bool = true,
    isExact: Bool = false, as canonical: (@Sendable (String) -> String)? = nil
  ) {
    self.kind = kind
    self.field = field
    self.condition = condition
    self.pauseLifts = pauseLifts
    self.isExact = isExact
    self.canonical = canonical
  }

  /// The immutability table of EKS Anywhere's webhooks (`*_webhook.go` in `api/v1alpha1`).
  static let all: [ImmutableField] = cluster + datacenters + machines + identities

  private static let cluster: [ImmutableField] = [
    ImmutableField(EKSAnywhere.cluster, "spec.managementCluster.name"),
    ImmutableField(EKSAnywhere.cluster, "spec.datacenterRef.kind"),
    ImmutableField(EKSAnywhere.cluster, "spec.datacenterRef.name"),
    ImmutableField(EKSAnywhere.cluster, "spec.controlPlaneConfiguration.endpoint.host", as: Canonical.endpoint),
    ImmutableField(EKSAnywhere.cluster, "spec.clusterNetwork.pods.cidrBlocks"),
    ImmutableField(EKSAnywhere.cluster, "spec.clusterNetwork.services.cidrBlocks"),
    ImmutableField(EKSAnywhere.cluster, "spec.clusterNetwork.dns.resolvConf.path"),
    ImmutableField(EKSAnywhere.cluster, "spec.clusterNetwork.nodes", isExact: true),
    ImmutableField(EKSAnywhere.cluster, "spec.proxyConfiguration"),
    ImmutableField(EKSAnywhere.cluster, "spec.externalEtcdConfiguration", .presence),
    ImmutableField(EKSAnywhere.cluster, "spec.gitOpsRef", .workload),
    ImmutableField(EKSAnywhere.cluster, "spec.controlPlaneConfiguration.labels", .tinkerbell, isExact: true),
    ImmutableField(EKSAnywhere.cluster, "spec.controlPlaneConfiguration.taints", .tinkerbell, isExact: true),
    ImmutableField(EKSAnywhere.cluster, "spec.workerNodeGroupConfigurations[].labels", .tinkerbell, isExact: true),
    ImmutableField(EKSAnywhere.cluster, "spec.workerNodeGroupConfigurations[].taints", .tinkerbell, isExact: true),
  ]

  private static let datacenters: [ImmutableField] =
    [
      ImmutableField(Kinds.vSphereDatacenter, "spec.server"),
      ImmutableField(Kinds.vSphereDatacenter, "spec.datacenter"),
      ImmutableField(Kinds.vSphereDatacenter, "spec.network", as: networkName),
      ImmutableField(Kinds.tinkerbellDatacenter, "spec.tinkerbellIP", pauseLifts: false),
      ImmutableField(Kinds.tinkerbellDatacenter, "spec.hookImagesURLPath", .unlessManagedByCLI, pauseLifts: false),
      ImmutableField(
        Kinds.tinkerbellDatacenter, "spec.skipLoadBalancerDeployment", .unlessManagedByCLI, pauseLifts: false,
        as: standing(for: "false")),
      ImmutableField(Kinds.nutanixDatacenter, "spec.endpoint"),
      ImmutableField(Kinds.nutanixDatacenter, "spec.credentialRef", .removal),
      ImmutableField(Kinds.cloudStackDatacenter, "spec.availabilityZones[]", .replacement),
      ImmutableField(Kinds.snowPool, "spec.pools", pauseLifts: false),
    ]
    // The older form, of which the webhook makes zones that are named by their number.
    + ["spec.managementApiEndpoint", "spec.account", "spec.domain", "spec.zones[]"].map {
      ImmutableField(Kinds.cloudStackDatacenter, $0, .replacement)
    }

  private static let machines: [ImmutableField] =
    [
      ImmutableField(Kinds.vSphereMachine, "spec.osFamily", as: standing(for: "bottlerocket")),
      ImmutableField(Kinds.vSphereMachine, "spec.storagePolicyName"),
      ImmutableField(Kinds.tinkerbellMachine, "spec.osFamily", pauseLifts: false),
      ImmutableField(Kinds.nutanixMachine, "spec.bootType"),
      ImmutableField(Kinds.nutanixMachine, "spec.osFamily"),
      ImmutableField(Kinds.nutanixMachine, "spec.cluster"),
      ImmutableField(Kinds.nutanixMachine, "spec.subnet"),
      ImmutableField(Kinds.cloudStackMachine, "spec.affinity"),
      ImmutableField(Kinds.cloudStackMachine, "spec.affinityGroupIds", isExact: true),
    ]
    + ["spec.vcpuSockets", "spec.vcpusPerSocket", "spec.memorySize", "spec.systemDiskSize", "spec.users"].map {
      ImmutableField(Kinds.nutanixMachine, $0, .roleMachine, isExact: true)
    }

  private static let identities: [ImmutableField] =
    [
      ImmutableField(Kinds.iam, "spec.awsRegion", pauseLifts: false),
      ImmutableField(Kinds.iam, "spec.partition", pauseLifts: false, as: standing(for: "aws")),
      ImmutableField(Kinds.iam, "spec.backendMode", pauseLifts: false, isExact: true),
      ImmutableField(Kinds.oidc, "spec.clientId", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.issuerUrl", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.usernameClaim", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.usernamePrefix", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.groupsClaim", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.groupsPrefix", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.oidc, "spec.requiredClaims", .unlessManaged, pauseLifts: false),
      ImmutableField(Kinds.fluxConfig, "spec.systemNamespace", pauseLifts: false),
      ImmutableField(Kinds.fluxConfig, "spec.clusterConfigPath", pauseLifts: false),
      ImmutableField(Kinds.fluxConfig, "spec.branch", pauseLifts: false, as: standing(for: "main")),
      ImmutableField(Kinds.fluxConfig, "spec.git", pauseLifts: false),
    ] + gitHub(Kinds.fluxConfig, "spec", "owner", "repository")
    + gitHub(
      Kinds.gitOpsConfig, "spec.flux", "owner", "repository", "clusterConfigPath", "fluxSystemNamespace")
    + [ImmutableField(Kinds.gitOpsConfig, "spec.flux.github.branch", pauseLifts: false, as: standing(for: "main"))]

  /// A GitHub repository beneath a field, key by key: absent, `personal` is false.
  private static func gitHub(_ kind: GroupKind, _ holder: String, _ keys: String...) -> [ImmutableField] {
    let path = "\(holder).github"
    return keys.map { ImmutableField(kind, FieldPattern(stringLiteral: "\(path).\($0)"), pauseLifts: false) } + [
      ImmutableField(
        kind, FieldPattern(stringLiteral: "\(path).personal"), pauseLifts: false, as: standing(for: "false"))
    ]
  }

  /// What a text means to the webhook where nothing stands for a default.
  private static func standing(for value: String) -> @Sendable (String) -> String {
    { $0.isEmpty ? value : $0.lowercased() == value ? value : $0 }
  }

  /// The last part of `/datacenter/network/name`, which the webhook writes out.
  @Sendable private static func networkName(_ text: String) -> String {
    guard text.hasPrefix("/"), let range = text.firstRange(of: "/network/") else { return text }
    return String(text[range.upperBound...])
  }
}
