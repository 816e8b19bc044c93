import TestSupport
import Testing

/// Edits that look like more, or like less, than they are: each is judged by what Flux and EKS Anywhere make of it.
@Suite struct TrickyCaseTests: TrickyFleet {
  private static let folder = "clusters/hq/prod/eksa-system/"

  // MARK: 1

  @Test func `documents, keys and sets in another order change nothing, nor do empty documents`() throws {
    let network = "spec:\n  proxyConfiguration: {httpProxy: 'a:1', httpsProxy: 'a:1', noProxy: [b, c]}\n"
    let before = Self.cluster.replacing("spec:\n", with: network)
    let lines = before.split(separator: "\n").map(String.init)
    let metadata = (lines.firstIndex(of: "metadata:") ?? 0, lines.firstIndex(of: "spec:") ?? 0)
    let reordered = (lines[metadata.1...] + lines[metadata.0..<metadata.1] + lines[..<metadata.0]).joined(
      separator: "\n")
    let after =
      "# the cluster\n---\n" + Self.map + "---\n# nothing\n---\n"
      + reordered.replacing("noProxy: [b, c]", with: "noProxy: [c, b]") + "\n---\n"
    #expect(try rules(before + "---\n" + Self.map, after) == [])
    let groups = Manifest.cluster(workers: [("md-1", 3), ("md-0", 3)])
    #expect(try rules(Self.cluster, groups) == [])
  }

  // MARK: 2

  @Test func `a line behind a number sign is gone, and what stands in a comment is only searched for secrets`() throws {
    #expect(Set(try rules(replacing: "    count: 3\n", with: "    # count: 3\n")) == ["worker-count-field-removed"])
    let item = "  - name: md-1\n    count: 3\n    machineGroupRef: {kind: VSphereMachineConfig, name: prod}\n"
    let commented = item.split(separator: "\n").map { "#" + $0 + "\n" }.joined()
    #expect(try rules(replacing: item, with: commented) == ["worker-group-removed"])
    #expect(try rules(Self.cluster + "# count: 3\n", Self.cluster + "# count: 0\n") == [])
    #expect(try rules(Self.cluster, Self.cluster + "# \(Manifest.token)\n") == ["github-pat"])
  }

  // MARK: 3

  @Test func `one anchor changes every place that names it, and a key that stands twice stops the build`() throws {
    let shared = Self.cluster.replacing("  - name: md-0\n    count: 3", with: "  - name: md-0\n    count: &size 3")
      .replacing("  - name: md-1\n    count: 3", with: "  - name: md-1\n    count: *size")
    #expect(try rules(Self.cluster, shared) == [])
    let zero = try review([Manifest.path: shared], [Manifest.path: shared.replacing("&size 3", with: "&size 0")])
    #expect(zero.rules == ["workers-all-zero"])
    let merged = Self.cluster.replacing(
      "  - name: md-1\n    count: 3", with: "  - <<: {count: 0, labels: {a: b}}\n    name: md-1\n    count: 3")
    #expect(try rules(Self.cluster, merged) == [])
    let across =
      Self.cluster.replacing("count: 3,", with: "count: &size 3,") + "---\n" + Self.map + "data: {a: *size}\n"
    for broken in [across, Self.cluster + "spec: {}\n"] {
      let told = try rules(Self.cluster, broken)
      #expect(told.contains("manifest-unreadable"), "\(told)")
    }
    let twice = "resources: [nothing.yaml]\nresources: [eksa-cluster.yaml]\n"
    let last = try review(
      [Manifest.path: Self.cluster, Self.folder + "kustomization.yaml": "resources: [eksa-cluster.yaml]\n"],
      [Manifest.path: Self.cluster, Self.folder + "kustomization.yaml": twice])
    #expect(!last.rules.contains("workload-cluster-removed") && !last.rules.contains("manifest-unreadable"))
  }

  // MARK: 4

  @Test func `a file that is split or moved under the same Flux Kustomization changes nothing`() throws {
    let parts = ["clusters/hq/a/cluster.yaml": Self.cluster, "clusters/hq/b/map.yaml": Self.map]
    #expect(try review([Manifest.path: Self.cluster + "---\n" + Self.map], parts).rules == [])
    #expect(try review(parts, [Manifest.path: Self.map + "---\n" + Self.cluster]).rules == [])
  }

