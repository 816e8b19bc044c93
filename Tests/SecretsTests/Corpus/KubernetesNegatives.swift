@testable import Secrets

/// What stands in repositories of clusters and looks like secrets to those who do not know it.
enum KubernetesNegatives {
  static let cases: [CorpusCase] = texts.flatMap { family, path, template in
    (1...2).map { .negative(family, "\(path): \(template.prefix(32))", path, template, seed: $0) }
  }

  private static let texts: [(String, String, String)] = [
    // Encrypted values and references to secrets.
    ("encrypted", "a.sops.yaml", "stringData:\n  password: ENC[AES256_GCM,data:{b20},iv:{b44},tag:{b24}==,type:str]\n"),
    (
      "encrypted", "a.sops.yaml",
      "sops:\n  age:\n    - recipient: age1{l58}\n      enc: |\n        -----BEGIN AGE ENCRYPTED FILE-----\n        {b64}\n        {b64}\n        -----END AGE ENCRYPTED FILE-----\n  mac: ENC[AES256_GCM,data:{b88},iv:{b44},tag:{b24}==,type:str]\n"
    ),
    (
      "encrypted", "a.sops.yaml",
      "sops:\n  pgp:\n    - fp: {H40}\n      enc: |\n        -----BEGIN PGP MESSAGE-----\n\n        {b64}\n        {b64}\n        ={b4}\n        -----END PGP MESSAGE-----\n"
    ),
    (
      "encrypted", "a.sops.yaml",
      "sops:\n  kms:\n    - arn: arn:aws:kms:eu-west-1:123456789012:key/{uuid}\n      enc: AQICAH{b200}\n"
    ),
    (
      "encrypted", "sealed.yaml",
      "kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgB{b720}\n    token: AgC{b756}\n"
    ),
    ("encrypted", "sealed.yaml", "kind: SealedSecret\nspec:\n  encryptedData:\n    api-key: AgA{b760}\n"),
    ("encrypted", "vault.yml", "db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  {d80}\n  {d80}\n"),
    ("encrypted", ".travis.yml", "env:\n  global:\n    - secure: \"{b340}\"\n"),
    ("encrypted", "app.yml", "spring.datasource.password: '{cipher}{h120}'\n"),
    ("encrypted", "app.properties", "db.password=ENC({b32}==)\n"),
    ("encrypted", "x.yaml", "token: vault:v1:{b64}\n"),
    (
      "references", "es.yaml",
      "kind: ExternalSecret\nspec:\n  data:\n    - secretKey: DB_PASSWORD\n      remoteRef:\n        key: kv/prod/db\n        property: password\n"
    ),
    (
      "references", "es.yaml",
      "spec:\n  secretStoreRef:\n    kind: ClusterSecretStore\n    name: onepassword-connect\n  target:\n    name: grafana-secret\n"
    ),
    (
      "references", "es.yaml",
      "      data:\n        DATABASE_PASSWORD: \"{{ .POSTGRES_PASS }}\"\n        API_TOKEN: '{{ .token }}'\n"
    ),
    (
      "references", "deploy.yaml",
      "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: app-db-credentials\n        key: password\n"
    ),
    ("references", "deploy.yaml", "envFrom:\n  - secretRef:\n      name: app-secret-v2\n"),
    (
      "references", "values.yaml",
      "auth:\n  existingSecret: redis-auth-credentials\n  existingSecretPasswordKey: redis-password\n"
    ),
    ("references", "values.yaml", "adminPassword: \"\"\nexistingSecret: ''\ntoken: null\n"),
    ("references", "ks.yaml", "postBuild:\n  substituteFrom:\n    - kind: Secret\n      name: cluster-secrets\n"),
    ("references", "a.yaml", "password: ${SECRET_DB_PASSWORD}\ntoken: \"${SECRET_TOKEN:=none}\"\n"),
    ("references", "a.yaml", "password: $(DB_PASSWORD)\napiKey: $API_KEY\n"),
    (
      "references", "release.yaml",
      "valuesFrom:\n  - kind: Secret\n    name: release-values-secret\n    valuesKey: adminPassword\n    targetPath: grafana.adminPassword\n"
    ),
    ("references", "ci.yml", "env:\n  TOKEN: ${{ secrets.GITHUB_TOKEN }}\n  API_KEY: ${{ secrets.API_KEY }}\n"),
    (
      "references", "ci.yml",
      "    secrets:\n      token: ${{ secrets.BOT_TOKEN }}\n      app-private-key: ${{ secrets.APP_PRIVATE_KEY }}\n"
    ),
    ("references", "a.yaml", "password: op://Kubernetes/grafana/password\ntoken: ref+vault://secret/data/app#token\n"),
    (
      "references", "main.tf",
      "password = var.db_password\ntoken    = data.vault_generic_secret.app.data[\"token\"]\nsecret = random_password.db.result\n"
    ),
    ("references", "main.tf", "  password = \"${random_password.this.result}\"\n  api_key  = local.api_key\n"),
    (
      "references", "chart.yaml",
      "  password: {{ .Values.auth.password | b64enc | quote }}\n  token: {{ randAlphaNum 32 | b64enc }}\n"
    ),
    ("references", "chart.yaml", "  {{- $password := include \"app.password\" . }}\n  password: {{ $password }}\n"),
    ("references", "concourse.yml", "password: ((db-password))\ntoken: ((github_token))\n"),
    ("references", "drone.yml", "token:\n  from_secret: github_token\n"),
    ("references", "frigate.yml", "password: \"{FRIGATE_MQTT_PASSWORD}\"\n"),
    ("references", "frigate.yml", "password: !secret mqtt_password\ntoken: !env_var TOKEN\n"),
    ("references", "npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n"),
    ("references", "url.yaml", "uri: postgres://${DB_USER}:${DB_PASSWORD}@db:5432/app\n"),
    ("references", "url.yaml", "uri: postgres://{{ .user }}:{{ .password }}@db:5432/app\n"),
    ("references", "url.sh", "git clone https://$USER:$TOKEN@git.corp.test/a.git\n"),
    ("references", "a.sh", "PASSWORD=\"$(cat /run/secrets/password)\"\nTOKEN=`vault read -field=token x`\n"),
    ("references", "a.sh", "kubectl create secret generic db --from-literal=password=\"$PASSWORD\"\n"),
    ("references", "a.sh", "curl -H \"Authorization: Bearer $TOKEN\" -u \"$USER:$PASS\" https://x.test\n"),
    (
      "references", "a.yaml",
      "passwordFile: /etc/secrets/password\ntokenPath: /var/run/secrets/kubernetes.io/serviceaccount/token\n"
    ),
    (
      "references", "a.yaml",
      "secretName: letsencrypt-production-key\nprivateKeySecretRef:\n  name: letsencrypt-account-key\n"
    ),
    ("references", "a.yaml", "imagePullSecrets:\n  - name: ghcr-pull-secret-2024\n"),
    // Digests, identifiers, public material.
    ("digests", "a.yaml", "image: ghcr.io/app/app:v1.2.3@sha256:{h64}\n"),
    ("digests", "a.yaml", "checksum/secret: {h64}\nchecksum/config: {h64}\n"),
    ("digests", "go.sum", "github.com/a/b v1.2.3 h1:{b43}=\ngithub.com/a/b v1.2.3/go.mod h1:{b43}=\n"),
    ("digests", "package-lock.json", "\"integrity\": \"sha512-{b86}==\"\n"),
    ("digests", "yarn.lock", "  integrity sha512-{b86}==\n"),
    ("digests", "Chart.lock", "digest: sha256:{h64}\ngenerated: \"2026-01-01T00:00:00Z\"\n"),
    ("digests", "bundle.yaml", "sha256: {h64}\nsha512: {h128}\n"),
    ("digests", "a.md", "Fixed in {h40}, see {h8}.\n"),
    ("digests", "gitmodules", "commit = {h40}\nrev: {h40}\n"),
    ("digests", "ci.yml", "uses: actions/checkout@{h40} # v4.2.2\n"),
    ("digests", "a.yaml", "password: $2y$10${b53}\nhtpasswd: admin:$apr1${n8}${n22}\n"),
    ("digests", "shadow", "root:$6${n16}${b86}:19000:0:99999:7:::\n"),
    ("digests", "a.yaml", "password_hash: $argon2id$v=19$m=65536,t=3,p=4${b22}${b43}\n"),
    ("digests", "a.yaml", "tokenHash: {h64}\npasswordDigest: {h40}\n"),
    ("digests", "Cargo.lock", "checksum = \"{h64}\"\n"),
    ("digests", "a.html", "<script src=\"x.js\" integrity=\"sha384-{b64}\" crossorigin></script>\n"),
    ("identifiers", "a.yaml", "uid: {uuid}\nclientId: {uuid}\ntenantId: {uuid}\n"),
    ("identifiers", "a.yaml", "token_id: {uuid}\nsecretId: {n20}\n"),
    ("identifiers", "a.yaml", "accountId: \"123456789012\"\narn: arn:aws:iam::123456789012:role/app\n"),
    ("identifiers", "a.yaml", "kmsKeyId: arn:aws:kms:eu-west-1:123456789012:key/{uuid}\n"),
    ("identifiers", "a.yaml", "thumbprint: {H2}:{H2}:{H2}:{H2}:{H2}\nfingerprint: SHA256:{b43}\n"),
    ("identifiers", "a.json", "{\"panels\": [{\"datasource\": {\"uid\": \"{n16}\"}, \"id\": 12}]}\n"),
    ("identifiers", "a.yaml", "tunnel: {uuid}\naccountTag: {h32}\n"),
    ("identifiers", "a.yaml", "age: age1{l58}\n# public key: age1{l58}\n"),
    ("public keys", "a.yaml", "sshAuthorizedKeys:\n  - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} me@host\n"),
    ("public keys", "a.yaml", "sshAuthorizedKeys:\n  - ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b400}\n"),
    ("public keys", "known_hosts", "github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY{b100}=\n"),
    ("public keys", "a.pem", "-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"),
    ("public keys", "a.pem", "-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n"),
    (
      "public keys", "a.asc",
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{b64}\n{b64}\n={b4}\n-----END PGP PUBLIC KEY BLOCK-----\n"
    ),
    ("public keys", "a.yaml", "caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUR{b400}\n"),
    (
      "public keys", "config",
      "clusters:\n- cluster:\n    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUR{b400}\n    server: https://10.0.0.1:6443\n"
    ),
    (
      "public keys", "config",
      "users:\n- name: oidc\n  user:\n    exec:\n      command: kubectl\n      args: [oidc-login, get-token]\n"
    ),
    ("public keys", "config", "    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUR{b400}\n"),
    (
      "public keys", "jwks.json",
      "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"{h40}\",\"use\":\"sig\",\"n\":\"{w342}\",\"e\":\"AQAB\"}]}\n"
    ),
    ("public keys", "wg.conf", "[Peer]\nPublicKey = {b42}A=\nAllowedIPs = 10.0.0.0/24\n"),
    ("public keys", "cosign.pub", "-----BEGIN PUBLIC KEY-----\n{b64}\n{b60}\n-----END PUBLIC KEY-----\n"),
    ("public keys", "a.yaml", "publicKey: {b43}=\npub_key: {h64}\nsigningPublicKey: {b60}\n"),
    ("public keys", "csr.pem", "-----BEGIN CERTIFICATE REQUEST-----\n{der}\n-----END CERTIFICATE REQUEST-----\n"),
    ("public keys", "dh.pem", "-----BEGIN DH PARAMETERS-----\n{b64}\n-----END DH PARAMETERS-----\n"),
  ]
}
