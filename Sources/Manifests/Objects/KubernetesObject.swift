/// A Kubernetes object as a manifest or a build has it. Never changes, so that rules can pass it on without a copy.
package final class KubernetesObject: Sendable {
  /// Without the namespace where objects of the kind have none.
  package let identity: ObjectIdentity
  /// `group/version`, or `version` in the core group; empty where the manifest has none.
  package let apiVersion: String
  /// The whole object.
  package let root: Node
  /// The kind with its group.
  package let groupKind: GroupKind

  package init(identity: ObjectIdentity, apiVersion: String, root: Node) {
    var identity = identity
    if !identity.namespace.isEmpty, ClusterScope.holds(identity.kind, of: identity.group) { identity.namespace = "" }
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

  /// Whether two objects mean the same to the API server; what it drops does not count.
  package func means(_ other: KubernetesObject) -> Bool {
    if root.means(other.root) { return true }
    guard identity == other.identity, hasSpareNamespace || other.hasSpareNamespace else { return false }
    return withoutNamespace.means(other.withoutNamespace)
  }

  /// Whether the manifest names a namespace to which no object of the kind belongs.
  private var hasSpareNamespace: Bool { identity.namespace.isEmpty && root["metadata", "namespace"] != nil }

  private var withoutNamespace: Node {
    let entries = root.entries.map { entry in
      guard entry.name == "metadata" else { return entry }
      let kept = entry.value.entries.filter { $0.name != "namespace" }
      return Entry(key: entry.key, value: Node(.mapping(kept), span: entry.value.span))
    }
    return Node(.mapping(entries), span: root.span)
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
