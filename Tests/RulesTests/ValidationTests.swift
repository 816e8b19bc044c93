import Manifests
import Policy
import Testing

@testable import Rules

/// What EKS Anywhere refuses of a config object, and what it lets pass.
@Suite struct ValidationTests {
  /// The spec of an object in flow style; the field that must be reported, or none.
  struct Case: Sendable, CustomStringConvertible {
    let kind: String
    let spec: String
    let field: String?
    /// Whether the API server takes it and only the controller, or the CLI, does not.
    let isLate: Bool
    var description: String { "\(kind) {\(spec)}" }

    init(_ kind: String, _ spec: String, _ field: String? = nil, late: Bool = false) {
      self.kind = kind
      self.spec = spec
      self.field = field
      isLate = late
    }
  }

  private static let schema: Set<String> = [
    "unknown-field", "wrong-scalar-type", "value-out-of-range", "required-field-missing",
  ]

  @Test(arguments: clusters + machines + datacenters + pools + identities)
  func `a field is refused for what it holds, and nothing else is`(row: Case) throws {
    let text = row.kind == "Cluster" ? Samples.cluster(extra: row.spec) : Samples.config(row.kind, row.spec)
    let before = row.kind == "Cluster" ? Samples.cluster() : Samples.config(row.kind, "")
    let files = ["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml": text]
    let old = ["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml": before]
    let found = Judgement(before: row.kind == "Cluster" ? old : [:], after: files).findings.filter {
      ValidationTests.schema.contains($0.rule)
        && ($0.field?.description).map { !ValidationTests.needed($0, row) } ?? true
    }
    #expect(found.map { $0.field?.description } == (row.field.map { [$0] } ?? []), "\(found.map(\.message))")
    guard row.field != nil else { return }
    let finding = try #require(found.first)
    #expect(finding.message.contains("does not accept") == row.isLate, "\(finding.message)")
  }

  /// Fields that the short specs here leave out on purpose.
  private static func needed(_ field: String, _ row: Case) -> Bool {
    row.field != field && !row.spec.contains(String(field.split(separator: ".").dropFirst().first ?? "-"))
  }

  static let clusters = [
    Case(
      "Cluster", "proxyConfiguration: {httpProxy: \"10.0.0.300:1\", httpsProxy: \"a.b:1\"}",
      "spec.proxyConfiguration.httpProxy"),
    Case(
      "Cluster", "proxyConfiguration: {httpProxy: \"a.b\", httpsProxy: \"a.b:1\"}", "spec.proxyConfiguration.httpProxy"),
    Case("Cluster", "proxyConfiguration: {httpProxy: \"http://10.0.0.3:80\", httpsProxy: \"[fd00::1]:1\"}"),
    Case(
      "Cluster", "registryMirrorConfiguration: {endpoint: a.b, ociNamespaces: [{registry: \"\", namespace: x}]}",
      "spec.registryMirrorConfiguration.ociNamespaces[].registry"),
    Case(
      "Cluster", "registryMirrorConfiguration: {endpoint: a.b, port: \"70000\"}",
      "spec.registryMirrorConfiguration.port"),
    Case(
      "Cluster",
      "registryMirrorConfiguration: {endpoint: a.b, ociNamespaces: [{registry: public.ecr.aws, namespace: x}]}"),
  ]

