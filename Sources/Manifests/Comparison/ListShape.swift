/// How the items of a list are matched between two versions of an object.
package enum ListShape: Sendable, Hashable {
  /// By position.
  case ordered
  /// By the value of a key that is unique among the items.
  case keyed(String)
  /// As a set: order means nothing.
  case set

  /// The shape of a list under a key, by the key's name and the object's group.
  ///
  /// Set-like lists are those that EKS Anywhere itself compares as sets (section 9, case 1 of the domain notes); keys
  /// of built-in kinds are those of their strategic merge, by far most often `name`. Of the Flux Operator's `components`
  /// the order means nothing.
  package static func of(_ field: String, group: String) -> ListShape {
    if group == EKSAnywhere.group, let shape = eksAnywhere[field] { return shape }
    if group == "fluxcd.controlplane.io", field == "components" { return .set }
    return common[field] ?? .keyed("name")
  }

  private static let eksAnywhere: [String: ListShape] = [
    "availabilityZones": .keyed("name"), "cidrBlocks": .set, "certSans": .set, "noProxy": .set,
    "ociNamespaces": .keyed("registry"), "identityProviderRefs": .set, "pools": .set, "taints": .set,
    "sshAuthorizedKeys": .set, "mapRoles": .keyed("roleARN"), "mapUsers": .keyed("userARN"), "resources": .set,
    "groups": .set, "requiredClaims": .keyed("claim"), "failureDomains": .keyed("name"), "tags": .set,
    "additionalCategories": .set, "gpus": .set, "networks": .ordered, "servers": .set, "dnsServers": .set,
  ]

  private static let common: [String: ListShape] = [
    "volumeMounts": .keyed("mountPath"), "finalizers": .set, "tolerations": .set, "args": .ordered,
    "command": .ordered, "resources": .ordered, "verbs": .set, "apiGroups": .set, "resourceNames": .set,
    "subjects": .set, "rules": .ordered, "dependsOn": .keyed("name"), "patches": .ordered, "valuesFrom": .set,
  ]
}
