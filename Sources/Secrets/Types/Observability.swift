/// Metrics, logs, traces and alarms.
enum Observability {
  static let types: [CredentialType] = [
    .named(
      "datadog-api-key", .high, ["datadog", "dd"], ["apikey"], "[0-9a-f]{32}", sample: "{h32}",
      opens: "sending data to a Datadog account",
      revoke: "Revoke the API key in the organisation settings",
      see: "https://docs.datadoghq.com/account_management/api-app-keys/"),
    .named(
      "datadog-app-key", .high, ["datadog", "dd"], ["appkey", "applicationkey"], "[0-9a-f]{40}", sample: "{h40}",
      opens: "Datadog's API as the user",
      revoke: "Revoke the application key", see: "https://docs.datadoghq.com/account_management/api-app-keys/"),
    .marked(
      "grafana-service-account-token", .high, "glsa_", "[0-9A-Za-z]{32}_[0-9a-f]{8}", sample: "{n32}_{h8}",
      opens: "Grafana as the service account",
      revoke: "Delete the service account's token",
      see: "https://grafana.com/docs/grafana/latest/administration/service-accounts/"),
    .marked(
      "grafana-cloud-token", .high, "glc_", "[0-9A-Za-z+/]{32,400}={0,2}", sample: "eyJv{n120}", reach: 420,
      opens: "Grafana Cloud as the access policy allows",
      revoke: "Delete the access policy's token",
      see: "https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/"),
    .token(
      "grafana-api-key", .high, opens: "Grafana as the role of the key", literals: ["eyJrIjoi"],
      pattern: "eyJrIjoi[0-9A-Za-z+/_-]{60,300}={0,2}", prefix: "eyJ", rank: 31,
      revoke: "Delete the API key and move to service accounts",
      see: "https://grafana.com/docs/grafana/latest/administration/service-accounts/migrate-api-keys/",
      finds: ["eyJrIjoi{n88}"], passes: ["eyJrIjoi"]),
    .token(
      "newrelic-user-key", .high, opens: "New Relic's API as the user", literals: ["NRAK-"],
      pattern: "NRAK-[A-Z0-9]{27}", revoke: "Delete the API key",
      see: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/", finds: ["NRAK-{U27}"],
      passes: ["NRAK-{U5}"]),
    .token(
      "newrelic-license-key", .high, opens: "sending data to a New Relic account", literals: ["NRAL"],
      pattern: "(?:[0-9a-f]{2}|eu)[0-9A-Za-z]{34}NRAL", leads: [36], prefix: "",
      revoke: "Rotate the license key", see: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
      finds: ["NEW_RELIC_LICENSE_KEY=«{h36}NRAL»\n", "license_key: «eu01xx{h30}NRAL»\n"], passes: ["NRAL"]),
    .token(
      "newrelic-ingest-key", .medium, opens: "sending data to a New Relic account",
      literals: ["NRII-", "NRIQ-", "NRRA-", "NRAA-"], pattern: "NR(?:II|IQ|RA|AA)-[0-9A-Za-z_-]{32,42}", prefix: "NR",
      revoke: "Delete the key", see: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
      finds: ["NRII-{w30}{n2}"], passes: ["NRII-"]),
    .marked(
      "newrelic-browser-key", .low, "NRJS-", "[0-9a-f]{19}", sample: "{h19}",
      opens: "sending browser data to a New Relic account",
      revoke: "Rotate the browser key", see: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"),
    .marked(
      "sentry-auth-token", .high, "sntrys_eyJ", "[0-9A-Za-z+/=_]{80,400}", sample: "{n120}_{n43}", reach: 480,
      opens: "a Sentry organisation's releases",
      revoke: "Revoke the organisation's auth token", see: "https://docs.sentry.io/account/auth-tokens/"),
    .marked(
      "sentry-user-token", .high, "sntryu_", "[0-9a-f]{64}", sample: "{h64}", opens: "Sentry's API as the user",
      revoke: "Revoke the personal token", see: "https://docs.sentry.io/account/auth-tokens/"),
    .named(
      "sentry-legacy-token", .high, ["sentry"], ["authtoken", "token"], "[0-9a-f]{64}", sample: "{h64}",
      opens: "Sentry's API as the user",
      revoke: "Revoke the token", see: "https://docs.sentry.io/account/auth-tokens/"),
    .named(
      "pagerduty-key", .high, ["pagerduty"], ["apikey", "token", "apitoken"], #"[0-9A-Za-z_+-]{20}"#, sample: "u+{n18}",
      opens: "PagerDuty's API",
      revoke: "Delete the API key", see: "https://support.pagerduty.com/main/docs/api-access-keys"),
    .named(
      "pagerduty-integration-key", .medium, ["pagerduty"], ["routingkey", "servicekey", "integrationkey", "key"],
      "[0-9a-z]{32}", sample: "{h32}", opens: "raising and silencing PagerDuty incidents",
      revoke: "Delete the integration and add another",
      see: "https://support.pagerduty.com/main/docs/services-and-integrations"),
    .named(
      "opsgenie-key", .high, ["opsgenie"], ["apikey", "key", "token"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      sample: "{uuid}", opens: "Opsgenie alerts and schedules",
      revoke: "Delete the API key", see: "https://support.atlassian.com/opsgenie/docs/api-key-management/"),
    .named(
      "splunk-hec-token", .medium, ["splunk", "hec"], ["hectoken", "token"],
      "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", sample: "{uuid}", opens: "writing events to Splunk",
      revoke: "Delete the HEC token",
      see: "https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector"),
    .token(
      "honeycomb-key", .high, opens: "a Honeycomb environment",
      literals: ["hcaik_", "hcbik_", "hcxik_", "hcamk_", "hcalk_"], pattern: "hc[abx][iml]k_[0-9a-z]{58}", prefix: "hc",
      revoke: "Delete the key", see: "https://docs.honeycomb.io/configure/environments/manage-api-keys/",
      finds: ["hcaik_{l58}"], passes: ["hcaik_{l5}"]),
    .named(
      "honeycomb-legacy-key", .high, ["honeycomb"], ["apikey", "team", "writekey", "key"],
      "[0-9a-f]{32}|[0-9A-Za-z]{22}", sample: "{h32}", opens: "a Honeycomb environment",
      revoke: "Delete the key", see: "https://docs.honeycomb.io/configure/environments/manage-api-keys/"),
    .token(
      "dynatrace-token", .high, opens: "what its Dynatrace scopes allow",
      literals: ["dt0c01.", "dt0s01.", "dt0s02.", "dt0s03.", "dt0s06.", "dt0s08.", "dt0s16.", "dt0e01.", "dt0a01."],
      pattern: #"dt0[a-z][0-9]{2}\.[A-Z0-9]{8,24}\.[A-Z2-7]{64}"#, prefix: "dt0", revoke: "Delete the token",
      see: "https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication",
      finds: ["dt0c01.{t24}.{t64}"], passes: ["dt0c01.{t24}"]),
    .named(
      "elastic-api-key", .high, ["elastic", "elasticsearch", "elasticcloud", "kibana", "es"], ["apikey"],
      "[0-9A-Za-z_-]{20,22}(?::[0-9A-Za-z_-]{22})|[0-9A-Za-z+/]{58,60}={0,2}", sample: "{n20}:{n22}",
      opens: "an Elasticsearch cluster as the key's roles allow",
      revoke: "Invalidate the API key", see: "https://www.elastic.co/docs/deploy-manage/api-keys"),
    .named(
      "influxdb-token", .high, ["influx", "influxdb"], ["token", "admintoken"], "[0-9A-Za-z_+/-]{86}==",
      sample: "{w86}==", opens: "an InfluxDB organisation",
      revoke: "Delete the token", see: "https://docs.influxdata.com/influxdb/v2/admin/tokens/"),
    .named(
      "logzio-token", .medium, ["logzio", "logz"], ["token", "shippingtoken"], "[A-Za-z]{32}",
      sample: "{u4}{a3}{u5}{a6}{u7}{a7}", opens: "writing logs to Logz.io",
      revoke: "Replace the shipping token", see: "https://docs.logz.io/docs/user-guide/admin/authentication-tokens/"),
    .named(
      "loggly-token", .medium, ["loggly"], ["token"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "writing logs to Loggly",
      revoke: "Retire the customer token", see: "https://documentation.solarwinds.com/en/success_center/loggly/"),
    .named(
      "rollbar-token", .medium, ["rollbar"], ["accesstoken", "token"], "[0-9a-f]{32}", sample: "{h32}",
      opens: "a Rollbar project",
      revoke: "Disable the project access token", see: "https://docs.rollbar.com/docs/access-tokens"),
    .named(
      "bugsnag-key", .low, ["bugsnag"], ["apikey"], "[0-9a-f]{32}", sample: "{h32}",
      opens: "sending reports to a Bugsnag project",
      revoke: "Regenerate the project's key", see: "https://docs.bugsnag.com/"),
    .token(
      "axiom-token", .high, opens: "Axiom datasets", literals: ["xaat-", "xapt-"],
      pattern: "xa[ap]t-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", prefix: "xa",
      revoke: "Delete the token", see: "https://axiom.co/docs/reference/tokens", finds: ["xaat-{uuid}"],
      passes: ["xaat-"]),
    .token(
      "healthchecks-ping", .low, opens: "faking the heartbeat of a job", literals: ["hc-ping.com/"],
      pattern: #"hc-ping\.com/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"#, prefix: "",
      revoke: "Make a new ping URL for the check", see: "https://healthchecks.io/docs/",
      finds: ["https://hc-ping.com/«{uuid}»\n"], passes: ["https://hc-ping.com/${UUID}"]),
    .token(
      "deadmanssnitch-url", .low, opens: "faking the heartbeat of a job", literals: ["nosnch.in/"],
      pattern: #"nosnch\.in/([0-9a-f]{10})"#, prefix: "", checks: [],
      revoke: "Make a new snitch", see: "https://deadmanssnitch.com/docs", finds: ["https://nosnch.in/«{h10}»\n"],
      passes: ["https://nosnch.in/<id>"]),
    .named(
      "uptimerobot-key", .medium, ["uptimerobot"], ["apikey", "key"], "[um][0-9]{6,10}-[0-9a-f]{24}",
      sample: "u{d7}-{h24}", opens: "the monitors of an UptimeRobot account",
      revoke: "Reset the API key", see: "https://uptimerobot.com/api/"),
    .token(
      "posthog-key", .high, opens: "PostHog's API as the user", literals: ["phx_"], pattern: "phx_[0-9A-Za-z]{40,50}",
      revoke: "Delete the personal API key",
      see: "https://posthog.com/docs/api", finds: ["phx_{n43}"], passes: ["phx_{n5}"]),
    .named(
      "lightstep-token", .medium, ["lightstep"], ["accesstoken", "token"], "[0-9A-Za-z+/_-]{84,180}={0,2}",
      sample: "{w100}{n2}", opens: "sending traces to Lightstep",
      revoke: "Rotate the access token", see: "https://docs.lightstep.com/docs/create-and-manage-access-tokens"),
    .named(
      "coralogix-key", .medium, ["coralogix"], ["privatekey", "apikey", "key"],
      "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|cxt[pu]_[0-9A-Za-z]{30}", sample: "{uuid}",
      opens: "sending data to Coralogix",
      revoke: "Delete the API key", see: "https://coralogix.com/docs/user-guides/account-management/api-keys/"),
    .named(
      "sumologic-key", .high, ["sumologic", "sumo"], ["accesskey", "key"], "[0-9A-Za-z]{64}", sample: "{n64}",
      opens: "Sumo Logic's API",
      revoke: "Deactivate the access key", see: "https://help.sumologic.com/docs/manage/security/access-keys/"),
    .named(
      "launchdarkly-key", .medium, ["launchdarkly", "ld"], ["sdkkey", "apikey", "accesstoken", "token"],
      "(?:sdk|api)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "sdk-{uuid}",
      opens: "the feature flags of an environment",
      revoke: "Reset the key", see: "https://docs.launchdarkly.com/home/account/api"),
  ]
}
