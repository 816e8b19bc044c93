internal import Manifests

/// The last steps of a build.
enum Finishing {
  private static let internalAnnotations: Set<String> = [
    "config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id", "config.kubernetes.io/origin",
    "alpha.config.kubernetes.io/transformations",
  ]

  /// Leaves out local objects, sorts, and turns annotations into strings.
  static func finish(
    _ map: ResourceMap, _ file: KustomizationFile, memo: BuildMemo?
  ) throws(BuildProblem) -> [BuiltObject] {
    var kept: [(object: BuiltObject, key: ResourceOrder.Key)] = []
    for resource in map.resources {
      let built = if let memo { try memo.finished(resource, finished) } else { try finished(resource) }
      if let built { kept.append(built) }
    }
    return ResourceOrder(file.sortOptions).sorted(kept)
  }

  /// One object; `nil` for a local one.
  private static func finished(
    _ resource: Resource
  ) throws(BuildProblem) -> (object: BuiltObject, key: ResourceOrder.Key)? {
    if resource.name.isEmpty, !resource.kind.hasSuffix("List"), !isUnknown(resource) {
      throw BuildProblem(
        .nonManifest, path: resource.path, span: resource.root.span, subject: resource.id.title,
        message: "an object has no name in the end")
    }
    let local = resource.root.entry("metadata")?.value.entry("annotations")?.value
      .entry("config.kubernetes.io/local-config")?.value
    if let local, local.text != "false" { return nil }
    if let bad = ManifestReading.badKey(resource.root) {
      throw BuildProblem(
        .nonManifest, path: bad.origin?.path ?? resource.path, span: bad.span, subject: resource.id.title,
        message: "a key of \(resource.id.title) is no string, which JSON does not allow")
    }
    var resource = resource
    cleanAnnotations(of: &resource)
    let id = resource.id
    let identity = ObjectIdentity(group: id.group, kind: id.kind, namespace: id.namespace, name: id.name)
    let object = KubernetesObject(identity: identity, apiVersion: resource.apiVersion, root: resource.root)
    return (BuiltObject(object: object, path: resource.path), ResourceOrder.Key(object))
  }

  /// Whether only the cluster knows the object's name.
  private static func isUnknown(_ resource: Resource) -> Bool {
    guard let metadata = resource.root.entry("metadata")?.value else { return false }
    return metadata.isUnknown || metadata.entry("name")?.value.isUnknown == true
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
        if case .string = scalar.canonical, scalar.tag == nil, scalar.style != .folded, Timestamp(scalar.text) == nil {
          return entry
        }
        if scalar.style == .folded { scalar.style = .literal }
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
