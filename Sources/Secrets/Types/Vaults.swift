/// Stores of secrets and of infrastructure state.
enum Vaults {
  static let types: [CredentialType] = [
    .marked(
      "vault-token", .critical, "hvs.", "[0-9A-Za-z_-]{24,200}", sample: "{w90}{n4}",
      opens: "what its Vault policies allow",
      revoke: "Revoke the token with vault token revoke and read the audit log",
      see: "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    .marked(
      "vault-batch-token", .high, "hvb.", "[0-9A-Za-z_-]{100,400}", sample: "{w136}{n4}", reach: 480,
      opens: "what its Vault policies allow until it expires",
      revoke: "Revoke the parent token; a batch token ends by itself",
      see: "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    .marked(
      "vault-recovery-token", .critical, "hvr.", "[0-9A-Za-z_-]{24,200}", sample: "{w30}{n4}",
      opens: "a sealed Vault in recovery mode",
      revoke: "End the recovery mode", see: "https://developer.hashicorp.com/vault/docs/concepts/recovery-mode"),
    .named(
      "vault-legacy-token", .critical, ["vault"], ["token", "roottoken"], #"s\.[0-9A-Za-z]{24}"#, sample: "s.{n24}",
      opens: "what its Vault policies allow",
      revoke: "Revoke the token with vault token revoke",
      see: "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    .named(
      "vault-unseal-key", .critical, ["unseal", "vaultunseal", "recovery"],
      ["unsealkey", "unsealkeys", "recoverykey", "key"], "[0-9A-Za-z+/]{43,44}=?|[0-9a-f]{64,66}", sample: "{b44}",
      opens: "unsealing Vault, together with other shares",
      revoke: "Rekey Vault", see: "https://developer.hashicorp.com/vault/docs/concepts/seal"),
    .token(
      "vault-unseal-output", .critical, opens: "unsealing Vault, together with other shares",
      literals: [
        "Unseal Key 1:", "Unseal Key 2:", "Unseal Key 3:", "Unseal Key 4:", "Unseal Key 5:", "operator unseal ",
      ],
      pattern: "(?:Unseal Key [1-9]:|operator unseal) ([0-9A-Za-z+/]{43,44}=?|[0-9a-f]{64,66})", prefix: "",
      revoke: "Rekey Vault", see: "https://developer.hashicorp.com/vault/docs/concepts/seal",
      finds: ["Unseal Key 1: «{b44}»\n", "vault operator unseal «{b44}»\n"], passes: ["Unseal Key 1: <key>"]),
    .named(
      "vault-approle-secret", .critical, ["vault", "approle"], ["secretid"],
      "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "Vault as the AppRole, together with the role id",
      revoke: "Destroy the secret id", see: "https://developer.hashicorp.com/vault/docs/auth/approle"),
    .named(
      "consul-token", .high, ["consul"], ["httptoken", "token", "mastertoken", "secretid"],
      "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}", opens: "what its Consul policies allow",
      revoke: "Delete the ACL token", see: "https://developer.hashicorp.com/consul/docs/security/acl/tokens"),
    .named(
      "consul-gossip-key", .high, ["consul", "gossip", "serf", "nomad", "datacenter", "data_dir", "retry_join"],
      ["encryptkey", "encryptionkey", "gossipkey", "encrypt"], "[0-9A-Za-z+/]{42,43}=|[0-9A-Za-z+/]{22}==",
      sample: "{b43}=", opens: "the gossip of a Consul or Nomad cluster",
      revoke: "Rotate the gossip key with consul keyring",
      see: "https://developer.hashicorp.com/consul/docs/security/encryption"),
    .named(
      "nomad-token", .high, ["nomad"], ["token", "secretid"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      sample: "{uuid}", opens: "what its Nomad policies allow",
      revoke: "Delete the ACL token", see: "https://developer.hashicorp.com/nomad/docs/concepts/acl"),
    .token(
      "terraform-cloud-token", .critical,
      opens: "HCP Terraform's state and variables, and through them the clouds it manages",
      literals: [".atlasv1."], pattern: #"[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_=-]{60,80}"#, leads: [14], prefix: "",
      revoke: "Delete the token in the settings of the user, team or organisation",
      see: "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
      finds: ["{n14}.atlasv1.{w65}{n2}", "TF_TOKEN_app_terraform_io=«{n14}.atlasv1.{w65}{n2}»\n"], passes: [".atlasv1."]
    ),
    .token(
      "doppler-token", .critical, opens: "the secrets of Doppler projects",
      literals: ["dp.pt.", "dp.st.", "dp.sa.", "dp.ct.", "dp.scim.", "dp.audit."],
      pattern: #"dp\.(?:pt|sa|ct|scim|audit|st(?:\.[0-9a-z_-]{2,35})?)\.[0-9A-Za-z]{40,44}"#, prefix: "dp.",
      revoke: "Revoke the token and rotate the secrets it could read",
      see: "https://docs.doppler.com/docs/service-tokens",
      finds: ["dp.pt.{n43}", "dp.st.prd.{n43}", "DOPPLER_TOKEN=«dp.st.dev_a.{n40}»"], passes: ["dp.st.dev"]),
    .marked(
      "onepassword-service-token", .critical, "ops_eyJ", "[0-9A-Za-z_=-]{200,1400}",
      sample: "zaWduSW5BZGRyZXNz{w300}{n4}", reach: 1500, opens: "the 1Password vaults given to the service account",
      revoke: "Delete the service account and rotate the vaults' items",
      see: "https://developer.1password.com/docs/service-accounts/"),
    .named(
      "onepassword-connect-token", .critical, ["onepassword", "1password", "opconnect", "connect"], ["token"],
      #"eyJ[0-9A-Za-z_-]{8,600}\.e[w-z0-3][0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{16,700}"#, sample: "{jwt}",
      checks: [.jsonWebToken],
      opens: "the 1Password vaults given to the Connect server",
      revoke: "Revoke the Connect token and rotate the vaults' items",
      see: "https://developer.1password.com/docs/connect/"
    )
    .marked(
      literals: ["eyJ"],
      pattern: #"eyJ[0-9A-Za-z_-]{8,600}\.eyIxcGFzc3dvcmQuY29t[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{16,700}"#,
      reach: 3400,
      checks: [.jsonWebToken],
      finds: [
        "eyJhbGciOiJFUzI1NiIsImtpZCI6IngiLCJ0eXAiOiJKV1QifQ.eyIxcGFzc3dvcmQuY29tL2F1dWlkIjoi{n28}.{w86}"
      ], passes: ["eyJhbGciOiJFUzI1NiJ9.eyIxcGFzc3dvcmQuY29t"]),
    .token(
      "onepassword-secret-key", .critical, opens: "a 1Password account, together with its password", literals: ["A3-"],
      pattern: "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}",
      revoke: "Regenerate the account's Secret Key", see: "https://support.1password.com/secret-key-security/",
      finds: ["A3-{U6}-{U6}-{U5}-{U5}-{U5}-{U5}"], passes: ["A3-{U6}"]),
    .named(
      "infisical-token", .critical, ["infisical"], ["token", "servicetoken"],
      #"st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}|st\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{32,64}\.[0-9a-f]{32}"#,
      sample: "st.{h24}.{h32}.{h32}", opens: "the secrets of an Infisical project",
      revoke: "Delete the service token and rotate what it could read",
      see: "https://infisical.com/docs/documentation/platform/token"),
    .named(
      "bitwarden-access-token", .critical, ["bitwarden", "bws", "bw"], ["accesstoken", "token"],
      #"0\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9A-Za-z]{30}:[0-9A-Za-z+/]{22}=="#,
      sample: "0.{uuid}.{n30}:{b22}==", opens: "the secrets of a Bitwarden machine account",
      revoke: "Revoke the access token and rotate what it could read", see: "https://bitwarden.com/help/access-tokens/"),
    .named(
      "ansible-vault-password", .high, ["ansible", "vault"], ["vaultpassword", "vaultpass"], #"\S{8,100}"#,
      sample: "{n20}", checks: [.password], opens: "every file encrypted with Ansible Vault",
      revoke: "Rekey the files and rotate what is in them",
      see: "https://docs.ansible.com/ansible/latest/vault_guide/index.html"),
    .named(
      "restic-password", .high, ["restic", "kopia", "borg", "volsync", "duplicacy"], ["password", "passphrase"],
      #"\S{8,120}"#, sample: "{n24}", checks: [.password], opens: "every backup in the repository",
      revoke: "Add a new key to the repository and remove the old one",
      see: "https://restic.readthedocs.io/en/stable/070_encryption.html"),
    .named(
      "akeyless-key", .critical, ["akeyless"], ["accesskey", "token"], "[0-9A-Za-z+/]{43}=|[0-9A-Za-z_-]{40,90}",
      sample: "{b43}=", opens: "the secrets of an Akeyless account",
      revoke: "Reset the access key", see: "https://docs.akeyless.io/docs/api-key"),
    .named(
      "conjur-api-key", .critical, ["conjur"], ["authnapikey", "apikey"], "[0-9a-z]{40,60}", sample: "{l53}",
      opens: "Conjur as the host or user",
      revoke: "Rotate the API key",
      see: "https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_authenticate.htm"),
  ]
}
