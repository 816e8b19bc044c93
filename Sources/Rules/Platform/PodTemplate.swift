internal import Flux
internal import Manifests

/// The pods that an object makes.
struct PodTemplate {
  static let kinds = [
    GroupKind(group: "", kind: "Pod"), CoreKind.deployment, CoreKind.statefulSet,
    GroupKind(group: "apps", kind: "DaemonSet"),
    GroupKind(group: "apps", kind: "ReplicaSet"), GroupKind(group: "batch", kind: "Job"),
    GroupKind(group: "batch", kind: "CronJob"), GroupKind(group: "", kind: "ReplicationController"),
  ]

  /// The way from the object to the pod's `spec`.
  let path: FieldPath
  let spec: Node

  init?(_ object: KubernetesObject) {
    guard PodTemplate.kinds.contains(object.groupKind) else { return nil }
    switch object.identity.kind {
    case "Pod": path = "spec"
    case "CronJob": path = "spec.jobTemplate.spec.template.spec"
    default: path = "spec.template.spec"
    }
    guard let spec = object.root.value(at: path) else { return nil }
    self.spec = spec
  }

  /// One container of a pod.
  struct Container {
    var name: String
    var node: Node
    var path: FieldPath
  }

  /// All containers, the initial ones too.
  var containers: [Container] {
    ["containers", "initContainers"].flatMap { list in
      (spec[list]?.items ?? []).enumerated().map { index, node in
        let name = node["name"]?.text ?? String(index)
        return Container(name: name, node: node, path: path.key(list).item(name))
      }
    }
  }

  func container(named name: String) -> Container? { containers.first { $0.name == name } }
}
