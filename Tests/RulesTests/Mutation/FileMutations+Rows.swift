extension FileMutations {
  private static let markers = [
    "anywhere.eks.amazonaws.com/paused: \"true\"", "anywhere.eks.amazonaws.com/managed-by-cli: \"true\"",
    "kustomize.toolkit.fluxcd.io/force: enabled", "kustomize.toolkit.fluxcd.io/reconcile: disabled",
    "kustomize.toolkit.fluxcd.io/ssa: Ignore", "kustomize.toolkit.fluxcd.io/prune: disabled",
  ]

  /// Edits of Flux's own objects and of the folder that it applies.
  static let flux: [Row] =
    [
      Row("flux-prune-off", replace(sync, "prune: true", "prune: false")),
      Row(
        "flux-prune-on", given: replace(sync, "prune: true", "prune: false"),
        replace(sync, "prune: false", "prune: true")),
      Row("flux-suspended", spec("suspend: true")),
      Row("flux-force-enabled", spec("force: true")),
      Row("flux-deletion-policy", spec("deletionPolicy: Delete")),
      Row("flux-deletion-policy", spec("deletionPolicy: WaitForTermination")),
      Row("flux-kubeconfig-redirect", spec("kubeConfig: {secretRef: {name: k}}")),
      Row("flux-kubeconfig-redirect", spec("targetNamespace: other")),
      Row("flux-object-transform", spec("namePrefix: x-")),
      Row("flux-object-transform", spec("nameSuffix: -x")),
      Row(
        "flux-object-transform",
        spec("patches: [{target: {kind: Cluster}, patch: '[{\"op\": \"remove\", \"path\": \"/spec/gitOpsRef\"}]'}]")),
      Row("flux-path-missing|flux-path-changed", replace(sync, "./clusters/mgmt", "./clusters/other")),
      Row("flux-path-changed", replace(sync, "./clusters/mgmt", "./clusters/mgmt/prod")),
      Row(
        "flux-path-missing",
        { files in
          let moved = files.map { ($0.key.replacing("clusters/mgmt", with: "clusters/hq"), $0.value) }
          files = Dictionary(moved) { first, _ in first }
        }),
      Row("flux-source-repointed", replace(sync, "ssh://git@example.com/fleet", "ssh://git@example.com/other")),
      Row("flux-source-repointed", replace(sync, "branch: main", "branch: dev")),
      Row("flux-source-repointed", replace(sync, "branch: main", "tag: v1")),
      Row(
        "flux-source-repointed",
        replace(sync, "kind: GitRepository, name: flux-system}", "kind: GitRepository, name: other}")),
      Row(
        "flux-source-repointed",
        replace(sync, "kind: GitRepository, name: flux-system}", "kind: Bucket, name: flux-system}")),
      Row(
        "flux-source-repointed",
        replace(
          sync, "kind: GitRepository, name: flux-system}", "kind: GitRepository, name: flux-system, namespace: x}")),
      Row(
        "flux-kustomization-renamed|flux-sync-removed",
        replace(sync, "Kustomization\nmetadata: {name: flux-system", "Kustomization\nmetadata: {name: fleet")),
      Row("flux-sync-removed", all({ $0[sync] = nil }, replace(system, ", gotk-sync.yaml", ""))),
      Row("flux-sync-removed", remove("clusters/mgmt/flux-system/")),
      Row("flux-tree-emptied", all(remove("clusters/"), put("clusters/mgmt/README.md", ""))),
      Row("flux-path-missing", remove("clusters/")),
      Row(
        "flux-components-edited", replace(TestFleet.components, "kustomize-controller:v1", "kustomize-controller:v1-x")),
      Row("flux-netpol-removed", replace(TestFleet.components, "kind: NetworkPolicy", "kind: NetworkPolicyX")),
      Row("sourceignore-hides-config", put(".sourceignore", "/clusters/mgmt/prod/\n")),
      Row("sourceignore-hides-config", put("clusters/mgmt/.sourceignore", "eksa-cluster.yaml\n")),
      Row(
        "sourceignore-hides-config", replace(sync, "interval: 1m,", "interval: 1m, ignore: \"/clusters/mgmt/prod\",")),
      Row("workload-cluster-removed|mgmt-cluster-removed", remove("clusters/mgmt/prod/")),
      Row(
        "workload-cluster-removed|mgmt-cluster-removed",
        { files in
          files[cluster] = files[cluster]?.split(separator: "\n").map { "# \($0)\n" }.joined()
        }),
      Row("non-manifest-yaml|manifest-unreadable", put("clusters/mgmt/values.yaml", "replicas: 3\n")),
      Row("manifest-unreadable", { $0[cluster] = "<<<<<<< HEAD\n" + ($0[cluster] ?? "") }),
      Row("duplicate-object-id", { $0["clusters/mgmt/copy.yaml"] = $0[cluster] }),
      Row("namespace-missing", replace(cluster, "namespace: \"default\"", "generation: 1")),
      Row(
        "internal-kind-in-git",
        put(
          "clusters/mgmt/x.yaml",
          "apiVersion: cluster.x-k8s.io/v1beta1\nkind: MachineDeployment\nmetadata: {name: p, namespace: eksa-system}\n"
            + "spec: {clusterName: prod, replicas: 1}\n")),
      Row(
        "substitute-undefined", given: spec("postBuild: {substitute: {A: b}}"),
        replace(cluster, "count: 6", "count: ${WORKERS}")),
    ] + markers.map { Row("marker-injected-globally", spec("commonMetadata: {annotations: {\($0)}}")) }

  /// Edits of kustomization files.
  static let kustomize: [Row] =
    [
      Row("kustomize-identity-transform|cluster-namespace-changed", line("namespace: other")),
      Row("kustomize-identity-transform", line("namePrefix: x-")),
      Row("kustomize-identity-transform", line("nameSuffix: -x")),
      Row("kustomize-identity-transform", given: full, replace(root, "resources:", "namePrefix: x-\nresources:")),
      Row("kustomization-drops-resource", given: full, replace(root, "- prod/eksa-system\n", "")),
      Row("kustomization-drops-resource", put(list, "resources: []\n")),
      Row("root-kustomization-introduced", put(root, "resources: [flux-system, keeper.yaml]\n")),
      Row("root-kustomization-emptied", given: full, put(root, "")),
      Row("root-kustomization-emptied", given: full, put(root, "# nothing\n")),
      Row("root-kustomization-emptied", given: full, put(root, "resources: []\n")),
      Row("root-kustomization-emptied", given: full, replace(root, "resources:", "resource:")),
      Row("kustomization-silent-loss", line("resources: []")),
      Row(
        "kustomization-silent-loss",
        line("patches: [{target: {kind: Nothing}, patch: '[{\"op\": \"remove\", \"path\": \"/spec\"}]'}]")),
      Row(
        "kustomize-delete-patch",
        line(
          "patches: [{patch: '{$patch: delete, apiVersion: anywhere.eks.amazonaws.com/v1alpha1, kind: Cluster, metadata: {name: prod, namespace: default}}'}]"
        )),
      Row(
        "kustomize-delete-patch",
        line(
          "patches: [{target: {kind: Cluster}, patch: '[{\"op\": \"remove\", \"path\": \"/spec/workerNodeGroupConfigurations/1\"}]'}]"
        )),
      Row(
        "kustomize-delete-patch",
        line(
          "patches: [{patch: '{apiVersion: anywhere.eks.amazonaws.com/v1alpha1, kind: Cluster, metadata: {name: prod, "
            + "namespace: default}, spec: {workerNodeGroupConfigurations: [{name: md-0, count: 4}]}}'}]")),
      Row("worker-group-zero", line(count(0))),
      Row("worker-count-drop", line(count(2))),
      Row(
        "cp-count-invalid",
        line(
          "patches: [{target: {kind: Cluster}, patch: '[{\"op\": \"replace\", \"path\": \"/spec/controlPlaneConfiguration/count\", \"value\": 0}]'}]"
        )),
      Row("local-config-annotation", line("commonAnnotations: {config.kubernetes.io/local-config: \"true\"}")),
      Row("remote-base", put(list, "resources: [eksa-cluster.yaml, \"https://example.com/base?ref=main\"]\n")),
      Row("listed-file-missing", { $0[cluster] = nil }),
      Row("kustomize-build-fails|listed-file-missing", put(list, "resources: [eksa-cluster.yaml, more.yaml]\n")),
      Row("kustomize-build-fails|manifest-unreadable", put(list, "")),
      Row("kustomize-build-fails", put(folder + "kustomization.yml", "resources: []\n")),
    ] + markers.map { Row("marker-injected-globally", line("commonAnnotations: {\($0)}")) }

  private static func count(_ number: Int) -> String {
    "patches: [{target: {kind: Cluster}, patch: '[{\"op\": \"replace\", \"path\": "
      + "\"/spec/workerNodeGroupConfigurations/1/count\", \"value\": \(number)}]'}]"
  }

  /// Edits that change nothing, or nothing bad.
  static let quiet: [Row] = [
    Row("", full), Row("", given: full, { $0[root] = nil }),
    Row("", line(count(6))), Row("", line(count(9))), Row("", line("namespace: default")),
    Row("", line("commonAnnotations: {team: platform}")),
    Row("", put(list, "resources: [./eksa-cluster.yaml] # one\n")),
    Row("", { $0[list] = nil }),
    Row("", replace(TestFleet.components, "kustomize-controller:v1", "kustomize-controller:v2")),
    Row("", { $0[folder + "kustomization.yml"] = $0.removeValue(forKey: list) }),
    Row(
      "",
      { files in
        let moved = files.map { ($0.key.replacing("prod/eksa-system", with: "fleet/prod"), $0.value) }
        files = Dictionary(moved) { first, _ in first }
      }),
    Row("", { $0[cluster] = ($0[cluster] ?? "").replacing("\n", with: "\r\n") }),
    Row("", { $0[cluster] = "---\n# nothing\n---\n" + ($0[cluster] ?? "") }),
    Row("", put("README.md", "words\n")), Row("", put("clusters/mgmt/.sourceignore", "*.md\n")),
    Row("", put("docs/values.yaml", "a: b\n")), Row("", spec("wait: true")), Row("", spec("timeout: 5m")),
    Row("", replace(sync, "interval: 10m", "interval: 5m")),
    Row("", replace(sync, "ssh://git@example.com/fleet", "ssh://git@example.com/fleet.git")),
  ]
}
