internal import Manifests
internal import Policy

/// Where the images of a cluster come from.
enum RegistryMirror {
  static let all: [any Rule] = [insecure, RegistryEndpointChanged(), authority, authentication]

  private static let insecure = FieldRule(
    RuleInfo(
      "registry-insecure", .high, .supplyChain,
      summary: "TLS verification of the registry mirror is turned off.",
      why: "Whoever sits between the nodes and the mirror can hand out any image, the control plane's included.",
      remediation: "Set `insecureSkipVerify: false` and put the mirror's authority into caCertContent.",
      references: [References.registryMirror],
      examples: [
        .clusterSpec(
          "verification is turned off", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, insecureSkipVerify: ⟦true⟧}"),
        .clusterSpec(
          "the default is written out", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, insecureSkipVerify: false}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.registryMirrorConfiguration.insecureSkipVerify"], .turnedOn,
      "{object} no longer verifies the registry mirror's certificate: any image can be slipped in.",
      whenNew: "{object} does not verify the registry mirror's certificate: any image can be slipped in."))

  private static let authority = FieldRule(
    RuleInfo(
      "registry-ca-changed", .medium, .supplyChain,
      summary: "The certificate authority of the registry mirror changes.",
      why: "Who holds the trusted authority can pose as the registry; every node is rolled.",
      remediation: "Check the new certificate with `openssl x509 -noout -subject -dates`, then let it pass.",
      references: [References.registryMirror],
      examples: [
        .clusterSpec(
          "another authority", "registryMirrorConfiguration: {endpoint: 10.1.1.1, caCertContent: A}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, caCertContent: ⟦B⟧}"),
        .clusterSpec(
          "a first authority", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, caCertContent: B}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.registryMirrorConfiguration.caCertContent"], .replacedOrRemoved(as: Canonical.pem),
      "{object} trusts another certificate authority for its registry mirror, and every node is rolled.", shows: false))

  private static let authentication = FieldRule(
    RuleInfo(
      "registry-auth-off", .medium, .supplyChain,
      summary: "Authentication with the registry mirror is turned off.",
      why: "Images are pulled anonymously: pulls fail where the registry wants a login, and anyone may be served.",
      remediation: "Set `authenticate: true`, unless the mirror was made anonymous on purpose.",
      references: [References.registryMirror],
      examples: [
        .clusterSpec(
          "authentication is turned off", "registryMirrorConfiguration: {endpoint: 10.1.1.1, authenticate: true}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, authenticate: ⟦false⟧}"),
        .clusterSpec(
          "authentication is turned on", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, authenticate: true}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.registryMirrorConfiguration.authenticate"], .switchedOff,
      "{object} no longer authenticates with its registry mirror."))
}
