import Flux
import Manifests
import Testing

@Suite struct PlanTests {
  private static let sync = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {path: ./clusters/mgmt, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
    """

  private static let cluster = """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: Cluster
    metadata: {name: prod, namespace: default}
    spec:
      controlPlaneConfiguration: {count: 3}
      externalEtcdConfiguration: {count: 3}
      workerNodeGroupConfigurations:
      - {name: md-0, count: 4}
      - {name: md-1}
      - {name: md-2, autoscalingConfiguration: {minCount: 2, maxCount: 5}}
    """

  private func plan(_ base: [String: String], _ head: [String: String]) -> Plan {
    let builder = AppliedStateBuilder()
    let baseTree = FlatTree(texts: base)
    let headTree = FlatTree(texts: head)
    let before = builder.state(of: baseTree)
    let after = builder.state(of: headTree, live: before)
    let changes = builder.changes(from: before, in: baseTree, to: after, in: headTree)
    return Plan(changes, before: before, after: after) { value, name in name == "token" ? "***" : value }
  }

  private let base = [
    "clusters/mgmt/flux-system/gotk-sync.yaml": sync, "clusters/mgmt/prod/cluster.yaml": cluster,
    "clusters/mgmt/ns.yaml": """
    apiVersion: v1
    kind: Namespace
    metadata: {name: data}
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: disk, namespace: data, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}}
    """,
  ]

  @Test func `a deleted cluster counts with all its machines`() throws {
    let plan = plan(base, base.filter { !$0.key.contains("/prod/") })
    #expect(plan.headline.lost.clusters == 1)
    #expect(plan.headline.lost.machines == 13)
    let root = try #require(plan.roots.first)
    #expect(root.cluster == "mgmt" && root.path == "clusters/mgmt")
    let change = try #require(root.kustomizations.first?.changes.first)
    #expect(change.action == .delete && change.identity.title == "Cluster default/prod" && change.verdict == .pruned)
  }

  @Test func `machines of Cluster API count with what makes them`() {
    let path = "clusters/mgmt/capi.yaml"
    func side(_ workers: Int?, _ plane: String = "replicas: 3") -> [String: String] {
      func object(_ kind: String, _ group: String, _ spec: String) -> String {
        "apiVersion: \(group)/v1beta1\nkind: \(kind)\nmetadata: {name: w, namespace: default}\nspec: {\(spec)}\n---\n"
      }
      let deployment = workers.map { object("MachineDeployment", "cluster.x-k8s.io", "replicas: \($0)") } ?? ""
      return base.merging([
        path: object("Cluster", "cluster.x-k8s.io", "controlPlaneRef: {name: w}") + deployment
          + object("KubeadmControlPlane", "controlplane.cluster.x-k8s.io", plane)
      ]) { $1 }
    }
    #expect(plan(side(4), side(nil)).headline.lost.machines == 4)
    #expect(plan(side(4), side(1)).headline.lost.machines == 3)
    #expect(plan(side(4, "version: v1"), side(4)).headline.gained.machines == 2)
    let gone = plan(side(4), base).headline.lost
    #expect(gone.clusters == 1 && gone.machines == 7)
  }

  @Test func `machines in a cloud's own pool are lost in a number that is not known`() {
    let pool = """
      apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
      kind: AWSManagedMachinePool
      metadata: {name: w, namespace: default}
      """
    let headline = plan(base.merging(["clusters/mgmt/pool.yaml": pool]) { $1 }, base).headline
    #expect(headline.lacksMachines && headline.lost == Plan.Headline.Tally())
  }

  @Test func `a cluster that gets another name is one lost and one gained`() {
    let renamed = Self.cluster.replacing("name: prod,", with: "name: shop,").replacing(
      "{name: md-0, count: 4}", with: "{name: md-0, count: 6}")
    let headline = plan(base, base.merging(["clusters/mgmt/prod/cluster.yaml": renamed]) { $1 }).headline
    #expect(headline.lost.clusters == 1 && headline.gained.clusters == 1)
    #expect(headline.lost.machines == 13 && headline.gained.machines == 15)
  }

  @Test func `what goes to another owner without a guard is at risk`() {
    func side(_ folder: String) -> [String: String] {
      let kustomization = { (name: String) in
        Self.sync.replacing("name: flux-system, n", with: "name: \(name), n").replacing("clusters/mgmt", with: name)
          + "\n"
      }
      return [
        "clusters/mgmt/flux-system/gotk-sync.yaml": Self.sync, "clusters/mgmt/a.yaml": kustomization("a"),
        "clusters/mgmt/b.yaml": kustomization("b"), "\(folder)/cluster.yaml": Self.cluster,
        "a/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n",
        "b/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: b}\n",
      ]
    }
    let headline = plan(side("a"), side("b")).headline
    #expect(headline.atRisk.clusters == 1 && headline.atRisk.machines == 13)
    #expect(headline.lost == Plan.Headline.Tally() && headline.gained == Plan.Headline.Tally())
  }

  @Test func `an instance that loses its sync takes all with it that it made`() {
    let instance = { (sync: String) in
      """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        distribution: {version: 2.x, registry: ghcr.io/fluxcd}
        \(sync)

      """
    }
    let synced = { (path: String) in instance("sync: {kind: GitRepository, url: \"https://x\", path: \(path)}") }
    func side(_ text: String) -> [String: String] {
      ["clusters/mgmt/flux.yaml": text, "clusters/mgmt/prod/cluster.yaml": Self.cluster]
    }
    let lost = plan(side(synced("clusters/mgmt")), side(instance("cluster: {type: kubernetes}"))).headline.lost
    #expect(lost.clusters == 1 && lost.machines == 13)
    var moved = side(synced("clusters/edge"))
    moved["clusters/edge/map.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n"
    #expect(plan(side(synced("clusters/mgmt")), moved).headline.lost.clusters == 1)
  }

  @Test func `a root that deletes itself is told with what it takes along`() throws {
    let plan = plan(base, base.merging(["clusters/mgmt/kustomization.yaml": "resources: [prod/cluster.yaml]\n"]) { $1 })
    #expect(plan.headline.lost.clusters == 1)
    let kustomization = try #require(plan.roots.first?.kustomizations.first)
    #expect(kustomization.verdict == .pruned)
    #expect(kustomization.reason == "flux-system/flux-system is deleted with everything it applies")
  }

  @Test func `a claim goes with its namespace, whatever guards the claim`() {
    let plan = plan(base, base.filter { !$0.key.hasSuffix("ns.yaml") })
    #expect(plan.headline.lost.namespaces == 1)
    #expect(plan.headline.lost.persistentVolumeClaims == 1)
  }

  @Test func `a changed count is named field by field`() throws {
    var head = base
    head["clusters/mgmt/prod/cluster.yaml"] = Self.cluster.replacing("count: 4", with: "count: 1")
    let plan = plan(base, head)
    #expect(plan.headline.lost.clusters == 0 && plan.headline.lost.machines == 3)
    let field = try #require(plan.roots.first?.kustomizations.first?.changes.first?.fields.first)
    #expect(field.path.description == "spec.workerNodeGroupConfigurations[md-0].count")
    #expect(field.before == "4" && field.after == "1")
  }

  @Test(arguments: ["\"1\"", "4.5", "'${workers}'", "[1]"])
  func `a count that is no integer is refused, so that no machine comes or goes`(count: String) {
    var head = base
    head["clusters/mgmt/prod/cluster.yaml"] = Self.cluster.replacing("count: 4", with: "count: \(count)")
    #expect(plan(base, head).headline == Plan.Headline())
    #expect(plan(head, base).headline == Plan.Headline())
  }

  @Test func `groups are compared by their names, and a count without a value is 1`() {
    var head = base
    head["clusters/mgmt/prod/cluster.yaml"] = Self.cluster
      .replacing("  - {name: md-0, count: 4}\n", with: "").replacing("{name: md-1}", with: "{name: md-1, count: ~}")
    #expect(plan(base, head).headline.lost.machines == 4)
  }

  @Test func `a secret's values are masked`() throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: data}\ndata: {key: "
    var base = base
    var head = base
    base["clusters/mgmt/s.yaml"] = secret + "b25l}\n"
    head["clusters/mgmt/s.yaml"] = secret + "dHdv}\n"
    let field = try #require(plan(base, head).roots.first?.kustomizations.first?.changes.first?.fields.first)
    #expect(field.before == "****" && field.after == "****")
  }

  @Test func `a build that fails is in the plan although no object changes`() throws {
    var head = base
    head["clusters/mgmt/stray.yaml"] = "a: b\n"
    let plan = plan(base, head)
    let kustomization = try #require(plan.roots.first?.kustomizations.first)
    #expect(kustomization.verdict == .stalled && kustomization.problem?.kind == .nonManifest)
    #expect(plan.headline == Plan.Headline())
  }

  @Test func `credentials are hidden by what they are called, however deep they are`() throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: data}
      spec:
        containers:
        - name: a

      """
    let more = """
          env: [{name: token, value: abc}, {name: mode, value: "1"}]
          args: [--token, abc, --mode, abc, --token=x]

      """
    let fields = try #require(
      plan(
        base.merging(["clusters/mgmt/p.yaml": pod]) { $1 }, base.merging(["clusters/mgmt/p.yaml": pod + more]) { $1 }
      )
      .roots.first?.kustomizations.first?.changes.first?.fields)
    #expect(
      fields.map(\.after) == [
        #"[{name: token, value: "***"}, {name: mode, value: "1"}]"#, #"[--token, "***", --mode, abc, "--token=x"]"#,
      ])
  }

  private static func source(_ name: String, _ address: String) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec: {url: "\(address)", ref: {branch: main}}
    ---

    """
  }

  private static func tenant(source: String, namespace: String = "flux-system", spec: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: team, namespace: \(namespace)}
    spec: {path: ./team, prune: true, sourceRef: {kind: GitRepository, name: \(source), namespace: flux-system}\(spec)}
    """
  }

  @Test func `what a source of another repository deletes is not known`() throws {
    let own = Self.source("flux-system", "https://a.example/fleet")
    let files = base.merging([
      "clusters/mgmt/flux-system/gotk-sync.yaml": own + Self.sync,
      "clusters/mgmt/team.yaml": Self.tenant(source: "flux-system"),
      "clusters/mgmt/team-source.yaml": Self.source("team", "https://a.example/team"),
      "team/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: team}\n",
    ]) { $1 }
    func plan(_ path: String, _ text: String?) -> Plan { self.plan(files, files.merging([path: text ?? ""]) { $1 }) }
    let moved = plan("clusters/mgmt/team.yaml", Self.tenant(source: "team"))
    #expect(moved.headline.unseen.map(\.qualifiedName) == ["flux-system/team"])
    let slot = try #require(moved.roots.first?.kustomizations.first { $0.identity.name == "team" })
    #expect(slot.verdict == .unknown)
    let repointed = plan(
      "clusters/mgmt/flux-system/gotk-sync.yaml", Self.source("flux-system", "https://b.example/fleet") + Self.sync)
    #expect(repointed.headline.unseen.map(\.qualifiedName) == ["flux-system/flux-system"])
    let elsewhere = files.merging(["clusters/mgmt/team.yaml": Self.tenant(source: "team")]) { $1 }
    let removed = self.plan(elsewhere, elsewhere.filter { $0.key != "clusters/mgmt/team.yaml" })
    #expect(removed.headline.unseen.map(\.qualifiedName) == ["flux-system/team"])
    let same = plan("clusters/mgmt/flux-system/gotk-sync.yaml", own.replacing("https", with: "ssh") + Self.sync)
    #expect(same.headline.unseen == [])
  }

  @Test func `an object of no namespace is the same whatever namespace a build gives it`() {
    func files(_ namespace: String) -> [String: String] {
      base.merging([
        "clusters/mgmt/team.yaml": Self.tenant(source: "flux-system", spec: ", targetNamespace: \(namespace)"),
        "team/objects.yaml": """
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata: {name: acme}
        ---
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: MustHaveOwner
        metadata: {name: all}
        ---
        apiVersion: cert-manager.io/v1
        kind: Issuer
        metadata: {name: own}
        """,
      ]) { $1 }
    }
    let changes = plan(files("a"), files("b")).roots.flatMap { $0.kustomizations.flatMap(\.changes) }
    #expect(
      changes.map { "\($0.action) \($0.identity.title)" } == [
        "change Kustomization flux-system/team", "delete Issuer a/own", "create Issuer b/own",
      ])
  }

  @Test func `with a namespace goes what its Kustomizations applied elsewhere`() {
    let files = base.merging([
      "clusters/mgmt/team.yaml": Self.tenant(source: "flux-system", namespace: "data"),
      "team/cluster.yaml": Self.cluster.replacing("name: prod,", with: "name: shop,"),
    ]) { $1 }
    let plan = plan(files, files.filter { $0.key != "clusters/mgmt/ns.yaml" })
    #expect(plan.headline.lost.clusters == 1 && plan.headline.lost.machines == 13)
    let kept = files.merging([
      "clusters/mgmt/team.yaml": Self.tenant(source: "flux-system", namespace: "data", spec: ", deletionPolicy: Orphan")
    ]) { $1 }
    #expect(self.plan(kept, kept.filter { $0.key != "clusters/mgmt/ns.yaml" }).headline.lost.clusters == 0)
  }

  @Test func `what patches of an instance make of its sync is an edit of it`() throws {
    func files(_ patches: String, path: String = "clusters/mgmt") -> [String: String] {
      [
        "clusters/mgmt/flux.yaml": """
        apiVersion: fluxcd.controlplane.io/v1
        kind: FluxInstance
        metadata: {name: flux, namespace: flux-system}
        spec:
          sync: {kind: GitRepository, url: "https://a.example/fleet", path: \(path)}
          kustomize:
            patches: [\(patches)]
        """, "clusters/mgmt/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n",
        "clusters/other/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n",
      ]
    }
    func edits(_ base: [String: String], _ head: [String: String]) -> [String] {
      let changes = plan(base, head).roots.flatMap { $0.kustomizations.flatMap(\.changes) }
      return changes.filter { $0.identity.kind == "Kustomization" }.flatMap(\.fields).map(\.path.description)
    }
    let force = "{target: {kind: Kustomization}, patch: '- {op: add, path: /spec/force, value: true}'}"
    #expect(edits(files(""), files(force)) == ["spec.force"])
    #expect(edits(files(force), files("")) == ["spec.force"])
    #expect(edits(files(force), files(force)) == [] && edits(files(""), files("", path: "clusters/other")) == [])
  }
}
