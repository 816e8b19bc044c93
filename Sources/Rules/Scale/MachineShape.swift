internal import Flux
internal import Manifests
internal import Policy

/// Smaller machines.
struct MachineSizeReduced: ObjectRule {
  let info = RuleInfo(
    "vm-size-reduced", .medium, .scale,
    summary: "The machines of a cluster get less CPU, memory or disk.",
    why: "All machines of the config are replaced by smaller ones; what ran on them may no longer fit.",
    remediation:
      "Check requests and usage first: `kubectl top nodes`; keep control plane machines at 2 CPUs and 8 GiB.",
    references: [References.bestPractices, References.vSphere], groupsSameEdits: true,
    examples: [
      .spec("half the memory", "VSphereMachineConfig", "memoryMiB: 16384", "memoryMiB: ⟦8192⟧"),
      .spec("the line is removed", "VSphereMachineConfig", "numCPUs: ⟦8⟧, diskGiB: 25", "diskGiB: 25"),
      .spec("a smaller instance", "SnowMachineConfig", "instanceType: sbe-c.4xlarge", "instanceType: ⟦sbe-c.large⟧"),
      .spec(
        "fewer sockets with more processors", "NutanixMachineConfig", "vcpuSockets: 4, vcpusPerSocket: 1",
        "vcpuSockets: 2, vcpusPerSocket: 2"),
      .spec("another unit", "NutanixMachineConfig", "memorySize: 8Gi", "memorySize: 8192Mi"),
      .spec("the default is removed", "VSphereMachineConfig", "numCPUs: 2, diskGiB: 25", "diskGiB: 25"),
    ])

  var kinds: KindSelection { .kinds([Kinds.vSphereMachine, Kinds.nutanixMachine, Kinds.snowMachine]) }

  /// Sizes with the default that the webhook writes for a missing one, or one that is not positive.
  private static let sizes: [(field: FieldPattern, normal: String?)] = [
    ("spec.numCPUs", "2"), ("spec.memoryMiB", "8192"), ("spec.diskGiB", "25"), ("spec.vcpuSockets", nil),
    ("spec.vcpusPerSocket", nil), ("spec.memorySize", nil), ("spec.systemDiskSize", nil),
    ("spec.instanceType", "sbe-c.large"), ("spec.containersVolume.size", nil),
  ]

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard change.before != nil, change.after != nil else { return [] }
    let edit = ObjectEdit(change, in: step)
    return Self.sizes.flatMap { size in
      edit.values(size.field).compactMap { field -> Violation? in
        guard field.before?.isUnknown != true, field.after?.isUnknown != true,
          let old = Self.effective(field.before, size.normal), let new = Self.effective(field.after, size.normal),
          new < old, !Self.keepsProcessors(field.path, edit)
        else { return nil }
        let words = [field.before, field.after].map { $0?.text ?? "its default" }
        let roles = MachineRole.of(edit)
        return edit.violation(
          "\(field.path) of \(edit.title) goes from \(words[0]) to \(words[1]): \(MachineRole.machines(roles)) are replaced by smaller ones.",
          at: field.path, remediation: MachineRole.advice(roles))
      }
    }
  }

  /// Whether fewer sockets have more processors each, or the other way round, so that none is lost.
  private static func keepsProcessors(_ path: FieldPath, _ edit: ObjectEdit) -> Bool {
    guard path == "spec.vcpuSockets" || path == "spec.vcpusPerSocket" else { return false }
    let totals = [edit.before, edit.after].map { side -> Int? in
      guard let spec = side?.object["spec"], let sockets = spec["vcpuSockets"]?.int,
        let each = spec["vcpusPerSocket"]?.int
      else { return nil }
      return sockets.multipliedReportingOverflow(by: each).partialValue
    }
    guard let old = totals[0], let new = totals[1] else { return false }
    return new >= old
  }

  private static func effective(_ node: Node?, _ normal: String?) -> Quantity? {
    let written = node.flatMap(amount)
    if let written, written.value > 0 || normal == nil { return written }
    return node == nil || written != nil ? normal.flatMap { amount(Node(.scalar(Scalar($0)))) } : nil
  }

  /// A number, or how many times the smallest an instance type is: `sbe-c.large`, `sbe-c.xlarge`, `sbe-c.4xlarge`.
  private static func amount(_ node: Node) -> Quantity? {
    guard let text = node.text, text.hasPrefix("sbe-"), let dot = text.firstIndex(of: ".") else {
      return Quantity(node)
    }
    let size = text[text.index(after: dot)...]
    if size == "large" { return Quantity("1") }
    guard size.hasSuffix("xlarge"), let times = Int(size == "xlarge" ? "1" : size.dropLast(6)) else { return nil }
    return Quantity(String(2 * times))
  }
}

/// What the machines of a config do in the clusters that refer to it.
private enum MachineRole: String, CaseIterable {
  case controlPlane = "control plane"
  case etcd
  case worker