  static let machines = [
    Case("TinkerbellMachineConfig", "hardwareSelector: {a: b, c: d}", "spec.hardwareSelector"),
    Case(
      "TinkerbellMachineConfig", "hardwareSelector: {a: b}, hardwareAffinity: {required: [{labelSelector: {}}]}",
      "spec.hardwareSelector"),
    Case(
      "TinkerbellMachineConfig",
      "hardwareAffinity: {required: [{labelSelector: {matchExpressions: [{key: a, operator: Is}]}}]}",
      "spec.hardwareAffinity.required[0].labelSelector.matchExpressions[0].operator"),
    Case(
      "TinkerbellMachineConfig",
      "hardwareAffinity: {required: [{labelSelector: {matchExpressions: [{key: a, operator: In}]}}]}",
      "spec.hardwareAffinity.required[0].labelSelector.matchExpressions[0].values"),
    Case(
      "TinkerbellMachineConfig",
      "hardwareAffinity: {required: [{labelSelector: {matchExpressions: [{key: a, operator: Exists}]}}]}"),
    Case(
      "VSphereMachineConfig", "osFamily: ubuntu, hostOSConfiguration: {ntpConfiguration: {servers: [\"\"]}}",
      "spec.hostOSConfiguration.ntpConfiguration.servers[]"),
    Case(
      "VSphereMachineConfig", "osFamily: ubuntu, hostOSConfiguration: {ntpConfiguration: {servers: [time.lan]}}"),
    Case(
      "VSphereMachineConfig", "hostOSConfiguration: {certBundles: [{name: a, data: none}]}",
      "spec.hostOSConfiguration.certBundles[a].data"),
    Case(
      "VSphereMachineConfig",
      "hostOSConfiguration: {bottlerocketConfiguration: {kubernetes: {clusterDNSIPs: [10.0.0.1, ten]}}}",
      "spec.hostOSConfiguration.bottlerocketConfiguration.kubernetes.clusterDNSIPs[1]"),
    Case("VSphereMachineConfig", "users: []", "spec.users"),
    Case(
      "VSphereMachineConfig",
      "users: [{name: ec2-user, sshAuthorizedKeys: [a]}, {name: guest, sshAuthorizedKeys: [a]}]"),
    Case("VSphereMachineConfig", "users: [{name: capv, sshAuthorizedKeys: [a]}]", "spec.users[capv].name"),
    Case("NutanixMachineConfig", "vcpuSockets: 1", "spec.vcpuSockets"),
    Case("CloudStackMachineConfig", "userCustomDetails: {password: a}", "spec.userCustomDetails.password"),
    Case("CloudStackMachineConfig", "userCustomDetails: {room: a}"),
    Case(
      "CloudStackMachineConfig",
      "diskOffering: {name: big, mountPath: data, device: /dev/vdb, filesystem: ext4, label: data}",
      "spec.diskOffering.mountPath"),
    Case("SnowMachineConfig", "instanceType: sbe-c.huge", "spec.instanceType"),
    Case("SnowMachineConfig", "instanceType: sbe-g.4xlarge"),
    Case(
      "SnowMachineConfig", "osFamily: bottlerocket, containersVolume: {size: 20}", "spec.containersVolume.size"),
    Case(
      "SnowMachineConfig", "nonRootVolumes: [{deviceName: /dev/sda2, size: 8}]", "spec.nonRootVolumes[0].deviceName"),
    Case(
      "SnowMachineConfig", "network: {directNetworkInterfaces: [{index: 1, dhcp: true}]}",
      "spec.network.directNetworkInterfaces"),
  ]

  static let datacenters = [
    Case(
      "NutanixDatacenterConfig",
      "additionalTrustBundle: \"-----BEGIN CERTIFICATE REQUEST-----\\nAA==\\n-----END CERTIFICATE REQUEST-----\"",
      "spec.additionalTrustBundle"),
    Case(
      "NutanixDatacenterConfig",
      "additionalTrustBundle: \"-----BEGIN CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----\""),
    Case("NutanixDatacenterConfig", "port: 70000", "spec.port", late: true),
    Case("NutanixDatacenterConfig", "port: 0", "spec.port"),
    Case("NutanixDatacenterConfig", "ccmExcludeNodeIPs: [10.0.0.9-10.0.0.1]", "spec.ccmExcludeNodeIPs[0]", late: true),
    Case(
      "CloudStackDatacenterConfig",
      "availabilityZones: [{zone: {name: z, network: {name: n}}, account: a, managementApiEndpoint: \"http://a/\"}]"),
    Case(
      "CloudStackDatacenterConfig",
      "availabilityZones: [{name: a, zone: {name: z}, managementApiEndpoint: \"http://a/\"}]",
      "spec.availabilityZones[a].zone.network.name", late: true),
    Case("SnowDatacenterConfig", "identityRef: {kind: ConfigMap, name: a}", "spec.identityRef.kind"),
    Case("VSphereDatacenterConfig", "datacenter: DC, network: /DC/vm/a", "spec.network"),
  ]

