internal import Flux
internal import Manifests
internal import Policy

/// What machines boot, trust and run when they are made.
enum MachineSupply {
  static let all: [any Rule] = [
    bootChain, FollowingReferences(ProvisionActionChanged()), FollowingReferences(trust),
  ]

  private static let bootChain = FieldRule(
    RuleInfo(
      "boot-chain-changed", .high, .supplyChain,
      summary: "What bare metal servers boot before their operating system changes.",
      why: "The hook image runs as root on every server that is provisioned and writes its disks.",
      remediation: "Take hook images from the EKS Anywhere bundle or a mirror of it, over https.",
      references: [References.bareMetal],
      examples: [
        .spec(
          "another place for hook images", "TinkerbellDatacenterConfig", "tinkerbellIP: 10.0.0.1, isoBoot: true",
          "tinkerbellIP: 10.0.0.1, isoBoot: true, hookIsoURL: ⟦\"https://a.example/h.iso\"⟧"),
        .spec(
          "the default is written out", "TinkerbellDatacenterConfig", "tinkerbellIP: 10.0.0.1",
          "tinkerbellIP: 10.0.0.1, isoBoot: false"),
      ]),
    FieldWatch(
      [Kinds.tinkerbellDatacenter], ["spec.hookImagesURLPath", "spec.hookIsoURL", "spec.loadBalancerInterface"],
      .differs,
      "Servers of {object} boot otherwise: {field} {change}."),
    FieldWatch(
      [Kinds.tinkerbellDatacenter], ["spec.isoBoot"], .flipped,
      "Servers of {object} boot otherwise: {field} {change}."))

  private static let trust = FieldRule(
    RuleInfo(
      "trust-store-or-ntp", .medium, .supplyChain,
      summary: "The trust store or the clock of machines changes.",
      why: """
        An added authority can pose as any server to the nodes, and a wrong clock breaks TLS and etcd. The machines are \
        replaced.
        """,
      remediation:
        "Check the certificates with `openssl x509 -noout -subject -dates`, and use time servers of your own.",
      references: [References.hostOS], groupsSameEdits: true,
      examples: [
        .spec(
          "another time server", "VSphereMachineConfig", "hostOSConfiguration: {ntpConfiguration: {servers: [a]}}",
          "hostOSConfiguration: {ntpConfiguration: {servers: ⟦[b]⟧}}"),
        .spec(
          "the time servers change places", "VSphereMachineConfig",
          "hostOSConfiguration: {ntpConfiguration: {servers: [a, b]}}",
          "hostOSConfiguration: {ntpConfiguration: {servers: [b, a]}}"),
      ]),
    FieldWatch(
      Kinds.machines, ["spec.hostOSConfiguration.ntpConfiguration.servers"], .differs,
      "Machines of {object} take their time from other servers."),
    FieldWatch(
      Kinds.machines, ["spec.hostOSConfiguration.certBundles[].data"], .differs(as: Canonical.pem),
      "Machines of {object} trust other certificate authorities: {field} changes.", shows: false))
}

/// Component images that are swapped from Git.
struct BundlesInGit: ObjectRule {
  let info = RuleInfo(
    "bundles-object-in-git", .critical, .supplyChain,
    summary: "A bundle of EKS Anywhere component images is added, edited or chosen in Git.",
    why: """
      The bundle names the images of every component that runs with full rights. Its signature does not cover most of \
      them, so a valid one proves nothing; the CLI installs bundles, Git never needs to.
      """,
    remediation: "Remove the object; upgrade with `eksctl anywhere upgrade cluster`, which installs the signed bundle.",
    references: [References.bestPractices, References.upgrade],
    examples: [
      Example(
        "a bundle is added", before: nil, after: Samples.config("Bundles", "number: 1", name: "⟦bundles-1⟧")),
      .clusterSpec(
        "another bundle is chosen", "bundlesRef: {name: bundles-1, namespace: eksa-system}",
        "bundlesRef: {name: ⟦bundles-x⟧, namespace: eksa-system}"),
      .clusterSpec("a new cluster names one", nil, "bundlesRef: {name: bundles-1, namespace: eksa-system}"),
    ])

  private static let bundles = [Kinds.kind("Bundles"), Kinds.kind("EKSARelease")]

  var kinds: KindSelection { .kinds(Self.bundles + [EKSAnywhere.cluster]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let edit = ObjectEdit(change, in: step)
    if after.object.groupKind != EKSAnywhere.cluster {
      let verb = change.before == nil ? "is added" : "is edited"
      return [edit.violation("\(edit.title) \(verb): it decides which component images run.", at: "metadata.name")]
        .compactMap { $0 }
    }
    guard change.before != nil else { return [] }
    let chosen = ["spec.bundlesRef.name", "spec.bundlesRef.namespace"].flatMap { edit.values($0) }.first {
      $0.after?.isUnknown != true && $0.before?.isUnknown != true && FieldTest.addedOrReplaced.holds($0)
    }
    let bundle = after.object["spec", "bundlesRef"]
    let name = [bundle?["namespace"]?.text, bundle?["name"]?.text].compactMap { $0 }.joined(separator: "/")
    return [
      chosen.flatMap {
        edit.violation("\(edit.title) takes its component images from bundle \(name), chosen in Git.", at: $0.path)
      }
    ].compactMap { $0 }
  }
}

extension Kinds {
  /// Kinds that EKS Anywhere itself makes and changes inside a cluster.
  static let upgrades = [kind("ControlPlaneUpgrade"), kind("MachineDeploymentUpgrade"), kind("NodeUpgrade")]
}
