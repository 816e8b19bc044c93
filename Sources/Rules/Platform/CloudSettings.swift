internal import Manifests
internal import Policy

/// Rules about encryption, network and logging of EKS clusters in other systems than EKS Anywhere, as tables.
enum CloudSettings {
  static let rules: [any Rule] = [
    envelopeEncryption, storageEncryption, transitEncryption, keyRotation, instanceMetadata, publicNodes,
    publicEndpoint,
    nodeLogin, accessMode,
  ]

  private static let envelopeEncryption = SettingWeakened(
    info: RuleInfo(
      "envelope-encryption-removed", .high, .hardening,
      summary: "Envelope encryption of a cluster's Secrets is removed.",
      why: "Secrets are then only protected by the disk encryption of etcd; whoever reads a backup reads them.",
      remediation: "Restore the KMS key of the cluster; EKS cannot switch envelope encryption off once it is on.",
      references: [References.eksEncryption],
      examples: [
        .eksctl(
          "the key is removed", "secretsEncryption: {keyARN: ⟦\"arn:aws:kms:eu-west-1:111122223333:key/a\"⟧}", ""),
        .eksctl("there never was one", "", "cloudWatch: {}"),
      ]),
    settings: [
      .dropped([CloudKind.eksctl], "secretsEncryption.keyARN", "no longer encrypts Secrets with a KMS key"),
      .dropped([CloudKind.ackCluster], "spec.encryptionConfig", "no longer encrypts Secrets with a KMS key"),
      .dropped(
        CloudKind.upboundCluster, "spec.forProvider.encryptionConfig", "no longer encrypts Secrets with a KMS key"),
    ])

  private static let storageEncryption = SettingWeakened(
    info: RuleInfo(
      "storage-encryption-off", .high, .hardening,
      summary: "Encryption of volumes is switched off.",
      why: "New volumes are written in clear; snapshots and discarded disks give their content away.",
      remediation: "Set `encrypted: \"true\"` and keep the customer key.",
      references: [References.eksEncryption],
      examples: [
        .file(
          "encryption is switched off", "storage/class.yaml", before: storageClass("encrypted: \"true\""),
          after: storageClass("encrypted: ⟦\"false\"⟧")),
        .file(
          "the type of the volumes changes", "storage/class.yaml",
          before: storageClass("type: gp2, encrypted: \"true\""),
          after: storageClass("type: gp3, encrypted: \"true\"")),
      ]),
    settings: [
      WeakSetting(
        kinds: [GroupKind(group: "storage.k8s.io", kind: "StorageClass")], query: "parameters.encrypted",
        isWeak: { $0.map { !$0.isTrue } ?? true }, text: "makes unencrypted volumes", judgesNew: false),
      .dropped(
        [GroupKind(group: "storage.k8s.io", kind: "StorageClass")], "parameters.kmsKeyId",
        "no longer encrypts its volumes with a customer key"),
      WeakSetting(
        kinds: [CloudKind.eksctl], query: "managedNodeGroups[].volumeEncrypted", isWeak: { $0?.isFalse ?? false },
        text: "gives its nodes unencrypted volumes"),
      WeakSetting(
        kinds: [CloudKind.eksctl], query: "nodeGroups[].volumeEncrypted", isWeak: { $0?.isFalse ?? false },
        text: "gives its nodes unencrypted volumes"),
      WeakSetting(
        kinds: [CloudKind.karpenterClass], query: "spec.blockDeviceMappings[].ebs.encrypted",
        isWeak: { $0?.isFalse ?? false }, text: "gives its nodes unencrypted volumes"),
      .turnedOff([CloudKind.ack("rds", "DBInstance")], "spec.storageEncrypted", "stores its database in clear"),
      .turnedOff([CloudKind.ack("efs", "FileSystem")], "spec.encrypted", "stores its files in clear"),
    ])

  private static func storageClass(_ parameters: String) -> String {
    Samples.object(
      "storage.k8s.io/v1", "StorageClass", "data", "provisioner: ebs.csi.aws.com", "parameters: {\(parameters)}")
  }

  private static let volumeKinds = [CoreKind.volume, GroupKind(group: "storage.k8s.io", kind: "StorageClass")]

