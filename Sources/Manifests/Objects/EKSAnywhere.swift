/// Names of the EKS Anywhere API, as `api/v1alpha1` of aws/eks-anywhere has them.
package enum EKSAnywhere {
  /// The API group of every EKS Anywhere kind.
  package static let group = "anywhere.eks.amazonaws.com"
  /// The cluster itself; not the Cluster API's kind of the same name.
  package static let cluster = GroupKind(group: group, kind: "Cluster")

  /// The full name of an EKS Anywhere annotation, `anywhere.eks.amazonaws.com/paused` for `paused`.
  package static func annotation(_ name: String) -> String { "\(group)/\(name)" }
}
