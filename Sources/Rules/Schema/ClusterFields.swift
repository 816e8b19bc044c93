/// The fields of `Cluster.spec`, read off the custom resource definitions of EKS Anywhere v0.26.
enum ClusterFields {
  static let texts: [String: String] = [
    "Cluster": """
    bundlesRef
      apiVersion! string
      name! string
      namespace! string
    clusterNetwork
      cni string
      cniConfig
        cilium
          cniExclusive bool
          egressMasqueradeInterfaces string
          helmValues any
          ipv4NativeRoutingCIDR string
          ipv6NativeRoutingCIDR string
          policyEnforcementMode string
          routingMode string
          skipUpgrade bool
        kindnetd object
      dns
        resolvConf
          path string
      nodes
        cidrMaskSize int
      pods
        cidrBlocks[] string
      services
        cidrBlocks[] string
    controlPlaneConfiguration
      apiServerExtraArgs{} string
      auditPolicyContent string
      certSans[] string
      count int
      endpoint
        host! string
      kubeletConfiguration @kubeletConfiguration
      labels{} string
      machineGroupRef @ref
      machineHealthCheck @machineHealthCheck
      skipAdmissionForSystemResources bool
      skipLoadBalancerDeployment bool
      taints[] @taint
      upgradeRolloutStrategy
        rollingUpdate
          maxSurge! int
        type string
    datacenterRef @ref
    eksaVersion string
    etcdEncryption[]
      providers[]!
        kms!
          cachesize int
          name! string
          socketListenAddress! string
          timeout string
      resources[]! string
    externalEtcdConfiguration
      count int
      machineGroupRef @ref
    gitOpsRef @ref
    identityProviderRefs[] @ref
    kubernetesVersion string
    licenseToken string
    machineHealthCheck @machineHealthCheck
    managementCluster
      name string
    packages
      controller
        digest string
        disableWebhooks bool
        env[] string
        repository string
        resources
          limits @resources
          requests @resources
        tag string
      cronjob
        digest string
        disable bool
        repository string
        tag string
      disable bool
    podIamConfig
      serviceAccountIssuer! string
    proxyConfiguration
      httpProxy string
      httpsProxy string
      noProxy[] string
    registryMirrorConfiguration
      authenticate bool
      caCertContent string
      endpoint string
      insecureSkipVerify bool
      ociNamespaces[]
        namespace! string
        registry! string
      port string
    workerNodeGroupConfigurations[]
      autoscalingConfiguration
        maxCount int
        minCount int
      count int
      failureDomains[] string
      kubeletConfiguration @kubeletConfiguration
      kubernetesVersion string
      labels{} string
      machineGroupRef @ref
      machineHealthCheck @machineHealthCheck
      name string
      taints[] @taint
      upgradeRolloutStrategy
        rollingUpdate
          maxSurge! int
          maxUnavailable! int
        type string
    """
  ]
}
