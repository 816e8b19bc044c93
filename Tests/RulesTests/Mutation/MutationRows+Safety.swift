extension MutationRows {
  static let supply: [Row] = [
    Row("registry-insecure", ["Cluster:spec.registryMirrorConfiguration.insecureSkipVerify=true"]),
    Row("registry-endpoint-changed", ["Cluster:spec.registryMirrorConfiguration.endpoint=10.9.9.9"]),
    Row("registry-endpoint-changed", ["Cluster:spec.registryMirrorConfiguration.port=\"5000\""]),
    Row(
      "registry-endpoint-changed",
      ["Cluster:spec.registryMirrorConfiguration.ociNamespaces=[{registry: r, namespace: n}]"]),
    Row("registry-ca-changed", ["Cluster:spec.registryMirrorConfiguration.caCertContent=B"]),
    Row("registry-auth-off", ["Cluster:spec.registryMirrorConfiguration.authenticate=false"]),
    Row("boot-chain-changed", ["DC:spec.hookIsoURL=\"https://b.example/h.iso\""], on: [.tinkerbell]),
    Row(
      "provision-action-changed", ["TinkerbellTemplateConfig:spec.template.tasks.0.actions.0.image=evil"],
      on: [.tinkerbell]),
    Row(
      "provision-action-changed",
      ["+TinkerbellTemplateConfig:spec.template.tasks.0.actions={name: c, image: c, timeout: 1}"], on: [.tinkerbell]),
    Row("dangling-ref provision-action-changed", ["MC/md:spec.templateRef.name=other"], on: [.tinkerbell]),
    Row("provision-action-changed", ["-MC/md:spec.templateRef"], on: [.tinkerbell]),
    Row("trust-store-or-ntp", ["MC/md:spec.hostOSConfiguration.ntpConfiguration.servers=[x.lan]"], on: [.vSphere]),
    Row(
      "trust-store-or-ntp",
      ["MC/md:spec.hostOSConfiguration.certBundles=[{name: a, data: \"-----BEGIN CERTIFICATE-----\"}]"], on: [.vSphere]),
    Row(
      "packages-source-changed", ["Cluster:spec.packages={controller: {repository: x.example/y}}"], roles: [.management]
    ),
    Row("packages-disabled", ["Cluster:spec.packages={disable: true}"]),
    Row("proxy-userinfo", ["Cluster:spec.proxyConfiguration.httpProxy=\"http://u:pw@proxy.lan:3128\""]).with(
      "immutable-field-edit"),
    Row("license-token-in-git", ["Cluster:spec.licenseToken=eyJabc"]),
    Row(
      "env-secrets-in-packages", ["Cluster:spec.packages={controller: {env: [API_TOKEN=abc]}}"], roles: [.management]),
  ]

  static let access: [Row] = [
    Row(
      "ssh-key-added", ["+MC/md:spec.users.0.sshAuthorizedKeys=ssh-rsa BBBB x"], on: [.vSphere, .nutanix, .cloudStack]),
    Row(
      "immutable-field-edit ssh-key-added", ["+MC/md:spec.users.0.sshAuthorizedKeys=ssh-rsa BBBB x"], on: [.tinkerbell]),
    Row("ssh-key-added", ["MC/md:spec.sshKeyName=other"], on: [.snow]),
    Row(
      "ssh-key-added", ["\(w1).machineGroupRef.name=cp"],
      given: ["MC/cp:spec.users.0.sshAuthorizedKeys.0=ssh-rsa BBBB x"],
      on: [.vSphere, .nutanix, .cloudStack]),
    Row(
      "ssh-user-changed", ["\(w1).machineGroupRef.name=cp"], given: ["MC/cp:spec.users.0.name=guest"],
      on: [.nutanix, .cloudStack]),
    Row(
      "ssh-user-changed", ["+MC/md:spec.users={name: guest, sshAuthorizedKeys: [ssh-rsa AAAAB3 me]}"],
      on: [.nutanix, .cloudStack]),
    Row(
      "immutable-field-edit ssh-user-changed",
      ["+MC/md:spec.users={name: guest, sshAuthorizedKeys: [ssh-rsa AAAAB3 me]}"], on: [.tinkerbell]),
    Row("iam-system-masters", ["AWSIamConfig:spec.mapRoles.0.groups=[view, system:masters]"]),
    Row("iam-mapping-added", ["AWSIamConfig:spec.mapRoles.0.groups=[view, edit]"]),
    Row(
      "iam-mapping-added",
      ["+AWSIamConfig:spec.mapRoles={roleARN: \"arn:aws:iam::999988887777:role/c\", username: c, groups: [view]}"]),
    Row(
      "iam-mapping-added", ["AWSIamConfig:spec.mapUsers=[{userARN: \"arn:aws:iam::111122223333:user/c\", username: c}]"]
    ),
    Row("iam-mapping-removed", ["-AWSIamConfig:spec.mapRoles.1"]),
    Row("iam-mapping-removed", ["AWSIamConfig:spec.mapRoles=[]"]),
    Row("iam-mapping-removed", ["AWSIamConfig:spec.mapRoles.1.groups=[]"]),
    Row("iam-provider-removed", ["-Cluster:spec.identityProviderRefs.0"]),
    Row("oidc-trust-changed", ["OIDCConfig:spec.issuerUrl=\"https://id.example.org\""]),
    Row("oidc-trust-changed", ["OIDCConfig:spec.clientId=other"], given: ["OIDCConfig:@managed-by=mgmt"]),
    Row("oidc-prefix-weakened", ["-OIDCConfig:spec.groupsPrefix"]),
    Row("oidc-prefix-weakened", ["OIDCConfig:spec.usernamePrefix=\"-\""]),
    Row("irsa-issuer-changed", ["Cluster:spec.podIamConfig.serviceAccountIssuer=\"https://other.example\""]),
    Row("irsa-issuer-changed", ["-Cluster:spec.podIamConfig"]),
    Row("credential-ref-changed", ["DC:spec.credentialRef.name=other"], on: [.nutanix]),
    Row("credential-ref-changed", ["DC:spec.identityRef.name=other"], on: [.snow]),
    Row(
      "credential-ref-changed immutable-field-edit placement-changed",
      ["DC:spec.availabilityZones.0.credentialsRef=other"], on: [.cloudStack]),
    Row("vsphere-insecure", ["DC:spec.insecure=true"], on: [.vSphere]),
    Row("vsphere-thumbprint", ["DC:spec.thumbprint=\"CC:DD\""], on: [.vSphere]),
    Row("vsphere-thumbprint", ["DC:spec.thumbprint=\"\""], on: [.vSphere]),
    Row("nutanix-insecure", ["DC:spec.insecure=true"], on: [.nutanix]),
    Row(
      "nutanix-trust-bundle",
      ["DC:spec.additionalTrustBundle=\"-----BEGIN CERTIFICATE-----\\nB\\n-----END CERTIFICATE-----\""], on: [.nutanix]),
    Row("nutanix-trust-bundle", ["-DC:spec.additionalTrustBundle"], on: [.nutanix]),
  ]

  private static let cilium = "Cluster:spec.clusterNetwork.cniConfig.cilium"
  private static let kms =
    "Cluster:spec.etcdEncryption=[{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]"
  private static let encrypted: [Fleet.Provider] = [.vSphere, .nutanix, .cloudStack]

  static let hardening: [Row] = [
    Row("netpol-mode-weakened", ["\(cilium).policyEnforcementMode=never"], on: machined),
    Row(
      "netpol-mode-weakened", ["-\(cilium).policyEnforcementMode"], given: ["\(cilium).policyEnforcementMode=always"],
      on: machined),
    Row("netpol-mode-hardened", ["\(cilium).policyEnforcementMode=always"], on: machined),
    Row("cilium-helmvalues", ["\(cilium).helmValues={debug: {enabled: true}}"], on: machined),
    Row("cilium-skipupgrade-flip", ["\(cilium)={skipUpgrade: true}"], on: machined),
    Row("cilium-skipupgrade-flip", ["\(cilium)={}"], given: ["\(cilium)={skipUpgrade: true}"], on: machined),
    Row(
      "kubelet-weakened",
      ["\(w0).kubeletConfiguration={kind: KubeletConfiguration, authorization: {mode: AlwaysAllow}}"]),
    Row("kubelet-weakened", ["\(cp).kubeletConfiguration={kind: KubeletConfiguration, readOnlyPort: 10255}"]),
    Row(
      "kubelet-weakened",
      ["\(cp).kubeletConfiguration={kind: KubeletConfiguration, authentication: {anonymous: {enabled: true}}}"]),
    Row("apiserver-args-flag apiserver-weakened", ["\(cp).apiServerExtraArgs={anonymous-auth: \"true\"}"]),
    Row(
      "apiserver-weakened", ["\(cp).apiServerExtraArgs.authorization-mode=AlwaysAllow"],
      given: ["\(cp).apiServerExtraArgs={v: \"2\"}"]),
    Row(
      "apiserver-weakened", ["\(cp).apiServerExtraArgs.disable-admission-plugins=NodeRestriction"],
      given: ["\(cp).apiServerExtraArgs={v: \"2\"}"]),
    Row("audit-weakened", ["\(cp).auditPolicyContent=\"{rules: [{level: None}]}\""]),
    Row("admission-skip-enabled", ["\(cp).skipAdmissionForSystemResources=true"]),
    Row(
      "kernel-hardening-off",
      ["MC/md:spec.hostOSConfiguration.bottlerocketConfiguration.kernel.sysctlSettings.kernel~kptr_restrict=\"0\""],
      on: [.vSphere]),
    Row(
      "kernel-hardening-off",
      ["MC/md:spec.hostOSConfiguration.bottlerocketConfiguration.kubernetes={allowedUnsafeSysctls: [net.x]}"],
      on: [.vSphere]),
    Row("etcd-encryption-removed", ["-Cluster:spec.etcdEncryption"], given: [kms], on: encrypted),
    Row(
      "etcd-encryption-removed", ["Cluster:spec.etcdEncryption.0.providers.0.kms.name=b"], given: [kms], on: encrypted),
    Row(
      "etcd-encryption-removed", ["Cluster:spec.etcdEncryption.0.resources=[configmaps]"], given: [kms], on: encrypted),
  ]

  /// Edits that change nothing, or nothing bad.
  static let quiet: [Row] = [
    Row("", []),
    Row("", ["\(w1).machineGroupRef.name=cp"], on: [.vSphere, .nutanix, .cloudStack, .snow]),
    Row("", ["\(cp).count=5"]),
    Row(
      "",
      [
        "Cluster:spec.machineHealthCheck.maxUnhealthy=100%", "\(cp).machineHealthCheck={maxUnhealthy: 100%}",
        "\(w0).machineHealthCheck={maxUnhealthy: 40%}", "\(w1).machineHealthCheck={maxUnhealthy: 40%}",
      ]),
    Row("", ["\(w0).count=9"]),
    Row("", ["\(w0).count=0x4"]),
    Row("", ["\(w1).count=5"]),
    Row(
      "", ["+Cluster:spec.workerNodeGroupConfigurations={name: md-2, count: 2}"],
      on: [.docker]),
    Row("", ["\(cp).certSans=[b.example.com, a.example.com]"]),
    Row("", ["Cluster:spec.proxyConfiguration.noProxy=[b.lan, a.lan]"]),
    Row("", ["-Cluster:spec.registryMirrorConfiguration.port"]),
    Row("", ["Cluster:spec.machineHealthCheck.unhealthyMachineTimeout=300s"]),
    Row("", ["Cluster:spec.packages={disable: false}"]),
    Row("", ["-Cluster:spec.managementCluster"], roles: [.management]),
    Row("", ["\(cilium).skipUpgrade=false"], on: machined),
    Row("", ["-\(cilium).policyEnforcementMode"], on: machined),
    Row("", ["DC:spec.network=/DC/network/vm"], on: [.vSphere]),
    Row("", ["MC/md:spec.memorySize=8192Mi", "MC/md:spec.systemDiskSize=64424509440"], on: [.nutanix]),
    Row("", ["MC:spec.users.0.sshAuthorizedKeys=[ssh-rsa AAAAB3 other@host]"], on: withUsers),
    Row("", ["AWSIamConfig:spec.partition=aws"]),
    Row("", ["-FluxConfig:spec.branch"]),
    Row("", ["MC/md:spec.memoryMiB=32768", "MC/md:spec.numCPUs=8"], on: [.vSphere]),
    Row("", ["Cluster:metadata.annotations.team=other", "Cluster:metadata.labels={a: b}"]),
    Row("", ["\(w0).labels={tier: b, zone: c}"], on: withEtcd),
    Row("", ["\(w0).autoscalingConfiguration={minCount: 2, maxCount: 9}"]),
    Row(
      "", ["\(w0).autoscalingConfiguration.maxCount=12"],
      given: ["\(w0).autoscalingConfiguration={minCount: 2, maxCount: 9}"]),
    Row("", [kms], on: encrypted),
    Row("", ["Cluster:@paused=\"True\""]),
  ]
}

extension MutationTests.Row {
  /// The same with another rule that speaks too.
  func with(_ more: String) -> MutationTests.Row {
    MutationTests.Row(
      (expected + [more]).joined(separator: " "), edits, given: given, on: providers, roles: roles)
  }
  /// A step down is refused besides.
  var skewed: MutationTests.Row { with("eksa-version-bad-transition") }
}
