import Policy
import Testing

/// Targets of patches: what fitted nothing when it was the patch's turn is told, and nothing else.
@Suite struct PatchTargetTests {
  private static let overlay = "clusters/mgmt/web/kustomization.yaml"

  /// What is said of patches of the overlay.
  private func said(_ patches: String, isNew: Bool = false) -> [String] {
    var before = TestFleet.files
    for (name, kind) in [("web", "Deployment"), ("front", "Service")] {
      before["base/\(name).yaml"] =
        "apiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name), namespace: web, labels: {tier: back}}\n"
    }
    before["base/kustomization.yaml"] = "resources: [web.yaml, front.yaml]\n"
    before["clusters/mgmt/kustomization.yaml"] = "resources: [mgmt/eksa-system, flux-system, web]\n"
    var after = before
    before[Self.overlay] = isNew ? nil : "resources: [../../../base]\n"
    if isNew { before["clusters/mgmt/kustomization.yaml"] = "resources: [mgmt/eksa-system, flux-system]\n" }
    after[Self.overlay] = "resources: [../../../base]\npatches:\n\(patches)"
    return Judgement(before: before, after: after).findings
      .filter { $0.rule == "kustomization-silent-loss" }.map(\.message)
  }

  @Test func `a patch that renames what it fits has an effect, and so has the next one by either name`() {
    let patches = """
      - target: {kind: Deployment, name: web}
        options: {allowNameChange: true}
        patch: '[{"op": "replace", "path": "/metadata/name", "value": "shop"}]'
      - target: {kind: Deployment, name: web}
        patch: '[{"op": "add", "path": "/metadata/labels/a", "value": "b"}]'
      - target: {kind: Deployment, name: shop}
        patch: '[{"op": "add", "path": "/metadata/labels/c", "value": "d"}]'

      """
    #expect(said(patches) == [])
    #expect(said(patches, isNew: true) == [])
  }

  @Test func `a patch that deletes what it fits has an effect`() {
    let patch = "{$patch: delete, apiVersion: v1, kind: Service, metadata: {name: front}}"
    #expect(said("- {target: {kind: Service, name: front}, patch: '\(patch)'}\n") == [])
  }

  @Test(arguments: [
    ("{kind: Deployment, name: we}", "Deployment we"),
    ("{kind: Deployment, name: web, namespace: default}", "Deployment web, namespace default"),
    ("{labelSelector: tier=front}", "labelSelector tier=front"),
    ("{kind: Stateful.*}", "Stateful.*"),
  ])
  func `a target that fits nothing is told in its own words`(target: String, words: String) throws {
    let patch = #"[{"op": "add", "path": "/metadata/labels/a", "value": "b"}]"#
    let messages = said("- {target: \(target), patch: '\(patch)'}\n")
    #expect(
      messages == [
        "No object fits the target \(words) of a patch in \(Self.overlay): the patch has no effect."
      ])
    #expect(said("- {target: {kind: Deployment, namespace: web, labelSelector: tier!=x}, patch: '\(patch)'}\n") == [])
  }

  @Test func `a target in a component is counted together over all that build it`() {
    let patch = #"[{"op": "add", "path": "/metadata/labels/a", "value": "b"}]"#
    var after = TestFleet.files
    after["clusters/mgmt/kustomization.yaml"] = "resources: [mgmt/eksa-system, flux-system, one, two]\n"
    for name in ["one", "two"] {
      after["clusters/mgmt/\(name)/kustomization.yaml"] =
        "resources: [map.yaml]\ncomponents: [../../../component]\n"
      after["clusters/mgmt/\(name)/map.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n"
    }
    after["component/kustomization.yaml"] =
      "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n"
      + "patches: [{target: {name: one}, patch: '\(patch)'}]\n"
    let findings = Judgement(before: TestFleet.files, after: after).findings
    #expect(!findings.contains { $0.rule == "kustomization-silent-loss" }, "\(findings.map(\.message))")
  }
}
