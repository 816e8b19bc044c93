internal import Manifests

/// The EKS Anywhere kinds by what they are for (`api/v1alpha1` of aws/eks-anywhere).
enum Kinds {
  static let vSphereDatacenter = kind("VSphereDatacenterConfig")
  static let vSphereMachine = kind("VSphereMachineConfig")
  static let tinkerbellDatacenter = kind("TinkerbellDatacenterConfig")
  static let tinkerbellMachine = kind("TinkerbellMachineConfig")
  static let tinkerbellTemplate = kind("TinkerbellTemplateConfig")
  static let nutanixDatacenter = kind("NutanixDatacenterConfig")
  static let nutanixMachine = kind("NutanixMachineConfig")
  static let cloudStackDatacenter = kind("CloudStackDatacenterConfig")
  static let cloudStackMachine = kind("CloudStackMachineConfig")
  static let snowDatacenter = kind("SnowDatacenterConfig")
  static let snowMachine = kind("SnowMachineConfig")
  static let snowPool = kind("SnowIPPool")
  static let dockerDatacenter = kind("DockerDatacenterConfig")
  static let iam = kind("AWSIamConfig")
  static let oidc = kind("OIDCConfig")
  static let fluxConfig = kind("FluxConfig")
  static let gitOpsConfig = kind("GitOpsConfig")

  /// Where machines are made: one is named by each Cluster.
  static let datacenters = [
    vSphereDatacenter, tinkerbellDatacenter, nutanixDatacenter, cloudStackDatacenter, snowDatacenter, dockerDatacenter,
  ]

  /// What machines are made of: one is named by each role of a Cluster.
  static let machines = [vSphereMachine, tinkerbellMachine, nutanixMachine, cloudStackMachine, snowMachine]

  /// The kinds whose `paused` annotation EKS Anywhere reads.
  static let pausable = [EKSAnywhere.cluster] + datacenters + machines

  /// A kind of the EKS Anywhere group.
  static func kind(_ name: String) -> GroupKind { GroupKind(group: EKSAnywhere.group, kind: name) }
}
