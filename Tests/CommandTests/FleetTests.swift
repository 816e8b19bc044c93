import TestSupport
import Testing

/// `examples/fleet`: what the demo and the README show.
@Suite struct FleetTests {
  let folder: TemporaryFolder
  let fleet: TestRepository

  init() throws {
    folder = try TemporaryFolder()
    fleet = try FleetTests.make("fleet", in: folder)
  }

  private static func make(_ name: String, in folder: TemporaryFolder) throws -> TestRepository {
    let result = try run(
      Product.project + "/examples/fleet", [folder.path(name)], in: folder.root, environment: Product.environment)
    guard result.status == 0 else { throw ProgramError(result.errorText) }
    return try TestRepository(folder: folder, name: name)
  }

  @Test func `two runs make the same commits`() throws {
    let other = try FleetTests.make("other", in: folder)
    #expect(try fleet.git("for-each-ref") == (try other.git("for-each-ref")))
  }

  @Test func `the state at the end is healthy`() throws {
    let report = try fleet.report("check", "--all")
    #expect(report.status == 0 && report.rules.isEmpty)
  }

  @Test func `the audit tells every mistake with the commit that made it`() throws {
    let report = try fleet.report("audit")
    let told = Set(
      report.findings.map { "\($0["rule"].text ?? ""): \($0["commit"]["summary"].text ?? "")" })
    let expected = [
      "workers-all-zero: shop: save power over the holidays",
      "github-pat: Script for the weekly release",
      "workload-cluster-removed: Remove old folders",
      "k8s-version-unquoted: shop: Kubernetes 1.32",
      "k8s-skip-minor: factory: Kubernetes 1.33",
      "worker-group-renamed: shop: a better name for the web workers",
      "cluster-renamed: shop: say where it is",
      "paused-added: factory: pause while the switches are replaced",
      "plaintext-secret: shop: mail for alerts",
      "flux-force-enabled: flux: get unstuck",
      "flux-suspended: flux: hold still during the audit",
      "flux-prune-off: flux: hold still during the audit",
    ]
    for line in expected { #expect(told.contains(line), "\(line)") }
    #expect(report.status == 1 && report.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("tidy-folders", []), ("spring-cleaning", ["workload-cluster-removed", "worker-group-renamed"]),
    ("summer-break", ["workers-all-zero", "workers-all-zero"]),
  ])
  func `each branch is judged as the README says`(_ branch: String, _ rules: [String]) throws {
    #expect(try fleet.report("review", "main...\(branch)").rules == rules)
  }

  @Test func `the plan in the README is the plan of the fleet`() throws {
    let readme = try run("cat", [Product.project + "/README.md"], in: "/", environment: Product.environment).text
    let plan = try fleet.fluxwarden("plan", "main...summer-break")
    #expect(plan.status == 0)
    #expect(readme.contains("$ fluxwarden plan main...summer-break\n\(plan.text)```\n"))
  }

  @Test func `a normal upgrade fails nobody`() throws {
    #expect(try fleet.report("review", "main...upgrade-hq").status == 0)
  }
}
