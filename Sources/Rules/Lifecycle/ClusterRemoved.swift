internal import Flux
internal import Manifests
internal import Policy

/// A `Cluster` that leaves the applied state, however it leaves.
struct ClusterRemoved: ClusterRule {
  let info: RuleInfo
  /// Whether this rule is about clusters that manage themselves.
  let isSelfManaged: Bool

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let before = edit.before, edit.after == nil, before.isSelfManaged == isSelfManaged else { return [] }
    // What stands in a file that does not parse is not known to be gone; that nothing is applied is told already.
    if edit.step.unreadable.contains(where: { $0.path == before.applied.path }) { return [] }
    let fate = Fate(edit.change, of: before, exit: edit.step.exit(of: before.applied), rule: info)
    return [
      Violation(
        fate.message, object: before.applied, location: before.applied.nameLocation(side: .before),
        verdict: edit.change.verdict == .unknown ? nil : edit.change.verdict, severity: fate.severity)
    ]
  }

  static let workload = ClusterRemoved(
    info: RuleInfo(
      "workload-cluster-removed", .critical, .lifecycle,
      summary: "The Cluster object of a workload cluster leaves the repository.",
      why: """
        Flux prunes the object, and no admission check stops that. EKS Anywhere then deletes the Cluster API cluster of \
        the same name with all its machines; data on their disks is lost.
        """,
      remediation: """
        Restore the object. To decommission the cluster, drain it, state its name in the pull request and let the \
        operator allow this one finding.
        """,
      references: [References.bestPractices, References.deletion, References.fluxPrune],
      examples: [
        Example("the file is deleted", before: Samples.cluster(name: "⟦prod⟧"), after: nil),
        Example(
          "the document is commented out", before: Samples.cluster(name: "⟦prod⟧"),
          after: Samples.cluster().split(separator: "\n").map { "# \($0)\n" }.joined()),
        Example(
          "the file moves with its object", before: ["clusters/mgmt/prod/eksa-cluster.yaml": Samples.cluster()],
          after: ["clusters/mgmt/prod/eksa-system/eksa-cluster.yaml": Samples.cluster()]),
      ]),
    isSelfManaged: false)

  static let management = ClusterRemoved(
    info: RuleInfo(
      "mgmt-cluster-removed", .critical, .lifecycle,
      summary: "The Cluster object of a management cluster leaves the repository.",
      why: """
        With the annotation managed-by-cli, which the EKS Anywhere CLI writes, the cluster deletes itself while running \
        on itself. Without it the object stays Terminating for ever. Either way its workload clusters lose their manager.
        """,
      remediation:
        "Restore the object. Delete a management cluster with `eksctl anywhere delete cluster`, never through Git.",
      references: [References.bestPractices, References.deletion, References.fluxPrune],
      examples: [
        Example(
          "the file is deleted", before: Samples.cluster(name: "⟦mgmt⟧", managedBy: "mgmt"), after: nil),
        Example("a workload cluster is deleted", before: Samples.cluster(), after: nil),
      ]),
    isSelfManaged: true)
}

/// What is said of a cluster's removal, and how loudly.
private struct Fate {
  let message: String
  let severity: Severity

  /// - Parameter exit: how the object goes: `leaves Git`.
  init(_ change: ObjectChange, of cluster: ClusterSpec, exit: String, rule: RuleInfo) {
    let kind = cluster.isSelfManaged ? "Management cluster" : "Workload cluster"
    let machines = cluster.totalMachines
    let loss = machines > 0 ? " with its \(Count.of(machines, "machine"))" : ""
    let reason = change.verdictReason.map { ": \($0)" } ?? ""
    let why = change.verdictReason
    let because = change.verdictReason.map { " (\($0))" } ?? ""
    let name = "\(kind) \(cluster.applied.object.identity.title.dropFirst("Cluster ".count))"
    switch change.verdict {
    case .orphaned: message = "\(name) \(exit) but stays in the cluster, unmanaged\(reason)."
    case .moved: message = "\(name) moves to another Flux Kustomization and may be deleted in between\(reason)."
    case .stalled, .pathMissing:
      let stop = why ?? (change.verdict == .stalled ? "the build fails" : "Flux does not find the path")
      message = "\(name) \(exit), but \(stop), so that nothing is deleted yet: \(change.whenDeleted)."
    case .pruned:
      message =
        "\(name) \(exit) and Flux deletes it\(Fate.end(cluster).map { "\(because)\($0)" } ?? "\(loss)\(reason)")."
    case .applied, .rejected, .unknown: message = "\(name) leaves the repository\(Fate.end(cluster) ?? loss)."
    }
    let isMild = [.orphaned, .moved, .stalled, .pathMissing].contains(change.verdict)
    severity = isMild ? rule.severity.milder : rule.severity
  }

  /// What becomes of the object once it is deleted, where that is not simply the end of the cluster and its machines.
  private static func end(_ cluster: ClusterSpec) -> String? {
    let applied = cluster.applied
    func isTrue(_ name: String) -> Bool { applied.object.annotation(EKSAnywhere.annotation(name)) == "true" }
    if applied.isPaused, !isTrue("allow-delete-when-paused") {
      return ", but it is paused: the object stays Terminating, and the end of the pause deletes the cluster"
    }
    guard cluster.isSelfManaged, applied.knowsAnnotation("managed-by-cli") else { return nil }
    guard isTrue("managed-by-cli") else {
      return ": without managed-by-cli the object stays Terminating for ever, and its configs are gone"
    }
    let machines = cluster.totalMachines
    let all = machines > 0 ? " all its \(Count.of(machines, "machine"))" : " its own machines"
    return ": with managed-by-cli it deletes\(all) while it runs on them"
  }
}
