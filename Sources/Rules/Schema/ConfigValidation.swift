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
        for key in ["name", "computeCluster", "resourcePool", "datastore", "folder", "network"] {
          require(path.key(key))
        }
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
      if let port = value("spec.port")?.int, !(1...65535).contains(port) {
        refuse("spec.port", "1 to 65535", late: port != 0)
      }
      if isNew, !applied.isPaused { require("spec.credentialRef") }
      require("spec.credentialRef.kind", oneOf: ["Secret"])
      if value("spec.credentialRef") != nil { require("spec.credentialRef.name") }
      checkNutanixDatacenter()
    case Kinds.cloudStackDatacenter: checkCloudStackDatacenter()
    case Kinds.snowDatacenter:
      // The CLI fills in what a new cluster leaves out.
      if !isNew { require("spec.identityRef.kind", "spec.identityRef.name") }
      require("spec.identityRef.kind", oneOf: ["Secret"])
    default: break
    }
  }

  private mutating func checkNutanixDatacenter() {
    let bundle = text("spec.additionalTrustBundle")
    if !bundle.isEmpty, !bundle.contains("-----BEGIN CERTIFICATE-----") || !Canonical.isPEM(bundle) {
      refuse("spec.additionalTrustBundle", "certificates in PEM")
    }
    for (path, node) in items("spec.failureDomains") {
      let name = node["name"]?.text ?? ""
      let isLabel = name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      if !name.isEmpty, !isLabel || name.hasPrefix("-") || name.hasSuffix("-") {
        refuse(path.key("name"), "small letters, digits and hyphens", late: true)
      }
      requireIdentifier(path.key("cluster"))
      for (subnet, _) in items(path.key("subnets")) { requireIdentifier(subnet) }
    }
    for (path, node) in items("spec.ccmExcludeNodeIPs") where !Addresses.isRange(node.text ?? "") {
      refuse(path, "an address, a CIDR block or a range of addresses", late: true)
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

  private mutating func checkVSphereMachine() {
    require("spec.datastore", "spec.resourcePool")
    require("spec.users")
    if isNew { require("spec.template") }
    if let (path, node) = items("spec.users").first, ["", "bottlerocket"].contains(text("spec.osFamily")) {
      if let name = node["name"]?.text, !name.isEmpty, name != "ec2-user" {
        refuse(path.key("name"), "ec2-user on Bottlerocket")
      }
    }
  }

  private mutating func checkTinkerbellMachine() {
    checkHardware()
    requireURL("spec.osImageURL")
    require("spec.users")
  }

  private mutating func checkNutanixMachine() {
    require("spec.users")
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

  private mutating func requireURL(_ path: FieldPath) {
    let url = text(path)
    if !url.isEmpty, !url.contains("://") || Canonical.host(url).isEmpty { refuse(path, "a URL") }
  }
}
