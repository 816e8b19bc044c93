/// Registries of images and packages.
enum Registries {
  static let types: [CredentialType] = [
    .marked(
      "dockerhub-pat", .critical, "dckr_pat_", "[0-9A-Za-z_-]{27,40}", sample: "{w25}{n2}",
      opens: "a Docker Hub account, pushing included",
      revoke: "Delete the access token and check the digests of pushed images",
      see: "https://docs.docker.com/security/access-tokens/"),
    .marked(
      "dockerhub-organization-token", .critical, "dckr_oat_", "[0-9A-Za-z_-]{27,40}", sample: "{w30}{n2}",
      opens: "a Docker Hub organisation",
      revoke: "Delete the organisation's access token",
      see: "https://docs.docker.com/enterprise/security/access-tokens/"),
    .read(
      "docker-config-auth", .high, opens: "the image registry named next to it",
      revoke: "Change the registry user's password or delete the token, then replace the pull secret",
      see: "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/",
      finds: [
        #"{"auths": {"ghcr.io": {"auth": "«{basic}»"}}}"#, #"{\"auths\": {\"quay.io\": {\"auth\": \"«{basic}»\"}}}"#,
      ],
      passes: [#"{"auths": {"ghcr.io": {"auth": ""}}}"#, #"{"auth": "${AUTH}"}"#]),
    .named(
      "quay-robot-token", .high, ["quay"], ["password", "token", "robottoken"], "[A-Z0-9]{64}", sample: "{U64}",
      opens: "a Quay organisation as the robot",
      revoke: "Regenerate the robot's token", see: "https://docs.quay.io/glossary/robot-accounts.html"),
    .marked(
      "npm-token", .critical, "npm_", "[0-9A-Za-z]{36}", sample: "{crc30}",
      opens: "publishing npm packages as the user",
      revoke: "Delete the token and check the published versions", see: "https://docs.npmjs.com/about-access-tokens"),
    .token(
      "npmrc-auth-token", .high, opens: "a package registry as the user",
      literals: ["_authToken"], pattern: #"_authToken"?\s*[=:]\s*"?([0-9A-Za-z][0-9A-Za-z+/=_.~-]{15,600})"#,
      prefix: "", rank: 25, revoke: "Delete the token at the registry",
      see: "https://docs.npmjs.com/cli/configuring-npm/npmrc",
      finds: ["//registry.npmjs.org/:_authToken=«{uuid}»\n", "//npm.corp.test/:_authToken=«{n40}»\n"],
      passes: ["//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n"]),
    .token(
      "npmrc-basic-auth", .high, opens: "a package registry as the user",
      literals: [":_auth=", "\n_auth=", ":_auth =", "_auth = "],
      pattern: #"\s?:?_auth\s*=\s*"?([0-9A-Za-z+/]{12,400}={0,2})"#, prefix: "", checks: [.basicCredentials], rank: 25,
      revoke: "Change the user's password at the registry", see: "https://docs.npmjs.com/cli/configuring-npm/npmrc",
      finds: ["//npm.corp.test/:_auth=«{basic}»\n"], passes: ["//npm.corp.test/:_auth=${AUTH}\n"]),
    .marked(
      "pypi-token", .critical, "pypi-AgE", "[0-9A-Za-z_-]{80,400}", sample: "IcHlwaS5vcmc{w120}{n4}", reach: 500,
      opens: "publishing to PyPI as the user or project",
      revoke: "Delete the token and check the published releases", see: "https://pypi.org/help/#apitoken"),
    .marked(
      "rubygems-key", .critical, "rubygems_", "[0-9a-f]{48}", sample: "{h48}", opens: "publishing gems as the user",
      revoke: "Delete the API key", see: "https://guides.rubygems.org/api-key-scopes/"),
    .token(
      "nuget-key", .critical, opens: "publishing NuGet packages", literals: ["oy2"], pattern: "oy2[a-z0-9]{43}",
      checks: [.random, .lettersAndDigits],
      revoke: "Delete the API key", see: "https://learn.microsoft.com/nuget/nuget-org/publish-a-package",
      finds: ["oy2{l43}"], passes: ["oy2{l5}"]),
    .named(
      "crates-token", .critical, ["cargoregistry", "crates", "cargo", "registry"], ["token"], "cio[0-9A-Za-z]{32}",
      sample: "cio{n32}", opens: "publishing crates as the user", revoke: "Revoke the token on crates.io",
      see: "https://doc.rust-lang.org/cargo/reference/publishing.html"),
    .marked(
      "jfrog-api-key", .critical, "AKCp", "[0-9A-Za-z]{60,80}", sample: "{n69}", opens: "JFrog Artifactory as the user",
      revoke: "Revoke the API key and move to identity tokens",
      see: "https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"),
    .marked(
      "jfrog-reference-token", .critical, "cmVmd", "[0-9A-Za-z]{59}", sample: "GtuO{n55}",
      opens: "JFrog Artifactory as the user",
      revoke: "Revoke the token",
      see: "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens"),
    .named(
      "harbor-robot-secret", .high, ["harbor"], ["secret", "password", "token"], "[0-9A-Za-z]{32}", sample: "{n32}",
      opens: "a Harbor project as the robot",
      revoke: "Refresh the robot's secret",
      see: "https://goharbor.io/docs/latest/working-with-projects/project-configuration/create-robot-accounts/"),
    .marked(
      "clojars-token", .high, "CLOJARS_", "[0-9a-f]{60}", sample: "{h60}", opens: "publishing to Clojars",
      revoke: "Disable the deploy token", see: "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens"),
    .token(
      "packagist-token", .high, opens: "private Composer packages", literals: ["packagist_"],
      pattern: "packagist_[ou][ru]t_[0-9a-f]{68}",
      revoke: "Delete the token", see: "https://packagist.com/docs/api", finds: ["packagist_ort_{h68}"],
      passes: ["packagist_token"]),
    .named(
      "cloudsmith-key", .high, ["cloudsmith"], ["apikey", "token"], "[0-9a-f]{40}", sample: "{h40}",
      opens: "Cloudsmith repositories",
      revoke: "Refresh the API key", see: "https://help.cloudsmith.io/docs/api-key"),
    .named(
      "nexus-password", .high, ["nexus"], ["nexuspassword", "nexustoken", "nexuspass"], #"\S{10,100}"#, sample: "{n24}",
      opens: "a Nexus repository manager",
      revoke: "Change the user's password", see: "https://help.sonatype.com/en/user-tokens.html"),
    .named(
      "maven-central-token", .high, ["sonatype", "ossrh", "mavencentral"], ["password", "token"], "[0-9A-Za-z+/]{44}",
      sample: "{b44}", opens: "publishing to Maven Central",
      revoke: "Reset the user token", see: "https://central.sonatype.org/publish/generate-portal-token/"),
  ]
}
