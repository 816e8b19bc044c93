import Manifests
import Testing

@testable import Flux

@Suite struct IncrementalStateTests {
  @Test func `a state made from an earlier one equals a fresh one`() {
    func files(_ count: Int, _ extra: [String: String] = [:]) -> [String: String] {
      var result = [
        "flux/sync.yaml": """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: root, namespace: flux-system}
        spec: {path: ./flux, prune: true, sourceRef: {kind: GitRepository, name: x}}
        """,
        "flux/app.yaml": """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: app, namespace: flux-system}
        spec: {path: ./app, prune: true, sourceRef: {kind: GitRepository, name: x}}
        """,
        "app/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {n: '\(count)'}\n",
      ]
      for (path, text) in extra { result[path] = text }
      return result
    }
    let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
    let steps = [
      files(1), files(2), files(2, ["app/deep/b.yaml": object]), files(3, ["app/deep/b.yaml": object]), files(3),
      files(3, ["app/kustomization.yaml": "resources: []\n"]), files(3, [".sourceignore": "app/a.yaml\n"]),
    ]
    let builder = AppliedStateBuilder()
    var earlier: (files: [String: String], state: AppliedState)?
    for step in steps {
      let tree = FlatTree(texts: step)
      let known = earlier
      let changed = known.map { known in
        Set(known.files.keys).union(step.keys).filter { known.files[$0] != step[$0] }.sorted()
      }
      let state = builder.state(of: tree, previous: known?.state, changedPaths: changed)
      let fresh = AppliedStateBuilder().state(of: tree)
      func text(_ state: AppliedState) -> String {
        let objects = state.objects.map { BuiltObject(object: $0.object, path: $0.path) }
        return String(decoding: YAMLPrinter.print(objects), as: UTF8.self)
      }
      #expect(text(state) == text(fresh))
      earlier = (step, state)
    }
  }

  /// A fleet of two clusters in which everything that a build can depend on is used, with parts that come and go.
  private struct Fleet {
    var parts: Set<String> = []
    var number = 0

    static let all = [
      "b", "c", "patch", "component", "deep", "label", "variable", "ignore", "second", "moved", "led", "suspended",
      "metadata", "hash", "typo", "typed", "folder", "values", "unreadable", "tenant", "gone",
    ]

    private func has(_ part: String) -> Bool { parts.contains(part) }

