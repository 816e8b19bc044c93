internal import Flux
internal import Manifests

extension Validation {
  /// The checks of the datacenter kinds.
  mutating func checkDatacenter() {
    switch applied.object.groupKind {
    case Kinds.vSphereDatacenter:
      require("spec.server", "spec.datacenter", "spec.network")
      let network = text("spec.network")
      let home = "/\(text("spec.datacenter"))"
      if network.hasPrefix(home), !network.hasPrefix(home + "/network") {
        refuse("spec.network", "a network under \(home)/network")
      }
      for (path, _) in items("spec.failureDomains") {
        for key in ["computeCluster", "resourcePool", "datastore", "folder", "network"] { require(path.key(key)) }
      }
    case Kinds.tinkerbellDatacenter:
      let address = text("spec.tinkerbellIP")
      require("spec.tinkerbellIP")
      if !address.isEmpty, !Addresses.isIP(address) { refuse("spec.tinkerbellIP", "an IP address") }
      for path: FieldPath in ["spec.osImageURL", "spec.hookImagesURLPath", "spec.hookIsoURL"] { requireURL(path) }
      let iso = text("spec.hookIsoURL")
      if !iso.isEmpty, !iso.hasSuffix(".iso") { refuse("spec.hookIsoURL", "a URL that ends in .iso") }
      if !iso.isEmpty, value("spec.isoBoot")?.bool != true { refuse("spec.hookIsoURL", "only with isoBoot") }
    case Kinds.nutanixDatacenter:
      require("spec.endpoint")
      if let port = value("spec.port")?.int, !(1...65535).contains(port) { refuse("spec.port", "1 to 65535") }
      require("spec.credentialRef.kind", oneOf: ["Secret"])
      if value("spec.credentialRef") != nil { require("spec.credentialRef.name") }
      checkNutanixDatacenter()
    default: break
    }
  }

  private mutating func checkNutanixDatacenter() {
    let bundle = text("spec.additionalTrustBundle")
    if !bundle.isEmpty, !bundle.contains("-----BEGIN CERTIFICATE") || !Canonical.isPEM(bundle) {
      refuse("spec.additionalTrustBundle", "certificates in PEM")
    }
    for (path, node) in items("spec.failureDomains") {
      let name = node["name"]?.text ?? ""
      let isLabel = name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      if !name.isEmpty, !isLabel || name.hasPrefix("-") || name.hasSuffix("-") {
        refuse(path.key("name"), "small letters, digits and hyphens")
      }
      requireIdentifier(path.key("cluster"))
      for (subnet, _) in items(path.key("subnets")) { requireIdentifier(subnet) }
    }
    for (path, node) in items("spec.ccmExcludeNodeIPs") where !Addresses.isRange(node.text ?? "") {
      refuse(path, "an address, a CIDR block or a range of addresses")
    }
  }

  /// A reference by name or uuid has what its type says.
  private mutating func requireIdentifier(_ path: FieldPath) {
    let type = text(path.key("type"))
    if type == "name" || type == "uuid" { require(path.key(type)) }
  }

  /// The checks of the machine kinds.
  mutating func checkMachine() {
    let families: [GroupKind: [String]] = [
      Kinds.vSphereMachine: ["bottlerocket", "ubuntu", "redhat"],
      Kinds.tinkerbellMachine: ["ubuntu", "redhat", "bottlerocket"],
      Kinds.nutanixMachine: ["ubuntu", "redhat"], Kinds.snowMachine: ["bottlerocket", "ubuntu"],
    ]
    require("spec.osFamily", oneOf: families[applied.object.groupKind] ?? [text("spec.osFamily")])
    checkHostOS()
    switch applied.object.groupKind {
    case Kinds.vSphereMachine: checkVSphereMachine()
    case Kinds.tinkerbellMachine: checkTinkerbellMachine()
    case Kinds.nutanixMachine: checkNutanixMachine()
    case Kinds.cloudStackMachine: checkCloudStackMachine()
    case Kinds.snowMachine: checkSnowMachine()
    default: break
    }
  }

  private mutating func checkHostOS() {
    let host: FieldPath = "spec.hostOSConfiguration"
    if value(host.key("ntpConfiguration")) != nil { require(host.key("ntpConfiguration").key("servers")) }
    let family = text("spec.osFamily")
    guard !family.isEmpty, family != "bottlerocket", !isOpen("spec.osFamily") else { return }
    for key in ["certBundles", "bottlerocketConfiguration"] where !value(host.key(key)).isEmpty {
      refuse(host.key(key), "only with osFamily bottlerocket")
    }
  }

  private mutating func checkVSphereMachine() {
    require("spec.datastore", "spec.resourcePool")
    if isNew { require("spec.template") }
    for (path, node) in items("spec.users") where ["", "bottlerocket"].contains(text("spec.osFamily")) {
      if let name = node["name"]?.text, !name.isEmpty, name != "ec2-user" {
        refuse(path.key("name"), "ec2-user on Bottlerocket")
      }
    }
  }

