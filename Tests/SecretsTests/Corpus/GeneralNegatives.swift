@testable import Secrets

/// Placeholders, documentation, code and data.
enum GeneralNegatives {
  static let cases: [CorpusCase] =
    texts.flatMap { family, path, template in
      (1...2).map { .negative(family, "\(path): \(template.prefix(32))", path, template, seed: $0) }
    }
    + words.flatMap { word in
      [
        .negative("placeholders", "password \(word)", "values.yaml", "auth:\n  password: \(word)\n"),
        .negative("placeholders", "token \(word)", "app.env", "API_TOKEN=\(word)\n"),
        .negative("placeholders", "key \(word)", "config.json", "{\"apiKey\": \"\(word)\", \"secret\": \"\(word)\"}\n"),
      ]
    }

  private static let words = [
    "changeme", "change-me", "CHANGE_ME", "changeit", "password", "Password1", "secret", "admin", "admin123", "xxxx",
    "XXXXXXXXXXXX", "********",
    "<password>", "<your-token>", "<YOUR_API_KEY>", "your-password-here", "YOUR_SECRET", "replace-me",
    "REPLACE_WITH_TOKEN", "redacted", "REDACTED",
    "example", "example-token", "dummy", "placeholder", "todo", "TBD", "none", "null", "string", "test", "test1234",
    "foobar", "foo", "fake-token",
    "not-a-real-secret", "insert-token-here", "supersecret", "my-secret-password", "mysecretpassword", "s3cr3t",
    "P@ssw0rd", "letmein", "sample",
    "00000000-0000-0000-0000-000000000000", "0123456789abcdef0123456789abcdef", "abcdefghijklmnopqrstuvwxyz",
    "12345678", "1234567890", "....",
    "[REDACTED]", "(secret)", "${PASSWORD}", "{{ password }}", "$PASSWORD", "%PASSWORD%", "__PASSWORD__", "@password@",
    "true", "false", "enabled",
  ]

