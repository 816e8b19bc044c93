internal import Flux
internal import Manifests
internal import Policy

/// Logs of a control plane that are no longer kept.
struct ControlPlaneLogging: ObjectRule {
  var kinds: KindSelection { .kinds([CloudKind.eksctl, CloudKind.ackCluster] + CloudKind.upboundCluster) }

  let info = RuleInfo(
    "control-plane-logging-off", .medium, .hardening,
    summary: "A cluster keeps fewer logs of its control plane.",
    why: "Without the audit and authenticator logs nobody can tell afterwards who did what.",
    remediation: "Keep at least the types audit, authenticator and api.",
    references: [References.eksAudit],
    examples: [
      .eksctl(
        "the audit log is dropped", "cloudWatch: {clusterLogging: {enableTypes: [audit, api]}}",
        "cloudWatch: {clusterLogging: {enableTypes: ⟦[api]⟧}}"),
      .eksctl(
        "all are named by a star", "cloudWatch: {clusterLogging: {enableTypes: [audit]}}",
        "cloudWatch: {clusterLogging: {enableTypes: [\"*\"]}}"),
    ])

  private static let fields: [FieldPath] = [
    "cloudWatch.clusterLogging.enableTypes", "spec.forProvider.enabledClusterLogTypes", "spec.logging.clusterLogging",
  ]

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    return ControlPlaneLogging.fields.compactMap { field -> Violation? in
      let new = after.object.root.value(at: field)
      guard let old = before.object.root.value(at: field), new?.isUnknown != true else { return nil }
      let kept = types(new)
      guard !kept.contains("*"), !kept.contains("all") else { return nil }
      let lost = types(old).subtracting(kept).sorted()
      guard !lost.isEmpty else { return nil }
      return change.violation("\(change.title) no longer keeps the logs of \(lost.joined(separator: ", ")).", at: field)
    }
  }

  /// The types that are on; ACK lists them in groups with a switch each.
  private func types(_ node: Node?) -> Set<String> {
    var found: Set<String> = []
    for item in node?.items ?? [] {
      if let text = item.text { found.insert(text) }
      if item["enabled"]?.isFalse != true { found.formUnion((item["types"]?.items ?? []).compactMap(\.text)) }
    }
    return found
  }
}

/// Tags that scope AWS permissions, taken away.
struct ResourceTagsRemoved: ObjectRule {
  var kinds: KindSelection { .groups(["eksctl.io"] + ResourceTagsRemoved.groups) }

  private static let groups = ["eks", "iam", "kms", "ec2", "rds", "s3", "efs"].flatMap { service in
    ["services.k8s.aws", "aws.upbound.io", "aws.m.upbound.io", "aws.crossplane.io"].map { "\(service).\($0)" }
  }

  let info = RuleInfo(
    "resource-tags-removed", .low, .hardening,
    summary: "An AWS resource loses a tag.",
    why: "Permissions and costs are often scoped by tags: without one a resource falls out of both.",
    remediation: "Keep the tag, or show that no policy asks for it.",
    references: [References.eksIdentity], groupsSameEdits: true,
    examples: [
      .file(
        "a tag is removed", "eks/cluster.yaml", before: cluster("⟦{team: platform, env: prod}⟧"), after: cluster(nil)),
      .file("a tag is added", "eks/cluster.yaml", before: cluster("{team: a}"), after: cluster("{team: a, env: prod}")),
    ])

  private static let fields: [FieldPath] = ["metadata.tags", "spec.tags", "spec.forProvider.tags"]

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    return ResourceTagsRemoved.fields.compactMap { field -> Violation? in
      guard let old = before.object.root.value(at: field) else { return nil }
      let new = after.object.root.value(at: field)
      guard new?.isUnknown != true else { return nil }
      let lost = names(old).subtracting(names(new)).sorted()
      guard !lost.isEmpty else { return nil }
      return change.violation("\(change.title) loses the tag \(lost.joined(separator: ", ")).", at: field)
    }
  }

  /// A mapping of tags, or a list of keys and values.
  private func names(_ node: Node?) -> Set<String> {
    Set((node?.entries ?? []).map(\.name) + (node?.items ?? []).compactMap { ($0["key"] ?? $0["tagKey"])?.text })
  }

  private static func cluster(_ tags: String?) -> String {
    "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  name: prod\n"
      + (tags.map { "  tags: \($0)\n" } ?? "")
  }
}

