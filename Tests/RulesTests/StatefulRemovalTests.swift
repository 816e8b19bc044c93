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

  @Test(arguments: [
    ("Cluster", "postgresql.cnpg.io/v1", "spec: {instances: 3}", Severity.high),
    ("postgresql", "acid.zalan.do/v1", "spec: {numberOfInstances: 2}", .high),
    ("CephCluster", "ceph.rook.io/v1", "spec: {dataDirHostPath: /var/lib/rook}", .high),
    ("CephBlockPool", "ceph.rook.io/v1", "spec: {}", .high),
    ("CephFilesystem", "ceph.rook.io/v1", "spec: {preserveFilesystemOnDelete: true}", .medium),
    ("Elasticsearch", "elasticsearch.k8s.elastic.co/v1", "spec: {version: 9.0.0}", .high),
    (
      "Elasticsearch", "elasticsearch.k8s.elastic.co/v1", "spec: {volumeClaimDeletePolicy: DeleteOnScaledownOnly}",
      .medium
    ),
    ("Kafka", "kafka.strimzi.io/v1beta2", "spec: {kafka: {storage: {type: persistent-claim}}}", .medium),
    (
      "Kafka", "kafka.strimzi.io/v1beta2",
      "spec: {kafka: {storage: {type: jbod, volumes: [{id: 0, deleteClaim: true}]}}}", .high
    ),
    ("PerconaXtraDBCluster", "pxc.percona.com/v1", "spec: {}", .medium),
    ("MariaDB", "k8s.mariadb.com/v1alpha1", "spec: {storage: {size: 1Gi}}", .medium),
  ])
  func `a database goes with its data where its operator deletes that`(
    kind: String, version: String, body: String, severity: Severity
  ) throws {
    let finding = try finding(kind, version, body)
    #expect(finding.rule == "persistent-volume-removed")
    #expect(finding.severity == severity)
  }

  @Test func `Rook is told to wipe disks`() throws {
    let body = "spec: {cleanupPolicy: {confirmation: yes-really-destroy-data}}"
    #expect(try finding("CephCluster", "ceph.rook.io/v1", body).message.contains("wipes its disks"))
  }

  @Test func `a claim is not told with a database that goes in the same change`() {
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: files}\n"
    func database(_ name: String) -> String {
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: \(name)}\n"
    }
    let before = ["files.yaml": claim, "main.yaml": database("main"), "more.yaml": database("more")]
    let messages = Judgement(before: before, after: [:]).findings.map(\.message)
    #expect(messages.count == 2)
    #expect(messages.contains { $0.hasPrefix("Cluster main leaves Git") && $0.contains("1 more") }, "\(messages)")
    #expect(messages.contains("PersistentVolumeClaim files leaves Git: the data on its volume is deleted."))
  }

  @Test func `what only uses such an operator is not told`() {
    let text = "apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {name: main}\nspec: {}\n"
    #expect(Judgement(before: ["main.yaml": text], after: [:]).rules.isEmpty)
  }

  @Test func `a cluster of eksctl stays when its file goes`() throws {
    let finding = try finding("ClusterConfig", "eksctl.io/v1alpha5", "nodeGroups: []")
    #expect(finding.rule == "cluster-object-removed" && finding.severity == .medium)
    #expect(finding.message.contains("stays"))
  }
}
