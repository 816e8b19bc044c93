internal import Manifests

/// Kinds that describe EKS clusters and AWS resources in other systems than EKS Anywhere.
enum CloudKind {
  /// eksctl's cluster file.
  static let eksctl = GroupKind(group: "eksctl.io", kind: "ClusterConfig")
  static let karpenterPool = GroupKind(group: "karpenter.sh", kind: "NodePool")
  static let karpenterClass = GroupKind(group: "karpenter.k8s.aws", kind: "EC2NodeClass")
  static let ackCluster = ack("eks", "Cluster")
  static let ackNodegroup = ack("eks", "Nodegroup")
  static let upboundCluster = upbound("eks", "Cluster")
  static let upboundNodegroup = upbound("eks", "NodeGroup")
  static let upboundRole = upbound("iam", "Role")
  static let ackRole = [ack("iam", "Role")]
  static let ackTemplate = [ack("ec2", "LaunchTemplate")]
  static let upboundTemplate = upbound("ec2", "LaunchTemplate")

  /// A kind of AWS Controllers for Kubernetes.
  static func ack(_ service: String, _ kind: String) -> GroupKind {
    GroupKind(group: "\(service).services.k8s.aws", kind: kind)
  }

  /// A kind of the Crossplane providers: cluster-scoped, namespaced, and of the community's older provider.
  static func upbound(_ service: String, _ kind: String) -> [GroupKind] {
    ["\(service).aws.upbound.io", "\(service).aws.m.upbound.io", "\(service).aws.crossplane.io"].map {
      GroupKind(group: $0, kind: kind)
    }
  }
}

extension References {
  static let eksSecurity = "https://docs.aws.amazon.com/eks/latest/best-practices/security.html"
  static let eksEncryption =
    "https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html"
  static let eksNetwork = "https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html"
  static let eksIdentity = "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html"
  static let eksPods = "https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html"
  static let eksTenants = "https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html"
  static let eksImages = "https://docs.aws.amazon.com/eks/latest/best-practices/image-security.html"
  static let eksAudit = "https://docs.aws.amazon.com/eks/latest/best-practices/auditing-and-logging.html"
  static let eksHosts = "https://docs.aws.amazon.com/eks/latest/best-practices/protecting-the-infrastructure.html"
  static let eksctlSchema = "https://schema.eksctl.io/"
  static let argoCD = "https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/"
  static let argoSync = "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/"
  static let externalSecrets = "https://external-secrets.io/latest/api/externalsecret/"
  static let podSecurity = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"
  static let rbac = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/"
}