/// A security group that lets everyone in.
struct SecurityGroupOpen: ObjectRule {
  var kinds: KindSelection {
    .kinds(
      [CloudKind.ack("ec2", "SecurityGroup")]
        + ["SecurityGroup", "SecurityGroupRule", "SecurityGroupIngressRule"].flatMap { CloudKind.upbound("ec2", $0) })
  }

  let info = RuleInfo(
    "security-group-open", .high, .hardening,
    summary: "A security group lets any address reach ports other than those of a web site.",
    why: "SSH, the kubelet and databases are found by scanners within minutes and attacked from then on.",
    remediation: "Name the networks that need the port.",
    references: [References.eksNetwork, References.eksHosts],
    examples: [
      .file(
        "SSH is opened to everyone", "aws/group.yaml", before: group(port: 22, "192.0.2.0/24"),
        after: group(port: 22, "0.0.0.0/0", marked: true)),
      .file("a web site is opened", "aws/group.yaml", before: nil, after: group(port: 443, "0.0.0.0/0")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let known = Set(change.before.map { open($0).map(\.key) } ?? [])
    return open(after).filter { !known.contains($0.key) }.map { found in
      change.violation(
        "\(change.title) lets any address reach \(found.ports).", at: found.field, old: nil, new: found.node)
    }
  }

  private func open(_ object: AppliedObject) -> [(key: String, ports: String, field: FieldPath, node: Node)] {
    rules(object.object).flatMap { rule, field -> [(key: String, ports: String, field: FieldPath, node: Node)] in
      let from = rule["fromPort"]?.int
      let to = rule["toPort"]?.int ?? from
      if let from, from == to, from == 443 || from == 80 { return [] }
      let ports = from.map { $0 == to ? "port \($0)" : "ports \($0) to \(to ?? 65535)" } ?? "every port"
      return networks(rule).filter { $0.text?.isAnywhere == true }.map {
        ("\(ports) \($0.text ?? "")", ports, field, $0)
      }
    }
  }

  private func rules(_ object: KubernetesObject) -> [(Node, FieldPath)] {
    let fields: [FieldPath] = ["spec.ingressRules", "spec.forProvider.ingress"]
    let listed = fields.flatMap { field in (object.root.value(at: field)?.items ?? []).map { ($0, field) } }
    guard object.identity.kind != "SecurityGroup", let rule = object["spec", "forProvider"] else { return listed }
    return rule["type"]?.text == "egress" ? listed : listed + [(rule, "spec.forProvider")]
  }

  private func networks(_ rule: Node) -> [Node] {
    let ranges = ["ipRanges", "ipv6Ranges"].flatMap { rule[$0]?.items ?? [] }
    let named = ["cidrIP", "cidrIPv6", "cidrIp", "cidrIpv6"]
    let lists = ["cidrBlocks", "ipv6CidrBlocks"].flatMap { rule[$0]?.items ?? [] }
    return ranges.flatMap { range in named.compactMap { range[$0] } } + lists
      + ["cidrIpv4", "cidrIpv6"].compactMap { rule[$0] }
  }

  private static func group(port: Int, _ network: String, marked: Bool = false) -> String {
    let place = marked ? "⟦\(network)⟧" : network
    return Samples.object(
      "ec2.services.k8s.aws/v1alpha1", "SecurityGroup", "nodes", "spec:", "  ingressRules:",
      "  - fromPort: \(port)", "    toPort: \(port)", "    ipRanges:", "    - cidrIP: \(place)")
  }
}
