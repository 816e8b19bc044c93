internal import Flux
internal import Manifests

extension Validation {
  /// The checks of a SnowMachineConfig.
  mutating func checkSnowMachine() {
    require("spec.sshKeyName", "spec.devices", "spec.osFamily", "spec.network.directNetworkInterfaces")
    require("spec.physicalNetworkConnector", oneOf: ["SFP_PLUS", "QSFP", "RJ45"])
    let type = text("spec.instanceType")
    if !type.isEmpty, !Validation.isSnowInstance(type) { refuse("spec.instanceType", "such as sbe-c.large") }
    let interfaces = items("spec.network.directNetworkInterfaces")
    if !interfaces.isEmpty, interfaces.filter({ $0.node["primary"]?.bool == true }).count != 1 {
      refuse("spec.network.directNetworkInterfaces", "exactly one primary interface")
    }
    checkSnowVolumes()
  }

  private mutating func checkSnowVolumes() {
    if text("spec.osFamily") == "bottlerocket" {
      require("spec.containersVolume")
      if let size = value("spec.containersVolume.size")?.int, size < 25 {
        refuse("spec.containersVolume.size", "at least 25 on Bottlerocket")
      }
    }
    for (path, node) in items("spec.nonRootVolumes") {
      require(path.key("deviceName"))
      if node["deviceName"]?.text?.hasPrefix("/dev/sda") ?? false {
        refuse(path.key("deviceName"), "no name that begins with /dev/sda")
      }
    }
  }

  /// `sbe-c.large`, `sbe-g.4xlarge`.
  private static func isSnowInstance(_ type: String) -> Bool {
    guard type.hasPrefix("sbe-c.") || type.hasPrefix("sbe-g.") else { return false }
    let size = type.dropFirst(6).drop { $0.isASCII && $0.isNumber }
    return size == "large" || size == "xlarge"
  }

  /// The checks of a SnowIPPool.
  mutating func checkSnowPool() {
    for (path, node) in items("spec.pools") {
      for key in ["ipStart", "ipEnd", "gateway", "subnet"] { require(path.key(key)) }
      for key in ["ipStart", "ipEnd", "gateway"] {
        let text = text(path.key(key))
        if !text.isEmpty, !Addresses.isIP(text) { refuse(path.key(key), "an IP address") }
      }
      guard let first = node["ipStart"]?.text, let last = node["ipEnd"]?.text, let subnet = node["subnet"]?.text,
        !subnet.isEmpty, Addresses.isIP(first), Addresses.isIP(last)
      else { continue }
      if Addresses.mask(ofCIDR: subnet) == nil {
        refuse(path.key("subnet"), "a CIDR block")
        continue
      }
      if first == last || !Addresses.isRange(first + "-" + last) {
        refuse(path.key("ipEnd"), "an address after ipStart")
      }
      for (key, address) in [("ipStart", first), ("ipEnd", last)] where !Addresses.block(subnet, contains: address) {
        refuse(path.key(key), "an address within the subnet")
      }
    }
  }
}
