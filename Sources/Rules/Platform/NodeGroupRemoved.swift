internal import Flux
internal import Manifests
internal import Policy

/// Node groups and control planes of other systems than EKS Anywhere that leave while their cluster stays.
enum NodeGroupRemoved {
  /// What goes with an object of some kinds, as the end of a sentence.
  private struct Loss: Sendable {
    var kinds: [GroupKind]
    var text: String
  }

  /// The kinds whose removal takes machines or a control plane along.
  static let kinds = losses.flatMap(\.kinds)

  /// What is said of an object that goes.
  static func violations(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let removal = Removal(change, in: step),
      let loss = losses.first(where: { $0.kinds.contains(removal.object.object.groupKind) })
    else { return [] }
    let counts = MachineCounts(removal.object.object)
    let isCounted = MachineCounts.kinds.contains(removal.object.object.groupKind) && counts.areKnown
    guard !isCounted || counts.known > 0, !goesWithOwner(removal.object, step), !removal.isOnlyWritten else {
      return []
    }
    let number = isCounted ? " (\(Count.of(counts.known, "machine")))" : ""
    return [removal.violation(loss.text + number, .high, loses: true, sameEdit: loss.text)]
  }

  /// What is said of groups that leave the list of a cluster which is made of a class.
  static func violations(inTopologyOf change: ObjectChange) -> [Violation] {
    guard let (before, after) = change.kept, after.object["spec", "topology"]?.isUnknown == false else { return [] }
    return ["machineDeployments", "machinePools"].flatMap { list -> [Violation] in
      let new = after.object["spec", "topology", "workers", list]
      let names = Set((new?.items ?? []).compactMap { $0["name"]?.text })
      let old = before.object["spec", "topology", "workers", list]?.items ?? []
      guard new?.isUnknown != true, new?.items.contains(where: \.isUnknown) != true else { return [] }
      return old.compactMap { group in
        guard let name = group["name"], let text = name.text, !names.contains(text), group["replicas"]?.int != 0 else {
          return nil
        }
        let machines = group["replicas"]?.int.map { " (\(Count.of($0, "machine")))" } ?? ""
        let field = (["spec", "topology", "workers", list].reduce(FieldPath()) { $0.key($1) }).item(text)
        return change.violation(
          "Node group \(text) leaves \(change.title): all its machines are deleted\(machines).", at: field, old: name)
      }
    }
  }

  /// Whether the whole cluster goes in the same change, or what says how many machines there are.
  private static func goesWithOwner(_ removed: AppliedObject, _ step: Change) -> Bool {
    let (kind, name) = (removed.object.groupKind, removed.object.identity.name)
    let cluster =
      removed.object["spec", "clusterName"]?.text ?? removed.object.label("cluster.x-k8s.io/cluster-name")
    return step.objects.contains { change in
      guard change.after == nil, let owner = change.before?.object,
        owner.identity.namespace == removed.object.identity.namespace
      else { return false }
      switch owner.groupKind {
      case ClusterAPI.cluster:
        if let cluster { return owner.identity.name == cluster }
        let plane = owner["spec", "controlPlaneRef"]
        return plane?["kind"]?.text != kind.kind || plane?["name"]?.text == name
      case ClusterAPI.pool:
        let pool = owner["spec", "template", "spec", "infrastructureRef"]
        return pool?["kind"]?.text == kind.kind && pool?["name"]?.text == name
      case CloudKind.ackCluster: return kind == CloudKind.ackNodegroup
      case let other where CloudKind.upboundCluster.contains(other): return CloudKind.upboundNodegroup.contains(kind)
      default: return false
      }
    }
  }

  private static let losses = [
    Loss(
      kinds: ClusterAPI.machineGroups + ClusterAPI.managedPools + [CloudKind.ackNodegroup] + CloudKind.upboundNodegroup,
      text: "all its machines are deleted"),
    Loss(kinds: ClusterAPI.controlPlanes, text: "the control plane of its cluster is deleted with all its machines"),
    Loss(
      kinds: ClusterAPI.managedControlPlanes,
      text: "the control plane of its cluster is deleted, and with it what the cluster knows"),
  ]
}
