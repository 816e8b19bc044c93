internal import Flux
internal import Manifests
internal import Policy

/// Node groups of other systems than EKS Anywhere, scaled to nothing or taken away.
struct NodeGroupZero: ObjectRule {
  /// Where a kind says how many nodes there are: the group, and below it the fields that cap or set the number.
  private struct Size: Sendable {
    var kinds: [GroupKind]
    var group: FieldQuery
    var fields: [[String]]
  }

  var kinds: KindSelection { .kinds(NodeGroupZero.sizes.flatMap(\.kinds) + NodeGroupRemoved.kinds) }

  let info = RuleInfo(
    "node-group-zero", .high, .scale,
    summary: "A node group or control plane of another system than EKS Anywhere is scaled to zero or removed.",
    why: "All machines of the group are deleted; what only runs there stays pending.",
    remediation: "Keep at least one machine, or remove the group once its workloads run elsewhere.",
    references: [References.bestPractices, References.eksctlSchema], groupsSameEdits: true,
    examples: [
      .eksctl(
        "a node group goes to zero", "managedNodeGroups: [{name: a, desiredCapacity: 3}]",
        "managedNodeGroups: [{name: a, desiredCapacity: ⟦0⟧}]"),
      .file(
        "a machine deployment goes to zero", "capi/md.yaml",
        before: Samples.object("cluster.x-k8s.io/v1beta1", "MachineDeployment", "md-0", "spec: {replicas: 3}"),
        after: Samples.object("cluster.x-k8s.io/v1beta1", "MachineDeployment", "md-0", "spec: {replicas: ⟦0⟧}")),
      .file(
        "a pool may hold no more processors", "karpenter/pool.yaml",
        before: Samples.object("karpenter.sh/v1", "NodePool", "default", "spec: {limits: {cpu: 100}}"),
        after: Samples.object("karpenter.sh/v1", "NodePool", "default", "spec: {limits: {cpu: ⟦\"0\"⟧}}")),
      .file(
        "a machine deployment leaves a cluster that stays", "capi/md.yaml",
        before: Samples.object(
          "cluster.x-k8s.io/v1beta1", "MachineDeployment", "⟦md-0⟧", "spec: {clusterName: prod, replicas: 3}"),
        after: nil, others: ["capi/prod.yaml": Samples.object("cluster.x-k8s.io/v1beta1", "Cluster", "prod")]),
      .file(
        "the control plane of a cluster leaves", "capi/plane.yaml",
        before: Samples.object(
          "controlplane.cluster.x-k8s.io/v1beta1", "KubeadmControlPlane", "⟦prod⟧", "spec: {replicas: 3}"), after: nil),
      .file(
        "a group leaves the topology of a cluster", "capi/prod.yaml",
        before: Samples.topology("{name: md-0, replicas: 3}, {name: ⟦md-1⟧, replicas: 2}"),
        after: Samples.topology("{name: md-0, replicas: 3}")),
      Example(
        "the machines go with their cluster",
        before: [
          "capi/prod.yaml": Samples.object("cluster.x-k8s.io/v1beta1", "Cluster", "prod"),
          "capi/md.yaml": Samples.object(
            "cluster.x-k8s.io/v1beta1", "MachineDeployment", "md-0", "spec: {clusterName: prod, replicas: 3}"),
        ], after: [:]),
      .file(
        "a group without machines leaves", "capi/md.yaml",
        before: Samples.object("cluster.x-k8s.io/v1beta1", "MachineDeployment", "md-0", "spec: {replicas: 0}"),
        after: nil),
      .eksctl(
        "a group that can grow may shrink to nothing", "managedNodeGroups: [{name: a, minSize: 1, maxSize: 5}]",
        "managedNodeGroups: [{name: a, minSize: 0, maxSize: 5}]"),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return NodeGroupRemoved.violations(change, in: step) }
    return NodeGroupRemoved.violations(inTopologyOf: change) + emptied(before, after, change)
  }

  private func emptied(_ before: AppliedObject, _ after: AppliedObject, _ change: ObjectChange) -> [Violation] {
    NodeGroupZero.sizes.filter { $0.kinds.contains(after.object.groupKind) }.flatMap { size in
      size.group.places(in: after.object.root).compactMap { place -> Violation? in
        guard let group = place.node, let old = size.group.value(at: place.path, in: before.object.root) else {
          return nil
        }
        guard let keys = size.fields.first(where: { isZero(group[$0]) && !isZero(old[$0]) }),
          !size.fields.contains(where: { isZero(old[$0]) })
        else { return nil }
        let field = keys.reduce(place.path) { $0.key($1) }
        let name = group["name"]?.text.map { "node group \($0) of " } ?? ""
        return change.violation(
          "All machines of \(name)\(change.title) go: \(keys.joined(separator: ".")) becomes 0.", at: field,
          old: old[keys], new: group[keys])
      }
    }
  }

  private func isZero(_ node: Node?) -> Bool {
    guard let node, !node.isUnknown else { return false }
    if let number = node.int { return number == 0 }
    return node.text.map { $0.hasPrefix("0") && $0.allSatisfy { !$0.isNumber || $0 == "0" } } ?? false
  }

  private static let sizes: [Size] = [
    Size(kinds: [CloudKind.eksctl], group: "managedNodeGroups[]", fields: [["desiredCapacity"], ["maxSize"]]),
    Size(kinds: [CloudKind.eksctl], group: "nodeGroups[]", fields: [["desiredCapacity"], ["maxSize"]]),
    Size(
      kinds: ClusterAPI.machineGroups + ClusterAPI.controlPlanes,
      group: "spec", fields: [["replicas"]]),
    Size(
      kinds: [ClusterAPI.cluster], group: "spec.topology.workers.machineDeployments[]", fields: [["replicas"]]),
    Size(kinds: [ClusterAPI.cluster], group: "spec.topology.controlPlane", fields: [["replicas"]]),
    Size(kinds: [ClusterAPI.deployment], group: "spec.config", fields: [["workersNumber"], ["controlPlaneNumber"]]),
    Size(kinds: [CloudKind.karpenterPool], group: "spec.limits", fields: [["cpu"], ["memory"], ["nodes"]]),
    Size(kinds: [CloudKind.ackNodegroup], group: "spec.scalingConfig", fields: [["desiredSize"], ["maxSize"]]),
    Size(
      kinds: CloudKind.upboundNodegroup, group: "spec.forProvider.scalingConfig[]",
      fields: [["desiredSize"], ["maxSize"]]),
  ]
}

extension Samples {
  /// A cluster of a class with the given machine deployments, in flow style.
  fileprivate static func topology(_ groups: String) -> String {
    object(
      "cluster.x-k8s.io/v1beta1", "Cluster", "prod",
      "spec: {topology: {class: c, version: v1.33.0, workers: {machineDeployments: [\(groups)]}}}")
  }
}
