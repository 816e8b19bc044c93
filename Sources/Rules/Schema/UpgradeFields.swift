/// The fields under `spec` of the kinds that in-place upgrades use inside a cluster, read off the custom resource definitions of EKS Anywhere v0.26.
enum UpgradeFields {
  static let texts: [String: String] = [
    "ControlPlaneUpgrade": """
    controlPlane! @objectRef
    controlPlaneSpecData! string
    etcdVersion! string
    kubernetesVersion! string
    machinesRequireUpgrade[]! @objectRef
    """,
    "MachineDeploymentUpgrade": """
    kubernetesVersion! string
    machineDeployment! @objectRef
    machineSpecData! string
    machinesRequireUpgrade[]! @objectRef
    """,
    "NodeUpgrade": """
    etcdVersion string
    firstNodeToBeUpgraded bool
    kubernetesVersion! string
    machine! @objectRef
    """,
  ]
}
