import Policy
import Testing

/// What is said of references of Flux's objects that lead to nothing.
@Suite struct FluxReferenceTests {
  private static func map(_ name: String, kind: String = "ConfigMap") -> String {
    "apiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name), namespace: flux-system}\n"
  }

  private static func release(_ name: String, _ spec: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 1h
      chart: {spec: {chart: \(name), sourceRef: {kind: HelmRepository, name: charts}}}
      \(spec)

    """
  }

  private static let charts = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: charts, namespace: flux-system}
    spec: {url: "https://charts.example.com"}

    """

  /// Two applications, the second with more of its spec.
  private static func fleet(_ more: String = "interval: 1h", first: String = "interval: 1h") -> [String: String] {
    TestFleet.files.merging([
      "clusters/mgmt/core.yaml": TestFleet.kustomization("core", path: "./core", more: first),
      "clusters/mgmt/db.yaml": TestFleet.kustomization("db", path: "./db", more: more),
      "core/a.yaml": map("a"), "db/b.yaml": map("b"),
    ]) { $1 }
  }

  private func told(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings.filter {
      ["dangling-ref", "config-removed-still-referenced"].contains($0.rule)
    }
  }

  @Test func `a dependency that leaves is told, not where it stays`() {
    let before = Self.fleet("dependsOn: [{name: core}]")
    var after = before
    after["clusters/mgmt/core.yaml"] = nil
    let found = told(before, after)
    #expect(found.map(\.rule) == ["config-removed-still-referenced"] && found.first?.severity == .high)
    #expect(found.first?.message.contains("Kustomization flux-system/db still refers to it") == true)
    after["clusters/mgmt/db.yaml"] = Self.fleet()["clusters/mgmt/db.yaml"]
    #expect(told(before, after).isEmpty)
  }

  @Test func `a dependency that names nothing is told once, when it is written`() {
    let after = Self.fleet("dependsOn: [{name: cor}]")
    let found = told(Self.fleet(), after)
    #expect(found.map(\.rule) == ["dangling-ref"] && found.first?.message.contains("flux-system/cor") == true)
    var later = after
    later["db/b.yaml"] = Self.map("c")
    #expect(told(after, later).isEmpty)
    #expect(told(Self.fleet(), Self.fleet("dependsOn: [{name: core}]")).isEmpty)
  }

  @Test func `Kustomizations that wait for each other are told`() {
    let found = told(
      Self.fleet("dependsOn: [{name: core}]"),
      Self.fleet("dependsOn: [{name: core}]", first: "dependsOn: [{name: db}]"))
    #expect(found.map(\.rule) == ["dangling-ref"] && found.first?.message.contains("in turn") == true)
  }

  @Test func `where another repository applies something, a name is not known to be wrong`() {
    let other = TestFleet.kustomization("other", path: "./x").replacing(
      "sourceRef: {kind: GitRepository, name: flux-system}", with: "sourceRef: {kind: OCIRepository, name: other}")
    let more = ["clusters/mgmt/other.yaml": other]
    #expect(
      told(Self.fleet().merging(more) { $1 }, Self.fleet("dependsOn: [{name: cor}]").merging(more) { $1 }).isEmpty)
  }

  @Test(arguments: [
    "decryption: {provider: sops, secretRef: {name: key}}", "kubeConfig: {secretRef: {name: key}}",
  ])
  func `a Secret that a Kustomization needs is told when it leaves`(line: String) {
    let after = Self.fleet(line)
    let before = after.merging(["clusters/mgmt/key.yaml": Self.map("key", kind: "Secret")]) { $1 }
    #expect(told(before, after).map(\.rule) == ["config-removed-still-referenced"])
  }

  @Test(arguments: [
    (charts, "timeout: 5m", 1), (map("values"), "valuesFrom: [{kind: ConfigMap, name: values}]", 1),
    (map("values"), "valuesFrom: [{kind: ConfigMap, name: values, optional: true}]", 0),
    (map("values"), "suspend: true\n  valuesFrom: [{kind: ConfigMap, name: values}]", 0),
    (release("core", "timeout: 5m"), "dependsOn: [{name: core}]", 1),
  ])
  func `what a release can not do without is told when it leaves`(needed: String, line: String, count: Int) {
    let after = Self.fleet().merging(["db/web.yaml": Self.release("web", line)]) { $1 }
    let found = told(after.merging(["db/needed.yaml": needed]) { $1 }, after)
    #expect(found.count == count, "\(found.map(\.message))")
  }

  @Test func `a Secret may be made of another object, and be made otherwise from now on`() {
    let after = Self.fleet("decryption: {provider: sops, secretRef: {name: key}}")
    let path = "clusters/mgmt/key.yaml"
    func side(_ text: String) -> [String: String] { after.merging([path: text]) { $1 } }
    let external = """
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: sops, namespace: flux-system}
      spec: {target: {name: key}, secretStoreRef: {name: vault}}
      """
    #expect(told(side(external), after).map(\.rule) == ["config-removed-still-referenced"])
    #expect(told(side(external.replacing("name: key}", with: "name: key, creationPolicy: Orphan}")), after).isEmpty)
    #expect(told(side(Self.map("key", kind: "Secret")), side(external)).isEmpty)
    #expect(told(side(external), side(Self.map("key", kind: "Secret"))).isEmpty)
  }

  @Test func `the source of many releases is one finding`() {
    let after = Self.fleet().merging([
      "db/web.yaml": (1...5).map { Self.release("web\($0)", "timeout: 5m") }.joined(separator: "---\n")
    ]) { $1 }
    let found = told(after.merging(["db/charts.yaml": Self.charts]) { $1 }, after)
    #expect(found.count == 1 && found.first?.message.contains("3 more objects") == true, "\(found.map(\.message))")
  }

  @Test func `a guard keeps what is referred to`() {
    let guarded = Self.charts.replacing(
      "flux-system}", with: "flux-system, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}}")
    let after = Self.fleet().merging(["db/web.yaml": Self.release("web", "timeout: 5m")]) { $1 }
    #expect(told(after.merging(["db/charts.yaml": guarded]) { $1 }, after).isEmpty)
  }
}
