internal import Flux
internal import Manifests

extension Validation {
  /// The checks of a CloudStackDatacenterConfig. Its webhook fills in whatever is left out, so only the controller looks.
  mutating func checkCloudStackDatacenter() {
    var names: Set<String> = []
    for (path, node) in items("spec.availabilityZones") {
      let name = node["name"]?.text ?? ""
      if !name.isEmpty, !names.insert(name).inserted {
        refuse("spec.availabilityZones", "different names of zones", late: true)
      }
      if !LabelSyntax.isValue(name) { refuse(path.key("name"), "a text that a label may have", late: true) }
      require(path.key("managementApiEndpoint"), late: true)
      let network = path.key("zone").key("network")
      if text(network.key("id")).isEmpty { require(network.key("name"), late: true) }
    }
  }

  /// The checks of a CloudStackMachineConfig.
  mutating func checkCloudStackMachine() {
    for name in ["computeOffering", "template"] {
      let path = FieldPath([.key("spec"), .key(name)])
      if text(path.key("id")).isEmpty { require(path.key("name")) }
    }
    require("spec.users")
    require("spec.affinity", oneOf: ["pro", "anti", "no"])
    if !text("spec.affinity").isEmpty, !value("spec.affinityGroupIds").isEmpty {
      refuse("spec.affinity", "either affinity or affinityGroupIds")
    }
    for entry in value("spec.userCustomDetails")?.entries ?? [] where Validation.ownDetails.contains(entry.name) {
      refuse(FieldPath("spec.userCustomDetails").key(entry.name), "none: CloudStack sets it")
    }
    checkDisk()
  }

  private mutating func checkDisk() {
    let disk: FieldPath = "spec.diskOffering"
    let parts = ["mountPath", "filesystem", "device", "label"]
    guard parts.contains(where: { !text(disk.key($0)).isEmpty }) || value(disk) != nil else { return }
    if text(disk.key("id")).isEmpty { require(disk.key("name")) }
    for part in parts { require(disk.key(part)) }
    let mount = text(disk.key("mountPath"))
    if !mount.isEmpty, mount.count < 2 || !mount.hasPrefix("/") {
      refuse(disk.key("mountPath"), "a path that begins with /")
    }
  }

  /// The details of a machine that CloudStack keeps for itself (`restrictedUserCustomDetails` of aws/eks-anywhere).
  private static let ownDetails: Set<String> = [
    "keyboard", "cpu.corespersocket", "rootdisksize", "boot.mode", "nameonhypervisor", "nicAdapter",
    "rootDiskController", "dataDiskController", "svga.vramSize", "nestedVirtualizationFlag", "ramReservation",
    "hypervisortoolsversion", "platform", "timeoffset", "kvm.vnc.port", "kvm.vnc.address", "video.hardware",
    "video.ram", "smc.present", "firmware", "cpuNumber", "cpuSpeed", "memory", "cpuOvercommitRatio",
    "memoryOvercommitRatio", "Message.ReservedCapacityFreed.Flag", "deployvm", "SSH.PublicKey", "SSH.KeyPairNames",
    "password", "Encrypted.Password", "configDriveLocation", "nic", "network", "ip4Address", "ip6Address", "disk",
    "diskOffering", "configurationId", "keypairnames", "controlNodeLoginUser",
  ]
}
