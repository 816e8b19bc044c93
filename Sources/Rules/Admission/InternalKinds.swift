internal import Flux
internal import Manifests
internal import Policy

/// Objects that only EKS Anywhere's controllers should make.
struct InternalKindInGit: ObjectRule {
  let info = RuleInfo(
    "internal-kind-in-git", .high, .admission,
    summary: "An object that EKS Anywhere's own controllers make is put into Git.",
    why: """
      Flux and the controller then fight over the object, or Flux starts an in-place upgrade or changes machines behind \
      EKS Anywhere's back.
      """,
    remediation: "Remove the object from Git and change the EKS Anywhere Cluster instead.",
    references: [References.gitOps],
    examples: [
      Example("a node upgrade", before: nil, after: Samples.config("NodeUpgrade", "", name: "⟦prod⟧")),
      Example(
        "machines of an EKS Anywhere cluster", before: ["a.yaml": Samples.cluster()],
        after: ["a.yaml": Samples.cluster(), "b.yaml": machines("⟦prod-md-0⟧", of: "prod")]),
      Example(
        "a cluster becomes one of Cluster API", before: ["a.yaml": Samples.cluster()],
        after: [
          "a.yaml":
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: ⟦prod⟧, namespace: eksa-system}\n"
        ]),
      Example(
        "machines of another cluster", before: ["a.yaml": Samples.cluster()],
        after: ["a.yaml": Samples.cluster(), "b.yaml": machines("x-md-0", of: "x")]),
    ])

  private static let groups = [
    "cluster.x-k8s.io", "controlplane.cluster.x-k8s.io", "bootstrap.cluster.x-k8s.io",
    "infrastructure.cluster.x-k8s.io",
    "etcdcluster.cluster.x-k8s.io",
  ]

  var kinds: KindSelection { .groups([EKSAnywhere.group] + Self.groups) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let kind = after.object.groupKind
    let isOurs = Kinds.upgrades.contains(kind) || Self.groups.contains(kind.group) && Self.belongs(after, step)
    guard isOurs else { return [] }
    let edit = ObjectEdit(change, in: step)
    let verb = change.before == nil ? "is added to" : "is edited in"
    return [
      edit.violation(
        "\(edit.title) \(verb) Git, but only EKS Anywhere's controllers should write it.", at: "metadata.name")
    ].compactMap { $0 }
  }

  /// Whether a Cluster API object is of a cluster that EKS Anywhere looks after.
  private static func belongs(_ applied: AppliedObject, _ step: Change) -> Bool {
    let object = applied.object
    let names = [
      object["spec", "clusterName"]?.text, object.label("cluster.x-k8s.io/cluster-name"),
      object.identity.kind == "Cluster" ? object.identity.name : nil,
    ].compactMap { $0 }
    guard !names.isEmpty || object.identity.namespace == "eksa-system" else { return false }
    // A cluster that goes in the same change is looked after until it is gone.
    let clusters = [step.before, step.after].flatMap { $0.objects(of: EKSAnywhere.cluster) }.map(\.object.identity.name)
    if names.isEmpty { return clusters.contains { object.identity.name.hasPrefix($0) } }
    return names.contains { clusters.contains($0) }
  }

  private static func machines(_ name: String, of cluster: String) -> String {
    """
    apiVersion: cluster.x-k8s.io/v1beta1
    kind: MachineDeployment
    metadata:
      name: \(name)
      namespace: eksa-system
    spec:
      clusterName: \(cluster)
      replicas: 1

    """
  }
}
