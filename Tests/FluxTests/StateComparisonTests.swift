import Flux
import Manifests
import Testing

/// A management cluster's repository as EKS Anywhere writes it, with one workload cluster.
private enum Fleet {
  static let sync = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {url: "ssh://git@github.com/acme/fleet", ref: {branch: main}}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {path: ./clusters/mgmt, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
    """
  static let systemKustomization = "resources: [gotk-sync.yaml]\n"
  static let files = [
    "clusters/mgmt/flux-system/gotk-sync.yaml": sync,
    "clusters/mgmt/flux-system/kustomization.yaml": systemKustomization,
    "clusters/mgmt/mgmt/eksa-system/eksa-cluster.yaml": cluster("mgmt"),
    "clusters/mgmt/mgmt/eksa-system/kustomization.yaml": "resources: [eksa-cluster.yaml]\n",
    "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml": cluster("prod"),
    "clusters/mgmt/prod/eksa-system/kustomization.yaml": "resources: [eksa-cluster.yaml]\n",
  ]

  static func cluster(_ name: String, count: Int = 3, annotation: String = "") -> String {
    let annotations = annotation.isEmpty ? "" : "\n  annotations: {\(annotation)}"
    return """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: Cluster
      metadata:
        name: \(name)
        namespace: default\(annotations.replacing("\n", with: "\n  ").replacing("\n    ", with: "\n  "))
      spec:
        workerNodeGroupConfigurations:
        - name: md-0
          count: \(count)

      """
  }

  /// The same, with a Flux Kustomization of its own for each name.
  static func nested(_ names: [String], prune: Bool = true, extra: String = "") -> [String: String] {
    var result = [
      "clusters/mgmt/flux-system/gotk-sync.yaml": sync,
      "clusters/mgmt/flux-system/kustomization.yaml": systemKustomization,
    ]
    for name in names {
      result["clusters/mgmt/\(name).yaml"] = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: \(name), namespace: flux-system}
        spec: {path: ./fleet/\(name), prune: \(prune), sourceRef: {kind: GitRepository, name: flux-system}\(extra)}
        """
    }
    return result
  }
}

