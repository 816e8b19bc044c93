import Manifests
import Policy
import Rules
import Testing

/// Where a finding is placed whose value is made of a variable: the value stands where nothing was edited.
@Suite struct EditedVariableTests {
  private static let file = "clusters/a/fleet.yaml"

  private static func fleet(_ variables: String, map: String? = nil) -> [String: String] {
    var files = [
      "clusters/a/flux-system/gotk-sync.yaml": kustomization("flux-system", "./clusters/a", "prune: true"),
      file: kustomization("fleet", "./fleet", "prune: true, postBuild: {\(variables)}"),
      "fleet/cluster.yaml": """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: Cluster
      metadata: {name: prod, namespace: default}
      spec:
        controlPlaneConfiguration: {count: 3}
        workerNodeGroupConfigurations:
        - name: md-0
          count: ${COUNT}

      """,
    ]
    files["clusters/a/map.yaml"] = map.map {
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata:\n  COUNT: \"\($0)\"\n"
    }
    return files
  }

  private static func kustomization(_ name: String, _ path: String, _ more: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: \(path), sourceRef: {kind: GitRepository, name: flux-system}, \(more)}

    """
  }

  private func places(_ before: [String: String], _ after: [String: String]) throws -> [String] {
    let findings = Judgement(before: before, after: after).findings
    let finding = try #require(findings.first { $0.category == .scale }, "\(findings.map(\.rule))")
    #expect(finding.location?.path == "fleet/cluster.yaml")
    return finding.related.map { "\($0.path):\($0.span.startLine)" }
  }

  @Test func `an edit of a variable is a place of what it does`() throws {
    let side = { (count: Int) in Self.fleet("substitute: {REGION: eu, COUNT: \"\(count)\"}") }
    #expect(try places(side(4), side(0)) == ["\(Self.file):4"])
  }

  @Test func `an edit of what variables come from is a place of what it does`() throws {
    let side = { (count: Int) in
      Self.fleet("substituteFrom: [{kind: ConfigMap, name: vars}]", map: String(count))
    }
    #expect(try places(side(4), side(0)) == ["clusters/a/map.yaml:5"])
  }

  @Test func `an edit of the value itself has no other place`() throws {
    let before = Self.fleet("substitute: {COUNT: \"4\"}")
    let zero = before["fleet/cluster.yaml"]?.replacing("${COUNT}", with: "0")
    #expect(try places(before, before.merging(["fleet/cluster.yaml": zero ?? ""]) { $1 }).isEmpty)
  }
}