  private static let transitEncryption = SettingWeakened(
    info: RuleInfo(
      "transit-encryption-off", .high, .hardening,
      summary: "A network file system is mounted without TLS.",
      why: "The files travel in clear between node and file system.",
      remediation: "Keep the mount option `tls`.",
      references: [References.eksEncryption],
      examples: [
        .file(
          "the option is dropped", "storage/volume.yaml",
          before: Samples.object("v1", "PersistentVolume", "efs", "spec: {mountOptions: [tls]}"),
          after: Samples.object("v1", "PersistentVolume", "efs", "spec: {mountOptions: ⟦[noatime]⟧}")),
        .file(
          "an option is added", "storage/volume.yaml",
          before: Samples.object("v1", "PersistentVolume", "efs", "spec: {mountOptions: [tls]}"),
          after: Samples.object("v1", "PersistentVolume", "efs", "spec: {mountOptions: [noatime, tls]}")),
      ]),
    settings: [
      WeakSetting(
        kinds: volumeKinds, query: "mountOptions", isWeak: hasNoTLS, text: "is mounted without TLS", judgesNew: false),
      WeakSetting(
        kinds: volumeKinds, query: "spec.mountOptions", isWeak: hasNoTLS, text: "is mounted without TLS",
        judgesNew: false),
      WeakSetting(
        kinds: volumeKinds, query: "spec.csi.volumeAttributes.encryptInTransit", isWeak: { $0?.isFalse ?? false },
        text: "is mounted without TLS"),
    ])

  @Sendable private static func hasNoTLS(_ options: Node?) -> Bool {
    !(options?.items ?? []).contains { $0.text == "tls" }
  }

  private static let keyRotation = SettingWeakened(
    info: RuleInfo(
      "key-rotation-off", .medium, .hardening,
      summary: "The yearly rotation of a KMS key is switched off.",
      why: "A key that is never rotated protects ever more data, and one leak opens all of it.",
      remediation: "Set `enableKeyRotation: true`.",
      references: [References.eksEncryption],
      examples: [
        .file(
          "rotation is switched off", "aws/key.yaml",
          before: Samples.object("kms.services.k8s.aws/v1alpha1", "Key", "etcd", "spec: {enableKeyRotation: true}"),
          after: Samples.object("kms.services.k8s.aws/v1alpha1", "Key", "etcd", "spec: {enableKeyRotation: ⟦false⟧}")),
        .file(
          "rotation is switched on", "aws/key.yaml",
          before: Samples.object("kms.services.k8s.aws/v1alpha1", "Key", "etcd", "spec: {enableKeyRotation: false}"),
          after: Samples.object("kms.services.k8s.aws/v1alpha1", "Key", "etcd", "spec: {enableKeyRotation: true}")),
      ]),
    settings: [
      .turnedOff([CloudKind.ack("kms", "Key")], "spec.enableKeyRotation", "is no longer rotated"),
      .turnedOff(CloudKind.upbound("kms", "Key"), "spec.forProvider.enableKeyRotation", "is no longer rotated"),
    ])

  private static let instanceMetadata = SettingWeakened(
    info: RuleInfo(
      "imds-weakened", .high, .hardening,
      summary: "The instance metadata service of nodes is opened.",
      why: "Any pod, or a forged request through one, can then fetch the node's AWS credentials.",
      remediation: "Set `httpTokens: required` with `httpPutResponseHopLimit: 1`, and keep `disableIMDSv1: true`.",
      references: [References.eksIdentity, References.eksHosts],
      examples: [
        .file(
          "tokens become optional", "karpenter/class.yaml", before: nodeClass("httpTokens: required"),
          after: nodeClass("httpTokens: ⟦optional⟧")),
        .file(
          "the default is written out", "karpenter/class.yaml", before: nodeClass("httpEndpoint: enabled"),
          after: nodeClass("httpEndpoint: enabled, httpTokens: required")),
      ]),
    settings: [
      WeakSetting(
        kinds: [CloudKind.karpenterClass], query: "spec.metadataOptions.httpTokens", isWeak: { $0?.text == "optional" },
        text: "lets pods read the instance metadata without a token"),
      WeakSetting(
        kinds: [CloudKind.karpenterClass], query: "spec.metadataOptions.httpPutResponseHopLimit",
        isWeak: { ($0?.int ?? 1) > 1 }, text: "lets pods reach the instance metadata over more hops"),
      WeakSetting(
        kinds: CloudKind.ackTemplate, query: "spec.data.metadataOptions.httpTokens", isWeak: { $0?.text == "optional" },
        text: "lets pods read the instance metadata without a token"),
      WeakSetting(
        kinds: CloudKind.upboundTemplate, query: "spec.forProvider.metadataOptions[].httpTokens",
        isWeak: { $0?.text == "optional" }, text: "lets pods read the instance metadata without a token"),
    ]
      + ["disableIMDSv1", "disablePodIMDS"].flatMap { name -> [WeakSetting] in
        eksctlGroups(name, "lets pods read the instance metadata of its nodes")
      })

