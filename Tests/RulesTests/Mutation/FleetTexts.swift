/// A valid cluster of every provider, as the EKS Anywhere CLI would write it.
enum FleetTexts {
  static func cluster(_ provider: Fleet.Provider, isManagement: Bool) -> String {
    let isDocker = provider == .docker
    func machines(_ role: String) -> String {
      isDocker ? "" : "\n    machineGroupRef: {kind: \(provider.rawValue)MachineConfig, name: \(role)}"
    }
    let endpoint = isDocker ? "" : "\n    endpoint: {host: \"10.0.0.10\"}"
    let etcd =
      provider == .tinkerbell ? "" : "\n  externalEtcdConfiguration:\n    count: 3\(machines("etcd"))"
    let version = provider == .cloudStack ? "v0.24.1" : "v0.26.0"
    return """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: Cluster
      metadata:
        name: prod
        namespace: default
        annotations:
          team: platform
      spec:
        kubernetesVersion: "1.32"
        eksaVersion: \(version)
        managementCluster: {name: \(isManagement ? "prod" : "mgmt")}
        datacenterRef: {kind: \(provider.rawValue)DatacenterConfig, name: prod}
        clusterNetwork:
          cniConfig: \(isDocker ? "{kindnetd: {}}" : "{cilium: {policyEnforcementMode: default}}")
          pods: {cidrBlocks: ["192.168.0.0/16"]}
          services: {cidrBlocks: ["10.96.0.0/12"]}
        controlPlaneConfiguration:
          count: 3
          certSans: [a.example.com, b.example.com]\(endpoint)\(machines("cp"))\(etcd)
        workerNodeGroupConfigurations:
        - name: md-0
          count: 4
          labels: {tier: a}\(machines("md"))
        - name: md-1
          count: 6\(machines("md"))
        identityProviderRefs:
        - {kind: AWSIamConfig, name: iam}
        - {kind: OIDCConfig, name: oidc}
        gitOpsRef: {kind: FluxConfig, name: flux}
        proxyConfiguration: {httpProxy: "proxy.lan:3128", httpsProxy: "proxy.lan:3128", noProxy: [a.lan, b.lan]}
        registryMirrorConfiguration: {endpoint: 10.1.1.1, port: "443", authenticate: true, caCertContent: A}
        podIamConfig: {serviceAccountIssuer: "https://irsa.example.com"}
        machineHealthCheck: {maxUnhealthy: "40%", unhealthyMachineTimeout: 5m0s}
      ---
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: AWSIamConfig
      metadata: {name: iam, namespace: default}
      spec:
        awsRegion: eu-west-1
        backendMode: [EKSConfigMap]
        mapRoles:
        - {roleARN: "arn:aws:iam::111122223333:role/a", username: a, groups: [view]}
        - {roleARN: "arn:aws:iam::111122223333:role/b", username: b, groups: [edit]}
      ---
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: OIDCConfig
      metadata: {name: oidc, namespace: default}
      spec: {clientId: eks, issuerUrl: "https://id.example.com", groupsPrefix: "oidc:", usernamePrefix: "oidc:"}
      ---
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: FluxConfig
      metadata: {name: flux, namespace: default}
      spec: {branch: main, clusterConfigPath: clusters/mgmt, github: {owner: me, repository: fleet}}
      ---

      """
  }

  /// The datacenter and machine configs of a provider.
  static func configs(_ provider: Fleet.Provider) -> String {
    var text = object("\(provider.rawValue)DatacenterConfig", "prod", datacenters[provider] ?? "{}")
    for role in provider == .docker ? [] : ["cp", "md"] + (provider == .tinkerbell ? [] : ["etcd"]) {
      let spec = machines[provider] ?? "{}"
      text += object("\(provider.rawValue)MachineConfig", role, spec.split(separator: "ROLE").joined(separator: role))
    }
    if provider == .tinkerbell {
      text += object(
        "TinkerbellTemplateConfig", "prod",
        "{template: {global_timeout: 6000, id: \"\", name: t, version: \"0.1\", tasks: [{name: t, worker: w, actions: "
          + "[{name: a, image: public.ecr.aws/x/a, timeout: 9}, {name: b, image: public.ecr.aws/x/b, timeout: 9}]}]}}")
    }
    return text
  }

  private static func object(_ kind: String, _ name: String, _ spec: String) -> String {
    """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: \(kind)
    metadata: {name: \(name), namespace: default, annotations: {team: platform}}
    spec: \(spec)
    ---

    """
  }

  private static let datacenters: [Fleet.Provider: String] = [
    .vSphere: "{server: vc.lan, datacenter: DC, network: vm, insecure: false, thumbprint: \"AA:BB\", failureDomains: "
      + "[{name: a, computeCluster: c, resourcePool: r, datastore: d, folder: f, network: n}]}",
    .tinkerbell: "{tinkerbellIP: 10.0.0.9, isoBoot: true, hookIsoURL: \"https://a.example/h.iso\"}",
    .nutanix:
      "{endpoint: pc.lan, port: 9440, insecure: false, additionalTrustBundle: \"-----BEGIN CERTIFICATE-----\\nA\\n"
      + "-----END CERTIFICATE-----\", credentialRef: {kind: Secret, name: creds}}",
    .cloudStack: "{availabilityZones: [{name: az, credentialsRef: global, domain: d, managementApiEndpoint: "
      + "\"https://cs.lan\", zone: {name: z, network: {name: n}}}]}",
    .snow: "{identityRef: {kind: Secret, name: creds}}",
  ]

  private static let users = "users: [{name: NAME, sshAuthorizedKeys: [ssh-rsa AAAAB3 me@home]}]"

  private static func users(_ name: String) -> String { users.split(separator: "NAME").joined(separator: name) }

  private static let machines: [Fleet.Provider: String] = [
    .vSphere: "{datastore: /DC/ds, folder: /DC/f, resourcePool: /DC/rp, memoryMiB: 16384, numCPUs: 4, diskGiB: 50, "
      + "osFamily: bottlerocket, storagePolicyName: gold, template: /DC/vm/bottlerocket-v1.32.1, \(users("ec2-user")), "
      + "hostOSConfiguration: {ntpConfiguration: {servers: [t.lan]}, bottlerocketConfiguration: "
      + "{kernel: {sysctlSettings: {vm.swappiness: \"10\"}}}}}",
    .tinkerbell:
      "{osFamily: ubuntu, osImageURL: \"https://img.example/ubuntu-1-32.gz\", hardwareSelector: {type: ROLE}, "
      + "templateRef: {kind: TinkerbellTemplateConfig, name: prod}, \(users("eksa"))}",
    .nutanix:
      "{vcpuSockets: 4, vcpusPerSocket: 2, memorySize: 8Gi, systemDiskSize: 60Gi, osFamily: ubuntu, bootType: uefi, "
      + "cluster: {type: name, name: c}, subnet: {type: name, name: s}, image: {type: name, name: ubuntu-1-32}, "
      + "\(users("eksa"))}",
    .cloudStack: "{computeOffering: {name: big}, template: {name: rhel-1-32}, affinity: anti, \(users("capc"))}",
    .snow: "{amiID: ami-1-32, instanceType: sbe-c.large, physicalNetworkConnector: SFP_PLUS, sshKeyName: k, "
      + "devices: [10.0.0.1], osFamily: ubuntu, network: {directNetworkInterfaces: [{index: 1, dhcp: true, primary: true}]}}",
  ]
}
