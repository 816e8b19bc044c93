/// The fields that kustomize's transformers set, for the kinds of Kubernetes itself.
struct TransformerTables: Sendable {
  /// Fields that hold the name of an object of a kind.
  struct Reference: Sendable {
    var target: FieldSpec
    var referrers: [FieldSpec]
  }

  var commonLabels = TransformerTables.selectorLabels + TransformerTables.metadataLabels
  var templateLabels = TransformerTables.metadataLabels
  /// Further places of every `labels` entry, from `configurations`.
  var labels: [FieldSpec] = []
  var commonAnnotations = TransformerTables.annotations
  var namespace = TransformerTables.namespaces
  var namePrefix = [FieldSpec(path: "metadata/name")]
  var nameSuffix = [FieldSpec(path: "metadata/name")]
  var images = TransformerTables.imageFields
  var replicas = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map {
    FieldSpec($0, path: "spec/replicas", creates: true)
  }
  /// Fields with names of other objects, by the kind that has the field; an empty kind means all.
  private(set) var referrers = TransformerTables.builtinReferrers
  /// Whether `configurations` files say nothing of names.
  private(set) var hasBuiltinReferrers = true

  /// Adds what `configurations` files say of names.
  mutating func add(_ references: [Reference]) {
    if !references.isEmpty { hasBuiltinReferrers = false }
    for reference in references {
      for spec in reference.referrers { referrers[spec.kind, default: []].append((spec, reference.target)) }
    }
  }

  /// A field that holds a name, with the kind of object it names.
  typealias NamingField = (field: FieldSpec, target: FieldSpec)

  /// The fields of objects of a kind that hold names.
  func referrers(of kind: String) -> [NamingField] {
    (referrers[kind] ?? []) + (referrers[""] ?? [])
  }

  private static let podHolders: [(kind: String, version: String, path: String)] = [
    ("Pod", "v1", "spec"), ("PodTemplate", "", "template/spec"), ("Deployment", "", "spec/template/spec"),
    ("ReplicaSet", "", "spec/template/spec"), ("DaemonSet", "", "spec/template/spec"),
    ("StatefulSet", "", "spec/template/spec"), ("Job", "", "spec/template/spec"),
    ("CronJob", "", "spec/jobTemplate/spec/template/spec"),
  ]

  private static let metadataLabels: [FieldSpec] =
    [
      FieldSpec(path: "metadata/labels", creates: true),
      FieldSpec("ReplicationController", version: "v1", path: "spec/template/metadata/labels", creates: true),
    ]
    + ["Deployment", "ReplicaSet", "DaemonSet"].map {
      FieldSpec($0, path: "spec/template/metadata/labels", creates: true)
    }
    + [
      FieldSpec("StatefulSet", group: "apps", path: "spec/template/metadata/labels", creates: true),
      FieldSpec("StatefulSet", group: "apps", path: "spec/volumeClaimTemplates[]/metadata/labels", creates: true),
      FieldSpec("Job", group: "batch", path: "spec/template/metadata/labels", creates: true),
      FieldSpec("CronJob", group: "batch", path: "spec/jobTemplate/metadata/labels", creates: true),
      FieldSpec("CronJob", group: "batch", path: "spec/jobTemplate/spec/template/metadata/labels", creates: true),
    ]

