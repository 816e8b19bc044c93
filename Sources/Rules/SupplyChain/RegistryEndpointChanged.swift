internal import Flux
internal import Manifests
internal import Policy

/// Images from another place.
struct RegistryEndpointChanged: ObjectRule {
  var info: RuleInfo { Self.fields.info }
  var kinds: KindSelection { Self.fields.kinds }

  /// A mirror that comes or goes is told once, and what goes with it is no edit of its own.
  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    let found = Self.fields.judge(change, in: step)
    let sides = [change.before, change.after].map { $0?.object["spec", "registryMirrorConfiguration"] }
    guard (sides[0] == nil) != (sides[1] == nil), var first = found.first else { return found }
    if sides[1] == nil {
      first.field = "spec.registryMirrorConfiguration"
      first.coversField = true
    }
    return [first]
  }

  private static let fields = FieldRule(
    RuleInfo(
      "registry-endpoint-changed", .high, .supplyChain,
      summary: "The registry that a cluster pulls its images from changes.",
      why: "All images, the control plane's included, come from another place, and every node is rolled.",
      remediation: "Make sure that the new registry holds every image: `eksctl anywhere import images`.",
      references: [References.registryMirror],
      examples: [
        .clusterSpec(
          "another mirror", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: ⟦10.9.9.9⟧}"),
        .clusterSpec(
          "a mirror goes with all that belongs to it",
          "registryMirrorConfiguration: {endpoint: ⟦10.1.1.1⟧, port: \"5000\", caCertContent: A, "
            + "ociNamespaces: [{registry: a, namespace: b}]}", ""),
        .clusterSpec("a mirror is introduced", "", "registryMirrorConfiguration: {endpoint: ⟦10.9.9.9⟧}"),
        .clusterSpec(
          "the default port is written out", "registryMirrorConfiguration: {endpoint: 10.1.1.1}",
          "registryMirrorConfiguration: {endpoint: 10.1.1.1, port: \"443\"}"),
      ]),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.registryMirrorConfiguration.endpoint"], .differs,
      "{object} pulls its images from {instead}, and every node is rolled.",
      whenRemoved: "{object} no longer pulls its images from {before}, and every node is rolled."),
    FieldWatch(
      [EKSAnywhere.cluster], ["spec.registryMirrorConfiguration.port"], .differs(as: Canonical.port),
      "{object} pulls its images from another port of the mirror: {field} {change}, and every node is rolled."),
    FieldWatch(
      [EKSAnywhere.cluster],
      // The registry is the key of an item, and another one is another item.
      ["spec.registryMirrorConfiguration.ociNamespaces[].namespace"], .differs,
      "{field} of {object} {change}, and every node is rolled."))
}
