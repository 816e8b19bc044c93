internal import Policy

extension Catalogue {
  /// Every rule about EKS Anywhere kinds, by category.
  static let eksAnywhere: [any Rule] =
    eksAnywhereScale + eksAnywhereLifecycle + eksAnywhereVersion + eksAnywhereAdmission + eksAnywhereSupply
    + eksAnywhereAccess + eksAnywhereHardening + ClusterSecrets.all + [ManifestUnreadable()]

  private static let eksAnywhereScale: [any Rule] =
    [
      WorkerGroupRemoved(), WorkerGroupRenamed(), WorkersListEmptied(), ControlPlaneCountInvalid(),
      ControlPlaneCountDecrease(), ControlPlaneSingle(), EtcdCountInvalid(), EtcdCountChanged(), EtcdTopologySwitched(),
      AutoscalingRemoved(), AutoscalingBounds(), AllGroupsTainted(), TinkerbellVersionAndScale(),
      FollowingReferences(MachineSizeReduced()),
    ] + RolloutRule.all + HealthCheckRule.all + MachinePlacement.all

  private static let eksAnywhereLifecycle: [any Rule] =
    [
      ClusterMoved.renamed, ClusterMoved.namespaceChanged, ConfigRemovedStillReferenced(), DanglingReference(),
      ManagedByCLI(), PausedAdded(), PausedRemoved(),
    ] + AnnotationRule.all

  private static let eksAnywhereVersion: [any Rule] =
    [
      KubernetesDowngrade(), KubernetesSkippedMinor(), KubernetesUpgrade(), KubernetesVersionUnquoted(),
      ImageVersionMismatch(), WorkerVersionSkew(), SchemaRule.wrongType,
    ] + EKSAnywhereVersionRule.all

  private static let eksAnywhereAdmission: [any Rule] =
    ImmutableEdit.all + TellingImmutables.all + [
      SchemaRule.unknownField, SchemaRule.outOfRange, SchemaRule.missing, SSHKeyEmpty(), EtcdEncryptionOnCreate(),
      InternalKindInGit(),
    ]

  private static let eksAnywhereSupply: [any Rule] =
    [BundlesInGit(), OSImageChanged()] + RegistryMirror.all + MachineSupply.all

  private static let eksAnywhereAccess: [any Rule] =
    [
      FollowingReferences(SSHKeyAdded()), FollowingReferences(SSHUserChanged()),
      FollowingReferences(IAMSystemMasters()), FollowingReferences(IAMMappingAdded()),
      FollowingReferences(IAMMappingRemoved()), IAMProviderRemoved(), DatacenterEndpointMoved(),
    ] + OIDCRule.all + DatacenterAccess.all

  private static let eksAnywhereHardening: [any Rule] =
    [
      NetworkPolicyMode.weakened, NetworkPolicyMode.hardened, KubeletWeakened(), APIServerWeakened(), AuditWeakened(),
      FollowingReferences(KernelHardeningOff()), EtcdEncryptionRemoved(),
    ] + ClusterHardening.all
}
