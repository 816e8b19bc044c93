/// Pages that the rules point their readers to.
enum References {
  static let bestPractices = "https://anywhere.eks.amazonaws.com/docs/clustermgmt/security/best-practices/"
  static let gitOps = "https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-flux/"
  static let scaling = "https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-scale/"
  static let autoscaling = "https://anywhere.eks.amazonaws.com/docs/getting-started/optional/autoscaling/"
  static let upgrade = "https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-upgrades/"
  static let deletion = "https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-delete/"
  static let etcd = "https://anywhere.eks.amazonaws.com/docs/getting-started/optional/etcd/"
  static let secretsPractices = "https://kubernetes.io/docs/concepts/security/secrets-good-practices/"
  static let sops = "https://fluxcd.io/flux/guides/mozilla-sops/"
  static let fluxPrune = "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"
  static let gitHubTokens =
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation"
}
