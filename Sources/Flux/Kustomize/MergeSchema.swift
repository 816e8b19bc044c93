/// How lists of the kinds of Kubernetes itself are merged: the merge keys of the published API.
struct MergeSchema {
  /// What a field holds.
  enum Field: Sendable {
    /// An object of a type of the table.
    case object(String)
    /// A list whose items are found by these keys; the items' type if it has lists of its own.
    case keyed([String], String?)
    /// A list of scalars that is merged as a set.
    case scalars
  }

  private let fields: [String: Field]

  private init(_ type: String) { fields = MergeSchema.types[type] ?? [:] }

  /// The schema of an object of a kind, `nil` for a custom kind.
  init?(apiVersion: String, kind: String) {
    guard BuiltinKinds.isKnown(apiVersion: apiVersion, kind: kind) else { return nil }
    self.init(MergeSchema.roots[kind] ?? "Object")
  }

  /// What a field holds, `nil` where it has nothing to merge by.
  func field(_ name: String) -> Field? { fields[name] }

  /// The schema of a type of the table.
  static func of(_ type: String) -> MergeSchema { MergeSchema(type) }

  private static let roots: [String: String] = [
    "Pod": "Pod", "PodTemplate": "PodTemplate", "Deployment": "Workload", "ReplicaSet": "Workload",
    "DaemonSet": "Workload", "StatefulSet": "Workload", "ReplicationController": "Workload", "Job": "Workload",
    "CronJob": "CronJob", "Service": "Service", "ServiceAccount": "ServiceAccount",
    "MutatingWebhookConfiguration": "Webhooks", "ValidatingWebhookConfiguration": "Webhooks", "Node": "Node",
    "Namespace": "Conditioned", "PersistentVolumeClaim": "Conditioned", "PodDisruptionBudget": "Conditioned",
    "APIService": "Conditioned", "CSINode": "CSINode", "ComponentStatus": "ComponentStatus",
  ]

  private static let types: [String: [String: Field]] = [
    "Meta": ["finalizers": .scalars, "ownerReferences": .keyed(["uid"], nil)],
    "Object": ["metadata": .object("Meta")],
    "Pod": ["metadata": .object("Meta"), "spec": .object("PodSpec"), "status": .object("PodStatus")],
    "PodStatus": ["conditions": .keyed(["type"], nil), "podIPs": .keyed(["ip"], nil)],
    "PodTemplate": ["metadata": .object("Meta"), "template": .object("PodTemplateSpec")],
    "PodTemplateSpec": ["metadata": .object("Meta"), "spec": .object("PodSpec")],
    "PodSpec": [
      "containers": .keyed(["name"], "Container"), "initContainers": .keyed(["name"], "Container"),
      "ephemeralContainers": .keyed(["name"], "EphemeralContainer"), "hostAliases": .keyed(["ip"], nil),
      "imagePullSecrets": .keyed(["name"], nil),
      "topologySpreadConstraints": .keyed(["topologyKey", "whenUnsatisfiable"], nil),
      "volumes": .keyed(["name"], "Volume"),
    ],
    "Container": [
      "env": .keyed(["name"], nil), "ports": .keyed(["containerPort", "protocol"], nil),
      "volumeDevices": .keyed(["devicePath"], nil), "volumeMounts": .keyed(["mountPath"], nil),
    ],
    "EphemeralContainer": [
      "env": .keyed(["name"], nil), "volumeDevices": .keyed(["devicePath"], nil),
      "volumeMounts": .keyed(["mountPath"], nil),
    ],
    "Volume": ["ephemeral": .object("EphemeralVolume")],
    "EphemeralVolume": ["volumeClaimTemplate": .object("Object")],
    "Workload": ["metadata": .object("Meta"), "spec": .object("WorkloadSpec"), "status": .object("Conditions")],
    "WorkloadSpec": ["template": .object("PodTemplateSpec")],
    "Conditions": ["conditions": .keyed(["type"], nil)],
    "Conditioned": ["metadata": .object("Meta"), "status": .object("Conditions")],
    "CronJob": ["metadata": .object("Meta"), "spec": .object("CronJobSpec")],
    "CronJobSpec": ["jobTemplate": .object("JobTemplateSpec")],
    "JobTemplateSpec": ["metadata": .object("Meta"), "spec": .object("WorkloadSpec")],
    "Service": ["metadata": .object("Meta"), "spec": .object("ServiceSpec"), "status": .object("Conditions")],
    "ServiceSpec": ["ports": .keyed(["port", "protocol"], nil)],
    "ServiceAccount": ["metadata": .object("Meta"), "secrets": .keyed(["name"], nil)],
    "Webhooks": ["metadata": .object("Meta"), "webhooks": .keyed(["name"], nil)],
    "Node": ["metadata": .object("Meta"), "spec": .object("NodeSpec"), "status": .object("NodeStatus")],
    "NodeSpec": ["podCIDRs": .scalars],
    "NodeStatus": ["addresses": .keyed(["type"], nil), "conditions": .keyed(["type"], nil)],
    "CSINode": ["metadata": .object("Meta"), "spec": .object("CSINodeSpec")],
    "CSINodeSpec": ["drivers": .keyed(["name"], nil)],
    "ComponentStatus": ["metadata": .object("Meta"), "conditions": .keyed(["type"], nil)],
  ]
}
