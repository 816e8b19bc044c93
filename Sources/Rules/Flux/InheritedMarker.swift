internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// Whether the kustomization files around an object give it one of Flux's markers after the change, where files are
  /// judged as written: through common annotations or labels, or through a patch. What a build gives it stands in it.
  func givesMarker(_ name: String, _ values: [String], to object: AppliedObject) -> Bool {
    guard object.owner == nil else { return false }
    var reached: Set<String> = [object.path]
    var folder = Path.parent(object.path)
    while true {
      if let file = after.kustomization(in: folder), file.listed.contains(where: { reached.contains($0.path) }) {
        reached.insert(folder)
        if file.writes(FluxKind.marker(name), values) { return true }
        if file.patches(of: object.object, in: after).contains(where: { $0.guardMarker(name, values) != nil }) {
          return true
        }
      }
      if folder.isEmpty { return false }
      folder = Path.parent(folder)
    }
  }
}

extension KustomizationFileView {
  /// Whether common annotations or labels hold a key with one of some values.
  fileprivate func writes(_ key: String, _ values: [String]) -> Bool {
    let pairs = (root["labels"]?.items ?? []).map { $0["pairs"] }
    return ([root["commonAnnotations"], root["commonLabels"]] + pairs).contains { holder in
      holder?[key]?.text.map { values.contains($0.lowercased()) } ?? false
    }
  }

  /// The patches that are about an object, as objects: those of its kind and name, or whose target it is.
  fileprivate func patches(of object: KubernetesObject, in view: any StateView) -> [KubernetesObject] {
    let items = ["patches", "patchesStrategicMerge"].flatMap { root[$0]?.items ?? [] }
    return items.flatMap { item -> [KubernetesObject] in
      let inline = item["patch"]?.text ?? (item.text?.contains("\n") == true ? item.text : nil)
      let found: [KubernetesObject]
      if let inline {
        found = YAMLStream.parse(Array(inline.utf8)).documents.compactMap(\.root).compactMap { KubernetesObject($0) }
      } else if let file = item["path"]?.text ?? item.text {
        let path = KustomizationFileView.resolve(file, in: folder)
        found = view.objects(under: Path.parent(path)).filter { $0.path == path }.map(\.object)
      } else {
        found = []
      }
      guard let target = item["target"] else { return found.filter { $0.isOf(object) } }
      return target.names(object) ? found : []
    }
  }
}

extension Node {
  /// Whether the target of a patch is an object, as far as kind and name say.
  fileprivate func names(_ object: KubernetesObject) -> Bool {
    let isKind = self["kind"]?.text.map { $0 == object.identity.kind } ?? true
    let isName = self["name"]?.text.map { $0 == object.identity.name || $0 == ".*" } ?? true
    return isKind && isName && self["labelSelector"] == nil && self["annotationSelector"] == nil
  }
}

extension KubernetesObject {
  fileprivate func isOf(_ other: KubernetesObject) -> Bool {
    identity.kind == other.identity.kind && identity.name == other.identity.name
  }
}
