internal import Flux
internal import Manifests

/// One value that an inline patch sets, be it a JSON patch or a merge patch.
struct PatchSetting {
  /// The kind and name that the patch is for, as patterns; `nil` where it does not say.
  let kind: String?
  let name: String?
  /// The way to the value without the places in lists: `spec/replicas`, `spec/template/spec/containers/args`.
  let path: String
  let value: String
  /// The patch in its file.
  let place: Node

  /// What tells a setting from others.
  var identity: [String] { [kind ?? "", name ?? "", path, value] }

  /// Whether the patch may be for objects of a kind.
  func isFor(_ kind: String) -> Bool { self.kind.map { $0 == kind } ?? true }

  /// Whether the patch is for the source or Kustomization of a sync.
  var isOfSync: Bool {
    kind.map { ["Kustomization", "GitRepository", "OCIRepository", "Bucket"].contains($0) } ?? true
  }

  /// Which of some names the patch is for.
  func names(among all: Set<String>) -> [String] {
    guard let name else { return all.sorted() }
    return all.filter { name.contains($0) || name.contains("*") }.sorted()
  }

  /// What some patches of a kustomization, of a Flux Kustomization or of a FluxInstance set.
  static func all(in patches: [Node]) -> [PatchSetting] {
    patches.flatMap { patch -> [PatchSetting] in
      guard let place = patch["patch"], let text = place.text else { return [] }
      let target = patch["target"]
      return YAMLStream.parse(Array(text.utf8)).documents.compactMap(\.root).flatMap { root -> [PatchSetting] in
        let kind = target?["kind"]?.text ?? root["kind"]?.text
        let name = target?["name"]?.text ?? root["metadata", "name"]?.text
        let leaves = root.isSequence ? root.items.flatMap(operation) : leaves(of: root, at: [])
        return leaves.map {
          PatchSetting(kind: kind, name: name, path: $0.path.joined(separator: "/"), value: $0.value, place: place)
        }
      }
    }
  }

  private typealias Leaf = (path: [String], value: String)

  /// What an operation of a JSON patch sets; one that removes sets nothing.
  private static func operation(_ node: Node) -> [Leaf] {
    guard ["add", "replace"].contains(node["op"]?.text), let value = node["value"], let path = node["path"]?.text else {
      return []
    }
    let steps = path.split(separator: "/").map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
    return leaves(of: value, at: steps.filter { $0 != "-" && Int($0) == nil })
  }

  private static func leaves(of node: Node, at path: [String]) -> [Leaf] {
    switch node.value {
    case .mapping(let entries): entries.flatMap { leaves(of: $0.value, at: path + [$0.name]) }
    case .sequence(let items): items.flatMap { leaves(of: $0, at: path) }
    case .scalar(let scalar): [(path, scalar.text)]
    case .unknown: []
    }
  }
}
