import TestSupport
import Testing

/// `fluxwarden plan`.
@Suite struct PlanTests {
  let repository: TestRepository

  init() throws {
    repository = try .fleet()
    try repository.git("checkout --quiet -b change")
  }

  private func plan(_ format: String = "text") throws -> ProgramResult {
    try repository.fluxwarden("plan", "main", "--format", format)
  }

  @Test func `a cluster that goes is the first thing that is said`() throws {
    try repository.git(["rm", "-r", "--quiet", "clusters/hq/prod"])
    try repository.commit("away")
    let result = try plan()
    #expect(
      result.text == """
        Blast radius: 1 cluster and 9 machines lost
        Flux would delete 1 object.

        clusters/hq
          flux-system/flux-system
            - Cluster default/prod (pruned)

        """)
    #expect(result.status == 0)
    #expect(result.errorText.isEmpty)
  }

  @Test func `machines that leave a cluster of Cluster API are counted`() throws {
    let group =
      "apiVersion: cluster.x-k8s.io/v1beta1\nkind: MachineDeployment\nmetadata: {name: md, namespace: default}\n"
    try repository.write("clusters/hq/md.yaml", group + "spec: {clusterName: capi, replicas: 3}\n")
    try repository.commit("group")
    try repository.git("branch --force main")
    try repository.git("rm --quiet clusters/hq/md.yaml")
    try repository.commit("away")
    #expect(try plan().text.hasPrefix("Blast radius: 3 machines lost\n"))
    #expect(try repository.report("review", "main").rules == ["node-group-zero"])
  }

  @Test func `a namespace that the API server never deletes is not lost`() throws {
    try repository.write("clusters/hq/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n")
    try repository.commit("namespace")
    try repository.git("branch --force main")
    try repository.git("rm --quiet clusters/hq/ns.yaml")
    try repository.commit("away")
    let text = try plan().text
    #expect(text.hasPrefix("Blast radius: no cluster, machine, namespace or volume comes or goes\n"))
    #expect(text.contains("    ! Namespace kube-system\n") && text.contains("not deleted, the API server refuses that"))
  }

  @Test func `the hash of a password is not shown`() throws {
    let hash = joined("$2a$10$", "Q7vZ2mK8xW4rT1yB6nH3cOe9LpSdF5gJ0aUiEwRqXzMbVhNtYkCsD")
    let release = """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: ww, namespace: flux-system}
      spec: {values: {adminUser: {username: admin, passwordHash: HASH}}}

      """
    try repository.write("clusters/hq/ww.yaml", release.replacing("HASH", with: "none"))
    try repository.commit("release")
    try repository.write("clusters/hq/ww.yaml", release.replacing("HASH", with: hash))
    try repository.commit("hash", minute: 1)
    let text = try repository.fluxwarden("plan", "HEAD~1").text
    #expect(text.contains("passwordHash") && !text.contains(hash.suffix(20)), "\(text)")
  }

  @Test func `the JSON has the shape of the contract`() throws {
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 1), ("md-1", 3)]))
    try repository.commit("fewer")
    let report = try repository.report("plan", "main")
    #expect(report.value["command"].text == "plan" && report.status == 0 && report.rules.isEmpty)
    let plan = report.value["plan"]
    #expect(plan["headline"].keys == ["clusters", "machines", "namespaces", "persistentVolumeClaims"])
    #expect(plan["headline"]["machines"].int == -2)
    let root = try #require(plan["roots"].items.first)
    #expect(root["cluster"].text == "hq" && root["path"].text == "clusters/hq")
    let kustomization = try #require(root["kustomizations"].items.first)
    #expect(kustomization["namespace"].text == "flux-system" && kustomization["name"].text == "flux-system")
    #expect(kustomization["verdict"].text == "applied")
    let change = try #require(kustomization["changes"].items.first)
    #expect(change["action"].text == "change" && change["object"]["name"].text == "prod")
    let field = try #require(change["fields"].items.first)
    #expect(field["path"].text == "spec.workerNodeGroupConfigurations[md-0].count")
    #expect(field["before"].text == "3" && field["after"].text == "1")
  }

  @Test func `a comment shows fields as a diff and runs nothing of theirs`() throws {
    try repository.write("clusters/hq/map.yaml", Self.map("a", "plain"))
    try repository.commit("map")
    try repository.git("branch --force main")
    try repository.write("clusters/hq/map.yaml", Self.map("a", "'```\\n<b>@all</b>'"))
    try repository.commit("hostile")
    let text = try plan("markdown").text
    #expect(text.hasPrefix("### fluxwarden plan: no cluster"))
    #expect(text.contains("<details><summary>flux-system/flux-system: 1 to change</summary>\n\n````diff\n"))
    #expect(text.contains("\n! ConfigMap default/a\n-     data.key: plain\n+     data.key: ```"))
  }

  @Test func `credentials are not printed, in no format`() throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\nstringData: {key: "
    try repository.write("clusters/hq/secret.yaml", secret + "old-words}\n")
    try repository.write("clusters/hq/map.yaml", Self.map("a", "TOKEN"))
    let pod = Home.object("Pod", "p") + "spec:\n  containers:\n  - name: web\n    image: web:1\n"
    try repository.write("clusters/hq/pod.yaml", pod)
    try repository.commit("secret")
    try repository.git("branch --force main")
    try repository.write("clusters/hq/secret.yaml", secret + "new-words}\n")
    try repository.write("clusters/hq/map.yaml", Self.map("a", Manifest.token))
    let password = joined("kQ9vZr7T", "nB2xLw5d")
    let named = "    env: [{name: DB_PASSWORD, value: \(password)}]\n    args: [--password, \(password)]\n"
    try repository.write("clusters/hq/pod.yaml", pod + named)
    try repository.commit("tokens")
    for format in ["text", "json", "jsonl", "markdown"] {
      let text = try plan(format).text
      #expect(text.contains("stringData.key") && text.contains("data.key"), "\(format)")
      #expect(text.contains("DB_PASSWORD") && text.contains("--password"), "\(format)")
      #expect(!text.contains("-words") && !text.contains(Manifest.token) && !text.contains(password), "\(format)")
    }
  }

  @Test func `a build that fails stops its Kustomization, and the plan says what would have happened`() throws {
    try repository.git(["rm", "-r", "--quiet", "clusters/hq/prod"])
    try repository.write("clusters/hq/values.yaml", "replicas: 3\n")
    try repository.commit("stray")
    let result = try plan()
    #expect(
      result.text == """
        Blast radius: no cluster, machine, namespace or volume comes or goes
        Flux would change nothing; 1 change would not be carried out.

        clusters/hq
          flux-system/flux-system
            stalled: its build fails
            clusters/hq/values.yaml:1:1: an object has no kind
            ! Cluster default/prod (not deleted)

        """)
    #expect(result.status == 0)
  }

  @Test func `what only the cluster knows is shown as unknown and is no change by itself`() throws {
    let sync = Manifest.sync + "  postBuild: {substituteFrom: [{kind: Secret, name: vars}]}\n"
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", sync)
    try repository.write("clusters/hq/a.yaml", Self.map("a", "a.${DOMAIN}"))
    try repository.write("clusters/hq/b.yaml", Self.map("b", "b.${DOMAIN}"))
    try repository.commit("variables")
    try repository.git("branch --force main")
    try repository.write("clusters/hq/a.yaml", Self.map("a", "www.${DOMAIN}"))
    try repository.commit("www")
    let result = try plan()
    #expect(result.text.contains("data.key: (unknown: a.${DOMAIN}) → (unknown: www.${DOMAIN})\n"))
    #expect(!result.text.contains("default/b"))
    #expect(result.errorText.contains("warning: clusters/hq/flux-system/gotk-sync.yaml: Secret flux-system/vars"))
    #expect(result.status == 0)
  }

  @Test func `remote bases are named, and what they feed is not taken for deleted`() throws {
    try repository.write("clusters/hq/base/kustomization.yaml", "resources: [a.yaml]\n")
    try repository.write("clusters/hq/base/a.yaml", Self.map("a", "1"))
    try repository.commit("local")
    try repository.git("branch --force main")
    try repository.write("clusters/hq/base/kustomization.yaml", "resources: ['https://example.com/a.yaml']\n")
    try repository.commit("remote")
    let result = try plan()
    #expect(result.errorText.contains("a remote source is not fetched; what it holds is unknown"))
    #expect(result.text.contains("! ConfigMap default/a"))
    #expect(result.status == 0)
  }

  @Test func `a revision that is not there ends with 2, and so does a format that has no room for a plan`() throws {
    #expect(try repository.fluxwarden("plan", "nowhere").status == 2)
    let sarif = try repository.fluxwarden("plan", "main", "--format", "sarif")
    #expect(sarif.status == 2 && sarif.errorText.contains("text, json, jsonl, markdown"))
  }

  @Test func `a review tells the headline`() throws {
    try repository.git(["rm", "-r", "--quiet", "clusters/hq/prod"])
    try repository.commit("away")
    #expect(try repository.report("review", "main").value["plan"]["headline"]["clusters"].int == -1)
    #expect(try repository.fluxwarden("review", "main").text.contains("Blast radius: 1 cluster and 9 machines lost\n"))
  }

  @Test func `a claim added to a file that no rule minds is in the headline of a review`() throws {
    let map = Self.map("a", "1")
    try repository.write("clusters/hq/map.yaml", map)
    try repository.commit("map")
    try repository.git("branch --force main")
    let claim = "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk, namespace: default}\n"
    try repository.write("clusters/hq/map.yaml", map + claim)
    try repository.commit("disk")
    #expect(try repository.report("review", "main").value["plan"]["headline"]["persistentVolumeClaims"].int == 1)
  }

  private static func map(_ name: String, _ value: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: default}\ndata:\n  key: \(value)\n"
  }
}
