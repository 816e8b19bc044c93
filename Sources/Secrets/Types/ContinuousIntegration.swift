/// Build and delivery systems.
enum ContinuousIntegration {
  static let types: [CredentialType] = [
    .token(
      "circleci-token", .high, opens: "CircleCI as the user or project, the projects' variables included",
      literals: ["CCIPAT_", "CCIPRJ_"], pattern: "CCIP(?:AT|RJ)_[0-9A-Za-z]{20,24}_[0-9a-f]{40}", prefix: "CCIP",
      revoke: "Delete the token and rotate the projects' variables",
      see: "https://circleci.com/docs/managing-api-tokens/",
      finds: ["CCIPAT_{n22}_{h40}", "CCIPRJ_{n22}_{h40}"], passes: ["CCIPAT_{n22}"]),
    .named(
      "circleci-legacy-token", .high, ["circleci", "circle"], ["token"], "[0-9a-f]{40}", sample: "{h40}",
      opens: "CircleCI as the user",
      revoke: "Delete the token and rotate the projects' variables",
      see: "https://circleci.com/docs/managing-api-tokens/"),
    .marked(
      "buildkite-api-token", .high, "bkua_", "[0-9a-f]{40}", sample: "{h40}", opens: "Buildkite as the user",
      revoke: "Revoke the API access token", see: "https://buildkite.com/docs/apis/managing-api-tokens"),
    .token(
      "buildkite-agent-token", .high, opens: "the jobs handed to a Buildkite agent",
      literals: ["bkct_", "bkaj_", "bkcq_"], pattern: "bk(?:ct|aj|cq)_[0-9A-Za-z_-]{40,200}", prefix: "bk",
      revoke: "Revoke the agent token of the cluster", see: "https://buildkite.com/docs/agent/v3/tokens",
      finds: ["bkct_{n64}"], passes: ["bkct_{n8}"]),
    .named(
      "buildkite-agent-legacy", .high, ["buildkite"], ["agenttoken", "token"], "[0-9a-f]{50}", sample: "{h50}",
      opens: "the jobs handed to a Buildkite agent",
      revoke: "Revoke the agent token", see: "https://buildkite.com/docs/agent/v3/tokens"),
    .named(
      "travis-token", .high, ["travis"], ["token", "apikey"], "[0-9A-Za-z_-]{22}", sample: "{n22}",
      opens: "Travis CI as the user",
      revoke: "Regenerate the token", see: "https://docs.travis-ci.com/user/triggering-builds/"),
    .named(
      "drone-token", .high, ["drone"], ["token", "rpcsecret", "secret"], "[0-9a-f]{32}|[0-9A-Za-z]{32}",
      sample: "{n32}", opens: "Drone as the user or runner",
      revoke: "Rotate the token and the runners' shared secret", see: "https://docs.drone.io/cli/configure/"),
    .named(
      "woodpecker-secret", .high, ["woodpecker"], ["agentsecret", "token", "githubsecret", "secret"],
      "[0-9A-Za-z+/=_.-]{32,200}", sample: "{h64}", opens: "Woodpecker as an agent or user",
      revoke: "Rotate the agents' shared secret",
      see: "https://woodpecker-ci.org/docs/administration/configuration/agent"),
    .named(
      "jenkins-token", .critical, ["jenkins"], ["token", "apitoken", "password"], "11[0-9a-f]{32}", sample: "11{h32}",
      opens: "Jenkins as the user, its credentials store included",
      revoke: "Revoke the API token in the user's page",
      see: "https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/"),
    .named(
      "argocd-token", .critical, ["argocd"], ["authtoken", "token"],
      #"eyJ[0-9A-Za-z_-]{8,600}\.e[w-z0-3][0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{16,700}"#, sample: "{jwt}",
      checks: [.jsonWebToken],
      opens: "every cluster Argo CD deploys to, as far as the account may",
      revoke: "Delete the token with argocd account delete-token, or change the signing key",
      see: "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/"),
    .named(
      "argocd-admin-password", .critical, ["argocd"], ["adminpassword", "password"], #"\S{8,100}"#, sample: "{n16}",
      checks: [.password], opens: "every cluster Argo CD deploys to",
      revoke: "Change the admin password with argocd account update-password",
      see: "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/"),
    .named(
      "flux-webhook-token", .high, ["webhook", "receiver", "fluxwebhook"], ["token", "webhooksecret"],
      "[0-9a-f]{40}|[0-9a-f]{64}", sample: "{h40}", opens: "triggering Flux to reconcile",
      revoke: "Replace the token in the Receiver's Secret and at the forge",
      see: "https://fluxcd.io/flux/components/notification/receivers/"),
    .named(
      "github-webhook-secret", .medium, ["github", "githubapp", "gh"], ["webhooksecret"],
      #"[0-9A-Za-z+/=_!@#%^&*.-]{16,100}"#, sample: "{n40}", opens: "forging deliveries to the webhook",
      revoke: "Replace the secret in the webhook's settings",
      see: "https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries"),
    .token(
      "teamcity-token", .high, opens: "TeamCity as the user", literals: ["eyJ0eXAiOiAiVENWMiJ9"],
      pattern: #"eyJ0eXAiOiAiVENWMiJ9\.[0-9A-Za-z_-]{20,80}\.[0-9A-Za-z_-]{40,80}"#, prefix: "eyJ", rank: 31,
      revoke: "Delete the access token",
      see: "https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html",
      finds: ["eyJ0eXAiOiAiVENWMiJ9.{w36}.{w48}"], passes: ["eyJ0eXAiOiAiVENWMiJ9"]),
    .named(
      "codecov-token", .low, ["codecov"], ["token"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "uploading coverage reports",
      revoke: "Regenerate the repository's token", see: "https://docs.codecov.com/docs/codecov-tokens"),
    .token(
      "sonar-token", .high, opens: "SonarQube as the user or project", literals: ["sqp_", "squ_", "sqa_"],
      pattern: "sq[pua]_[0-9a-f]{40}", prefix: "sq",
      revoke: "Revoke the token",
      see: "https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/",
      finds: ["squ_{h40}", "sqp_{h40}"], passes: ["sqp_{h8}"]),
    .named(
      "sonar-legacy-token", .high, ["sonar", "sonarqube", "sonarcloud"], ["token", "login"], "[0-9a-f]{40}",
      sample: "{h40}", opens: "SonarQube as the user",
      revoke: "Revoke the token",
      see: "https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/"),
    .named(
      "snyk-token", .high, ["snyk"], ["token", "apikey"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      sample: "{uuid}", opens: "Snyk as the user",
      revoke: "Revoke the API token", see: "https://docs.snyk.io/snyk-api/authentication-for-api"),
    .token(
      "harness-token", .high, opens: "Harness as the user or service account", literals: ["pat.", "sat."],
      pattern: #"[ps]at\.[0-9A-Za-z_-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}"#, prefix: "",
      revoke: "Delete the token",
      see: "https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/",
      finds: ["pat.{n22}.{h24}.{n20}"], passes: ["pat.{n5}"]),
    .token(
      "octopus-key", .high, opens: "Octopus Deploy as the user", literals: ["API-"], pattern: "API-[A-Z0-9]{25,40}",
      checks: [.random, .lettersAndDigits],
      revoke: "Revoke the API key", see: "https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key",
      finds: ["API-{U28}"], passes: ["API-REFERENCE", "API-{U9}"]),
    .named(
      "spacelift-key", .high, ["spacelift"], ["apikeysecret", "secret"], "[0-9a-f]{64}", sample: "{h64}",
      opens: "Spacelift stacks",
      revoke: "Delete the API key", see: "https://docs.spacelift.io/integrations/api"),
    .named(
      "codefresh-token", .high, ["codefresh"], ["apikey", "token"], #"[0-9a-f]{24}\.[0-9a-f]{32}"#,
      sample: "{h24}.{h32}", opens: "Codefresh as the user",
      revoke: "Delete the API key", see: "https://codefresh.io/docs/docs/integrations/codefresh-api/"),
    .named(
      "bitrise-token", .high, ["bitrise"], ["token"], "[0-9A-Za-z_-]{80,90}", sample: "{w84}{n2}",
      opens: "Bitrise as the user",
      revoke: "Revoke the personal access token",
      see: "https://devcenter.bitrise.io/en/accounts/personal-access-tokens.html"),
    .named(
      "appveyor-token", .high, ["appveyor"], ["token", "apikey"], #"v2\.[0-9a-z]{20}|[0-9a-z]{20}"#, sample: "v2.{l20}",
      opens: "AppVeyor as the account",
      revoke: "Regenerate the API token", see: "https://www.appveyor.com/docs/api/"),
  ]
}