  private static func eksctlGroups(_ field: String, _ text: String) -> [WeakSetting] {
    ["managedNodeGroups[]", "nodeGroups[]"].map {
      .turnedOff([CloudKind.eksctl], FieldQuery(stringLiteral: "\($0).\(field)"), text)
    }
  }

  private static func nodeClass(_ options: String) -> String {
    Samples.object("karpenter.k8s.aws/v1", "EC2NodeClass", "default", "spec: {metadataOptions: {\(options)}}")
  }

  private static let publicNodes = SettingWeakened(
    info: RuleInfo(
      "nodes-public", .high, .hardening,
      summary: "Nodes get public addresses.",
      why: "A node with a public address can be reached and scanned from anywhere; one open port is enough.",
      remediation: "Keep the nodes in private subnets: `privateNetworking: true`.",
      references: [References.eksHosts, References.eksNetwork],
      examples: [
        .eksctl(
          "private networking is switched off", "managedNodeGroups: [{name: a, privateNetworking: true}]",
          "managedNodeGroups: [{name: a, privateNetworking: ⟦false⟧}]"),
        .eksctl(
          "a label is added", "managedNodeGroups: [{name: a, privateNetworking: true}]",
          "managedNodeGroups: [{name: a, privateNetworking: true, labels: {role: web}}]"),
      ]),
    settings: eksctlGroups("privateNetworking", "gives its nodes public addresses") + [
      .turnedOn(
        [CloudKind.karpenterClass], "spec.associatePublicIPAddress", "gives its nodes public addresses"),
      .turnedOn([CloudKind.ack("ec2", "Subnet")], "spec.mapPublicIPOnLaunch", "gives its machines public addresses"),
      .turnedOn(
        CloudKind.upbound("ec2", "Subnet"), "spec.forProvider.mapPublicIpOnLaunch",
        "gives its machines public addresses"),
    ])

  private static let publicEndpoint = SettingWeakened(
    info: RuleInfo(
      "api-endpoint-public", .high, .hardening,
      summary: "A cluster's API endpoint is opened to the internet.",
      why: "Anyone can then try credentials and known weaknesses against the API server.",
      remediation: "Keep the private endpoint on, and list the networks that may reach the public one.",
      references: [References.eksNetwork, References.eksIdentity],
      examples: [
        .eksctl(
          "public access is switched on", "vpc: {clusterEndpoints: {publicAccess: false, privateAccess: true}}",
          "vpc: {clusterEndpoints: {publicAccess: ⟦true⟧, privateAccess: true}}"),
        .eksctl(
          "one more network is allowed", "vpc: {publicAccessCIDRs: [192.0.2.0/24]}",
          "vpc: {publicAccessCIDRs: [192.0.2.0/24, 198.51.100.0/24]}"),
      ]),
    settings: endpoint([CloudKind.eksctl], "vpc.clusterEndpoints.publicAccess", "vpc.publicAccessCIDRs")
      + endpoint(
        [CloudKind.ackCluster], "spec.resourcesVPCConfig.endpointPublicAccess",
        "spec.resourcesVPCConfig.publicAccessCIDRs")
      + endpoint(
        CloudKind.upboundCluster, "spec.forProvider.vpcConfig[].endpointPublicAccess",
        "spec.forProvider.vpcConfig[].publicAccessCidrs"))

  private static func endpoint(_ kinds: [GroupKind], _ access: FieldQuery, _ networks: FieldQuery) -> [WeakSetting] {
    [
      WeakSetting(
        kinds: kinds, query: access, isWeak: { !($0?.isFalse ?? false) },
        text: "opens its API endpoint to the internet",
        judgesNew: false),
      WeakSetting(
        kinds: kinds, query: networks,
        isWeak: { $0.map { $0.isVoid || $0.items.contains { $0.text?.isAnywhere ?? false } } ?? true },
        text: "lets any address reach its API endpoint", judgesNew: false),
    ]
  }

