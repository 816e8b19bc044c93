/// Git forges.
enum Forges {
  static let types = github + gitlab + others

  private static let github: [CredentialType] = [
    .token(
      "github-pat", .critical, opens: "whatever its GitHub user may read and write",
      literals: ["ghp_"], pattern: "ghp_[0-9A-Za-z]{36}", checks: [.random, .base62Checksum],
      revoke: "Delete the token under GitHub Settings, Developer settings, then review the audit log of its user",
      see:
        "https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
      finds: [
        "ghp_{crc30}", "GITHUB_TOKEN=«ghp_{crc30}»\n", "url: https://x-access-token:«ghp_{n36}»@github.com/a/b.git",
      ],
      passes: ["ghp_{|}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ghp_{n20}", "ghp_{n50}"]),
    .token(
      "github-fine-grained-pat", .critical, opens: "the GitHub repositories and permissions chosen for it",
      literals: ["github_pat_"], pattern: "github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}",
      revoke: "Delete the token under GitHub Settings, Developer settings, then review what it was allowed to do",
      see:
        "https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
      finds: ["github_pat_{n22}_{n59}", "token: \"«github_pat_{n22}_{n59}»\""],
      passes: ["github_pat_{n22}", "github_pat_your_token_goes_here"]),
    .token(
      "github-oauth-token", .critical, opens: "what a GitHub user granted to an OAuth application",
      literals: ["gho_"], pattern: "gho_[0-9A-Za-z]{36}", checks: [.random, .base62Checksum],
      revoke: "Revoke the authorization of the application, then rotate the application's secret",
      see: "https://docs.github.com/apps/oauth-apps",
      finds: ["gho_{crc30}", "oauth_token: «gho_{crc30}»"], passes: ["gho_{n12}"]),
    .token(
      "github-app-token", .high, opens: "what a GitHub App may do in its installations, for an hour to eight hours",
      literals: ["ghs_", "ghu_"], pattern: "gh[su]_(?:[0-9A-Za-z]{36}(?![0-9A-Za-z_.-])|[0-9A-Za-z_.-]{80,700})",
      reach: 720,
      prefix: "gh", checks: [.random, .base62Checksum],
      revoke: "Revoke the installation token through the API, and replace the App's private key if that leaked too",
      see: "https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app",
      finds: ["ghs_{crc30}", "ghu_{crc30}", "GITHUB_TOKEN: «ghs_123456_{jwt}»\n"], passes: ["ghs_{n12}"]),
    .token(
      "github-refresh-token", .high, opens: "new user tokens of a GitHub App for six months",
      literals: ["ghr_"], pattern: "ghr_(?:[0-9A-Za-z]{76}|[0-9A-Za-z]{36})", checks: [.random, .base62Checksum],
      revoke: "Revoke the user's authorization of the App",
      see:
        "https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens",
      finds: ["ghr_{n76}", "refresh_token=«ghr_{crc30}»&x=1"], passes: ["ghr_{n12}"]),
  ]

  /// A GitLab token: a documented prefix and at least 20 characters, or the longer routable form with its three parts.
  @inline(never)
  private static func gitlab(
    _ id: String, _ severity: CredentialSeverity, _ prefix: String, opens: String, revoke: String
  ) -> CredentialType {
    .token(
      id, severity, opens: opens, literals: [prefix],
      pattern: prefix
        + #"(?:[0-9A-Za-z_-]{27,300}\.[0-9a-z]{2}\.[0-9a-z]{9}|[0-9A-Za-z_-]{20,70}(?:\.[0-9A-Za-z_.-]{4,40})?)"#,
      reach: 400, revoke: revoke, see: "https://docs.gitlab.com/security/tokens/",
      finds: ["\(prefix){w20}", "token: «\(prefix){n20}»\n"],
      passes: ["\(prefix){n9}", "\(prefix)xxxxxxxxxxxxxxxxxxxx"])
  }

