internal import Flux
internal import Manifests

extension Validation {
  /// The checks of a Cluster (`clusterConfigValidations` and the webhook of aws/eks-anywhere).
  mutating func checkCluster(_ cluster: ClusterSpec) {
    let isDocker = cluster.datacenterKind == Kinds.dockerDatacenter.kind
    checkIdentity(cluster)
    // Without a known provider only that is to be told.
    if Kinds.datacenters.contains(where: { $0.kind == cluster.datacenterKind }) {
      checkEndpoint(cluster, isDocker: isDocker)
      checkMachines(cluster, isDocker: isDocker)
      checkPlugin(isDocker: isDocker)
    }
    checkWorkers(cluster)
    checkLabels(cluster)
    checkNetwork()
    checkTimes(cluster)
    checkServices(cluster)
    checkReferences()
    checkControlPlane(cluster)
    checkEncryption(cluster)
  }

  private mutating func checkIdentity(_ cluster: ClusterSpec) {
    let name = cluster.name
    let isFit =
      name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } && name.first?.isLetter == true
    if !isFit || name.count < 2 { refuse("metadata.name", "letters, digits and hyphens, a letter first") }
    if name.count > 35 { refuse("metadata.name", "at most 35 characters") }
    require(ClusterSpec.versionPath, late: isNew)
    let paths = [ClusterSpec.versionPath] + cluster.workers.map { $0.path.key("kubernetesVersion") }
    for path in paths {
      guard let node = value(path), node.string != nil, let text = node.text, !text.isEmpty else { continue }
      let minor = text.split(separator: ".", omittingEmptySubsequences: false)
      if minor.count != 2 || minor[0] != "1" || Int(minor[1]) == nil { refuse(path, "a version such as \"1.33\"") }
    }
    require("spec.datacenterRef.name", late: true)
  }

  private mutating func checkEndpoint(_ cluster: ClusterSpec, isDocker: Bool) {
    let path: FieldPath = "spec.controlPlaneConfiguration.endpoint.host"
    let host = text(path)
    if !isDocker {
      require(path)
    } else if isNew, !host.isEmpty {
      refuse(path, "none on Docker", late: true)
    }
    guard !host.isEmpty, !Addresses.isIP(host) else { return }
    // Snow's webhook refuses every other text; on vSphere and Nutanix only the controller looks, at what it is given.
    let late = [Kinds.vSphereDatacenter.kind, Kinds.nutanixDatacenter.kind].contains(cluster.datacenterKind ?? "")
    let isSnow = cluster.datacenterKind == Kinds.snowDatacenter.kind
    if isSnow || late && host.contains(".") { refuse(path, "an IP address", late: late) }
  }

  private mutating func checkMachines(_ cluster: ClusterSpec, isDocker: Bool) {
    if isDocker { return }
    requireReference(ClusterSpec.controlPlanePath)
    for group in cluster.workers { requireReference(group.path) }
    guard cluster.externalEtcd != nil else { return }
    if cluster.datacenterKind == Kinds.tinkerbellDatacenter.kind { refuse(ClusterSpec.etcdPath, "none on bare metal") }
    requireReference(ClusterSpec.etcdPath)
  }

  /// The webhook wants the reference; only the controller looks at what it says.
  private mutating func requireReference(_ holder: FieldPath) {
    let path = holder.key("machineGroupRef")
    require(path)
    if value(path)?.isMapping == true { require(path.key("kind"), path.key("name"), late: true) }
  }

  /// Times are read by the webhook, which takes what Go writes and nothing else.
  private mutating func checkTimes(_ cluster: ClusterSpec) {
    let holders: [FieldPath] = ["spec", ClusterSpec.controlPlanePath] + cluster.workers.map(\.path)
    for path in holders.map({ $0.key("machineHealthCheck") }) {
      for name in ["nodeStartupTimeout", "unhealthyMachineTimeout"] { requireTime(path.key(name)) }
    }
    for (entry, _) in items("spec.etcdEncryption") {
      for (provider, _) in items(entry.key("providers")) { requireTime(provider.key("kms").key("timeout")) }
    }
  }

  private mutating func requireTime(_ path: FieldPath) {
    let text = text(path)
    if !text.isEmpty, Canonical.seconds(text) == nil { refuse(path, "a time such as 5m or 1h30m") }
  }

  private mutating func checkWorkers(_ cluster: ClusterSpec) {
    let isBareMetal = cluster.datacenterKind == Kinds.tinkerbellDatacenter.kind
    if isNew, !isBareMetal { require(ClusterSpec.workersPath) }
    if cluster.workers.isEmpty, cluster.namesAreKnown, isBareMetal {
      let path = ClusterSpec.controlPlanePath.key("taints")
      if !(value(path)?.items ?? []).isEmpty { refuse(path, "none without worker groups") }
      let minor = cluster.kubernetesVersion?.text?.split(separator: ".").last.flatMap { Int($0) } ?? .max
      if minor <= 21 { require(ClusterSpec.workersPath) }
    }
    var names: Set<String> = []
    for (index, group) in cluster.workers.enumerated() where cluster.namesAreKnown {
      if group.name.isEmpty {
        require(ClusterSpec.workersPath.index(index).key("name"))
      } else if !names.insert(group.name).inserted {
        refuse(ClusterSpec.workersPath, "different names of worker groups")
      }
      if let count = group.countNode?.int, count < 0, group.autoscaling == nil {
        refuse(group.path.key("count"), "0 or more")
      }
      let isVSphere = cluster.datacenterKind == Kinds.vSphereDatacenter.kind
      if isVSphere, (group.node["failureDomains"]?.items.count ?? 0) > 1 {
        refuse(group.path.key("failureDomains"), "one failure domain", late: true)
      }
    }
  }

  private mutating func checkNetwork() {
    var masks: [Int] = []
    for name in ["pods", "services"] {
      let path = FieldPath("spec.clusterNetwork").key(name).key("cidrBlocks")
      require(path)
      let blocks = value(path)?.items ?? []
      if blocks.count > 1 { refuse(path, "one CIDR block") }
      guard let first = blocks.first?.text, !isOpen(path) else { continue }
      guard let mask = Addresses.mask(ofCIDR: first) else {
        refuse(path, "a CIDR block")
        continue
      }
      if name == "pods", !first.contains(":") { masks.append(mask) }
    }
    let nodes = value("spec.clusterNetwork.nodes.cidrMaskSize")?.int ?? 24
    guard let pods = masks.first, !isOpen("spec.clusterNetwork.nodes") else { return }
    if pods >= nodes || nodes - pods > 16 {
      refuse("spec.clusterNetwork.pods.cidrBlocks", "a block larger than a node's /\(nodes), by at most 16 bits")
    }
  }

  private mutating func checkPlugin(isDocker: Bool) {
    let network: FieldPath = "spec.clusterNetwork"
    let config = network.key("cniConfig")
    let hasOld = value(network.key("cni")) != nil
    if hasOld, value(config) != nil { refuse(network.key("cni"), "either cni or cniConfig") }
    require(network.key("cni"), oneOf: ["cilium", "kindnetd", "cilium-enterprise"])
    let plugins = ["cilium", "kindnetd"].filter { value(config)?.entry($0).map { !$0.value.isNull } ?? false }
    if !hasOld, plugins.isEmpty, !isOpen(config) { require(config.key("cilium")) }
    if plugins.count > 1 { refuse(config, "one network plugin") }
    let hasKindnetd = plugins.contains("kindnetd") || text(network.key("cni")) == "kindnetd"
    if hasKindnetd, !isDocker { refuse(hasOld ? network.key("cni") : config.key("kindnetd"), "only on Docker") }
    let cilium = config.key("cilium")
    require(cilium.key("policyEnforcementMode"), oneOf: ["default", "always", "never"])
    if value(cilium.key("skipUpgrade"))?.bool == true, !text(cilium.key("policyEnforcementMode")).isEmpty {
      refuse(cilium.key("policyEnforcementMode"), "none beside skipUpgrade")
    }
    if text(cilium.key("routingMode")) == "direct" { require(cilium.key("ipv4NativeRoutingCIDR")) }
  }

  private mutating func checkReferences() {
    for (path, node) in items("spec.identityProviderRefs") {
      require(path.key("name"))
      let kind = node["kind"]?.text ?? ""
      if !["OIDCConfig", "AWSIamConfig"].contains(kind) { refuse(path.key("kind"), "OIDCConfig or AWSIamConfig") }
    }
    guard value("spec.gitOpsRef") != nil else { return }
    require("spec.gitOpsRef.name")
    require("spec.gitOpsRef.kind", oneOf: ["FluxConfig", "GitOpsConfig"])
  }

  private mutating func checkControlPlane(_ cluster: ClusterSpec) {
    for (path, node) in items(ClusterSpec.controlPlanePath.key("certSans")) {
      let text = node.text ?? ""
      if !Addresses.isIP(text), !text.contains(".") { refuse(path, "an IP address or a domain name") }
    }
    let hasOIDC = cluster.identityProvider("OIDCConfig") != nil
    let arguments = ClusterSpec.controlPlanePath.key("apiServerExtraArgs")
    for entry in value(arguments)?.entries ?? [] where hasOIDC && entry.name.hasPrefix("oidc-") {
      refuse(arguments.key(entry.name), "none beside an OIDCConfig")
    }
    let holders = [ClusterSpec.controlPlanePath] + cluster.workers.map(\.path)
    for holder in holders where value(holder.key("kubeletConfiguration").key("providerID")) != nil {
      refuse(holder.key("kubeletConfiguration").key("providerID"), "none: EKS Anywhere sets it")
    }
    let audit = ClusterSpec.controlPlanePath.key("auditPolicyContent")
    if !text(audit).isEmpty, YAMLStream.parse(Array(text(audit).utf8)).firstProblem != nil { refuse(audit, "YAML") }
  }

  private mutating func checkEncryption(_ cluster: ClusterSpec) {
    let path: FieldPath = "spec.etcdEncryption"
    let entries = value(path)?.items ?? []
    guard !entries.isEmpty else { return }
    if entries.count > 1 { refuse(path, "one entry") }
    let without = [Kinds.tinkerbellDatacenter, Kinds.snowDatacenter, Kinds.dockerDatacenter].map(\.kind)
    if without.contains(cluster.datacenterKind ?? "") { refuse(path, "none on this provider") }
    let providers = path.index(0).key("providers")
    if (entries[0]["providers"]?.items.count ?? 1) != 1 { refuse(providers, "one provider") }
    let socket = providers.index(0).key("kms").key("socketListenAddress")
    if !text(socket).isEmpty, !text(socket).hasPrefix("unix://") {
      refuse(socket, "an address that begins with unix://")
    }
  }
}
