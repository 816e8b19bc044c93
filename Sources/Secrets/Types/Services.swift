/// Other services whose credentials stand next to clusters.
enum Services {
  static let types: [CredentialType] = payments + work + home

  private static let payments: [CredentialType] = [
    .token(
      "stripe-key", .critical, opens: "payments and customers of a Stripe account", literals: ["sk_live_", "rk_live_"],
      pattern: "[sr]k_live_[0-9A-Za-z]{20,110}", prefix: "", revoke: "Roll the API key",
      see: "https://docs.stripe.com/keys", finds: ["sk_live_{n24}", "rk_live_{n99}"],
      passes: ["sk_live_", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"]),
    .token(
      "stripe-test-key", .low, opens: "the test mode of a Stripe account", literals: ["sk_test_", "rk_test_"],
      pattern: "[sr]k_test_[0-9A-Za-z]{20,110}", prefix: "", revoke: "Roll the test key",
      see: "https://docs.stripe.com/keys", finds: ["sk_test_{n24}"], passes: ["sk_{|}test_4eC39HqLyj{|}WDarjtT1zdp7dc"]),
    .token(
      "stripe-webhook-secret", .medium, opens: "forging Stripe's events", literals: ["whsec_"],
      pattern: "whsec_[0-9A-Za-z+/]{32,64}", revoke: "Roll the endpoint's secret",
      see: "https://docs.stripe.com/webhooks", finds: ["whsec_{n32}"], passes: ["whsec_{n5}", "whsec_..."]),
    .token(
      "square-token", .critical, opens: "payments of a Square account", literals: ["EAAA", "sq0atp-", "sq0csp-"],
      pattern: "EAAA[0-9A-Za-z_-]{60}|sq0(?:atp-[0-9A-Za-z_-]{22}|csp-[0-9A-Za-z_-]{43})", prefix: "",
      checks: [.random, .lettersAndDigits],
      revoke: "Replace the token", see: "https://developer.squareup.com/docs/build-basics/access-tokens",
      finds: ["sq0csp-{w41}{n2}", "sq0atp-{w20}{n2}"], passes: ["sq0csp-"]),
    .token(
      "braintree-token", .critical, opens: "payments of a Braintree account",
      literals: ["access_token$production$", "access_token$sandbox$"],
      pattern: #"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}"#,
      prefix: "access_token$", revoke: "Revoke the access token", see: "https://developer.paypal.com/braintree/docs",
      finds: ["access_token$production${l16}${h32}"], passes: ["access_token$production$"]),
    .token(
      "shopify-token", .critical, opens: "a Shopify shop", literals: ["shpat_", "shpca_", "shppa_", "shpss_"],
      pattern: "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}", prefix: "shp",
      revoke: "Uninstall the app or rotate its credentials",
      see: "https://shopify.dev/docs/apps/build/authentication-authorization", finds: ["shpat_{h32}", "shpss_{h32}"],
      passes: ["shpat_"]),
    .named(
      "paypal-secret", .critical, ["paypal"], ["clientsecret", "secret"], "E[0-9A-Za-z_-]{79}", sample: "E{w77}{n2}",
      opens: "payments of a PayPal account", revoke: "Replace the secret of the application",
      see: "https://developer.paypal.com/api/rest/"),
    .named(
      "plaid-secret", .critical, ["plaid"], ["secret", "clientsecret"], "[0-9a-f]{30}", sample: "{h30}",
      opens: "bank data through Plaid", revoke: "Rotate the secret", see: "https://plaid.com/docs/"),
  ]

  private static let work: [CredentialType] = [
    .token(
      "mapbox-secret-token", .high, opens: "a Mapbox account, as far as the token's scopes go", literals: ["sk.eyJ"],
      pattern: #"sk\.eyJ[0-9A-Za-z_-]{20,200}\.[0-9A-Za-z_-]{20,40}"#, prefix: "sk.", revoke: "Delete the token",
      see: "https://docs.mapbox.com/help/getting-started/access-tokens/", finds: ["sk.eyJ{w60}.{w20}{n2}"],
      passes: ["pk.eyJ{w60}.{w20}{n2}"]),
    .marked(
      "linear-key", .high, "lin_api_", "[0-9A-Za-z]{40}", sample: "{n40}", opens: "a Linear workspace as the user",
      revoke: "Revoke the API key", see: "https://linear.app/developers"),
    .marked(
      "notion-token", .high, "ntn_", "[0-9]{11}[0-9A-Za-z]{35}", sample: "{d11}{n35}",
      opens: "the Notion pages shared with the integration", revoke: "Refresh the integration's secret",
      see: "https://developers.notion.com/docs/authorization"),
    .named(
      "airtable-token", .high, ["airtable"], ["token", "pat", "apikey"], #"pat[0-9A-Za-z]{14}\.[0-9a-f]{64}"#,
      sample: "pat{n14}.{h64}", opens: "Airtable bases as the user", revoke: "Revoke the personal access token",
      see: "https://airtable.com/developers/web/api/authentication"),
    .marked(
      "figma-token", .medium, "figd_", "[0-9A-Za-z_-]{38,45}", sample: "{w38}{n2}", opens: "Figma files as the user",
      revoke: "Revoke the token", see: "https://www.figma.com/developers/api"),
    .marked(
      "postman-key", .high, "PMAK-", "[0-9a-f]{24}-[0-9a-f]{34}", sample: "{h24}-{h34}",
      opens: "Postman collections and the secrets in them", revoke: "Delete the API key",
      see: "https://learning.postman.com/docs/developer/postman-api/authentication/"),
    .marked(
      "contentful-token", .high, "CFPAT-", "[0-9A-Za-z_-]{43}", sample: "{w41}{n2}",
      opens: "Contentful spaces as the user", revoke: "Revoke the token",
      see: "https://www.contentful.com/developers/docs/references/authentication/"),
    .token(
      "dropbox-token", .high, opens: "a Dropbox", literals: ["sl.B", "sl.u."],
      pattern: #"sl\.(?:B|u\.)[0-9A-Za-z_-]{120,1300}"#, reach: 1400, prefix: "sl.", revoke: "Revoke the app's access",
      see: "https://developers.dropbox.com/oauth-guide",
      finds: ["sl.B{w134}{n2}"], passes: ["sl.Branch"]),
    .token(
      "hubspot-token", .high, opens: "a HubSpot account", literals: ["pat-na1-", "pat-na2-", "pat-eu1-"],
      pattern: "pat-(?:na|eu)[1-9]-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", prefix: "pat-",
      revoke: "Rotate the private app's token",
      see: "https://developers.hubspot.com/docs/guides/apps/private-apps/overview",
      finds: ["pat-na1-{uuid}", "pat-eu1-{uuid}"], passes: ["pat-na1-"]),
    .named(
      "okta-token", .critical, ["okta"], ["apitoken", "token"], "00[0-9A-Za-z_-]{40}", sample: "00{w38}{n2}",
      opens: "an Okta organisation's users and groups", revoke: "Revoke the API token",
      see: "https://developer.okta.com/docs/guides/create-an-api-token/"),
    .named(
      "auth0-secret", .critical, ["auth0"], ["clientsecret", "secret", "token"], "[0-9A-Za-z_-]{64}",
      sample: "{w62}{n2}", opens: "an Auth0 tenant as the application", revoke: "Rotate the client secret",
      see: "https://auth0.com/docs/get-started/applications/rotate-client-secret"),
    .named(
      "oidc-client-secret", .high, ["oidc", "oauth", "keycloak", "authentik", "authelia", "dex", "openid"],
      ["clientsecret", "oidcsecret", "oauthsecret"], #"[0-9A-Za-z+/=_.~-]{16,140}"#, sample: "{n32}",
      opens: "signing in as an OIDC client",
      revoke: "Regenerate the client's secret at the identity provider",
      see: "https://openid.net/specs/openid-connect-core-1_0.html"),
    .marked(
      "typeform-token", .medium, "tfp_", "[0-9A-Za-z_-]{40,60}", sample: "{w42}{n2}", opens: "Typeform responses",
      revoke: "Delete the token", see: "https://www.typeform.com/developers/get-started/personal-access-token/"),
    .named(
      "algolia-admin-key", .high, ["algolia"], ["adminkey", "adminapikey", "apikey", "writekey"], "[0-9a-f]{32}",
      sample: "{h32}", opens: "Algolia indexes", revoke: "Rotate the API key",
      see: "https://www.algolia.com/doc/guides/security/api-keys/"),
    .marked(
      "readme-key", .medium, "rdme_", "[0-9a-z]{70}", sample: "{l70}", opens: "documentation on ReadMe",
      revoke: "Delete the API key", see: "https://docs.readme.com/main/reference/intro/authentication"),
    .marked(
      "easypost-key", .high, "EZAK", "[0-9A-Za-z]{54}", sample: "{n54}", opens: "buying shipping labels",
      revoke: "Delete the API key", see: "https://docs.easypost.com/docs/authentication"),
    .marked(
      "clickup-token", .high, "pk_", "[0-9]{6,9}_[0-9A-Z]{32}", sample: "{d8}_{U32}", opens: "ClickUp as the user",
      revoke: "Regenerate the token", see: "https://developer.clickup.com/docs/authentication"),
    .named(
      "asana-token", .high, ["asana"], ["token", "pat", "accesstoken"],
      "[0-9]/[0-9]{10,18}(?:/[0-9]{10,18})?:[0-9a-f]{32}", sample: "1/{d16}:{h32}", opens: "Asana as the user",
      revoke: "Deauthorize the token", see: "https://developers.asana.com/docs/personal-access-token"),
    .named(
      "maxmind-key", .low, ["maxmind", "geoip", "geoipupdate"], ["licensekey", "key"],
      "[0-9A-Za-z]{6}_[0-9A-Za-z]{29}_mmk|[0-9A-Za-z]{16}", sample: "{n6}_{n29}_mmk",
      opens: "downloading MaxMind databases", revoke: "Delete the license key",
      see: "https://support.maxmind.com/hc/en-us/articles/4407111582235"),
  ]

  private static let home: [CredentialType] = [
    .named(
      "home-assistant-token", .high, ["homeassistant", "hass", "hassio"], ["token"],
      #"eyJ[0-9A-Za-z_-]{8,200}\.e[w-z0-3][0-9A-Za-z_-]{8,600}\.[0-9A-Za-z_-]{16,120}"#, sample: "{jwt}",
      checks: [.jsonWebToken], opens: "a home as the Home Assistant user, for ten years",
      revoke: "Delete the long-lived token in the user's profile",
      see: "https://developers.home-assistant.io/docs/auth_api/"),
    .named(
      "plex-token", .medium, ["plex"], ["token", "plextoken"], "[0-9A-Za-z_-]{20}", sample: "{n20}",
      opens: "a Plex server as its owner", revoke: "Sign out of all devices",
      see: "https://support.plex.tv/articles/204059436"),
    // Names of volumes are in lower case.
    .marked(
      "plex-claim", .medium, "claim-", "(?=[^A-Z]{0,19}[A-Z])[0-9A-Za-z_-]{20}", sample: "{w17}{u1}{n2}",
      opens: "a new Plex server to its owner's account, for some minutes", revoke: "Claim the server with a new token",
      see: "https://support.plex.tv/articles/206721658"),
    .named(
      "servarr-api-key", .medium,
      ["sonarr", "radarr", "prowlarr", "lidarr", "readarr", "bazarr", "sabnzbd", "overseerr", "tautulli", "jellyfin"],
      ["apikey"], "[0-9a-f]{32}", sample: "{h32}", opens: "a media server's API",
      revoke: "Reset the API key in the application's settings", see: "https://wiki.servarr.com/"),
    .named(
      "mqtt-password", .medium, ["mqtt", "mosquitto", "emqx"], ["password", "mqttpassword"], #"\S{6,100}"#,
      sample: "{n20}", checks: [.password], opens: "the messages of an MQTT broker",
      revoke: "Change the user's password at the broker", see: "https://mosquitto.org/man/mosquitto_passwd-1.html"),
  ]
}
