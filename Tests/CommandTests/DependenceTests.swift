import TestSupport
import Testing

/// Flux begins with a Kustomization only when those that it depends on are ready and have applied the same revision.
@Suite struct DependenceTests {
  private static let waits = ["prune: true", "dependsOn: [{name: pre}]"]
  private static let files = Home.base.merging([
    "clusters/hq/pre.yaml": Home.flux("pre", path: "pre"),
    "clusters/hq/app.yaml": Home.flux("app", path: "app", spec: waits),
    "pre/kustomization.yaml": "resources: [map.yaml]\n", "pre/map.yaml": Home.object("ConfigMap", "pre"),
    "app/a.yaml": Home.object("PersistentVolumeClaim", "a"), "app/b.yaml": Home.object("PersistentVolumeClaim", "b"),
  ]) { $1 }

  /// The base without a claim of the application, and with what else changes; `nil` for what goes.
  private func edit(_ changes: [String: String?]) throws -> Edit {
    var after = Self.files
    after["app/b.yaml"] = nil
    for (path, text) in changes { after[path] = text }
    return try Edit(Self.files, after)
  }

  @Test(arguments: [
    ("build fails", ["pre/kustomization.yaml": "resources: [map.yaml, gone.yaml]\n"]),
    ("is not there", ["clusters/hq/pre.yaml": nil, "pre/kustomization.yaml": nil, "pre/map.yaml": nil]),
    ("waits itself", ["clusters/hq/pre.yaml": Home.flux("pre", path: "pre", spec: ["dependsOn: [{name: app}]"])]),
    (
      "is not there",
      ["clusters/hq/app.yaml": Home.flux("app", path: "app", spec: ["prune: true", "dependsOn: [{name: pree}]"])]
    ),
  ])
  func `what waits for something that never comes deletes nothing`(_ reason: String, _ changes: [String: String?])
    throws
  {
    let edit = try edit(changes)
    let finding = try edit.review().only("persistent-volume-removed")
    #expect(finding["verdict"].text == "stalled" && finding["severity"].text == "medium")
    #expect(
      finding["message"].text?.contains(reason) == true && finding["message"].text?.contains("depends on") == true)
    let plan = try edit.plan()
    #expect(plan["headline"]["persistentVolumeClaims"] == .number(0))
    let text = try edit.repository.fluxwarden("plan", "main").text
    #expect(text.contains("stalled: it depends on flux-system/pre"), "\(text)")
  }

  @Test func `what waits for one that is suspended deletes nothing, unless that begins only now`() throws {
    let suspended = ["clusters/hq/pre.yaml": Home.flux("pre", path: "pre", spec: ["prune: true", "suspend: true"])]
    #expect(try edit(suspended).review().only("persistent-volume-removed")["verdict"].text == "pruned")
    let before = Self.files.merging(suspended) { $1 }
    let still = try Edit(before, before.filter { $0.key != "app/b.yaml" })
    #expect(try still.review().only("persistent-volume-removed")["verdict"].text == "stalled")
  }

  @Test(arguments: [
    "dependsOn: [{name: other}]", "dependsOn: [{name: pre, readyExpr: 'true'}]", "dependsOn: [{name: '${who}'}]",
  ])
  func `what is missing all the time, or ready when an expression says so, is no reason`(_ line: String) throws {
    let broken = ["pre/kustomization.yaml": "resources: [map.yaml, gone.yaml]\n"]
    let before = Self.files.merging([
      "clusters/hq/app.yaml": Home.flux("app", path: "app", spec: ["prune: true", line])
    ]) {
      $1
    }
    let edit = try Edit(before, before.merging(broken) { $1 }.filter { $0.key != "app/b.yaml" })
    #expect(try edit.review().only("persistent-volume-removed")["verdict"].text == "pruned")
  }

  @Test func `who waits for the new owner does not delete what moves there`() throws {
    let claim = try #require(Self.files["app/b.yaml"])
    let moved = try edit(["pre/kustomization.yaml": "resources: [map.yaml, b.yaml]\n", "pre/b.yaml": claim])
    let finding = try moved.review().only("object-changes-owner")
    #expect(finding["severity"].text == "low" && finding["message"].text?.contains("waits") == true)
    let back = try Edit(
      Self.files.merging(["pre/kustomization.yaml": "resources: [map.yaml, b.yaml]\n", "pre/b.yaml": claim]) { $1 }
        .filter { $0.key != "app/b.yaml" }, Self.files)
    #expect(try back.review().only("object-changes-owner")["severity"].text == "high")
  }
}