  private var field: FieldPattern {
    switch self {
    case .controlPlane: "spec.controlPlaneConfiguration.machineGroupRef"
    case .etcd: "spec.externalEtcdConfiguration.machineGroupRef"
    case .worker: "spec.workerNodeGroupConfigurations[].machineGroupRef"
    }
  }

  private var advice: String {
    switch self {
    case .controlPlane: "keep control plane machines at 2 CPUs and 8 GiB at least"
    case .etcd: "take an etcd snapshot before its machines are replaced one after another"
    case .worker: "check what the workloads of the worker nodes ask for and use: `kubectl top nodes`"
    }
  }

  /// The roles in which clusters of the same namespace use a machine config.
  static func of(_ edit: ObjectEdit) -> [MachineRole] {
    guard let config = edit.after?.object else { return [] }
    let clusters = edit.step.after.objects(of: EKSAnywhere.cluster).filter {
      $0.object.identity.key.namespace == config.identity.key.namespace
    }
    return allCases.filter { role in
      clusters.contains { cluster in
        role.field.values(before: nil, after: cluster.object.root).contains {
          $0.after?["name"]?.text == config.identity.name && $0.after?["kind"]?.text == config.identity.kind
        }
      }
    }
  }

  /// `all control plane and worker machines`.
  static func machines(_ roles: [MachineRole]) -> String {
    roles.isEmpty ? "all its machines" : "all its \(roles.map(\.rawValue).joined(separator: " and ")) machines"
  }

  /// What to do first, as an order; `nil` where the roles are not known.
  static func advice(_ roles: [MachineRole]) -> String? {
    guard let first = roles.first?.advice else { return nil }
    let text = ([first] + roles.dropFirst().map(\.advice)).joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}

/// Where machines are made.
enum MachinePlacement {
  static let all: [any Rule] = [FollowingReferences(hardware), FollowingReferences(placement)]

  private static let hardware = FieldRule(
    RuleInfo(
      "hardware-selector-changed", .high, .scale,
      summary: "A machine config selects other servers.",
      why: "The servers that match now are wiped and installed, and the present ones are given up.",
      remediation: "Check which servers match: `kubectl get hardware -n eksa-system --show-labels`.",
      references: [References.bareMetal],
      examples: [
        .spec(
          "another label", "TinkerbellMachineConfig", "hardwareSelector: {type: a}", "hardwareSelector: ⟦{type: b}⟧"),
        .spec(
          "an affinity takes the place of the label", "TinkerbellMachineConfig", "hardwareSelector: {type: a}",
          "hardwareAffinity: ⟦{required: [{labelSelector: {matchLabels: {type: b}}}]}⟧"),
        .spec(
          "the quotes change", "TinkerbellMachineConfig", "hardwareSelector: {type: a}",
          "hardwareSelector: {type: \"a\"}"),
      ]),
    FieldWatch(
      [Kinds.tinkerbellMachine], ["spec.hardwareSelector", "spec.hardwareAffinity"], .differs,
      "{object} selects other servers, which are wiped and installed.", once: true))

  private static let placement = FieldRule(
    RuleInfo(
      "placement-changed", .medium, .scale,
      summary: "Machines are placed in another datastore, folder, pool, network or failure domain.",
      why: "Machines are replaced to move them, and the zones of a cluster may lose their balance.",
      remediation: "Move one role at a time, and make sure that the new place has room.",
      references: [References.vSphere, References.nutanix], groupsSameEdits: true,
      examples: [
        .spec("another datastore", "VSphereMachineConfig", "datastore: a", "datastore: ⟦b⟧"),
        .worker(
          "another failure domain", "count: 3, failureDomains: [a]", "count: 3, failureDomains: ⟦[b]⟧"),
        .spec(
          "a failure domain is added", "VSphereDatacenterConfig", "failureDomains: [{name: a, datastore: x}]",
          "failureDomains: [{name: a, datastore: x}, {name: b, datastore: y}]"),
      ]),
    FieldWatch(
      [Kinds.vSphereMachine, Kinds.nutanixMachine, Kinds.snowMachine],
      [
        "spec.datastore", "spec.folder", "spec.resourcePool", "spec.networks", "spec.project", "spec.devices",
        "spec.network",
      ], .differs, "Machines of {object} move: {field} {change}."),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.workerNodeGroupConfigurations[].failureDomains"], .differsInKept,
      "{object} places machines elsewhere: {field} changes."),
    FieldWatch(
      [Kinds.vSphereDatacenter, Kinds.nutanixDatacenter], ["spec.failureDomains[]"], .replacedOrRemoved,
      "{object} changes or drops {field}: machines placed there are replaced."),
    FieldWatch(
      [Kinds.cloudStackDatacenter], ["spec.availabilityZones[]"], .replacedOrRemoved,
      "{object} changes or drops {field}: machines placed there are replaced."))
}