@Suite struct StateComparisonTests {
  @Test func `the state of a management cluster holds the clusters and Flux itself`() {
    let state = AppliedStateBuilder().state(of: FlatTree(texts: Fleet.files))
    #expect(state.roots.map(\.path) == ["clusters/mgmt"])
    #expect(
      state.objects.map(\.object.identity.title).sorted() == [
        "Cluster default/mgmt", "Cluster default/prod", "GitRepository flux-system/flux-system",
        "Kustomization flux-system/flux-system",
      ])
    #expect(state.objects.allSatisfy { $0.owner?.identity.name == "flux-system" && $0.owner?.prunes == true })
  }

  @Test func `a folder that is removed is pruned`() {
    let head = Fleet.files.filter { !$0.key.contains("/prod/") }
    #expect(summary(changes(Fleet.files, head)) == ["- Cluster default/prod pruned"])
  }

  @Test(arguments: [
    ["clusters/mgmt/prod/copy.yaml"], ["clusters/mgmt/prod/copy.yaml", "clusters/mgmt/prod/more.yaml"],
  ])
  func `an object that stood twice loses a copy and nothing else`(_ copies: [String]) {
    var base = Fleet.files
    for path in copies { base[path] = Fleet.cluster("prod") }
    #expect(summary(changes(base, Fleet.files)) == [])
    // Both go, and with them the cluster.
    let head = Fleet.files.filter { !$0.key.contains("/prod/") }
    #expect(summary(changes(base, head)) == ["- Cluster default/prod pruned"])
  }

  @Test func `the root of an artifact that is cut from a repository is not that of the repository`() {
    func instance(_ path: String) -> [String: String] {
      [
        "clusters/prod/instance.yaml": """
        apiVersion: fluxcd.controlplane.io/v1
        kind: FluxInstance
        metadata: {name: flux, namespace: flux-system}
        spec: {sync: {kind: OCIRepository, url: "oci://registry.example.com/fleet", ref: latest, path: \(path)}}
        """,
        "clusters/prod/cluster.yaml": Fleet.cluster("prod"), "docs/template.yaml": "replicas: 3\n",
      ]
    }
    #expect(AppliedStateBuilder().state(of: FlatTree(texts: instance("./"))).roots.isEmpty)
    #expect(
      AppliedStateBuilder().state(of: FlatTree(texts: instance("clusters/prod"))).roots.map(\.path) == ["clusters/prod"]
    )
  }

  @Test func `a file removed while it is listed stalls the whole root`() {
    var head = Fleet.files
    head["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"] = nil
    #expect(summary(changes(Fleet.files, head)) == ["- Cluster default/prod stalled"])
  }

  @Test func `a sync path that no longer exists deletes nothing`() {
    let found = changes(Fleet.files, ["README.yaml": "a: b\n"])
    #expect(Set(summary(found).map { String($0.split(separator: " ").last ?? "") }) == ["path-missing"])
  }

  @Test func `a root kustomization that lists nothing prunes everything, Flux included`() {
    var head = Fleet.files
    head["clusters/mgmt/kustomization.yaml"] = "resource: [mgmt, prod]\n"
    #expect(summary(changes(Fleet.files, head)).count == 4)
    #expect(changes(Fleet.files, head).allSatisfy { $0.verdict == .pruned })
  }

  @Test func `an object that moves to another file of the same owner changes nothing`() {
    var head = Fleet.files
    head["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"] = nil
    head["clusters/mgmt/prod/eksa-system/kustomization.yaml"] = nil
    head["clusters/mgmt/other.yaml"] = Fleet.cluster("prod")
    #expect(summary(changes(Fleet.files, head)).isEmpty)
  }

  @Test func `a guard that is live keeps a removed object`() {
    var base = Fleet.files
    base["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"] = Fleet.cluster(
      "prod", annotation: "kustomize.toolkit.fluxcd.io/prune: Disabled")
    let head = Fleet.files.filter { !$0.key.contains("/prod/") }
    #expect(summary(changes(base, head)) == ["- Cluster default/prod orphaned"])
  }

  @Test func `a changed count is applied and keeps its place`() throws {
    var head = Fleet.files
    head["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"] = Fleet.cluster("prod", count: 0)
    let found = changes(Fleet.files, head)
    #expect(summary(found) == ["~ Cluster default/prod applied"])
    let after = try #require(found.first?.after)
    #expect(after.path == "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml")
    let count = after.object["spec", "workerNodeGroupConfigurations"]?.items.first?["count"]
    #expect(count?.span.startLine == 9)
  }

  @Test func `objects of nested Kustomizations have them as owners`() {
    var base = Fleet.nested(["prod"])
    base["fleet/prod/cluster.yaml"] = Fleet.cluster("prod")
    let state = AppliedStateBuilder().state(of: FlatTree(texts: base))
    let cluster = state.objects.first { $0.object.identity.kind == "Cluster" }
    #expect(cluster?.owner?.identity.name == "prod")
    #expect(cluster?.owner?.root == "clusters/mgmt")
    #expect(cluster?.owner?.path == "fleet/prod")
  }

  @Test func `removing a Kustomization deletes all it applies, unless it is told to leave it`() {
    for (extra, verdict) in [("", "pruned"), (", deletionPolicy: Orphan", "orphaned"), (", suspend: true", "orphaned")]
    {
      var base = Fleet.nested(["prod"], extra: extra)
      base["fleet/prod/cluster.yaml"] = Fleet.cluster("prod")
      var head = Fleet.nested([])
      head["fleet/prod/cluster.yaml"] = Fleet.cluster("prod")
      #expect(
        summary(changes(base, head)) == [
          "- Cluster default/prod \(verdict)", "- Kustomization flux-system/prod pruned",
        ])
    }
  }

  @Test func `an object that goes to another owner is moved`() {
    var base = Fleet.nested(["left", "right"])
    base["fleet/left/a.yaml"] = Fleet.cluster("prod")
    base["fleet/right/b.yaml"] = Fleet.cluster("test")
    var head = base
    head["fleet/left/a.yaml"] = "# nothing\n"
    head["fleet/right/a.yaml"] = Fleet.cluster("prod")
    #expect(summary(changes(base, head)) == ["~ Cluster default/prod moved"])
  }

  @Test func `a parent that fails leaves its children as they are live`() {
    var base = Fleet.nested(["prod"])
    base["fleet/prod/cluster.yaml"] = Fleet.cluster("prod")
    var head = base
    head["clusters/mgmt/prod.yaml"] = nil
    head["clusters/mgmt/broken.yaml"] = "<<<<<<< HEAD\nkind: x\n"
    #expect(summary(changes(base, head)) == ["- Kustomization flux-system/prod stalled"])
  }

  @Test func `pruning that is off before and after leaves objects behind`() {
    var base = Fleet.nested(["prod"], prune: false)
    base["fleet/prod/cluster.yaml"] = Fleet.cluster("prod")
    base["fleet/prod/other.yaml"] = Fleet.cluster("other")
    var head = base
    head["fleet/prod/cluster.yaml"] = nil
    #expect(summary(changes(base, head)) == ["- Cluster default/prod orphaned"])
  }

  @Test func `a source ignore file that hides a manifest prunes its objects`() {
    var head = Fleet.files
    head[".sourceignore"] = "clusters/mgmt/prod/\n"
    #expect(summary(changes(Fleet.files, head)) == ["- Cluster default/prod pruned"])
  }

  @Test func `files that nothing reaches are compared as they are written`() {
    let found = changes(["a.yaml": Fleet.cluster("prod")], ["a.yaml": Fleet.cluster("prod", count: 0)])
    #expect(summary(found) == ["~ Cluster default/prod unknown"])
    #expect(found.first?.after?.owner == nil)
  }

  @Test func `a sync that leaves Git with its own Kustomization deletes everything`() {
    var head = Fleet.files
    head["clusters/mgmt/flux-system/gotk-sync.yaml"] = nil
    head["clusters/mgmt/flux-system/kustomization.yaml"] = nil
    let found = changes(Fleet.files, head)
    #expect(found.count == 4 && found.allSatisfy { $0.after == nil && $0.verdict == .pruned })
  }

  /// A configuration map that goes from one Flux Kustomization to another.
  private func move(_ change: (inout [String: String]) -> Void) -> [ObjectChange] {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: web}\n"
    var base = Fleet.nested(["one", "two"])
    base["fleet/one/map.yaml"] = map
    base["fleet/one/other.yaml"] = map.replacing("name: a", with: "name: b")
    base["fleet/two/other.yaml"] = map.replacing("name: a", with: "name: c")
    var head = base
    head["fleet/one/map.yaml"] = nil
    head["fleet/two/map.yaml"] = map
    change(&head)
    return changes(base, head).filter { $0.identity?.name == "a" }
  }

  @Test func `what becomes of the old owner decides how an object that moves is told`() throws {
    let plain = try #require(move { _ in }.first)
    #expect(plain.verdict == .moved && plain.verdictReason?.contains("if flux-system/one is reconciled first") == true)
    let removed = try #require(move { $0["clusters/mgmt/one.yaml"] = nil }.first)
    #expect(removed.verdict == .moved)
    #expect(removed.verdictReason?.hasSuffix("flux-system/one is deleted with all that it still owns by then") == true)
    let broken = try #require(move { $0["fleet/one/kustomization.yaml"] = "resources: [gone.yaml]\n" }.first)
    #expect(broken.verdict == .moved)
    #expect(broken.verdictReason?.hasSuffix("nothing is deleted while the build of flux-system/one fails") == true)
  }

  @Test func `a guarded object stays, whether or not its build fails`() {
    let guarded = "kustomize.toolkit.fluxcd.io/prune: disabled"
    var base = Fleet.nested(["prod"])
    base["fleet/prod/cluster.yaml"] = Fleet.cluster("prod", annotation: guarded)
    base["fleet/prod/other.yaml"] = Fleet.cluster("other")
    var head = base
    head["fleet/prod/cluster.yaml"] = nil
    head["fleet/prod/kustomization.yaml"] = "resources: [other.yaml, gone.yaml]\n"
    #expect(summary(changes(base, head)) == ["- Cluster default/prod orphaned"])
  }
}
