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

  private static let base = Home.base.merging([
    "clusters/hq/apps.yaml": Home.flux("apps", path: "apps"), "apps/map.yaml": Home.object("ConfigMap", "map"),
  ]) { $1 }

  private static func changed(_ files: [String: String?]) -> [String: String] {
    base.merging(files.compactMapValues { $0 }) { $1 }.filter { name, _ in !files.contains { $0 == name && $1 == nil } }
  }

  @Test func `an immutable field is told where one file of a folder is edited`() throws {
    let job = Home.object("Job", "migrate", apiVersion: "batch/v1")
    let spec = "spec: {template: {spec: {containers: [{name: a, image: web:1}]}}}\n"
    let edit = try Edit(
      Self.changed(["apps/job.yaml": job + spec]),
      Self.changed(["apps/job.yaml": job + spec.replacing("web:1", with: "web:2")]))
    let finding = try edit.review().only("immutable-field-edit")
    #expect(finding["severity"].text == "high" && finding["verdict"].text == "rejected")
    let kustomization = try edit.plan()["roots"].items.first?["kustomizations"].items.first
    #expect(kustomization?["verdict"].text == "stalled")
    #expect(kustomization?["reason"].text == "the API server refuses Job default/migrate")
  }

  @Test(arguments: [
    "kustomize.toolkit.toolkit.fluxcd.io/v1", "kustomize.toolkit.fluxcd.io/v2", "kustomise.toolkit.fluxcd.io/v1",
  ])
  func `a Kustomization of a group or version that there is not stops what applies it`(_ version: String) throws {
    let apps = Home.flux("apps", path: "apps").replacing("kustomize.toolkit.fluxcd.io/v1", with: version)
    let claim = ["apps/claim.yaml": Home.object("PersistentVolumeClaim", "data")]
    let edit = try Edit(
      Self.base.merging(claim) { $1 },
      Self.base.merging(claim.merging(["clusters/hq/apps.yaml": apps]) { $1 }) { $1 })
    let review = try edit.review()
    let finding = try review.only("value-out-of-range")
    #expect(finding["severity"].text == "high" && finding["verdict"].text == "rejected")
    #expect(finding["message"].text?.contains("may be meant") == true)
    #expect((review.rules.count > 1) == !version.hasSuffix("v2"))
    for other in review.findings where other["rule"].text != "value-out-of-range" {
      #expect(other["severity"].text == "low" && other["verdict"].text == "stalled", "\(other)")
      #expect(other["message"].text?.contains("It stays where the refusal of Kustomization") == true, "\(other)")
    }
    let plan = try edit.plan()
    #expect(plan["lost"]["persistentVolumeClaims"].int == 0)
    let root = plan["roots"].items.first?["kustomizations"].items.first
    #expect(root?["name"].text == "flux-system" && root?["verdict"].text == "stalled")
  }

  @Test func `an older version stops it where the installed Flux does not serve it`() throws {
    let old = Home.flux("apps", path: "apps").replacing("fluxcd.io/v1\n", with: "fluxcd.io/v1beta2\n")
    let served = { (isServed: Bool) in
      Home.object(
        "CustomResourceDefinition", "kustomizations.kustomize.toolkit.fluxcd.io", namespace: nil,
        apiVersion: "apiextensions.k8s.io/v1") + """
          spec:
            group: kustomize.toolkit.fluxcd.io
            names: {kind: Kustomization, plural: kustomizations}
            scope: Namespaced
            versions:
            - {name: v1, served: true, storage: true}
            - {name: v1beta2, served: \(isServed), storage: false}

          """
    }
    for isServed in [true, false] {
      let base = Self.base.merging(["clusters/hq/definitions.yaml": served(isServed)]) { $1 }
      let review = try Edit(base, base.merging(["clusters/hq/apps.yaml": old]) { $1 }).review()
      #expect(review.rules == (isServed ? [] : ["value-out-of-range"]))
    }
  }

  @Test func `without the source of its variables a Kustomization deletes nothing`() throws {
    let apps = Home.flux(
      "apps", path: "apps",
      spec: ["prune: true", "postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}"])
    let vars = Home.object("ConfigMap", "vars", namespace: "flux-system") + "data: {A: b}\n"
    let before = [
      "clusters/hq/apps.yaml": apps, "clusters/hq/vars.yaml": vars,
      "apps/claim.yaml": Home.object("PersistentVolumeClaim", "data"),
    ]
    let edit = try Edit(
      Self.changed(before), Self.changed(["clusters/hq/apps.yaml": apps]))
    let finding = try edit.review().only("persistent-volume-removed")
    #expect(finding["severity"].text == "medium" && finding["verdict"].text == "stalled")
    #expect(finding["message"].text?.contains("as soon as ConfigMap flux-system/vars is there again") == true)
    let plan = try edit.plan()
    #expect(plan["lost"]["persistentVolumeClaims"].int == 0)
    let stalled = plan["roots"].items.first?["kustomizations"].items.first { $0["name"].text == "apps" }
    #expect(stalled?["verdict"].text == "stalled")
    let optional = apps.replacing("name: vars}", with: "name: vars, optional: true}")
    let fine = try Edit(
      Self.changed(before).merging(["clusters/hq/apps.yaml": optional]) { $1 },
      Self.changed(["clusters/hq/apps.yaml": optional]))
    #expect(try fine.plan()["lost"]["persistentVolumeClaims"].int == 1)
  }
}
