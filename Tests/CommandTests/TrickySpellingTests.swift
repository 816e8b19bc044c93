import TestSupport
import Testing

/// Values and documents that are written in another way: the same ones, or others that look alike.
@Suite struct TrickySpellingTests: TrickyFleet {

  // MARK: 7

  @Test(arguments: [
    ("\"1.31\"", "'1.31'"), ("    count: 3\n", "    count: 3.0\n"), ("    count: 3\n", "    count: 0x3\n"),
    ("    count: 3\n", "    count: 0b11\n"), ("name: prod\n  namespace", "name: 'prod'\n  namespace"),
  ])
  func `another spelling of the same value changes nothing`(_ old: String, _ new: String) throws {
    #expect(try rules(replacing: old, with: new) == [])
  }

  @Test(arguments: [
    ("\"1.31\"", "1.31", "k8s-version-unquoted"), ("    count: 3\n", "    count: \"3\"\n", "wrong-scalar-type"),
    ("    count: 3\n", "    count: 010\n", ""), ("    count: 3\n", "    count: 0x0\n", "workers-all-zero"),
    ("    count: 3\n", "    count: null\n", "worker-count-field-removed"),
    ("    count: 3\n", "    count: ~\n", "worker-count-field-removed"),
    ("    count: 3\n", "    count:\n", "worker-count-field-removed"),
  ])
  func `a spelling that means another value is judged by that value`(
    _ old: String, _ new: String, _ rule: String
  ) throws {
    #expect(Set(try rules(replacing: old, with: new)) == (rule.isEmpty ? [] : [rule]))
  }

  @Test func `yes is no boolean, True is no pause, and a size is the same in any unit`() throws {
    func machines(_ old: String, _ new: String) throws -> [String] {
      let file = "clusters/hq/machines.yaml"
      #expect(Manifest.machineConfigs.contains(old))
      let files = Self.fleet([Manifest.path: Self.cluster])
      let after = files.merging([file: Manifest.machineConfigs.replacing(old, with: new)]) { $1 }
      return try Edit(files, after).review().rules
    }
    #expect(try machines("insecure: false", "insecure: FALSE") == [])
    #expect(try machines("insecure: false", "insecure: no") == ["wrong-scalar-type"])
    #expect(try machines("insecure: false", "insecure: yes").contains("wrong-scalar-type"))
    #expect(try machines("insecure: false", "insecure: True") == ["vsphere-insecure"])
    let paused = "anywhere.eks.amazonaws.com/paused: "
    #expect(try rules(Self.cluster, Manifest.cluster(annotations: paused + "true")) == ["paused-added"])
    #expect(try rules(Self.cluster, Manifest.cluster(annotations: paused + "True")) == [])
    let check = "spec:\n  machineHealthCheck: {maxUnhealthy: 40%, nodeStartupTimeout: 5m}\n"
    let times = Self.cluster.replacing("spec:\n", with: check)
    for same in ["5m0s", "300s"] { #expect(try rules(times, times.replacing("5m}", with: same + "}")) == []) }
  }

  // MARK: 8

  @Test func `a default written out changes nothing, an absent control plane count does`() throws {
    let own = Manifest.cluster(workers: [("md-0", 1)])
    #expect(try rules(own, own.replacing("    count: 1\n", with: "")) == [])
    #expect(try rules(own, own.replacing("- name: md-0\n    count", with: "- count")) == [])
    #expect(try rules(replacing: "{cniConfig: {cilium: {}}", with: "{cniConfig: {cilium: {skipUpgrade: false}}") == [])
    let scaled = own.replacing(
      "    count: 1\n", with: "    count: 2\n    autoscalingConfiguration: {minCount: 2, maxCount: 5}\n")
    #expect(try rules(scaled, scaled.replacing("    count: 2\n", with: "")) == [])
    #expect(try rules(replacing: "{count: 3, endpoint", with: "{endpoint") == ["cp-count-invalid"])
    let mirror = "spec:\n  registryMirrorConfiguration: {endpoint: registry.example.com}\n"
    let mirrored = Self.cluster.replacing("spec:\n", with: mirror)
    #expect(try rules(mirrored, mirrored.replacing("example.com}", with: "example.com, port: \"443\"}")) == [])
    let relative = Manifest.machineConfigs.replacing("network: /dc/network/net", with: "network: net")
    let files = Self.fleet([Manifest.path: Self.cluster])
    #expect(try Edit(files, files.merging(["clusters/hq/machines.yaml": relative]) { $1 }).review().rules == [])
  }

  // MARK: 9

  @Test func `JSON, lists of objects and other endings are read as the manifests that they are`() throws {
    let indented = Self.cluster.split(separator: "\n").map { "  " + $0 + "\n" }.joined()
    let list = "apiVersion: v1\nkind: List\nitems:\n- " + indented.dropFirst(2)
    #expect(try rules(Self.cluster, list) == [])
    #expect(try rules(list, list.replacing("count: 3\n", with: "count: 0\n")) == ["workers-all-zero"])
    #expect(try review([Manifest.path: Self.cluster], ["clusters/hq/prod.yml": Self.cluster]).rules == [])
    let json = """
      {"apiVersion": "anywhere.eks.amazonaws.com/v1alpha1", "kind": "SnowIPPool",
       "metadata": {"name": "a", "namespace": "default"}, "spec": {"pools": [{"ipStart": "10.0.0.1"}]}}

      """
    let flow = """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: SnowIPPool
      metadata: {name: a, namespace: default}
      spec: {pools: [{ipStart: 10.0.0.1}]}

      """
    #expect(try review(["clusters/hq/pool.yaml": json], ["clusters/hq/pool.yaml": flow]).rules == [])
    // A JSON file is not found by Flux: the object leaves the build.
    let hidden = try review(["clusters/hq/prod.yaml": Self.cluster], ["clusters/hq/prod.json": Self.cluster])
    #expect(hidden.rules.contains("workload-cluster-removed"))
    let array = try review(
      [Manifest.path: Self.cluster], [Manifest.path: Self.cluster, "clusters/hq/a.yaml": "[\(json)]\n"])
    #expect(array.rules.contains { ["non-manifest-yaml", "kustomize-build-fails"].contains($0) }, "\(array.rules)")
  }

  @Test func `a policy that loses its last line break is the same policy`() throws {
    func policy(_ mark: String) -> String {
      Self.cluster.replacing("spec:\n", with: "spec:\n  placeholder: 1\n").replacing("  placeholder: 1\n", with: "")
        .replacing(
          "    count: 3, endpoint", with: "count: 3, endpoint"
        ).replacing(
          "  controlPlaneConfiguration: {count: 3, endpoint: {host: 10.0.0.10}, machineGroupRef: {kind: VSphereMachineConfig, name: prod}}",
          with: """
              controlPlaneConfiguration:
                count: 3
                endpoint: {host: 10.0.0.10}
                machineGroupRef: {kind: VSphereMachineConfig, name: prod}
                auditPolicyContent: \(mark)
                  apiVersion: audit.k8s.io/v1
                  kind: Policy
                  rules: [{level: Metadata}]
            """)
    }
    #expect(policy("|").contains("auditPolicyContent"))
    #expect(try rules(policy("|"), policy("|-")) == [])
  }
}