  private static let nodeLogin = SettingWeakened(
    info: RuleInfo(
      "node-ssh-enabled", .high, .access,
      summary: "SSH access to the nodes of a cluster is switched on.",
      why: "Whoever holds the key is root on the nodes and reads the credentials of every pod there.",
      remediation: "Remove the key and use SSM Session Manager, which is logged and needs no open port.",
      references: [References.eksHosts],
      examples: [
        .eksctl(
          "SSH is allowed", "managedNodeGroups: [{name: a}]", "managedNodeGroups: [{name: a, ssh: {allow: ⟦true⟧}}]"),
        .eksctl(
          "SSH is written out as off", "managedNodeGroups: [{name: a}]",
          "managedNodeGroups: [{name: a, ssh: {allow: false}}]"),
      ]),
    settings: ["managedNodeGroups[]", "nodeGroups[]"].flatMap { group -> [WeakSetting] in
      [.turnedOn([CloudKind.eksctl], FieldQuery(stringLiteral: "\(group).ssh.allow"), "allows SSH to its nodes")]
        + ["publicKeyName", "publicKey", "publicKeyPath"].map {
          appears([CloudKind.eksctl], FieldQuery(stringLiteral: "\(group).ssh.\($0)"))
        }
    } + [
      appears([CloudKind.ackNodegroup], "spec.remoteAccess.ec2SshKey"),
      appears(CloudKind.upboundNodegroup, "spec.forProvider.remoteAccess[].ec2SshKey"),
    ])

  private static func appears(_ kinds: [GroupKind], _ query: FieldQuery) -> WeakSetting {
    WeakSetting(kinds: kinds, query: query, isWeak: { $0 != nil }, text: "puts an SSH key on its nodes")
  }

  private static let accessMode = SettingWeakened(
    info: RuleInfo(
      "access-mode-legacy", .medium, .access,
      summary: "A cluster's access falls back to the aws-auth ConfigMap or a permanent creator.",
      why: """
        The ConfigMap is edited without a trace in AWS and locks everyone out when it breaks; the creator's rights \
        cannot \
        be seen or revoked.
        """,
      remediation:
        "Use `authenticationMode: API` and `bootstrapClusterCreatorAdminPermissions: false` with access entries.",
      references: [References.eksIdentity],
      examples: [
        .eksctl(
          "the ConfigMap comes back", "accessConfig: {authenticationMode: API}",
          "accessConfig: {authenticationMode: ⟦CONFIG_MAP⟧}"),
        .eksctl(
          "access entries alone are used", "accessConfig: {authenticationMode: API_AND_CONFIG_MAP}",
          "accessConfig: {authenticationMode: API}"),
      ]),
    settings: access([CloudKind.eksctl], "accessConfig") + access([CloudKind.ackCluster], "spec.accessConfig")
      + access(CloudKind.upboundCluster, "spec.forProvider.accessConfig[]"))

  private static func access(_ kinds: [GroupKind], _ holder: String) -> [WeakSetting] {
    [
      WeakSetting(
        kinds: kinds, query: FieldQuery(stringLiteral: "\(holder).authenticationMode"),
        isWeak: { $0?.text?.hasSuffix("CONFIG_MAP") == true && $0?.text?.hasPrefix("API") == false },
        text: "decides access by the aws-auth ConfigMap alone"),
      WeakSetting(
        kinds: kinds, query: FieldQuery(stringLiteral: "\(holder).bootstrapClusterCreatorAdminPermissions"),
        isWeak: { !($0?.isFalse ?? false) }, text: "makes its creator administrator for ever", judgesNew: false),
    ]
  }
}

extension String {
  /// Whether a network is all of IPv4 or IPv6.
  var isAnywhere: Bool { self == "0.0.0.0/0" || self == "::/0" }
}

extension Example {
  /// An edit of an eksctl cluster file: its lines beside the name, before and after.
  static func eksctl(_ title: String, _ before: String, _ after: String) -> Example {
    file(
      title, "eks/cluster.yaml", before: Samples.object("eksctl.io/v1alpha5", "ClusterConfig", "prod", before),
      after: Samples.object("eksctl.io/v1alpha5", "ClusterConfig", "prod", after))
  }
}