  // MARK: 5

  @Test(arguments: [
    ("namespace: other", "kustomize-identity-transform"), ("namePrefix: a-", "kustomize-identity-transform"),
    (
      #"patches: [{target: {kind: Cluster}, patch: '[{"op": "remove", "path": "/spec/workerNodeGroupConfigurations/1"}]'}]"#,
      "worker-group-removed"
    ),
    (
      #"patches: [{target: {kind: Cluster}, patch: '[{"op": "replace", "path": "/spec/workerNodeGroupConfigurations/1/count", "value": 0}]'}]"#,
      "worker-group-zero"
    ),
    ("commonAnnotations: {anywhere.eks.amazonaws.com/paused: \"true\"}", "marker-injected-globally"),
    ("components: [../../../../shared]", "worker-group-removed"),
  ])
  func `a kustomization changes a cluster whose file is untouched`(_ line: String, _ rule: String) throws {
    let file = Self.folder + "kustomization.yaml"
    let list = "resources: [eksa-cluster.yaml]\n"
    let component = """
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      patches:
      - target: {kind: Cluster}
        patch: |
          - op: remove
            path: /spec/workerNodeGroupConfigurations/1

      """
    let files = [Manifest.path: Self.cluster, "shared/kustomization.yaml": component]
    let report = try review(
      files.merging([file: list]) { $1 }, files.merging([file: list + line + "\n"]) { $1 })
    #expect(report.rules.contains(rule), "\(report.rules)")
    #expect(report.status == 1)
  }

  @Test func `a Flux Kustomization in a file called kustomization_yaml stops the build`() throws {
    let report = try review(
      [Manifest.path: Self.cluster],
      [Manifest.path: Self.cluster, "clusters/hq/apps/kustomization.yaml": Home.flux("apps", path: "apps")])
    #expect(report.rules == ["kustomize-build-fails"])
  }

  // MARK: 6

  /// A way to delete, what it is called and whether the cluster goes.
  struct Deletion: CustomTestStringConvertible {
    let testDescription: String
    let before: [String: String]
    let after: [String: String]
    let rule: String
    let isDeleted: Bool
  }

  static let deletions: [Deletion] = {
    let listed = fleet([Manifest.path: cluster, folder + "kustomization.yaml": "resources: [eksa-cluster.yaml]\n"])
    let found = fleet([Manifest.path: cluster])
    let rooted = found.merging(["clusters/hq/kustomization.yaml": "resources: [flux-system, machines.yaml, prod]\n"]) {
      $1
    }
    .merging(["clusters/hq/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n"]) { $1 }
    .merging(["clusters/hq/prod/kustomization.yaml": "resources: [eksa-system/eksa-cluster.yaml]\n"]) { $1 }
    func without(_ files: Files, _ gone: (String) -> Bool) -> Files { files.filter { !gone($0.key) } }
    func with(_ files: Files, _ path: String, _ text: String) -> Files { files.merging([path: text]) { $1 } }
    return [
      Deletion(
        testDescription: "a: the file goes while it is listed", before: listed,
        after: without(listed) { $0 == Manifest.path }, rule: "listed-file-missing", isDeleted: false),
      Deletion(
        testDescription: "b: the folder goes", before: listed, after: without(listed) { $0.hasPrefix(folder) },
        rule: "workload-cluster-removed", isDeleted: true),
      Deletion(
        testDescription: "c: the sync root goes", before: found.merging(["README.md": "text\n"]) { $1 },
        after: ["README.md": "text\n"], rule: "flux-sync-removed", isDeleted: false),
      Deletion(
        testDescription: "d: the sync root keeps no manifest", before: found,
        after: ["clusters/hq/README.md": "text\n"], rule: "flux-sync-removed", isDeleted: true),
      Deletion(
        testDescription: "e: the document gets another name", before: found,
        after: with(found, Manifest.path, Manifest.cluster("production")), rule: "cluster-renamed", isDeleted: true),
      Deletion(
        testDescription: "f: the root's list is misspelt", before: rooted,
        after: with(rooted, "clusters/hq/kustomization.yaml", "resource: [flux-system, machines.yaml, prod]\n"),
        rule: "root-kustomization-emptied", isDeleted: true),
      Deletion(
        testDescription: "f: the root's file is emptied", before: rooted,
        after: with(rooted, "clusters/hq/kustomization.yaml", "# resources: [flux-system, machines.yaml, prod]\n"),
        rule: "root-kustomization-emptied", isDeleted: true),
      Deletion(
        testDescription: "g: a folder lists nothing", before: listed,
        after: with(listed, folder + "kustomization.yaml", "resources: []\n"), rule: "kustomization-drops-resource",
        isDeleted: true),
      Deletion(
        testDescription: "g: a folder's kustomization is emptied", before: listed,
        after: with(listed, folder + "kustomization.yaml", ""), rule: "kustomize-build-fails", isDeleted: false),
      Deletion(
        testDescription: "h: an annotation takes the object out of the build", before: found,
        after: with(
          found, Manifest.path, Manifest.cluster(annotations: "config.kubernetes.io/local-config: \"true\"")),
        rule: "local-config-annotation", isDeleted: true),
      Deletion(
        testDescription: "h: a patch deletes the object", before: listed,
        after: with(
          listed, folder + "kustomization.yaml",
          "resources: [eksa-cluster.yaml]\npatches:\n- target: {kind: Cluster}\n  patch: |\n    $patch: delete\n"
            + "    apiVersion: anywhere.eks.amazonaws.com/v1alpha1\n    kind: Cluster\n    metadata: {name: prod}\n"),
        rule: "kustomize-delete-patch", isDeleted: true),
    ]
  }()

