extension KubernetesObject {
  /// Whether the API server refuses to delete the object: the namespaces that `NamespaceLifecycle` of Kubernetes calls
  /// immortal (`pkg/kubeapiserver/options` of kubernetes/kubernetes). `kube-node-lease` is none of them.
  package var isUndeletable: Bool {
    identity.group.isEmpty && identity.kind == "Namespace"
      && ["default", "kube-system", "kube-public"].contains(identity.name)
  }
}
