/// A Kubernetes object as a manifest or a build has it. Never changes, so that rules can pass it on without a copy.
package final class KubernetesObject: Sendable {
  package let identity: ObjectIdentity
  /// `group/version`, or `version` in the core group; empty where the manifest has none.
  package let apiVersion: String
  /// The whole object.
  package let root: Node
  /// The kind with its group.
  package let groupKind: GroupKind

  package init(identity: ObjectIdentity, apiVersion: String, root: Node) {
    self.identity = identity
    self.apiVersion = apiVersion
    self.root = root
    groupKind = GroupKind(group: identity.group, kind: identity.kind)
  }

  /// Reads the object's identity off a mapping; `nil` without a kind or a name, which kustomize refuses too.
  package convenience init?(_ root: Node) {
    guard let kind = root["kind"]?.text, let name = root["metadata", "name"]?.text, !kind.isEmpty, !name.isEmpty else {
      return nil
    }
    let apiVersion = root["apiVersion"]?.text ?? ""
    let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let group = parts.count == 2 ? String(parts[0]) : ""
    let namespace = root["metadata", "namespace"]?.text ?? ""
    self.init(
      identity: ObjectIdentity(group: group, kind: kind, namespace: namespace, name: name), apiVersion: apiVersion,
      root: root)
  }

  /// The value under a chain of keys.
  package subscript(_ keys: String...) -> Node? { root[keys] }

  /// An annotation's text; kustomize turns every annotation value into a string.
  package func annotation(_ name: String) -> String? { root["metadata", "annotations", name]?.text }

  /// A label's text.
  package func label(_ name: String) -> String? { root["metadata", "labels", name]?.text }

  /// The place that names the object: `metadata.name`, else its first line.
  package var nameSpan: Span { root["metadata", "name"]?.span ?? root.span }
}
