internal import Manifests

/// `vars`: kustomize puts values of objects into texts that name them, `$(NAME)`. That is not worked out here, so such
/// texts are unknown.
struct OldVariables {
  private struct Definition {
    var mark: String
    var node: Node
  }

  private var definitions: [Definition] = []

  /// Whether none is defined.
  var isEmpty: Bool { definitions.isEmpty }

  /// Takes over what a kustomization defines.
  mutating func add(_ vars: Node) {
    for item in vars.items {
      if let name = item["name"]?.text { definitions.append(Definition(mark: "$(\(name))", node: item)) }
    }
  }

  /// Takes over what another folder defines.
  mutating func add(_ other: OldVariables) { definitions += other.definitions }

  /// The objects with every text that names a variable made unknown.
  func hidden(in objects: [BuiltObject]) -> [BuiltObject] {
    let inputs = definitions.map { definition in
      let source = definition.node["objref"]
      let objects = objects.filter {
        $0.object.identity.kind == source?["kind"]?.text
          && $0.object.identity.name.contains(source?["name"]?.text ?? "")
      }
      return JSONText.of(definition.node) + objects.map { JSONText.of($0.object.root) }.joined()
    }
    return objects.map { built in
      var copy = built
      copy.object = KubernetesObject(hiding(in: built.object.root, inputs)) ?? built.object
      return copy
    }
  }

  private func hiding(in node: Node, _ inputs: [String]) -> Node {
    var copy = node
    switch node.value {
    case .unknown: break
    case .scalar(let scalar):
      let used =
        scalar.text.contains("$(") ? definitions.indices.filter { scalar.text.contains(definitions[$0].mark) } : []
      if !used.isEmpty { copy.value = .unknown(UnknownValue(scalar.text, inputs: used.map { inputs[$0] })) }
    case .sequence(let items): copy.value = .sequence(items.map { hiding(in: $0, inputs) })
    case .mapping(let entries):
      copy.value = .mapping(entries.map { Entry(key: $0.key, value: hiding(in: $0.value, inputs)) })
    }
    return copy
  }
}
