internal import Manifests
internal import Policy

/// A worker group too far from its cluster's Kubernetes version.
struct WorkerVersionSkew: ClusterRule {
  let info = RuleInfo(
    "worker-version-skew", .medium, .version,
    summary: "A worker group is above its cluster's Kubernetes version, or more than two minor versions below it.",
    why: "EKS Anywhere refuses that; Flux then applies and prunes nothing under the sync root.",
    remediation: "Keep each group's kubernetesVersion at the cluster's, or up to two minor versions below.",
    references: [References.upgrade],
    examples: [
      .worker(
        "above the cluster", "count: 3, kubernetesVersion: \"1.33\"", "count: 3, kubernetesVersion: ⟦\"1.34\"⟧"),
      .worker("three below, in a new cluster", nil, "count: 3, kubernetesVersion: ⟦\"1.30\"⟧"),
      .worker("two below", nil, "count: 3, kubernetesVersion: \"1.31\""),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, let version = KubernetesVersion(after.kubernetesVersion) else { return [] }
    return after.workers.compactMap { group in
      let old = edit.before?.worker(named: group.name)
      let own = group.node["kubernetesVersion"]
      if let own, let mine = KubernetesVersion(own) {
        guard let fault = Self.fault(mine, version) else { return nil }
        let wasFaulty =
          KubernetesVersion(edit.before?.kubernetesVersion) == version
          && KubernetesVersion(old?.node["kubernetesVersion"]) == mine
        if wasFaulty { return nil }
        return edit.object.violation(
          "Worker group \(group.name) of \(after.title) runs Kubernetes \(mine), \(fault).",
          at: group.path.key("kubernetesVersion"))?.refused
      }
      guard own == nil, let before = KubernetesVersion(edit.before?.kubernetesVersion), before < version,
        old?.node["kubernetesVersion"]?.text != nil
      else { return nil }
      return edit.object.violation(
        "Worker group \(group.name) of \(after.title) loses its version while the cluster goes up, which is refused.",
        at: group.path.key("kubernetesVersion"))?.refused
    }
  }

  private static func fault(_ group: KubernetesVersion, _ cluster: KubernetesVersion) -> String? {
    let distance = cluster.minors(above: group)
    if distance < 0 { return "above its cluster's \(cluster)" }
    return distance > 2 ? "more than two minor versions below its cluster's \(cluster)" : nil
  }
}
