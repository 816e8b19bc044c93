internal import Manifests
internal import Policy

/// How the machines of one role are replaced.
struct Rollout {
  /// `the control plane`, `worker group md-0`.
  let title: String
  let path: FieldPath
  let node: Node
  let isControlPlane: Bool
  let machines: Int?

  /// The strategies of a cluster that are written.
  static func all(of cluster: ClusterSpec) -> [Rollout] {
    let key = "upgradeRolloutStrategy"
    var found: [Rollout] = []
    if let node = cluster.controlPlane?[key], !node.hasUnknown {
      let path = ClusterSpec.controlPlanePath.key(key)
      found.append(
        Rollout(
          title: "the control plane", path: path, node: node, isControlPlane: true,
          machines: cluster.controlPlaneCount?.int))
    }
    for group in cluster.workers {
      guard let node = group.node[key], !node.hasUnknown else { continue }
      found.append(
        Rollout(
          title: "worker group \(group.name)", path: group.path.key(key), node: node, isControlPlane: false,
          machines: group.machines))
    }
    return found
  }

  var type: String { node["type"]?.text ?? "" }
  var rolling: Node? { node["rollingUpdate"] }
  var surge: Int { rolling?["maxSurge"]?.int ?? 0 }
  var unavailable: Int { rolling?["maxUnavailable"]?.int ?? 0 }

  /// What EKS Anywhere refuses, and where.
  func fault(in cluster: ClusterSpec) -> (text: String, path: FieldPath)? {
    let rollingPath = path.key("rollingUpdate")
    switch type {
    case "RollingUpdate":
      guard rolling != nil else {
        return isControlPlane ? nil : ("RollingUpdate without a rollingUpdate block", path)
      }
      if surge < 0 || unavailable < 0 { return ("a negative number of machines", rollingPath) }
      if isControlPlane {
        return surge > 1
          ? ("a maxSurge of \(surge), of which only 0 and 1 are allowed", rollingPath.key("maxSurge")) : nil
      }
      return surge == 0 && unavailable == 0 ? ("maxSurge and maxUnavailable both 0", rollingPath) : nil
    case "InPlace":
      if rolling != nil { return ("a rollingUpdate block beside InPlace", rollingPath) }
      return inPlaceFault(in: cluster).map { ($0, path.key("type")) }
    case "": return ("no type", path)
    default: return ("the type \(type), of which only RollingUpdate and InPlace are known", path.key("type"))
    }
  }

  /// Why a cluster can not be upgraded in place.
  private func inPlaceFault(in cluster: ClusterSpec) -> String? {
    switch cluster.datacenterKind {
    case nil: return nil
    case Kinds.vSphereDatacenter.kind:
      return cluster.externalEtcd == nil ? nil : "InPlace beside external etcd"
    case Kinds.tinkerbellDatacenter.kind:
      let roles = [cluster.controlPlane] + cluster.workers.map(\.node)
      if roles.contains(where: { $0?["upgradeRolloutStrategy"]?.hasUnknown == true }) { return nil }
      let isMixed = roles.contains { $0?["upgradeRolloutStrategy", "type"]?.text != "InPlace" }
      if isMixed { return "InPlace beside roles whose machines are replaced" }
      return cluster.workers.contains { $0.autoscaling != nil } ? "InPlace beside an autoscaler" : nil
    default: return "InPlace, which only bare metal has"
    }
  }

  /// What takes a role down at its next roll, and where.
  var danger: (text: String, path: FieldPath)? {
    guard type == "RollingUpdate" || type.isEmpty, rolling != nil, let machines, machines > 0 else { return nil }
    let path = path.key("rollingUpdate")
    if !isControlPlane, unavailable >= machines {
      return (
        "up to \(unavailable) of its \(Count.of(machines, "machine")) may be down at once", path.key("maxUnavailable")
      )
    }
    if rolling?["maxSurge"]?.int == 0, machines == 1 {
      return ("its only machine goes before another one comes", path.key("maxSurge"))
    }
    return nil
  }
}

/// A rule about rollout strategies. Each is a row.
struct RolloutRule: ClusterRule {
  let info: RuleInfo
  /// Whether the API server refuses what is found.
  let isRefusal: Bool
  let finds: @Sendable (_ rollout: Rollout, _ cluster: ClusterSpec) -> (text: String, path: FieldPath)?

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    let before = edit.before.map { cluster in Rollout.all(of: cluster).compactMap { finds($0, cluster)?.text } } ?? []
    var said: Set<String> = []
    return Rollout.all(of: after).compactMap { rollout in
      guard let (text, path) = finds(rollout, after), !before.contains(text), !isRefusal || said.insert(text).inserted
      else { return nil }
      var violation = edit.object.violation(
        "The rollout of \(rollout.title) of \(after.title) is set so that \(text).", at: path)
      violation?.isRefused = isRefusal
      return violation
    }
  }

  static let all: [any Rule] = [aggressive, invalid]

  private static let aggressive = RolloutRule(
    info: RuleInfo(
      "rollout-too-aggressive", .high, .scale,
      summary: "A rollout strategy lets all machines of a role go down at once.",
      why:
        "The next upgrade, or any change of the machine config, drains the whole role before new machines are there.",
      remediation: "Set maxUnavailable below the count, or maxSurge to 1 where there is a spare machine.",
      references: [References.upgrade],
      examples: [
        .worker(
          "as many as there are", "count: 3, \(Self.sample(1, 0))", "count: 3, \(Self.sample(1, "⟦3⟧"))"),
        .worker("a surge of two", "count: 3, \(Self.sample(1, 0))", "count: 3, \(Self.sample(2, 1))"),
      ]),
    isRefusal: false, finds: { rollout, _ in rollout.danger })

  private static let invalid = RolloutRule(
    info: RuleInfo(
      "rollout-invalid", .medium, .scale,
      summary: "A rollout strategy is one that EKS Anywhere refuses.",
      why: "The API server refuses the cluster; Flux then applies and prunes nothing under the sync root.",
      remediation: "Use RollingUpdate with maxSurge 1 and maxUnavailable 0, or InPlace without a rollingUpdate block.",
      references: [References.upgrade],
      examples: [
        .worker("both are zero", "count: 3", "count: 3, \(Self.sample("⟦", 0, 0))"),
        .controlPlane(
          "a surge of two on the control plane", "",
          "upgradeRolloutStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: ⟦2⟧}}"),
        Example(
          "a bare metal group in place, the rest by replacement", before: bareMetal("count: 3"),
          after: bareMetal("count: 3, upgradeRolloutStrategy: {type: ⟦InPlace⟧}")),
        .worker("an allowed one", "count: 3", "count: 3, \(Self.sample(1, 0))"),
      ]),
    isRefusal: true,
    finds: { rollout, cluster in
      rollout.fault(in: cluster).map { ("it has \($0.text), which is refused", $0.path) }
    })

  private static func bareMetal(_ group: String) -> String {
    Samples.cluster(workers: "{name: md-0, \(group)}")
      .replacing("VSphereDatacenterConfig", with: "TinkerbellDatacenterConfig")
  }

  private static func sample(_ surge: Int, _ unavailable: Any) -> String {
    "upgradeRolloutStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: \(surge), maxUnavailable: \(unavailable)}}"
  }

  private static func sample(_ mark: String, _ surge: Int, _ unavailable: Int) -> String {
    "upgradeRolloutStrategy: {type: RollingUpdate, rollingUpdate: \(mark){maxSurge: \(surge), maxUnavailable: \(unavailable)}⟧}"
  }
}
