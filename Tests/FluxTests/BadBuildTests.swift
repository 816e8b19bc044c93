import Flux
import Manifests
import Testing

/// What kustomize refuses is a problem of a kind with a place; nothing crashes or hangs.
@Suite struct BadBuildTests {
  /// A case: files, and the problem expected as `kind path:line`.
  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var files: [String: String]
    var problem: String
    var testDescription: String { title }
  }

  static let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

  static let cases = [
    Case(
      title: "a listed file is missing", files: ["k/kustomization.yaml": "resources:\n- gone.yaml\n"],
      problem: "listedFileMissing k/kustomization.yaml:2"),
    Case(
      title: "a folder without a kustomization is listed",
      files: ["k/kustomization.yaml": "resources: [../b]\n", "b/a.yaml": object],
      problem: "kustomizationMissing k/kustomization.yaml:1"),
    Case(
      title: "a kustomization lists itself", files: ["k/kustomization.yaml": "resources: [.]\n"],
      problem: "cycle k/kustomization.yaml:1"),
    Case(
      title: "two folders list each other",
      files: ["k/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../k]\n"],
      problem: "cycle b/kustomization.yaml:1"),
    Case(
      title: "a path leaves the repository", files: ["k/kustomization.yaml": "resources: [../../x.yaml]\n"],
      problem: "outsideRepository k/kustomization.yaml:1"),
    Case(
      title: "an unknown field", files: ["k/kustomization.yaml": "resource: [a.yaml]\n", "k/a.yaml": object],
      problem: "unknownField k/kustomization.yaml:1"),
    Case(
      title: "an empty kustomization", files: ["k/kustomization.yaml": "# nothing\n"],
      problem: "emptyKustomization k/kustomization.yaml:0"),
    Case(
      title: "a number where a string is expected", files: ["k/kustomization.yaml": "namespace: 1\nresources: []\n"],
      problem: "unreadableKustomization k/kustomization.yaml:1"),
    Case(
      title: "a label that is a boolean in YAML 1.1",
      files: ["k/kustomization.yaml": "resources: []\ncommonAnnotations: {a: on}\n"],
      problem: "unreadableKustomization k/kustomization.yaml:2"),
    Case(
      title: "the Flux kind in a file called kustomization.yaml",
      files: ["k/kustomization.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {}\n"],
      problem: "unknownField k/kustomization.yaml:3"),
    Case(
      title: "two kustomization files", files: ["k/kustomization.yaml": "resources: []\n", "k/kustomization.yml": "a"],
      problem: "severalKustomizations k/kustomization.yml:0"),
    Case(
      title: "an object without a name",
      files: ["k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": "kind: A\n"],
      problem: "nonManifest k/a.yaml:1"),
    Case(
      title: "a manifest that is no YAML",
      files: ["k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": "a: [\n"],
      problem: "unreadableManifest k/a.yaml:2"),
    Case(
      title: "a directive before the first document",
      files: ["k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": "%YAML 1.1\n---\n" + object],
      problem: "unreadableManifest k/a.yaml:1"),
    Case(
      title: "an object that a replacement leaves without a name",
      files: [
        "k/kustomization.yaml":
          "resources: [a.yaml]\nreplacements:\n"
          + "- {sourceValue: '', targets: [{select: {name: a}, fieldPaths: [metadata.name]}]}\n",
        "k/a.yaml": object,
      ],
      problem: "nonManifest k/a.yaml:1"),
    Case(
      title: "a truth value that a replacement makes a text",
      files: [
        "k/kustomization.yaml":
          "resources: [a.yaml]\nreplacements:\n"
          + "- {source: {name: a}, targets: [{select: {name: a}, fieldPaths: [immutable]}]}\n",
        "k/a.yaml": object + "immutable: true\n",
      ],
      problem: "badReplacement k/kustomization.yaml:3"),
    Case(
      title: "two field specs that contradict each other",
      files: [
        "k/kustomization.yaml":
          "resources: [a.yaml]\nlabels: [{pairs: {b: c}, fields: [{path: metadata/labels}]}]\n",
        "k/a.yaml": object,
      ],
      problem: "badTransformer k/kustomization.yaml:0"),
    Case(
      title: "a repeated key",
      files: ["k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": object + "kind: B\n"],
      problem: "unreadableManifest k/a.yaml:4"),
    Case(
      title: "the same object twice",
      files: ["k/kustomization.yaml": "resources: [a.yaml, b.yaml]\n", "k/a.yaml": object, "k/b.yaml": object],
      problem: "duplicateID k/b.yaml:3"),
    Case(
      title: "a patch for nothing",
      files: [
        "k/kustomization.yaml": "resources: [a.yaml]\npatches:\n- path: p.yaml\n", "k/a.yaml": object,
        "k/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n",
      ],
      problem: "patchTargetMissing k/p.yaml:4"),
    Case(
      title: "a JSON patch that does not apply",
      files: [
        "k/kustomization.yaml":
          "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: remove\n      path: /x\n",
        "k/a.yaml": object,
      ],
      problem: "badPatch k/kustomization.yaml:5"),
    Case(
      title: "a JSON patch without an operation",
      files: [
        "k/kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: '[{\"a\": 1}]'\n",
        "k/a.yaml": object,
      ],
      problem: "badPatch k/kustomization.yaml:4"),
    Case(
      title: "a component among the resources",
      files: [
        "k/kustomization.yaml": "resources: [../c]\n",
        "c/kustomization.yaml": "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: []\n",
      ],
      problem: "componentMisplaced k/kustomization.yaml:1"),
    Case(
      title: "replicas of nothing",
      files: ["k/kustomization.yaml": "resources: [a.yaml]\nreplicas:\n- {name: a, count: 1}\n", "k/a.yaml": object],
      problem: "badTransformer k/kustomization.yaml:3"),
    Case(
      title: "a generator that merges into nothing",
      files: ["k/kustomization.yaml": "configMapGenerator:\n- {name: a, behavior: merge}\n"],
      problem: "badGenerator k/kustomization.yaml:2"),
    Case(
      title: "a replacement without a source object",
      files: [
        "k/kustomization.yaml":
          "resources: [a.yaml]\nreplacements:\n- source: {kind: Secret}\n  targets: [{select: {kind: ConfigMap}}]\n",
        "k/a.yaml": object,
      ],
      problem: "badReplacement k/kustomization.yaml:3"),
    Case(
      title: "a file outside the kustomization's folder",
      files: ["k/kustomization.yaml": "resources: [../a.yaml]\n", "a.yaml": object],
      problem: "outsideRepository k/kustomization.yaml:1"),
    Case(
      title: "an alias that multiplies",
      files: [
        "k/kustomization.yaml": "resources: [a.yaml]\n",
        "k/a.yaml": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
          + zip("bcdefgh", "abcdefg").map {
            "\($0): &\($0) [\(Array(repeating: "*\($1)", count: 10).joined(separator: ","))]\n"
          }
          .joined(),
      ],
      problem: "overBudget k/a.yaml:6"),
  ]

  @Test(arguments: cases)
  func `what kustomize refuses is a problem with a place`(_ example: Case) throws {
    let result = Kustomize(tree: FlatTree(texts: example.files), cache: ParseCache()).build("k")
    #expect(result.objects.isEmpty)
    let problem = try #require(result.failure)
    #expect("\(problem.kind.rawValue) \(problem.path):\(problem.span.startLine)" == example.problem)
  }

  @Test func `all missing files are named, not only the first`() {
    let tree = FlatTree(texts: ["k/kustomization.yaml": "resources: [a.yaml, b.yaml]\n"])
    let result = Kustomize(tree: tree, cache: ParseCache()).build("k")
    #expect(result.problems.map(\.subject) == ["k/a.yaml", "k/b.yaml"])
  }

  @Test func `remote sources and charts are named, and what they feed is unknown`() {
    let text = "resources: ['https://example.com/a.yaml', a.yaml]\nhelmCharts: [{name: x}]\n"
    let tree = FlatTree(texts: ["k/kustomization.yaml": text, "k/a.yaml": Self.object])
    let result = Kustomize(tree: tree, cache: ParseCache()).build("k")
    #expect(result.objects.count == 1)
    #expect(!result.isComplete)
    #expect(result.failure == nil)
    #expect(Set(result.problems.map(\.kind)) == [.remoteSource, .helmChart])
  }

  @Test func `Flux refuses a chart in a build`() {
    let text = "resources: [a.yaml]\nhelmCharts: [{name: x}]\n"
    let tree = FlatTree(texts: ["k/kustomization.yaml": text, "k/a.yaml": Self.object])
    let result = Kustomize(tree: tree, cache: ParseCache(), options: .flux).build("k")
    #expect(result.failure?.subject == "helmCharts")
    #expect(result.objects.isEmpty)
  }

  @Test func `what old variables feed is unknown, and the same as long as their source is`() throws {
    func build(_ value: String) throws -> Node {
      let text = """
        resources: [a.yaml, b.yaml]
        vars:
        - {name: SIZE, objref: {kind: ConfigMap, name: b, apiVersion: v1}, fieldref: {fieldpath: data.size}}
        """
      let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
      let tree = FlatTree(texts: [
        "k/kustomization.yaml": text, "k/a.yaml": map + "a}\ndata: {text: $(SIZE) big, other: $(ELSE)}\n",
        "k/b.yaml": map + "b}\ndata: {size: '\(value)'}\n",
      ])
      let result = Kustomize(tree: tree, cache: ParseCache()).build("k")
      #expect(result.problems.map(\.kind) == [.notEvaluated])
      #expect(result.failure == nil)
      #expect(result.objects.first?.object["data", "other"]?.text == "$(ELSE)")
      return try #require(result.objects.first?.object["data", "text"])
    }
    let two = try build("2")
    #expect(two.unknownText == "$(SIZE) big")
    #expect(try two.means(build("2")))
    #expect(try !two.means(build("3")))
  }

  @Test func `a transformer that is a program is named, and a built-in one is not`() {
    let builtin = "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: x}\nprefix: x-\n"
    let text = "resources: [a.yaml]\ntransformers: [own.yaml, builtin.yaml]\n"
    let tree = FlatTree(texts: [
      "k/kustomization.yaml": text, "k/a.yaml": Self.object, "k/builtin.yaml": builtin,
      "k/own.yaml": "apiVersion: example.com/v1\nkind: Shouter\nmetadata: {name: x}\n",
    ])
    let result = Kustomize(tree: tree, cache: ParseCache()).build("k")
    #expect(result.objects.count == 1)
    #expect(result.problems.map(\.kind) == [.plugin] && result.problems.map(\.subject) == ["Shouter"])
  }

  @Test func `a symbolic link is never read`() {
    let list = "resources: [a.yaml]\n"
    let id = ContentID(high: 1, middle: 2, low: 3)
    let tree = FlatTree([
      .init(path: "k/kustomization.yaml", kind: .file, id: id), .init(path: "k/a.yaml", kind: .link, id: id),
    ]) { file throws(FileTreeError) in file.kind == .link ? [] : Array(list.utf8) }
    #expect(Kustomize(tree: tree, cache: ParseCache()).build("k").failure?.kind == .link)
  }

  @Test func `a value that a patch sets says which patch`() throws {
    let files = [
      "k/kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- path: p.yaml\n- patch: |-\n    - {op: add, path: /x, value: 1}\n  target: {kind: ConfigMap}\n",
      "k/a.yaml": Self.object, "k/p.yaml": Self.object + "data:\n  k: v\n",
    ]
    let result = Kustomize(tree: FlatTree(texts: files), cache: ParseCache()).build("k")
    let object = try #require(result.objects.first?.object)
    let value = try #require(object["data", "k"])
    #expect(value.origin?.path == "k/p.yaml" && value.span.startLine == 5)
    let added = try #require(object["x"])
    #expect(added.origin?.path == "k/kustomization.yaml" && added.span.startLine == 5)
    #expect(object["kind"]?.origin == nil)
  }
}
