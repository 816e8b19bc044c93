import TestSupport
import Testing

/// Edits, in place, of files in which no cluster stands but which decide what Flux makes of one.
@Suite struct IndirectEditTests {
  /// An edit of one file of a repository, and the rule that speaks of what becomes of the cluster.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    let path: String
    let texts: (old: String, new: String)
    let beside: [String: String]

    var testDescription: String { name }

    init(
      _ name: String, _ rule: String, _ path: String, replacing old: String, with new: String, in text: String,
      beside: [String: String] = [:]
    ) {
      self.name = name
      self.rule = rule
      self.path = path
      texts = (text, text.replacing(old, with: new))
      self.beside = beside
    }
  }

  private static let overlay = "clusters/hq/prod/kustomization.yaml"
  private static let base = [
    "clusters/hq/flux-system/gotk-sync.yaml": Manifest.sync,
    "fleet/base/kustomization.yaml": "resources: [cluster.yaml, machines.yaml]\n",
    "fleet/base/cluster.yaml": Manifest.cluster(workers: [("md-0", 3)]),
    "fleet/base/machines.yaml": Manifest.machineConfigs,
    overlay: "resources: [../../../fleet/base]\n",
  ]

  private static func built(_ more: String) -> String { "resources: [../../../fleet/base]\n\(more)\n" }

  private static let scaling = """
    apiVersion: builtin
    kind: PatchTransformer
    metadata: {name: size}
    patch: "- {op: replace, path: /spec/workerNodeGroupConfigurations/0/count, value: 3}"
    target: {kind: Cluster}

    """
  private static let pausing = """
    apiVersion: builtin
    kind: AnnotationsTransformer
    metadata: {name: notes}
    annotations: {team: infra}
    fieldSpecs: [{path: metadata/annotations, create: true}]

    """
  private static let moving = """
    apiVersion: builtin
    kind: NamespaceTransformer
    metadata: {name: place, namespace: default}
    fieldSpecs: [{path: metadata/namespace, create: true}]

    """
  private static let unnamed = """
    apiVersion: v1
    kind: not-important
    metadata: {name: not-important}
    spec:
      workerNodeGroupConfigurations:
      - {name: md-0, count: 3, machineGroupRef: {kind: VSphereMachineConfig, name: prod}}

    """
  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: default}
    spec: {template: {spec: {containers: [{name: web, image: example.com/web}]}}}

    """
  private static let digest = "sha256:\(String(repeating: "5a", count: 32))"
  private static let counted = Manifest.cluster(workers: [("md-0", 3)]).replacing(
    "count: 3\n    machine", with: "count: ${size}\n    machine")

  private static let robot = Home.object("Robot", "robot") + "spec: {arms: two, name: robot}\n"
  private static func web(_ more: String) -> [String: String] {
    [
      "clusters/hq/web.yaml": Home.flux(
        "web", path: "web", spec: ["prune: true", "postBuild: {substitute: {REGION: eu}}"]),
      "web/kustomization.yaml": "resources: [robot.yaml, map.yaml]\n\(more)\n",
      "web/map.yaml": Home.object("ConfigMap", "map") + "data: {name: robot}\n",
    ]
  }

  static let cases = [
    Case(
      "a variable that nothing defines", "substitute-undefined", "web/robot.yaml", replacing: "arms: two",
      with: "arms: '${ARMS}'", in: robot, beside: web("")),
    Case(
      "a field that a JSON patch takes out", "kustomize-build-fails", "web/robot.yaml", replacing: "arms: two, ",
      with: "", in: robot,
      beside: web("patches: [{target: {kind: Robot}, patch: '- {op: remove, path: /spec/arms}'}]")),
    Case(
      "a field that a patch in a file takes out", "kustomize-build-fails", "web/robot.yaml", replacing: "arms: two, ",
      with: "", in: robot,
      beside: web("patches: [{target: {kind: Robot}, path: arms.yaml}]").merging(
        ["web/arms.yaml": "- {op: remove, path: /spec/arms}\n"], uniquingKeysWith: { $1 })),
    Case(
      "a name that a patch is about", "kustomize-build-fails", "web/robot.yaml", replacing: "robot, n",
      with: "rover, n", in: robot,
      beside: web("patchesStrategicMerge: [arms.yaml]").merging(
        ["web/arms.yaml": Home.object("Robot", "robot") + "spec: {arms: three}\n"], uniquingKeysWith: { $1 })),
    Case(
      "a field that a replacement fills", "kustomize-build-fails", "web/robot.yaml", replacing: "arms: two, ", with: "",
      in: robot,
      beside: web(
        "replacements: [{source: {kind: ConfigMap, name: map, fieldPath: data.name}, "
          + "targets: [{select: {kind: Robot}, fieldPaths: [spec.arms]}]}]")),
    Case(
      "a transformer", "workers-all-zero", "clusters/hq/prod/size.yaml", replacing: "value: 3", with: "value: 0",
      in: scaling, beside: [overlay: built("transformers: [size.yaml]")]),
    Case(
      "a transformer of a folder", "workers-all-zero", "fleet/steps/size.yaml", replacing: "value: 3", with: "value: 0",
      in: scaling,
      beside: [
        overlay: built("transformers: [../../../fleet/steps]"),
        "fleet/steps/kustomization.yaml": "resources: [size.yaml]\n",
      ]),
    Case(
      "a transformer of annotations", "paused-added", "clusters/hq/prod/notes.yaml", replacing: "team: infra",
      with: "anywhere.eks.amazonaws.com/paused: 'true'", in: pausing,
      beside: [overlay: built("transformers: [notes.yaml]")]),
    Case(
      "a transformer of namespaces", "kustomize-identity-transform", "clusters/hq/prod/place.yaml",
      replacing: "namespace: default", with: "namespace: other", in: moving,
      beside: [overlay: built("transformers: [place.yaml]")]),
    Case(
      "a patch that is called like nothing", "workers-all-zero", "clusters/hq/prod/patch.yaml", replacing: "count: 3",
      with: "count: 0", in: unnamed,
      beside: [overlay: built("patches: [{path: patch.yaml, target: {kind: Cluster}}]")]),
    Case(
      "a digest that becomes a tag", "image-digest-dropped", "clusters/hq/web/kustomization.yaml",
      replacing: "digest: \(digest)", with: "newTag: '2'",
      in: "resources: [web.yaml]\nimages: [{name: example.com/web, digest: \(digest)}]\n",
      beside: ["clusters/hq/web/web.yaml": web]),
    Case(
      "ignore rules", "workload-cluster-removed", ".sourceignore", replacing: "/docs", with: "/docs\n/clusters/hq/prod",
      in: "/docs\n"),
    Case(
      "variables in a file elsewhere", "workers-all-zero", "fleet/shared/size.env", replacing: "size=3", with: "size=0",
      in: "size=3\n",
      beside: [
        overlay: "resources: []\n",
        "clusters/hq/sizes/kustomization.yaml":
          "namespace: flux-system\ngeneratorOptions: {disableNameSuffixHash: true}\n"
          + "configMapGenerator: [{name: sizes, envs: [../../../fleet/shared/size.env]}]\n",
        "fleet/base/cluster.yaml": counted,
        "clusters/hq/fleet.yaml": Home.flux(
          "fleet", path: "fleet/base",
          spec: ["prune: true", "postBuild: {substituteFrom: [{kind: ConfigMap, name: sizes}]}"]),
      ]),
    Case(
      "a listed file that was never there", "flux-path-missing", overlay, replacing: ", gone.yaml", with: "",
      in: "resources: [web.yaml, gone.yaml]\n", beside: ["clusters/hq/prod/web.yaml": Home.flux("web", path: "web")]),
    Case(
      "a path that is narrowed", "workload-cluster-removed", "clusters/hq/fleet.yaml", replacing: "path: ./fleet\n",
      with: "path: ./fleet/other\n", in: Home.flux("fleet", path: "fleet"),
      beside: [
        overlay: "resources: []\n", "fleet/kustomization.yaml": "resources: [base, other]\n",
        "fleet/other/kustomization.yaml": "resources: [map.yaml]\n",
        "fleet/other/map.yaml": Home.object("ConfigMap", "map"),
      ]),
  ]

  private func edit(_ edit: Case) throws -> Edit {
    #expect(edit.texts.old != edit.texts.new)
    let before = Self.base.merging(edit.beside) { $1 }.merging([edit.path: edit.texts.old]) { $1 }
    return try Edit(before, before.merging([edit.path: edit.texts.new]) { $1 })
  }

  @Test(arguments: cases) func `a review tells what becomes of the objects`(changed: Case) throws {
    let report = try edit(changed).review()
    #expect(report.rules.contains(changed.rule), "\(report.rules) \(report.diagnostics)")
  }

  @Test(arguments: cases) func `so does a commit hook, and the history`(changed: Case) throws {
    let repository = try edit(changed).repository
    try repository.git("reset --quiet --soft main")
    let staged = try repository.report("check")
    #expect(staged.rules.contains(changed.rule), "\(staged.rules)")
    try repository.commitStaged("after", minute: 1)
    // A patch is known as one by the kustomization that lists it, of which histories are not asked; nor are the fields
    // looked at there of a kind that no rule judges.
    let isSeen =
      changed.name != "a patch that is called like nothing"
      && !(changed.path == "web/robot.yaml" && changed.rule == "kustomize-build-fails")
    let report = try repository.report("audit")
    #expect(report.rules.contains(changed.rule) == isSeen, "\(report.rules)")
  }
}
