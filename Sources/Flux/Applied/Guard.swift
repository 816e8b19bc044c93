package import Manifests

/// Labels and annotations that keep Flux away from an object.
package enum Guard {
  private static let prefix = "kustomize.toolkit.fluxcd.io/"

  private static func value(_ object: KubernetesObject, _ name: String) -> String? {
    (object.annotation(prefix + name) ?? object.label(prefix + name))?.lowercased()
  }

  /// The marker, as written in Git, that keeps Flux from deleting a live object; `nil` where none does.
  package static func pruning(_ object: KubernetesObject) -> String? {
    if value(object, "prune") == "disabled" { return "prune: disabled" }
    return freezing(object)
  }

  /// The marker that keeps Flux from applying an object at all; `nil` where none does.
  package static func freezing(_ object: KubernetesObject) -> String? {
    if value(object, "reconcile") == "disabled" { return "reconcile: disabled" }
    if value(object, "ssa") == "ignore" { return "ssa: Ignore" }
    return nil
  }

  /// Whether Flux may delete the object and make it anew where the API server finds an edit of it invalid.
  package static func forces(_ object: KubernetesObject) -> Bool { value(object, "force") == "enabled" }

  /// Whether Flux leaves the object alone once it is there.
  package static func appliesOnce(_ object: KubernetesObject) -> Bool { value(object, "ssa") == "ifnotpresent" }
}
