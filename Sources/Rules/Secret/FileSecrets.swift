package import Policy

extension Catalogue {
  /// Descriptions of what is told by a file: by its name, its bytes and the manifests in it. They are judged where bytes
  /// are searched for credentials, each distinct file once, and not by a rule.
  package static let fileSecrets: [RuleInfo] = keyFiles + places + encryption

  private static let keyFiles: [RuleInfo] = [
    RuleInfo(
      "kubeconfig-or-keyfile", .critical, .secret,
      summary: "A file that is a kubeconfig, a private key or a cluster backup by its name.",
      why: """
        The EKS Anywhere CLI clones the repository right beside the cluster's kubeconfig, SSH key and backup, so that one \
        `git add .` publishes an administrator's access.
        """,
      remediation: """
        Take the file out of Git, add its name to .gitignore, and renew the credentials: \
        `eksctl anywhere generate kubeconfig`, new SSH keys in the machine configs.
        """,
      references: [References.bestPractices]),
    RuleInfo(
      "hardware-csv", .critical, .secret,
      summary: "A hardware inventory with passwords of baseboard management controllers.",
      why: """
        Whoever has such a password controls the server below its operating system: power, boot device, console. It can be \
        re-imaged at will.
        """,
      remediation: "Change the passwords on the boards, and keep the inventory outside Git.",
      references: [References.bestPractices]),
  ]
}
