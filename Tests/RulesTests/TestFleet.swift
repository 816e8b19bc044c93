/// A management cluster that Flux was started in, with what is beside it, as the CLI writes it.
enum TestFleet {
  static let cluster = "clusters/mgmt/mgmt/eksa-system/eksa-cluster.yaml"
  static let components = "clusters/mgmt/flux-system/gotk-components.yaml"

  static let files = [
    cluster: manifest,
    "clusters/mgmt/mgmt/eksa-system/kustomization.yaml": "resources: [eksa-cluster.yaml]\n",
    "clusters/mgmt/flux-system/kustomization.yaml": "resources: [gotk-components.yaml, gotk-sync.yaml]\n",
    "clusters/mgmt/flux-system/gotk-sync.yaml": sync,
    components: install,
    "README.md": "A fleet.\n",
  ]

  /// The manifest of a Flux Kustomization, with more of its spec.
  static func kustomization(_ name: String, path: String, prune: Bool = true, more: String = "interval: 1h") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      path: \(path)
      prune: \(prune)
      sourceRef: {kind: GitRepository, name: flux-system}
      \(more)

    """
  }

  /// The fleet with one text of the cluster's manifest replaced by another.
  static func edited(_ old: String, _ new: String, in files: [String: String] = files) -> [String: String] {
    var copy = files
    copy[cluster] = copy[cluster]?.replacing(old, with: new)
    return copy
  }

  /// The fleet without the files beneath a folder.
  static func without(_ folder: String) -> [String: String] { files.filter { !$0.key.hasPrefix(folder) } }

  /// The cluster with an annotation of EKS Anywhere that is `true`.
  static func annotated(_ name: String) -> [String: String] {
    edited(
      "namespace: default\nspec:\n  kubernetesVersion",
      "namespace: default\n  annotations: {anywhere.eks.amazonaws.com/\(name): \"true\"}\nspec:\n  kubernetesVersion")
  }

  private static let manifest = """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: Cluster
    metadata:
      name: mgmt
      namespace: default
    spec:
      kubernetesVersion: "1.33"
      eksaVersion: v0.25.0
      managementCluster: {name: mgmt}
      clusterNetwork:
        cniConfig: {cilium: {}}
        pods: {cidrBlocks: [192.168.0.0/16]}
        services: {cidrBlocks: [10.96.0.0/12]}
      controlPlaneConfiguration:
        count: 1
        endpoint: {host: 10.0.0.10}
        machineGroupRef: {kind: VSphereMachineConfig, name: cp}
      datacenterRef: {kind: VSphereDatacenterConfig, name: dc}
      workerNodeGroupConfigurations:
      - name: md-0
        count: 2
        machineGroupRef: {kind: VSphereMachineConfig, name: md}
    ---
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: VSphereDatacenterConfig
    metadata: {name: dc, namespace: default}
    spec: {datacenter: dc, network: /dc/network/vm, server: vc.lan, thumbprint: "AA"}
    ---
    \(machine("cp"))---
    \(machine("md"))
    """

  private static func machine(_ name: String) -> String {
    """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: VSphereMachineConfig
    metadata: {name: \(name), namespace: default}
    spec:
      datastore: ds
      folder: vm
      memoryMiB: 8192
      numCPUs: 4
      osFamily: ubuntu
      resourcePool: "*/Resources"
      template: /dc/vm/ubuntu-1-33
      users: [{name: ubuntu, sshAuthorizedKeys: [ssh-rsa AAAA]}]

    """
  }

  private static let sync = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, ref: {branch: main}, secretRef: {name: flux-system}, url: "ssh://git@example.com/fleet"}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 10m, path: ./clusters/mgmt, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}

    """

  private static let install =
    ["a", "b"].map {
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {\(part), name: \($0).toolkit.fluxcd.io}\n---\n"
    }.joined()
      + """
      apiVersion: v1
      kind: Namespace
      metadata: {\(part), name: flux-system}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {\(part), name: allow-egress, namespace: flux-system}
      spec: {podSelector: {}, policyTypes: [Egress]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {\(part), name: kustomize-controller, namespace: flux-system}
      spec: {template: {spec: {containers: [{name: manager, image: "ghcr.io/fluxcd/kustomize-controller:v1"}]}}}

      """

  private static let part = "labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.6.0}"
}
