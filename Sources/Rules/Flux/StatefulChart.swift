internal import Manifests

/// Charts that hold data, known by their names.
enum StatefulChart {
  /// What such a chart, or a release of a chart for anything, is called after.
  static let names = [
    "postgres", "timescaledb", "mysql", "mariadb", "mongodb", "redis", "valkey", "kafka", "zookeeper", "rabbitmq",
    "elasticsearch", "opensearch", "cassandra", "scylla", "clickhouse", "influxdb", "cockroachdb", "couchdb", "neo4j",
    "minio", "seaweedfs", "rook", "longhorn", "openebs", "etcd", "vault", "harbor", "gitea",
  ]

  /// What is beside the data and holds none.
  private static let others = [
    "exporter", "operator", "ui", "web", "commander", "admin", "console", "express", "backup", "crds", "crd", "secrets",
    "dashboard", "dashboards", "connect", "proxy", "bridge",
  ]

  /// Whether a release holds data, by the name of its chart or its own.
  static func isHeld(by release: KubernetesObject, chart: String?) -> Bool {
    [chart, release.identity.name].compactMap { $0 }.contains { name in
      let parts = name.lowercased().split { !$0.isLetter && !$0.isNumber }
      return parts.contains { part in names.contains { part.hasPrefix($0) } }
        && !parts.contains { others.contains(String($0)) }
    }
  }
}