  @Test(arguments: deletions)
  func `a deletion is told by what Flux makes of it`(_ deletion: Deletion) throws {
    let report = try Edit(deletion.before, deletion.after).review()
    #expect(report.rules.contains(deletion.rule), "\(report.rules)")
    #expect(report.status == 1)
    #expect(
      (report.value["plan"]["headline"]["clusters"].int ?? 0)
        == (deletion.isDeleted && deletion.rule != "cluster-renamed" ? -1 : 0))
    if !deletion.isDeleted { #expect(!report.findings.contains { $0["verdict"].text == "pruned" }) }
  }

  // MARK: 10

  @Test func `a variable is text without postBuild, unknown with it, and loses its quotes`() throws {
    #expect(try rules(replacing: "    count: 3\n", with: "    count: ${SIZE}\n").contains("wrong-scalar-type"))
    func nested(_ count: String, version: String = "\"1.31\"", spec: [String]) -> Files {
      [
        "clusters/hq/prod.yaml": Home.flux("prod", path: "fleet/prod", spec: ["prune: true"] + spec),
        "fleet/prod/cluster.yaml": Manifest.cluster(version: version).replacing(
          "    count: 3\n", with: "    count: \(count)\n"),
      ]
    }
    func values(_ text: String) -> [String] { ["postBuild: {substitute: {\(text)}}"] }
    let set = nested("${SIZE}", spec: values("SIZE: \"3\""))
    #expect(try review(nested("3", spec: []), set).rules == [])
    #expect(try review(set, nested("${SIZE}", spec: values("SIZE: \"0\""))).rules.contains("workers-all-zero"))
    #expect(try review(set, nested("${NUMBER}", spec: values("SIZE: \"3\""))).rules.contains("substitute-undefined"))
    let live = ["postBuild: {substituteFrom: [{kind: Secret, name: sizes}]}"]
    #expect(try review(set, nested("${SIZE}", spec: live)).rules.filter { $0.hasPrefix("worker") } == [])
    let retyped = try review(set, nested("${SIZE}", version: "\"${V}\"", spec: values("SIZE: \"3\", V: \"1.31\"")))
    #expect(retyped.rules.contains("substitute-retyped"))
    let escaped = Self.cluster.replacing("namespace: default", with: "namespace: default\n  labels: {a: $SIZE}")
    #expect(try rules(Self.cluster, escaped) == [])
  }

  // MARK: 11

