internal import Policy

extension Catalogue {
  /// Rules about what else than clusters and Flux stands in a platform's repository.
  static let platform: [any Rule] = objects + access + workloads + cloud

  private static let objects: [any Rule] =
    ObjectRemoved.all + ArgoSettings.rules + [NodeGroupZero(), HelmReleaseRetargeted()]

  private static let access: [any Rule] =
    AccessSettings.rules + [
      AwsAuth.masters, AwsAuth.changed, TrustPolicy.wildcard, TrustPolicy.externalID, CriticalNamespaceAccess(),
      ClusterAdminGrant(),
    ]

  private static let workloads: [any Rule] =
    SourceTrust.rules + [
      RemoteBase(), PodHardening(), ResourcesRemoved(), TokenAutomount(), ImageDigestDropped(), PodSecurityWeakened(),
    ]

  private static let cloud: [any Rule] =
    CloudSettings.rules + [ControlPlaneLogging(), ResourceTagsRemoved(), SecurityGroupOpen()]
}
