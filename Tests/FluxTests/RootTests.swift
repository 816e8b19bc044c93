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
}
