import TestSupport
import Testing

/// A repository that does not say what Flux was started with.
@Suite struct RootlessTests {
  @Test func `a plan says that nothing is known to be applied`() throws {
    let apps = Home.flux("apps", path: "apps").replacing("GitRepository", with: "OCIRepository")
    let map = Home.object("ConfigMap", "shop")
    let edit = try Edit(["flux/apps.yaml": apps, "apps/map.yaml": map], ["flux/apps.yaml": apps])
    let report = try edit.repository.report("plan", "main")
    #expect(report.diagnostics.contains { $0.hasPrefix("warning: flux/apps.yaml: ") && $0.contains("sync.roots") })
    try edit.repository.write(".fluxwarden.yaml", "sync: {roots: [flux]}\n")
    try edit.repository.commit("configured", minute: 1)
    try edit.repository.write("apps/map.yaml", map)
    try edit.repository.commit("back", minute: 2)
    let plan = try edit.repository.report("plan", "HEAD^")
    #expect(plan.status == 0 && plan.diagnostics.isEmpty, "\(plan.errors)")
    #expect(plan.value["plan"]["unreached"].items.map { $0["object"]["name"].text } == ["shop"])
  }

  @Test(arguments: [
    "instance:\n  distribution: {version: 2.x}\n",
    "instance:\n  sync: {kind: GitRepository, url: https://a.example/b}\n",
  ])
  func `a file of values that loses the sync takes all along`(_ values: String) throws {
    let sync = """
      instance:
        distribution: {version: 2.x}
        sync:
          kind: GitRepository
          url: https://a.example/b
          path: clusters/hq

      """
    let files = [
      "flux/values.yaml": sync, "clusters/hq/apps.yaml": Home.flux("apps", path: "apps", spec: ["prune: true"]),
      "apps/namespace.yaml": Home.object("Namespace", "web"),
    ]
    let edit = try Edit(files, files.merging(["flux/values.yaml": values]) { $1 })
    #expect(try edit.repository.report("review", "main").only("namespace-removed")["verdict"].text == "pruned")
  }
}
