/// Texts that examples are made of.
enum Samples {
  /// A workload cluster on vSphere with the given worker groups, in flow style.
  static func cluster(
    name: String = "prod", namespace: String = "default", managedBy: String = "mgmt", version: String = "\"1.33\"",
    controlPlane: String = "count: 3", extra: String = "", annotations: String = "",
    workers: String...
  ) -> String {
    let groups = (workers.isEmpty ? ["{name: md-0, count: 3}"] : workers).map { "\n  - \($0)" }.joined()
    let annotated = annotations.isEmpty ? "" : "\n  annotations: {\(annotations)}"
    let more = extra.isEmpty ? "" : "\n  \(extra)"
    return """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: Cluster
      metadata:
        name: \(name)
        namespace: \(namespace)\(annotated)
      spec:
        kubernetesVersion: \(version)
        managementCluster: {name: \(managedBy)}
        controlPlaneConfiguration:
          \(controlPlane)
          endpoint: {host: 10.0.0.10}
        datacenterRef: {kind: VSphereDatacenterConfig, name: dc}
        workerNodeGroupConfigurations:\(groups)\(more)

      """
  }
}
