internal import Manifests
internal import Policy
internal import Secrets

/// A value, or a part of an object, that a manifest puts where credentials may stand or may not.
struct StructuredValue {
  /// The rule that speaks of a credential here that has no type of its own.
  var rule: String
  var place: ValuePlace
  var object: KubernetesObject?
  var field: FieldPath
  var node: Node
  /// The part of `node` that is the value, where it is not all of it.
  var part: Span?
  /// The name of the value.
  var key: String
  /// The value with the base64 of its place undone.
  var bytes: [UInt8] = []
  var isBase64 = false
  /// Whether the value is judged by itself, as what is meant to be secret; otherwise only what a search of the text
  /// found in it counts.
  var isMeantSecret = false
}

extension StructuredValue {
  /// The place of the value.
  var span: Span { part ?? node.span }

  /// The values of a file's objects that some rule is about.
  static func all(in file: ManifestFile, path: String) -> [StructuredValue] {
    var values: [StructuredValue] = []
    for object in file.objects {
      switch (object.identity.group, object.identity.kind) {
      case ("", "Secret"): values += secret(object)
      case ("", "ConfigMap"): values += configMap(object)
      case ("helm.toolkit.fluxcd.io", "HelmRelease"):
        if let node = object["spec", "values"] {
          nestedSecrets(node, "spec.values", object, depth: 0, &values)
          values.append(
            StructuredValue(
              rule: "secret-in-env", place: .helmValues, object: object, field: "spec.values", node: node, key: "values"
            ))
        }
      case ("kustomize.config.k8s.io", _): values += generators(object.root, object)
      default: environments(object.root, FieldPath(), object, depth: 0, &values)
      }
    }
    if KustomizationFileView.isNamed(path) {
      for root in file.others { values += generators(root, nil) }
    }
    return values
  }

  private static func secret(_ object: KubernetesObject) -> [StructuredValue] {
    guard object.root.entry("sops") == nil else { return [] }
    return ["data", "stringData"].flatMap { field in
      (object.root.entry(field)?.value.entries ?? []).compactMap { entry -> StructuredValue? in
        guard let text = entry.value.text else { return nil }
        let isBase64 = field == "data" && !text.contains("$") && !text.contains("{")
        return StructuredValue(
          rule: "plaintext-secret", place: .secretData, object: object,
          field: FieldPath([.key(field), .key(entry.name)]),
          node: entry.value, key: entry.name, bytes: isBase64 ? Base64.decode(text.utf8) : Array(text.utf8),
          isBase64: isBase64, isMeantSecret: true)
      }
    }
  }

  /// The values of Secrets that a chart makes: those in a map called as a Secret's, wherever the chart wants it.
  private static func nestedSecrets(
    _ node: Node, _ path: FieldPath, _ object: KubernetesObject, depth: Int, _ values: inout [StructuredValue]
  ) {
    guard depth < 40 else { return }
    for (number, item) in node.items.enumerated() {
      nestedSecrets(item, path.index(number), object, depth: depth + 1, &values)
    }
    for entry in node.entries {
      let place = path.key(entry.name)
      guard entry.value.isMapping, ["stringData", "secretEnv"].contains(entry.name) else {
        nestedSecrets(entry.value, place, object, depth: depth + 1, &values)
        continue
      }
      for value in entry.value.entries {
        guard let text = value.value.text else { continue }
        values.append(
          StructuredValue(
            rule: "secret-in-env", place: .secretData, object: object, field: place.key(value.name), node: value.value,
            key: value.name, bytes: Array(text.utf8), isMeantSecret: true))
      }
    }
  }

  private static func configMap(_ object: KubernetesObject) -> [StructuredValue] {
    ["data", "binaryData"].flatMap { field in
      (object.root.entry(field)?.value.entries ?? []).map { entry in
        StructuredValue(
          rule: "secret-in-configmap", place: .configMap, object: object,
          field: FieldPath([.key(field), .key(entry.name)]), node: entry.value, key: entry.name)
      }
    }
  }

