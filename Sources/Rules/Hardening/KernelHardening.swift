internal import Flux
internal import Manifests
internal import Policy

/// Kernel settings of Bottlerocket machines that give up protection.
struct KernelHardeningOff: ObjectRule {
  let info = RuleInfo(
    "kernel-hardening-off", .high, .hardening,
    summary: "A kernel protection of the machines is switched off.",
    why:
      "The kernel is what keeps the pods of a node apart; without these settings a pod reaches the node more easily.",
    remediation: "Remove the kernel parameter or sysctl; give a single pod what it needs instead.",
    references: [References.hostOS],
    groupsSameEdits: true,
    examples: [
      .spec(
        "mitigations are off", "VSphereMachineConfig", "osFamily: bottlerocket",
        "osFamily: bottlerocket, \(sample("boot: {bootKernelParameters: {mitigations: [⟦\"off\"⟧]}}"))"),
      .spec(
        "kernel addresses are shown", "VSphereMachineConfig",
        sample("kernel: {sysctlSettings: {vm.swappiness: \"10\"}}"),
        sample("kernel: {sysctlSettings: {vm.swappiness: \"10\", kernel.kptr_restrict: ⟦\"0\"⟧}}")),
      .spec(
        "another sysctl", "VSphereMachineConfig", "osFamily: bottlerocket",
        sample("kernel: {sysctlSettings: {vm.swappiness: \"10\"}}")),
    ])

  var kinds: KindSelection { .kinds(Kinds.machines) }

  /// Sysctls and the value from which on they protect; `true` where a higher value protects more.
  private static let sysctls: [(name: String, safe: Int, higherIsSafer: Bool)] = [
    ("kernel.kptr_restrict", 1, true), ("kernel.dmesg_restrict", 1, true),
    ("kernel.unprivileged_bpf_disabled", 1, true),
    ("kernel.yama.ptrace_scope", 1, true), ("kernel.randomize_va_space", 2, true),
    ("kernel.kexec_load_disabled", 1, true), ("kernel.modules_disabled", 1, true),
    ("kernel.perf_event_paranoid", 2, true), ("kernel.sysrq", 0, false), ("net.core.bpf_jit_harden", 1, true),
    ("fs.protected_hardlinks", 1, true), ("fs.protected_symlinks", 1, true), ("fs.protected_fifos", 1, true),
    ("fs.protected_regular", 1, true), ("fs.suid_dumpable", 0, false), ("net.ipv4.tcp_syncookies", 1, true),
    ("net.ipv4.conf.all.rp_filter", 1, true), ("net.ipv4.conf.default.rp_filter", 1, true),
    ("net.ipv4.conf.all.accept_redirects", 0, false), ("net.ipv4.conf.default.accept_redirects", 0, false),
    ("net.ipv6.conf.all.accept_redirects", 0, false), ("net.ipv4.conf.all.send_redirects", 0, false),
    ("net.ipv4.conf.all.accept_source_route", 0, false), ("net.ipv6.conf.all.accept_source_route", 0, false),
    ("net.ipv4.conf.all.route_localnet", 0, false), ("vm.mmap_min_addr", 4096, true),
    ("vm.unprivileged_userfaultfd", 0, false),
  ]

  /// Boot parameters with values that switch a protection off.
  private static let parameters: [String: Set<String>] = [
    "mitigations": ["off"], "spectre_v2": ["off"], "spec_store_bypass_disable": ["off"], "l1tf": ["off"],
    "mds": ["off"], "tsx_async_abort": ["off"], "pti": ["off"], "selinux": ["0"], "enforcing": ["0"],
    "apparmor": ["0"], "audit": ["0", "off"], "lockdown": ["none"], "init_on_alloc": ["0"],
    "randomize_kstack_offset": ["0", "off"],
    "iommu": ["off", "pt"], "module.sig_enforce": ["0"], "slub_debug": ["-"],
  ]

  /// Boot parameters that switch a protection off by being there.
  private static let bareParameters: Set<String> = [
    "nopti", "nospectre_v1", "nospectre_v2", "nosmep", "nosmap", "nokaslr", "noexec", "nosmt-off", "norandmaps",
  ]

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let edit = ObjectEdit(change, in: step)
    let root: FieldPattern = "spec.hostOSConfiguration.bottlerocketConfiguration"
    guard let config = edit.values(root).first, config.before?.hasUnknown != true, config.after?.hasUnknown != true
    else {
      return []
    }
    let found = Self.sysctls(config) + Self.parameters(config) + Self.unsafeSysctls(config)
    return found.map { path, text, node in
      Violation(
        "The kernel of machines with \(edit.title) is less protected: \(text).", object: after, field: path,
        after: node?.text,
        location: node.map { after.location(of: $0, side: .after) } ?? edit.violation("", at: path)?.location)
    }
  }

  private typealias Loss = (path: FieldPath, text: String, node: Node?)

  private static func sysctls(_ config: FieldChange) -> [Loss] {
    let path = config.path.key("kernel").key("sysctlSettings")
    let old = config.before?["kernel", "sysctlSettings"]
    let new = config.after?["kernel", "sysctlSettings"]
    return sysctls.compactMap { name, safe, higherIsSafer in
      func isSafe(_ node: Node?) -> Bool? {
        node?.text.flatMap { Int($0) }.map { higherIsSafer ? $0 >= safe : $0 <= safe }
      }
      let was = isSafe(old?[name])
      switch isSafe(new?[name]) {
      case false where was != false: return (path.key(name), "\(name) is \(new?[name]?.text ?? "")", new?[name])
      case nil where was == true: return (path.key(name), "\(name) is no longer set", nil)
      default: return nil
      }
    }
  }

  private static func parameters(_ config: FieldChange) -> [Loss] {
    let path = config.path.key("boot").key("bootKernelParameters")
    let old = config.before?["boot", "bootKernelParameters"]
    return (config.after?["boot", "bootKernelParameters"]?.entries ?? []).flatMap { entry -> [Loss] in
      let known = Set((old?[entry.name]?.items ?? []).compactMap(\.text))
      if bareParameters.contains(entry.name), old?.entry(entry.name) == nil {
        return [(path.key(entry.name), entry.name, entry.key)]
      }
      return entry.value.items.compactMap { item in
        guard let value = item.text, parameters[entry.name]?.contains(value) == true, !known.contains(value) else {
          return nil
        }
        return (path.key(entry.name), "\(entry.name)=\(value)", item)
      }
    }
  }

  private static func unsafeSysctls(_ config: FieldChange) -> [Loss] {
    let path = config.path.key("kubernetes").key("allowedUnsafeSysctls")
    let known = Set((config.before?["kubernetes", "allowedUnsafeSysctls"]?.items ?? []).compactMap(\.text))
    return (config.after?["kubernetes", "allowedUnsafeSysctls"]?.items ?? []).compactMap { item in
      guard let name = item.text, !known.contains(name) else { return nil }
      return (path.item(name), "pods may set the unsafe sysctl \(name)", item)
    }
  }

  private static func sample(_ inside: String) -> String {
    "hostOSConfiguration: {bottlerocketConfiguration: {\(inside)}}"
  }
}
