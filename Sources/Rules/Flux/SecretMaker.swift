internal import Manifests

/// Objects of which a controller makes a Secret in the same namespace.
enum SecretMaker {
  static let kinds = [
    GroupKind(group: "external-secrets.io", kind: "ExternalSecret"),
    GroupKind(group: "bitnami.com", kind: "SealedSecret"),
  ]

  /// The name of the Secret that goes with an object: `spec.target` of an ExternalSecret, which owns what it makes
  /// unless `creationPolicy` says otherwise; a SealedSecret's own name.
  static func secret(of object: KubernetesObject) -> String? {
    guard kinds.contains(object.groupKind) else { return nil }
    let target = object["spec", "target"]
    if let policy = target?["creationPolicy"]?.text, policy != "Owner" { return nil }
    return target?["name"]?.text ?? object.identity.name
  }
}
