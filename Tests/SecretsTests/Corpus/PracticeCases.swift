@testable import Secrets

/// What the people who run clusters write down in files of their tools. A case a line: family, path, text; `⏎` is a line
/// feed, `⇥` a tab.
enum PracticeCases {
  static let positives = CorpusCase.positives(secrets)
  static let negatives = CorpusCase.negatives(harmless)

  private static let secrets = #"""
    practice | prod.tfvars | db_admin_pw = "«Pepper{|}Tiger#{d2}»"⏎
    practice | app.yaml | ldap:⏎  bind_dn: cn=admin,dc=lab⏎  bindpw: «Winter{|}rocket_{d3}»⏎
    practice | app.yaml | ldap:⏎  bindCredential: «dragon{|}castle@{d3}»⏎
    practice | grafana.ini | [smtp]⏎enabled = true⏎user = x⏎password = """«Sunset{|}Coffee#{d2}»"""⏎
    practice | wpa_supplicant.conf | network={⏎  ssid="lab"⏎  psk="«Summer{|}Winter$8{d1}»"⏎}⏎
    practice | wpa_supplicant.conf | network={⏎  ssid="lab"⏎  psk=«{h64}»⏎}⏎
    practice | deploy.yaml | spec:⏎  containers:⏎  - name: a⏎    args:⏎    - --user⏎    - app⏎    - --password⏎    - «violet{|}Tiger@{d3}»⏎
    practice | deploy.yaml | spec:⏎  containers:⏎  - name: a⏎    args: ["--user", "app", "--api-token", "«{n32}»"]⏎
    practice | velero/credentials | [default]⏎aws_access_key_id=minio⏎aws_secret_access_key=«Pepper{|}Harbor$6{d3}»⏎
    practice | ceph.keyring | [client.admin]⏎⇥key = «AQ{|}D{n35}==»⏎
    practice | rook.yaml | kind: Secret⏎stringData:⏎  userID: admin⏎  userKey: «AQ{|}D{n35}==»⏎
    practice | setup.sh | export BOUNCER_KEY_traefik=«{h32}»⏎
    practice | snmpd.conf | rocommunity «{n14}» 10.0.0.0/8⏎
    practice | configuration.yaml | advanced:⏎  channel: 11⏎  network_key:«⏎    - 17⏎    - 203⏎    - 9⏎    - 44⏎    - 250⏎    - 61⏎    - 7⏎    - 88⏎    - 129⏎    - 190⏎    - 33⏎    - 5⏎    - 76⏎    - 241⏎    - 18⏎    - 160»⏎
    practice | vault.sh | vault operator unseal «{b44}»⏎
    practice | deploy.sh | mc alias set lab https://minio.lan admin «Sunset{|}monkey-{d3}»⏎
    practice | deploy.sh | mc config host add lab https://minio.lan admin '«{n20}»'⏎
    practice | deploy.sh | htpasswd -nb admin '«Falcon{|}Harbor!{d3}»'⏎
    practice | deploy.sh | htpasswd -cbB auth admin «Falcon{|}Harbor!{d3}»⏎
    practice | deploy.sh | smbclient //nas/x -U 'bob%«Summer{|}Falcon#{d2}»'⏎
    practice | notes.md | vCenter login: administrator@vsphere.local / password: «{n3}{d1}{u3}{d2}{n5}»⏎
    practice | named.conf | key "k" {⏎  algorithm hmac-sha256;⏎  secret "«{b43}=»";⏎};⏎
    practice | ta.key | «-----BEGIN OpenVPN Static key V1-----⏎{h32}⏎{h32}⏎{h32}⏎{h32}⏎{h32}⏎{h32}⏎{h32}⏎{h32}⏎-----END OpenVPN Static key V1-----»⏎
    practice | user.creds | -----BEGIN USER NKEY SEED-----⏎«SU{|}A{t55}»⏎------END USER NKEY SEED------⏎
    practice | traefik.yaml | plugin:⏎  bouncer:⏎    crowdsecLapiKey: «{n32}»⏎
    practice | values.yaml | keycloak:⏎  auth:⏎    adminPassword: «violet{|}monkey-{d3}»⏎
    practice | smb.conf | username=bob⏎password=«dragon{|}monkey_{d3}»⏎
    practice | creds.json | {"AccountTag":"{h32}","TunnelSecret":"«{b43}=»","TunnelID":"{uuid}"}⏎
    practice | kubeconfig | kind: Config⏎users:⏎- name: bob⏎  user:⏎    username: bob⏎    password: «{password}»⏎
    practice | app.yaml | jdbcUrl: jdbc:postgresql://db:5432/app?user=app&password=«{n14}»⏎
    practice | am.yaml | receivers:⏎- name: o⏎  opsgenie_configs:⏎  - api_key: «{uuid}»⏎
    practice | user-data.yaml | #cloud-config⏎password: «{password}»⏎ssh_pwauth: true⏎
    practice | netplan.yaml | network:⏎  wifis:⏎    wlan0:⏎      access-points:⏎        "lab":⏎          password: "«{password}»"⏎
    practice | dex.yaml | staticClients:⏎- id: kubectl⏎  secret: «{n24}»⏎  name: k⏎
    practice | ansible/hosts.yml | all:⏎  vars:⏎    ansible_become_pass: «{password}»⏎
    practice | rclone.conf | [gd]⏎type = drive⏎client_secret = «{w24}»⏎
    practice | patch.yaml | - op: replace⏎  path: /data/password⏎  value: «{b24}»⏎
    """#

  private static let harmless = #"""
    practice | values.yaml | hashing:⏎  password: argon2id⏎  token: bcrypt⏎
    practice | values.yaml | db:⏎  password: postgres-15⏎  adminPassword: release-2⏎
    practice | values.yaml | db:⏎  passwordRef: app-db-2024⏎  password: shop-credentials-2024⏎
    practice | args.yaml | args:⏎- --password-file⏎- /run/secrets/password⏎- --token-ttl⏎- 24h⏎- --password⏎- $(DB_PASSWORD)⏎
    practice | args.yaml | args: ["--password", "$(DB_PASSWORD)", "--token", "--verbose", "--secret", "app-secret"]⏎
    practice | deploy.sh | mc alias set lab https://minio.lan "$USER" "$PASSWORD"⏎htpasswd -nb admin "$PASSWORD"⏎htpasswd auth admin⏎
    practice | deploy.sh | smbclient //nas/x -U "$USER%$PASSWORD"⏎vault operator unseal $KEY⏎vault operator unseal <key>⏎
    practice | main.tf | resource "kubernetes_secret" "app" {⏎  metadata {⏎    name = "app"⏎  }⏎}⏎
    practice | nginx.conf | proxy_set_header X-Secret "$http_x_secret";⏎auth_basic_user_file "/etc/nginx/htpasswd";⏎
    practice | psk.yaml | wpa_key_mgmt: WPA-PSK⏎pskFile: /etc/wpa/psk⏎psk: ${WIFI_PSK}⏎
    practice | pw.yaml | pw: "{{ .pw }}"⏎bindpw: ${LDAP_PASSWORD}⏎bindCredential: op://kube/ldap/password⏎
    practice | grafana.ini | [smtp]⏎password = """${SMTP_PASSWORD}"""⏎
    practice | ceph.yaml | userKey: ${CEPH_KEY}⏎adminSecret: rook-ceph-mon⏎key: AQ==⏎
    practice | es.yaml | spec:⏎  target:⏎    template:⏎      data:⏎        URL: "postgres://{{ .USER }}:{{ .PASS }}@db/x"⏎  dataFrom: [{extract: {key: cloudnative-pg}}]⏎
    practice | renovate.json | {"hostRules":[{"matchHost":"ghcr.io","encrypted":{"password":"wcFMA/{b400}"}}]}⏎
    practice | README.md | The password: must have 12 characters. Token: see the section below about tokens. Secret: no.⏎
    practice | es.yaml | kind: ExternalSecret⏎spec:⏎  data:⏎  - secretKey: Komodor{|}Api_Key9x1⏎    remoteRef:⏎      key: komodor⏎
    practice | cloudbuild.yaml | secrets:⏎- kmsKeyName: projects/x/locations/global/keyRings/y/cryptoKeys/z⏎  secretEnv:⏎    GITHUB_TOKEN: CiQA{|}{b100}⏎
    practice | tokens.html | <a class="el" name="g"></a><!-- doxytag: member="STREAM_START_TOKEN" ref="{h66}" args="" -->⏎
    practice | mock.go | return fmt.Sprintf("⇥%d: PASS:  "+act8Fmt+" == "+exp8Fmt+"⏎", i)⏎
    """#
}
