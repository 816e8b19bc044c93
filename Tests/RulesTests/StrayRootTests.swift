import Flux
import Policy
import Rules
import Testing

/// Kustomizations that look as if Flux was started with them, or that go only because it ends.
@Suite struct StrayRootTests {
  private static let sync = "clusters/a/flux-system/gotk-sync.yaml"

  private static let fleet = [
    sync: kustomization("flux-system", "./clusters/a"),
    "clusters/a/apps.yaml": kustomization("apps", "./apps"),
    "apps/kustomization.yaml": "resources: [data.yaml]\n",
    "apps/data.yaml": map("data"),
  ]

  private static func kustomization(_ name: String, _ path: String, _ more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: \(path), prune: true, sourceRef: {kind: GitRepository, name: flux-system}\(more)}

    """
  }

  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: \(name), namespace: default}\n"
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }

  @Test func `a Kustomization in its own folder that nothing lists was never live`() {
    let before = Self.fleet.merging(["apps/flux.yaml": Self.kustomization("old", "./apps")]) { $1 }
    let findings = judge(before, Self.fleet)
    #expect(findings.allSatisfy { $0.severity <= .medium }, "\(findings.map(\.message))")
    var after = before
    after["apps/data.yaml"] = Self.map("other")
    #expect(judge(before, after).map(\.rule) == ["persistent-volume-removed"])
  }

  @Test func `the end of Flux is told of its start, not of what goes with it`() {
    let findings = judge(Self.fleet, Self.fleet.filter { $0.key != Self.sync })
    let removed = findings.filter { $0.rule == "flux-sync-removed" }
    #expect(removed.map(\.location?.path) == [Self.sync])
    #expect(removed.allSatisfy { $0.severity == .critical && $0.related.isEmpty })
  }

  @Test func `a new path whose build fails deletes nothing`() throws {
    var after = Self.fleet
    after["clusters/a/apps.yaml"] = Self.kustomization("apps", "./more")
    after["more/kustomization.yaml"] = "resources: [none.yaml]\n"
    let finding = try #require(judge(Self.fleet, after).first { $0.rule == "flux-path-changed" })
    #expect(finding.verdict == .stalled)
    #expect(finding.severity < .high)
    #expect(finding.message.contains("whose build fails"))
  }

  @Test func `a file that moves into a folder whose build fails has not gone`() {
    let led = Self.kustomization("apps", "./more")
    let old = Self.kustomization("other", "./other")
    let before = Self.fleet.merging([
      "clusters/a/apps.yaml": led, "spare/other.yaml": old, "more/b.yaml": Self.map("b"),
    ]) {
      $1
    }
    var after = before
    after["spare/other.yaml"] = nil
    after["more/other.yaml"] = old
    after["more/kustomization.yaml"] = "resources: [b.yaml, other.yaml, none.yaml]\n"
    #expect(!judge(before, after).contains { $0.rule == "flux-sync-removed" })
  }

  @Test func `a note on one of Flux's own objects is no edit of Flux`() {
    func side(_ label: String) -> [String: String] {
      Self.fleet.merging([
        "clusters/a/flux-system/gotk-components.yaml": """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: flux-system
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.6.0\(label)}

        """
      ]) { $1 }
    }
    #expect(judge(side(""), side(", vector.dev/exclude: yes")).map(\.severity) == [.low])
    let weaker = side(", pod-security.kubernetes.io/enforce: privileged")
    #expect(judge(side(""), weaker).contains { $0.rule == "flux-components-edited" && $0.severity == .high })
  }
}
