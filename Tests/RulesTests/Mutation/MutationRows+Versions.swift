extension MutationRows {
  private static let image: [Fleet.Provider: String] = [
    .vSphere: "MC:spec.template=/DC/vm/bottlerocket-v1.33.2",
    .tinkerbell: "MC:spec.osImageURL=\"https://img.example/ubuntu-1-33.gz\"",
    .nutanix: "MC:spec.image.name=ubuntu-1-33", .cloudStack: "MC:spec.template.name=rhel-1-33",
    .snow: "MC:spec.amiID=ami-1-33",
  ]
  /// The providers whose images tell a version by their name.
  private static let named: [Fleet.Provider] = [.vSphere, .tinkerbell, .nutanix, .cloudStack]
  private static let template = "TinkerbellTemplateConfig:spec.template.tasks.0.actions"
  private static let kubernetes = "Cluster:spec.kubernetesVersion"
  private static let release = "Cluster:spec.eksaVersion"

  /// The normal upgrade of each provider: version and image move together, which only low findings tell.
  private static let upgrades: [Row] = image.sorted { $0.key.rawValue < $1.key.rawValue }.map { provider, edit in
    Row("k8s-upgrade os-image-changed", ["\(kubernetes)=\"1.33\"", edit], on: [provider])
  }

  static let versions: [Row] =
    upgrades + [
      Row("k8s-downgrade", ["\(kubernetes)=\"1.31\""], on: [.docker, .snow]),
      Row("k8s-downgrade image-version-mismatch", ["\(kubernetes)=\"1.31\""], on: named),
      Row("k8s-skip-minor", ["\(kubernetes)=\"1.34\""], on: [.docker, .snow]),
      Row(
        "image-version-mismatch k8s-skip-minor", ["\(kubernetes)=\"1.34\""],
        on: named),
      Row("k8s-upgrade", ["\(kubernetes)=\"1.33\""], on: [.docker, .snow]),
      Row("image-version-mismatch k8s-upgrade", ["\(kubernetes)=\"1.33\""], on: named),
      Row(
        "k8s-upgrade os-image-changed provision-action-changed",
        ["\(kubernetes)=\"1.33\"", image[.tinkerbell] ?? "", "\(template).0.image=public.ecr.aws/x/a:2"],
        given: ["\(template).0.image=public.ecr.aws/x/a:1"], on: [.tinkerbell]),
      Row(
        "k8s-upgrade os-image-changed", ["\(kubernetes)=\"1.33\"", "MC:spec.image.uuid=b-133"],
        given: ["MC:spec.image={type: uuid, uuid: a-132}"], on: [.nutanix]),
      Row("image-version-mismatch os-image-changed", ["MC/md:spec.template=/DC/vm/b-1-33"], on: [.vSphere]),
      Row("k8s-version-unquoted", ["\(kubernetes)=1.32"]),
      Row("k8s-version-unquoted", ["\(w0).kubernetesVersion=1.32"]),
      Row("worker-version-skew k8s-skip-minor", ["\(w0).kubernetesVersion=\"1.34\""], on: [.docker]),
      Row("k8s-downgrade", ["\(w0).kubernetesVersion=\"1.31\""], on: [.docker]),
      Row("eksa-version-bad-transition", ["\(release)=v0.24.0"], on: [.vSphere], roles: [.workload]),
      Row("eksa-version-bad-transition", ["-\(release)"]),
      Row("eksa-version-bad-transition", ["\(release)=newest"]),
      Row(
        "bundles-object-in-git eksa-version-bad-transition",
        ["Cluster:spec.bundlesRef={name: b, namespace: eksa-system, apiVersion: v1}"]),
      Row("eksa-version-bad-transition", ["\(release)=v1.0.0"], on: [.vSphere, .docker], roles: [.workload]),
      Row(
        "eksa-version-mgmt-via-git", ["\(release)=v0.26.1"], on: [.vSphere, .nutanix, .docker], roles: [.management]),
      Row("", ["\(release)=v0.26.1"], on: [.vSphere, .nutanix, .docker, .snow, .tinkerbell], roles: [.workload]),
      Row("eksa-skew-checks-disabled", ["\(release)=v0.19.0-dev+latest"], roles: [.workload]),
      Row(
        "provider-not-supported", ["\(release)=v0.26.0"], given: ["\(release)=v0.25.0"], on: [.cloudStack],
        roles: [.workload]),
      Row("unsupported-version", ["\(release)=v0.21.0"], given: ["\(release)=v0.22.0"], roles: [.workload])
        .skewed,
      Row(
        "tinkerbell-version-and-scale k8s-upgrade os-image-changed",
        ["\(kubernetes)=\"1.33\"", "\(w0).count=5", image[.tinkerbell] ?? ""], on: [.tinkerbell]),
      Row("os-image-changed", ["MC/md:spec.template=/DC/vm/other"], on: [.vSphere]),
      Row("os-image-changed", ["MC/md:spec.osImageURL=\"http://img.example/ubuntu-1-32.gz\""], on: [.tinkerbell]),
      Row("os-image-changed", ["MC/md:spec.amiID=ami-other"], on: [.snow]),
      Row(
        "",
        [
          "-MC/cp:spec.osImageURL", "-MC/md:spec.osImageURL",
          "DC:spec.osImageURL=\"https://img.example/ubuntu-1-32.gz\"",
        ],
        on: [.tinkerbell]),
      Row(
        "os-image-changed", ["\(w0).machineGroupRef.name=cp"], given: ["MC/cp:spec.template=/DC/vm/x"], on: [.vSphere]),
    ]

  static let admission: [Row] = [
    Row("endpoint-changed", ["\(cp).endpoint.host=10.0.0.11"], on: machined),
    Row(
      "immutable-edit-under-pause", ["\(cp).endpoint.host=10.0.0.11"],
      given: ["Cluster:@paused=\"true\""], on: machined),
    Row("cidr-changed", ["Cluster:spec.clusterNetwork.pods.cidrBlocks=[10.10.0.0/16]"]),
    Row("cidr-changed", ["Cluster:spec.clusterNetwork.services.cidrBlocks=[10.11.0.0/16]"]),
    Row("immutable-field-edit", ["Cluster:spec.clusterNetwork.nodes={cidrMaskSize: 25}"]),
    Row("immutable-field-edit", ["Cluster:spec.clusterNetwork.dns={resolvConf: {path: /etc/x}}"]),
    Row("immutable-field-edit", ["Cluster:spec.proxyConfiguration.noProxy=[a.lan]"]),
    Row("immutable-field-edit", ["-Cluster:spec.proxyConfiguration"]),
    Row("immutable-edit-under-pause", ["-Cluster:spec.proxyConfiguration"], given: ["Cluster:@paused=\"true\""]),
    Row("immutable-field-edit", ["Cluster:spec.managementCluster.name=other"]),
    Row("immutable-field-edit", ["\(w0).labels={tier: b}"], on: [.tinkerbell]),
    Row("", ["\(w0).labels={tier: b}"], on: withEtcd),
    Row("gitops-ref-changed", ["-Cluster:spec.gitOpsRef"]),
    Row("dangling-ref gitops-ref-changed", ["Cluster:spec.gitOpsRef.name=other"]),
    Row("immutable-field-edit", ["DC:spec.server=other.lan"], on: [.vSphere]),
    Row(
      "datacenter-endpoint-moved immutable-edit-under-pause", ["DC:spec.server=other.lan"],
      given: ["DC:@paused=\"true\""], on: [.vSphere]),
    Row("immutable-field-edit", ["DC:spec.network=other"], on: [.vSphere]),
    Row("immutable-field-edit", ["MC/cp:spec.osFamily=redhat"], on: [.nutanix, .tinkerbell]),
    Row("immutable-field-edit", ["MC/cp:spec.storagePolicyName=silver"], on: [.vSphere]),
    Row("immutable-field-edit", ["DC:spec.tinkerbellIP=10.0.0.8"], on: [.tinkerbell]),
    Row(
      "boot-chain-changed immutable-field-edit", ["DC:spec.hookImagesURLPath=\"https://h.example/x\""],
      on: [.tinkerbell]),
    Row(
      "boot-chain-changed", ["DC:spec.hookImagesURLPath=\"https://h.example/x\""],
      given: ["DC:@managed-by-cli=\"true\""], on: [.tinkerbell]),
    Row("immutable-field-edit", ["DC:spec.endpoint=other.lan"], on: [.nutanix]),
    Row("immutable-field-edit", ["MC/cp:spec.subnet.name=other", "MC/md:spec.bootType=legacy"], on: [.nutanix]),
    Row("immutable-field-edit", ["MC/cp:spec.affinity=pro"], on: [.cloudStack]),
    Row("immutable-field-edit placement-changed", ["DC:spec.availabilityZones.0.name=b"], on: [.cloudStack]),
    Row("immutable-field-edit placement-changed", ["-DC:spec.availabilityZones"], on: [.cloudStack]),
    Row(
      "immutable-edit-under-pause placement-changed", ["DC:spec.availabilityZones.0.name=b"],
      given: ["DC:@paused=\"true\""], on: [.cloudStack]),
    Row("immutable-field-edit", ["AWSIamConfig:spec.awsRegion=us-east-1"]),
    Row("immutable-field-edit", ["FluxConfig:spec.branch=dev"]),
    Row("unknown-field", ["Cluster:spec.kubernetsVersion=x"]),
    Row("unknown-field", ["\(w0).cuont=3"]),
    Row("unknown-field", ["MC/cp:spec.nonsense=3"], on: machined),
    Row("unknown-field", ["DC:spec.nonsense=3"]),
    Row("unknown-field", ["\(w0).kubeletConfiguration={kind: KubeletConfiguration, maxPodz: 50}"]),
    Row("wrong-scalar-type", ["\(w0).kubeletConfiguration={kind: KubeletConfiguration, maxPods: \"50\"}"]),
    Row("required-field-missing", ["\(cp).kubeletConfiguration={maxPods: 50}"]),
    Row("", ["\(cp).kubeletConfiguration={kind: KubeletConfiguration, evictionHard: {memory~available: 5%}}"]),
    Row("value-out-of-range", ["Cluster:spec.machineHealthCheck.unhealthyMachineTimeout=5 minutes"]),
    Row("required-field-missing", ["-\(cp).machineGroupRef.name"], on: machined),
    Row("required-field-missing", ["-\(w1).machineGroupRef.kind"], on: machined),
    Row("immutable-field-edit required-field-missing", ["-Cluster:spec.datacenterRef"]),
    Row("required-field-missing", ["-DC:spec.identityRef"], on: [.snow]),
    Row("wrong-scalar-type", ["\(w0).count=\"4\""]),
    Row("wrong-scalar-type", ["\(cp).skipAdmissionForSystemResources=yes"]),
    Row("wrong-scalar-type", ["Cluster:spec.registryMirrorConfiguration.port=443"]),
    Row("wrong-scalar-type", ["DC:spec.port=\"9440\""], on: [.nutanix]),
    Row("wrong-scalar-type", ["\(cp).certSans=a.example.com"]),
    Row("value-out-of-range", ["MC/md:spec.cloneMode=copy"], on: [.vSphere]),
    Row("value-out-of-range", ["\(w0).count=-1"], given: ["\(w0).count=0"]),
    Row("value-out-of-range", ["DC:spec.port=0"], on: [.nutanix]),
    Row("value-out-of-range", ["Cluster:spec.clusterNetwork.cniConfig.kindnetd={}"], on: machined),
    Row("required-field-missing", ["-\(cp).machineGroupRef"], on: machined),
    Row("endpoint-changed", ["-\(cp).endpoint"], on: machined),
    Row("required-field-missing", ["-DC:spec.port"], on: [.nutanix]),
    Row("apiserver-args-flag", ["\(cp).apiServerExtraArgs={v: \"4\"}"]),
    Row("ssh-key-empty", ["MC/md:spec.users.0.sshAuthorizedKeys=[]"], on: [.vSphere, .nutanix, .cloudStack]),
    Row("immutable-field-edit ssh-key-empty", ["MC/md:spec.users.0.sshAuthorizedKeys=[]"], on: [.tinkerbell]),
  ]
}
