import Policy
import Rules
import Testing

/// What is said of objects that leave while no Flux Kustomization is known to apply them.
@Suite struct UnappliedTests {
  private static let fleet = [
    "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a"),
    "clusters/a/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: default}\n",
  ]

  private static let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"

  private func removal(_ path: String, beside others: [String: String] = [:]) throws -> Finding {
    let after = Self.fleet.merging(others) { $1 }
    let before = after.merging([path: Self.namespace]) { $1 }
    return try #require(Judgement(before: before, after: after).findings.first { $0.rule == "namespace-removed" })
  }

  @Test func `an object that Flux applies is deleted`() throws {
    let finding = try removal("clusters/a/shop.yaml")
    #expect(finding.severity == .high)
    #expect(finding.message.contains("leaves Git: everything in it is deleted"))
  }

  @Test func `an object that nobody is known to apply counts less and is told with a condition`() throws {
    let finding = try removal("stash/shop.yaml")
    #expect(finding.severity == .medium)
    #expect(finding.message.contains("where somebody applies it, as no Flux Kustomization of this repository does,"))
  }

  @Test func `a Kustomization that somebody may have applied by hand speaks for the object`() throws {
    let finding = try removal(
      "stash/shop.yaml", beside: ["flux/stash.yaml": TestFleet.kustomization("stash", path: "./stash")])
    #expect(finding.severity == .high)
  }

  @Test func `without Flux in the repository files are judged as written`() throws {
    let findings = Judgement(before: ["shop.yaml": Self.namespace], after: [:]).findings
    #expect(findings.map(\.message) == ["Namespace shop leaves Git: everything in it is deleted, volumes included."])
  }

  @Test func `an object that comes to name its namespace loses nothing`() {
    func cluster(_ metadata: String) -> String {
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {\(metadata)}\n"
    }
    let before = Self.fleet.merging(["db/pg.yaml": cluster("name: pg")]) { $1 }
    let after = Self.fleet.merging(["db/pg.yaml": cluster("name: pg, namespace: shop")]) { $1 }
    #expect(Judgement(before: before, after: after).rules == [])
  }

  @Test func `a Namespace that is called after its folder's kustomization is told by that name`() throws {
    let files = [
      "apps/shop/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: _}\n",
      "apps/shop/kustomization.yaml": "namespace: shop\nresources: [namespace.yaml]\n",
    ]
    let findings = Judgement(before: files, after: [:]).findings.filter { $0.rule == "namespace-removed" }
    #expect(findings.map { $0.message.hasPrefix("Namespace shop leaves Git") } == [true])
  }

  @Test func `a cluster and a path that nobody is known to apply count less`() {
    let cluster = "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: c, namespace: fleet}\n"
    let gone = Judgement(before: Self.fleet.merging(["stash/c.yaml": cluster]) { $1 }, after: Self.fleet).findings
    #expect(gone.map(\.severity) == [.high])
    func side(_ path: String) -> [String: String] {
      Self.fleet.merging([
        "draft/apps.yaml": TestFleet.kustomization("apps", path: path), "infra/c.yaml": cluster,
        "infra2/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n",
      ]) { $1 }
    }
    let moved = Judgement(before: side("./infra"), after: side("./infra2")).findings
    #expect(
      moved.filter { $0.rule == "flux-path-changed" && $0.severity == .critical }.isEmpty, "\(moved.map(\.message))")
  }
}
