/// The three large clouds.
enum Clouds {
  static let types = amazon + google + azure

  private static let amazonDocs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"
  private static let amazon: [CredentialType] = [
    .token(
      "aws-access-key", .high, opens: "an AWS account as the user of the key, together with its secret half",
      literals: ["AKIA"], pattern: #"(?<!Credential=|Credential%3D)AKIA[A-Z2-7]{16}"#,
      revoke: "Deactivate the access key in IAM, delete it, and search CloudTrail for its use", see: amazonDocs,
      finds: ["AKIA{t16}", "aws_access_key_id = «AKIA{t16}»\n"],
      passes: ["AKIA{|}IOSFODNN7EXAMPLE", "AKIA{|}I44QH8DHBEXAMPLE", "AKIA{t10}"]),
    .token(
      "aws-temporary-access-key", .medium,
      opens: "an AWS account for some hours, together with secret and session token",
      literals: ["ASIA"], pattern: #"(?<!Credential=|Credential%3D)ASIA[A-Z2-7]{16}"#,
      revoke: "Revoke the sessions of the role in IAM", see: amazonDocs, finds: ["ASIA{t16}"],
      passes: ["ASIA{|}IOSFODNN7EXAMPLE"]),
    .assigned(
      "aws-secret-key", .critical, opens: "an AWS account as the user of the key",
      vendors: [], names: ["secretaccesskey", "awssecretkey", "awssecret", "s3secretkey", "secretkeyaws"],
      pattern: "[0-9A-Za-z/+]{40}",
      checks: [.random, .entropy(4.0), .lettersAndDigits],
      revoke: "Deactivate the access key in IAM, delete it, and search CloudTrail for its use", see: amazonDocs,
      finds: ["aws_secret_access_key = «{b40}»\n", "AWS_SECRET_ACCESS_KEY=\"«{b40}»\"", "secretAccessKey: «{b40}»"],
      passes: ["aws_secret_access_key = wJalrXUtnFEM{|}I/K7MDENG/bPxRfiCYEXAMPLEKEY"]),
    .token(
      "aws-session-token", .high, opens: "an AWS account for some hours, together with the key pair",
      literals: ["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"],
      pattern: "(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[0-9A-Za-z+/=]{80,2400}", reach: 2500, prefix: "",
      revoke: "Revoke the sessions of the role in IAM",
      see: "https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html",
      finds: ["IQoJb3JpZ2lu{b400}", "AWS_SESSION_TOKEN=«FwoGZXIvYXdz{b300}»\n"], passes: ["IQoJb3JpZ2lu"]),
    .token(
      "aws-bedrock-key", .high, opens: "the models of Amazon Bedrock at the account's cost",
      literals: ["ABSKQmVkcm9ja0FQSUtleS"], pattern: "ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/=]{80,130}", reach: 180,
      prefix: "ABSK",
      revoke: "Delete the API key of the IAM user",
      see: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
      finds: ["ABSKQmVkcm9ja0FQSUtleS{b104}"]
    )
    // Keys for some hours: a request to bedrock.amazonaws.com, signed.
    .marked(
      literals: ["bedrock-api-key-YmVkcm9jay5hbWF6b25hd3Mu"],
      pattern: "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3Mu[0-9A-Za-z+/=]{200,2400}", reach: 2500,
      prefix: "bedrock-api-key-",
      finds: ["bedrock-api-key-YmVkcm9jay5hbWF6b25hd3Mu{b300}"]),
    .marked(
      "aws-marketplace-token", .high, "amzn.mws.", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", sample: "{uuid}",
      opens: "a seller's orders and customers", revoke: "Revoke the developer's access in Seller Central",
      see: "https://developer-docs.amazon.com/sp-api/"),
    .named(
      "aws-smtp-password", .high, ["ses", "amazonses", "smtp"], ["smtppassword", "sespassword"], "B[0-9A-Za-z/+]{43}",
      sample: "B{b43}",
      opens: "sending mail as the domain", revoke: "Delete the SMTP user in IAM",
      see: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"),
  ]

  private static let googleDocs = "https://cloud.google.com/docs/authentication/api-keys"
  private static let google: [CredentialType] = [
    .token(
      "gcp-service-account-key", .critical, opens: "a Google Cloud project as the service account",
      literals: ["\"private_key_id\"", "private_key_id\\\""],
      pattern:
        #"\\?"?private_key_id\\?"\s*:\s*\\?"[0-9a-f]{40}\\?"\s*,(?:\s|\\n)*\\?"private_key\\?"\s*:\s*\\?"(-----BEGIN PRIVATE KEY-----(?:[0-9A-Za-z+/=\s]|\\+[nr])*-----END PRIVATE KEY-----)"#,
      reach: 6000, prefix: "", checks: [.keyBody], rank: 40,
      revoke: "Delete the key of the service account and search the audit logs for its use",
      see: "https://cloud.google.com/iam/docs/keys-create-delete",
      finds: [
        #"{"type": "service_account", "private_key_id": "{h40}", "private_key": "«-----BEGIN PRIVATE KEY-----\n{b64}\n{b64}\n{b40}\n-----END PRIVATE KEY-----»\n"}"#
      ], passes: [#"{"private_key_id": "abc", "private_key": "x"}"#]),
    .token(
      "gcp-api-key", .high, opens: "the Google APIs allowed to the key, at the project's cost",
      literals: ["AIza"], pattern: "AIza[0-9A-Za-z_-]{35}", checks: [.random, .entropy(3.5)],
      revoke: "Delete the key in the project's credentials and restrict the next one", see: googleDocs,
      finds: ["AIza{w35}", "key=«AIza{n35}»&q=x"], passes: ["AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", "AIza{n9}"]),
    .marked(
      "gcp-oauth-client-secret", .high, "GOCSPX-", "[0-9A-Za-z_-]{28}", sample: "{w27}{n1}",
      opens: "a Google OAuth client as itself",
      revoke: "Reset the secret of the OAuth client", see: "https://developers.google.com/identity/protocols/oauth2"),
    .marked(
      "gcp-access-token", .medium, "ya29.", "[0-9A-Za-z_-]{60,1000}", sample: "{w120}{n4}", reach: 1100,
      opens: "Google APIs for an hour",
      revoke: "Revoke the grant of the account", see: "https://developers.google.com/identity/protocols/oauth2"),
    .marked(
      "gcp-refresh-token", .high, "1//0", "[0-9A-Za-z_-]{40,140}", sample: "{w95}{n4}",
      opens: "Google APIs as the user, without end",
      revoke: "Revoke the grant of the account", see: "https://developers.google.com/identity/protocols/oauth2"),
    .marked(
      "gcp-hmac-key", .medium, "GOOG1E", "[A-Z0-9]{55,57}", sample: "{U55}",
      opens: "a storage bucket, together with the secret",
      revoke: "Deactivate and delete the HMAC key", see: "https://cloud.google.com/storage/docs/authentication/hmackeys"
    ),
    .token(
      "firebase-server-key", .high, opens: "sending push messages to every user of an app",
      literals: [":APA91b"], pattern: "AAAA[0-9A-Za-z_-]{7}:APA91b[0-9A-Za-z_-]{120,170}", leads: [11], prefix: "AAAA",
      revoke: "Delete the server key in the Firebase console", see: "https://firebase.google.com/docs/cloud-messaging",
      finds: ["key: «AAAA{n7}:APA91b{w133}{n1}»\n"], passes: ["token: {n22}:APA91b{w133}{n1}\n"]),
  ]

  private static let azureDocs = "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage"
  private static let azure: [CredentialType] = [
    .token(
      "azure-client-secret", .critical, opens: "Azure and Microsoft 365 as an application",
      literals: ["7Q~", "8Q~"], pattern: "[0-9A-Za-z_~.-]{3}[78]Q~[0-9A-Za-z_~.-]{31,34}", leads: [3], prefix: "",
      revoke: "Delete the client secret of the app registration and read its sign-in logs",
      see: "https://learn.microsoft.com/entra/identity-platform/howto-create-service-principal-portal",
      finds: ["client_secret: «{n3}8Q~{n34}»\n", "ARM_CLIENT_SECRET=\"«{n3}7Q~{n31}»\""], passes: ["8Q~"]),
    .token(
      "azure-storage-key", .critical, opens: "every blob, queue and table of a storage account",
      literals: ["+ASt"], pattern: #"[0-9A-Za-z+/]{76}\+ASt[0-9A-Za-z+/]{6}=="#, reach: 96, leads: [76], prefix: "",
      revoke: "Rotate both keys of the storage account", see: azureDocs,
      finds: ["AccountKey=«{b76}+ASt{n5}A==»;EndpointSuffix=core.windows.net"], passes: ["+ASt"]),
    .token(
      "azure-account-key", .critical, opens: "an Azure storage account or Cosmos database",
      literals: ["AccountKey="], pattern: "AccountKey=([0-9A-Za-z+/]{86}==)", prefix: "",
      checks: [.random, .entropy(4.5)],
      revoke: "Rotate both keys of the account", see: azureDocs,
      finds: ["DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«{b86}==»;EndpointSuffix=core.windows.net"],
      passes: ["AccountKey=Eby8vdM02xNO{|}cqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="]
    ),
    .assigned(
      "azure-storage-key-by-name", .critical, opens: "every blob, queue and table of a storage account",
      vendors: ["azure", "storage", "cosmos", "blob"],
      names: ["accountkey", "accesskey", "storagekey", "primarykey", "masterkey"], pattern: "[0-9A-Za-z+/]{86}==",
      checks: [.random, .entropy(4.5)], revoke: "Rotate both keys of the account", see: azureDocs,
      finds: ["AZURE_STORAGE_ACCOUNT_KEY=«{b86}==»\n", "azure_storage_access_key: «{b86}==»"]),
    .token(
      "azure-shared-access-key", .high, opens: "a Service Bus, Event Hub or IoT Hub",
      literals: ["SharedAccessKey="], pattern: "SharedAccessKey=([0-9A-Za-z+/]{40,43}=)", prefix: "",
      revoke: "Regenerate the keys of the shared access policy",
      see: "https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas",
      finds: ["Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«{b43}=»\n"]),
    .token(
      "azure-sas-token", .high, opens: "the storage resource in the URL until the token expires",
      literals: ["sig="], pattern: "sig=((?:[0-9A-Za-z+/]|%2[BbFf]){42,86}(?:%3[Dd]|=){1,2})", prefix: "",
      checks: [.random, .entropy(4.0)],
      revoke: "Rotate the account key that signed it, or delete the stored access policy",
      see: "https://learn.microsoft.com/azure/storage/common/storage-sas-overview",
      finds: ["https://x.blob.core.windows.net/c?sv=2022-11-02&sp=rl&se=2030-01-01T00:00:00Z&sr=c&sig=«{n43}%3D»"],
      passes: ["sig=abc"]),
    .token(
      "azure-registry-key", .high, opens: "an Azure container registry, pushing included",
      literals: ["+ACR"], pattern: #"[0-9A-Za-z+/]{42}\+ACR[A-D][0-9A-Za-z+/]{5}"#, reach: 60, leads: [42], prefix: "",
      revoke: "Regenerate the registry's passwords",
      see: "https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
      finds: ["{b42}+ACRA{n5}"]),
    .token(
      "azure-search-key", .high, opens: "an Azure AI Search service",
      literals: ["AzSe"], pattern: "[0-9A-Za-z]{42}AzSe[A-D][0-9A-Za-z]{5}", reach: 60, leads: [42], prefix: "",
      revoke: "Regenerate the admin keys", see: "https://learn.microsoft.com/azure/search/search-security-api-keys",
      finds: ["{n42}AzSeA{n5}"]),
    .token(
      "azure-functions-key", .high, opens: "calling an Azure function",
      literals: ["AzFu"], pattern: "[0-9A-Za-z_-]{44}AzFu[0-9A-Za-z_-]{6}==", reach: 64, leads: [44], prefix: "",
      revoke: "Renew the function's keys",
      see: "https://learn.microsoft.com/azure/azure-functions/function-keys-how-to", finds: ["{n44}AzFu{n6}=="]),
    .token(
      "azure-ai-key", .high, opens: "Azure AI services at the account's cost",
      literals: ["JQQJ99"], pattern: "[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{18}AC[0-9A-Za-z]{6}", reach: 90, leads: [52],
      prefix: "",
      revoke: "Regenerate both keys of the resource", see: "https://learn.microsoft.com/azure/ai-services/",
      finds: ["{n52}JQQJ99{n18}AC{n6}"]),
    .named(
      "azure-openai-key", .high, ["azureopenai", "azureai", "cognitive"], ["apikey", "key"], "[0-9a-f]{32}",
      sample: "{h32}",
      opens: "Azure OpenAI models at the account's cost", revoke: "Regenerate both keys of the resource",
      see: "https://learn.microsoft.com/azure/ai-services/openai/"),
    .token(
      "azure-publish-password", .high, opens: "deploying to an Azure web app",
      literals: ["userPWD="], pattern: #"userPWD=\\?"([0-9A-Za-z]{60})"#, prefix: "",
      revoke: "Reset the publish profile",
      see: "https://learn.microsoft.com/azure/app-service/deploy-configure-credentials",
      finds: ["userName=\"$x\" userPWD=\"«{n60}»\""]),
  ]
}