  static let pools = [
    Case(
      "SnowIPPool", "pools: [{ipStart: 10.0.0.9, ipEnd: 10.0.0.2, gateway: 10.0.0.1, subnet: 10.0.0.0/24}]",
      "spec.pools[0].ipEnd"),
    Case(
      "SnowIPPool", "pools: [{ipStart: 10.0.0.2, ipEnd: 10.0.1.9, gateway: 10.0.0.1, subnet: 10.0.0.0/24}]",
      "spec.pools[0].ipEnd"),
    Case(
      "SnowIPPool", "pools: [{ipStart: 10.0.0.2, ipEnd: 10.0.0.9, gateway: a, subnet: 10.0.0.0/24}]",
      "spec.pools[0].gateway"),
    Case("SnowIPPool", "pools: [{ipStart: 10.0.0.2, ipEnd: 10.0.0.9, gateway: 10.0.0.1, subnet: 10.0.0.0/24}]"),
  ]

  static let identities = [
    Case("FluxConfig", "branch: \"a/b/c\", git: {repositoryUrl: \"ssh://git@a/b\"}", "spec.branch"),
    Case("FluxConfig", "branch: release/v1-2, git: {repositoryUrl: \"ssh://git@a/b\"}"),
    Case("FluxConfig", "branch: feature-x, git: {repositoryUrl: \"ssh://git@a/b\"}"),
    Case("GitOpsConfig", "flux: {github: {owner: a, repository: \"a b\"}}", "spec.flux.github.repository", late: true),
    Case("AWSIamConfig", "backendMode: [MountedFile]", "spec.backendMode[0]"),
  ]

  @Test(arguments: [
    ("a/b", nil), ("A_b.c-1", nil), ("example.com/", "x"), ("-a", "x"), ("a/b/c", "x"), ("Big.com/a", "x"),
  ])
  func `a node's label has a name that Kubernetes takes`(key: String, isRefused: String?) {
    let before = Samples.cluster()
    let after = Samples.cluster(workers: "{name: md-0, count: 3, labels: {\"\(key)\": b}}")
    let path = "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"
    let rules = Judgement(before: [path: before], after: [path: after]).rules
    #expect(rules.contains("value-out-of-range") == (isRefused != nil), "\(rules)")
  }

  @Test func `an address of the control plane is for providers other than Docker`() throws {
    let text = Samples.cluster().replacing("VSphereDatacenterConfig", with: "DockerDatacenterConfig")
    let findings = Judgement(before: [:], after: ["a.yaml": text]).findings
    let finding = try #require(findings.first { $0.rule == "value-out-of-range" })
    #expect(finding.field?.description == "spec.controlPlaneConfiguration.endpoint.host")
    #expect(finding.message.contains("none on Docker"))
  }

  @Test func `a failure domain on Nutanix names worker groups that the cluster has`() {
    func files(_ group: String) -> [String: String] {
      let cluster = Samples.cluster().replacing("VSphereDatacenterConfig", with: "NutanixDatacenterConfig")
      let domains = "failureDomains: [{name: a, workerMachineGroups: [\(group)]}]"
      return ["a.yaml": cluster + "---\n" + Samples.config("NutanixDatacenterConfig", domains, name: "dc")]
    }
    let rules = Judgement(before: files("md-0"), after: files("md-1")).rules
    #expect(rules.contains("dangling-ref"), "\(rules)")
    #expect(!Judgement(before: files("md-1"), after: files("md-0")).rules.contains("dangling-ref"))
    #expect(!Judgement(before: files("md-1"), after: files("md-1")).rules.contains("dangling-ref"))
  }
}
