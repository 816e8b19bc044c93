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
  func sorted(_ objects: [BuiltObject]) -> [BuiltObject] {
    if keepsOrder { return objects }
    let keys = objects.map { Key($0.object, rank: ranks[$0.object.identity.kind] ?? 0) }
    return objects.indices.sorted { keys[$0].precedes(keys[$1]) }.map { objects[$0] }
  }

  private struct Key {
    let rank: Int
    let isNamespace: Bool
    let isCore: Bool
    let kind: String
    let name: String

    init(_ object: KubernetesObject, rank: Int) {
      let id = object.identity
      let text = object.apiVersion
      let version = text.firstIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
      self.rank = rank
      isNamespace = id.kind == "Namespace"
      isCore = id.group.isEmpty
      func or(_ text: String, _ other: String) -> String { text.isEmpty ? other : text }
      kind = "\(or(id.group, "~G"))_\(or(version, "~V"))_\(or(id.kind, "~K"))"
      let gvk = "\(or(id.kind, "[noKind]")).\(or(version, "[noVer]")).\(or(id.group, "[noGrp]"))"
      name = "\(gvk)|\(or(id.namespace, "~X"))|\(or(id.name, "~N"))"
    }

    func precedes(_ other: Key) -> Bool {
      if kind == other.kind { return less(name, other.name) }
      if rank != other.rank { return rank < other.rank }
      if isNamespace, other.isNamespace, isCore || other.isCore { return less(other.kind, kind) }
      return less(kind, other.kind)
    }

    private func less(_ left: String, _ right: String) -> Bool {
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}
