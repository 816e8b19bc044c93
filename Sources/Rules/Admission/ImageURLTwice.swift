internal import Flux
internal import Manifests
internal import Policy

/// An operating system image that bare metal servers get from their datacenter and from their machine config: EKS
/// Anywhere takes one or the other.
enum ImageURLTwice {
  /// The image that an edit adds to machines of which a cluster's datacenter has one.
  static func problems(of change: ObjectChange, in step: Change) -> [SchemaProblem] {
    guard let after = change.after, after.object.groupKind == Kinds.tinkerbellMachine, let url = url(of: after),
      change.before.flatMap({ self.url(of: $0) }) == nil
    else { return [] }
    let isTwice = step.after.objects(of: EKSAnywhere.cluster).contains { found in
      let cluster = ClusterSpec(found)
      let machines = [cluster.controlPlane] + cluster.workers.map(\.node)
      return machines.contains { refers($0?["machineGroupRef"], of: found, to: after) }
        && step.after.objects(of: Kinds.tinkerbellDatacenter).contains { datacenter in
          refers(found.object["spec", "datacenterRef"], of: found, to: datacenter) && self.url(of: datacenter) != nil
        }
    }
    guard isTwice else { return [] }
    let allowed = "either here or in the TinkerbellDatacenterConfig"
    return [SchemaProblem(path: "spec.osImageURL", reason: .notAllowed(allowed), node: url, isLate: true)]
  }

  private static func url(of object: AppliedObject) -> Node? {
    object.object["spec", "osImageURL"].flatMap { Optional($0).isEmpty ? nil : $0 }
  }

  private static func refers(_ reference: Node?, of cluster: AppliedObject, to object: AppliedObject) -> Bool {
    let identity = object.object.identity
    return reference?["name"]?.text == identity.name && reference?["kind"]?.text == identity.kind
      && cluster.object.identity.key.namespace == identity.key.namespace
  }

  /// A cluster on bare metal with an image for all, and a line of the config of its workers.
  static func sample(_ line: String) -> String {
    let kind = "TinkerbellMachineConfig"
    let cluster = Samples.cluster(workers: "{name: md-0, count: 3, machineGroupRef: {kind: \(kind), name: w}}")
      .replacing("VSphereDatacenterConfig", with: "TinkerbellDatacenterConfig")
    let datacenter = Samples.config(
      "TinkerbellDatacenterConfig", "tinkerbellIP: 10.0.0.1, osImageURL: \"https://a.example/v1.33.gz\"", name: "dc")
    return [cluster, datacenter, Samples.config(kind, line, name: "w")].joined(separator: "---\n")
  }
}
