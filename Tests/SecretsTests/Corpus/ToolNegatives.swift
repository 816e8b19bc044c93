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
    commands | a.ps1 | ConvertTo-SecureString $env:PW -AsPlainText -Force⏎ConvertTo-SecureString (Get-Content pw.txt) -AsPlainText⏎
    commands | a.sh | echo "$KRB_PASSWORD" | kinit svc@ACME.IO⏎kinit -kt /etc/krb5.keytab host/n1.acme.io⏎sudo -s ls Folder12x⏎
    commands | a.sh | mysql -u root -p app_Db2024⏎mysql -p"$PW" x⏎zip -r archive-2024Q4.zip folder⏎7z x -pkg a.7z⏎
    commands | a.sh | setx PATH_TOKEN %1⏎set -x TOKEN (pass show x)⏎setenv TOKEN `cat /run/t`⏎aws configure set aws_secret_access_key $KEY⏎
    commands | a.sh | oc login --token=$TOKEN⏎rabbitmqctl add_user app "$PW"⏎etcdctl --user root:$PW get x⏎
    daemons | users.acl | user app on #{h64} ~* +@all⏎user default on nopass ~* +@all⏎user p on >%PASSWORD% ~* +ping⏎
    daemons | redis.conf | # user worker +@list +@connection ~jobs:* on >ffa9203c{|}493aa99⏎
    daemons | run.sh | set -e⏎log on > Output12x.log⏎say user on >Output12x.log⏎test on >>Output12x.log⏎
    daemons | haproxy.cfg | stats auth ${USER}:${PASS}⏎stats auth admin:admin⏎
    daemons | ipsec.secrets | : PSK "<psk>"⏎: RSA serverKey1.pem⏎: PSK "${PSK}"⏎
    daemons | slapd.conf | rootpw {SSHA}{b38}⏎rootpw secret⏎
    daemons | nginx.conf | proxy_set_header X-Api-Key $api_key;⏎set $token "";⏎auth_basic "Restricted area 51";⏎ssl_certificate_key "/etc/tls/tls.key";⏎
    daemons | sw1.cfg | username admin secret 9 $9${n14}${n43}⏎username bob password 7 {H18}⏎enable secret 5 $1$mERr${n22}⏎
    daemons | sw1.cfg | no snmp-server community public RO⏎snmp-server community <community> RO⏎
    daemons | login.feature | When I log in with the password "Kx9!pLm2Qw"⏎    And I sign in as "bob" with password "Kx9!pLm2Qw"⏎
    daemons | ks.cfg | rootpw --iscrypted $6${n16}${n86}⏎rootpw --lock⏎
    markup | schema.xsd | <xsd:element name="Password" type="wsse:PasswordString"/>⏎<xsd:simpleType name="token"><xsd:restriction base="xsd:token"/></xsd:simpleType>⏎
    markup | r.resx | <data name="Password" xml:space="preserve"><value>Kennwort</value></data>⏎
    markup | strings.xml | <string name="token_invalid">Invalid token (401)</string>⏎<string name="password">Password</string>⏎
    markup | a.xml | <name>token.secret.key.path</name>⏎<value>/etc/Keys1/k.jceks</value>⏎<password></password>⏎
    markup | a.md | **Password:** your Linux password⏎**Token**: see below⏎**API key:** created under Settings⏎
    code | a.rs | const TOKEN_PREFIX: &str = "acme_pat_v1_";⏎let token: Option<String> = None;⏎
    code | a.edn | {:password nil :token "x" :secret-name "shop-db-2024"}⏎
    tables | a.md | | Service | Password |⏎|---|---|⏎| Grafana | see Vault |⏎| Minio | generated |⏎| Argo CD | `<password>` |⏎| MQ | guest |⏎| X | **** |⏎| DB | PBKDF2-SHA256 |⏎
    tables | a.md | | Token | Meaning |⏎|---|---|⏎| `IDENT` | foo_Bar1x9Kq2Lm4 |⏎| T_OPEN_TAG2 | x |⏎| color-primary-500 | #0F62FE |⏎
    tables | a.md | | App | Secret |⏎|---|---|⏎| shop | shop-db-credentials-v2 |⏎| ci | arn:aws:secretsmanager:eu-west-1:111122223333:secret:ci-Ab12Cd |⏎
    tables | a.md | | Feature | Password | Token |⏎|---|---|---|⏎| Login | ✅ | SAML2.0 |⏎| API | no | OAuth2/OIDC |⏎
    tables | t.csv | id,token_count,password_policy⏎1,4096,NIST800-63B⏎
    tables | t.csv | key,en,de⏎password,Password,Passwort⏎token,Zugangs4Token,x⏎
    tables | a.md | | Property | Password |⏎|---|---|⏎| hash | Argon2id/v19 |⏎| algorithm | SHA-512/256 |⏎
    tables | t.csv | parameter,password⏎algorithm,Argon2id-v1.3⏎
    commands | a.fish | set -gx PATH_TOKEN $HOME/.token2/File8x⏎
    tables | users.csv | user,password⏎alice,$2y$10${n53}⏎bob,{SSHA}{b38}⏎dave,changeme⏎
    tables | tok.csv | token,id,freq⏎XMLHttpRequest2,4,0.0001⏎
    calls | a.go | req.SetBasicAuth(user, pass)⏎req.SetBasicAuth("user", "pass")⏎req.SetBasicAuth("svc", os.Getenv("PASS1"))⏎
    calls | a.py | auth=(USER, os.environ["PW1"])⏎auth=("user", "password")⏎auth = ("token", token4)⏎
    calls | a.java | ds.setPassword("password");⏎form.setPassword(getText("Password1"));⏎setTokenName("ApiToken-v2-header");⏎
    calls | a.ipynb | {"cells":[{"outputs":[{"data":{"image/png":"iVBORw0KGgo{b400}"}}],"source":["token = os.environ[\"API_TOKEN2\"]\n"]}]}⏎
    accounts | jaas.conf | LoginModule required user_bob="${BOB}" user_alice="alice";⏎
    accounts | a.json | {"clientId":"{uuid}","secretId":"{uuid}"}⏎{"id":"{uuid}","clientId":"web","secret":"**********"}⏎
    accounts | a.sh | openssl rsa -in k.pem -passin pass:$PW -passout env:PW2⏎
    accounts | a.json | {"password": {"type": "string", "default": ""}, "apiToken": {"description": "Token1", "default": "{{ token }}"}}⏎
    accounts | pvc.yaml | volumeName: claim-3f9d2a1b7c6e5d4f8a0b⏎claimName: claim-data-postgres-cluster-0⏎
    accounts | a.yaml | args: ["--basic-auth=admin:$(PASSWORD)", "--basic-auth=/etc/htpasswd:ro", "--basic-auth=true"]⏎
    accounts | a.py | c = connect(f"SERVER=db;UID=sa;PWD={pw};")⏎if x:password=Get4Me;y=1⏎c = connect("UID=sa;PWD=" + pw + ";")⏎
    accounts | a.yaml | encryptedPassword: {b44}⏎encrypted.db.password: {b44}⏎ldap_default_authtok_type: obfuscated_password⏎
    accounts | services.yaml | widget:⏎  type: sonarr⏎  key: "{{HOMEPAGE_VAR_SONARR_KEY}}"⏎
    """#
}
