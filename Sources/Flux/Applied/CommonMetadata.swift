internal import Manifests

/// `spec.commonMetadata`: labels and annotations that win over every object's own.
struct CommonMetadata {
  private let labels: [Entry]
  private let annotations: [Entry]

  init(_ settings: FluxKustomization) {
    let origin = Origin(path: settings.file, cause: "commonMetadata of \(settings.identity.title)")
    func entries(_ field: String) -> [Entry] {
      (settings.root["spec", "commonMetadata", field]?.entries ?? []).map {
        Entry(key: $0.key.attributed(to: origin), value: $0.value.attributed(to: $0.value.origin ?? origin))
      }
    }
    labels = entries("labels")
    annotations = entries("annotations")
  }

  /// The object with it.
  func apply(to object: KubernetesObject) -> KubernetesObject {
    if labels.isEmpty, annotations.isEmpty { return object }
    var root = object.root
    root.update("metadata") { metadata in
      for (field, entries) in [("labels", labels), ("annotations", annotations)] where !entries.isEmpty {
        metadata.update(field) { node in
          for entry in entries { node.set(entry.name, to: entry.value) }
        }
      }
    }
    return KubernetesObject(identity: object.identity, apiVersion: object.apiVersion, root: root)
  }
}
