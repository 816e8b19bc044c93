/// Chat, mail and push messages.
enum Messaging {
  static let types: [CredentialType] = [
    .token(
      "slack-bot-token", .high, opens: "a Slack workspace as the bot", literals: ["xoxb-"],
      pattern: "xoxb-[0-9]{8,14}-(?:[0-9]{8,14}-)?[0-9A-Za-z]{18,34}",
      revoke: "Revoke the token with auth.revoke or reinstall the app",
      see: "https://api.slack.com/authentication/token-types",
      finds: ["xoxb-{d12}-{d13}-{n24}", "SLACK_TOKEN=«xoxb-{d11}-{n24}»\n"], passes: ["xoxb-your-token", "xoxb-{d5}"]),
    .token(
      "slack-user-token", .critical, opens: "a Slack workspace as the user",
      literals: ["xoxp-", "xoxs-", "xoxo-", "xoxa-", "xoxr-", "xoxc-", "xoxd-"],
      pattern: "xox[psoarcd]-(?:[0-9]-)?(?:[0-9]{8,14}-){1,3}[0-9A-Fa-z]{24,64}|xoxd-[0-9A-Za-z%+/]{60,300}",
      prefix: "xox",
      revoke: "Revoke the token with auth.revoke", see: "https://api.slack.com/authentication/token-types",
      finds: ["xoxp-{d11}-{d12}-{d12}-{h32}", "xoxs-{d11}-{d12}-{d12}-{h32}"], passes: ["xoxp-token"]),
    .token(
      "slack-app-token", .high, opens: "a Slack app's events", literals: ["xapp-"],
      pattern: "xapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{8,15}-[0-9a-f]{64}",
      revoke: "Revoke the app-level token", see: "https://api.slack.com/authentication/token-types",
      finds: ["xapp-1-A{U10}-{d13}-{h64}"], passes: ["xapp-1"]),
    .token(
      "slack-rotated-token", .high, opens: "a Slack workspace, or new tokens for it",
      literals: ["xoxe.xoxp-", "xoxe.xoxb-", "xoxe-"], pattern: #"xoxe(?:\.xox[bp])?-[0-9]-[0-9A-Za-z-]{100,250}"#,
      prefix: "xoxe",
      rank: 32, revoke: "Revoke the token with auth.revoke", see: "https://api.slack.com/authentication/rotation",
      finds: ["xoxe-1-{n146}", "xoxe.xoxp-1-{n166}"], passes: ["xoxe-1"]),
    .token(
      "slack-webhook", .high, opens: "posting into a Slack channel",
      literals: ["hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/"],
      pattern:
        #"hooks\.slack\.com/(?:services|workflows|triggers)/([TE][A-Z0-9]{6,14}/[A-Z0-9]{6,18}/[0-9A-Za-z]{16,48}(?:/[0-9A-Za-z]{16,48})?)"#,
      prefix: "",
      revoke: "Delete the webhook in the Slack app", see: "https://api.slack.com/messaging/webhooks",
      finds: ["https://hooks.slack.com/services/«T{U9}/B{U9}/{n24}»"],
      passes: [
        "https://hooks.slack.com/services/{|}T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com/services/YOUR/WEBHOOK/URL",
      ]),
    .named(
      "slack-signing-secret", .medium, ["slack"], ["signingsecret", "clientsecret"], "[0-9a-f]{32}", sample: "{h32}",
      opens: "forging requests to a Slack app",
      revoke: "Regenerate the secret in the app's settings",
      see: "https://api.slack.com/authentication/verifying-requests-from-slack"),
    .token(
      "discord-webhook", .high, opens: "posting into a Discord channel",
      literals: ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
      pattern: #"discord(?:app)?\.com/api/webhooks/([0-9]{17,20}/[0-9A-Za-z_-]{60,72})"#, prefix: "",
      revoke: "Delete the webhook in the channel's settings",
      see: "https://discord.com/developers/docs/resources/webhook",
      finds: [
        "https://discord.com/api/webhooks/«{d18}/{w66}{n2}»",
        "discord://x https://discordapp.com/api/webhooks/«{d19}/{w66}{n2}»",
      ], passes: ["https://discord.com/api/webhooks/<id>/<token>"]),
    .named(
      "discord-bot-token", .critical, ["discord"], ["token", "bottoken"],
      #"[MNO][0-9A-Za-z]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,42}"#, sample: "M{n25}.{n6}.{w36}{n2}",
      opens: "Discord as the bot",
      revoke: "Reset the bot's token", see: "https://discord.com/developers/docs/reference#authentication"),
    .token(
      "teams-webhook", .high, opens: "posting into a Teams channel",
      literals: ["webhook.office.com/webhookb2/", "outlook.office.com/webhook/"],
      pattern:
        #"(?:webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/([0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}(?:/[0-9A-Za-z_-]{20,60})?)"#,
      prefix: "",
      revoke: "Remove the connector from the channel",
      see: "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
      finds: ["https://corp.webhook.office.com/webhookb2/«{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}»"],
      passes: ["https://outlook.office.com/webhook/<id>"]),
    .token(
      "power-automate-url", .high, opens: "starting a Power Automate flow, a Teams workflow among them",
      literals: [".logic.azure.com", ".api.powerplatform.com"],
      pattern: #"\.(?:logic\.azure\.com|api\.powerplatform\.com)(?::443)?/[^\s"'<>]{1,400}?sig=([0-9A-Za-z_-]{43})"#,
      reach: 640, prefix: "", rank: 33, revoke: "Delete the trigger and make another",
      see: "https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app",
      finds: [
        "https://prod-01.westeurope.logic.azure.com:443/workflows/{h32}/triggers/manual/paths/invoke?api-version=2016-06-01&sig=«{w41}{n2}»"
      ]),
    .token(
      "telegram-bot-token", .high, opens: "Telegram as the bot", literals: [":AA"],
      pattern: "(?<![0-9])[0-9]{8,10}:AA[0-9A-Za-z_-]{33}", leads: [10, 9, 8], prefix: "",
      revoke: "Revoke the token with BotFather",
      see: "https://core.telegram.org/bots/api",
      finds: [
        "{d10}:AA{w32}{n1}", "TELEGRAM_TOKEN=«{d9}:AA{w32}{n1}»\n",
        "https://api.telegram.org/bot«{d10}:AA{w32}{n1}»/sendMessage",
      ], passes: [":AA"]),
    .token(
      "sendgrid-key", .high, opens: "sending mail as the domain", literals: ["SG."],
      pattern: #"SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}"#, revoke: "Delete the API key",
      see: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
      finds: ["SG.{w22}.{w41}{n2}", "SENDGRID_API_KEY=«SG.{n22}.{n43}»\n"], passes: ["SG.xxxxxxxx.yyyyyyyy", "SG.{w5}"]),
    .named(
      "mailgun-key", .high, ["mailgun", "mg"], ["apikey", "key", "signingkey"],
      "(?:key-)?[0-9a-f]{32}(?:-[0-9a-f]{8}-[0-9a-f]{8})?", sample: "{h32}-{h8}-{h8}",
      opens: "sending mail as the domain",
      revoke: "Delete the API key", see: "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/"),
    .named(
      "twilio-api-key", .high, ["twilio"], ["apikey", "apikeysid", "keysid", "sid"], "SK[0-9a-f]{32}",
      sample: "SK{h32}", opens: "Twilio, together with the secret", revoke: "Delete the API key",
      see: "https://www.twilio.com/docs/iam/api-keys"),
    .named(
      "twilio-auth-token", .critical, ["twilio"], ["authtoken", "token", "apisecret", "secret"],
      "[0-9a-f]{32}|[0-9A-Za-z]{32}", sample: "{h32}", opens: "a whole Twilio account",
      revoke: "Promote a secondary auth token and delete the old", see: "https://www.twilio.com/docs/iam/api/authtoken"),
    .named(
      "mailchimp-key", .high, ["mailchimp"], ["apikey", "key"], "[0-9a-f]{32}-us[0-9]{1,2}", sample: "{h32}-us12",
      opens: "the lists of a Mailchimp account",
      revoke: "Disable the API key", see: "https://mailchimp.com/help/about-api-keys/"),
    .named(
      "postmark-token", .high, ["postmark"], ["servertoken", "token", "apikey"],
      "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}", opens: "sending mail as the domain",
      revoke: "Delete the server token", see: "https://postmarkapp.com/developer/api/overview"),
    .token(
      "brevo-key", .high, opens: "sending mail as the domain", literals: ["xkeysib-", "xsmtpsib-"],
      pattern: "x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}", prefix: "x",
      revoke: "Delete the key", see: "https://developers.brevo.com/docs/getting-started",
      finds: ["xkeysib-{h64}-{n16}", "xsmtpsib-{h64}-{n16}"], passes: ["xkeysib-"]),
    .named(
      "mandrill-key", .high, ["mandrill"], ["apikey", "key"], "md-[0-9A-Za-z_-]{22}", sample: "md-{n22}",
      opens: "sending mail as the domain", revoke: "Disable the API key",
      see: "https://mailchimp.com/developer/transactional/"),
    .named(
      "resend-key", .high, ["resend"], ["apikey", "key", "token"],
      "re_[0-9A-Za-z]{8}_[0-9A-Za-z]{24}|re_[0-9A-Za-z_]{20,40}", sample: "re_{n8}_{n24}",
      opens: "sending mail as the domain", revoke: "Delete the API key",
      see: "https://resend.com/docs/dashboard/api-keys/introduction"),
    .token(
      "ntfy-token", .medium, opens: "ntfy topics as the user", literals: ["tk_"], pattern: "tk_[a-z0-9]{29}",
      checks: [.random, .lettersAndDigits], revoke: "Remove the token with ntfy token remove",
      see: "https://docs.ntfy.sh/config/#access-tokens", finds: ["tk_{l29}"], passes: ["tk_{l4}"]),
    .named(
      "pushover-token", .medium, ["pushover"], ["token", "apitoken", "userkey", "key"], "[a-z0-9]{30}",
      sample: "a{l29}", opens: "sending push messages", revoke: "Delete the application and make another",
      see: "https://pushover.net/api"),
    .named(
      "gotify-token", .medium, ["gotify"], ["token", "apptoken"], #"[AC][0-9A-Za-z._-]{14}"#, sample: "A{n14}",
      opens: "sending or reading messages of a Gotify server", revoke: "Delete the application or client",
      see: "https://gotify.net/docs/pushmsg"),
    .token(
      "matrix-token", .high, opens: "Matrix as the user", literals: ["syt_"],
      pattern: "syt_[0-9A-Za-z+/=]{2,80}_[0-9A-Za-z]{20}_[0-9A-Za-z]{6}", revoke: "Log the session out",
      see: "https://spec.matrix.org/latest/client-server-api/", finds: ["syt_{n8}_{n20}_{n6}"], passes: ["syt_x"]),
    .named(
      "mattermost-token", .high, ["mattermost"], ["token", "accesstoken"], "[a-z0-9]{26}", sample: "{l26}",
      opens: "Mattermost as the user or bot", revoke: "Revoke the token",
      see: "https://developers.mattermost.com/integrate/reference/personal-access-token/"),
    .token(
      "mattermost-webhook", .medium, opens: "posting into a chat channel", literals: ["/hooks/"],
      pattern: "/hooks/([a-z0-9]{26})", prefix: "", checks: [.random, .lettersAndDigits, .entropy(3.6)],
      revoke: "Delete the incoming webhook",
      see: "https://developers.mattermost.com/integrate/webhooks/incoming/",
      finds: ["https://chat.corp.test/hooks/«{l26}»\n"], passes: ["/hooks/pre-commit"]),
    .named(
      "zoom-secret", .high, ["zoom"], ["clientsecret", "apisecret", "secret"], "[0-9A-Za-z]{32,36}", sample: "{n32}",
      opens: "Zoom as the application", revoke: "Regenerate the client secret",
      see: "https://developers.zoom.us/docs/internal-apps/"),
    .named(
      "smtp-password", .high, ["smtp", "mail", "imap", "mailer"],
      ["smtppassword", "smtppass", "mailpassword", "emailpassword", "imappassword", "smtpauthpassword", "smtppwd"],
      #"\S{8,120}"#, sample: "{n20}", checks: [.password], opens: "sending mail as the account",
      revoke: "Change the mailbox's password", see: "https://www.rfc-editor.org/rfc/rfc4954"),
  ]
}
