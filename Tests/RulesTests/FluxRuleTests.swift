import Flux
import Manifests
import Policy
import Rules
import Testing

/// What the examples of the Flux rules do not show: how loud they are, and when many edits are one.
@Suite struct FluxRuleTests {
  @Test func `sixty Kustomizations flipped by one commit are one finding with its places`() throws {
    let before = applications(60, prune: "false")
    let findings = judge(before, applications(60, prune: "true")).filter { $0.rule == "flux-prune-on" }
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.related.count == 59)
    #expect(finding.message.hasSuffix("The same edit is made in 59 more places."))
  }

  @Test func `folders that move alike are one finding`() {
    let findings = judge(applications(5), applications(5, folder: "main/apps"))
    #expect(findings.filter { $0.rule == "flux-path-changed" }.count == 1)
  }

  @Test func `a path that changes counts the clusters that are not in the new folder`() throws {
    let clusters = ["prod", "dev"].map { name in
      ("fleet/\(name)/cluster.yaml", object("anywhere.eks.amazonaws.com/v1alpha1", "Cluster", name))
    }
    func side(_ path: String) -> [String: String] {
      Dictionary(clusters) { $1 }.merging(["flux/fleet.yaml": kustomization("fleet", path: path)]) { $1 }
    }
    let finding = try #require(judge(side("./fleet"), side("./fleet/prod")).first { $0.rule == "flux-path-changed" })
    #expect(finding.message.hasSuffix("1 cluster among it."))
  }

  @Test func `an application removed with its folder is said quietly`() {
    let files = [
      "flux/app.yaml": kustomization("app", path: "./apps/app"),
      "apps/app/config.yaml": object("v1", "ConfigMap", "app"),
    ]
    #expect(judge(files, [:]).filter { $0.rule == "flux-sync-removed" }.map(\.severity) == [.low])
  }

  @Test func `a fleet removed with its folder is critical`() {
    let files = [
      "flux/fleet.yaml": kustomization("fleet", path: "./fleet"),
      "fleet/prod.yaml": object("anywhere.eks.amazonaws.com/v1alpha1", "Cluster", "prod"),
    ]
    #expect(judge(files, [:]).filter { $0.rule == "flux-sync-removed" }.map(\.severity) == [.critical])
  }

  @Test func `a suspended Kustomization leaves its objects when it is removed`() throws {
    let files = ["flux/fleet.yaml": kustomization("fleet", path: "./fleet", more: "suspend: true")]
    let finding = try #require(judge(files, [:]).first { $0.rule == "flux-sync-removed" })
    #expect(finding.verdict == .orphaned)
    #expect(finding.severity == .high)
  }

  @Test func `a rename without pruning is the safe way and low`() {
    let app = ["app/config.yaml": object("v1", "ConfigMap", "app")]
    let before = ["flux/app.yaml": kustomization("app", path: "./app", prune: "false")].merging(app) { $1 }
    let after = ["flux/app.yaml": kustomization("web", path: "./app", prune: "false")].merging(app) { $1 }
    #expect(judge(before, after).map(\.rule) == ["flux-kustomization-renamed"])
    #expect(judge(before, after).map(\.severity) == [.low])
  }

  @Test(arguments: ["true", "false"])
  func `a value that nobody knows is neither on nor off`(known: String) {
    func side(_ value: String) -> [String: String] {
      ["flux/app.yaml": kustomization("app", path: "./app", prune: value, more: "suspend: \(value)\n  force: \(value)")]
    }
    #expect(judge(side(known), side("${SWITCH}")).isEmpty)
    #expect(judge(side("${SWITCH}"), side("${OTHER}")).isEmpty)
  }

  @Test func `a release of a chart and a tag of an image are ordinary`() {
    func side(_ tag: String) -> [String: String] {
      [
        "apps/app/repo.yaml": object(
          "source.toolkit.fluxcd.io/v1", "OCIRepository", "app",
          "spec: {url: \"oci://ghcr.io/acme/app\", ref: {tag: \(tag)}}"),
        "apps/app/release.yaml": object(
          "helm.toolkit.fluxcd.io/v2", "HelmRelease", "app",
          "spec: {chartRef: {kind: OCIRepository, name: app}, values: {image: {tag: \(tag)}}}"),
      ]
    }
    #expect(judge(side("1.0.0"), side("1.1.0")).isEmpty)
  }

  private func applications(_ count: Int, folder: String = "apps", prune: String = "true") -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: (0..<count).map {
        ("flux/app\($0).yaml", kustomization("app\($0)", path: "./\(folder)/app\($0)", prune: prune))
      })
  }

  private func kustomization(_ name: String, path: String, prune: String = "true", more: String = "interval: 1h")
    -> String
  {
    object(
      "kustomize.toolkit.fluxcd.io/v1", "Kustomization", name,
      "spec:\n  path: \(path)\n  prune: \(prune)\n  \(more)\n  sourceRef: {kind: GitRepository, name: flux-system}")
  }

  private func object(_ apiVersion: String, _ kind: String, _ name: String, _ rest: String = "") -> String {
    "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: \(name), namespace: flux-system}\n\(rest)\n"
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}
