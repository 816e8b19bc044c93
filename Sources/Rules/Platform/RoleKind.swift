internal import Manifests

/// The kinds of role-based access control.
enum RoleKind {
  static let group = "rbac.authorization.k8s.io"
  static let role = GroupKind(group: group, kind: "Role")
  static let binding = GroupKind(group: group, kind: "RoleBinding")
  static let clusterRole = GroupKind(group: group, kind: "ClusterRole")
  static let clusterBinding = GroupKind(group: group, kind: "ClusterRoleBinding")

  /// The API groups that Kubernetes itself serves and that hold what runs, or decide who may do what.
  static let builtIn: Set<String> = [
    "*", "", "apps", "batch", "autoscaling", "policy", "rbac.authorization.k8s.io", "admissionregistration.k8s.io",
    "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
    "certificates.k8s.io", "networking.k8s.io", "node.k8s.io", "storage.k8s.io", "coordination.k8s.io",
  ]
}