  /// The literals of a kustomization's generators.
  private static func generators(_ root: Node, _ object: KubernetesObject?) -> [StructuredValue] {
    var values: [StructuredValue] = []
    for (list, rule) in [
      ("secretGenerator", "secret-generator-literal"), ("configMapGenerator", "secret-in-configmap"),
    ] {
      for (number, generator) in (root.entry(list)?.value.items ?? []).enumerated() {
        let path = FieldPath([.key(list), generator["name"]?.text.map { .item($0) } ?? .index(number)])
        for literal in generator.entry("literals")?.value.items ?? [] {
          guard let text = literal.text, let equal = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
          let name = String(text[..<equal])
          let value = Array(text.utf8[text.utf8.index(after: equal)...])
          values.append(
            StructuredValue(
              rule: rule, place: list == "secretGenerator" ? .secretData : .configMap, object: object,
              field: path.key("literals").item(name), node: literal, part: literal.end(value.count), key: name,
              bytes: value, isMeantSecret: list == "secretGenerator"))
        }
      }
    }
    return values
  }

  /// The values of containers' environments, wherever a pod's template is.
  private static func environments(
    _ node: Node, _ path: FieldPath, _ object: KubernetesObject, depth: Int, _ values: inout [StructuredValue]
  ) {
    guard depth < 40 else { return }
    for (number, item) in node.items.enumerated() {
      let step = item["name"]?.text.map { path.item($0) } ?? path.index(number)
      environments(item, step, object, depth: depth + 1, &values)
    }
    for entry in node.entries {
      let place = path.key(entry.name)
      if entry.name == "env", entry.value.isSequence {
        for variable in entry.value.items {
          guard let name = variable["name"]?.text, let value = variable.entry("value")?.value, value.text != nil else {
            continue
          }
          values.append(
            StructuredValue(
              rule: "secret-in-env", place: .environment, object: object, field: place.item(name).key("value"),
              node: value, key: name))
        }
      } else if entry.value.isMapping || entry.value.isSequence {
        environments(entry.value, place, object, depth: depth + 1, &values)
      }
    }
  }

  /// The field in which a place within this value stands.
  func field(at span: Span) -> FieldPath { leaf(at: span).field }

  /// The place of the whole scalar on one line in which a place within this value stands.
  func scalar(at span: Span) -> Span? {
    if let part { return part }
    let node = leaf(at: span).node
    return node.text != nil && node.span.startLine == node.span.endLine ? node.span : nil
  }

  private func leaf(at span: Span) -> (field: FieldPath, node: Node) {
    var path = field
    var node = self.node
    var depth = 0
    while depth < 40 {
      depth += 1
      if let entry = node.entries.first(where: { $0.value.span.holds(span) }) {
        path = path.key(entry.name)
        node = entry.value
      } else if let (number, item) = node.items.enumerated().first(where: { $0.element.span.holds(span) }) {
        path = item["name"]?.text.map { path.item($0) } ?? path.index(number)
        node = item
      } else {
        break
      }
    }
    return (path, node)
  }
}

extension Span {
  /// Whether the other span starts within this one.
  fileprivate func holds(_ other: Span) -> Bool {
    (startLine, startColumn) <= (other.startLine, other.startColumn)
      && (other.startLine, other.startColumn) < (endLine, endColumn)
  }
}

extension Node {
  /// The place of the last bytes of a scalar that stands on one line as it is; `nil` for any other.
  fileprivate func end(_ count: Int) -> Span? {
    guard let text, span.startLine == span.endLine else { return nil }
    let quotes = Int(span.endColumn) - Int(span.startColumn) - text.utf8.count
    guard quotes == 0 || quotes == 2 else { return nil }
    var part = span
    part.endColumn -= UInt32(quotes / 2)
    part.startColumn = part.endColumn - UInt32(count)
    return part
  }
}
