import Policy
import Rules
import Testing

/// Kustomizations whose source is an artifact made of part of the repository, so that their paths count from there.
@Suite struct ArtifactFolderTests {
  private static let file = "kubernetes/clusters/a/store.yaml"

  private static func fleet(_ path: String, in artifact: String, _ folder: String, prune: Bool = true) -> [String:
    String]
  {
    [
      file: """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: store, namespace: flux-system}
      spec: {path: \(path), prune: \(prune), sourceRef: {kind: OCIRepository, name: infra}}

      """,
      "\(artifact)/\(folder)/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: store, namespace: store}\n",
    ]
  }

  @Test(arguments: ["kubernetes/infra", "kubernetes", "kubernetes/clusters/a"])
  func `a folder that moves with its path within the artifact loses nothing`(artifact: String) {
    let before = Self.fleet("./controllers/store", in: artifact, "controllers/store")
    let after = Self.fleet("./configs/store", in: artifact, "configs/store")
    #expect(judge(before, after).isEmpty)
  }

  @Test func `what another folder of the artifact does not hold is deleted`() {
    let before = Self.fleet("./controllers/store", in: "kubernetes/infra", "controllers/store")
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: store}\n"
    let after = Self.fleet("./configs", in: "kubernetes/infra", "controllers/store").merging(
      ["kubernetes/infra/configs/map.yaml": other]) { $1 }
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["flux-path-changed"])
    #expect(findings.allSatisfy { $0.severity < .high && $0.message.contains("deletes everything that is not") })
  }

  @Test func `a path that no folder of the repository has is one of another repository`() {
    let before = Self.fleet("./services/dev", in: "kubernetes/infra", "controllers/store")
    let after = Self.fleet("./services/prod", in: "kubernetes/infra", "controllers/store")
    #expect(judge(before, after).map(\.severity) == [.high])
  }

  @Test(arguments: ["./services/<env>", "services/<env>/<cluster>"])
  func `a path with a gap to fill in is a template`(path: String) {
    let before = Self.fleet(path, in: "kubernetes/infra", "controllers/store")
    let after = Self.fleet("./services/prod", in: "kubernetes/infra", "controllers/store")
    #expect(judge(before, after).isEmpty)
    #expect(judge(after, before).isEmpty)
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }
}