  private static let gitlab: [CredentialType] = [
    gitlab(
      "gitlab-pat", .critical, "glpat-", opens: "what its GitLab user, group or project may do",
      revoke: "Revoke the token under Access tokens and read the audit events"),
    gitlab(
      "gitlab-oauth-secret", .high, "gloas-", opens: "a GitLab OAuth application as itself",
      revoke: "Renew the secret of the application"),
    gitlab(
      "gitlab-deploy-token", .high, "gldt-", opens: "repositories, packages and images of a GitLab project or group",
      revoke: "Revoke the deploy token in the repository settings"),
    gitlab(
      "gitlab-runner-token", .high, "glrt-", opens: "the jobs and variables handed to a GitLab runner",
      revoke: "Reset the runner's authentication token"),
    gitlab(
      "gitlab-runner-registration", .high, "glrtr-", opens: "registering a GitLab runner that receives jobs",
      revoke: "Reset the registration token"),
    gitlab(
      "gitlab-ci-job-token", .medium, "glcbt-", opens: "a GitLab project while one job runs",
      revoke: "Cancel the job; the token ends with it"),
    gitlab(
      "gitlab-trigger-token", .medium, "glptt-", opens: "starting pipelines of a GitLab project",
      revoke: "Revoke the pipeline trigger token"),
    gitlab(
      "gitlab-feed-token", .medium, "glft-", opens: "a user's GitLab activity and calendars",
      revoke: "Reset the feed token in the user's preferences"),
    gitlab(
      "gitlab-incoming-mail-token", .medium, "glimt-", opens: "creating GitLab issues by mail as a user",
      revoke: "Reset the incoming e-mail token in the user's preferences"),
    gitlab(
      "gitlab-agent-token", .critical, "glagent-",
      opens: "the connection of a GitLab agent with its Kubernetes cluster",
      revoke: "Revoke the agent's token and create another"),
    gitlab(
      "gitlab-workspace-token", .high, "glwt-", opens: "a GitLab workspace",
      revoke: "Stop the workspace and create another"),
    gitlab(
      "gitlab-scim-token", .high, "glsoat-", opens: "managing the members of a GitLab group",
      revoke: "Reset the SCIM token of the group"),
    gitlab(
      "gitlab-feature-flag-token", .low, "glffct-", opens: "reading the feature flags of a GitLab project",
      revoke: "Reset the instance id of the feature flags"),
    .token(
      "gitlab-legacy-registration", .high, opens: "registering a GitLab runner that receives jobs",
      literals: ["GR1348941"], pattern: "GR1348941[0-9A-Za-z_-]{20}",
      revoke: "Reset the registration token, or forbid registration tokens",
      see: "https://docs.gitlab.com/security/tokens/", finds: ["GR1348941{w20}"], passes: ["GR1348941{n5}"]),
  ]

  private static let others: [CredentialType] = [
    .token(
      "bitbucket-app-password", .critical, opens: "what a Bitbucket user granted to an app password",
      literals: ["ATBB"], pattern: "ATBB[0-9A-Za-z]{24,32}(?:[0-9A-F]{8})?",
      revoke: "Delete the app password and move to an API token",
      see: "https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/",
      finds: ["ATBB{n32}", "password: «ATBB{n24}{H8}»"], passes: ["ATBB{n8}"]),
    .token(
      "bitbucket-access-token", .high, opens: "a Bitbucket repository, project or workspace",
      literals: ["ATCTT3xFfG"], pattern: "ATCTT3xFfG[0-9A-Za-z+/=_-]{60,300}=[0-9A-F]{8}", reach: 420,
      revoke: "Revoke the access token in the settings of the repository, project or workspace",
      see: "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/",
      finds: ["ATCTT3xFfG{w160}={H8}"], passes: ["ATCTT3xFfG{n10}"]),
    .token(
      "atlassian-api-token", .critical, opens: "Jira, Confluence and Bitbucket as the user",
      literals: ["ATATT3"], pattern: "ATATT3[0-9A-Za-z+/=_-]{60,300}(?:=[0-9A-F]{8})?", reach: 420,
      revoke: "Revoke the token in the Atlassian account",
      see: "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
      finds: ["ATATT3{w180}={H8}"], passes: ["ATATT3{n20}"]),
    .assigned(
      "gitea-token", .critical, opens: "what its Gitea user may read and write",
      vendors: ["gitea"], names: ["token", "accesstoken"], pattern: "[0-9a-f]{40}",
      revoke: "Delete the token in the user's application settings",
      see: "https://docs.gitea.com/development/api-usage",
      finds: ["GITEA_TOKEN=«{h40}»", "gitea:\n  token: «{h40}»\n"], passes: ["GITEA_COMMIT={h40}"]),
    .assigned(
      "forgejo-token", .critical, opens: "what its Forgejo user may read and write",
      vendors: ["forgejo", "codeberg"], names: ["token"], pattern: "[0-9a-f]{40}",
      revoke: "Delete the token in the user's application settings",
      see: "https://forgejo.org/docs/latest/user/api-usage/",
      finds: ["FORGEJO_TOKEN: \"«{h40}»\"", "codeberg_token = \"«{h40}»\""], passes: ["FORGEJO_URL={h40}"]),
    .assigned(
      "azure-devops-pat", .critical, opens: "Azure DevOps repositories, pipelines and feeds as the user",
      vendors: ["azuredevops", "azdevops", "azdo", "azp", "vsts", "systemaccess", "devops"], names: ["pat", "token"],
      pattern: "[a-z2-7]{52}|[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}",
      revoke: "Revoke the token in the user's settings",
      see: "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
      finds: ["AZURE_DEVOPS_EXT_PAT=«{a51}2»", "AZP_TOKEN: «{a51}7»"], passes: ["AZP_URL={n52}"]
    )
    .marked(
      literals: ["AZDO"], pattern: "[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}", leads: [76], prefix: "",
      finds: ["AZURE_DEVOPS_EXT_PAT=«{n76}AZDO{n4}»", "{n76}AZDO{n4}"],
      passes: ["{n40}AZDO{n4}"]),
    .token(
      "sourcegraph-token", .high, opens: "code search as the user",
      literals: ["sgp_"], pattern: "sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}",
      revoke: "Delete the token in the user's settings",
      see: "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token",
      finds: ["sgp_{h16}_{h40}", "sgp_{h40}"], passes: ["sgp_{h8}"]),
  ]
}
