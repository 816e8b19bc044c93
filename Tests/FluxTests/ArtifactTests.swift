import Flux
import Manifests
import Testing

/// What Flux packs into the artifact of a source, and which source that is.
struct ArtifactTests {
  private static func source(_ name: String, ignore: String? = nil) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec: {url: "ssh://git@github.com/acme/fleet", ref: {branch: main}\(ignore.map { ", ignore: \"\($0)\"" } ?? "")}
    ---

    """
  }

  private static func kustomization(_ name: String, _ path: String, source: String, more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: ./\(path), prune: true, sourceRef: {kind: GitRepository, name: \(source)}\(more)}

    """
  }

  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: web}\ndata: {a: \"1\"}\n"
  }

  private func names(_ files: [String: String]) -> [String] {
    AppliedStateBuilder().state(of: FlatTree(texts: files)).objects.map(\.object.identity)
      .filter { $0.kind == "ConfigMap" }.map(\.name).sorted()
  }

  @Test(arguments: [
    ("/*\\n!/clusters/mgmt", true), ("/*\\n!clusters", true), ("clusters/mgmt/a/\\n!b.yaml", true),
    ("/clusters/*\\n!/clusters/other", false), ("/*\\n!/clusters/mgmt/a/b.yaml\\n!/clusters/mgmt/sync.yaml", true),
    ("b.yaml/", true), ("a/", false), ("**/a", false), ("/**", true), ("mgmt/a", true), ("[!x].yaml", true),
    ("[^x].yaml\\n!sync.yaml", false), ("clusters/**/b.yaml", false), ("clusters/mgmt/a", false),
  ]) func `the last pattern that fits a file decides, whatever is said of its folder`(ignore: String, isApplied: Bool) {
    let files = [
      "clusters/mgmt/sync.yaml": Self.source("fleet", ignore: ignore)
        + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/a/b.yaml": Self.map("one"),
    ]
    #expect(names(files) == (isApplied ? ["one"] : []))
  }

  @Test func `clusters whose sources have the same name leave out what their own source says`() {
    var files: [String: String] = [:]
    for (cluster, other) in [("main", "storage"), ("storage", "main")] {
      files["\(cluster)/flux/cluster.yaml"] =
        Self.source("home", ignore: "/*\\n!/\(cluster)")
        + Self.kustomization("cluster", "\(cluster)/flux", source: "home")
      files["\(cluster)/flux/apps.yaml"] = Self.kustomization("apps", "\(cluster)/apps", source: "home")
      files["\(cluster)/apps/map.yaml"] = Self.map(cluster)
      files["\(cluster)/flux/stray.yaml"] = Self.kustomization("stray", "\(other)/apps", source: "home")
    }
    #expect(names(files) == ["main", "storage"])
  }

  @Test func `a remote file of a generator takes nothing else of its folder away`() {
    let generator = "configMapGenerator: [{name: board, files: [a.json=https://example.com/a.json]}]\n"
    let files = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/app/kustomization.yaml": "resources: [map.yaml]\n" + generator,
      "clusters/mgmt/app/map.yaml": Self.map("one"),
    ]
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    #expect(names(files) == ["one"])
    #expect(state.kustomizations.flatMap(\.problems).map(\.kind) == [.remoteSource])
  }

  @Test func `a listed file that an ignore rule hides is said to be there, but not for Flux`() throws {
    let files = [
      ".sourceignore": "map.yaml\n",
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/app/kustomization.yaml": "resources: [map.yaml]\n",
      "clusters/mgmt/app/map.yaml": Self.map("one"),
    ]
    let problem = try #require(
      AppliedStateBuilder().state(of: FlatTree(texts: files)).kustomizations.flatMap(\.problems).first)
    #expect(problem.message == "clusters/mgmt/app/map.yaml is listed and no part of Flux's artifact")
  }

  @Test func `a folder that fails collides with nothing`() {
    let plain = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: same}\n"
    var files = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet")
    ]
    for name in ["a", "b"] {
      files["clusters/mgmt/\(name)/kustomization.yaml"] = "namespace: \(name)\nresources: [map.yaml, gone.yaml]\n"
      files["clusters/mgmt/\(name)/map.yaml"] = plain
    }
    let problems = AppliedStateBuilder().state(of: FlatTree(texts: files)).kustomizations.flatMap(\.problems)
    #expect(problems.map(\.kind) == [.listedFileMissing, .listedFileMissing])
  }

  @Test func `a component that a Flux Kustomization adds is missed in its file`() throws {
    let files = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/apps.yaml": Self.kustomization("apps", "apps", source: "fleet", more: ", components: [../gone]"),
      "apps/kustomization.yaml": "resources: [map.yaml]\n", "apps/map.yaml": Self.map("one"),
    ]
    let problem = try #require(
      AppliedStateBuilder().state(of: FlatTree(texts: files)).kustomizations.flatMap(\.problems).first)
    #expect(problem.kind == .listedFileMissing && problem.path == "clusters/mgmt/apps.yaml")
  }

  @Test func `a variable that a generator takes from an encrypted file has no value here`() throws {
    let sealed = "ENC[AES256_GCM," + "data:abc,iv:a,tag:b,type:str]"
    let from = ", postBuild: {substituteFrom: [{kind: Secret, name: settings}]}"
    let files = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/kustomization.yaml": """
      resources: [sync.yaml, apps.yaml]
      secretGenerator: [{name: settings, namespace: flux-system, envs: [a.env], options: {disableNameSuffixHash: true}}]

      """,
      "clusters/mgmt/a.env": "HOST=\(sealed)\n",
      "clusters/mgmt/apps.yaml": Self.kustomization("apps", "apps", source: "fleet", more: from),
      "apps/map.yaml": Self.map("one").replacing("\"1\"", with: "\"${HOST}\""),
    ]
    let object = try #require(
      AppliedStateBuilder().state(of: FlatTree(texts: files)).objects.first { $0.object.identity.name == "one" })
    #expect(object.object["data", "a"]?.isUnknown == true)
  }

  @Test func `a build that works again creates nothing that its files held all the time`() {
    var base = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/apps.yaml": Self.kustomization("apps", "apps", source: "fleet"),
      "clusters/mgmt/kustomization.yaml": "resources: [sync.yaml, apps.yaml, gone.yaml]\n",
      "apps/map.yaml": Self.map("one"),
    ]
    let broken = base
    base["clusters/mgmt/kustomization.yaml"] = "resources: [sync.yaml, apps.yaml]\n"
    base["apps/second.yaml"] = Self.map("two")
    let come = changes(broken, base).filter { $0.before == nil && !$0.isTakenOver }
    #expect(summary(come).filter { $0.contains("ConfigMap") } == ["+ ConfigMap web/two applied"])
  }

  @Test func `a cluster whose start changes is the same cluster`() {
    let apps = Self.kustomization("apps", "apps", source: "fleet")
    let cluster = Self.kustomization("cluster", "clusters/mgmt", source: "fleet")
    let base = [
      "clusters/mgmt/cluster.yaml": Self.source("fleet") + cluster, "clusters/mgmt/apps.yaml": apps,
      "apps/map.yaml": Self.map("one"),
    ]
    var head = base
    head["clusters/mgmt/cluster.yaml"] = Self.source("fleet")
    head["boot/sync.yaml"] = Self.kustomization("boot", "boot", source: "fleet")
    head["boot/cluster.yaml"] = cluster
    #expect(changes(base, head).allSatisfy { $0.after != nil })
  }

  @Test func `where a build fails, objects keep the namespace that it gave them`() {
    let plain = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n"
    let base = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/app/kustomization.yaml": "namespace: web\nresources: [map.yaml]\n",
      "clusters/mgmt/app/map.yaml": plain,
    ]
    var head = base
    head["clusters/mgmt/app/kustomization.yaml"] = "namespace: web\nresources: [map.yaml, gone.yaml]\n"
    head["clusters/mgmt/app/map.yaml"] = plain + "data: {a: b}\n"
    #expect(summary(changes(base, head)) == ["~ ConfigMap web/one stalled"])
  }

  @Test func `what is applied from another file has not gone with a file that nothing reaches`() {
    let base = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "old/map.yaml": Self.map("one"),
    ]
    var head = base
    head["old/map.yaml"] = nil
    head["clusters/mgmt/map.yaml"] = Self.map("one")
    #expect(summary(changes(base, head)) == ["+ ConfigMap web/one applied"])
    #expect(summary(changes(head, base)) == ["- ConfigMap web/one pruned"])
  }

  @Test(arguments: ["[tool.yaml, source.yaml]", "[tool.yaml]"])
  func `a child whose source leaves with the change still reads another repository`(_ list: String) {
    let base = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet"),
      "clusters/mgmt/app/kustomization.yaml": "resources: [tool.yaml, source.yaml]\n",
      "clusters/mgmt/app/tool.yaml": Self.kustomization("tool", "apps", source: "tool"),
      "clusters/mgmt/app/source.yaml": Self.source("tool").replacing("acme/fleet", with: "acme/tool"),
      "apps/map.yaml": Self.map("one"),
    ]
    var head = base
    head["clusters/mgmt/app/source.yaml"] = nil
    head["clusters/mgmt/app/kustomization.yaml"] = "resources: \(list)\n"
    let builder = AppliedStateBuilder()
    let before = builder.state(of: FlatTree(texts: base))
    let after = builder.state(of: FlatTree(texts: head), live: before)
    func tool(_ state: AppliedState) -> [KustomizationOutcome] {
      state.kustomizations.filter { $0.owner.identity.name == "tool" }.map(\.outcome)
    }
    #expect(tool(before) == [.foreign] && tool(after) == [.foreign])
    // What is live is none of the tree, of which the same builder knows nothing else.
    #expect(tool(builder.state(of: FlatTree(texts: head))) == (list == "[tool.yaml]" ? [.applied] : []))
  }

  @Test func `a path is joined with the repository as Flux does, so that it does not lead out`() {
    let base = [
      "clusters/mgmt/sync.yaml": Self.source("fleet") + Self.kustomization("fleet", "clusters/mgmt", source: "fleet")
        + "---\n" + Self.kustomization("apps", "../apps", source: "fleet"),
      "apps/map.yaml": Self.map("one"),
    ]
    var head = base
    head["apps/map.yaml"] = nil
    head["apps/other.yaml"] = Self.map("two")
    #expect(summary(changes(base, head)) == ["+ ConfigMap web/two applied", "- ConfigMap web/one pruned"])
  }
}
