import TestSupport
import Testing

/// A build that fails, and what comes after it.
@Suite struct BrokenBuildTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  @Test(arguments: [
    "a: b: c\n", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n",
    "apiVersion: example.com/v1\nkind: Gadget\na: [\n",
  ])
  func `a new file that does not parse stalls the root that builds its folder`(text: String) throws {
    try repository.write("clusters/hq/notes.yaml", text)
    try repository.git("add -A")
    let found = try repository.report("check").only("manifest-unreadable")
    #expect(found["location"]["path"].text == "clusters/hq/notes.yaml" && found["severity"].text == "high")
    try repository.git("reset --quiet")
    try repository.write("elsewhere/notes.yaml", text)
    try repository.git("rm --quiet --cached --ignore-unmatch clusters/hq/notes.yaml")
    try repository.git("add elsewhere")
    #expect(try repository.report("check").rules.isEmpty)
  }

  @Test(arguments: ["1", "2", "5"])
  func `what is deleted after a repair is told, however many threads look`(jobs: String) throws {
    let apps = """
      apiVersion: v1
      kind: Namespace
      metadata: {name: web}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data, namespace: web}
      spec: {resources: {requests: {storage: 1Gi}}}

      """
    try repository.write("clusters/hq/apps.yaml", apps + "a: b: c\n")
    try repository.commit("broken", minute: 1)
    try repository.write("clusters/hq/apps.yaml", apps)
    try repository.commit("mended", minute: 2)
    try repository.git("rm --quiet clusters/hq/apps.yaml")
    let removal = try repository.commit("removed", minute: 3)
    let report = try repository.report("audit", "--jobs", jobs)
    for rule in ["namespace-removed", "persistent-volume-removed"] {
      let found = try report.only(rule)
      #expect(found["commit"]["id"].text == removal && found["verdict"].text == "pruned")
    }
  }

  @Test func `the same removal is told again on a branch that left after it was undone`() throws {
    func remove(_ minute: Int) throws -> String {
      try repository.git("rm --quiet \(Manifest.path)")
      return try repository.commit("removed \(minute)", minute: minute)
    }
    let first = try remove(1)
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("back", minute: 2)
    try repository.git("checkout --quiet -b change")
    let second = try remove(3)
    try repository.git("checkout --quiet -")
    let commits = try repository.report("audit", "--all").findings.filter {
      $0["rule"].text == "workload-cluster-removed"
    }
    .compactMap { $0["commit"]["id"].text }
    #expect(Set(commits) == [first, second])
  }

  @Test func `an audit takes ranges as git log does`() throws {
    try repository.scaleToZero()
    let first = try repository.commit("to zero", minute: 1)
    try repository.git("rm --quiet \(Manifest.path)")
    try repository.commit("removed", minute: 2)
    #expect(try repository.report("audit", "\(first)..HEAD").rules == ["workload-cluster-removed"])
    #expect(try repository.report("audit", "HEAD", "^\(first)").rules == ["workload-cluster-removed"])
  }

  @Test func `what stood there before Flux was told to sync it is told once`() throws {
    let repository = try TestRepository()
    try repository.write(
      "clusters/hq/machines.yaml", Manifest.machineConfigs.replacing("insecure: false", with: "insecure: true"))
    try repository.write(Manifest.path, Manifest.cluster())
    let first = try repository.commit("the cluster")
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync)
    try repository.commit("the sync", minute: 1)
    let found = try repository.report("audit").only("vsphere-insecure")
    #expect(found["commit"]["id"].text == first)
    #expect(try repository.report("review", "HEAD~1..HEAD").rules.isEmpty)
  }

  @Test func `an empty sync that the EKS Anywhere CLI is about to fill is no sync yet`() throws {
    let repository = try TestRepository()
    let folder = "clusters/hq/flux-system"
    try repository.write("\(folder)/gotk-sync.yaml", "")
    try repository.write("\(folder)/kustomization.yaml", "resources: [gotk-components.yaml, gotk-sync.yaml]\n")
    try repository.write("clusters/hq/machines.yaml", Manifest.machineConfigs)
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit("configuration")
    #expect(try repository.report("audit").rules.isEmpty)
  }
}