  private static let annotations: [FieldSpec] =
    [
      FieldSpec(path: "metadata/annotations", creates: true),
      FieldSpec("ReplicationController", version: "v1", path: "spec/template/metadata/annotations", creates: true),
    ]
    + ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"].map {
      FieldSpec($0, path: "spec/template/metadata/annotations", creates: true)
    }
    + [
      FieldSpec("Job", group: "batch", path: "spec/template/metadata/annotations", creates: true),
      FieldSpec("CronJob", group: "batch", path: "spec/jobTemplate/metadata/annotations", creates: true),
      FieldSpec(
        "CronJob", group: "batch", path: "spec/jobTemplate/spec/template/metadata/annotations", creates: true),
    ]

  private static let affinityPaths = [
    "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "topologySpreadConstraints/labelSelector/matchLabels",
  ]

  private static let selectorLabels: [FieldSpec] =
    [
      FieldSpec("Service", version: "v1", path: "spec/selector", creates: true),
      FieldSpec("ReplicationController", version: "v1", path: "spec/selector", creates: true),
      FieldSpec("Deployment", path: "spec/selector/matchLabels", creates: true),
      FieldSpec("ReplicaSet", path: "spec/selector/matchLabels", creates: true),
      FieldSpec("DaemonSet", path: "spec/selector/matchLabels", creates: true),
      FieldSpec("StatefulSet", group: "apps", path: "spec/selector/matchLabels", creates: true),
    ]
    + ["Deployment", "StatefulSet"].flatMap { kind in
      affinityPaths.map { FieldSpec(kind, group: "apps", path: "spec/template/spec/" + $0) }
    }
    + [
      FieldSpec("Job", group: "batch", path: "spec/selector/matchLabels"),
      FieldSpec("CronJob", group: "batch", path: "spec/jobTemplate/spec/selector/matchLabels"),
      FieldSpec("PodDisruptionBudget", group: "policy", path: "spec/selector/matchLabels"),
      FieldSpec("NetworkPolicy", group: "networking.k8s.io", path: "spec/podSelector/matchLabels"),
      FieldSpec("NetworkPolicy", group: "networking.k8s.io", path: "spec/ingress/from/podSelector/matchLabels"),
      FieldSpec("NetworkPolicy", group: "networking.k8s.io", path: "spec/egress/to/podSelector/matchLabels"),
    ]

  static let namespaces = [
    FieldSpec("Namespace", path: "metadata/name", creates: true),
    FieldSpec("APIService", group: "apiregistration.k8s.io", path: "spec/service/namespace", creates: true),
    FieldSpec(
      "CustomResourceDefinition", group: "apiextensions.k8s.io",
      path: "spec/conversion/webhook/clientConfig/service/namespace"),
  ]

  private static let imageFields = ["spec/", "spec/template/spec/"].flatMap { prefix in
    ["containers[]/image", "initContainers[]/image", "volumes[]/image/reference"].map {
      FieldSpec(path: prefix + $0, creates: true)
    }
  }

  /// Fields of every pod, in every kind that holds one.
  private static func inPods(_ paths: [String]) -> [FieldSpec] {
    podHolders.flatMap { holder in
      paths.map { FieldSpec(holder.kind, version: holder.version, path: holder.path + "/" + $0) }
    }
  }

  /// Fields of pods in the kinds that kustomize lists for claims, accounts and priorities.
  private static func inWorkloads(_ path: String) -> [FieldSpec] {
    [("Pod", "spec/"), ("CronJob", "spec/jobTemplate/spec/template/spec/")].map { FieldSpec($0, path: $1 + path) }
      + ["StatefulSet", "Deployment", "ReplicationController", "Job", "DaemonSet"].map {
        FieldSpec($0, path: "spec/template/spec/" + path)
      }
  }

  private static let rbac = "rbac.authorization.k8s.io"
  private static let admission = "admissionregistration.k8s.io"

  /// In kustomize's order of kinds, for the first kind that has the name is taken.
  private static let scaled = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].map {
    Reference(
      target: FieldSpec($0, path: ""),
      referrers: [FieldSpec("HorizontalPodAutoscaler", path: "spec/scaleTargetRef/name")])
  }

  private static let configMaps = Reference(
    target: FieldSpec("ConfigMap", version: "v1", path: ""),
    referrers: inPods([
      "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name",
      "initContainers/env/valueFrom/configMapKeyRef/name", "containers/envFrom/configMapRef/name",
      "initContainers/envFrom/configMapRef/name", "volumes/projected/sources/configMap/name",
    ]) + [
      FieldSpec("Node", path: "spec/configSource/configMap"), FieldSpec("Role", path: "rules/resourceNames"),
      FieldSpec("ClusterRole", path: "rules/resourceNames"),
      FieldSpec("Ingress", path: #"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap"#),
    ])

  private static let secrets = Reference(
    target: FieldSpec("Secret", version: "v1", path: ""),
    referrers: inPods([
      "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name",
      "initContainers/env/valueFrom/secretKeyRef/name", "containers/envFrom/secretRef/name",
      "initContainers/envFrom/secretRef/name", "imagePullSecrets/name", "volumes/projected/sources/secret/name",
    ]) + [
      FieldSpec("Ingress", path: "spec/tls/secretName"),
      FieldSpec("Ingress", path: #"metadata/annotations/ingress.kubernetes.io\/auth-secret"#),
      FieldSpec("Ingress", path: #"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret"#),
      FieldSpec("Ingress", path: #"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret"#),
      FieldSpec("ServiceAccount", path: "imagePullSecrets/name"),
      FieldSpec("StorageClass", path: "parameters/secretName"),
      FieldSpec("StorageClass", path: "parameters/adminSecretName"),
      FieldSpec("StorageClass", path: "parameters/userSecretName"),
      FieldSpec("StorageClass", path: "parameters/secretRef"), FieldSpec("Role", path: "rules/resourceNames"),
      FieldSpec("ClusterRole", path: "rules/resourceNames"),
      FieldSpec(
        "Service", group: "serving.knative.dev", version: "v1",
        path: "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
      FieldSpec("PersistentVolume", path: "spec/azureFile/secretName"),
    ])

  private static let services = Reference(
    target: FieldSpec("Service", version: "v1", path: ""),
    referrers: [
      FieldSpec("StatefulSet", group: "apps", path: "spec/serviceName"),
      FieldSpec("Ingress", path: "spec/rules/http/paths/backend/serviceName"),
      FieldSpec("Ingress", path: "spec/backend/serviceName"),
      FieldSpec("Ingress", path: "spec/rules/http/paths/backend/service/name"),
      FieldSpec("Ingress", path: "spec/defaultBackend/service/name"),
      FieldSpec("APIService", group: "apiregistration.k8s.io", path: "spec/service/name"),
      FieldSpec("ValidatingWebhookConfiguration", group: admission, path: "webhooks/clientConfig/service"),
      FieldSpec("MutatingWebhookConfiguration", group: admission, path: "webhooks/clientConfig/service"),
    ])

  private static let roles = [
    Reference(
      target: FieldSpec("Role", group: rbac, path: ""),
      referrers: [FieldSpec("RoleBinding", group: rbac, path: "roleRef/name")]),
    Reference(
      target: FieldSpec("ClusterRole", group: rbac, path: ""),
      referrers: [
        FieldSpec("RoleBinding", group: rbac, path: "roleRef/name"),
        FieldSpec("ClusterRoleBinding", group: rbac, path: "roleRef/name"),
      ]),
    Reference(
      target: FieldSpec("ServiceAccount", version: "v1", path: ""),
      referrers: [
        FieldSpec("RoleBinding", group: rbac, path: "subjects"),
        FieldSpec("ClusterRoleBinding", group: rbac, path: "subjects"),
      ] + inWorkloads("serviceAccountName")),
  ]

  private static let storage = [
    Reference(
      target: FieldSpec("PersistentVolumeClaim", version: "v1", path: ""),
      referrers: inWorkloads("volumes/persistentVolumeClaim/claimName")),
    Reference(
      target: FieldSpec("PersistentVolume", version: "v1", path: ""),
      referrers: [
        FieldSpec("PersistentVolumeClaim", path: "spec/volumeName"),
        FieldSpec("ClusterRole", path: "rules/resourceNames"),
      ]),
    Reference(
      target: FieldSpec("StorageClass", group: "storage.k8s.io", version: "v1", path: ""),
      referrers: [
        FieldSpec("PersistentVolume", path: "spec/storageClassName"),
        FieldSpec("PersistentVolumeClaim", path: "spec/storageClassName"),
        FieldSpec("StatefulSet", path: "spec/volumeClaimTemplates/spec/storageClassName"),
      ]),
  ]

  private static let builtinReferences =
    scaled + [configMaps, secrets, services] + roles + storage + [
      Reference(
        target: FieldSpec("PriorityClass", group: "scheduling.k8s.io", version: "v1", path: ""),
        referrers: inWorkloads("priorityClassName")),
      Reference(
        target: FieldSpec("ValidatingAdmissionPolicy", group: admission, path: ""),
        referrers: [FieldSpec("ValidatingAdmissionPolicyBinding", group: admission, path: "spec/policyName")]),
    ]

  private static let builtinReferrers: [String: [(field: FieldSpec, target: FieldSpec)]] = {
    var table: [String: [(field: FieldSpec, target: FieldSpec)]] = [:]
    for reference in builtinReferences {
      for spec in reference.referrers { table[spec.kind, default: []].append((spec, reference.target)) }
    }
    return table
  }()
}
