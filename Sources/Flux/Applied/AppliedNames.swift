internal import Manifests

/// The names of all that is applied, in whatever namespace.
struct AppliedNames {
  private var namespaces: [ObjectIdentity: Set<String>] = [:]

  init(_ objects: [AppliedObject]) {
    for applied in objects {
      let identity = applied.object.identity
      namespaces[AppliedNames.bare(identity), default: []].insert(identity.namespace)
    }
  }

  /// Whether an object of the same kind and name is applied; in the same namespace, where one is written.
  func hold(_ object: KubernetesObject) -> Bool {
    guard let known = namespaces[AppliedNames.bare(object.identity)] else { return false }
    return object.identity.namespace.isEmpty || known.contains(object.identity.namespace)
  }

  private static func bare(_ identity: ObjectIdentity) -> ObjectIdentity {
    var copy = identity
    copy.namespace = ""
    return copy
  }
}
