/// The edits of ``MutationTests``: what is expected, and what is done.
enum MutationRows {
  typealias Row = MutationTests.Row
  static let machined: [Fleet.Provider] = [.vSphere, .tinkerbell, .nutanix, .cloudStack, .snow]
  static let withUsers: [Fleet.Provider] = [.vSphere, .tinkerbell, .nutanix, .cloudStack]
  static let withEtcd: [Fleet.Provider] = [.vSphere, .nutanix, .cloudStack, .snow, .docker]
  static let w0 = "Cluster:spec.workerNodeGroupConfigurations.0"
  static let w1 = "Cluster:spec.workerNodeGroupConfigurations.1"
  static let cp = "Cluster:spec.controlPlaneConfiguration"
  private static let scaled = "autoscalingConfiguration={minCount: 2, maxCount: 8}"
  private static func rollout(_ surge: Int, _ down: Int) -> String {
    "upgradeRolloutStrategy={type: RollingUpdate, rollingUpdate: {maxSurge: \(surge), maxUnavailable: \(down)}}"
  }
  private static let taint = "taints=[{key: a, value: b, effect: NoSchedule}]"

  static let scale: [Row] = [
    Row("workers-all-zero", ["\(w0).count=0", "\(w1).count=0"]),
    Row("worker-group-zero", ["\(w0).count=0"]),
    Row("worker-count-drop", ["\(w1).count=2"]),
    Row("worker-count-drop", ["\(w0).count=1"]),
    Row("worker-count-field-removed", ["-\(w0).count"]),
    Row("worker-count-field-removed", ["\(w0).count=null"]),
    Row("worker-group-removed", ["-\(w1)"]),
    Row("worker-group-renamed", ["\(w1).name=other"]),
    Row("workers-list-emptied", ["Cluster:spec.workerNodeGroupConfigurations=[]"]),
    Row("workers-list-emptied", ["-Cluster:spec.workerNodeGroupConfigurations"]),
    Row("cp-count-invalid", ["\(cp).count=0"]),
    Row("cp-count-invalid", ["\(cp).count=-1"]),
    Row("cp-count-invalid", ["-\(cp).count"]),
    Row("cp-count-invalid", ["\(cp).count=2"], on: [.tinkerbell]),
    Row("cp-count-decrease", ["\(cp).count=1"]),
    Row("cp-count-decrease", ["\(cp).count=2"], on: withEtcd),
    Row("etcd-count-invalid", ["Cluster:spec.externalEtcdConfiguration.count=2"], on: withEtcd),
    Row("etcd-count-invalid", ["Cluster:spec.externalEtcdConfiguration.count=0"], on: withEtcd),
    Row("etcd-count-invalid", ["-Cluster:spec.externalEtcdConfiguration.count"], on: withEtcd),
    Row("etcd-count-changed", ["Cluster:spec.externalEtcdConfiguration.count=5"], on: withEtcd),
    Row("etcd-count-changed", ["Cluster:spec.externalEtcdConfiguration.count=1"], on: withEtcd),
    Row("etcd-topology-switched", ["-Cluster:spec.externalEtcdConfiguration"], on: withEtcd),
    Row("autoscaling-removed", ["-\(w0).autoscalingConfiguration"], given: ["\(w0).\(scaled)"]),
    Row("autoscaling-bounds", ["\(w0).autoscalingConfiguration.minCount=9"], given: ["\(w0).\(scaled)"]),
    Row("autoscaling-bounds", ["\(w0).autoscalingConfiguration.maxCount=3"], given: ["\(w0).\(scaled)"]),
    Row("autoscaling-bounds", ["\(w0).autoscalingConfiguration.minCount=0"], given: ["\(w0).\(scaled)"]),
    Row("rollout-too-aggressive", ["\(w0).\(rollout(1, 4))"]),
    Row(
      "rollout-too-aggressive",
      ["\(cp).count=1", "\(cp).upgradeRolloutStrategy={type: RollingUpdate, rollingUpdate: {maxSurge: 0}}"],
      given: ["\(cp).count=1"]),
    Row("rollout-invalid", ["\(w0).\(rollout(0, 0))"]),
    Row("rollout-invalid", ["\(w0).upgradeRolloutStrategy={type: Recreate}"]),
    Row("rollout-invalid", ["\(cp).upgradeRolloutStrategy={type: RollingUpdate, rollingUpdate: {maxSurge: 2}}"]),
    Row("mhc-disabled", ["Cluster:spec.machineHealthCheck.maxUnhealthy=0%"]),
    Row("mhc-disabled", ["\(w0).machineHealthCheck={maxUnhealthy: 0}"]),
    Row("mhc-disabled", ["Cluster:spec.machineHealthCheck.unhealthyMachineTimeout=12h"]),
    Row("mhc-trigger-happy", ["Cluster:spec.machineHealthCheck.unhealthyMachineTimeout=20s"]),
    Row("mhc-trigger-happy", ["\(w0).machineHealthCheck={maxUnhealthy: 100%}"]),
    Row("mhc-trigger-happy", ["Cluster:spec.machineHealthCheck.maxUnhealthy=100%"]),
    Row(
      "all-groups-tainted", ["\(w0).\(taint)", "\(w1).\(taint)"], on: [.vSphere, .nutanix, .cloudStack, .snow, .docker]),
    Row("lb-deployment-skipped", ["\(cp).skipLoadBalancerDeployment=true"]),
    Row("hardware-selector-changed", ["MC/md:spec.hardwareSelector={type: other}"], on: [.tinkerbell]),
    Row("placement-changed", ["MC/md:spec.datastore=/DC/other"], on: [.vSphere]),
    Row("placement-changed", ["MC/cp:spec.resourcePool=/DC/other"], on: [.vSphere]),
    Row("placement-changed", ["DC:spec.failureDomains.0.datastore=other"], on: [.vSphere]),
    Row("placement-changed", ["\(w0).failureDomains=[a]"], on: [.vSphere]),
    Row(
      "dangling-ref placement-changed", ["\(w0).failureDomains=[b]"], given: ["\(w0).failureDomains=[a]"],
      on: [.vSphere]),
    Row("vm-size-reduced", ["MC/md:spec.memoryMiB=8192"], on: [.vSphere]),
    Row("vm-size-reduced", ["-MC/md:spec.numCPUs"], on: [.vSphere]),
    Row("vm-size-reduced", ["MC/md:spec.memorySize=4Gi"], on: [.nutanix]),
    Row("vm-size-reduced", ["MC/md:spec.vcpuSockets=2"], on: [.nutanix]),
    Row(
      "vm-size-reduced", ["\(w1).machineGroupRef.name=cp"], given: ["MC/cp:spec.memoryMiB=4096"], on: [.vSphere]),
    Row("placement-changed", ["\(w1).machineGroupRef.name=cp"], given: ["MC/cp:spec.folder=/DC/x"], on: [.vSphere]),
    Row("hardware-selector-changed", ["\(cp).machineGroupRef.name=md"], on: [.tinkerbell]),
    Row(
      "vm-size-reduced", ["MC/md:spec.instanceType=sbe-c.large"], given: ["MC/md:spec.instanceType=sbe-c.2xlarge"],
      on: [.snow]),
  ]