    private func kustomization(_ name: String, _ path: String, _ spec: String = "") -> String {
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: \(name), namespace: flux-system}
      spec:
        path: ./\(path)
        prune: true
        suspend: \(has("suspended"))
        sourceRef: {kind: GitRepository, name: x}
      \(spec)
      """
    }

    private func map(_ name: String, _ value: String) -> String {
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {n: '\(value)'}\n"
    }

    var files: [String: String] {
      let patch = "  patches:\n  - target: {kind: ConfigMap}\n    patch: '[{op: add, path: /data/by, value: flux}]'\n"
      let variables = "  postBuild:\n    substituteFrom: [{kind: ConfigMap, name: vars}]\n"
      let metadata = "  commonMetadata: {labels: {team: t\(number % 3)}}\n"
      var result = [
        "flux/sync.yaml": kustomization("root", "flux"),
        "flux/vars.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: vars, namespace: flux-system}
        data: {A: "\(number % 4)", B: fixed}
        """,
        "flux/apps.yaml": kustomization(
          "apps", "apps",
          (has("patch") ? patch : "") + (has("variable") ? variables : "") + (has("metadata") ? metadata : "")),
        "apps/kustomization.yaml": """
        resources: [one, two]
        \(has("label") ? "labels: [{pairs: {app: all}}]" : "")
        """,
        "apps/one/kustomization.yaml": """
        namespace: one
        resources: [a.yaml\(has("b") ? ", b.yaml" : "")]
        \(has("component") ? "components: [../../shared]" : "")
        \(has("hash") ? "configMapGenerator: [{name: made, literals: [x=\(number % 2)]}]" : "")
        """,
        "apps/one/a.yaml": map("a", "${A:=none}") + "---\n" + """
          apiVersion: v1
          kind: Pod
          metadata: {name: reader}
          spec:
            containers: [{name: c, image: "i:${B:=1}", envFrom: [{configMapRef: {name: made}}]}]
          """,
        "apps/one/b.yaml": map("b", "\(number % 5)"),
        "apps/two/kustomization.yaml": """
        namespace: two
        resources: [c.yaml\(has("deep") ? ", deep" : "")\(has("typo") ? ", typo.yaml" : "")]

        """,
        "apps/two/c.yaml": map("c", has("c") ? "${B:=free}" : "plain"),
        "apps/two/deep/kustomization.yaml": "namePrefix: p-\nresources: [../../../base/d.yaml]\n",
        "base/d.yaml": map("d", "\(number % 6) ${n:=none}"),
        "shared/kustomization.yaml": """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
        - target: {name: a}
          patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {s: "\(number % 2)"}}'
        """,
      ]
      if has("second") {
        let place = has("moved") ? "elsewhere" : "other"
        result["\(place)/sync.yaml"] = kustomization("root", place)
        result["\(place)/apps.yaml"] = kustomization("apps", "apps", variables)
        result["\(place)/vars.yaml"] = map("vars", "elsewhere")
        let lead = """
          patches:
          - target: {name: root}
            patch: '[{"op": "replace", "path": "/spec/path", "value": "./\(place)/inner"}]'

          """
        if has("led") {
          result["\(place)/kustomization.yaml"] = "resources: [sync.yaml, apps.yaml, vars.yaml]\n" + lead
        }
        result["\(place)/inner/kustomization.yaml"] = "resources: [../sync.yaml, ../apps.yaml]\n" + lead
      }
      // What is listed is missing, a folder, a file, or does not parse.
      if has("typed") { result["apps/two/typo.yaml"] = has("unreadable") ? "a: [" : map("typed", "\(number)") }
      if has("folder"), !has("typed") { result["apps/two/typo.yaml/x.txt"] = "x" }
      // A source of variables under a Kustomization that fails at times, and what it is used by.
      result["flux/values.yaml"] = kustomization("values", "values")
      result["values/kustomization.yaml"] = "resources: [vars.yaml\(has("values") ? ", missing.yaml" : "")]\n"
      result["values/vars.yaml"] = map("more", "free").replacing(
        "{name: more}", with: "{name: more, namespace: flux-system}")
      result["flux/user.yaml"] = kustomization(
        "user", has("gone") ? "nowhere" : "base",
        "  postBuild:\n    substituteFrom: [{kind: ConfigMap, name: more, optional: true}]\n")
      // Another source, whose folder may be one of here.
      result["flux/tenant.yaml"] = kustomization("tenant", "tenant").replacing("name: x", with: "name: tenant")
      if has("tenant") { result["tenant/d.yaml"] = map("d", "\(number % 2) ${n:=none}") }
      if has("ignore") { result[".sourceignore"] = "apps/one/b.yaml\n" }
      return result
    }
  }

  /// Everything of a state that a rule can see: objects with the places and origins of their values, and problems.
  private func account(_ state: AppliedState) -> [String] {
    func lines(_ node: Node, _ path: String) -> [String] {
      let origin = node.origin.map { "\($0.path) \($0.cause)" } ?? ""
      let own = "\(path) \(node.text ?? "") \(node.span.startLine):\(node.span.startColumn) \(origin)"
      return [own] + node.items.enumerated().flatMap { lines($1, "\(path)/\($0)") }
        + node.entries.flatMap { lines($0.value, "\(path)/\($0.name)") }
    }
    return state.kustomizations.flatMap { kustomization in
      ["\(kustomization.owner.root) \(kustomization.owner.identity.title) \(kustomization.outcome)"]
        + kustomization.problems.map { "\($0)" } + kustomization.lookedAt.sorted()
        + kustomization.objects.flatMap { ["\($0.path) \($0.object.identity.title)"] + lines($0.object.root, "") }
    }
  }

  @Test(arguments: 1...8) func `states along a random history equal fresh ones`(seed: Int) throws {
    var random = seed &* 7_919
    func next(_ bound: Int) -> Int {
      random = (random &* 1_103_515_245 &+ 12_345) & 0x7fff_ffff
      return (random >> 8) % bound
    }
    let chain = AppliedStateChain()
    var fleet = Fleet()
    var tree = FlatTree(texts: fleet.files)
    for _ in 0..<60 {
      let before = fleet.files
      for _ in 0...next(3) {
        let part = Fleet.all[next(Fleet.all.count)]
        if fleet.parts.remove(part) == nil { fleet.parts.insert(part) }
        fleet.number = next(12)
      }
      let after = fleet.files
      let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
      let changes = changed.map { FileChange(path: $0, old: nil, new: nil) }
      let headTree = FlatTree(texts: after)
      let states = try #require(AppliedStates(chain, before: tree, after: headTree, files: changes))
      let fresh = AppliedStateBuilder()
      let old = fresh.state(of: FlatTree(texts: before))
      #expect(account(try #require(states.before)) == account(old))
      let new = AppliedStateBuilder().state(of: FlatTree(texts: after), live: old)
      #expect(account(states.after) == account(new))
      tree = headTree
    }
  }
}
