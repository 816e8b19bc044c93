internal import Manifests

/// The order in which kustomize prints objects.
struct ResourceOrder {
  private static let first = [
    "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy",
    "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service",
    "LimitRange", "PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob",
    "PodDisruptionBudget",
  ]
  private static let last = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]
  private static let builtin = ResourceOrder(nil)

  /// A kind's place in kustomize's own order: below zero first, above zero last.
  static func rank(_ kind: String) -> Int { builtin.ranks[kind] ?? 0 }

  /// What decides between kinds of the same rank.
  static func kindKey(group: String, version: String, kind: String) -> String {
    func or(_ text: String, _ other: String) -> String { text.isEmpty ? other : text }
    return "\(or(group, "~G"))_\(or(version, "~V"))_\(or(kind, "~K"))"
  }

  private var ranks: [String: Int] = [:]
  private let keepsOrder: Bool

  init(_ options: KustomizationFile.SortOptions?) {
    keepsOrder = options?.order == "fifo"
    let first = options?.first ?? (options?.last == nil ? ResourceOrder.first : [])
    let last = options?.last ?? (options?.first == nil ? ResourceOrder.last : [])
    for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
    for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
  }

  /// The objects in order.
  func sorted(_ objects: [(object: BuiltObject, key: Key)]) -> [BuiltObject] {
    if keepsOrder { return objects.map(\.object) }
    let own = objects.map { ranks[$0.object.object.identity.kind] ?? 0 }
    return objects.indices.sorted { objects[$0].key.precedes(objects[$1].key, own[$0], own[$1]) }
      .map { objects[$0].object }
  }

  /// What of an object decides its place among others.
  final class Key: Sendable {
    private let isNamespace: Bool
    private let isCore: Bool
    private let kind: String
    private let name: String

    init(_ object: KubernetesObject) {
      let id = object.identity
      let text = object.apiVersion
      let version = text.firstIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
      isNamespace = id.kind == "Namespace"
      isCore = id.group.isEmpty
      func or(_ text: String, _ other: String) -> String { text.isEmpty ? other : text }
      kind = ResourceOrder.kindKey(group: id.group, version: version, kind: id.kind)
      let gvk = "\(or(id.kind, "[noKind]")).\(or(version, "[noVer]")).\(or(id.group, "[noGrp]"))"
      name = "\(gvk)|\(or(id.namespace, "~X"))|\(or(id.name, "~N"))"
    }

    fileprivate func precedes(_ other: Key, _ rank: Int, _ otherRank: Int) -> Bool {
      if kind == other.kind { return less(name, other.name) }
      if rank != otherRank { return rank < otherRank }
      if isNamespace, other.isNamespace, isCore || other.isCore { return less(other.kind, kind) }
      return less(kind, other.kind)
    }

    private func less(_ left: String, _ right: String) -> Bool {
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}