  private mutating func checkTinkerbellMachine() {
    let selector = value("spec.hardwareSelector")
    let affinity = value("spec.hardwareAffinity")
    if !selector.isEmpty, affinity != nil {
      refuse("spec.hardwareSelector", "either hardwareSelector or hardwareAffinity")
    }
    if selector.isEmpty, affinity == nil { require("spec.hardwareSelector") }
    if let count = selector?.entries.count, count > 1 { refuse("spec.hardwareSelector", "one label") }
    requireURL("spec.osImageURL")
    require("spec.users")
    if affinity != nil { require("spec.hardwareAffinity.required") }
  }

  private mutating func checkNutanixMachine() {
    if let sockets = value("spec.vcpuSockets")?.int, (1..<2).contains(sockets) {
      refuse("spec.vcpuSockets", "at least 2")
    }
    for (path, least) in [("spec.memorySize", "4Gi"), ("spec.systemDiskSize", "40Gi")] as [(FieldPath, String)] {
      if let size = value(path).flatMap({ Quantity($0) }), let limit = Quantity(least), size < limit {
        refuse(path, "at least \(least)")
      }
    }
    for name in ["cluster", "subnet", "image", "project"] {
      let path = FieldPath([.key("spec"), .key(name)])
      requireIdentifier(path)
    }
    for (path, _) in items("spec.additionalCategories") { require(path.key("key"), path.key("value")) }
  }

  private mutating func checkCloudStackMachine() {
    for name in ["computeOffering", "template"] {
      let path = FieldPath([.key("spec"), .key(name)])
      if text(path.key("id")).isEmpty { require(path.key("name")) }
    }
    require("spec.affinity", oneOf: ["pro", "anti", "no"])
    if !text("spec.affinity").isEmpty, !value("spec.affinityGroupIds").isEmpty {
      refuse("spec.affinity", "either affinity or affinityGroupIds")
    }
  }

  private mutating func checkSnowMachine() {
    require("spec.sshKeyName", "spec.devices", "spec.osFamily")
    require("spec.physicalNetworkConnector", oneOf: ["SFP_PLUS", "QSFP", "RJ45"])
    let type = text("spec.instanceType")
    if !type.isEmpty, !type.hasPrefix("sbe-c."), !type.hasPrefix("sbe-g.") {
      refuse("spec.instanceType", "sbe-c.* or sbe-g.*")
    }
    let interfaces = items("spec.network.directNetworkInterfaces")
    if !interfaces.isEmpty, interfaces.filter({ $0.node["primary"]?.bool == true }).count != 1 {
      refuse("spec.network.directNetworkInterfaces", "exactly one primary interface")
    }
  }

  /// The checks of identity and GitOps kinds.
  mutating func checkAccess() {
    switch applied.object.groupKind {
    case Kinds.iam:
      require("spec.awsRegion", "spec.backendMode")
      for (path, node) in items("spec.backendMode") where node.text == "MountedFile" {
        refuse(path, "EKSConfigMap or CRD")
      }
      for (path, _) in items("spec.mapRoles") { require(path.key("roleARN"), path.key("username")) }
      for (path, _) in items("spec.mapUsers") { require(path.key("userARN"), path.key("username")) }
    case Kinds.oidc:
      require("spec.clientId", "spec.issuerUrl")
      let issuer = text("spec.issuerUrl")
      if !issuer.isEmpty, !issuer.hasPrefix("https://") || Canonical.host(issuer).isEmpty {
        refuse("spec.issuerUrl", "an https URL")
      }
      if items("spec.requiredClaims").count > 1 { refuse("spec.requiredClaims", "one claim") }
    case Kinds.fluxConfig:
      let hosts = ["github", "git"].filter { value(FieldPath([.key("spec"), .key($0)])) != nil }
      if hosts.isEmpty { require("spec.git") }
      if hosts.count > 1 { refuse("spec.git", "either git or github") }
      checkGitHub("spec.github", branch: "spec.branch")
      let url = text("spec.git.repositoryUrl")
      if value("spec.git") != nil { require("spec.git.repositoryUrl") }
      if !url.isEmpty, !url.hasPrefix("ssh://") { refuse("spec.git.repositoryUrl", "an ssh:// URL") }
      require("spec.git.sshKeyAlgorithm", oneOf: ["ecdsa", "rsa", "ed25519"])
    default: checkGitHub("spec.flux.github", branch: "spec.flux.github.branch")
    }
  }

  private mutating func checkGitHub(_ path: FieldPath, branch: FieldPath) {
    guard value(path) != nil else { return }
    require(path.key("owner"), path.key("repository"))
    let repository = text(path.key("repository"))
    if repository.contains(where: { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))) }) {
      refuse(path.key("repository"), "letters, digits, hyphen, underscore and dot")
    }
    let name = text(branch)
    let isFit = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
    if !isFit || name.filter({ $0 == "/" }).count > 1 { refuse(branch, "a plain branch name") }
  }

  private mutating func requireURL(_ path: FieldPath) {
    let url = text(path)
    if !url.isEmpty, !url.contains("://") || Canonical.host(url).isEmpty { refuse(path, "a URL") }
  }
}
