/// The fields under `spec` of the machine kinds, read off the custom resource definitions of EKS Anywhere v0.26.
enum MachineFields {
  static let texts: [String: String] = [
    "VSphereMachineConfig": """
    cloneMode string fullClone|linkedClone
    datastore! string
    diskGiB int
    folder string
    hostOSConfiguration @hostOSConfiguration
    memoryMiB int
    networks[] string items:0...2
    numCPUs int
    osFamily string
    resourcePool! string
    storagePolicyName string
    tags[] string
    template string
    users[] @user
    """,
    "TinkerbellMachineConfig": """
    hardwareAffinity
      preferred[]
        hardwareAffinityTerm! @hardwareAffinityTerm
        weight! int 1...100
      required[]! @hardwareAffinityTerm
    hardwareSelector{} string
    hostOSConfiguration @hostOSConfiguration
    osFamily string
    osImageURL string
    templateRef @ref
    users[] @user
    """,
    "NutanixMachineConfig": """
    additionalCategories[]
      key! string
      value! string
    bootType string legacy|uefi
    cluster! @nutanixResource
    gpus[]
      deviceID int
      name string
      type! string deviceID|name
    image! @nutanixResource
    memorySize! quantity
    osFamily! string
    project @nutanixResource
    subnet! @nutanixResource
    systemDiskSize! quantity
    users[] @user
    vcpuSockets! int 1...
    vcpusPerSocket! int 1...
    """,
    "CloudStackMachineConfig": """
    affinity string
    affinityGroupIds[] string
    computeOffering! @named
    diskOffering
      customSizeInGB int
      device! string
      filesystem! string
      id string
      label! string
      mountPath! string
      name string
    symlinks{} string
    template! @named
    userCustomDetails{} string
    users[] @user
    """,
    "SnowMachineConfig": """
    amiID string
    containersVolume @snowVolume
    devices[] string
    hostOSConfiguration @hostOSConfiguration
    instanceType string
    network!
      directNetworkInterfaces[] items:1...8
        dhcp bool
        index int 1...8
        ipPoolRef @ref
        primary bool
        vlanID int 0...4095
    nonRootVolumes[] @snowVolume
    osFamily string
    physicalNetworkConnector string
    sshKeyName string
    """,
    "TinkerbellTemplateConfig": """
    template!
      global_timeout! int
      id! string
      name! string
      tasks[]!
        actions[]!
          command[] string
          environment{} string
          image! string
          name! string
          on-failure[] string
          on-timeout[] string
          pid string
          timeout! int
          volumes[] string
        environment{} string
        name! string
        volumes[] string
        worker! string
      version! string
    """,
  ]
}
