internal import Flux
internal import Manifests
internal import Policy

/// A rule about the EKS Anywhere version of a cluster. Each is a row.
struct EKSAnywhereVersionRule: ClusterRule {
  let info: RuleInfo
  /// Whether the API server refuses what is wrong.
  var isRefusal = false
  /// What is wrong after the edit, with a severity that may replace the rule's own; `nil` where nothing is.
  let says: @Sendable (_ edit: ClusterEdit, _ after: ClusterSpec) -> (text: String, severity: Severity?)?

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, after.eksaVersion?.isUnknown != true, edit.before?.eksaVersion?.isUnknown != true,
      let (text, severity) = says(edit, after)
    else { return [] }
    let releases = [edit.before, after].map { $0?.eksaVersion?.text }
    let versions = [edit.before, after].map { KubernetesVersion($0?.kubernetesVersion) }
    let isOfKubernetes = info.id == "unsupported-version" && releases[0] == releases[1] && versions[0] != versions[1]
    let isOfBundle = releases == [nil, nil]
    let path = isOfKubernetes ? ClusterSpec.versionPath : isOfBundle ? "spec.bundlesRef" : "spec.eksaVersion"
    var violation = edit.object.violation("\(after.title) \(text).", at: path, severity: severity)
    violation?.isRefused = isRefusal
    return [violation].compactMap { $0 }
  }

  static let all: [any Rule] = [
    badTransition, aheadOfManagement, managementViaGit, checksDisabled, provider, unsupported,
  ]

  private static func line(_ version: String) -> String { "eksaVersion: \(version)" }

  /// A management cluster and a cluster that it manages, each of a version.
  private static func fleet(_ management: String, _ workload: String) -> [String: String] {
    [
      "m.yaml": Samples.cluster(name: "mgmt", extra: line(management)),
      "w.yaml": Samples.cluster(extra: line(workload)),
    ]
  }

  private static let badTransition = EKSAnywhereVersionRule(
    info: RuleInfo(
      "eksa-version-bad-transition", .high, .version,
      summary: "The EKS Anywhere version of a cluster takes a step that is refused.",
      why: """
        Only the next minor version, or another patch, is accepted; the version may not be removed, nor stand beside a \
        bundlesRef. The API server refuses the rest, which stalls everything under the sync root.
        """,
      remediation: "Upgrade one minor version at a time, in commits that have been applied.",
      references: [References.upgrade, References.versions],
      examples: [
        .clusterSpec("two minor versions", line("v0.23.0"), line("⟦v0.25.0⟧")),
        .clusterSpec("one minor version down", line("v0.24.0"), line("⟦v0.23.0⟧")),
        .clusterSpec("the version is removed", line("⟦v0.24.0⟧"), ""),
        .clusterSpec("no version", line("v0.24.0"), line("⟦latest⟧")),
        .clusterSpec("the next minor version", line("v0.24.3"), line("v0.25.0")),
      ]),
    isRefusal: true,
    says: { edit, after in
      let old = edit.before?.eksaVersion
      guard let new = after.eksaVersion else {
        if edit.before != nil, old != nil, after.bundlesRef == nil {
          return ("loses its eksaVersion, which is refused", nil)
        }
        let lostBundle = edit.before?.bundlesRef != nil && old == nil && after.bundlesRef == nil
        return lostBundle ? ("loses its bundlesRef without an eksaVersion, which is refused", nil) : nil
      }
      let isSame = old.map { $0.means(new) } ?? false
      if after.bundlesRef != nil, !isSame || edit.before?.bundlesRef == nil {
        return ("has both an eksaVersion and a bundlesRef, which is refused", nil)
      }
      if isSame { return nil }
      guard let version = EKSAnywhereVersion(new) else {
        return ("has \(new.text ?? "something") as its eksaVersion, which is no version and is refused", nil)
      }
      guard let from = EKSAnywhereVersion(old), !version.skipsChecks,
        edit.object.annotation("skip-eksa-version-skew-check").after != "true"
      else { return nil }
      if version.major != from.major {
        return ("goes from \(from) to another major version \(version), which is refused", nil)
      }
      if version.minor < from.minor { return ("goes from \(from) down to \(version), which is refused", nil) }
      return version.minor > from.minor + 1 ? ("goes from \(from) to \(version), skipping a minor version", nil) : nil
    })

  private static let aheadOfManagement = EKSAnywhereVersionRule(
    info: RuleInfo(
      "eksa-version-ahead-of-mgmt", .high, .version,
      summary: "A workload cluster runs a newer EKS Anywhere version than its management cluster.",
      why:
        "It is accepted, but the controller then fails with EksaVersionInvalid and the cluster is no longer reconciled.",
      remediation: "Upgrade the management cluster first, with `eksctl anywhere upgrade management-components`.",
      references: [References.upgrade],
      examples: [
        Example(
          "ahead by a patch",
          before: fleet("v0.24.1", "v0.24.1"),
          after: fleet("v0.24.1", "⟦v0.24.2⟧")),
        Example(
          "the management cluster falls behind",
          before: fleet("v0.24.2", "v0.24.2"),
          after: fleet("⟦v0.24.1⟧", "v0.24.2")),
        Example(
          "up to the same version",
          before: fleet("v0.25.0", "v0.24.1"),
          after: fleet("v0.25.0", "v0.25.0")),
      ]),
    says: { edit, after in
      guard let new = EKSAnywhereVersion(after.eksaVersion), EKSAnywhereVersion(edit.before?.eksaVersion) != new else {
        return nil
      }
      if after.isSelfManaged {
        let left = after.leftAhead(in: edit.step, from: EKSAnywhereVersion(edit.before?.eksaVersion), to: new)
        let names = left.map(\.name).joined(separator: ", ")
        return left.isEmpty ? nil : ("is to run EKS Anywhere \(new), but manages \(names) with a newer one", nil)
      }
      guard after.bundlesRef == nil,
        let manager = after.manager(in: edit.step.after), let limit = EKSAnywhereVersion(manager.eksaVersion),
        !limit.skipsChecks, !new.skipsChecks, limit < new
      else { return nil }
      return ("is to run EKS Anywhere \(new), but its management cluster \(manager.name) runs \(limit)", nil)
    })

  private static let managementViaGit = EKSAnywhereVersionRule(
    info: RuleInfo(
      "eksa-version-mgmt-via-git", .medium, .version,
      summary: "The EKS Anywhere version of a management cluster is edited in Git.",
      why: """
        Only the CLI upgrades a management cluster: it brings the EKSARelease and the controllers of the new version. \
        Before it ran, the controller fails for want of that release.
        """,
      remediation: "Run `eksctl anywhere upgrade cluster -f <file>`; it writes the new version to Git itself.",
      references: [References.upgrade],
      examples: [
        Example(
          "the next version", before: Samples.cluster(managedBy: "prod", extra: line("v0.24.0")),
          after: Samples.cluster(managedBy: "prod", extra: line("⟦v0.25.0⟧"))),
        .clusterSpec("on a workload cluster", line("v0.24.0"), line("v0.25.0")),
      ]),
    says: { edit, after in
      guard edit.before != nil, after.isSelfManaged, let new = EKSAnywhereVersion(after.eksaVersion),
        EKSAnywhereVersion(edit.before?.eksaVersion) != new
      else { return nil }
      return ("is a management cluster and is set to EKS Anywhere \(new) in Git, which only the CLI can do", nil)
    })

  private static let checksDisabled = EKSAnywhereVersionRule(
    info: RuleInfo(
      "eksa-skew-checks-disabled", .high, .version,
      summary: "The EKS Anywhere version is set to the development marker, which switches the version checks off.",
      why:
        "EKS Anywhere takes 0.19.0 for its own development build and accepts any step to and from it, backwards too.",
      remediation: "Write the release that is installed.",
      references: [References.versions],
      examples: [
        .clusterSpec("the marker", line("v0.24.0"), line("⟦v0.19.0-dev+latest⟧")),
        .clusterSpec("a patch of that release", line("v0.19.0"), line("v0.19.1")),
      ]),
    says: { edit, after in
      guard let new = EKSAnywhereVersion(after.eksaVersion), new.skipsChecks else { return nil }
      let old = EKSAnywhereVersion(edit.before?.eksaVersion)
      if old?.skipsChecks == true || edit.before == nil && new.suffix.isEmpty { return nil }
      let isUpgrade = old.map { $0.major == 0 && $0.minor == 18 } ?? false
      return ("is set to \(new), which switches the checks of EKS Anywhere versions off", isUpgrade ? .low : nil)
    })

  private static let provider = EKSAnywhereVersionRule(
    info: RuleInfo(
      "provider-not-supported", .high, .version,
      summary: "A cluster on CloudStack is set to an EKS Anywhere version that no longer has that provider.",
      why: "CloudStack was removed in v0.26.0: the kinds still exist, but no controller looks after them.",
      remediation: "Stay below v0.26.0, or move the cluster to another provider.",
      references: [References.versions],
      examples: [
        Example("an upgrade too far", before: cloudStack("v0.25.0"), after: cloudStack("⟦v0.26.0⟧")),
        Example("an upgrade before", before: cloudStack("v0.24.0"), after: cloudStack("v0.25.0")),
      ]),
    says: { edit, after in
      guard let new = EKSAnywhereVersion(after.eksaVersion), after.datacenterKind == "CloudStackDatacenterConfig",
        (new.major, new.minor) >= (0, 26)
      else { return nil }
      let old = EKSAnywhereVersion(edit.before?.eksaVersion)
      if let old, (old.major, old.minor) >= (0, 26), edit.before?.datacenterKind == after.datacenterKind { return nil }
      return ("is on CloudStack, which EKS Anywhere \(new) does not know any more", nil)
    })

  private static func cloudStack(_ version: String) -> String {
    Samples.cluster(extra: line(version)).replacing("VSphereDatacenterConfig", with: "CloudStackDatacenterConfig")
  }

  private static let unsupported = EKSAnywhereVersionRule(
    info: RuleInfo(
      "unsupported-version", .high, .version,
      summary: "A Kubernetes version is not in the bundle of the cluster's EKS Anywhere version.",
      why:
        "The object is accepted, but the controller finds no images for it, and the cluster is no longer reconciled.",
      remediation: "Choose a Kubernetes version that the release has, or upgrade EKS Anywhere first.",
      references: [References.versions],
      examples: [
        .clusterSpec("a release that is too old", line("v0.23.0"), line("⟦v0.22.0⟧")),
        Example(
          "a version that the release does not have yet", before: Samples.cluster(extra: line("v0.23.0")),
          after: Samples.cluster(version: "⟦\"1.39\"⟧", extra: line("v0.23.0"))),
        .clusterSpec("a release that has it", line("v0.23.0"), line("v0.24.0")),
      ]),
    says: { edit, after in
      func isMissing(_ cluster: ClusterSpec) -> Bool {
        guard let release = EKSAnywhereVersion(cluster.eksaVersion), !release.skipsChecks, release.major == 0,
          let range = EKSAnywhereVersion.kubernetes[release.minor],
          let version = KubernetesVersion(cluster.kubernetesVersion)
        else { return false }
        return version.major != 1 || !range.contains(version.minor)
      }
      guard isMissing(after), let version = KubernetesVersion(after.kubernetesVersion),
        let release = EKSAnywhereVersion(after.eksaVersion), let range = EKSAnywhereVersion.kubernetes[release.minor]
      else { return nil }
      if let before = edit.before, isMissing(before), KubernetesVersion(before.kubernetesVersion) == version {
        return nil
      }
      let known = "1.\(range.lowerBound) to 1.\(range.upperBound)"
      return ("asks for Kubernetes \(version), but EKS Anywhere \(release) has \(known)", nil)
    })
}

extension ClusterSpec {
  /// The clusters that this one manages and that run a newer version than it is to run, where its version falls.
  fileprivate func leftAhead(
    in step: Change, from old: EKSAnywhereVersion?, to new: EKSAnywhereVersion
  ) -> [ClusterSpec] {
    guard let old, new < old, !new.skipsChecks else { return [] }
    return step.after.objects(of: EKSAnywhere.cluster).map { ClusterSpec($0) }.filter { cluster in
      guard !cluster.isSelfManaged, cluster.bundlesRef == nil, let version = EKSAnywhereVersion(cluster.eksaVersion)
      else { return false }
      return cluster.applied.object["spec", "managementCluster", "name"]?.text == name && new < version
        && !version.skipsChecks
    }
  }

  /// The management cluster, where the state has it.
  func manager(in state: any StateView) -> ClusterSpec? {
    guard let name = applied.object["spec", "managementCluster", "name"]?.text, !name.isEmpty else { return nil }
    return state.objects(of: EKSAnywhere.cluster).first { $0.object.identity.name == name }.map { ClusterSpec($0) }
  }
}
