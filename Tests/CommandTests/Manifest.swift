import TestSupport

/// Texts of manifests that the tests change.
enum Manifest {
  /// A workload cluster with its worker groups, each a name and a count.
  static func cluster(
    _ name: String = "prod", version: String = "\"1.31\"", annotations: String = "",
    workers: [(String, Int)] = [("md-0", 3), ("md-1", 3)]
  ) -> String {
    let annotated = annotations.isEmpty ? "" : "\n  annotations:\n    \(annotations)"
    let groups = workers.map { "\n  - name: \($0.0)\n    count: \($0.1)\n    machineGroupRef: \(machines)" }.joined()
    return """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: Cluster
      metadata:
        name: \(name)
        namespace: default\(annotated)
      spec:
        kubernetesVersion: \(version)
        managementCluster: {name: hq}
        clusterNetwork: \(network)
        controlPlaneConfiguration: {count: 3, endpoint: {host: 10.0.0.10}, machineGroupRef: \(machines)}
        datacenterRef: {kind: VSphereDatacenterConfig, name: prod}
        workerNodeGroupConfigurations:\(groups)

      """
  }

  private static let network =
    "{cniConfig: {cilium: {}}, pods: {cidrBlocks: [192.168.0.0/16]}, services: {cidrBlocks: [10.96.0.0/12]}}"
  private static let machines = "{kind: VSphereMachineConfig, name: prod}"

  /// The datacenter and the machines that every cluster of the tests refers to.
  static let machineConfigs = """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: VSphereDatacenterConfig
    metadata: {name: prod, namespace: default}
    spec: {datacenter: dc, insecure: false, network: /dc/network/net, server: vcenter.example.com, thumbprint: ""}
    ---
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: VSphereMachineConfig
    metadata: {name: prod, namespace: default}
    spec:
      datastore: /dc/datastore/d
      folder: /dc/vm/f
      memoryMiB: 8192
      numCPUs: 2
      osFamily: ubuntu
      resourcePool: /dc/host/p/Resources
      template: /dc/vm/templates/ubuntu-1-31
      users:
      - name: capv
        sshAuthorizedKeys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExam ops@example.com]

    """

  /// The Flux objects that apply `clusters/hq`.
  static let sync = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata:
      name: flux-system
      namespace: flux-system
    spec:
      interval: 1m0s
      ref:
        branch: main
      url: ssh://git@github.com/example/fleet
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: flux-system
      namespace: flux-system
    spec:
      interval: 10m0s
      path: ./clusters/hq
      prune: true
      sourceRef:
        kind: GitRepository
        name: flux-system

    """

  /// Where `cluster` lies in a test's repository.
  static let path = "clusters/hq/prod/eksa-system/eksa-cluster.yaml"

  /// The armour of a private key, made of what no key holds.
  static let privateKey: String = {
    let body = (0..<1200).map { number in
      String(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".dropFirst(
          (number * number * 7 + number * 29) % 61
        ).prefix(1))
    }
    let lines = stride(from: 0, to: body.count, by: 64).map { body[$0..<min($0 + 64, body.count)].joined() }
    return "-----BEGIN " + "PRIVATE KEY-----\n" + lines.joined(separator: "\n") + "\n-----END " + "PRIVATE KEY-----\n"
  }()

  /// What SOPS makes of a value, by its form.
  static let ciphertext =
    "ENC[AES256_GCM,data:Jm4/x2kQz9U=,iv:" + "T0s4cnJ6bXVqd2Vib3ZqdW5sZ2Fkc2ZxaHdlcnR5dW8=" + ",tag:"
    + "a2p6eG1uYnZjbGtqaGdmZA==" + ",type:str]"

  /// A text in base64.
  static func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      let digits = (0...group.count).map { String(alphabet[bits >> (18 - 6 * $0) & 63]) }
      return digits.joined() + String(repeating: "=", count: 3 - group.count)
    }.joined()
  }

  /// A classic GitHub token with a right checksum.
  static let token = joined("ghp_Ky9Pf34qY6Nb3wWD", "25RQ4F5ZR3qa7y3gm1IL")
}

extension TestRepository {
  /// A repository with one commit: Flux's objects and the cluster `prod`.
  static func fleet() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.writeFleet()
    try repository.commit("the fleet")
    return repository
  }

  /// Writes Flux's objects and the cluster `prod` into the work tree.
  func writeFleet() throws {
    try write("clusters/hq/flux-system/gotk-sync.yaml", Manifest.sync)
    try write("clusters/hq/machines.yaml", Manifest.machineConfigs)
    try write(Manifest.path, Manifest.cluster())
  }

  /// Scales every worker of `prod` to zero in the work tree.
  func scaleToZero() throws {
    try write(Manifest.path, Manifest.cluster(workers: [("md-0", 0), ("md-1", 0)]))
  }
}

/// Sample credentials that differ.
enum Sample {
  /// A classic GitHub token whose checksum is right; each `seed` gives another one.
  static func token(_ seed: UInt8) -> String {
    let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    let body: [UInt8] = (0..<30).map { place in
      let number: Int = Int(seed) * 17 + Int(seed) / 62 * place + place * place * 7 + place * 11
      return digits[number % 62]
    }
    var sum = UInt32.max
    for byte in body {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    sum = ~sum
    var check: [UInt8] = []
    for _ in 0..<6 {
      check.insert(digits[Int(sum % 62)], at: 0)
      sum /= 62
    }
    return joined("ghp", "_") + String(decoding: body + check, as: UTF8.self)
  }
}
