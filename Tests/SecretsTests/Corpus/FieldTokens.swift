@testable import Secrets

/// Tokens of providers in places that have nothing to do with them. A case a line: family, path, text; `⏎` is a line feed, `⇥` a tab.
enum FieldTokens {
  static let cases = CorpusCase.positives(lines)

  private static let lines = #"""
    tokens | gha.yaml | x:⏎  y: "«gh{|}p_{crc30}»"⏎
    tokens | ghc.json | {"a": ["«gh{|}p_{crc30}»"]}⏎
    tokens | ghsb.sh | curl -H "X: «gh{|}s_{n36}»" https://a⏎
    tokens | ghsd.md | use `«gh{|}s_{n36}»` here⏎
    tokens | ghfgc.json | {"a": ["«github_pat_{n22}_{n59}»"]}⏎
    tokens | ghfge.py | x = "«github_pat_{n22}_{n59}»"⏎
    tokens | gld.md | use `«gl{|}pat-{w20}»` here⏎
    tokens | gla.yaml | x:⏎  y: "«gl{|}pat-{w20}»"⏎
    tokens | glrte.py | x = "«glrt-{w20}»"⏎
    tokens | glrtb.sh | curl -H "X: «glrt-{w20}»" https://a⏎
    tokens | gldta.yaml | x:⏎  y: "«gldt-{w20}»"⏎
    tokens | gldtc.json | {"a": ["«gldt-{w20}»"]}⏎
    tokens | slackb.sh | curl -H "X: «xo{|}xb-{d12}-{d12}-{n24}»" https://a⏎
    tokens | slackd.md | use `«xo{|}xb-{d12}-{d12}-{n24}»` here⏎
    tokens | sgc.json | {"a": ["«SG{|}.{w22}.{w43}»"]}⏎
    tokens | sge.py | x = "«SG{|}.{w22}.{w43}»"⏎
    tokens | striped.md | use `«sk{|}_live_{n24}»` here⏎
    tokens | stripea.yaml | x:⏎  y: "«sk{|}_live_{n24}»"⏎
    tokens | npme.py | x = "«np{|}m_{crc30}»"⏎
    tokens | npmb.sh | curl -H "X: «np{|}m_{crc30}»" https://a⏎
    tokens | dckra.yaml | x:⏎  y: "«dc{|}kr_pat_{w27}»"⏎
    tokens | dckrc.json | {"a": ["«dc{|}kr_pat_{w27}»"]}⏎
    tokens | dob.sh | curl -H "X: «do{|}p_v1_{h64}»" https://a⏎
    tokens | dod.md | use `«do{|}p_v1_{h64}»` here⏎
    tokens | hvsc.json | {"a": ["«hv{|}s.{n90}»"]}⏎
    tokens | hvse.py | x = "«hv{|}s.{n90}»"⏎
    tokens | anthd.md | use `«sk{|}-ant-api03-{w93}AA»` here⏎
    tokens | antha.yaml | x:⏎  y: "«sk{|}-ant-api03-{w93}AA»"⏎
    tokens | oaie.py | x = "«sk{|}-proj-{n74}T3BlbkFJ{n74}»"⏎
    tokens | oaib.sh | curl -H "X: «sk{|}-proj-{n74}T3BlbkFJ{n74}»" https://a⏎
    tokens | hfa.yaml | x:⏎  y: "«hf_{a34}»"⏎
    tokens | hfc.json | {"a": ["«hf_{a34}»"]}⏎
    tokens | tskb.sh | curl -H "X: «ts{|}key-auth-{n12}CNTRL-{n32}»" https://a⏎
    tokens | tskd.md | use `«ts{|}key-auth-{n12}CNTRL-{n32}»` here⏎
    tokens | pypic.json | {"a": ["«pypi-AgEIcHlwaS5vcmcCJ{w150}»"]}⏎
    tokens | pypie.py | x = "«pypi-AgEIcHlwaS5vcmcCJ{w150}»"⏎
    tokens | gcpd.md | use `«AI{|}za{w35}»` here⏎
    tokens | gcpa.yaml | x:⏎  y: "«AI{|}za{w35}»"⏎
    tokens | awse.py | x = "«AK{|}IA{t16}»"⏎
    tokens | awsb.sh | curl -H "X: «AK{|}IA{t16}»" https://a⏎
    tokens | tga.yaml | x:⏎  y: "«{d10}:AA{w33}»"⏎
    tokens | tgc.json | {"a": ["«{d10}:AA{w33}»"]}⏎
    tokens | discordb.sh | curl -H "X: «https://discord.com/api/webhooks/{d18}/{w68}»" https://a⏎
    tokens | discordd.md | use `«https://discord.com/api/webhooks/{d18}/{w68}»` here⏎
    tokens | grafanac.json | {"a": ["«glsa_{n32}_{h8}»"]}⏎
    tokens | grafanae.py | x = "«glsa_{n32}_{h8}»"⏎
    tokens | graf2d.md | use `«glc_eyJ{n80}»` here⏎
    tokens | graf2a.yaml | x:⏎  y: "«glc_eyJ{n80}»"⏎
    tokens | nre.py | x = "«NRAK-{U27}»"⏎
    tokens | nrb.sh | curl -H "X: «NRAK-{U27}»" https://a⏎
    tokens | dd.env | DD_API_KEY=«{h32}»⏎
    tokens | dd.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: DD_API_KEY⏎          value: «{h32}»⏎
    tokens | dds.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  DD_API_KEY: «{h32}»⏎
    tokens | dd.tf | dd_api_key = "«{h32}»"⏎
    tokens | pula.yaml | x:⏎  y: "«pul-{h40}»"⏎
    tokens | pulc.json | {"a": ["«pul-{h40}»"]}⏎
    tokens | tfeb.sh | curl -H "X: «{n14}.atlasv1.{w67}»" https://a⏎
    tokens | tfed.md | use `«{n14}.atlasv1.{w67}»` here⏎
    tokens | linearc.json | {"a": ["«lin_api_{n40}»"]}⏎
    tokens | lineare.py | x = "«lin_api_{n40}»"⏎
    tokens | aged.md | use `«AG{|}E-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE»` here⏎
    tokens | agea.yaml | x:⏎  y: "«AG{|}E-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE»"⏎
    tokens | cf.env | CLOUDFLARE_API_TOKEN=«{w40}»⏎
    tokens | cf.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: CLOUDFLARE_API_TOKEN⏎          value: «{w40}»⏎
    tokens | cfs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  CLOUDFLARE_API_TOKEN: «{w40}»⏎
    tokens | cf.tf | cloudflare_api_token = "«{w40}»"⏎
    tokens | b2.env | B2_APPLICATION_KEY=«K002{n27}»⏎
    tokens | b2.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: B2_APPLICATION_KEY⏎          value: «K002{n27}»⏎
    tokens | b2s.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  B2_APPLICATION_KEY: «K002{n27}»⏎
    tokens | b2.tf | b2_application_key = "«K002{n27}»"⏎
    tokens | pagerduty.env | PAGERDUTY_API_KEY=«u+{n18}»⏎
    tokens | pagerduty.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: PAGERDUTY_API_KEY⏎          value: «u+{n18}»⏎
    tokens | pagerdutys.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  PAGERDUTY_API_KEY: «u+{n18}»⏎
    tokens | pagerduty.tf | pagerduty_api_key = "«u+{n18}»"⏎
    tokens | sentrye.py | x = "«sntrys_eyJ{b80}»"⏎
    tokens | sentryb.sh | curl -H "X: «sntrys_eyJ{b80}»" https://a⏎
    tokens | circle.env | CIRCLECI_TOKEN=«CCIPAT_{n22}_{h40}»⏎
    tokens | circle.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: CIRCLECI_TOKEN⏎          value: «CCIPAT_{n22}_{h40}»⏎
    tokens | circles.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  CIRCLECI_TOKEN: «CCIPAT_{n22}_{h40}»⏎
    tokens | circle.tf | circleci_token = "«CCIPAT_{n22}_{h40}»"⏎
    tokens | buildkitea.yaml | x:⏎  y: "«bkua_{h40}»"⏎
    tokens | buildkitec.json | {"a": ["«bkua_{h40}»"]}⏎
    tokens | dopplerb.sh | curl -H "X: «dp.st.prd.{n43}»" https://a⏎
    tokens | dopplerd.md | use `«dp.st.prd.{n43}»` here⏎
    tokens | opc.json | {"a": ["«ops_eyJ{w300}»"]}⏎
    tokens | ope.py | x = "«ops_eyJ{w300}»"⏎
    tokens | mailgun.env | MAILGUN_API_KEY=«key-{h32}»⏎
    tokens | mailgun.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: MAILGUN_API_KEY⏎          value: «key-{h32}»⏎
    tokens | mailguns.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  MAILGUN_API_KEY: «key-{h32}»⏎
    tokens | mailgun.tf | mailgun_api_key = "«key-{h32}»"⏎
    tokens | twilio.env | TWILIO_AUTH_TOKEN=«{h32}»⏎
    tokens | twilio.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: TWILIO_AUTH_TOKEN⏎          value: «{h32}»⏎
    tokens | twilios.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  TWILIO_AUTH_TOKEN: «{h32}»⏎
    tokens | twilio.tf | twilio_auth_token = "«{h32}»"⏎
    tokens | sqd.md | use `«sqp_{h40}»` here⏎
    tokens | sqa.yaml | x:⏎  y: "«sqp_{h40}»"⏎
    tokens | jfroge.py | x = "«AKCp{n69}»"⏎
    tokens | jfrogb.sh | curl -H "X: «AKCp{n69}»" https://a⏎
    tokens | aza.yaml | x:⏎  y: "«DefaultEndpointsProtocol=https;AccountName=x;AccountKey={b86}==;EndpointSuffix=core.windows.net»"⏎
    tokens | azc.json | {"a": ["«DefaultEndpointsProtocol=https;AccountName=x;AccountKey={b86}==;EndpointSuffix=core.windows.net»"]}⏎
    tokens | sasb.sh | curl -H "X: «https://x.blob.core.windows.net/c?sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2030-01-01T00:00:00Z&sig={b43}%3D»" https://a⏎
    tokens | sasd.md | use `«https://x.blob.core.windows.net/c?sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2030-01-01T00:00:00Z&sig={b43}%3D»` here⏎
    tokens | teamsc.json | {"a": ["«https://corp.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}»"]}⏎
    tokens | teamse.py | x = "«https://corp.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}»"⏎
    tokens | argocdd.md | use `«argocd.token: {jwt}»` here⏎
    tokens | argocda.yaml | x:⏎  y: "«argocd.token: {jwt}»"⏎
    tokens | bbe.py | x = "«ATBB{n32}»"⏎
    tokens | bbb.sh | curl -H "X: «ATBB{n32}»" https://a⏎
    tokens | atla.yaml | x:⏎  y: "«ATATT3xFfGF0{w180}»"⏎
    tokens | atlc.json | {"a": ["«ATATT3xFfGF0{w180}»"]}⏎
    tokens | gitea.env | GITEA_TOKEN=«{h40}»⏎
    tokens | gitea.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: GITEA_TOKEN⏎          value: «{h40}»⏎
    tokens | giteas.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  GITEA_TOKEN: «{h40}»⏎
    tokens | gitea.tf | gitea_token = "«{h40}»"⏎
    tokens | forgejo.env | FORGEJO_RUNNER_TOKEN=«{n40}»⏎
    tokens | forgejo.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: FORGEJO_RUNNER_TOKEN⏎          value: «{n40}»⏎
    tokens | forgejos.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  FORGEJO_RUNNER_TOKEN: «{n40}»⏎
    tokens | forgejo.tf | forgejo_runner_token = "«{n40}»"⏎
    tokens | hetz.env | HCLOUD_TOKEN=«{n64}»⏎
    tokens | hetz.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: HCLOUD_TOKEN⏎          value: «{n64}»⏎
    tokens | hetzs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  HCLOUD_TOKEN: «{n64}»⏎
    tokens | hetz.tf | hcloud_token = "«{n64}»"⏎
    tokens | scw.env | SCW_SECRET_KEY=«{uuid}»⏎
    tokens | scw.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: SCW_SECRET_KEY⏎          value: «{uuid}»⏎
    tokens | scws.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  SCW_SECRET_KEY: «{uuid}»⏎
    tokens | scw.tf | scw_secret_key = "«{uuid}»"⏎
    tokens | ovh.env | OVH_APPLICATION_SECRET=«{h32}»⏎
    tokens | ovh.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: OVH_APPLICATION_SECRET⏎          value: «{h32}»⏎
    tokens | ovhs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  OVH_APPLICATION_SECRET: «{h32}»⏎
    tokens | ovh.tf | ovh_application_secret = "«{h32}»"⏎
    tokens | linode.env | LINODE_TOKEN=«{h64}»⏎
    tokens | linode.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: LINODE_TOKEN⏎          value: «{h64}»⏎
    tokens | linodes.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  LINODE_TOKEN: «{h64}»⏎
    tokens | linode.tf | linode_token = "«{h64}»"⏎
    tokens | exo.env | EXOSCALE_API_SECRET=«{w43}»⏎
    tokens | exo.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: EXOSCALE_API_SECRET⏎          value: «{w43}»⏎
    tokens | exos.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  EXOSCALE_API_SECRET: «{w43}»⏎
    tokens | exo.tf | exoscale_api_secret = "«{w43}»"⏎
    tokens | oci.env | OCI_AUTH_TOKEN=«{n20}»⏎
    tokens | oci.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: OCI_AUTH_TOKEN⏎          value: «{n20}»⏎
    tokens | ocis.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  OCI_AUTH_TOKEN: «{n20}»⏎
    tokens | oci.tf | oci_auth_token = "«{n20}»"⏎
    tokens | plex.env | PLEX_TOKEN=«{n20}»⏎
    tokens | plex.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: PLEX_TOKEN⏎          value: «{n20}»⏎
    tokens | plexs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  PLEX_TOKEN: «{n20}»⏎
    tokens | plex.tf | plex_token = "«{n20}»"⏎
    tokens | ha.env | HASS_TOKEN=«{jwt}»⏎
    tokens | ha.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: HASS_TOKEN⏎          value: «{jwt}»⏎
    tokens | has.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  HASS_TOKEN: «{jwt}»⏎
    tokens | ha.tf | hass_token = "«{jwt}»"⏎
    tokens | maxmind.env | MAXMIND_LICENSE_KEY=«{n6}_{n29}_mmk»⏎
    tokens | maxmind.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: MAXMIND_LICENSE_KEY⏎          value: «{n6}_{n29}_mmk»⏎
    tokens | maxminds.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  MAXMIND_LICENSE_KEY: «{n6}_{n29}_mmk»⏎
    tokens | maxmind.tf | maxmind_license_key = "«{n6}_{n29}_mmk»"⏎
    tokens | quay.env | QUAY_ROBOT_TOKEN=«{U64}»⏎
    tokens | quay.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: QUAY_ROBOT_TOKEN⏎          value: «{U64}»⏎
    tokens | quays.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  QUAY_ROBOT_TOKEN: «{U64}»⏎
    tokens | quay.tf | quay_robot_token = "«{U64}»"⏎
    tokens | harbor.env | HARBOR_PASSWORD=«{n32}»⏎
    tokens | harbor.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: HARBOR_PASSWORD⏎          value: «{n32}»⏎
    tokens | harbors.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  HARBOR_PASSWORD: «{n32}»⏎
    tokens | harbor.tf | harbor_password = "«{n32}»"⏎
    tokens | elastic.env | ELASTIC_PASSWORD=«{n20}»⏎
    tokens | elastic.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ELASTIC_PASSWORD⏎          value: «{n20}»⏎
    tokens | elastics.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ELASTIC_PASSWORD: «{n20}»⏎
    tokens | elastic.tf | elastic_password = "«{n20}»"⏎
    tokens | influx.env | INFLUXDB_TOKEN=«{w86}==»⏎
    tokens | influx.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: INFLUXDB_TOKEN⏎          value: «{w86}==»⏎
    tokens | influxs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  INFLUXDB_TOKEN: «{w86}==»⏎
    tokens | influx.tf | influxdb_token = "«{w86}==»"⏎
    tokens | minio.env | MINIO_ROOT_PASSWORD=«{n24}»⏎
    tokens | minio.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: MINIO_ROOT_PASSWORD⏎          value: «{n24}»⏎
    tokens | minios.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  MINIO_ROOT_PASSWORD: «{n24}»⏎
    tokens | minio.tf | minio_root_password = "«{n24}»"⏎
    tokens | consul.env | CONSUL_HTTP_TOKEN=«{uuid}»⏎
    tokens | consul.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: CONSUL_HTTP_TOKEN⏎          value: «{uuid}»⏎
    tokens | consuls.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  CONSUL_HTTP_TOKEN: «{uuid}»⏎
    tokens | consul.tf | consul_http_token = "«{uuid}»"⏎
    tokens | nomad.env | NOMAD_TOKEN=«{uuid}»⏎
    tokens | nomad.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: NOMAD_TOKEN⏎          value: «{uuid}»⏎
    tokens | nomads.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  NOMAD_TOKEN: «{uuid}»⏎
    tokens | nomad.tf | nomad_token = "«{uuid}»"⏎
    tokens | vaultold.env | VAULT_TOKEN=«s.{n24}»⏎
    tokens | vaultold.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: VAULT_TOKEN⏎          value: «s.{n24}»⏎
    tokens | vaultolds.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  VAULT_TOKEN: «s.{n24}»⏎
    tokens | vaultold.tf | vault_token = "«s.{n24}»"⏎
    tokens | ng.env | NGROK_AUTHTOKEN=«2{n27}_{n21}»⏎
    tokens | ng.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: NGROK_AUTHTOKEN⏎          value: «2{n27}_{n21}»⏎
    tokens | ngs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  NGROK_AUTHTOKEN: «2{n27}_{n21}»⏎
    tokens | ng.tf | ngrok_authtoken = "«2{n27}_{n21}»"⏎
    tokens | zt.env | ZEROTIER_API_TOKEN=«{n32}»⏎
    tokens | zt.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ZEROTIER_API_TOKEN⏎          value: «{n32}»⏎
    tokens | zts.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ZEROTIER_API_TOKEN: «{n32}»⏎
    tokens | zt.tf | zerotier_api_token = "«{n32}»"⏎
    tokens | nb.env | NETBIRD_SETUP_KEY=«{uuid}»⏎
    tokens | nb.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: NETBIRD_SETUP_KEY⏎          value: «{uuid}»⏎
    tokens | nbs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  NETBIRD_SETUP_KEY: «{uuid}»⏎
    tokens | nb.tf | netbird_setup_key = "«{uuid}»"⏎
    tokens | tsapib.sh | curl -H "X: «ts{|}key-api-{n12}CNTRL-{n32}»" https://a⏎
    tokens | tsapid.md | use `«ts{|}key-api-{n12}CNTRL-{n32}»` here⏎
    tokens | opsgenie.env | OPSGENIE_API_KEY=«{uuid}»⏎
    tokens | opsgenie.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: OPSGENIE_API_KEY⏎          value: «{uuid}»⏎
    tokens | opsgenies.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  OPSGENIE_API_KEY: «{uuid}»⏎
    tokens | opsgenie.tf | opsgenie_api_key = "«{uuid}»"⏎
    tokens | pushover.env | PUSHOVER_TOKEN=«{l30}»⏎
    tokens | pushover.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: PUSHOVER_TOKEN⏎          value: «{l30}»⏎
    tokens | pushovers.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  PUSHOVER_TOKEN: «{l30}»⏎
    tokens | pushover.tf | pushover_token = "«{l30}»"⏎
    tokens | gotify.env | GOTIFY_TOKEN=«A{n14}»⏎
    tokens | gotify.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: GOTIFY_TOKEN⏎          value: «A{n14}»⏎
    tokens | gotifys.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  GOTIFY_TOKEN: «A{n14}»⏎
    tokens | gotify.tf | gotify_token = "«A{n14}»"⏎
    tokens | healthchecks.env | HEALTHCHECKS_PING=«https://hc-ping.com/{uuid}»⏎
    tokens | healthchecks.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: HEALTHCHECKS_PING⏎          value: «https://hc-ping.com/{uuid}»⏎
    tokens | healthcheckss.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  HEALTHCHECKS_PING: «https://hc-ping.com/{uuid}»⏎
    tokens | healthchecks.tf | healthchecks_ping = "«https://hc-ping.com/{uuid}»"⏎
    tokens | zulip.env | ZULIP_API_KEY=«{n32}»⏎
    tokens | zulip.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ZULIP_API_KEY⏎          value: «{n32}»⏎
    tokens | zulips.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ZULIP_API_KEY: «{n32}»⏎
    tokens | zulip.tf | zulip_api_key = "«{n32}»"⏎
    tokens | matrix.env | MATRIX_ACCESS_TOKEN=«syt_{n12}_{n20}_{n6}»⏎
    tokens | matrix.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: MATRIX_ACCESS_TOKEN⏎          value: «syt_{n12}_{n20}_{n6}»⏎
    tokens | matrixs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  MATRIX_ACCESS_TOKEN: «syt_{n12}_{n20}_{n6}»⏎
    tokens | matrix.tf | matrix_access_token = "«syt_{n12}_{n20}_{n6}»"⏎
    tokens | flyc.json | {"a": ["«FlyV1 fm2_{b300}»"]}⏎
    tokens | flye.py | x = "«FlyV1 fm2_{b300}»"⏎
    tokens | renderd.md | use `«rnd_{n28}»` here⏎
    tokens | rendera.yaml | x:⏎  y: "«rnd_{n28}»"⏎
    tokens | vercel.env | VERCEL_TOKEN=«{n24}»⏎
    tokens | vercel.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: VERCEL_TOKEN⏎          value: «{n24}»⏎
    tokens | vercels.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  VERCEL_TOKEN: «{n24}»⏎
    tokens | vercel.tf | vercel_token = "«{n24}»"⏎
    tokens | netlifye.py | x = "«nfp_{n36}»"⏎
    tokens | netlifyb.sh | curl -H "X: «nfp_{n36}»" https://a⏎
    tokens | supabasea.yaml | x:⏎  y: "«sbp_{h40}»"⏎
    tokens | supabasec.json | {"a": ["«sbp_{h40}»"]}⏎
    tokens | firebaseb.sh | curl -H "X: «AAAA{w7}:APA91b{w134}»" https://a⏎
    tokens | firebased.md | use `«AAAA{w7}:APA91b{w134}»` here⏎
    tokens | shopc.json | {"a": ["«sh{|}pat_{h32}»"]}⏎
    tokens | shope.py | x = "«sh{|}pat_{h32}»"⏎
    tokens | sq2d.md | use `«sq0csp-{w43}»` here⏎
    tokens | sq2a.yaml | x:⏎  y: "«sq0csp-{w43}»"⏎
    tokens | dbxe.py | x = "«dapi{h32}»"⏎
    tokens | dbxb.sh | curl -H "X: «dapi{h32}»" https://a⏎
    tokens | snyk.env | SNYK_TOKEN=«{uuid}»⏎
    tokens | snyk.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: SNYK_TOKEN⏎          value: «{uuid}»⏎
    tokens | snyks.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  SNYK_TOKEN: «{uuid}»⏎
    tokens | snyk.tf | snyk_token = "«{uuid}»"⏎
    tokens | codecov.env | CODECOV_TOKEN=«{uuid}»⏎
    tokens | codecov.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: CODECOV_TOKEN⏎          value: «{uuid}»⏎
    tokens | codecovs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  CODECOV_TOKEN: «{uuid}»⏎
    tokens | codecov.tf | codecov_token = "«{uuid}»"⏎
    tokens | sonar.env | SONAR_TOKEN=«squ_{h40}»⏎
    tokens | sonar.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: SONAR_TOKEN⏎          value: «squ_{h40}»⏎
    tokens | sonars.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  SONAR_TOKEN: «squ_{h40}»⏎
    tokens | sonar.tf | sonar_token = "«squ_{h40}»"⏎
    tokens | algolia.env | ALGOLIA_ADMIN_KEY=«{h32}»⏎
    tokens | algolia.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ALGOLIA_ADMIN_KEY⏎          value: «{h32}»⏎
    tokens | algolias.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ALGOLIA_ADMIN_KEY: «{h32}»⏎
    tokens | algolia.tf | algolia_admin_key = "«{h32}»"⏎
    tokens | mapboxa.yaml | x:⏎  y: "«sk.eyJ{n60}.{w22}»"⏎
    tokens | mapboxc.json | {"a": ["«sk.eyJ{n60}.{w22}»"]}⏎
    tokens | dynb.sh | curl -H "X: «dt0c01.{t24}.{t64}»" https://a⏎
    tokens | dynd.md | use `«dt0c01.{t24}.{t64}»` here⏎
    tokens | honey.env | HONEYCOMB_API_KEY=«hcaik_01{l58}»⏎
    tokens | honey.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: HONEYCOMB_API_KEY⏎          value: «hcaik_01{l58}»⏎
    tokens | honeys.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  HONEYCOMB_API_KEY: «hcaik_01{l58}»⏎
    tokens | honey.tf | honeycomb_api_key = "«hcaik_01{l58}»"⏎
    tokens | splunk.env | SPLUNK_HEC_TOKEN=«{uuid}»⏎
    tokens | splunk.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: SPLUNK_HEC_TOKEN⏎          value: «{uuid}»⏎
    tokens | splunks.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  SPLUNK_HEC_TOKEN: «{uuid}»⏎
    tokens | splunk.tf | splunk_hec_token = "«{uuid}»"⏎
    tokens | sumo.env | SUMO_ACCESS_KEY=«{n64}»⏎
    tokens | sumo.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: SUMO_ACCESS_KEY⏎          value: «{n64}»⏎
    tokens | sumos.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  SUMO_ACCESS_KEY: «{n64}»⏎
    tokens | sumo.tf | sumo_access_key = "«{n64}»"⏎
    tokens | rollbar.env | ROLLBAR_ACCESS_TOKEN=«{h32}»⏎
    tokens | rollbar.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ROLLBAR_ACCESS_TOKEN⏎          value: «{h32}»⏎
    tokens | rollbars.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ROLLBAR_ACCESS_TOKEN: «{h32}»⏎
    tokens | rollbar.tf | rollbar_access_token = "«{h32}»"⏎
    tokens | bugsnag.env | BUGSNAG_API_KEY=«{h32}»⏎
    tokens | bugsnag.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: BUGSNAG_API_KEY⏎          value: «{h32}»⏎
    tokens | bugsnags.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  BUGSNAG_API_KEY: «{h32}»⏎
    tokens | bugsnag.tf | bugsnag_api_key = "«{h32}»"⏎
    tokens | cohere.env | COHERE_API_KEY=«{n40}»⏎
    tokens | cohere.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: COHERE_API_KEY⏎          value: «{n40}»⏎
    tokens | coheres.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  COHERE_API_KEY: «{n40}»⏎
    tokens | cohere.tf | cohere_api_key = "«{n40}»"⏎
    tokens | mistral.env | MISTRAL_API_KEY=«{n32}»⏎
    tokens | mistral.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: MISTRAL_API_KEY⏎          value: «{n32}»⏎
    tokens | mistrals.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  MISTRAL_API_KEY: «{n32}»⏎
    tokens | mistral.tf | mistral_api_key = "«{n32}»"⏎
    tokens | groqc.json | {"a": ["«gsk_{n52}»"]}⏎
    tokens | groqe.py | x = "«gsk_{n52}»"⏎
    tokens | xaid.md | use `«xai-{n80}»` here⏎
    tokens | xaia.yaml | x:⏎  y: "«xai-{n80}»"⏎
    tokens | reple.py | x = "«r8_{n37}»"⏎
    tokens | replb.sh | curl -H "X: «r8_{n37}»" https://a⏎
    tokens | elev.env | ELEVENLABS_API_KEY=«sk_{h48}»⏎
    tokens | elev.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: ELEVENLABS_API_KEY⏎          value: «sk_{h48}»⏎
    tokens | elevs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  ELEVENLABS_API_KEY: «sk_{h48}»⏎
    tokens | elev.tf | elevenlabs_api_key = "«sk_{h48}»"⏎
    tokens | k3sa.yaml | x:⏎  y: "«K10{h64}::server:{h32}»"⏎
    tokens | k3sc.json | {"a": ["«K10{h64}::server:{h32}»"]}⏎
    tokens | ssoc.env | AQUASEC_TOKEN=«{n40}»⏎
    tokens | ssoc.yaml | apiVersion: apps/v1⏎kind: Deployment⏎metadata: {name: a}⏎spec:⏎  template:⏎    spec:⏎      containers:⏎      - name: a⏎        env:⏎        - name: AQUASEC_TOKEN⏎          value: «{n40}»⏎
    tokens | ssocs.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: app⏎  namespace: shop⏎type: Opaque⏎stringData:⏎  AQUASEC_TOKEN: «{n40}»⏎
    tokens | ssoc.tf | aquasec_token = "«{n40}»"⏎
    """#
}
