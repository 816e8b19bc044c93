@testable import Secrets

/// What tools' files hold that looks like a credential and is none. A case a line: family, path, text; `⏎` is a line
/// feed, `⇥` a tab.
enum ToolNegatives {
  static let cases = CorpusCase.negatives(lines)

  private static let lines = #"""
    variables | a.ps1 | $ENV:DB_PASSWORD = $config.DbPassword⏎$env:TOKEN=$vault.Item2Value⏎$ENV:CLIENT_SECRET=$sp.Keys[0].SecretText⏎
    variables | a.ps1 | $env:API_TOKEN = Get-Token -Name 4tRe8Kq2Lm9Zx7⏎$password = $creds.GetNetworkCredential().Password⏎
    variables | templates/a.yaml | {{- $secretKey := $minio.auth.s3SecretKey2 }}⏎{{- $password := .Values.existing.db_Pass4word1 -}}⏎
    variables | templates/a.yaml | {{- $apiToken := index $existing.data "token4Sync2Go8" }}⏎
    searches | find.sh | rg "password:\s*[A-Za-z0-9!@#]{8,}"⏎grep -rE 'token=[^&"]+' src⏎grep -iE "api_key: \S+4" .⏎
    searches | mask.sh | perl -pe 's/(PASSWORD=)\S+/$1<hidden>/'⏎awk -F= '/^PASSWORD=/{print $2}' .env⏎
    searches | rules.toml | regex = "(?i)secret_key\\s*=\\s*[0-9a-f]{32}"⏎
    searches | grok.conf | match => { "message" => "password=%{NOTSPACE:password} token=%{DATA:token}" }⏎
    encrypted | settings.xml | <password>{COQLCE6DU6{|}GtcS5P=}</password>⏎<password>{AQAAABAAAAAQ{b43}=}</password>⏎
    digests | dep.yaml | image: ghcr.io/acme/token-server:1.4.2@sha256:{h64}⏎
    places | list.json | {"nextPageToken": "{w44}", "continuationToken": "{n60}", "nextToken": "{n40}"}⏎
    examples | a.md | Authorization: Basic QWxhZGRpbjpv{|}cGVuIHNlc2FtZQ==⏎
    examples | a.md | Authorization: Bearer eyJrIjoiT0tT{|}cG1pUlY2RnVKZTFVaDFsNFZXdE9ZWmNrMkZYbk⏎
    examples | secret.yaml | kind: Secret⏎data:⏎  password: MWYyZDFl{|}MmU2N2Rm⏎
    examples | oauth.json | {"access_token": "2YotnFZFEj{|}r1zCsicMWpAA", "refresh_token": "tGzv3JOkF0{|}XG5Qx2TlKWIA"}⏎
    examples | server.hcl | datacenter = "dc1"⏎encrypt = "pUqJrVyVRj5j{|}siYEkM/tFQYfWyJIv4s3XkvDwy7Cu5s="⏎
    """#
}
