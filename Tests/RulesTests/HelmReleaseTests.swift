import Policy
import Testing

/// What is said of HelmReleases that become others, or leave.
@Suite struct HelmReleaseTests {
  private static func release(
    _ name: String = "web", namespace: String = "apps", chart: String = "web", repository: String = "charts",
    _ spec: String...
  ) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      interval: 1h
      chart: {spec: {chart: \(chart), sourceRef: {kind: HelmRepository, name: \(repository)}}}
    \(spec.map { "  \($0)\n" }.joined())
    """
  }

  private func judge(_ before: String?, _ after: String?, others: [String: String] = [:]) -> [Finding] {
    func side(_ text: String?) -> [String: String] { others.merging(text.map { ["a.yaml": $0] } ?? [:]) { $1 } }
    return Judgement(before: side(before), after: side(after)).findings
  }

  @Test(arguments: [
    "releaseName: shop", "targetNamespace: shop", "storageNamespace: shop",
  ])
  func `another target uninstalls the release`(line: String) throws {
    let found = judge(Self.release(), Self.release("web", line))
    #expect(found.map(\.rule) == ["helm-release-retargeted"])
    #expect(found.first?.severity == .medium)
    #expect(judge(Self.release("web", line), Self.release()).map(\.rule) == ["helm-release-retargeted"])
  }

  @Test func `another chart counts, and one that holds data or definitions counts more`() {
    #expect(judge(Self.release(), Self.release(chart: "shop")).map(\.severity) == [.medium])
    #expect(judge(Self.release(chart: "postgresql"), Self.release(chart: "cnpg")).map(\.severity) == [.high])
    let definitions = judge(
      Self.release(chart: "tempo-crds"), Self.release("web", chart: "tempo-crds", "releaseName: a"))
    #expect(definitions.map(\.severity) == [.high])
  }

  @Test func `a chart that comes from an OCI repository has the last name of its address`() {
    let source = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: {name: charts, namespace: apps}
      spec: {url: "oci://ghcr.io/example/charts/web"}
      """
    let after = Self.release().replacing(
      "chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: charts}}}",
      with: "chartRef: {kind: OCIRepository, name: charts}")
    #expect(
      judge(Self.release(), after, others: ["s.yaml": source]).filter { $0.rule == "helm-release-retargeted" }.isEmpty)
    #expect(
      judge(Self.release(chart: "shop"), after, others: ["s.yaml": source]).map(\.rule)
        .contains("helm-release-retargeted"))
  }

  @Test(arguments: ["releaseName: web", "targetNamespace: apps\n  releaseName: web", "releaseName: ${NAME}"])
  func `what is the default, or is not known, is no change`(line: String) {
    #expect(judge(Self.release(), Self.release("web", line)).isEmpty)
  }

  @Test func `a renamed release is uninstalled, and told once`() throws {
    let found = judge(Self.release(chart: "redis"), Self.release("shop", chart: "redis"))
    #expect(found.map(\.rule) == ["helm-release-retargeted"] && found.first?.severity == .high)
    let moved = judge(Self.release(), Self.release(namespace: "shop"))
    #expect(moved.map(\.message).first?.contains("HelmRelease apps/web becomes shop/web") == true)
  }

  @Test func `a file that only comes to name its namespace renames nothing`() {
    let without = Self.release().replacing(", namespace: apps", with: "")
    #expect(judge(without, Self.release()).isEmpty)
  }

  @Test func `one edit of many releases is one finding`() {
    let before = (1...4).map { Self.release("web\($0)") }.joined(separator: "---\n")
    let found = judge(before, before.replacing("chart: web", with: "chart: shop"))
    #expect(found.count == 1 && found.first?.message.contains("3 more places") == true, "\(found.map(\.message))")
  }

  @Test func `a release that leaves is told where its chart holds data`() {
    #expect(judge(Self.release(chart: "postgresql"), nil).map(\.rule) == ["persistent-volume-removed"])
    #expect(judge(Self.release("redis", chart: "app-template"), nil).map(\.severity) == [.medium])
    #expect(judge(Self.release("pg", chart: "prometheus-postgres-exporter"), nil).isEmpty)
    #expect(judge(Self.release(), nil).isEmpty)
    #expect(judge(Self.release("web", chart: "mariadb", "suspend: true"), nil).isEmpty)
  }

  @Test func `a release that goes with its Namespace is told with that`() {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n---\n"
    #expect(judge(namespace + Self.release(chart: "postgresql"), nil).map(\.rule) == ["namespace-removed"])
    let elsewhere = Self.release("db", namespace: "flux-system", chart: "postgresql", "targetNamespace: apps")
    #expect(judge(namespace + elsewhere, nil).map(\.rule) == ["namespace-removed"])
  }
}
