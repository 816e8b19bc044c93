internal import Manifests
internal import Policy

/// Credentials in fields of a Cluster that are meant for something else.
enum ClusterSecrets {
  static let all: [any Rule] = [proxy, license, PackageEnvironment()]

  private static let proxy = FieldRule(
    RuleInfo(
      "proxy-userinfo", .high, .secret,
      summary: "A proxy URL holds a user name and password.",
      why: """
        The password is in the history for ever, on every node and in the environment of the controllers; and the proxy \
        of a cluster cannot be changed later.
        """,
      remediation: "Let the proxy accept the nodes' addresses, write host and port alone, and change the password.",
      references: [References.proxy], supersedes: ["basic-auth-url"] + Catalogue.toldByName,
      examples: [
        .clusterSpec(
          "a password in the URL", nil,
          "proxyConfiguration: {httpProxy: ⟦\"http://eksa:\(Samples.word)@proxy.lan:3128\"⟧, httpsProxy: \"proxy.lan:3128\"}"
        ),
        .clusterSpec(
          "host and port", nil, "proxyConfiguration: {httpProxy: \"proxy.lan:3128\", httpsProxy: \"proxy.lan:3128\"}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.proxyConfiguration.httpProxy", "spec.proxyConfiguration.httpsProxy"],
      FieldTest(judgesNew: true) { field in
        func hasPassword(_ node: Node?) -> Bool {
          guard let text = node?.text, let at = text.lastIndex(of: "@") else { return false }
          let user = text[..<at].split(separator: "/").last ?? ""
          return user.contains(":") && !user.contains("${")
        }
        return hasPassword(field.after) && field.before?.text != field.after?.text
      }, "{field} of {object} holds a user name and password.", shows: false))

  private static let license = FieldRule(
    RuleInfo(
      "license-token-in-git", .medium, .secret,
      summary: "A license token stands in the repository in clear.",
      why: "Whoever reads the repository can use it; a second use fails, and the error repeats the whole token.",
      remediation: "Fill licenseToken in with Flux's postBuild substitution from a Secret of the cluster.",
      references: [References.license], supersedes: ["jwt", "eksa-license"] + Catalogue.toldByName,
      examples: [
        .clusterSpec("a token", "", "licenseToken: ⟦eyJ\(Samples.word)⟧"),
        .clusterSpec("a variable", "", "licenseToken: ${LICENSE_TOKEN}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.licenseToken"],
      FieldTest(judgesNew: true) { field in
        guard let text = field.after?.text, !text.isEmpty, !text.contains("${") else { return false }
        return field.before?.text != text
      }, "{object} holds its license token in clear.", shows: false))
}

/// Secrets handed to the package controller through its environment.
struct PackageEnvironment: ClusterRule {
  let info = RuleInfo(
    "env-secrets-in-packages", .high, .secret,
    summary: "The environment of the package controller holds what looks like a secret.",
    why: "The value is in the history for ever and readable by whoever may read the Cluster or the pod.",
    remediation: "Keep credentials in the Secret eksa-packages/aws-secret, and change the one that was committed.",
    references: [References.packages], supersedes: Catalogue.toldByName,
    examples: [
      .clusterSpec("a secret key", nil, "packages: {controller: {env: [⟦AWS_SECRET_ACCESS_KEY=\(Samples.word)⟧]}}"),
      .clusterSpec("a region", nil, "packages: {controller: {env: [AWS_REGION=eu-west-1]}}"),
    ])

  private static let words = [
    "SECRET", "TOKEN", "PASSWORD", "PASSWD", "CREDENTIAL", "PRIVATE_KEY", "ACCESS_KEY", "API_KEY", "APIKEY",
  ]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    let path: FieldPath = "spec.packages.controller.env"
    guard let after = edit.after, let field = edit.object.values("spec.packages.controller.env").first,
      field.before?.isUnknown != true
    else { return [] }
    let known = Set((field.before?.items ?? []).compactMap(\.text))
    return (field.after?.items ?? []).enumerated().compactMap { index, item -> Violation? in
      guard let text = item.text, !known.contains(text), let equal = text.firstIndex(of: "=") else { return nil }
      let name = text[..<equal].uppercased()
      let value = text[text.index(after: equal)...]
      guard !value.isEmpty, !value.contains("${"), Self.words.contains(where: { name.contains($0) }) else { return nil }
      return Violation(
        "The environment of the package controller of \(after.title) holds \(text[..<equal]) in clear.",
        object: after.applied, field: path.index(index), location: after.applied.location(of: item, side: .after),
        secret: Finding.SecretInfo(
          type: info.id, redacted: "\(text[..<equal])=****", identity: SecretIdentity(of: text.utf8, type: info.id)))
    }
  }
}

extension Samples {
  /// A word that stands for a secret, made of two halves.
  static let word = "qm7" + "Zr4kx"
}
