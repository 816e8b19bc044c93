internal import Manifests
internal import Policy

/// A kubelet that lets in more than it should.
struct KubeletWeakened: ClusterRule {
  let info = RuleInfo(
    "kubelet-weakened", .high, .hardening,
    summary: "A kubelet setting is made permissive.",
    why: """
      The kubelet runs every container of a node. An open kubelet API, or weaker checks, hands the node and the secrets \
      of its pods to whoever reaches it. The CIS benchmark checks these settings in its section 4.2.
      """,
    remediation: "Restore the setting, or remove it so that EKS Anywhere's default holds.",
    references: [References.kubelet, References.cis],
    groupsSameEdits: true,
    examples: [
      .controlPlane(
        "anonymous requests", "",
        "kubeletConfiguration: {kind: KubeletConfiguration, authentication: {anonymous: {enabled: ⟦true⟧}}}"),
      .worker(
        "the read-only port", "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, maxPods: 50}",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, maxPods: 50, readOnlyPort: ⟦10255⟧}"),
      .worker(
        "the defaults are written out", "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, maxPods: 50}",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, maxPods: 50, protectKernelDefaults: false, "
          + "seccompDefault: false, enableDebuggingHandlers: true}"),
      .worker(
        "a strict value goes",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, protectKernelDefaults: ⟦true⟧}",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration}"),
      .worker(
        "the eviction threshold falls back to its default",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration, evictionHard: {memory.available: 500Mi}}",
        "count: 3, kubeletConfiguration: {kind: KubeletConfiguration}"),
      .controlPlane(
        "a strict value is written out", "",
        "kubeletConfiguration: {kind: KubeletConfiguration, authentication: {anonymous: {enabled: false}}}"),
    ])

  private static let weaknesses: [Weakness] = [
    .value("authentication.anonymous.enabled", "true", effect: "anyone may use the kubelet API (CIS 4.2.1)"),
    .value("authentication.webhook.enabled", "false", effect: "bearer tokens are not checked (CIS 4.2.1)"),
    .value("authorization.mode", "alwaysallow", effect: "every request is allowed (CIS 4.2.2)"),
    Weakness("readOnlyPort", "an unauthenticated port is open (CIS 4.2.4)") { $0.map { $0 != "0" } ?? false },
    Weakness("streamingConnectionIdleTimeout", "idle sessions never end (CIS 4.2.5)") {
      $0.flatMap { Canonical.seconds($0) } == 0
    },
    .value("makeIPTablesUtilChains", "false", effect: "the kubelet leaves the firewall alone (CIS 4.2.6)"),
    .value("rotateCertificates", "false", effect: "its certificate is never renewed (CIS 4.2.10)"),
    lost("serverTLSBootstrap", unless: "true", "its serving certificate is self-signed"),
    lost("protectKernelDefaults", unless: "true", "it changes kernel settings of the node"),
    lost("seccompDefault", unless: "true", "containers run without a seccomp profile"),
    lost("enableDebuggingHandlers", unless: "false", "its debugging handlers answer"),
    .value("tlsMinVersion", "versiontls10", "versiontls11", effect: "outdated TLS is accepted"),
    Weakness("tlsCipherSuites", "weak ciphers are accepted (CIS 4.2.12)") { Weakness.hasWeakCipher($0) },
    Weakness("staticPodPath", "pods can be dropped into a folder") {
      $0.map { !$0.isEmpty && !$0.isUsualPodPath } ?? false
    },
    Weakness("allowedUnsafeSysctls", "pods may set unsafe kernel settings") { !($0 ?? "").isEmpty },
    Weakness("maxPods", "more pods run than addresses and memory are planned for") {
      $0.flatMap { Int($0) }.map { $0 > 250 } ?? false
    },
    Weakness(FieldPattern(keys: ["evictionHard", "memory.available"]), "pods are not evicted under pressure") {
      Weakness.isNone($0)
    },
  ]

  /// A setting whose default is the permissive value: what weakens is the loss of the other one.
  private static func lost(_ field: FieldPattern, unless strict: String, _ effect: String) -> Weakness {
    Weakness(field, effect) { $0?.lowercased() != strict }
  }

  private static let roots: [FieldPattern] = [
    "spec.controlPlaneConfiguration.kubeletConfiguration", "spec.workerNodeGroupConfigurations[].kubeletConfiguration",
  ]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    return KubeletWeakened.roots.flatMap { edit.object.values($0) }.flatMap { root in
      Weakness.found(KubeletWeakened.weaknesses, under: root).compactMap { change, effect in
        edit.object.violation("A kubelet setting of \(after.title) is weakened: \(effect).", at: change.path)
      }
        + Self.removedCiphers(root).compactMap { path in
          edit.object.violation("The kubelets of \(after.title) no longer restrict their TLS ciphers.", at: path)
        }
    }
  }

  /// The list of ciphers where it goes: Go's own has some that are outdated.
  private static func removedCiphers(_ root: FieldChange) -> [FieldPath] {
    guard root.after?.isUnknown != true, let old = root.before?["tlsCipherSuites"], !old.hasUnknown,
      root.after?["tlsCipherSuites"] == nil
    else { return [] }
    return [root.path.key("tlsCipherSuites")]
  }
}

extension Weakness {
  /// Whether a list of cipher suites has one that is broken or outdated.
  static func hasWeakCipher(_ text: String?) -> Bool {
    guard let text else { return false }
    return text.split(separator: ",").contains { suite in
      ["RC4", "3DES", "_DES_", "NULL", "EXPORT", "MD5"].contains { suite.contains($0) }
        || suite.hasPrefix("TLS_RSA_WITH") || suite.hasSuffix("CBC_SHA")
    }
  }

  /// Whether a threshold never triggers.
  static func isNone(_ text: String?) -> Bool { ["0", "0%", "0Mi", "0Gi"].contains(text ?? "") }
}

extension String {
  fileprivate var isUsualPodPath: Bool { self == "/etc/kubernetes/manifests" || self == "/etc/kubernetes/static-pods" }
}
