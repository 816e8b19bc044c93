@testable import Secrets

/// Secrets without a mark of their own, as people commit them around clusters.
enum WrittenPositives {
  static let cases: [CorpusCase] = texts.flatMap { family, path, template in
    (1...2).map { .positive(family, "\(path): \(template.prefix(24))", path, template, seed: $0) }
  }

  private static let texts: [(String, String, String)] = [
    ("generic", "values.yaml", "postgresql:\n  auth:\n    username: app\n    password: «{n16}»\n"),
    ("generic", "values.yaml", "grafana:\n  adminUser: admin\n  adminPassword: «{password}»\n"),
    ("generic", "values.yaml", "redis:\n  auth:\n    password: \"«{n24}»\"\n"),
    ("generic", "release.yaml", "kind: HelmRelease\nspec:\n  values:\n    config:\n      encryptionKey: «{h64}»\n"),
    ("generic", "release.yaml", "kind: HelmRelease\nspec:\n  values:\n    auth:\n      clientSecret: «{n40}»\n"),
    ("generic", "deploy.yaml", "env:\n  - name: DB_PASSWORD\n    value: «{password}»\n"),
    ("generic", "deploy.yaml", "env:\n  - value: x\n    name: Y\n  - name: SESSION_SECRET\n    value: '«{n48}»'\n"),
    ("generic", "deploy.json", "{\"env\": [{\"name\": \"API_TOKEN\", \"value\": \"«{n40}»\"}]}"),
    ("generic", "secret.yaml", "kind: Secret\nstringData:\n  password: |\n    «{n20}»\n"),
    ("generic", "secret.yaml", "kind: Secret\nstringData:\n  password: >-\n    «{n20}»\n"),
    ("generic", "secret.yaml", "kind: Secret\nstringData:\n  token: !!str «{n32}»\n"),
    ("generic", ".env", "export APP_SECRET=«{n32}»\n"),
    ("generic", ".env", "JWT_SECRET=\"«{w48}»\"\n"),
    ("generic", "prod.env", "ADMIN_PASSWORD=«{password}»\n"),
    ("generic", "app.ini", "[smtp]\nhost = mail.corp.test\npasswd = «{n16}»\n"),
    ("generic", "server.xml", "<Resource name=\"jdbc/db\" username=\"app\" password=\"«{password}»\"/>\n"),
    (
      "generic", "settings.xml",
      "<server><id>corp</id><username>ci</username><password>«{password}»</password></server>\n"
    ),
    ("generic", "main.tf", "resource \"aws_db_instance\" \"db\" {\n  password = \"«{password}»\"\n}\n"),
    ("generic", "variables.tf", "variable \"db_password\" {\n  type    = string\n  default = \"«{n16}»\"\n}\n"),
    ("generic", "variables.tf", "variable \"api_token\" {\n  default = \"«{n36}»\"\n}\n"),
    ("generic", "terraform.tfvars", "vault_token_secret = \"«{n36}»\"\n"),
    ("generic", "main.py", "API_KEY = \"«{n32}»\"\n"),
    ("generic", "main.go", "const apiToken = \"«{n40}»\"\n"),
    ("generic", "main.go", "cfg := Config{Password: \"«{n20}»\"}\n"),
    ("generic", "main.ts", "const clientSecret: string = \"«{n40}»\";\n"),
    ("generic", "app.js", "module.exports = { sessionSecret: '«{n32}»' }\n"),
    ("generic", "Main.java", "private static final String PASSWORD = \"«{n18}»\";\n"),
    ("generic", "deploy.sh", "helm upgrade app ./chart --set auth.password=«{password}» --wait\n"),
    ("generic", "deploy.sh", "kubectl create secret generic db --from-literal=password=«{n20}»\n"),
    ("generic", "deploy.sh", "./tool --api-key «{n32}» --region eu\n"),
    ("generic", "deploy.sh", "./tool --password='«{password}»'\n"),
    ("generic", "deploy.sh", "redis-cli -h r --pass «{n24}» ping\n"),
    ("generic", "deploy.sh", "curl -u deploy:«{n24}» https://repo.corp.test/x\n"),
    ("generic", "deploy.sh", "curl --user 'deploy:«{n24}»' https://repo.corp.test/x\n"),
    ("generic", "deploy.sh", "curl -H \"Authorization: Bearer «{n40}»\" https://api.corp.test\n"),
    ("generic", "deploy.sh", "curl -H 'X-Api-Key: «{n32}»' https://api.corp.test\n"),
    ("generic", "deploy.sh", "sshpass -p '«{password}»' scp a root@10.0.0.1:/\n"),
    ("generic", "dump.sh", "mysql -h db -uroot -p«{n16}» < dump.sql\n"),
    ("generic", ".netrc", "machine git.corp.test\n  login ci\n  password «{n20}»\n"),
    ("generic", ".git-credentials", "https://ci:«{n20}»@git.corp.test\n"),
    ("generic", ".pypirc", "[corp]\nrepository = https://pypi.corp.test\nusername = ci\npassword = «{n20}»\n"),
    ("generic", "pip.conf", "[global]\nindex-url = https://ci:«{n24}»@pypi.corp.test/simple\n"),
    ("generic", "Dockerfile", "ARG TOKEN=«{n40}»\n"),
    ("generic", "Dockerfile", "ENV DB_PASSWORD «{n20}»\n"),
    ("generic", "application.properties", "spring.datasource.password=«{n20}»\n"),
    (
      "generic", "application.yml",
      "spring:\n  datasource:\n    url: jdbc:postgresql://db/app\n    password: «{password}»\n"
    ),
    (
      "generic", "appsettings.json",
      "{\"ConnectionStrings\": {\"Main\": \"Server=db;Database=a;User Id=sa;Password=«{password}»;\"}}\n"
    ),
    ("generic", "config.php", "define('DB_PASSWORD', '«{n20}»');\n"),
    ("generic", "database.yml", "production:\n  adapter: postgresql\n  password: «{n20}»\n"),
    ("generic", "config.rb", "config.secret_key = '«{h64}»'\n"),
    ("generic", "ci.yml", "variables:\n  DEPLOY_TOKEN: «{n32}»\n"),
    ("generic", "Jenkinsfile", "environment { API_TOKEN = '«{n32}»' }\n"),
    ("generic", "inventory.ini", "[all:vars]\nansible_become_password=«{password}»\n"),
    ("generic", "group_vars.yml", "ansible_ssh_pass: «{n16}»\n"),
    ("generic", "message", "wip: password=«{n16}» works now\n"),
    ("generic", "cloudinit.yaml", "users:\n  - name: ops\n    plain_text_passwd: '«{password}»'\n"),
    ("generic", "wpa.conf", "network={\n  ssid=\"lab\"\n  psk=\"«{n16}»\"\n}\n"),
    (
      "generic", "alertmanager.yaml",
      "receivers:\n- name: m\n  email_configs:\n  - auth_username: a\n    auth_password: «{a4}{d4}{a6}{u2}{d2}»\n"
    ),
    ("generic", "database.env", "DATABASE_URL=postgresql://app:«{n20}»@db.corp.test:5432/app?sslmode=require\n"),
    ("generic", "app.yaml", "mongo: mongodb+srv://app:«{n20}»@cluster0.corp.test/app\n"),
    ("generic", "app.yaml", "broker: amqp://app:«{n18}»@rabbit:5672/\n"),
    ("generic", "app.yaml", "cache: redis://:«{n24}»@redis:6379/0\n"),
    ("generic", "proxy.yaml", "proxyConfiguration:\n  httpProxy: http://proxyuser:«{n16}»@10.0.0.1:3128\n"),
    (
      "kubernetes", "config",
      "apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    client-certificate-data: {b400}\n    client-key-data: «{b600}»\n"
    ),
    ("kubernetes", "config", "kind: Config\nusers:\n- name: ci\n  user:\n    token: «{jwt}»\n"),
    (
      "kubernetes", "join.sh",
      "kubeadm join 10.0.0.1:6443 --token «{l6}.{l16}» --discovery-token-ca-cert-hash sha256:{h64}\n"
    ),
    (
      "kubernetes", "pull.yaml",
      "kind: Secret\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"ghcr.io\":{\"auth\":\"«{basic}»\"}}}'\n"
    ),
    (
      "kubernetes", "pull.yaml",
      "stringData:\n  .dockerconfigjson: '{\"auths\":{\"ghcr.io\":{\"username\":\"ci\",\"password\":\"«{n24}»\"}}}'\n"
    ),
    (
      "kubernetes", "sops.yaml",
      "creation_rules: []\n# AGE key: «AGE-SECRET-{|}KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE»\n"
    ),
    (
      "eks-anywhere", "vsphere.sh",
      "export EKSA_VSPHERE_USERNAME='admin@vsphere.local'\nexport EKSA_VSPHERE_PASSWORD='«{password}»'\n"
    ),
    (
      "eks-anywhere", "creds.yaml",
      "kind: Secret\nstringData:\n  username: admin@vsphere.local\n  password: «{password}»\n"
    ),
    (
      "eks-anywhere", "nutanix.yaml",
      "credentials: |\n  [{\"type\":\"basic_auth\",\"data\":{\"prismCentral\":{\"username\":\"admin\",\"password\":\"«{password}»\"}}}]\n"
    ),
    (
      "eks-anywhere", "bmc.yaml",
      "kind: Secret\nmetadata:\n  name: bmc-node1-auth\nstringData:\n  username: root\n  password: «{n16}»\n"
    ),
    (
      "keys", "key.tf",
      "private_key = <<EOF\n«-----BEGIN RSA PRIVATE KEY-----\n{der}\n-----END RSA PRIVATE KEY-----»\nEOF\n"
    ),
    (
      "keys", "key.go",
      "var key = `«-----BEGIN EC PRIVATE KEY-----\n{b64}\n{b64}\n{b36}\n-----END EC PRIVATE KEY-----»`\n"
    ),
    ("keys", "key.json", #"{"key": "«-----BEGIN PRIVATE KEY-----\n{b64}\n{b64}\n-----END PRIVATE KEY-----»\n"}"#),
    (
      "keys", "key.yaml",
      "identity: |\n    «-----BEGIN OPENSSH PRIVATE KEY-----\n    {b70}\n    {b70}\n    {b30}\n    -----END OPENSSH PRIVATE KEY-----»\n"
    ),
    (
      "keys", "key.yaml",
      "# -----BEGIN X-----\n#   «-----BEGIN RSA PRIVATE KEY-----\n#   {b64}\n#   {b64}\n#   -----END RSA PRIVATE KEY-----»\n"
    ),
    ("keys", "key.env", #"KEY="«-----BEGIN PRIVATE KEY-----\n{b64}\n{b64}\n{b64}\n-----END PRIVATE KEY-----»""#),
    (
      "keys", "flux.yaml",
      "stringData:\n  identity.agekey: |\n    # created: 2026-01-01\n    «AGE-SECRET-{|}KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE»\n"
    ),
  ]
}