  @Test func `a pause and an immutable edit in one commit are refused, in two the second passes`() throws {
    let paused = Manifest.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\"")
    let moved = paused.replacing("10.0.0.10", with: "10.0.0.99")
    let together = try rules(Self.cluster, moved)
    #expect(together.contains("endpoint-changed") && !together.contains("immutable-edit-under-pause"))
    #expect(try rules(paused, moved).contains("immutable-edit-under-pause"))
  }

  // MARK: 12

  @Test func `a Cluster of another group is another kind, and an object without a name stops everything`() throws {
    let other =
      Home.object("Cluster", "prod", namespace: "default", apiVersion: "example.com/v1") + "spec: {count: 3}\n"
    let none = other.replacing("count: 3", with: "count: 0")
    let path = "clusters/hq/other.yaml"
    let base = [Manifest.path: Self.cluster]
    #expect(try review(base.merging([path: other]) { $1 }, base.merging([path: none]) { $1 }).rules == [])
    #expect(try review(base.merging([path: other]) { $1 }, base).rules.filter { $0.hasSuffix("cluster-removed") } == [])
    for broken in [
      "kind: Cluster\nmetadata: {name: a}\n",
      "apiVersion: anywhere.eks.amazonaws.com/v1alpha1\nkind: Cluster\nmetadata: {}\n",
    ] {
      let report = try review(base, base.merging([path: broken]) { $1 })
      #expect(report.status == 1, "\(report.rules)")
      #expect(!report.findings.contains { $0["verdict"].text == "pruned" })
    }
    let retyped = try rules(replacing: "apiVersion: anywhere.eks.amazonaws.com/v1alpha1\n", with: "")
    #expect(!retyped.isEmpty)
  }

  // MARK: 13

  @Test func `a revert is an edit like any other: a version does not go back, a removed group comes back empty`() throws
  {
    let repository = try TestRepository()
    func commit(_ text: String, _ minute: Int) throws {
      for (path, text) in Self.fleet([Manifest.path: text]) { try repository.write(path, text) }
      try repository.commit("step \(minute)", minute: minute)
    }
    func revert(_ text: String) throws -> ReportJSON {
      try commit(text, 1)
      try repository.git(["revert", "--no-edit", "HEAD"])
      return try repository.report("review", "HEAD~1")
    }
    try commit(Self.cluster, 0)
    #expect(try revert(Manifest.cluster(version: "\"1.32\"")).rules.contains("k8s-downgrade"))
    #expect(try revert(Manifest.cluster(workers: [("md-0", 3)])).rules == [])
    let release = Self.cluster.replacing("spec:\n", with: "spec:\n  eksaVersion: v0.22.1\n")
    try commit(release, 2)
    #expect(try revert(release.replacing("0.22.1", with: "0.22.2")).rules == [])
    #expect(try revert(release.replacing("0.22.1", with: "0.23.0")).rules.contains("eksa-version-bad-transition"))
    try repository.delete(Manifest.path)
    try repository.commit("away", minute: 3)
    try repository.git(["revert", "--no-edit", "HEAD"])
    let back = try repository.report("review", "HEAD~1")
    #expect(back.value["plan"]["headline"]["clusters"].int == 1 && back.status == 0, "\(back.rules)")
  }

  // MARK: 14

  @Test func `a commit of the CLI is judged like any other`() throws {
    let repository = try TestRepository()
    let marks = "anywhere.eks.amazonaws.com/managed-by-cli: \"true\""
    func write(_ annotations: String) throws {
      let own = Manifest.cluster("hq", annotations: annotations)
      for (path, text) in Self.fleet([Manifest.path: own]) { try repository.write(path, text) }
    }
    try write("")
    try repository.commit("fleet")
    try write(marks)
    try repository.commit("Update commit of cluster configuration; generated by EKS-A CLI", minute: 1)
    let report = try repository.report("review", "HEAD~1")
    #expect(report.rules == ["managed-by-cli-present"])
    let components = marks + "\n    anywhere.eks.amazonaws.com/management-components-version: v0.22.0"
    try write(components)
    try repository.commit("Update commit of cluster configuration; generated by EKS-A CLI", minute: 2)
    #expect(try repository.report("review", "HEAD~1").rules == [])
    try write(components + "\n    anywhere.eks.amazonaws.com/paused: \"true\"")
    try repository.commit("Upgrade commit of flux configuration; generated by EKS-A CLI", minute: 3)
    #expect(try repository.report("review", "HEAD~1").rules == ["paused-added"])
  }
}
