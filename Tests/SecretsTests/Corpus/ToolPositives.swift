@testable import Secrets

/// Credentials in the files of tools, each in a form of its own. A case a line: family, path, text; `⏎` is a line feed,
/// `⇥` a tab.
enum ToolPositives {
  static let cases = CorpusCase.positives(lines)

  private static let lines = #"""
    variables | a.ps1 | $env:DB_PASSWORD = "«{password}»"⏎
    variables | a.yaml | db_password: $«{l6}.{n12}»⏎
    searches | find.sh | PASSWORD='«k[a-z{|}]9!{n12}»'⏎
    places | app.json | {"page": 2, "sync_token": "«{n40}»"}⏎
    commands | a.ps1 | $s = ConvertTo-SecureString -String '«{password}»' -AsPlainText -Force⏎
    commands | a.ps1 | $s = ConvertTo-SecureString "«{password}»" -AsPlainText -Force⏎
    commands | a.sh | echo '«{password}»' | kinit svc@ACME.IO⏎
    commands | a.sh | kinit svc@ACME.IO <<< '«{password}»'⏎
    commands | a.sh | echo '«{password}»' | sudo -S systemctl restart x⏎
    commands | a.sh | echo "«{password}»" | passwd --stdin root⏎
    commands | a.sh | mysql -uroot -p'«{password}»' app⏎
    commands | a.yaml | command: ["mysqladmin", "ping", "-uroot", "-p«{n20}»"]⏎
    commands | a.sh | sqlcmd -S db01 -U sa -P '«{password}»' -Q "select 1"⏎
    commands | a.sh | keytool -genkeypair -alias a -storepass «{n14}»⏎
    commands | a.sh | openssl enc -aes-256-cbc -k '«{password}»' -in a⏎
    commands | a.sh | zip -P '«{password}»' -r a.zip a⏎
    commands | a.sh | 7z a -p«{n14}» a.7z a⏎
    commands | a.sh | oc login https://api:6443 -u kubeadmin -p «{n5}-{n5}-{n5}»⏎
    commands | a.sh | rabbitmqctl add_user app '«{password}»'⏎
    commands | a.sh | etcdctl --user root:«{n16}» get x⏎
    commands | a.sh | plink -ssh root@h -pw '«{password}»' ls⏎
    commands | a.sh | aws configure set aws_secret_access_key «{b40}»⏎
    commands | a.cmd | setx API_TOKEN "«{n40}»"⏎
    commands | a.fish | set -gx API_TOKEN «{n40}»⏎
    commands | a.csh | setenv API_TOKEN «{n40}»⏎
    commands | a.tcl | set password "«{password}»"⏎
    commands | a.h | #define API_KEY "«{n32}»"⏎
    commands | a.sh | consul agent -server -encrypt "«{b43}=»"⏎
    daemons | users.acl | user app on >«{n24}» ~app:* &* +@all⏎
    daemons | redis.conf | user worker on +@all ~* >«{password}»⏎
    daemons | sentinel.conf | sentinel auth-pass main «{password}»⏎
    daemons | haproxy.cfg | stats auth admin:«{password}»⏎
    daemons | Caddyfile | tls {⏎  dns cloudflare «{n40}»⏎}⏎
    daemons | sasl_passwd | [smtp.acme.io]:587 relay@acme.io:«{n16}»⏎
    daemons | ipsec.secrets | 203.0.113.7 198.51.100.9 : PSK "«{n32}»"⏎
    daemons | slapd.conf | rootdn "cn=admin"⏎rootpw «{password}»⏎
    daemons | nslcd.conf | bindpw «{password}»⏎
    daemons | nginx.conf | proxy_set_header X-Api-Key "«{n32}»";⏎
    daemons | nginx.conf | set $api_token "«{n32}»";⏎
    daemons | sw1.cfg | username admin privilege 15 password 0 «{n12}»⏎
    daemons | sw1.cfg | tacacs-server key «{n20}»⏎
    daemons | frr.conf | router bgp 65001⏎ neighbor 10.0.0.1 password «{password}»⏎
    daemons | ks.cfg | rootpw --plaintext «{password}»⏎
    daemons | preseed.cfg | d-i passwd/root-password password «{password}»⏎
    daemons | wireless | config wifi-iface⏎⇥option key '«{password}»'⏎
    markup | core-site.xml | <property>⏎  <name>fs.s3a.secret.key</name>⏎  <value>«{b40}»</value>⏎</property>⏎
    markup | unattend.xml | <Password>⏎  <Value>«{password}»</Value>⏎  <PlainText>true</PlainText>⏎</Password>⏎
    markup | a.plist | <key>API_TOKEN</key>⏎<string>«{n32}»</string>⏎
    markup | strings.xml | <string name="api_secret">«{n32}»</string>⏎
    markup | req.xml | <wsse:Password Type="x">«{n16}»</wsse:Password>⏎
    markup | a.xml | <password><![CDATA[«{n16}»]]></password>⏎
    markup | a.md | **Password:** «{n16}»⏎
    markup | a.md | **Password**: `«{n16}»`⏎
    code | a.rs | const API_KEY: &str = "«{n32}»";⏎
    code | a.m | NSString *apiKey = @"«{n32}»";⏎
    code | a.edn | {:user "app" :password "«{n20}»"}⏎
    code | wp-config.php | define( 'AUTH_KEY', '«{n64}»' );⏎
    tables | a.md | | system | user | password |⏎|---|---|---|⏎| idrac-01 | root | «{n14}» |⏎
    tables | a.md | | Service | Password |⏎|:--------|:---------|⏎| Vault | see the wiki |⏎| Grafana | `«{password}»` |⏎
    tables | a.md | Env | API Token | Owner⏎--- | --- | ---⏎prod | «{n40}» | ops⏎
    tables | users.csv | name,email,password⏎alice,a@acme.io,«{password}»⏎
    tables | users.csv | "user";"password";"note"⏎"al;ice";"«{n16}»";"x"⏎
    tables | hosts.tsv | user⇥token⏎svc⇥«{n40}»⏎
    calls | a.go | req.SetBasicAuth("svc", "«{password}»")⏎
    calls | a.py | r = requests.get(u, auth=("svc", "«{password}»"))⏎
    calls | a.py | auth = HTTPBasicAuth('svc', '«{password}»')⏎
    calls | a.cs | var cred = new NetworkCredential("svc", "«{password}»");⏎
    calls | a.java | ds.setPassword("«{password}»");⏎
    calls | a.ipynb | {"cells":[{"source":["password = \"«{password}»\"\n","x = 1"]}]}⏎
    accounts | ipsec.secrets | alice : EAP "«{password}»"⏎
    accounts | jaas.conf | org.apache.kafka.common.security.plain.PlainLoginModule required⏎  user_bob="«{n14}»";⏎
    accounts | realm.json | {"clients":[{"clientId":"web","enabled":true,"secret":"«{h8}-{h4}-4{h3}-9{h3}-{h12}»"}]}⏎
    accounts | r.rsc | set default wpa2-pre-shared-key="«Copper{|}-river{d3}»"⏎
    accounts | a.sh | openssl rsa -in k.pem -passin pass:«{n14}» -out o.pem⏎
    accounts | a.json | {"DbPassword": {"Type": "String", "NoEcho": true, "Default": "«{password}»"}}⏎
    accounts | a.yaml | args: ["--basic-auth=admin:«{n20}»"]⏎
    accounts | a.py | c = pyodbc.connect("SERVER=db;UID=sa;PWD=«{password}»;")⏎
    accounts | sssd.conf | ldap_default_authtok = «{password}»⏎
    accounts | kibana.yml | xpack.encryptedSavedObjects.encryptionKey: "«{h32}»"⏎
    accounts | outputs.conf | pass4SymmKey = «{n20}»⏎
    accounts | services.yaml | - Sonarr:⏎    widget:⏎      type: sonarr⏎      url: http://s⏎      key: «{h32}»⏎
    """#
}
