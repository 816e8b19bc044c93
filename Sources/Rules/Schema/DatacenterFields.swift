/// The fields under `spec` of the datacenter kinds, read off the custom resource definitions of EKS Anywhere v0.26.
enum DatacenterFields {
  static let texts: [String: String] = [
    "VSphereDatacenterConfig": """
    datacenter! string
    failureDomains[]
      computeCluster! string
      datastore! string
      folder! string
      name! string
      network! string
      resourcePool! string
    insecure bool
    network! string
    server! string
    thumbprint string
    """,
    "TinkerbellDatacenterConfig": """
    hookImagesURLPath string
    hookIsoURL string
    isoBoot bool
    loadBalancerInterface string
    osImageURL string
    skipLoadBalancerDeployment bool
    tinkerbellIP! string
    """,
    "NutanixDatacenterConfig": """
    additionalTrustBundle string
    ccmExcludeNodeIPs[] string
    credentialRef @ref
    endpoint! string
    failureDomains[]
      cluster! @nutanixResource
      name! string length:1...64
      subnets[]! @nutanixResource
      workerMachineGroups[] string
    insecure bool
    port! int
    """,
    "CloudStackDatacenterConfig": """
    account string
    availabilityZones[]
      account string
      credentialsRef string
      domain string
      managementApiEndpoint string
      name string
      zone @cloudStackZone
    domain string
    managementApiEndpoint string
    zones[] @cloudStackZone
    """,
    "SnowDatacenterConfig": """
    identityRef @ref
    """,
    "SnowIPPool": """
    pools[]
      gateway! string
      ipEnd! string
      ipStart! string
      subnet! string
    """,
    "DockerDatacenterConfig": "",
    "AWSDatacenterConfig": """
    amiID! string
    region! string
    """,
  ]
}
