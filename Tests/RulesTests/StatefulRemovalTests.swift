import Policy
import Testing

/// What rules say of clusters and databases of other operators that leave the repository.
@Suite struct StatefulRemovalTests {
  private func finding(_ kind: String, _ version: String, _ body: String) throws -> Finding {
    let text = "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: main, namespace: shop}\n\(body)\n"
    let findings = Judgement(before: ["main.yaml": text], after: [:]).findings
    #expect(findings.count == 1, "\(findings.map(\.rule))")
    return try #require(findings.first)
  }

  @Test func `a cluster of eksctl stays when its file goes`() throws {
    let finding = try finding("ClusterConfig", "eksctl.io/v1alpha5", "nodeGroups: []")
    #expect(finding.rule == "cluster-object-removed" && finding.severity == .medium)
    #expect(finding.message.contains("stays"))
  }
}
