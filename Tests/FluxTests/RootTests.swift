import Flux
import Manifests
import Testing

/// Two management clusters of one repository, with a sync of the same name each.
private enum Twins {
  static func sync(_ name: String, path: String? = nil, spec: String = "prune: true") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {path: ./clusters/\(path ?? name), \(spec), sourceRef: {kind: GitRepository, name: flux-system}}

    """
  }

  static func object(_ kind: String, _ name: String) -> String {
    "apiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name), namespace: default}\n"
  }

  static func cluster(_ name: String) -> [String: String] {
    [
      "clusters/\(name)/flux-system/gotk-sync.yaml": sync(name),
      "clusters/\(name)/flux-system/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: flux-system}\n",
      "clusters/\(name)/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml, namespace.yaml]\n",
      "clusters/\(name)/app/map.yaml": object("ConfigMap", name),
    ]
  }

  static let sync = "clusters/hub/flux-system/gotk-sync.yaml"
  static let list = "clusters/hub/flux-system/kustomization.yaml"
  static let files = cluster("edge").merging(cluster("hub")) { $1 }

  /// The files with some of them replaced, or left out where nothing is given.
  static func edited(_ changes: [String: String?], of files: [String: String] = files) -> [String: String] {
    var copy = files
    for (path, text) in changes { copy[path] = text }
    return copy
  }

  /// The files with the folder of one cluster under another name.
  static func moved(_ files: [String: String] = files) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: files.map { ($0.key.replacing("clusters/hub/", with: "clusters/central/"), $0.value) })
  }

  /// A list of Flux's own manifests whose patch leads the sync to a folder.
  static func led(to path: String, listing: String = "gotk-sync.yaml, namespace.yaml") -> String {
    """
    resources: [\(listing)]
    patches:
    - target: {kind: Kustomization, name: flux-system}
      patch: '[{"op": "replace", "path": "/spec/path", "value": "./clusters/\(path)"}]'

