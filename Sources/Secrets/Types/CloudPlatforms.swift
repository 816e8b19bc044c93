/// Smaller clouds and platforms.
enum CloudPlatforms {
  static let types: [CredentialType] = hosts + platforms

  private static let hosts: [CredentialType] = [
    .marked(
      "digitalocean-pat", .critical, "dop_v1_", "[0-9a-f]{64}", sample: "{h64}", opens: "a DigitalOcean team's account",
      revoke: "Delete the token in the control panel",
      see: "https://docs.digitalocean.com/reference/api/create-personal-access-token/"),
    .marked(
      "digitalocean-oauth-token", .high, "doo_v1_", "[0-9a-f]{64}", sample: "{h64}",
      opens: "what a DigitalOcean user granted to an application",
      revoke: "Revoke the application's access", see: "https://docs.digitalocean.com/reference/api/oauth/"),
    .marked(
      "digitalocean-refresh-token", .high, "dor_v1_", "[0-9a-f]{64}", sample: "{h64}",
      opens: "new DigitalOcean OAuth tokens",
      revoke: "Revoke the application's access", see: "https://docs.digitalocean.com/reference/api/oauth/"),
    .marked(
      "digitalocean-spaces-key", .medium, "DO00", "[A-Z0-9]{16}", sample: "{U16}",
      checks: [.random, .lettersAndDigits], opens: "DigitalOcean Spaces, together with the secret",
      revoke: "Delete the Spaces key", see: "https://docs.digitalocean.com/products/spaces/how-to/manage-access/"),
    .named(
      "hetzner-token", .critical, ["hetzner", "hcloud"], ["token", "apikey", "apitoken"], "[0-9A-Za-z]{64}",
      sample: "{n64}", opens: "a Hetzner Cloud project: servers, volumes, networks",
      revoke: "Delete the token in the project's security settings",
      see: "https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/"),
    .named(
      "hetzner-dns-token", .high, ["hetzner"], ["dnstoken", "dnsapikey", "token", "apikey"], "[0-9A-Za-z]{32}",
      sample: "{n32}", opens: "the DNS zones at Hetzner",
      revoke: "Delete the token in the DNS console",
      see: "https://docs.hetzner.com/dns-console/dns/general/api-access-token/"),
    .named(
      "linode-token", .critical, ["linode"], ["token", "apikey"], "[0-9a-f]{64}", sample: "{h64}",
      opens: "a Linode account",
      revoke: "Revoke the token in the profile",
      see: "https://techdocs.akamai.com/cloud-computing/docs/manage-personal-access-tokens"),
    .marked(
      "scaleway-access-key", .medium, "SCW", "[A-Z0-9]{17}", sample: "{U17}", checks: [.random, .lettersAndDigits],
      opens: "Scaleway, together with the secret key",
      revoke: "Delete the API key", see: "https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/"),
    .named(
      "scaleway-secret-key", .critical, ["scaleway", "scw"], ["secretkey", "secret", "token"],
      "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}", opens: "a Scaleway organisation",
      revoke: "Delete the API key", see: "https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/"),
    .named(
      "vultr-api-key", .critical, ["vultr"], ["apikey", "token", "key"], "[A-Z0-9]{36}", sample: "{U36}",
      opens: "a Vultr account",
      revoke: "Regenerate the API key", see: "https://docs.vultr.com/how-to-enable-vultr-api-access"),
    .named(
      "ovh-application-secret", .high, ["ovhapi", "ovh"],
      ["applicationsecret", "appsecret", "consumerkey", "secretkey"], "[0-9a-f]{32}|[0-9A-Za-z]{32}", sample: "{n32}",
      opens: "an OVHcloud account",
      revoke: "Delete the application and its consumer keys",
      see: "https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api"),
    .token(
      "exoscale-api-key", .medium, opens: "Exoscale, together with the secret", literals: ["EXO"],
      pattern: "EXO[0-9a-f]{24}",
      revoke: "Revoke the API key", see: "https://community.exoscale.com/product/iam/", finds: ["EXO{h24}"],
      passes: ["EXO{h5}"]),
    .named(
      "exoscale-api-secret", .critical, ["exoscale"], ["apisecret", "secret"], "[0-9A-Za-z_-]{43}", sample: "{w41}{n2}",
      opens: "an Exoscale organisation",
      revoke: "Revoke the API key", see: "https://community.exoscale.com/product/iam/"),
    .marked(
      "upcloud-token", .critical, "ucat_", "[0-9A-Z]{26}", sample: "{U26}", opens: "an UpCloud account",
      revoke: "Delete the token", see: "https://upcloud.com/docs/guides/managing-api-tokens/"),
    .named(
      "civo-api-key", .critical, ["civoapi", "civo"], ["apikey", "token"], "[0-9A-Za-z]{50}", sample: "{n50}",
      opens: "a Civo account and its clusters",
      revoke: "Regenerate the API key", see: "https://www.civo.com/docs/account/api-keys"),
    .named(
      "equinix-metal-token", .critical, ["equinix", "packet", "metal"], ["authtoken", "apikey", "token"],
      "[0-9A-Za-z]{32}", sample: "{n32}", opens: "bare-metal servers at Equinix",
      revoke: "Delete the API key", see: "https://deploy.equinix.com/developers/docs/metal/"),
    .token(
      "alibaba-access-key", .medium, opens: "an Alibaba Cloud account, together with the secret", literals: ["LTAI"],
      pattern: "LTAI[0-9A-Za-z]{12,26}", checks: [.random, .lettersAndDigits],
      revoke: "Disable the AccessKey pair",
      see: "https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair", finds: ["LTAI5t{n18}"],
      passes: ["LTAI"]),
    .named(
      "alibaba-secret-key", .critical, ["alibaba", "aliyun", "alicloud", "oss"],
      ["accesskeysecret", "secretkey", "secretaccesskey"], "[0-9A-Za-z]{30}", sample: "{n30}",
      opens: "an Alibaba Cloud account",
      revoke: "Disable the AccessKey pair",
      see: "https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair"),
    .token(
      "tencent-secret-id", .medium, opens: "a Tencent Cloud account, together with the secret key", literals: ["AKID"],
      pattern: "AKID[0-9A-Za-z]{32}",
      revoke: "Disable the API key", see: "https://www.tencentcloud.com/document/product/598/32675",
      finds: ["AKID{n32}"], passes: ["AKID"]),
    .named(
      "tencent-secret-key", .critical, ["tencent", "tencentcloud", "qcloud"], ["secretkey"], "[0-9A-Za-z]{32}",
      sample: "{n32}", opens: "a Tencent Cloud account",
      revoke: "Disable the API key", see: "https://www.tencentcloud.com/document/product/598/32675"),
    .named(
      "ibm-cloud-api-key", .critical, ["ibmcloud", "bluemix", "ibm"], ["apikey", "key"], "[0-9A-Za-z_-]{44}",
      sample: "{w42}{n2}", opens: "an IBM Cloud account as the user",
      revoke: "Delete the API key in IAM", see: "https://cloud.ibm.com/docs/account?topic=account-manapikey"),
    .named(
      "oracle-auth-token", .high, ["oracle", "oci", "ocir"], ["authtoken", "registrypassword", "secretkey"],
      #"[\x21-\x7e]{20}|[0-9A-Za-z+/]{43}="#, sample: "{b43}=", opens: "Oracle Cloud's registry, storage or Swift API",
      revoke: "Delete the auth token of the user",
      see: "https://docs.oracle.com/iaas/Content/Registry/Tasks/registrygettingauthtoken.htm"),
    .marked(
      "yandex-api-key", .high, "AQVN", "[0-9A-Za-z_-]{35,38}", sample: "{w34}{n2}",
      opens: "Yandex Cloud as a service account",
      revoke: "Delete the API key", see: "https://yandex.cloud/docs/iam/concepts/authorization/api-key"),
    .marked(
      "yandex-static-key", .medium, "YCAJE", "[0-9A-Za-z_-]{20}", sample: "{n20}",
      opens: "Yandex storage, together with the secret",
      revoke: "Delete the static key", see: "https://yandex.cloud/docs/iam/concepts/authorization/access-key"),
    .token(
      "backblaze-key", .high, opens: "Backblaze B2 buckets", literals: ["K001", "K002", "K003", "K004", "K005"],
      pattern: "K00[1-5][0-9A-Za-z/+]{27}", prefix: "K00", checks: [.random, .lettersAndDigits, .entropy(3.6)],
      revoke: "Delete the application key", see: "https://www.backblaze.com/docs/cloud-storage-application-keys",
      finds: ["K005{b26}x"], passes: ["K005{n4}"]),
    .named(
      "openstack-secret", .high, ["openstack", "clouds", "os"], ["applicationcredentialsecret", "ospassword"],
      #"\S{12,120}"#, sample: "{w84}{n2}", opens: "an OpenStack project",
      revoke: "Delete the application credential, or change the password",
      see: "https://docs.openstack.org/keystone/latest/user/application_credentials.html"),
  ]

