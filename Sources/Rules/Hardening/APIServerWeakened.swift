internal import Manifests
internal import Policy

/// An API server that lets in, or hides, more than it should.
struct APIServerWeakened: ClusterRule {
  let info = RuleInfo(
    "apiserver-weakened", .critical, .hardening,
    summary: "An argument of the API server opens authentication, authorisation, admission or audit.",
    why: """
      User arguments are appended after EKS Anywhere's own and win. One of these is enough to let strangers in, to let \
      everyone do everything, or to leave no trace of it. The CIS benchmark checks them in its section 1.2.
      """,
    remediation: "Remove the argument from apiServerExtraArgs.",
    references: [References.apiServer, References.cis],
    examples: [
      .controlPlane("anonymous requests", "", "apiServerExtraArgs: {anonymous-auth: ⟦\"true\"⟧}"),
      .controlPlane(
        "everything is allowed", "apiServerExtraArgs: {v: \"2\"}",
        "apiServerExtraArgs: {v: \"2\", authorization-mode: ⟦AlwaysAllow⟧}"),
      .controlPlane(
        "a strict value is written out", "apiServerExtraArgs: {v: \"2\"}",
        "apiServerExtraArgs: {v: \"2\", anonymous-auth: \"false\", authorization-mode: \"Node,RBAC\"}"),
    ])

  private static let root: FieldPattern = "spec.controlPlaneConfiguration.apiServerExtraArgs"

  private static let weaknesses: [Weakness] = [
    .value("anonymous-auth", "true", effect: "anyone may ask it (CIS 1.2.1)"),
    written("token-auth-file", "it accepts static tokens (CIS 1.2.2)"),
    written("basic-auth-file", "it accepts static passwords"),
    Weakness("authorization-mode", "requests are no longer checked by RBAC (CIS 1.2.6)") { text in
      guard let text else { return false }
      let modes = text.split(separator: ",").map { String($0).lowercased() }
      return modes.contains("alwaysallow") || !modes.contains("rbac") || !modes.contains("node")
    },
    Weakness("disable-admission-plugins", "admission plugins are off") { !($0 ?? "").isEmpty },
    Weakness("enable-admission-plugins", "admission plugins are off (CIS 1.2.9)") { text in
      guard let text else { return false }
      return text.contains("AlwaysAdmit") || !text.contains("NodeRestriction")
    },
    written("encryption-provider-config", "another file decides how secrets are encrypted at rest"),
    written("client-ca-file", "clients of another authority are let in"),
    written("kubelet-certificate-authority", "kubelets are checked against another authority"),
    written("requestheader-client-ca-file", "another authority may speak for any user"),
    written("requestheader-allowed-names", "other proxies may speak for any user"),
    written("service-account-key-file", "service account tokens of another key are valid"),
    written("service-account-signing-key-file", "service account tokens are signed with another key"),
    written("service-account-issuer", "service account tokens of another issuer are valid"),
    written("oidc-issuer-url", "users of another issuer are let in"),
    written("authentication-config", "another file decides who is let in"),
    written("authentication-token-webhook-config-file", "a webhook decides who is let in"),
    written("authorization-webhook-config-file", "a webhook decides who may do what"),
    .value("service-account-lookup", "false", effect: "deleted service accounts keep their access (CIS 1.2.21)"),
    .value("profiling", "true", effect: "its profiling pages are open (CIS 1.2.15)"),
    .value("allow-privileged", "true", effect: "privileged containers are let in"),
    .value("tls-min-version", "versiontls10", "versiontls11", effect: "outdated TLS is accepted"),
    Weakness("tls-cipher-suites", "weak ciphers are accepted (CIS 1.2.29)") { Weakness.hasWeakCipher($0) },
    Weakness("insecure-port", "an unauthenticated port is open") { $0.map { $0 != "0" } ?? false },
    written("insecure-bind-address", "an unauthenticated address is open"),
    Weakness("runtime-config", "alpha APIs are served") {
      ($0 ?? "").contains("api/all=true") || ($0 ?? "").contains("alpha")
    },
    Weakness("feature-gates", "a feature gate is changed that guards access") { text in
      ["AllAlpha=true", "AnonymousAuthConfigurableEndpoints=true", "LegacyServiceAccountTokenNoAutoGeneration=false"]
        .contains { (text ?? "").contains($0) }
    },
    Weakness("audit-log-path", "nothing is audited (CIS 1.2.16)") { $0 == "" || $0 == "/dev/null" },
    written("audit-policy-file", "another file decides what is audited"),
    Weakness("audit-log-maxage", "audit logs are kept for less than 30 days (CIS 1.2.17)") { isBelow(30, $0) },
    Weakness("audit-log-maxbackup", "fewer than 10 audit logs are kept (CIS 1.2.18)") { isBelow(10, $0) },
    Weakness("audit-log-maxsize", "audit logs are cut below 100 MB (CIS 1.2.19)") { isBelow(100, $0) },
  ]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    return edit.object.values(APIServerWeakened.root).flatMap { root in
      Weakness.found(APIServerWeakened.weaknesses, under: root).compactMap { change, effect in
        edit.object.violation("The API server of \(after.title) is weakened: \(effect).", at: change.path)
      }
        + APIServerWeakened.dropped(root).compactMap { path in
          edit.object.violation("The API server of \(after.title) loses a setting that kept it safe.", at: path)
        }
    }
  }

  /// Written arguments that made the API server stricter than it is without them.
  private static func dropped(_ root: FieldChange) -> [FieldPath] {
    guard let old = root.before, !old.hasUnknown, root.after?.hasUnknown != true else { return [] }
    let strict = ["enable-admission-plugins", "audit-log-path", "tls-cipher-suites", "tls-min-version"]
    let gone = strict.filter { !old[$0].isEmpty && root.after?[$0] == nil }
    let isClosed = old["anonymous-auth"]?.text == "false" && root.after?["anonymous-auth"] == nil
    return (gone + (isClosed ? ["anonymous-auth"] : [])).map { root.path.key($0) }
  }

  private static func written(_ name: FieldPattern, _ effect: String) -> Weakness {
    Weakness(name, effect) { !($0 ?? "").isEmpty }
  }

  private static func isBelow(_ limit: Int, _ text: String?) -> Bool {
    text.flatMap { Int($0) }.map { $0 < limit } ?? false
  }
}
