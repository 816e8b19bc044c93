/// The fields of the kubelet's own configuration, `kubelet.config.k8s.io/v1beta1`, which the webhook decodes strictly: an
/// unknown one is refused. What a text must say, and types that only newer kubelets know, are not told.
enum KubeletFields {
  /// In the notation of ``SchemaNotation``, a line for each field.
  static let text = """
    kind! string
    \(groups)
    """
    + [(texts, "any"), (numbers, "int"), (switches, "bool")].map { names, type in
      names.split { $0.isWhitespace }.map { "\n\($0) \(type)" }.joined()
    }.joined()

  /// Fields that hold fields.
  private static let groups = """
    authentication
      anonymous
        enabled bool
      webhook
        cacheTTL any
        enabled bool
      x509
        clientCAFile any
    authorization
      mode any
      webhook
        cacheAuthorizedTTL any
        cacheUnauthorizedTTL any
    memorySwap
      swapBehavior any
    crashLoopBackOff
      maxContainerRestartPeriod any
    userNamespaces
      idsPerPod int
    """

  private static let texts = """
    address allowedUnsafeSysctls[] apiVersion cgroupDriver cgroupRoot clusterDNS[] clusterDomain
    configMapAndSecretChangeDetectionStrategy containerLogMaxSize containerLogMonitorInterval
    containerRuntimeEndpoint contentType cpuCFSQuotaPeriod cpuManagerPolicy cpuManagerPolicyOptions{}
    cpuManagerReconcilePeriod defaultPodSysctls{} enforceNodeAllocatable[] evictionHard{} evictionMinimumReclaim{}
    evictionPressureTransitionPeriod evictionSoftGracePeriod{} evictionSoft{} fileCheckFrequency hairpinMode
    healthzBindAddress httpCheckFrequency imageMaximumGCAge imageMinimumGCAge imagePullCredentialsVerificationPolicy
    imageServiceEndpoint kubeletCgroups kubeReservedCgroup kubeReserved{} logging memoryManagerPolicy
    memoryReservationPolicy memoryThrottlingFactor nodeStatusReportFrequency nodeStatusUpdateFrequency podCIDR
    podLogsDir preloadedImagesVerificationAllowlist[] providerID qosReserved{} registerWithTaints[] reservedMemory[]
    reservedSystemCPUs resolvConf runtimeRequestTimeout showHiddenMetricsForVersion shutdownGracePeriod
    shutdownGracePeriodByPodPriority[] shutdownGracePeriodCriticalPods staticPodPath staticPodURL
    staticPodURLHeader{} streamingConnectionIdleTimeout syncFrequency systemCgroups systemReservedCgroup
    systemReserved{} tlsCertFile tlsCipherSuites[] tlsCurvePreferences[] tlsMinVersion tlsPrivateKeyFile
    topologyManagerPolicy topologyManagerPolicyOptions{} topologyManagerScope tracing volumePluginDir
    volumeStatsAggPeriod
    """

  private static let numbers = """
    containerLogMaxFiles containerLogMaxWorkers eventBurst eventRecordQPS evictionMaxPodGracePeriod healthzPort
    imageGCHighThresholdPercent imageGCLowThresholdPercent iptablesDropBit iptablesMasqueradeBit kubeAPIBurst
    kubeAPIQPS maxOpenFiles maxParallelImagePulls maxPods nodeLeaseDurationSeconds nodeStatusMaxImages oomScoreAdj
    podPidsLimit podsPerCore port readOnlyPort registryBurst registryPullQPS
    """

  private static let switches = """
    cgroupsPerQOS cpuCFSQuota enableContentionProfiling enableControllerAttachDetach enableDebugFlagsHandler
    enableDebuggingHandlers enableProfilingHandler enableServer enableSystemLogHandler enableSystemLogQuery
    failCgroupV1 failSwapOn featureGates{} keepTerminatedPodVolumes kernelMemcgNotification
    localStorageCapacityIsolation makeIPTablesUtilChains mergeDefaultEvictionSettings protectKernelDefaults
    registerNode rotateCertificates runOnce seccompDefault serializeImagePulls serverTLSBootstrap
    singleProcessOOMKill
    """
}
