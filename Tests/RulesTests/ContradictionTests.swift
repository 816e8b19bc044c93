import Flux
import Policy
import Rules
import Testing

/// Findings of one change that agree with each other and with what Flux does.
@Suite struct ContradictionTests {
  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: default}\n"
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }

  @Test func `a new path never arrives where the folder that Flux still builds fails`() throws {
    let before = [
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a"),
      "clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml, map.yaml]\n",
      "clusters/a/map.yaml": Self.map("map"),
    ]
    let after = [
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/b"),
      "clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml, map.yaml]\n",
      "clusters/b/map.yaml": Self.map("map"),
    ]
    let finding = try #require(judge(before, after).first { $0.rule == "flux-path-changed" })
    #expect(finding.severity == .high)
    #expect(finding.verdict == .stalled)
    #expect(finding.message.hasSuffix("whose build fails now, so that Flux never comes to the new path."))
  }

  @Test func `a Kustomization that stops applying its own manifest is not removed`() {
    let overlay = "clusters/a/overlay"
    let before = [
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a"),
      "clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml, overlay/extra.yaml]\n",
      "\(overlay)/extra.yaml": TestFleet.kustomization("extra", path: "./\(overlay)"),
      "\(overlay)/certs/map.yaml": Self.map("map"),
    ]
    let moved = TestFleet.kustomization("extra", path: "./\(overlay)/certs")
    let after = before.merging(["\(overlay)/extra.yaml": moved]) { $1 }
    #expect(judge(before, after).map(\.rule) == ["object-changes-owner"])
  }

  @Test func `a Kustomization whose own folder goes is not told to lack the path of itself`() throws {
    let before = [
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a"),
      "clusters/a/map.yaml": Self.map("map"), "README.md": "",
    ]
    let finding = try #require(judge(before, ["README.md": ""]).first { $0.rule == "flux-sync-removed" })
    #expect(finding.message.contains("but its own folder is gone, so that Flux deletes nothing yet"))
  }

  @Test func `a release that installs Flux and stays for now is told so`() throws {
    let before = [
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a"),
      "clusters/a/core.yaml": TestFleet.kustomization("core", path: "./core"),
      "core/release.yaml": """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: flux2, namespace: flux-system}
      spec: {chart: {spec: {chart: flux2, sourceRef: {kind: HelmRepository, name: flux}}}}

      """,
    ]
    let after = before.filter { !$0.key.hasPrefix("core/") }
    let finding = try #require(judge(before, after).first { $0.rule == "flux-components-edited" })
    #expect(finding.severity == .high)
    #expect(finding.message.contains("so that nothing is deleted yet"))
  }
}
