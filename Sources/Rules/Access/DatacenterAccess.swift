internal import Manifests
internal import Policy

/// How EKS Anywhere reaches the place where machines are made.
enum DatacenterAccess {
  static let all: [any Rule] = [
    vSphereInsecure, nutanixInsecure, ThumbprintChanged(), trustBundle, credentialRef,
  ]

  private static let vSphereInsecure = FieldRule(
    RuleInfo(
      "vsphere-insecure", .high, .access,
      summary: "TLS verification of vCenter is turned off.",
      why: "vCenter credentials are sent to whoever answers at the address; the webhook also blanks the thumbprint.",
      remediation: "Set `insecure: false` and write the certificate's thumbprint.",
      references: [References.vSphere, References.bestPractices],
      examples: [
        .spec(
          "verification is turned off", "VSphereDatacenterConfig", "server: vc.lan, insecure: false",
          "server: vc.lan, insecure: ⟦true⟧"),
        .spec(
          "the default is written out", "VSphereDatacenterConfig", "server: vc.lan", "server: vc.lan, insecure: false"),
      ]),
    FieldWatch(
      [Kinds.vSphereDatacenter], ["spec.insecure"], .turnedOn,
      "{object} no longer verifies vCenter's certificate: credentials go to whoever answers.",
      whenNew: "{object} does not verify vCenter's certificate: credentials go to whoever answers."))

  private static let nutanixInsecure = FieldRule(
    RuleInfo(
      "nutanix-insecure", .high, .access,
      summary: "TLS verification of Prism Central is turned off.",
      why: """
        Prism Central credentials are sent to whoever answers at the address, from EKS Anywhere and from the cloud \
        controller manager of every cluster.
        """,
      remediation: "Set `insecure: false` and write additionalTrustBundle if the certificate is self-signed.",
      references: [References.nutanix, References.bestPractices],
      examples: [
        .spec(
          "verification is turned off", "NutanixDatacenterConfig", "endpoint: pc.lan, port: 9440",
          "endpoint: pc.lan, port: 9440, insecure: ⟦true⟧"),
        .spec(
          "verification is turned on", "NutanixDatacenterConfig", "endpoint: pc.lan, insecure: true",
          "endpoint: pc.lan, insecure: false"),
      ]),
    FieldWatch(
      [Kinds.nutanixDatacenter], ["spec.insecure"], .turnedOn,
      "{object} no longer verifies Prism Central's certificate: credentials go to whoever answers.",
      whenNew: "{object} does not verify Prism Central's certificate: credentials go to whoever answers."))

  private static let trustBundle = FieldRule(
    RuleInfo(
      "nutanix-trust-bundle", .high, .access,
      summary: "The certificate authorities that Prism Central is checked against change.",
      why: "Who holds a trusted authority can pose as Prism Central and gets its credentials.",
      remediation: "Check the new certificates with `openssl x509 -noout -subject -dates`, then let it pass.",
      references: [References.nutanix],
      examples: [
        .spec(
          "another bundle", "NutanixDatacenterConfig", "endpoint: pc.lan, additionalTrustBundle: \"A\"",
          "endpoint: pc.lan, additionalTrustBundle: ⟦\"B\"⟧"),
        Example(
          "the same authorities in another order", before: bundle("MIIA", "MIIB"), after: bundle("MIIB", "MIIA")),
        .spec(
          "a first bundle", "NutanixDatacenterConfig", "endpoint: pc.lan",
          "endpoint: pc.lan, additionalTrustBundle: \"B\""),
      ]),
    FieldWatch(
      [Kinds.nutanixDatacenter], ["spec.additionalTrustBundle"], .replacedOrRemoved(as: Canonical.pem),
      "{object} trusts other certificate authorities for Prism Central.", shows: false))

  private static func bundle(_ bodies: String...) -> String {
    let blocks = bodies.map { "-----BEGIN CERTIFICATE-----\\n\($0)\\n-----END CERTIFICATE-----\\n" }
    return Samples.config("NutanixDatacenterConfig", "additionalTrustBundle: \"\(blocks.joined())\"")
  }

  private static let credentialRef = FieldRule(
    RuleInfo(
      "credential-ref-changed", .high, .access,
      summary: "A datacenter takes its credentials from another Secret.",
      why: "EKS Anywhere acts under another account from then on, with whatever rights and quotas that account has.",
      remediation: "Rotate a credential by changing the content of the Secret it names, not the reference.",
      references: [References.nutanix],
      examples: [
        .spec(
          "another Secret", "NutanixDatacenterConfig", "endpoint: pc.lan, credentialRef: {kind: Secret, name: a}",
          "endpoint: pc.lan, credentialRef: {kind: Secret, name: ⟦b⟧}"),
        .spec(
          "another profile of a zone", "CloudStackDatacenterConfig",
          "availabilityZones: [{name: z, credentialsRef: global}]",
          "availabilityZones: [{name: z, credentialsRef: ⟦other⟧}]"),
        .spec(
          "a reference is written out", "NutanixDatacenterConfig", "endpoint: pc.lan",
          "endpoint: pc.lan, credentialRef: {kind: Secret, name: a}"),
      ]),
    FieldWatch(
      [Kinds.nutanixDatacenter, Kinds.cloudStackDatacenter, Kinds.snowDatacenter],
      [
        "spec.credentialRef.name", "spec.credentialRef.kind", "spec.identityRef.name", "spec.identityRef.kind",
        "spec.availabilityZones[].credentialsRef",
      ], .replaced, "{object} takes its credentials from {instead}."))
}