    """
  }

  /// What becomes of the objects of the cluster `hub` by an edit of its files.
  static func summary(_ head: [String: String], of base: [String: String] = files) -> [String] {
    let found = changes(base, head)
    #expect(found.allSatisfy { ($0.before ?? $0.after)?.owner?.root != "clusters/edge" })
    return FluxTests.summary(found.filter { $0.before?.owner?.root == "clusters/hub" })
  }
}

/// What becomes of the roots of a repository: clusters go on with what they were started with.
@Suite struct RootTests {
  private static let all = [
    "- ConfigMap default/hub", "- Kustomization flux-system/flux-system", "- Namespace flux-system",
  ]

  private func all(_ verdict: String) -> [String] { Self.all.map { "\($0) \(verdict)" } }

  @Test func `a root whose folder goes is not found, whatever others are called`() {
    let head = Twins.files.filter { !$0.key.hasPrefix("clusters/hub/") }
    #expect(Twins.summary(head) == all("path-missing"))
  }

  @Test(arguments: ["hub", "central"])
  func `a root whose folder moves is not found, even if its file names the new place`(path: String) {
    let head = Twins.moved(Twins.edited([Twins.sync: Twins.sync("hub", path: path)]))
    #expect(Twins.summary(head) == all("path-missing"))
    let alone = { (files: [String: String]) in files.filter { !$0.key.hasPrefix("clusters/edge/") } }
    #expect(Twins.summary(alone(head), of: alone(Twins.files)) == all("path-missing"))
  }

  @Test func `what moves with its root is nothing new`() {
    let head = Twins.moved(Twins.edited([Twins.sync: Twins.sync("hub", path: "central")]))
    let new = changes(Twins.files, head).filter { $0.before == nil && !$0.isTakenOver }
    #expect(summary(new) == ["+ Kustomization flux-system/flux-system applied"])
  }

  @Test func `a root that is led to the folder of another one keeps what is there`() {
    let head = Twins.edited([Twins.sync: Twins.sync("hub", path: "edge")])
    #expect(
      Twins.summary(head) == ["- ConfigMap default/hub pruned", "~ Kustomization flux-system/flux-system applied"])
  }

  @Test func `a root that is led to a part of its folder prunes the rest`() {
    let head = Twins.edited([Twins.sync: Twins.sync("hub", path: "hub/flux-system")])
    #expect(
      Twins.summary(head) == ["- ConfigMap default/hub pruned", "~ Kustomization flux-system/flux-system applied"])
  }

  @Test func `a root that is led to a folder without itself deletes itself and everything else`() {
    let head = Twins.edited([Twins.sync: Twins.sync("hub", path: "hub/app")])
    #expect(Twins.summary(head) == all("pruned"))
    let patched = Twins.edited([Twins.list: Twins.led(to: "hub/app")])
    #expect(Twins.summary(patched) == all("pruned"))
    let alone = { (files: [String: String]) in files.filter { !$0.key.hasPrefix("clusters/edge/") } }
    #expect(Twins.summary(alone(head), of: alone(Twins.files)) == all("pruned"))
  }

  @Test func `a root that is led to a folder that does not exist deletes nothing`() {
    let head = Twins.edited([Twins.sync: Twins.sync("hub", path: "none")])
    #expect(Twins.summary(head) == ["~ Kustomization flux-system/flux-system path-missing"])
  }

  @Test(arguments: [true, false])
  func `a root that is no longer listed deletes itself and everything else`(keepsFile: Bool) {
    let head = Twins.edited([
      Twins.list: "resources: [namespace.yaml]\n", Twins.sync: keepsFile ? Twins.sync("hub") : nil,
    ])
    #expect(Twins.summary(head) == all("pruned"))
  }

  @Test func `a root that does not prune goes on without its manifest`() {
    let base = Twins.edited([Twins.sync: Twins.sync("hub", spec: "prune: false")])
    let head = Twins.edited([Twins.list: "resources: [namespace.yaml]\n", Twins.sync: nil], of: base)
    #expect(Twins.summary(head, of: base) == ["- Kustomization flux-system/flux-system orphaned"])
  }

  @Test func `a root that is guarded goes on without its manifest`() {
    let guarded = Twins.sync("hub").replacing(
      "{name: flux-system,", with: "{name: flux-system, labels: {kustomize.toolkit.fluxcd.io/prune: disabled},")
    let base = Twins.edited([Twins.sync: guarded])
    let head = Twins.edited([Twins.list: "resources: [namespace.yaml]\n", Twins.sync: nil], of: base)
    #expect(Twins.summary(head, of: base) == ["- Kustomization flux-system/flux-system orphaned"])
  }

  @Test func `a root whose manifest may come from elsewhere goes on`() {
    let head = Twins.edited([
      Twins.list: "resources: [namespace.yaml, \"https://github.com/acme/flux//sync\"]\n", Twins.sync: nil,
    ])
    #expect(Twins.summary(head) == ["- Kustomization flux-system/flux-system unknown"])
  }

  @Test func `a root that gets another name hands its objects over`() {
    let head = Twins.edited([
      Twins.sync: Twins.sync("hub").replacing("metadata: {name: flux-system", with: "metadata: {name: hub")
    ])
    #expect(
      Twins.summary(head) == [
        "- Kustomization flux-system/flux-system pruned", "~ ConfigMap default/hub moved",
        "~ Namespace flux-system moved",
      ])
  }

  @Test func `a patch of its own manifest leads a root to another folder`() {
    let base = Twins.edited([Twins.list: Twins.led(to: "hub")])
    for before in [Twins.files, base] {
      let head = Twins.edited([Twins.list: Twins.led(to: "hub/flux-system")], of: before)
      #expect(
        Twins.summary(head, of: before) == [
          "- ConfigMap default/hub pruned", "~ Kustomization flux-system/flux-system applied",
        ])
    }
  }

  @Test func `what a root is led to is what it applies from the first day`() {
    let files = Twins.edited([Twins.list: Twins.led(to: "hub/flux-system")])
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    #expect(state.root("clusters/hub")?.start?.settings.path == "clusters/hub/flux-system")
    #expect(!state.objects.contains { $0.object.identity.name == "hub" })
    let head = Twins.edited(["clusters/hub/app/map.yaml": nil], of: files)
    #expect(Twins.summary(head, of: files).isEmpty)
  }

  @Test func `two folders that lead a root to each other end nowhere`() {
    let files = Twins.edited([
      Twins.list: Twins.led(to: "other"),
      "clusters/other/kustomization.yaml": Twins.led(to: "hub", listing: "../hub/flux-system/gotk-sync.yaml"),
    ])
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    #expect(state.root("clusters/hub")?.start?.settings.path == "clusters/hub")
  }

  @Test func `a new root that leads to several started ones takes nothing away`() {
    func started(_ name: String) -> [String: String] {
      let kustomization = Twins.sync(name).replacing("{name: flux-system,", with: "{name: \(name),").replacing(
        "./clusters/", with: "./apps/")
      return ["flux/\(name).yaml": kustomization, "apps/\(name)/map.yaml": Twins.object("ConfigMap", name)]
    }
    let base = started("one").merging(started("two")) { $1 }
    #expect(AppliedStateBuilder().state(of: FlatTree(texts: base)).roots.map(\.path) == ["apps/one", "apps/two"])
    let root = Twins.sync("all").replacing("./clusters/all", with: "./flux")
    let found = changes(base, base.merging(["flux/root.yaml": root]) { $1 })
    #expect(
      summary(found) == [
        "+ Kustomization flux-system/flux-system applied", "+ Kustomization flux-system/one applied",
        "+ Kustomization flux-system/two applied",
      ])
  }
}

/// Roots that no other file gives away.
struct HiddenRootTests {
  private static func flux(_ name: String, _ path: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: ./\(path), prune: true, sourceRef: {kind: GitRepository, name: home}}

    """
  }

  private func roots(_ files: [String: String]) -> [(path: String, kustomizations: [String])] {
    AppliedStateBuilder().state(of: FlatTree(texts: files)).roots.map { root in
      (root.path, root.kustomizations.map(\.owner.identity.name).sorted())
    }
  }

  @Test func `Kustomizations that only apply each other's files are one root`() {
    let found = roots([
      "flux/apps.yaml": Self.flux("apps", "apps"), "apps/cluster.yaml": Self.flux("cluster", "flux"),
      "apps/shop/ks.yaml": Self.flux("shop", "shop"), "shop/map.yaml": Twins.object("ConfigMap", "shop"),
    ])
    #expect(found.count == 1 && found.first?.kustomizations == ["apps", "cluster", "shop"])
  }

  @Test func `a circle that something else leads to is no root`() {
    let found = roots([
      "start.yaml": Self.flux("start", "flux"), "flux/apps.yaml": Self.flux("apps", "apps"),
      "apps/cluster.yaml": Self.flux("cluster", "flux"),
    ])
    #expect(found.map(\.path) == ["flux"] && found.first?.kustomizations == ["apps", "cluster", "start"])
  }

  @Test func `each of several circles is one root, unless another leads to it`() {
    var files: [String: String] = ["one/start.yaml": Self.flux("start", "ring0/0")]
    for ring in 0..<3 {
      for number in 0..<100 {
        files["ring\(ring)/\(number)/ks.yaml"] = Self.flux("r\(ring)-\(number)", "ring\(ring)/\((number + 1) % 100)")
      }
    }
    files["ring1/7/way.yaml"] = Self.flux("way", "ring2/5")
    let found = roots(files)
    #expect(found.map(\.path).sorted() == ["ring0/0", "ring1/7"])
    #expect(found.map(\.kustomizations.count).sorted() == [101, 201])
  }

  @Test func `the sync in the values of the operator's chart is a root`() {
    let found = roots([
      "flux/values.yaml": "instance:\n  sync: {kind: GitRepository, url: \"https://a.example/b\", path: clusters/hq}\n",
      "clusters/hq/apps.yaml": Self.flux("apps", "apps"), "apps/map.yaml": Twins.object("ConfigMap", "shop"),
    ])
    #expect(found.map(\.path) == ["clusters/hq"] && found.first?.kustomizations == ["apps", "flux-system"])
  }

  @Test func `an artifact of a folder is looked for around the file that names it, patched as the instance says`() {
    let values = """
      instance:
        sync: {kind: OCIRepository, url: "oci://a.example/b", path: ./clusters/hq}
        kustomize:
          patches:
          - target: {kind: Kustomization}
            patch: "- {op: add, path: /spec/decryption, value: {provider: sops}}"
          - target: {kind: Deployment}
            patch: "- {op: remove, path: /spec/replicas}"

      """
    let oci = "sourceRef: {kind: OCIRepository, name: flux-system}"
    let files = [
      "kubernetes/flux/values.yaml": values,
      "kubernetes/clusters/hq/apps.yaml": Self.flux("apps", "apps").replacing(
        "sourceRef: {kind: GitRepository, name: home}", with: oci),
      "kubernetes/apps/ks.yaml": Self.flux("shop", "shop").replacing(
        "sourceRef: {kind: GitRepository, name: home}", with: "sourceRef: {kind: ExternalArtifact, name: shop}"),
      "kubernetes/shop/map.yaml": Twins.object("ConfigMap", "shop"),
    ]
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    #expect(state.kustomizations.map(\.owner.identity.name) == ["flux-system", "apps", "shop"])
    #expect(state.objects.contains { $0.object.identity.kind == "ConfigMap" })
    #expect(state.kustomizations.first?.settings.decrypts == true)
  }
}
