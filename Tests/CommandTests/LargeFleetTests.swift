import TestSupport
import Testing

/// Fleets of hundreds of Flux Kustomizations: what is asked of the whole fleet is asked once. The bounds are some thirty
/// times what is needed, and a part of what it takes where each object asks again.
@Suite struct LargeFleetTests {
  private func seconds(of work: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try work()
    return start.duration(to: .now)
  }

  @Test func `namespaces in a folder that two hundred tenants call theirs are judged in seconds`() throws {
    let repository = try TestRepository()
    try repository.write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync)
    try repository.write(
      "clusters/hq/apps.yaml",
      (0..<400).map { Home.flux("k\($0)", path: "apps/k\($0)") }.joined(separator: "---\n"))
    let tenants = (0..<200).map { number in
      Home.flux("t\(number)", path: "deploy").replacing(
        "{kind: GitRepository, name: flux-system,", with: "{kind: OCIRepository, name: t\(number),")
        + "---\n" + Home.object("OCIRepository", "t\(number)", namespace: "flux-system", apiVersion: Self.sources)
        + "spec: {url: \"oci://ghcr.io/tenants/t\(number)\"}\n"
    }
    try repository.write("clusters/hq/tenants.yaml", tenants.joined(separator: "---\n"))
    try repository.write("deploy/settings.yaml", Home.object("ConfigMap", "settings"))
    try repository.commit("the fleet")
    for number in 1...5 {
      try repository.write("deploy/n\(number).yaml", Home.object("Namespace", "n\(number)", namespace: nil))
    }
    try repository.commit("namespaces", minute: 1)
    let time = try seconds {
      let report = try repository.report("audit")
      #expect(report.status == 0 && report.findings.isEmpty, "\(report.rules)")
    }
    #expect(time < .seconds(20))
  }

  private static let sources = "source.toolkit.fluxcd.io/v1"
}
