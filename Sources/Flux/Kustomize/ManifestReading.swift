internal import Manifests

/// Reads manifests as kustomize reads them.
enum ManifestReading {
  /// The objects of a file; lists are expanded, empty documents left out.
  ///
  /// - Throws: `unreadableManifest`, `nonManifest`, and `duplicateID` for the same object twice in the file.
  static func resources(_ parsed: ParsedFile, at path: String) throws(BuildProblem) -> [Resource] {
    if let problem = parsed.problem {
      throw BuildProblem(
        problem.kind == .overBudget ? .overBudget : .unreadableManifest, path: path, span: problem.span,
        message: problem.reason)
    }
    var queue = parsed.documents.filter { !isEmpty($0) }
    if queue.count == 1, let kind = queue[0].entry("kind")?.value.text, kind == "List" || kind == "ResourceList",
      let items = queue[0].entry("items")?.value
    {
      queue = items.items.filter { !isEmpty($0) }
    }
    for node in queue { try check(node, at: path) }
    var map = ResourceMap()
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if let kind = node.entry("kind")?.value.text, kind.hasSuffix("List"), let items = node.entry("items")?.value {
        let inner = items.items.filter { !isEmpty($0) }
        guard items.isSequence || items.isNull else {
          throw BuildProblem(.nonManifest, path: path, span: items.span, message: "the items of a list are no list")
        }
        for item in inner { try check(item, at: path) }
        queue += inner
      } else {
        try map.append(Resource(root: node, path: path))
      }
    }
    return map.resources
  }

  private static func isEmpty(_ node: Node) -> Bool {
    switch node.value {
    case .mapping(let entries): entries.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar: node.isNull
    case .unknown: false
    }
  }

  private static func check(_ node: Node, at path: String) throws(BuildProblem) {
    func fail(_ message: String) -> BuildProblem {
      BuildProblem(.nonManifest, path: path, span: node.span, message: message)
    }
    guard node.isMapping else { throw fail("a document is no Kubernetes object") }
    guard let kind = node.entry("kind")?.value.text, !kind.isEmpty else { throw fail("an object has no kind") }
    if kind.hasSuffix("List") { return }
    guard let name = node.entry("metadata")?.value.entry("name")?.value, name.text?.isEmpty == false, !name.isNull
    else { throw fail("an object has no metadata.name") }
  }

  /// The first key that is no string, which kustomize can not turn into JSON.
  static func badKey(_ node: Node) -> Node? {
    switch node.value {
    case .scalar, .unknown: return nil
    case .sequence(let items):
      for item in items { if let bad = badKey(item) { return bad } }
      return nil
    case .mapping(let entries):
      for entry in entries {
        guard case .scalar(let key) = entry.key.value, case .string = key.canonical else { return entry.key }
        if let bad = badKey(entry.value) { return bad }
      }
      return nil
    }
  }
}

/// The last steps of a build.
enum Finishing {
  private static let internalAnnotations: Set<String> = [
    "config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id", "config.kubernetes.io/origin",
    "alpha.config.kubernetes.io/transformations",
  ]

  /// Leaves out local objects, sorts, and turns annotations into strings.
  static func finish(_ map: ResourceMap, _ file: KustomizationFile) throws(BuildProblem) -> [BuiltObject] {
    var kept: [Resource] = []
    for resource in map.resources {
      let local = resource.root.entry("metadata")?.value.entry("annotations")?.value
        .entry("config.kubernetes.io/local-config")?.value
      if let local, local.text != "false" { continue }
      if let bad = ManifestReading.badKey(resource.root) {
        throw BuildProblem(
          .nonManifest, path: bad.origin?.path ?? resource.path, span: bad.span, subject: resource.id.title,
          message: "a key of \(resource.id.title) is no string, which JSON does not allow")
      }
      kept.append(resource)
    }
    let order = ResourceOrder(file.sortOptions)
    var result: [BuiltObject] = []
    for var resource in order.sorted(kept) {
      cleanAnnotations(of: &resource)
      let id = resource.id
      let identity = ObjectIdentity(group: id.group, kind: id.kind, namespace: id.namespace, name: id.name)
      let object = KubernetesObject(identity: identity, apiVersion: resource.apiVersion, root: resource.root)
      result.append(BuiltObject(object: object, path: resource.path))
    }
    return result
  }

  /// Annotation values become strings, whatever they looked like; an empty mapping goes.
  private static func cleanAnnotations(of resource: inout Resource) {
    guard let annotations = resource.root.entry("metadata")?.value.entry("annotations")?.value else { return }
    let entries = annotations.entries.compactMap { entry -> Entry? in
      guard !entry.name.hasPrefix("internal.config.kubernetes.io/"), !internalAnnotations.contains(entry.name) else {
        return nil
      }
      guard !entry.value.isUnknown else { return entry }
      var copy = entry
      if case .scalar(var scalar) = entry.value.value {
        if case .string = scalar.canonical, scalar.tag == nil, Timestamp(scalar.text) == nil { return entry }
        scalar.tag = .string
        copy.value.value = .scalar(scalar)
      } else {
        copy.value.value = .scalar(Scalar("", tag: .string))
      }
      return copy
    }
    resource.root.update("metadata") { metadata in
      if entries.isEmpty {
        metadata.remove("annotations")
      } else {
        var node = annotations
        node.value = .mapping(entries)
        metadata.set("annotations", to: node)
      }
    }
  }
}

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
  func sorted(_ resources: [Resource]) -> [Resource] {
    if keepsOrder { return resources }
    let keys = resources.map { Key($0.id, rank: ranks[$0.kind] ?? 0) }
    return resources.indices.sorted { keys[$0].precedes(keys[$1]) }.map { resources[$0] }
  }

  private struct Key {
    let rank: Int
    let isNamespace: Bool
    let isCore: Bool
    let kind: String
    let name: String

    init(_ id: ResourceID, rank: Int) {
      self.rank = rank
      isNamespace = id.kind == "Namespace"
      isCore = id.group.isEmpty
      func or(_ text: String, _ other: String) -> String { text.isEmpty ? other : text }
      kind = "\(or(id.group, "~G"))_\(or(id.version, "~V"))_\(or(id.kind, "~K"))"
      let gvk = "\(or(id.kind, "[noKind]")).\(or(id.version, "[noVer]")).\(or(id.group, "[noGrp]"))"
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