  private static let texts: [(String, String, String)] = [
    ("documentation", "README.md", "Set `password` to a value of your choice. The default password is `admin`.\n"),
    (
      "documentation", "README.md",
      "aws_access_key_id = AKIA{|}IOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEM{|}I/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
    ),
    (
      "documentation", "README.md",
      "export AWS_ACCESS_KEY_ID=AKIA{|}I44QH8DHBEXAMPLE\nexport AWS_SECRET_ACCESS_KEY=je7MtGbClwBF{|}/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n"
    ),
    (
      "documentation", "README.md",
      "token: eyJhbGciOiJIUzI1Ni{|}IsInR5cCI6IkpXVCJ9.ey{|}JzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxw{|}RJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\n"
    ),
    ("documentation", "README.md", "kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef\n"),
    (
      "documentation", "README.md",
      "AccountKey=Eby8vdM02xNO{|}cqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==\n"
    ),
    ("documentation", "README.md", "export GITHUB_TOKEN=ghp_{|}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"),
    ("documentation", "README.md", "export GITHUB_TOKEN=ghp_your_token_here\nexport SLACK=xoxb-your-token-here\n"),
    (
      "documentation", "README.md",
      "`https://user:password@example.com/repo.git`, `postgres://user:pass@localhost/db`\n"
    ),
    (
      "documentation", "README.md", "https://hooks.slack.com/services/{|}T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX\n"
    ),
    ("documentation", "README.md", "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----\n"),
    ("documentation", "README.md", "-----BEGIN PRIVATE KEY-----\n<paste your key here>\n-----END PRIVATE KEY-----\n"),
    (
      "documentation", "README.md",
      "| `token` | API token used for authentication | `\"\"` |\n| `secretName` | name of the secret | `app-secret` |\n"
    ),
    ("documentation", "README.md", "Authorization: Bearer <token>\nAuthorization: Basic <base64(user:password)>\n"),
    (
      "documentation", "README.md",
      "curl -u user:password https://example.com\ncurl -u \"$USER:$PASSWORD\" https://x.test\n"
    ),
    (
      "documentation", "guide.md",
      "Passwords: at least 12 characters. Secret: see the vault. Token: ask the platform team.\n"
    ),
    (
      "documentation", "guide.md",
      "The private key is created with `openssl genrsa -out tls.key 2048` and stored as `tls.key`.\n"
    ),
    ("documentation", "guide.md", "password=hunter2 is the classic joke.\n"),
    (
      "documentation", "LICENSE",
      "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files\n"
    ),
    (
      "crd", "crd.yaml",
      "password:\n  description: Password is the password used for authentication.\n  type: string\ntoken:\n  description: Token used to call the API; takes precedence over password.\n  type: string\n"
    ),
    (
      "crd", "crd.yaml",
      "secretRef:\n  description: SecretRef names a Secret with the credentials\n  properties:\n    key:\n      type: string\n    name:\n      default: \"\"\n      type: string\n"
    ),
    (
      "crd", "crd.yaml",
      "apiKey:\n  description: >-\n    ApiKey references a key in a Secret, e.g. my-secret/api-key.\n  format: password\n  type: string\n"
    ),
    (
      "crd", "schema.json",
      "{\"password\": {\"type\": \"string\", \"description\": \"The password\"}, \"token\": {\"$ref\": \"#/definitions/Token\"}}\n"
    ),
    (
      "crd", "rbac.yaml",
      "rules:\n- apiGroups: [\"\"]\n  resources: [secrets, serviceaccounts/token]\n  verbs: [get, list, watch, create]\n"
    ),
    ("crd", "api.yaml", "/api/v1/tokens:\n  get:\n    operationId: listTokens\n    security:\n    - apiKey: []\n"),
    ("code", "main.go", "token := os.Getenv(\"TOKEN\")\npassword := string(secret.Data[\"password\"])\n"),
    ("code", "main.go", "cfg.Password = opts.Password\ncfg.APIKey = config.GetAPIKey()\nif password == \"\" {\n"),
    (
      "code", "main.go",
      "const PasswordKey = \"password\"\nconst TokenFileName = \"token\"\nvar SecretNameLabel = \"app.kubernetes.io/secret-name\"\n"
    ),
    ("code", "main.go", "Password: \"password\",\nUsername: \"username\",\nToken: \"token\",\n"),
    ("code", "main.go", "return fmt.Errorf(\"getting secret %s: %w\", name, err)\n"),
    ("code", "main.go", "apiToken := flag.String(\"api-token\", \"\", \"token for the API\")\n"),
    ("code", "main.go", "t.Setenv(\"EKSA_VSPHERE_PASSWORD\", \"test\")\nos.Setenv(\"GOVC_PASSWORD\", password)\n"),
    ("code", "main_test.go", "wantPassword := \"testpassword\"\nsecretName := \"vsphere-credentials\"\n"),
    ("code", "main.py", "password = getpass.getpass()\ntoken = os.environ[\"TOKEN\"]\nsecret = settings.SECRET_KEY\n"),
    ("code", "main.py", "api_key: str | None = None\npassword: Optional[str] = None\n"),
    ("code", "main.ts", "const token = await getToken();\nconst { password } = req.body;\ntype Secret = string;\n"),
    (
      "code", "main.ts",
      "interface Props { token: string; apiKey?: string; onSecretChange: (secret: string) => void }\n"
    ),
    ("code", "Main.java", "String password = request.getParameter(\"password\");\nprivate String secretKey;\n"),
    ("code", "main.rs", "let token = env::var(\"TOKEN\").unwrap();\npub password: SecretString,\n"),
    ("code", "a.sh", "read -rs PASSWORD\nif [ -z \"$TOKEN\" ]; then echo \"TOKEN is not set\"; fi\n"),
    (
      "code", "a.sh",
      "kubectl get secret -n argocd argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d\n"
    ),
    ("code", "a.sh", "export PASSWORD=$(openssl rand -base64 32)\nSECRET_NAME=app-credentials\n"),
    ("code", "a.sh", "for key in $(ls keys); do echo \"key: $key\"; done\n"),
    ("code", "Makefile", "TOKEN ?= $(shell cat token)\nSECRET_FILE := secrets.yaml\nKEY := key.pem\n"),
    (
      "code", "app.min.js",
      "!function(e,t){var n=e.token||t.apiKey,r=n.password===t.secret;return{key:n,secretKey:r?\"secretKey\":\"none\"}}(a,b);\n"
    ),
    (
      "code", "query.sql",
      "SELECT token, password_hash FROM users WHERE api_key = $1;\nALTER USER app WITH PASSWORD :'password';\n"
    ),
    ("code", "main.rego", "deny[msg] { input.kind == \"Secret\"; msg := \"secret must be encrypted\" }\n"),
    ("data", "a.svg", "<image href=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b400}\"/>\n"),
    (
      "data", "logo.css",
      "background: url(data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjwvc3ZnPg==)\n"
    ),
    ("data", "a.json", "{\"dashboard\": {\"title\": \"Tokens\", \"expr\": \"sum(rate(token_requests_total[5m]))\"}}\n"),
    ("data", "words.txt", "password\nsecret\ntoken\ncredential\napikey\n"),
    ("data", "a.csv", "id,token_count,password_age\n1,{d4},{d2}\n"),
    ("data", "a.yaml", "maxTokens: 4096\ntokenLimit: 200000\nnum_tokens: 12345678\n"),
    ("data", "a.yaml", "tokenExpiration: 3600s\npasswordMinLength: 12\nsecretRotationInterval: 720h\n"),
    ("data", "a.yaml", "cookieSecure: true\nauthEnabled: true\npasswordAuthentication: false\n"),
    ("data", "a.yaml", "key: app.kubernetes.io/name\noperator: In\nvalues: [grafana-agent-v2]\n"),
    ("data", "a.yaml", "topologyKey: kubernetes.io/hostname\nhotkey: ctrl+shift+p\npartitionKey: customer_id\n"),
    ("data", "a.yaml", "tokenUrl: https://auth.corp.test/oauth2/token\nkeyFile: /etc/ssl/private/tls.key\n"),
    ("data", "a.yaml", "secret: monitoring/grafana-admin-credentials\ncredentials: default/registry-creds\n"),
    ("data", "hardware.csv", "hostname,mac,ip_address\nnode1,00:00:00:00:00:01,10.0.0.2\n"),
    (
      "data", "renovate.json5",
      "\"matchStringsStrategy\": \"any\", \"hostRules\": [{\"matchHost\": \"ghcr.io\", \"token\": \"{{ secrets.GHCR }}\"}]\n"
    ),
    (
      "data", "inventory.yaml",
      "nodes:\n  - name: node-1\n    macAddress: {h2}:{h2}:{h2}:{h2}:{h2}:{h2}\n    serial: {U12}\n"
    ),
    ("data", "a.yaml", "password: 2024-01-01\ntoken: v1.2.3\nsecret: 10Gi\n"),
    (
      "data", "istio.yaml",
      "jwtRules:\n- issuer: https://accounts.google.com\n  jwksUri: https://www.googleapis.com/oauth2/v3/certs\n"
    ),
    ("urls", "a.yaml", "url: https://github.com/org/repo.git\nssh: ssh://git@github.com/org/repo\n"),
    ("urls", "a.yaml", "endpoint: http://10.0.0.1:8080\nurl: rtsp://camera:554/stream@main\n"),
    ("urls", "a.md", "[docs](https://docs.corp.test/a:b/c@v2) and npm:@scope/pkg@1.2.3\n"),
    (
      "urls", "a.md",
      "![x](https://img.corp.test/{h32}.png?X-Amz-Credential=AKIA{t16}%2F20260101%2Feu-west-1&X-Amz-Signature={h64})\n"
    ),
    ("urls", "a.yaml", "dsn: https://{h32}@o1.ingest.sentry.io/2\n"),
    ("urls", "a.yaml", "repo: oci://ghcr.io/org/chart\nurl: postgres://app@db:5432/app\n"),
  ]
}
