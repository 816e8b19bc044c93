@testable import Secrets

/// What repositories of fleets hold, as they were met. A case a line: family, path, text; `⏎` is a line feed, `⇥` a tab.
enum FleetCases {
  static let positives = CorpusCase.positives(secrets)
  static let negatives = CorpusCase.negatives(harmless)

  private static let secrets = #"""
    shell | mvnw | MVNW_PASSWORD=${MVNW_PASSWORD:-«{password}»}⏎
    shell | a.md | Run `rabbitmqctl change_password shop «{password}»` once.⏎
    commands | a.sh | printf '%s' '«{n16}»' | helm registry login hub.lan -u ci --password-stdin⏎
    commands | a.sh | docker login -u ci --password-stdin hub.lan <<< "«{n16}»"⏎
    commands | a.md | nerdctl login -u ci -p «{n16}» hub.lan⏎
    commands | a.md | skopeo inspect --creds=ci:«{n16}» docker://hub.lan/a⏎
    commands | a.sh | skopeo copy --dest-creds ci:«{n16}» docker://a docker://b⏎
    commands | a.sh | govc about -u 'administrator@vsphere.local:«{n16}»@vc.lan'⏎
    commands | a.sh | ncli -s 10.0.0.9 -u admin -p '«{n16}»' cluster info⏎
    commands | a.sh | iscsiadm -m node -o update -n node.session.auth.password -v «{n16}»⏎
    commands | a.sh | keytool -importkeystore -srcstorepass «{n16}» -srckeystore a.jks⏎
    addresses | govc.env | GOVC_URL=https://eksa:«{n8}!{n8}»@vcenter.lan/sdk⏎
    addresses | clone.sh | git remote add origin https://«{n40}»@git.lan/acme/fleet.git⏎
    typed | .github/workflows/a.yml | env:⏎  EKSA_VSPHERE_PASSWORD: "«Passw0rd{|}!2024Q3»"⏎
    typed | vars.yml | vcenter_password: '«Qwerty{|}!2345zx»'⏎
    sentences | eksa-cluster.yaml | # vcenter password: «{n7}!{n5}#{n3}» (ask bob)⏎spec: {}⏎
    sentences | access.md | Log in as administrator@vsphere.local with password `«{n7}!{n5}#{n3}»` and go on.⏎
    sentences | message.txt | set vcenter password to '«{n7}!{n5}#{n3}»'⏎
    lists | values.yaml | auth:⏎  passwords:⏎  - «{n16}»⏎  - second⏎
    lists | values.yaml | auth:⏎  passwords: [first, "«{n16}»"]⏎
    lists | values.yaml | apiKeys: [«{n32}»]⏎
    registries | config.toml | [plugins.cri.registry.configs."hub.lan".auth]⏎  auth = "«{basic}»"⏎
    templates | cfn.yaml | Parameters:⏎  DbPassword:⏎    Type: String⏎    Default: «{n16}»⏎
    templates | params.json | [{"ParameterKey": "DbPassword", "ParameterValue": "«{n16}»"}]⏎
    stores | kp.xml | <String><Key>Password</Key>⏎<Value ProtectInMemory="True">«{n16}»</Value></String>⏎
    stores | ds.yaml | secureJsonData:⏎  httpHeaderValue1: Bearer «{n40}»⏎
    names | vars.yaml | passwordCP: «{password}»⏎
    names | vars.yaml | password.txt: «{password}»⏎
    """#

  private static let harmless = #"""
    shell | mvnw | case "${MVNW_PASSWORD:+has-password1}" in⏎has-password1) ;;⏎esac⏎: "${API_TOKEN:?token_Is4Missing}"⏎
    shell | Makefile | ⇥kubectl create secret generic x --from-literal=password=$$GH_UPDATE_TOKEN --docker-password=$$GITHUB_TOKEN⏎
    shell | hr.yaml | # 2. `rabbitmqctl change_password shop <RABBITMQ_PASS>` to align mnesia state.⏎
    shell | canary.sh | printf 'aws_access_key_id: AKIA{|}QWERTYUIOPASDFGH\n' >canary.txt⏎
    commands | Jenkinsfile | sh 'govc about -u "$U:$GOVC_PASSWORD@vc"'⏎sh 'skopeo copy --dest-creds $U:$P docker://a docker://b'⏎
    commands | a.sh | docker login -u ci --password-stdin hub <<< "$PASSWORD"⏎govc about -u https://vc.lan/sdk⏎iscsiadm -n node.startup -v automatic2⏎
    typed | vars.yml | vcenter_password: 'P@ssw{|}0rd123!'⏎db_password: Passw0rd{|}2024!⏎
    sentences | a.md | The password `PASSWORD_HASH` is a hash, and token `api_token_v2` a name. Set the password to `changeme`.⏎
    sentences | a.yaml | # db password: SHA-256 hashed (see docs)⏎# token: Passw0rd{|}9!x is weak⏎a: 1⏎
    lists | values.yaml | tokens: [read2, write4]⏎passwords: [changeme, ${PW}, "{{ .x }}"]⏎passwords:⏎- name: x⏎- existingSecret⏎
    templates | crd.yaml | password:⏎  type: string⏎  default: ""⏎token:⏎  description: a token⏎  default: ${{ github.token }}⏎
    encrypted | k.yaml | stringData:⏎  password: {b22}==:{b42}A=⏎
    references | sa.yaml | tokenSecret: ci-token-x7k2p⏎url: https://{h32}@o123.ingest.sentry.io/456⏎
    stores | ds.yaml | httpHeaderValue1: 'Bearer ${TOKEN}'⏎description: Bearer tokens-of-service-accounts-in-namespaces⏎
    references | middleware.yaml | Secret: "urn:k8s:secret:oidc-secret:pluginSecret"⏎ClientSecret: "urn:k8s:secret:oidc-secret:provider2Secret"⏎
    pages | podmonitor.yaml | <a class="x" data-hydro-click-hmac="{h64}" href="/login">⏎
    """#
}
