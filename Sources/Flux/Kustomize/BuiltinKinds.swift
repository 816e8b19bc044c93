/// The kinds of Kubernetes itself that kustomize 5.8 has a schema for (Kubernetes 1.21's API, as kustomize carries it).
package enum BuiltinKinds {
  /// Kinds by `apiVersion`; a star marks those that belong to no namespace.
  private static let names: [String: String] = [
    "admissionregistration.k8s.io/v1": "*MutatingWebhookConfiguration *ValidatingWebhookConfiguration",
    "admissionregistration.k8s.io/v1beta1": "*MutatingWebhookConfiguration *ValidatingWebhookConfiguration",
    "apiextensions.k8s.io/v1": "*CustomResourceDefinition",
    "apiextensions.k8s.io/v1beta1": "*CustomResourceDefinition",
    "apiregistration.k8s.io/v1": "*APIService",
    "apiregistration.k8s.io/v1beta1": "*APIService",
    "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
    "authentication.k8s.io/v1": "TokenRequest TokenReview",
    "authentication.k8s.io/v1beta1": "TokenReview",
    "authorization.k8s.io/v1":
      "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "authorization.k8s.io/v1beta1":
      "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "autoscaling/v1": "HorizontalPodAutoscaler Scale",
    "autoscaling/v2beta1": "HorizontalPodAutoscaler",
    "autoscaling/v2beta2": "HorizontalPodAutoscaler",
    "batch/v1": "CronJob Job",
    "batch/v1beta1": "CronJob",
    "certificates.k8s.io/v1": "*CertificateSigningRequest",
    "certificates.k8s.io/v1beta1": "*CertificateSigningRequest",
    "coordination.k8s.io/v1": "Lease",
    "coordination.k8s.io/v1beta1": "Lease",
    "discovery.k8s.io/v1": "EndpointSlice",
    "discovery.k8s.io/v1beta1": "EndpointSlice",
    "events.k8s.io/v1": "Event",
    "events.k8s.io/v1beta1": "Event",
    "extensions/v1beta1": "Ingress",
    "flowcontrol.apiserver.k8s.io/v1beta1": "*FlowSchema *PriorityLevelConfiguration",
    "networking.k8s.io/v1": "Ingress *IngressClass NetworkPolicy",
    "networking.k8s.io/v1beta1": "Ingress *IngressClass",
    "node.k8s.io/v1": "*RuntimeClass",
    "node.k8s.io/v1beta1": "*RuntimeClass",
    "policy/v1": "PodDisruptionBudget",
    "policy/v1beta1": "Eviction PodDisruptionBudget *PodSecurityPolicy",
    "rbac.authorization.k8s.io/v1": "*ClusterRole *ClusterRoleBinding Role RoleBinding",
    "rbac.authorization.k8s.io/v1beta1": "*ClusterRole *ClusterRoleBinding Role RoleBinding",
    "scheduling.k8s.io/v1": "*PriorityClass",
    "scheduling.k8s.io/v1beta1": "*PriorityClass",
    "storage.k8s.io/v1": "*CSIDriver *CSINode *StorageClass *VolumeAttachment",
    "storage.k8s.io/v1beta1": "*CSIDriver *CSINode CSIStorageCapacity *StorageClass *VolumeAttachment",
    "v1":
      "Binding *ComponentStatus ConfigMap Endpoints Event LimitRange *Namespace *Node *NodeProxyOptions "
      + "*PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota "
      + "Secret Service ServiceAccount",
  ]

  private static let kinds: [String: [String: Bool]] = names.mapValues { text in
    var table: [String: Bool] = [:]
    for word in text.split(separator: " ") {
      let isClusterScoped = word.hasPrefix("*")
      table[String(isClusterScoped ? word.dropFirst() : word)] = isClusterScoped
    }
    return table
  }

  /// Whether kustomize knows the kind, so that lists in it may have merge keys.
  static func isKnown(apiVersion: String, kind: String) -> Bool { kinds[apiVersion]?[kind] != nil }

  /// Whether objects of the kind are known to belong to a namespace: those of Kubernetes itself and of Flux.
  package static func isNamespaced(apiVersion: String, kind: String) -> Bool {
    kinds[apiVersion]?[kind] == false || apiVersion.contains(".toolkit.fluxcd.io/")
  }

  /// Whether kustomize knows that objects of the kind belong to no namespace; it takes every custom kind for one that
  /// does.
  static func isClusterScoped(apiVersion: String, kind: String) -> Bool { kinds[apiVersion]?[kind] ?? false }
}
