internal import Manifests
internal import Policy

/// A machine health check that never acts, or acts too soon.
struct HealthCheckRule: ClusterRule {
  let info: RuleInfo
  /// What is wrong with a field of a health check; `nil` where nothing is.
  let fault: @Sendable (_ field: String, _ node: Node, _ sparesWorkers: Bool) -> String?

  private static let blocks: [FieldPattern] = [
    "spec.machineHealthCheck", "spec.controlPlaneConfiguration.machineHealthCheck",
    "spec.workerNodeGroupConfigurations[].machineHealthCheck",
  ]

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    return Self.blocks.flatMap { edit.object.values($0) }.flatMap { block -> [Violation] in
      guard block.after?.isUnknown != true, block.before?.isUnknown != true else { return [] }
      return ["maxUnhealthy", "unhealthyMachineTimeout", "nodeStartupTimeout"].compactMap { field in
        guard let node = block.after?[field], let text = fault(field, node, Self.sparesWorkers(block, after)) else {
          return nil
        }
        if let old = block.before?[field], let before = edit.before,
          fault(field, old, Self.sparesWorkers(block, before)) != nil
        {
          return nil
        }
        return edit.object.violation("A health check of \(after.title) \(text).", at: block.path.key(field))
      }
    }
  }

  /// Whether maxUnhealthy of a block holds for no worker group: it is the control plane's, or every group has its own.
  ///
  /// The CLI writes 100% for the cluster and the control plane and 40% for each group (`pkg/cluster/defaults.go`).
  private static func sparesWorkers(_ block: FieldChange, _ cluster: ClusterSpec) -> Bool {
    switch block.path {
    case ClusterSpec.controlPlanePath.key("machineHealthCheck"): true
    case "spec.machineHealthCheck": cluster.workers.allSatisfy { $0.node["machineHealthCheck", "maxUnhealthy"] != nil }
    default: false
    }
  }

  static let all: [any Rule] = [disabled, hasty]

  private static let disabled = HealthCheckRule(
    info: RuleInfo(
      "mhc-disabled", .medium, .scale,
      summary: "A machine health check is set so that it never replaces a machine.",
      why: "Dead machines stay dead: the cluster loses capacity, and its control plane its quorum, without a sign.",
      remediation: "Remove the value so that the default holds (40% of workers, 5 minutes).",
      references: [References.healthChecks],
      examples: [
        .clusterSpec("no machine may be unhealthy", "", "machineHealthCheck: {maxUnhealthy: ⟦\"0%\"⟧}"),
        .clusterSpec(
          "a whole day", "machineHealthCheck: {unhealthyMachineTimeout: 5m}",
          "machineHealthCheck: {unhealthyMachineTimeout: ⟦24h⟧}"),
        .clusterSpec(
          "another way to write five minutes", "machineHealthCheck: {unhealthyMachineTimeout: 5m}",
          "machineHealthCheck: {unhealthyMachineTimeout: 300s}"),
      ]),
    fault: { field, node, _ in
      guard let text = node.text else { return nil }
      if field == "maxUnhealthy" {
        return text == "0" || text == "0%" ? "tolerates no unhealthy machine, so none is ever replaced" : nil
      }
      guard let seconds = Canonical.seconds(text), seconds >= 3 * 3600 else { return nil }
      return "waits \(text) before a machine is replaced"
    })

  private static let hasty = HealthCheckRule(
    info: RuleInfo(
      "mhc-trigger-happy", .high, .scale,
      summary: "A machine health check is set so that a short outage replaces machines.",
      why: "A network outage of seconds then recreates every machine that it hit, with all that was on their disks.",
      remediation: "Keep unhealthyMachineTimeout at 5m and maxUnhealthy of workers at 40%.",
      references: [References.healthChecks],
      examples: [
        .clusterSpec(
          "ten seconds", "machineHealthCheck: {unhealthyMachineTimeout: 5m}",
          "machineHealthCheck: {unhealthyMachineTimeout: ⟦10s⟧}"),
        .worker(
          "all workers at once", "count: 3", "count: 3, machineHealthCheck: {maxUnhealthy: ⟦\"100%\"⟧}"),
        .clusterSpec("the whole cluster", "", "machineHealthCheck: {maxUnhealthy: ⟦\"100%\"⟧}"),
        Example(
          "what the CLI writes", before: Samples.cluster(),
          after: Samples.cluster(
            extra: "machineHealthCheck: {maxUnhealthy: \"100%\"}",
            workers: "{name: md-0, count: 3, machineHealthCheck: {maxUnhealthy: \"40%\"}}")),
        .controlPlane("the default of the control plane", "", "machineHealthCheck: {maxUnhealthy: \"100%\"}"),
      ]),
    fault: { field, node, sparesWorkers in
      guard let text = node.text else { return nil }
      if field == "maxUnhealthy" {
        guard !sparesWorkers, text.hasSuffix("%"), let share = Int(text.dropLast()), share >= 100 else { return nil }
        return "lets all workers be replaced at once"
      }
      guard let seconds = Canonical.seconds(text), seconds > 0, seconds < 60 else { return nil }
      return "gives up on a machine after \(text)"
    })
}
