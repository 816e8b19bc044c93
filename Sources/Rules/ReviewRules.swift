package import Policy

extension Catalogue {
  /// Descriptions of what is told by the history and the owners of files, not by an object's edit. They are judged where
  /// Git is read.
  package static let reviewing: [RuleInfo] = [upgradeOverdue, ownersGap, unreviewed]

  private static let upgradeOverdue = RuleInfo(
    "upgrade-overdue", .low, .version,
    summary: "A cluster has not been upgraded for more than a year.",
    why: """
      EKS Anywhere renews the certificates of the control plane and of etcd with an upgrade; they are good for one year. \
      An audit compares the newest commit of HEAD with the last that changed kubernetesVersion, eksaVersion or bundlesRef.
      """,
    remediation: """
      Upgrade the cluster by one version, or renew its certificates by hand: `eksctl anywhere renew certificates`.
      """,
    references: [References.upgrade])

  private static let ownersGap = RuleInfo(
    "codeowners-gap", .medium, .process,
    summary: "A file that Flux applies has no owner in CODEOWNERS.",
    why: """
      Where the forge asks for the owners' review, a file without an owner is merged with anyone's approval; what it says \
      is applied to the clusters all the same.
      """,
    remediation: "Add a line to CODEOWNERS that covers the file, with the team that runs the cluster as its owner.",
    references: [
      References.bestPractices,
      "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
    ])

  private static let unreviewed = RuleInfo(
    "unreviewed-change", .medium, .process,
    summary: "A commit on the main line changes a cluster and bears no sign of a review.",
    why: """
      The security guide asks for a pull request and a second pair of eyes before anything reaches the branch that Flux \
      follows. Off unless the configuration asks for it: a forge that squashes without a reference hides its reviews.
      """,
    remediation: "Protect the branch, so that only reviewed pull requests reach it, and review the commit now.",
    references: [References.bestPractices])
}
