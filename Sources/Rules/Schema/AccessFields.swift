/// The fields under `spec` of the identity and GitOps kinds, read off the custom resource definitions of EKS Anywhere v0.26.
enum AccessFields {
  static let texts: [String: String] = [
    "AWSIamConfig": """
    awsRegion! string
    backendMode[]! string
    mapRoles[]
      groups[] string
      roleARN! string
      username! string
    mapUsers[]
      groups[] string
      userARN! string
      username! string
    partition string
    """,
    "OIDCConfig": """
    clientId string
    groupsClaim string
    groupsPrefix string
    issuerUrl string
    requiredClaims[]
      claim string
      value string
    usernameClaim string
    usernamePrefix string
    """,
    "FluxConfig": """
    branch string
    clusterConfigPath string
    git
      repositoryUrl! string
      sshKeyAlgorithm string
    github
      owner! string
      personal bool
      repository! string
    systemNamespace string
    """,
    "GitOpsConfig": """
    flux
      github
        branch string
        clusterConfigPath string
        fluxSystemNamespace string
        owner! string
        personal bool
        repository! string
    """,
  ]
}
