import TestSupport
import Testing

/// What `fluxwarden plan`, and the headline of a review, make of an object that the API server does not take.
@Suite struct RefusedPlanTests {
  private static let sync = "clusters/hq/flux-system/gotk-sync.yaml"
  private let repository: TestRepository

  init() throws {
    repository = try .fleet()
  }

  private func plan(force: Bool, _ edit: (TestRepository) throws -> Void) throws -> String {
    if force {
      try repository.write(
        Self.sync, Manifest.sync.replacing("  prune: true\n", with: "  prune: true\n  force: true\n"))
      #expect(Manifest.sync.contains("prune: true"))
      try repository.commit("force")
    }
    try repository.git("checkout --quiet -b change")
    try edit(repository)
    try repository.commit("edit")
    return try repository.fluxwarden("plan", "main").text
  }

  @Test func `an immutable field under force is a cluster that goes and comes`() throws {
    let text = try plan(force: true) {
      try $0.write(Manifest.path, Manifest.cluster().replacing("10.0.0.10", with: "10.0.0.99"))
    }
    #expect(
      text == """
        Blast radius: 1 cluster and 9 machines lost; 1 cluster and 9 machines gained
        Flux would delete 1 object and create 1.

        clusters/hq
          flux-system/flux-system
            - Cluster default/prod
                the API server refuses the edit, and force deletes the object
            + Cluster default/prod

        """)
  }

  @Test func `a value that is refused under force is a cluster that goes`() throws {
    let text = try plan(force: true) {
      try $0.write(Manifest.path, Manifest.cluster().replacing("{count: 3, endpoint", with: "{count: 2, endpoint"))
    }
    #expect(
      text == """
        Blast radius: 1 cluster and 9 machines lost
        Flux would delete 1 object; 1 change would not be carried out.

        clusters/hq
          flux-system/flux-system
            stalled: the API server refuses Cluster default/prod
            - Cluster default/prod
                the API server refuses the edit, and force deletes the object
            ! Cluster default/prod
                not created, the API server refuses the new one as well

        """)
    let headline = try repository.report("review", "main").value["plan"]
    #expect(headline["headline"]["clusters"].int == -1 && headline["lost"]["machines"].int == 9)
  }

  @Test func `nothing beside an object that is refused is applied or deleted`() throws {
    let text = try plan(force: false) {
      try $0.write(Manifest.path, Manifest.cluster().replacing("10.0.0.10", with: "10.0.0.99"))
      try $0.write("clusters/hq/space.yaml", Home.object("Namespace", "space", namespace: nil))
      try $0.write("clusters/hq/apps.yaml", Home.flux("apps", path: "apps"))
      try $0.write("apps/claim.yaml", Home.object("PersistentVolumeClaim", "data"))
    }
    #expect(
      text == """
        Blast radius: no cluster, machine, namespace or volume comes or goes
        Flux would change nothing; 4 changes would not be carried out.

        clusters/hq
          flux-system/flux-system
            stalled: the API server refuses Cluster default/prod
            ! Cluster default/prod (not changed, the API server refuses it)
                ~ spec.controlPlaneConfiguration.endpoint.host: 10.0.0.10 → 10.0.0.99
            ! Kustomization flux-system/apps (not created)
            ! Namespace space (not created)
          flux-system/apps
            stalled: the API server refuses Cluster default/prod
            ! PersistentVolumeClaim default/data (not created)

        """)
  }

  @Test func `what a Kustomization applies stays that can not go`() throws {
    try repository.write("clusters/hq/apps.yaml", Home.flux("apps", path: "apps"))
    try repository.write("apps/claim.yaml", Home.object("PersistentVolumeClaim", "data"))
    try repository.commit("apps")
    let text = try plan(force: false) {
      try $0.write(Manifest.path, Manifest.cluster().replacing("10.0.0.10", with: "10.0.0.99"))
      try $0.delete("clusters/hq/apps.yaml")
    }
    #expect(text.hasPrefix("Blast radius: no cluster, machine, namespace or volume comes or goes\n"))
    #expect(text.contains("! Kustomization flux-system/apps (not deleted)"))
    #expect(text.contains("! PersistentVolumeClaim default/data (not deleted)"), "\(text)")
  }
}
