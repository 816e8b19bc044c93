/// The kinds whose objects belong to no namespace, whatever `metadata.namespace` says.
///
/// The API server drops the namespace of such an object, and Flux takes its inventory from the server's answer
/// (`ApplyAll` of fluxcd/pkg/ssa), so that an object with another namespace is the same one. What kustomize makes of it is
/// another matter: it takes every custom kind for one of a namespace.
enum ClusterScope {
  /// Kinds by group: those of Kubernetes, and custom ones as their definitions have them.
  private static let names: [String: String] = [
    "": "ComponentStatus Namespace Node PersistentVolume",
    "admissionregistration.k8s.io":
      "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy "
      + "ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    "apiextensions.crossplane.io":
      "CompositeResourceDefinition Composition CompositionRevision EnvironmentConfig ManagedResourceActivationPolicy",
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apiregistration.k8s.io": "APIService",
    "argoproj.io": "ClusterAnalysisTemplate ClusterWorkflowTemplate",
    "capsule.clastix.io": "CapsuleConfiguration GlobalTenantResource Tenant",
    "cdi.kubevirt.io": "CDI StorageProfile",
    "cert-manager.io": "ClusterIssuer",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
    "cilium.io":
      "CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPNodeConfigOverride CiliumBGPPeerConfig "
      + "CiliumBGPPeeringPolicy CiliumCIDRGroup CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy "
      + "CiliumEgressGatewayPolicy CiliumExternalWorkload CiliumIdentity CiliumL2AnnouncementPolicy "
      + "CiliumLoadBalancerIPPool CiliumNode CiliumPodIPPool",
    "crd.projectcalico.org":
      "BGPConfiguration BGPFilter BGPPeer ClusterInformation FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet "
      + "HostEndpoint IPPool IPReservation KubeControllersConfiguration Tier",
    "external-secrets.io": "ClusterExternalSecret ClusterPushSecret ClusterSecretStore",
    "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
    "fluentbit.fluent.io":
      "ClusterFilter ClusterFluentBitConfig ClusterInput ClusterMultilineParser ClusterOutput ClusterParser",
    "gateway.networking.k8s.io": "GatewayClass",
    "generators.external-secrets.io": "ClusterGenerator",
    "infrastructure.cluster.x-k8s.io":
      "AWSClusterControllerIdentity AWSClusterRoleIdentity AWSClusterStaticIdentity VSphereClusterIdentity "
      + "VSphereDeploymentZone VSphereFailureDomain",
    "instancetype.kubevirt.io": "VirtualMachineClusterInstancetype VirtualMachineClusterPreference",
    "kamaji.clastix.io": "DataStore",
    "karpenter.azure.com": "AKSNodeClass",
    "karpenter.k8s.aws": "AWSNodeTemplate EC2NodeClass",
    "karpenter.sh": "NodeClaim NodePool Provisioner",
    "keda.sh": "ClusterTriggerAuthentication",
    "kyverno.io": "ClusterCleanupPolicy ClusterPolicy GlobalContextEntry",
    "networking.k8s.io": "IPAddress IngressClass ServiceCIDR",
    "nfd.k8s-sigs.io": "NodeFeatureRule",
    "node.k8s.io": "RuntimeClass",
    "nvidia.com": "ClusterPolicy NVIDIADriver",
    "operator.tigera.io": "APIServer Goldmane ImageSet Installation TigeraStatus Whisker",
    "pkg.crossplane.io":
      "Configuration ConfigurationRevision ControllerConfig DeploymentRuntimeConfig Function FunctionRevision "
      + "ImageConfig Provider ProviderRevision",
    "piraeus.io": "LinstorCluster LinstorNodeConnection LinstorSatelliteConfiguration",
    "policy": "PodSecurityPolicy",
    "policy.networking.k8s.io": "AdminNetworkPolicy BaselineAdminNetworkPolicy",
    "postgresql.cnpg.io": "ClusterImageCatalog",
    "projectcalico.org":
      "BGPConfiguration BGPFilter BGPPeer FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet HostEndpoint IPPool "
      + "IPReservation KubeControllersConfiguration Tier",
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
    "resource.k8s.io": "DeviceClass ResourceSlice",
    "scheduling.k8s.io": "PriorityClass",
    "snapshot.storage.k8s.io": "VolumeSnapshotClass VolumeSnapshotContent",
    "spire.spiffe.io": "ClusterFederatedTrustDomain ClusterSPIFFEID ClusterStaticEntry",
    "storage.k8s.io": "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    "templates.gatekeeper.sh": "ConstraintTemplate",
    "trust.cert-manager.io": "Bundle",
  ]

  private static let kinds: [String: Set<Substring>] = names.mapValues { Set($0.split(separator: " ")) }

  /// Whether objects of a kind belong to no namespace; no for a kind that is not known.
  static func holds(_ kind: String, of group: String) -> Bool {
    group == "constraints.gatekeeper.sh" || kinds[group]?.contains(Substring(kind)) == true
  }
}
