import Testing

@testable import Secrets

/// Where values are read that have no mark of their own.
@Suite struct ReadingTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  private func matches(_ sample: SampleTemplate, _ path: String) -> [SecretMatch] {
    scanner.scan(sample.bytes, context: ScanContext(path: path.utf8)).matches
  }

  @Test(arguments: [
    (".env", "DB_PASSWORD=«{n7}.{n8}»\n"), ("cm.yaml", "  API_TOKEN: «{n8}.{n10}»\n"),
    (".env", "DB_PASSWORD=«{n9}({n4}){n4}»\n"), (".env", "DB_PASSWORD=«a[{n16}»\n"),
    (".env", "DB_PASSWORD=«a{{n16}»\n"),
    (".env", "DB_PASSWORD=«&{n16}»\n"), (".env", "DB_PASSWORD=«*{n16}»\n"),
    ("d.yaml", "        - name: Authorization\n          value: Bearer «{n40}»\n"),
    ("d.yaml", "            - name: Authorization\n              value: Basic «{basic}»\n"),
    ("d.json", "{\n\t\"name\": \"Authorization\",\n\t\t\t\t\t\"value\": \"Bearer «{n40}»\"\n}\n"),
    ("r.yaml", "    env:\n      DB_PASSWORD:\n        value: «{n20}»\n"),
    ("r.yaml", "    env:\n      DB_PASSWORD: {value: «{n20}»}\n"),
    ("r.json", "{\"env\": {\"DB_PASSWORD\": {\"value\": \"«{n20}»\"}}}\n"),
    ("i.yaml", "  init: CREATE USER shop WITH PASSWORD '«{n16}»';\n"),
    ("i.sql", "ALTER ROLE shop WITH LOGIN ENCRYPTED PASSWORD '«{n16}»';\n"),
    ("i.sql", "CREATE USER 'shop'@'%' IDENTIFIED BY '«{n16}»';\n"),
    ("i.sql", "ALTER USER shop IDENTIFIED WITH mysql_native_password BY '«{n16}»';\n"),
    ("i.sql", "SET PASSWORD FOR 'shop'@'%' = PASSWORD('«{n16}»');\n"),
    ("s.yaml", "password: '«it''s{n16}»'\n"), ("s.yaml", "password: «Ab3\"{n12}»\n"),
    ("s.yaml", "password: «Ab3<{n12}»\n"),
    ("s.yaml", "password: «Ab3`{n12}»\n"), ("s.yaml", "  - password: «Ab3'{n12}»\n"),
    ("f.conf", "    HTTP_User elastic\n    HTTP_Passwd «{n16}»\n"),
    ("f.conf", "  user shop\n  password «{password}»\n"),
    ("k.conf", "    auth_pass «{n8}»\n"), ("m.conf", "remote_password «{n16}»\n"),
    ("a.jsonnet", "{ password:: \"«{n16}»\" }\n"),
    ("a.json", "{\"url\":\"https:\\/\\/ci:«{n16}»@git.corp.test\\/x\"}\n"),
    (".env", "DSN=shop:«{n16}»@tcp(db:3306)/shop\n"), ("a.yaml", "dsn: \"shop:«{n16}»@tcp(db:3306)/shop?a=b\"\n"),
    ("a.sh", "redis-cli -h r -a «{n16}» ping\n"), ("a.sh", "mongosh -u admin -p «{n16}» db\n"),
    ("a.sh", "ldapsearch -x -D cn=admin -w «{n16}»\n"), ("a.sh", "az login --service-principal -u x -p «{n16}» -t y\n"),
    ("a.sh", "htpasswd -nb admin «{n16}» > auth\n"), ("a.sh", "htpasswd -nb admin «{n16}» && cat auth\n"),
    ("a.yaml", "command: [\"redis-cli\", \"-a\", \"«{n16}»\", \"ping\"]\n"),
    ("a.yaml", "command: [\"sh\",\"-c\",\"htpasswd -bc /x admin «{n16}»\"]\n"),
    (".cargo/credentials.toml", "[registry]\ntoken = \"«cio{n32}»\"\n"), (".env", "NB_SETUP_KEY=«{uuid}»\n"),
    ("consul.hcl", "datacenter = \"dc1\"\nencrypt = \"«{b43}=»\"\n"),
    ("consul.json", "{\"data_dir\": \"/d\", \"encrypt\": \"«{b43}=»\"}\n"),
    ("a.js", "const apiToken = process.env.API_TOKEN || '«{n32}»';\n"),
    ("a.ts", "apiToken: process.env.API_TOKEN ?? \"«{n32}»\",\n"),
    ("cm.yaml", "  config.js: |\n    apiToken: process.env.API_TOKEN || '«{n32}»',\n"),
    ("a.py", "api_token = os.getenv('API_TOKEN') or '«{n32}»'\n"),
    ("a.php", "$apiToken = getenv('API_TOKEN') ?: '«{n32}»';\n"),
    ("templates/t.yaml", "token: {{ .Values.token | default \"«{n32}»\" | quote }}\n"),
    ("t.yml", "token: \"{{ api_token | default('«{n32}»') }}\"\n"),
    ("a.yaml", "args: [serve, --client-secret, «{n32}», --debug]\n"),
    ("a.yaml", "args: [get-token, --client-secret, «{n32}»]\n"),
    ("a.yaml", "args: [\"--azure-devops-ext-pat\", \"«{n76}AZDO{n4}»\"]\n"),
    ("a.sh", "curl -H \"Authorization: Splunk «{uuid}»\" https://hec.corp.test\n"),
    ("a.yaml", "headers:\n- name: Authorization\n  value: GenieKey «{uuid}»\n"),
    ("a.patch", "+apiToken: «{n32}»\n"),
    ("a.json", "{\"u\": \"https:\\/\\/hooks.slack.com\\/services\\/«T{U10}\\/B{U10}\\/{n24}»\"}\n"),
    ("a.json", "{\"t\": \"«glpat\\u002d{n20}»\"}\n"), ("a.yaml", "t: \"«glpat\\x2d{n20}»\"\n"),
    ("a.xml", "<t>«glpat&#45;{n20}»</t>\n"), ("a.log", "\u{1B}[1;32m«glpat-{n20}»\u{1B}[0m\n"),
    ("a.md", "| Variable | Value |\n|---|---|\n| `API_TOKEN` | `«{n32}»` |\n"),
    ("a.md", "| Name | Default | Meaning |\n|---|---|---|\n| DB_PASSWORD | «{n8}!{n8}» | of the shop |\n"),
  ])
  func `the whole value is read`(path: String, template: String) throws {
    let sample = SampleTemplate(template)
    let found = matches(sample, path)
    try #require(found.count == 1, "\(found.map(\.type.id))")
    #expect(found[0].range == sample.secret)
  }

  @Test(arguments: [
    ("a.tf", "password = var.db.password\n"), ("a.tf", "password = module.rds_v2.db1_password\n"),
    ("a.sh", "PASSWORD=generate(config.Password)\n"), ("a.yaml", "password: *dbPassword\n"),
    ("a.yaml", "password:\nvalue: {n20}\n"), ("a.yaml", "- password:\n  value: {n20}\n"),
    ("a.yaml", "password:\n  valueFrom: {n20}\n"), ("a.yaml", "password: {value: \"${PASSWORD}\"}\n"),
    ("i.sql", "CREATE USER shop WITH PASSWORD '{{ .Values.password }}';\n"),
    ("i.sql", "ALTER ROLE shop PASSWORD :'password';\n"),
    ("i.sql", "ALTER ROLE shop PASSWORD 'SCRAM-SHA-256$4096:{b24}$';\n"),
    ("i.sql", "CREATE USER shop PASSWORD 'md5{h32}';\n"), ("i.sql", "CREATE USER shop IDENTIFIED BY 'password';\n"),
    ("i.sql", "SET PASSWORD FOR shop = '$PASSWORD';\n"), ("i.txt", "the password '{n16}' was refused\n"),
    ("a.yaml", "password: \"\" # \"{n20}\"\n"), ("a.yaml", "password: ''\n"),
    ("a.yaml", "  description: Nodes are identified by 'Zone{d4}' in lists\n"), ("a.yaml", "Password: Ab3<br/>\n"),
    ("a.sh", "wait_for_token cluster{d2}A{n8}\n"), ("pam.conf", "password required pam_unix.so\n"),
    ("f.conf", "  password ${PASSWORD}\n"),
    ("a.yaml", "  password sufficient\n"), (".env", "DSN=shop:${PASSWORD}@tcp(db:3306)/shop\n"),
    ("a.sh", "redis-cli -a \"$PASSWORD\" ping\nhtpasswd -nb admin > {n16}\n"), ("a.yaml", "encrypt: true\nseed: 42\n"),
    ("a.yaml", "headers:\n  - Authorization\n  - Bearer\n"),
    ("a.js", "const apiToken = process.env.API_TOKEN || 'development-token-of-shop';\n"),
    ("t.yaml", "token: {{ .Values.token | default \"\" }}\n"),
    ("t.yaml", "tokenName: {{ .Values.token | default \"{n32}\" }}\n"),
    ("a.md", "usage: run [--token TOKEN, --password PASSWORD, --id A{n12}]\n"),
    ("a.yaml", "args: [--client-secret, $(SECRET), --client-secret, --debug]\n"),
    ("a.sh", "curl -H 'Authorization: Bearer {uuid}' https://x.test\n"),
    ("a.yaml", "mapboxToken: pk.eyJ1IjoiYWNtZSIsImEiOiJj{n24}.{w22}\n"), ("a.yaml", "clientToken: pub{h32}\n"),
    ("d.js", "algolia: { appId: '{U10}', apiKey: '{h32}', indexName: 'docs' },\n"),
    ("n.yaml", "#     # aescbcEncryptionSecret: z01mye6j16bsp{|}JYtTB/5SFX8j7Ph4JXxM2Xuu4vsBPM=\n"),
    ("a.yaml", "dbPassword: \">>vault:secret/db#pw\"\n"),
    (
      "a.md",
      "| Parameter | Meaning | Default |\n|---|---|---|\n| auth.password | password of the shop | shop-db-user |\n"
    ),
    ("a.md", "| DB_PASSWORD | <password> | changeme |\n| API_TOKEN | string | none |\n"),
  ])
  func `what is no value is not read`(path: String, template: String) {
    #expect(matches(SampleTemplate(template), path).map(\.type.id) == [])
  }
}
