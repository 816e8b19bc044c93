/// The credentials an EKS Anywhere administrator holds, by the names the product gives them.
enum EKSAnywhere {
  private static let docs = "https://anywhere.eks.amazonaws.com/docs/"

  /// A value told by a variable of the product.
  @inline(never)
  private static func variable(
    _ id: String, _ severity: CredentialSeverity, opens: String, names: [String], pattern: String = #"\S{6,200}"#,
    checks: [CredentialType.Check] = [.password], revoke: String, finds: [String], passes: [String]
  ) -> CredentialType {
    .assigned(
      id, severity, opens: opens, vendors: [], names: names, pattern: pattern, checks: checks, revoke: revoke,
      see: docs,
      finds: finds, passes: passes)
  }

  static let types: [CredentialType] = [
    variable(
      "vsphere-password", .critical, opens: "vCenter, and with it every machine of the clusters",
      names: ["vspherepassword", "vspherecppassword", "govcpassword", "vcenterpassword"],
      revoke: "Change the vCenter user's password, update the Secrets that hold it, and read vCenter's events",
      finds: [
        "export EKSA_VSPHERE_PASSWORD='«{password}»'\n", "GOVC_PASSWORD=«{password}»\n",
        "EKSA_VSPHERE_CP_PASSWORD: «{password}»",
      ],
      passes: ["EKSA_VSPHERE_PASSWORD='$PASSWORD'"]
    )
    // govc's address of vCenter, which needs no scheme.
    .marked(
      literals: ["GOVC_URL"],
      pattern:
        #"GOVC_URL["']?\s{0,4}[=:]\s{0,4}["']?(?:https?://)?[^\s:"'/]{1,80}:([^\s"'/$<{]{6,100})(?=@[0-9A-Za-z])"#,
      prefix: "", checks: [.password],
      finds: ["export GOVC_URL='administrator@vsphere.local:«{password}»@vcenter.corp.test'\n"],
      passes: ["GOVC_URL=https://vcenter.corp.test/sdk", "GOVC_URL=\"$USER:$PASSWORD@vcenter.corp.test\""]),
    variable(
      "nutanix-password", .critical, opens: "Prism Central, and with it every machine of the clusters",
      names: ["nutanixpassword", "prismpassword"],
      revoke: "Change the Prism user's password and update the Secrets that hold it",
      finds: ["export EKSA_NUTANIX_PASSWORD=\"«{password}»\"\n", "NUTANIX_PASSWORD: «{password}»\n"],
      passes: ["EKSA_NUTANIX_PASSWORD=changeme"]),
    variable(
      "cloudstack-credentials", .critical, opens: "CloudStack as the user whose API key pair it holds",
      names: ["cloudstackb64encodedsecret"], pattern: "[0-9A-Za-z+/=]{40,2000}", checks: [.entropy(3.5)],
      revoke: "Generate a new key pair for the CloudStack user",
      finds: ["EKSA_CLOUDSTACK_B64ENCODED_SECRET=«{b160}»\n"], passes: ["EKSA_CLOUDSTACK_B64ENCODED_SECRET=$(base64 x)"]
    ),
    .token(
      "cloudstack-secret-key", .critical, opens: "CloudStack as the user of the key pair",
      literals: ["[Global]"], pattern: #"\[Global\][^\[\]]{0,400}?secret-key\s*=\s*([0-9A-Za-z_-]{40,120})"#,
      reach: 600, prefix: "",
      revoke: "Generate a new key pair for the CloudStack user", see: docs,
      finds: ["[Global]\nverify-ssl = false\nsecret-key = «{w86}»\napi-url = http://10.0.0.1\n"],
      passes: ["[Global]\nsecret-key = <secret>\n"]),
    variable(
      "bmc-password", .critical, opens: "the management board of a server: power, console, boot image",
      names: ["bmcpassword", "ipmipassword", "idracpassword", "ilopassword", "redfishpassword"],
      revoke: "Change the board's password and check what the servers boot",
      finds: ["bmc_password: «{password}»\n", "IPMI_PASSWORD=«{password}»\n"], passes: ["bmc_password: password"]),
    variable(
      "registry-mirror-password", .high, opens: "the registry every cluster pulls its images from",
      names: ["registrypassword"],
      revoke: "Change the registry user's password and the Secret registry-credentials of every cluster",
      finds: ["export REGISTRY_PASSWORD=«{password}»\n"], passes: ["REGISTRY_PASSWORD=${PASS}"]),
    variable(
      "git-key-passphrase", .high, opens: "the SSH key Flux reads Git with, or an encrypted etcd backup",
      names: ["sshkeypassphrase"],
      revoke: "Replace the SSH key and its passphrase",
      finds: ["export EKSA_GIT_SSH_KEY_PASSPHRASE='«{password}»'\n"], passes: ["EKSA_GIT_SSH_KEY_PASSPHRASE=''"]),
    variable(
      "eksa-license", .medium,
      opens: "the paid features of EKS Anywhere; a second use is reported with the token in logs",
      names: ["eksalicense", "licensetoken"],
      pattern: #"eyJ[0-9A-Za-z_-]{8,3000}\.e[w-z0-3][0-9A-Za-z_-]{8,3000}\.[0-9A-Za-z_-]{16,1400}"#,
      checks: [.jsonWebToken],
      revoke: "Ask for another license token and keep it in a Secret outside Git",
      finds: ["licenseToken: «{jwt}»\n", "EKSA_LICENSE='«{jwt}»'"], passes: ["licenseToken: ${LICENSE}"]),
    .token(
      "snow-unlock-code", .high, opens: "a Snow device, together with its manifest",
      literals: ["unlock-code", "UnlockCode"],
      pattern: #"[Uu]nlock-?[Cc]ode["']?\s{0,4}[=:\s]\s{0,4}["']?([0-9A-Za-z]{5}(?:-[0-9A-Za-z]{5}){4})"#, prefix: "",
      revoke: "Lock the device, and have the job's manifest and unlock code replaced",
      see: "https://docs.aws.amazon.com/snowball/latest/developer-guide/unlockdevice.html",
      finds: ["snowballEdge unlock-device --unlock-code «{l5}-{l5}-{l5}-{l5}-{l5}»\n"],
      passes: ["--unlock-code 12345-abcde-12345-ABCDE-12345", "--unlock-code 01234-abcde-01234-ABCDE-01234"]),
    variable(
      "eksa-aws-credentials", .critical, opens: "an AWS Snow device, or the account curated packages are pulled with",
      names: ["awsb64encodedcredentials"], pattern: "[0-9A-Za-z+/=]{40,4000}", checks: [.entropy(3.5)],
      revoke: "Deactivate the access keys in the encoded file",
      finds: ["AWS_B64ENCODED_CREDENTIALS=«{b160}»\n"], passes: ["AWS_B64ENCODED_CREDENTIALS=${CREDENTIALS}"]),
  ]
}
