/// What has no mark of its own and is judged by its name, its value and its place.
enum Generic {
  static let types: [CredentialType] = [
    .read(
      "netrc-password", .high, opens: "the machine named before it",
      revoke: "Change the password of the machine's account",
      see: "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
      finds: ["machine git.corp.test login ci password «{n20}»\n"], passes: ["machine x login y password changeme"]),
    .read(
      "generic-password", .high, opens: "the account that the name next to it tells",
      revoke: "Change the password where it is used, and keep the new one out of Git",
      finds: [
        "password: «{password}»\n", "DB_PASSWORD=«{password}»\n", "db.password = \"«{password}»\"",
        "<password>«{password}»</password>",
      ],
      passes: ["password: changeme\n", "password: ${DB_PASSWORD}\n", "passwordSecretRef: {password}"]),
    .read(
      "generic-token", .high, opens: "the service that the name next to it tells",
      revoke: "Revoke the token at the service and issue another",
      finds: ["token: «{n32}»\n", "ACCESS_TOKEN=\"«{n40}»\""], passes: ["token: <your-token>", "tokenUrl: {n32}"]),
    .read(
      "generic-api-key", .high, opens: "the service that the name next to it tells",
      revoke: "Revoke the key at the service and issue another",
      finds: ["api_key: «{n32}»\n", "encryptionKey: '«{h64}»'"],
      passes: ["apiKeySecret: my-secret-name", "publicKey: {n40}"]),
    .read(
      "generic-secret", .high, opens: "the service that the name next to it tells",
      revoke: "Replace the secret on both sides",
      finds: ["client_secret: «{n32}»\n", "COOKIE_SECRET=«{b32}»\n"],
      passes: ["secretName: {n32}", "existingSecret: grafana-admin-credentials"]),
    .read(
      "basic-auth-url", .high, opens: "the service in the URL as the user in it",
      revoke: "Change the password at the service and take user and password out of the URL",
      see: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      finds: ["https://deploy:«{n20}»@git.corp.test/a.git"],
      passes: ["https://user:password@host/", "https://host/path@2:3"]),
    .read(
      "database-url", .high, opens: "the database in the URL as the user in it",
      revoke: "Change the user's password and read the database's log of connections",
      see: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      finds: ["postgres://app:«{n20}»@db.corp.test:5432/app", "DATABASE_URL=mysql://root:«{password}»@db/app"],
      passes: ["postgres://postgres:postgres@localhost/app", "postgres://user:${PASSWORD}@db/app"]),
    .read(
      "authorization-header", .high, opens: "the service the request goes to",
      revoke: "Revoke the credential in the header at the service",
      see: "https://www.rfc-editor.org/rfc/rfc9110#name-authorization",
      finds: ["Authorization: Bearer «{n40}»\n", "curl -H 'Authorization: Basic «{basic}»' https://x.test"],
      passes: ["Authorization: Bearer <token>", "Authorization: Bearer $TOKEN"]),
    .read(
      "command-line-password", .high, opens: "the service the command talks to",
      revoke: "Change the password and pass it through a file or the environment",
      finds: ["curl -u admin:«{password}» https://x.test", "sshpass -p '«{password}»' ssh root@h"],
      passes: ["curl -u user:pass https://x.test"]),
    .token(
      "jwt", .medium, opens: "what its claims say until it expires",
      literals: ["eyJ"], pattern: #"eyJ[0-9A-Za-z_-]{8,2000}\.e[w-z0-3][0-9A-Za-z_-]{8,6000}\.[0-9A-Za-z_-]{16,1400}"#,
      reach: 9600,
      prefix: "eyJ", checks: [.jsonWebToken], rank: 15,
      revoke: "End the session or replace the signing key; most tokens cannot be revoked one by one",
      see: "https://www.rfc-editor.org/rfc/rfc7519",
      finds: ["{jwt}", "session: «{jwt}»\n"], passes: ["eyJhbGciOiJIUzI1NiJ9"]
    )
    // A header that is set in lines.
    .marked(
      literals: ["ewogICJhbGciOi", "ewogICJ0eXAiOi", "ewogICJraWQiOi", "eyAiYWxnIjog", "eyAidHlwIjog"],
      pattern: #"ey?[0-9A-Za-z_-]{12,2000}\.e[w-z0-3][0-9A-Za-z_-]{8,6000}\.[0-9A-Za-z_-]{16,1400}"#, reach: 9600,
      prefix: "e", checks: [.jsonWebToken],
      finds: ["ewogICJhbGciOiAiSFMyNTYiLAogICJ0eXAiOiAiSldUIgp9.eyAic3ViIjogImEiLCAiZXhwIjogMTkwMDAwMDAwMCB9.{w42}A"],
      passes: ["ewogICJhbGciOi"]),
  ]
}
