internal import Flux
internal import Manifests

extension Validation {
  /// The checks of `hostOSConfiguration`, which all machine kinds but CloudStack's have.
  mutating func checkHostOS() {
    let host: FieldPath = "spec.hostOSConfiguration"
    let clock = host.key("ntpConfiguration")
    if value(clock) != nil { require(clock.key("servers")) }
    for (path, node) in items(clock.key("servers")) where Canonical.host(node.text ?? "").isEmpty {
      refuse(path, "a host name or an address")
    }
    checkBottlerocket(host)
    let family = text("spec.osFamily")
    guard !family.isEmpty, family != "bottlerocket", !isOpen("spec.osFamily") else { return }
    for key in ["certBundles", "bottlerocketConfiguration"] where !value(host.key(key)).isEmpty {
      refuse(host.key(key), "only with osFamily bottlerocket")
    }
  }

  private mutating func checkBottlerocket(_ host: FieldPath) {
    for (path, node) in items(host.key("certBundles")) {
      require(path.key("name"))
      if let data = node["data"]?.text, !data.contains("-----BEGIN ") {
        refuse(path.key("data"), "certificates in PEM")
      }
    }
    let bottlerocket = host.key("bottlerocketConfiguration")
    let kubelet = bottlerocket.key("kubernetes")
    for (path, node) in items(kubelet.key("allowedUnsafeSysctls")) where (node.text ?? "").isEmpty {
      refuse(path, "a name")
    }
    for (path, node) in items(kubelet.key("clusterDNSIPs")) where !Addresses.isIP(node.text ?? "") {
      refuse(path, "an IP address")
    }
    if let pods = value(kubelet.key("maxPods"))?.int, pods < 0 { refuse(kubelet.key("maxPods"), "0 or more") }
    for (holder, key) in [("kernel", "sysctlSettings"), ("boot", "bootKernelParameters")] {
      let path = bottlerocket.key(holder).key(key)
      if value(path)?.entries.contains(where: { $0.name.isEmpty }) ?? false { refuse(path, "keys that are not empty") }
    }
  }

  /// The checks of how a bare-metal machine config chooses its servers.
  mutating func checkHardware() {
    let selector = value("spec.hardwareSelector")
    let affinity = value("spec.hardwareAffinity")
    if !selector.isEmpty, affinity != nil {
      refuse("spec.hardwareSelector", "either hardwareSelector or hardwareAffinity")
    }
    if selector.isEmpty, affinity == nil { require("spec.hardwareSelector") }
    if let count = selector?.entries.count, count > 1 { refuse("spec.hardwareSelector", "one label") }
    guard affinity != nil else { return }
    require("spec.hardwareAffinity.required")
    for (path, _) in items("spec.hardwareAffinity.required") { checkSelector(path.key("labelSelector")) }
    for (path, _) in items("spec.hardwareAffinity.preferred") {
      checkSelector(path.key("hardwareAffinityTerm").key("labelSelector"))
    }
  }

  private mutating func checkSelector(_ selector: FieldPath) {
    for (path, node) in items(selector.key("matchExpressions")) {
      let values = node["values"]?.items ?? []
      switch text(path.key("operator")) {
      case "In", "NotIn": if values.isEmpty { require(path.key("values")) }
      case "Exists", "DoesNotExist": if !values.isEmpty { refuse(path.key("values"), "none with this operator") }
      case "": break
      default: refuse(path.key("operator"), "In or NotIn or Exists or DoesNotExist")
      }
    }
  }
}
