/// Groups of fields that several kinds share, in the notation of ``SchemaNotation``; a later one may name an earlier one.
enum SchemaFragments {
  /// Every fragment by its name.
  static let all: [String: [String: FieldSchema]] = {
    var known: [String: [String: FieldSchema]] = [:]
    for (name, text) in texts { known[name] = SchemaNotation(text, fragments: known).fields() }
    return known
  }()

  private static let texts: [(name: String, text: String)] = [
    (
      "certBundle",
      """
      data! string
      name! string
      """
    ),
    (
      "nutanixResource",
      """
      name string
      type! string uuid|name
      uuid string
      """
    ),
    (
      "snowVolume",
      """
      deviceName string
      size! int 8...
      type string sbp1|sbg1
      """
    ),
    (
      "kubeletSettings",
      """
      allowedUnsafeSysctls[] string
      clusterDNSIPs[] string
      clusterDomain string
      containerLogMaxFiles int
      containerLogMaxSize string
      cpuCFSQuota bool
      cpuManagerPolicy string
      cpuManagerPolicyOptions{} string
      cpuManagerReconcilePeriod string
      eventBurst int
      eventRecordQPS int
      evictionHard{} string
      evictionMaxPodGracePeriod int
      evictionSoft{} string
      evictionSoftGracePeriod{} string
      imageGCHighThresholdPercent int
      imageGCLowThresholdPercent int
      kubeAPIBurst int
      kubeAPIQPS int
      kubeReserved{} string
      maxPods int
      memoryManagerPolicy string
      podPidsLimit int
      providerID string
      registryBurst int
      registryPullQPS int
      shutdownGracePeriod string
      shutdownGracePeriodCriticalPods string
      systemReserved{} string
      topologyManagerPolicy string
      topologyManagerScope string
      """
    ),
    (
      "bottlerocketConfiguration",
      """
      boot
        bootKernelParameters{}[] string
      kernel
        sysctlSettings{} string
      kubernetes @kubeletSettings
      """
    ),
    (
      "hostOSConfiguration",
      """
      bottlerocketConfiguration @bottlerocketConfiguration
      certBundles[] @certBundle
      ntpConfiguration
        servers[]! string
      """
    ),
    (
      "matchExpression",
      """
      key! string
      operator! string
      values[] string
      """
    ),
    ("kubeletConfiguration", KubeletFields.text),
    (
      "labelSelector",
      """
      matchExpressions[] @matchExpression
      matchLabels{} string
      """
    ),
    (
      "hardwareAffinityTerm",
      """
      labelSelector! @labelSelector
      """
    ),
    (
      "resources",
      """
      cpu string
      memory string
      """
    ),
    (
      "ref",
      """
      kind string
      name string
      """
    ),
    (
      "machineHealthCheck",
      """
      maxUnhealthy intOrString
      nodeStartupTimeout string
      unhealthyMachineTimeout string
      """
    ),
    (
      "objectRef",
      """
      apiVersion string
      fieldPath string
      kind string
      name string
      namespace string
      resourceVersion string
      uid string
      """
    ),
    (
      "named",
      """
      id string
      name string
      """
    ),
    (
      "taint",
      """
      effect! string
      key! string
      timeAdded string
      value string
      """
    ),
    (
      "user",
      """
      name! string
      sshAuthorizedKeys[]! string
      """
    ),
    (
      "cloudStackZone",
      """
      id string
      name string
      network @named
      """
    ),
  ]
}