  private static let platforms: [CredentialType] = [
    .marked(
      "heroku-api-key", .high, "HRKU-", "AA[0-9A-Za-z_-]{58}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      sample: "AA{w56}{n2}", opens: "a Heroku account",
      revoke: "Regenerate the API key", see: "https://devcenter.heroku.com/articles/authentication"),
    .named(
      "heroku-legacy-key", .high, ["heroku"], ["apikey", "token"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      sample: "{uuid}", opens: "a Heroku account",
      revoke: "Regenerate the API key", see: "https://devcenter.heroku.com/articles/authentication"),
    .token(
      "flyio-token", .high, opens: "a Fly.io organisation", literals: ["FlyV1 fm2_", "fo1_"],
      pattern: "(?:FlyV1 fm[12]_[0-9A-Za-z+/=,_-]{60,1800}|fo1_[0-9A-Za-z_-]{43})", reach: 2000, prefix: "",
      revoke: "Revoke the token with fly tokens revoke", see: "https://fly.io/docs/security/tokens/",
      finds: ["FlyV1 fm2_{b200}", "fo1_{w41}{n2}"]),
    .marked(
      "render-api-key", .high, "rnd_", "[0-9A-Za-z]{28,36}", sample: "{n32}", opens: "a Render account",
      revoke: "Revoke the API key", see: "https://render.com/docs/api"),
    .marked(
      "netlify-token", .high, "nfp_", "[0-9A-Za-z]{36,40}", sample: "{n36}", opens: "a Netlify account",
      revoke: "Delete the personal access token", see: "https://docs.netlify.com/api/get-started/"),
    .named(
      "vercel-token", .high, ["vercel"], ["token"], "[0-9A-Za-z]{24}", sample: "{n24}", opens: "a Vercel account",
      revoke: "Delete the token", see: "https://vercel.com/docs/rest-api"),
    .marked(
      "supabase-token", .critical, "sbp_", "[0-9a-f]{40}", sample: "{h40}",
      opens: "every Supabase project of the account",
      revoke: "Delete the access token", see: "https://supabase.com/docs/guides/api/api-keys"),
    .marked(
      "supabase-secret-key", .high, "sb_secret_", "[0-9A-Za-z_-]{22,44}", sample: "{n31}",
      opens: "a Supabase project past its row security",
      revoke: "Delete the secret key", see: "https://supabase.com/docs/guides/api/api-keys"),
    .marked(
      "cloudfoundry-refresh", .medium, "uaa-refresh-", "[0-9a-f]{32}", sample: "{h32}",
      opens: "new Cloud Foundry tokens",
      revoke: "Revoke the client's tokens", see: "https://docs.cloudfoundry.org/api/uaa/"),
    .named(
      "railway-token", .high, ["railway"], ["token"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "a Railway project",
      revoke: "Delete the token", see: "https://docs.railway.com/guides/public-api"),
    .marked(
      "pulumi-token", .critical, "pul-", "[0-9a-f]{40}", sample: "{h40}",
      opens: "Pulumi's state, and through it the clouds it manages",
      revoke: "Delete the access token",
      see: "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/"),
    .marked(
      "rancher-token", .critical, "token-", "[a-z0-9]{5}:[a-z0-9]{54}", sample: "{l5}:{l54}",
      opens: "every cluster the Rancher user manages",
      revoke: "Delete the API key in Rancher",
      see: "https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys"),
    .marked(
      "openshift-token", .critical, "sha256~", "[0-9A-Za-z_-]{43}", sample: "{w41}{n2}",
      opens: "an OpenShift cluster as the user",
      revoke: "Delete the OAuthAccessToken",
      see: "https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html"),
  ]
}
