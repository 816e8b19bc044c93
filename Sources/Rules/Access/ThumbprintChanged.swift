internal import Flux
internal import Manifests
internal import Policy

/// Another certificate of vCenter that is trusted.
struct ThumbprintChanged: ObjectRule {
  var info: RuleInfo { Self.fields.info }
  var kinds: KindSelection { Self.fields.kinds }

  /// With `insecure: true` the webhook blanks the thumbprint, whatever is written.
  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    if change.after?.object["spec", "insecure"]?.bool == true { return [] }
    return Self.fields.judge(change, in: step)
  }

  private static let fields = FieldRule(
    RuleInfo(
      "vsphere-thumbprint", .high, .access,
      summary: "The thumbprint of vCenter's certificate is changed or removed.",
      why: "Another certificate is trusted with vCenter's credentials, and every machine of the cluster is rolled.",
      remediation: """
        Compare with `openssl s_client -connect SERVER:443 </dev/null | openssl x509 -noout -fingerprint -sha1` before \
        letting it pass.
        """,
      references: [References.vSphere],
      examples: [
        .spec(
          "another thumbprint", "VSphereDatacenterConfig", "server: vc.lan, thumbprint: \"AA:BB\"",
          "server: vc.lan, thumbprint: ⟦\"CC:DD\"⟧"),
        .spec(
          "the thumbprint goes while nothing is verified anyway", "VSphereDatacenterConfig",
          "server: vc.lan, insecure: true, thumbprint: \"AA:BB\"", "server: vc.lan, insecure: true, thumbprint: \"\""),
        .spec(
          "a first thumbprint", "VSphereDatacenterConfig", "server: vc.lan, thumbprint: \"\"",
          "server: vc.lan, thumbprint: \"CC:DD\""),
      ]),
    FieldWatch(
      [Kinds.vSphereDatacenter], ["spec.thumbprint"], .replacedOrRemoved,
      "{object} trusts another vCenter certificate ({instead}) and all its machines are rolled.",
      whenRemoved: "{object} no longer pins vCenter's certificate (was {before}) and all its machines are rolled."))
}
