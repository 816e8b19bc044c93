/// What makes a Kubernetes object that object: group, kind, namespace and name; the version is not part of it.
///
/// Flux's inventory uses the same four parts (`namespace_name_group_kind`).
package struct ObjectIdentity: Hashable, Sendable, Comparable {
  package var group: String
  package var kind: String
  /// The namespace as written; empty where none is.
  package var namespace: String
  package var name: String

  package init(group: String, kind: String, namespace: String, name: String) {
    self.group = group
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// Names differ where objects do, nearly always.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(kind)
    hasher.combine(namespace)
  }

  /// The identity under which kustomize finds duplicates: an absent namespace is the same as `default`.
  package var key: ObjectIdentity {
    guard namespace == "default" else { return self }
    var copy = self
    copy.namespace = ""
    return copy
  }

  /// `Cluster default/prod`, for people.
  package var title: String { "\(kind) \(qualifiedName)" }

  /// `default/prod`, or the name alone where there is no namespace.
  package var qualifiedName: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }

  package static func < (left: ObjectIdentity, right: ObjectIdentity) -> Bool {
    (left.kind, left.namespace, left.name, left.group) < (right.kind, right.namespace, right.name, right.group)
  }
}

/// A kind of objects in a group, in any version.
package struct GroupKind: Hashable, Sendable {
  package var group: String
  package var kind: String

  package init(group: String, kind: String) {
    self.group = group
    self.kind = kind
  }
}
