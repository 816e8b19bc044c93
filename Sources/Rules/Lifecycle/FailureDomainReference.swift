internal import Flux
internal import Manifests
internal import Policy

/// A name that ties worker groups and failure domains together across a Cluster and its datacenter config.
struct FailureDomainReference {
  let holder: AppliedObject
  let path: FieldPath
  let node: Node
  let name: String
  /// What is meant: `failure domain b, which VSphereDatacenterConfig default/dc does not have`.
  let what: String
  /// The cluster that needs it.
  let cluster: String

  /// The names that lead nowhere after a change and did lead somewhere, or were not there, before it.
  static func newlyDangling(in step: Change) -> [FailureDomainReference] {
    let kinds: Set = [EKSAnywhere.cluster, Kinds.vSphereDatacenter, Kinds.nutanixDatacenter]
    let touched = step.objects.contains { change in
      change.after.map { kinds.contains($0.object.groupKind) } ?? false
    }
    guard touched else { return [] }
    let now = dangling(in: step.after)
    guard !now.isEmpty else { return [] }
    let known = dangling(in: step.before)
    return now.filter { reference in !known.contains { $0.isSame(as: reference) } }
  }

  private func isSame(as other: FailureDomainReference) -> Bool {
    holder.object.identity.key == other.holder.object.identity.key && path == other.path && name == other.name
  }

  private static func dangling(in state: any StateView) -> [FailureDomainReference] {
    state.objects(of: EKSAnywhere.cluster).flatMap { applied -> [FailureDomainReference] in
      guard let reference = ObjectReference.all(in: applied).first(where: { $0.path == "spec.datacenterRef.name" }),
        let datacenter = state.objects(of: reference.kind).first(where: { reference.means($0.object) })
      else { return [] }
      let cluster = ClusterSpec(applied)
      switch reference.kind {
      case Kinds.vSphereDatacenter: return domains(of: cluster, in: datacenter)
      case Kinds.nutanixDatacenter: return groups(of: datacenter, in: cluster)
      default: return []
      }
    }
  }

  /// The failure domains that worker groups on vSphere name and their datacenter does not have.
  private static func domains(of cluster: ClusterSpec, in datacenter: AppliedObject) -> [FailureDomainReference] {
    guard let known = names(of: datacenter.object["spec", "failureDomains"]) else { return [] }
    return cluster.workers.flatMap { group in
      ListItem.all(in: group.node["failureDomains"], named: "failureDomains").compactMap { item in
        guard let name = item.node.text, !name.contains("${"), !known.contains(name) else { return nil }
        return FailureDomainReference(
          holder: cluster.applied, path: group.path.key("failureDomains").appending(item.step), node: item.node,
          name: name, what: "failure domain \(name), which \(datacenter.object.identity.title) does not have",
          cluster: cluster.title)
      }
    }
  }

  /// The worker groups that failure domains on Nutanix name and a cluster does not have.
  private static func groups(of datacenter: AppliedObject, in cluster: ClusterSpec) -> [FailureDomainReference] {
    guard names(of: cluster.applied.object["spec", "workerNodeGroupConfigurations"]) != nil else { return [] }
    let pattern: FieldPattern = "spec.failureDomains[].workerMachineGroups[]"
    return pattern.values(before: nil, after: datacenter.object.root).compactMap { field in
      guard let node = field.after, let name = node.text, !name.contains("${"), cluster.worker(named: name) == nil
      else { return nil }
      return FailureDomainReference(
        holder: datacenter, path: field.path, node: node, name: name,
        what: "worker group \(name), which \(cluster.title) does not have", cluster: cluster.title)
    }
  }

  /// The names of a list's items; `nil` where not all of them can be known.
  private static func names(of list: Node?) -> Set<String>? {
    guard let list else { return [] }
    let names = list.items.map { $0["name"]?.text ?? "" }
    return list.hasUnknown || names.contains { $0.contains("${") } ? nil : Set(names)
  }
}
