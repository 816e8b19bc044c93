/// Kinds of Cluster API, of its providers and of what makes clusters through it.
package enum ClusterAPI {
  /// A cluster, which owns its control plane and machine groups: they are deleted with it.
  package static let cluster = GroupKind(group: "cluster.x-k8s.io", kind: "Cluster")

  /// A cluster of k0rdent, which makes a release of a chart with Cluster API's objects of it.
  package static let deployment = GroupKind(group: "k0rdent.mirantis.com", kind: "ClusterDeployment")

  /// A group of machines that a cloud keeps together.
  package static let pool = GroupKind(group: "cluster.x-k8s.io", kind: "MachinePool")

  /// Groups of machines that are counted in `spec.replicas`, each of the cluster in `spec.clusterName`.
  package static let machineGroups =
    [pool] + ["MachineDeployment", "MachineSet"].map { GroupKind(group: "cluster.x-k8s.io", kind: $0) }

  /// The control planes whose machines are counted in `spec.replicas`.
  package static let controlPlanes = [
    "KubeadmControlPlane", "TalosControlPlane", "RKE2ControlPlane", "KThreesControlPlane", "K0sControlPlane",
    "MicroK8sControlPlane",
  ].map { GroupKind(group: "controlplane.cluster.x-k8s.io", kind: $0) }

  /// The control planes that a cloud runs, or that run as pods of another cluster.
  package static let managedControlPlanes =
    ["AWSManagedControlPlane", "ROSAControlPlane", "KamajiControlPlane"].map {
      GroupKind(group: "controlplane.cluster.x-k8s.io", kind: $0)
    }
    + [
      "AzureManagedControlPlane", "AzureASOManagedControlPlane", "GCPManagedControlPlane", "OCIManagedControlPlane",
    ].map { GroupKind(group: infrastructure, kind: $0) }
    + [GroupKind(group: "kamaji.clastix.io", kind: "TenantControlPlane")]

  /// What a cloud keeps a `MachinePool`'s machines in; how many they are is said by the pool.
  package static let managedPools = [
    "AWSManagedMachinePool", "AWSMachinePool", "AzureManagedMachinePool", "AzureASOManagedMachinePool",
    "AzureMachinePool", "GCPManagedMachinePool", "OCIManagedMachinePool", "ROSAMachinePool",
  ].map { GroupKind(group: infrastructure, kind: $0) }

  private static let infrastructure = "infrastructure.cluster.x-k8s.io"
}
