internal import Manifests

/// The kinds of role-based access control.
enum RoleKind {
  static let group = "rbac.authorization.k8s.io"
  static let role = GroupKind(group: group, kind: "Role")
  static let binding = GroupKind(group: group, kind: "RoleBinding")
  static let clusterRole = GroupKind(group: group, kind: "ClusterRole")
  static let clusterBinding = GroupKind(group: group, kind: "ClusterRoleBinding")
}