  static let lifecycle: [Row] = [
    Row("mgmt-cluster-removed", ["!Cluster"], roles: [.management]),
    Row("workload-cluster-removed", ["!Cluster"], roles: [.workload]),
    Row(
      "cluster-renamed", ["Cluster:metadata.name=test", "Cluster:spec.managementCluster.name=test"],
      roles: [.management]),
    Row("cluster-renamed", ["Cluster:metadata.name=test"], roles: [.workload]),
    Row("cluster-namespace-changed dangling-ref", ["Cluster:metadata.namespace=other"]),
    Row("config-removed-still-referenced", ["!DC"]),
    Row("config-removed-still-referenced", ["!MC/md"], on: machined),
    Row("config-removed-still-referenced", ["!OIDCConfig"]),
    Row("dangling-ref", ["\(w0).machineGroupRef.name=nobody"], on: machined),
    Row("dangling-ref", ["\(w0).machineGroupRef.kind=MachineConfig"], on: machined),
    Row("managed-by-cli-present", ["Cluster:@managed-by-cli=\"true\""], roles: [.management]),
    Row("", ["Cluster:@managed-by-cli=\"true\""], roles: [.workload]),
    Row("paused-added", ["Cluster:@paused=\"true\""]),
    Row("paused-added", ["Cluster:@paused=true"]),
    Row("paused-added", ["DC:@paused=\"true\""]),
    Row("paused-added", ["MC/cp:@paused=\"true\""], on: machined),
    Row("paused-removed", ["-Cluster:@paused"], given: ["Cluster:@paused=\"true\""]),
    Row("paused-removed", ["MC:@paused=\"false\""], given: ["MC:@paused=\"true\""], on: machined),
    Row("allow-delete-when-paused", ["Cluster:@allow-delete-when-paused=\"true\""]),
    Row("version-skew-check-skipped", ["Cluster:@skip-eksa-version-skew-check=\"true\""]),
    Row("", ["Cluster:@skip-ip-check=\"true\""]),
    Row("role-annotation-flip", ["MC/cp:@control-plane=\"true\""], on: [.nutanix]),
    Row("", ["MC/cp:@control-plane=\"true\""], on: [.vSphere, .tinkerbell, .cloudStack, .snow]),
    Row("role-annotation-flip", ["OIDCConfig:@managed-by=mgmt"]),
    Row("cilium-marker-removed", ["-Cluster:@eksa-cilium"], given: ["Cluster:@eksa-cilium=\"true\""]),
  ]
}
