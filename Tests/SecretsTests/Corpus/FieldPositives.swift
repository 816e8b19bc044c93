@testable import Secrets

/// Credentials as people who run clusters write them down. A case a line: family, path, text; `⏎` is a line feed, `⇥` a tab.
enum FieldPositives {
  static let cases = CorpusCase.positives(lines)

  private static let lines = #"""
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: kubernetes.io/dockercfg⏎stringData:⏎  .dockercfg: «'{"registry.corp.lan":{"username":"ci","password":"{n20}","email":"a@b.c"}}'»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: kubernetes.io/basic-auth⏎stringData:⏎  username: admin⏎  password: «{password}»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: kubernetes.io/ssh-auth⏎stringData:⏎  ssh-privatekey: |⏎    «-----BEGIN OPENSSH PRIVATE KEY-----⏎    {b70}⏎    {b70}⏎    {b20}⏎    -----END OPENSSH PRIVATE KEY-----»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  connection: «Host=db;Username=app;Password={password};Database=x»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  DATABASE_URL: «postgresql://app:{password}@db.shop.svc:5432/app»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  redis-url: «redis://:{n24}@redis:6379/0»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  uri: «mongodb+srv://app:{n16}@cluster0.ab1cd.mongodb.net/app?retryWrites=true»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  cookie-secret: «{b43}=»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  key.bin: «{h64}»⏎
    Kubernetes | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  PGPASSWORD: «hunt{|}er42x»⏎
    Kubernetes | s.json | {⏎  "apiVersion": "v1",⏎  "kind": "Secret",⏎  "metadata": {"name": "x"},⏎  "stringData": {⏎    "password": "«{password}»"⏎  }⏎}
    Kubernetes | list.yaml | apiVersion: v1⏎kind: List⏎items:⏎- apiVersion: v1⏎  kind: Secret⏎  metadata:⏎    name: a⏎  stringData:⏎    «password: {password}»⏎
    Kubernetes | flow.yaml | {apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {«password: {password}»}}⏎
    Kubernetes | fold.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  token: >-⏎    «{n30}⏎    {n30}»⏎
    Kubernetes | comment.yaml | apiVersion: v1⏎kind: Secret⏎metadata: {name: a}⏎stringData:⏎  # «password: {n20}»⏎  user: a⏎
    Kubernetes | cloudstack.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: global⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  api-key: {w86}⏎  secret-key: «{w86}»⏎  api-url: https://cs.lan/client/api⏎  verify-ssl: "false"⏎
    Kubernetes | aws.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: aws-secret⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  AWS_ACCESS_KEY_ID: AK{|}IA{U16}⏎  AWS_SECRET_ACCESS_KEY: «{b40}»⏎
    Kubernetes | flux.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: flux-system⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  identity: |⏎    «-----BEGIN OPENSSH PRIVATE KEY-----⏎    {b70}⏎    {b70}⏎    {b20}⏎    -----END OPENSSH PRIVATE KEY-----»⏎  known_hosts: github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAA{b60}⏎
    Kubernetes | age.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: sops-age⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  age.agekey: |⏎    # created: 2024-01-01T00:00:00Z⏎    # public key: age1{l58}⏎    «AG{|}E-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE»⏎
    Kubernetes | gitlab.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  username: git⏎  password: «gl{|}pat-{n20}»⏎
    Kubernetes | hooktoken.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: webhook-token⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  token: «{h40}»⏎
    Kubernetes | cloudflare.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  api-token: «{w40}»⏎
    Kubernetes | oauth2.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  client-id: grafana⏎  client-secret: «{n32}»⏎
    Kubernetes | etcd-enc.yaml | apiVersion: apiserver.config.k8s.io/v1⏎kind: EncryptionConfiguration⏎resources:⏎  - resources: [secrets]⏎    providers:⏎      - aescbc:⏎          keys:⏎            - name: key1⏎              «secret: {b43}=»⏎
    Kubernetes | etcd-enc2.yaml | apiVersion: apiserver.config.k8s.io/v1⏎kind: EncryptionConfiguration⏎resources:⏎  - resources: [secrets]⏎    providers:⏎      - secretbox:⏎          keys:⏎            - {name: key1, «secret: {b43}=»}⏎
    manifests | cm.yaml | apiVersion: v1⏎kind: ConfigMap⏎metadata:⏎  name: a⏎data:⏎  application.properties: |⏎    spring.datasource.username=app⏎    «spring.datasource.password={password}»⏎
    manifests | cm2.yaml | apiVersion: v1⏎kind: ConfigMap⏎metadata:⏎  name: a⏎data:⏎  init.sh: |⏎    #!/bin/sh⏎    «export DB_PASSWORD='{password}'»⏎    exec app⏎
    manifests | cm3.yaml | apiVersion: v1⏎kind: ConfigMap⏎metadata:⏎  name: a⏎data:⏎  config.json: |⏎    {"db": {"user": "a", «"password": "{password}"»}}⏎
    manifests | cm4.yaml | apiVersion: v1⏎kind: ConfigMap⏎metadata:⏎  name: a⏎data:⏎  redis.conf: |⏎    bind 0.0.0.0⏎    «requirepass {n20}»⏎
    manifests | env.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - «value: {password}»⏎          name: DB_PASSWORD⏎
    manifests | env2.yaml | apiVersion: batch/v1⏎kind: CronJob⏎metadata: {name: a}⏎spec:⏎  jobTemplate:⏎    spec:⏎      template:⏎        spec:⏎          containers:⏎          - name: a⏎            env:⏎            - {name: RESTIC_PASSWORD, «value: {n24}»}⏎
    manifests | env3.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        args: ["--db-user=a", «"--db-password={password}"»]⏎
    manifests | env4.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        command: ["sh", "-c", «"mysqldump -uroot -p{n16} db > x"»]⏎
    manifests | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    grafana:⏎      «adminPassword: {password}»⏎
    manifests | hr2.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    env:⏎      «PAPERLESS_SECRET_KEY: {n40}»⏎
    manifests | hr3.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    postgresql:⏎      auth: {username: a, «password: {password}», database: d}⏎
    manifests | hr4.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    config: |⏎      auth:⏎        «jwt_secret: {h64}»⏎
    manifests | k2/kustomization.yaml | secretGenerator:⏎- name: a⏎  literals: [«token={n24}»]⏎
    manifests | k3/kustomization.yaml | patches:⏎  - target: {kind: Secret, name: a}⏎    patch: |⏎      - op: add⏎        path: /stringData/password⏎        «value: {password}»⏎
    manifests | k4/kustomization.yaml | patches:⏎  - patch: |⏎      apiVersion: v1⏎      kind: Secret⏎      metadata: {name: a}⏎      stringData:⏎        «password: {password}»⏎
    manifests | subst.yaml | apiVersion: kustomize.toolkit.fluxcd.io/v1⏎kind: Kustomization⏎metadata: {name: a}⏎spec:⏎  postBuild:⏎    substitute:⏎      «DB_PASSWORD: {password}»⏎
    manifests | argocd.yaml | apiVersion: argoproj.io/v1alpha1⏎kind: Application⏎metadata: {name: a}⏎spec:⏎  source:⏎    helm:⏎      parameters:⏎      - name: auth.password⏎        «value: {password}»⏎
    manifests | values.yaml | auth: {user: bob, «password: {password}», db: x}⏎
    files | .env.production | «SECRET_KEY_BASE={h64}»⏎
    files | app.env | export «API_KEY="{n32}"»⏎
    files | terraform.tfvars | vsphere_user = "a"⏎«vsphere_password = "{password}"»⏎
    files | main.tf | variable "db_password" {⏎  type = string⏎  «default = "{password}"»⏎}⏎
    files | provider.tf | provider "vsphere" {⏎  user = "a"⏎  «password = "{password}"»⏎}⏎
    files | x.auto.tfvars.json | {"db_password": "«{password}»"}⏎
    files | deploy.sh | #!/bin/bash⏎set -e⏎«TOKEN={n40}»⏎curl -H "Authorization: Bearer $TOKEN" https://x⏎
    files | deploy2.sh | docker login -u ci «-p {n20}» registry.corp.lan⏎
    files | deploy3.sh | kubectl create secret generic db «--from-literal=password={password}» -n shop⏎
    files | deploy4.sh | kubectl create secret docker-registry r --docker-username=ci «--docker-password={n20}» --docker-server=x⏎
    files | deploy5.sh | helm upgrade x y «--set auth.password={password}»⏎
    files | deploy7.sh | «VAULT_TOKEN=s.{n24}» vault read secret/x⏎
    files | deploy8.sh | curl -s «-u admin:{password}» https://harbor.corp.lan/api⏎
    files | deploy9.sh | curl https://api.corp.lan «-H "X-Api-Key: {n32}"»⏎
    files | deploy10.sh | echo "«{n24}»" | docker login --username ci --password-stdin⏎
    files | deploy11.sh | openssl enc -aes-256-cbc «-pass pass:{n20}» -in a⏎
    files | deploy12.sh | git clone https://oauth2:«{n20}»@gitlab.corp.lan/a/b.git⏎
    files | deploy15.sh | govc about -u 'https://administrator@vsphere.local:«{n14}»@vc.lan/sdk'⏎
    files | deploy16.sh | read -r <<< x⏎PASS="«{password}»"⏎
    files | deploy17.sh | ansible-playbook -e «"db_password={password}"» x.yml⏎
    files | Makefile | deploy:⏎⇥«DB_PASSWORD={password}» ./run.sh⏎
    files | Makefile | «API_TOKEN := {n32}»⏎all:⏎⇥echo⏎
    files | Dockerfile | FROM x⏎«ENV DB_PASSWORD={password}»⏎
    files | Dockerfile | FROM x⏎«ARG NPM_TOKEN=np{|}m_{crc30}»⏎
    files | docker-compose.yml | services:⏎  db:⏎    environment:⏎      «MYSQL_ROOT_PASSWORD: {password}»⏎
    files | compose.yaml | services:⏎  app:⏎    command: --password «{password}»⏎
    files | config.toml | [server]⏎«password = "{password}"»⏎
    files | config.toml | «token = '{n32}'»⏎
    files | config.ini | [db]⏎user=a⏎«password={password}»⏎
    files | .my.cnf | [client]⏎password="«{password}»"⏎
    files | .netrc | machine git.corp.lan⏎  login ci⏎  password «{n20}»⏎
    files | .npmrc | //registry.npmjs.org/:_authToken=«np{|}m_{crc30}»⏎
    files | pip.conf | [global]⏎index-url = https://ci:«{n20}»@pypi.corp.lan/simple⏎
    files | settings.xml | <server><id>x</id><username>ci</username><password>«{password}»</password></server>⏎
    files | app.config | <add key="ApiKey" value="«{n32}»" />⏎
    files | web.config | <add name="Db" connectionString="Server=db;Database=x;User Id=sa;«Password={password}»;" />⏎
    files | appsettings.json | {"ConnectionStrings": {"Default": "Server=db;Database=x;User Id=sa;«Password={password}»;"}}⏎
    files | appsettings.json | {"Jwt": {"«Key»": "{n40}", "Issuer": "x"}}⏎
    files | application.yml | spring:⏎  datasource:⏎    username: a⏎    «password: {password}»⏎
    files | application.properties | «spring.datasource.password={password}»⏎
    files | jdbc.properties | url=jdbc:mysql://db:3306/x?user=app&«password={n16}»⏎
    files | jdbc3.properties | url=jdbc:oracle:thin:app/«{n16}»@db:1521:orcl⏎
    files | jdbc4.properties | url=jdbc:sqlserver://db:1433;databaseName=x;user=sa;«password={password}»⏎
    files | odbc.ini | [x]⏎Driver=ODBC⏎«PWD={password}»⏎UID=a⏎
    files | settings.py | DATABASES = {"default": {"USER": "a", «"PASSWORD": "{password}"»}}⏎
    files | settings.py | «SECRET_KEY = "{n50}"»⏎
    files | main.go | const «apiKey = "{n32}"»⏎
    files | main.go | client := New("https://x", «WithToken("{n40}")»)⏎
    files | app.js | const client = new Client({ «apiKey: "{n32}"» });⏎
    files | conf.lua | ngx.req.set_header("Authorization", "Bearer «{n40}»")⏎
    files | haproxy.cfg | userlist u⏎  user admin insecure-password «{password}»⏎
    files | alertmanager.yml | receivers:⏎- slack_configs:⏎  - api_url: https://hooks.slack.com/services/T{U10}/B{U10}/«{n24}»⏎
    files | prometheus2.yml | remote_write:⏎- url: x⏎  bearer_token: «{n40}»⏎
    files | loki.yaml | storage_config:⏎  aws:⏎    s3: s3://AK{|}IA{U16}:«{n40}»@eu-west-1/bucket⏎
    files | rclone.conf | [b2]⏎type = b2⏎account = 1⏎«key = {n31}»⏎
    files | wg0.conf | [Interface]⏎PrivateKey = «{b42}A=»⏎
    files | talos/secrets.yaml | cluster:⏎  id: {b43}=⏎  «secret: {b43}=»⏎secrets:⏎  bootstraptoken: {l6}.{l16}⏎  secretboxencryptionsecret: {b43}=⏎
    files | talos/secrets2.yaml | secrets:⏎  bootstraptoken: {l6}.{l16}⏎  «secretboxencryptionsecret: {b43}=»⏎
    files | talos/secrets3.yaml | trustdinfo:⏎    «token: {l6}.{l16}»⏎
    files | kubeadm.yaml | apiVersion: kubeadm.k8s.io/v1beta3⏎kind: InitConfiguration⏎bootstrapTokens:⏎- «token: "{l6}.{l16}"»⏎certificateKey: {h64}⏎
    files | kubeadm2.yaml | kind: InitConfiguration⏎«certificateKey: {h64}»⏎
    files | kubeadm3.sh | kubeadm join 10.0.0.1:6443 --token «{l6}.{l16}» --discovery-token-ca-cert-hash sha256:{h64}⏎
    files | kubeadm4.sh | kubeadm init phase upload-certs --upload-certs «--certificate-key {h64}»⏎
    files | group_vars/x.yml | vault_db_password: "«{password}»"⏎
    files | k3s/config2.yaml | agent-token: «{h32}»⏎
    files | containerd.toml | [plugins."io.containerd.grpc.v1.cri".registry.configs."r.lan".auth]⏎  username = "a"⏎  «password = "{password}"»⏎
    files | credentials | [default]⏎aws_access_key_id = AK{|}IA{U16}⏎«aws_secret_access_key = {b40}»⏎
    files | gcp.json | {"type": "service_account", "project_id": "x", "private_key_id": "{h40}", «"private_key": "-----BEGIN PRIVATE KEY-----\n{b64}\n{b64}\n{b64}\n-----END PRIVATE KEY-----\n"», "client_email": "a@x.iam.gserviceaccount.com"}⏎
    files | azure.json | {"appId": "{uuid}", "displayName": "x", «"password": "{n3}8Q~{w34}"», "tenant": "{uuid}"}⏎
    files | cloud.json | {"tenantId": "{uuid}", "aadClientId": "{uuid}", «"aadClientSecret": "{n3}8Q~{w34}"»}⏎
    files | clouds.yaml | clouds:⏎  x:⏎    auth:⏎      username: a⏎      «password: {password}»⏎
    files | vsphere.conf | [Global]⏎user = "administrator@vsphere.local"⏎«password = "{password}"»⏎
    files | backend.hcl | bucket = "x"⏎«secret_key = "{b40}"»⏎
    files | vault-init.txt | Unseal Key 1: «{b43}=»⏎Initial Root Token: hv{|}s.{n24}⏎
    files | vault-init2.txt | Initial Root Token: «hv{|}s.{n24}»⏎
    files | notes.md | The admin login for vcenter is `administrator@vsphere.local` and the password is `«{password}»`.⏎
    files | notes2.md | Password: «{n16}»⏎
    files | notes3.txt | vcenter admin password = «{password}»⏎
    files | README.md | ```⏎export GITHUB_TOKEN=«gh{|}p_{crc30}»⏎```⏎
    files | postman.json | {"key": "Authorization", "value": "Bearer «{n40}»"}⏎
    files | x.http | GET https://x⏎X-Vault-Token: «hv{|}s.{n24}»⏎
    files | x.http | GET https://x⏎PRIVATE-TOKEN: «{n20}»⏎
    files | x.http | GET https://x⏎Cookie: session=«{n40}»⏎
    files | sa.jwk | {"kty":"RSA","n":"{w342}","e":"AQAB",«"d":"{w342}"»,"p":"{w171}"}⏎
    files | ec.jwk.json | {"kty": "EC", "crv": "P-256", "x": "{w43}", "y": "{w43}", «"d": "{w43}"»}⏎
    files | oct.jwk.json | {"keys":[{"kty":"oct","kid":"a",«"k":"{w43}"»}]}⏎
    wrap-utf16 | a.txt | password = «{password}»⏎
    wrap-utf16 | a.env | TOKEN=«gh{|}p_{crc30}»⏎
    wrapped | a.json | {"cfg":"{\"password\":\"«{password}»\"}"}⏎
    wrapped | a.json | {"script":"export A=1\nexport DB_PASSWORD=«{n20}»\n"}⏎
    wrapped | key.txt | «MIIEpAIBAAKCAQEA{b1572}==»⏎
    wrapped | key.yaml | tls:⏎  key: «MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b1580}==»⏎
    wrapped | ec.txt | «MHcCAQEEI{b42}oAoGCCqGSM49AwEHoUQDQgAE{b86}==»⏎
    wrapped | ed.txt | key=«MC4CAQAwBQYDK2VwBCIEI{b43}»⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«Xk9#m{|}Lq2vB»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«Xk9#m{|}Lq2vB»"⏎
    passwords | x.env | DB_PASSWORD='«Xk9#m{|}Lq2vB»'⏎
    passwords | x.tfvars | admin_password = "«Xk9#m{|}Lq2vB»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«Xk9#m{|}Lq2vB»"⏎
    passwords | x.json | {"password": "«Xk9#m{|}Lq2vB»"}⏎
    passwords | x.sh | sshpass -p '«Xk9#m{|}Lq2vB»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«aB3$d{|}E6^gH»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«aB3$d{|}E6^gH»"⏎
    passwords | x.env | DB_PASSWORD='«aB3$d{|}E6^gH»'⏎
    passwords | x.tfvars | admin_password = "«aB3$d{|}E6^gH»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«aB3$d{|}E6^gH»"⏎
    passwords | x.json | {"password": "«aB3$d{|}E6^gH»"}⏎
    passwords | x.sh | sshpass -p '«aB3$d{|}E6^gH»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«pa55-w0{|}rd-Vq8z»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«pa55-w0{|}rd-Vq8z»"⏎
    passwords | x.env | DB_PASSWORD='«pa55-w0{|}rd-Vq8z»'⏎
    passwords | x.tfvars | admin_password = "«pa55-w0{|}rd-Vq8z»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«pa55-w0{|}rd-Vq8z»"⏎
    passwords | x.json | {"password": "«pa55-w0{|}rd-Vq8z»"}⏎
    passwords | x.sh | sshpass -p '«pa55-w0{|}rd-Vq8z»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«Tr0ub4{|}dor&3x»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«Tr0ub4{|}dor&3x»"⏎
    passwords | x.env | DB_PASSWORD='«Tr0ub4{|}dor&3x»'⏎
    passwords | x.tfvars | admin_password = "«Tr0ub4{|}dor&3x»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«Tr0ub4{|}dor&3x»"⏎
    passwords | x.json | {"password": "«Tr0ub4{|}dor&3x»"}⏎
    passwords | x.sh | sshpass -p '«Tr0ub4{|}dor&3x»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«kV7pL{|}2mQ9x»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«kV7pL{|}2mQ9x»"⏎
    passwords | x.env | DB_PASSWORD='«kV7pL{|}2mQ9x»'⏎
    passwords | x.tfvars | admin_password = "«kV7pL{|}2mQ9x»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«kV7pL{|}2mQ9x»"⏎
    passwords | x.json | {"password": "«kV7pL{|}2mQ9x»"}⏎
    passwords | x.sh | sshpass -p '«kV7pL{|}2mQ9x»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«s3rv1ce!{|}Acc0unt9»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«s3rv1ce!{|}Acc0unt9»"⏎
    passwords | x.env | DB_PASSWORD='«s3rv1ce!{|}Acc0unt9»'⏎
    passwords | x.tfvars | admin_password = "«s3rv1ce!{|}Acc0unt9»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«s3rv1ce!{|}Acc0unt9»"⏎
    passwords | x.json | {"password": "«s3rv1ce!{|}Acc0unt9»"}⏎
    passwords | x.sh | sshpass -p '«s3rv1ce!{|}Acc0unt9»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«Zürich{|}2024!x»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«Zürich{|}2024!x»"⏎
    passwords | x.env | DB_PASSWORD='«Zürich{|}2024!x»'⏎
    passwords | x.tfvars | admin_password = "«Zürich{|}2024!x»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«Zürich{|}2024!x»"⏎
    passwords | x.json | {"password": "«Zürich{|}2024!x»"}⏎
    passwords | x.sh | sshpass -p '«Zürich{|}2024!x»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«vMw4re{|}#2025!»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«vMw4re{|}#2025!»"⏎
    passwords | x.env | DB_PASSWORD='«vMw4re{|}#2025!»'⏎
    passwords | x.tfvars | admin_password = "«vMw4re{|}#2025!»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«vMw4re{|}#2025!»"⏎
    passwords | x.json | {"password": "«vMw4re{|}#2025!»"}⏎
    passwords | x.sh | sshpass -p '«vMw4re{|}#2025!»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«N3tB0x_{|}adm1n_77»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«N3tB0x_{|}adm1n_77»"⏎
    passwords | x.env | DB_PASSWORD='«N3tB0x_{|}adm1n_77»'⏎
    passwords | x.tfvars | admin_password = "«N3tB0x_{|}adm1n_77»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«N3tB0x_{|}adm1n_77»"⏎
    passwords | x.json | {"password": "«N3tB0x_{|}adm1n_77»"}⏎
    passwords | x.sh | sshpass -p '«N3tB0x_{|}adm1n_77»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«7hQz{|}2pLw»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«7hQz{|}2pLw»"⏎
    passwords | x.env | DB_PASSWORD='«7hQz{|}2pLw»'⏎
    passwords | x.tfvars | admin_password = "«7hQz{|}2pLw»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«7hQz{|}2pLw»"⏎
    passwords | x.json | {"password": "«7hQz{|}2pLw»"}⏎
    passwords | x.sh | sshpass -p '«7hQz{|}2pLw»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«Qw8{|}!nM»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«Qw8{|}!nM»"⏎
    passwords | x.env | DB_PASSWORD='«Qw8{|}!nM»'⏎
    passwords | x.tfvars | admin_password = "«Qw8{|}!nM»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«Qw8{|}!nM»"⏎
    passwords | x.json | {"password": "«Qw8{|}!nM»"}⏎
    passwords | x.sh | sshpass -p '«Qw8{|}!nM»' ssh a@b⏎
    passwords | v.yaml | vcenter:⏎  username: a⏎  password: "«ilo-Adm{|}1n-9921»"⏎
    passwords | s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  password: "«ilo-Adm{|}1n-9921»"⏎
    passwords | x.env | DB_PASSWORD='«ilo-Adm{|}1n-9921»'⏎
    passwords | x.tfvars | admin_password = "«ilo-Adm{|}1n-9921»"⏎
    passwords | hr.yaml | apiVersion: helm.toolkit.fluxcd.io/v2⏎kind: HelmRelease⏎metadata: {name: h}⏎spec:⏎  values:⏎    admin:⏎      password: "«ilo-Adm{|}1n-9921»"⏎
    passwords | x.json | {"password": "«ilo-Adm{|}1n-9921»"}⏎
    passwords | x.sh | sshpass -p '«ilo-Adm{|}1n-9921»' ssh a@b⏎
    encryption | v.enc.yaml | db:⏎  «password: {password}»⏎
    encryption | x.sops.json | {"db_password": "«{password}»"}⏎
    encryption | x.sops.ini | [db]⏎«password = {password}»⏎
    encryption | tmpl.sealed.yaml | apiVersion: bitnami.com/v1alpha1⏎kind: SealedSecret⏎metadata: {name: a}⏎spec:⏎  template:⏎    data:⏎      «password: {password}»⏎  encryptedData: {}⏎
    encryption | es.yaml | apiVersion: external-secrets.io/v1⏎kind: ExternalSecret⏎metadata: {name: a}⏎spec:⏎  target:⏎    template:⏎      data:⏎        «DB_PASSWORD: {password}»⏎
    encryption | fakeprov.yaml | apiVersion: external-secrets.io/v1⏎kind: ClusterSecretStore⏎metadata: {name: a}⏎spec:⏎  provider:⏎    fake:⏎      data:⏎      - key: /db/password⏎        «value: {password}»⏎
    EKS Anywhere | s2.sh | export EKSA_NUTANIX_PASSWORD='«{password}»'⏎
    EKS Anywhere | s4.sh | export EKSA_AWS_ACCESS_KEY_ID=AK{|}IA{U16}⏎export EKSA_AWS_SECRET_ACCESS_KEY=«{b40}»⏎
    EKS Anywhere | s6.sh | export EKSA_GITHUB_TOKEN=«gh{|}p_{crc30}»⏎
    EKS Anywhere | lic.yaml | apiVersion: anywhere.eks.amazonaws.com/v1alpha1⏎kind: Cluster⏎metadata: {name: a}⏎spec:⏎  licenseToken: «{jwt}»⏎
    EKS Anywhere | pk.yaml | apiVersion: anywhere.eks.amazonaws.com/v1alpha1⏎kind: Cluster⏎metadata: {name: a}⏎spec:⏎  packages:⏎    controller:⏎      env:⏎      - «AWS_SECRET_ACCESS_KEY={b40}»⏎
    EKS Anywhere | c/eks-a-id_rsa | «-----{|}BEGIN» RSA PRIVATE KEY-----⏎{der}⏎-----END RSA PRIVATE KEY-----⏎
    """#
}
