internal import Flux
internal import Manifests
internal import Policy

/// An older Kubernetes.
struct KubernetesDowngrade: ObjectRule {
  let info = RuleInfo(
    "k8s-downgrade", .high, .version,
    summary: "The Kubernetes version of a cluster or worker group goes down.",
    why: """
      EKS Anywhere and Cluster API refuse every downgrade; Flux then applies and prunes nothing under the sync root.
      """,
    remediation: "Restore the version. A revert of an upgrade is a downgrade too: mend forward instead.",
    references: [References.upgrade],
    examples: [
      Example(
        "one minor version down", before: Samples.cluster(version: "\"1.33\""),
        after: Samples.cluster(version: "⟦\"1.32\"⟧")),
      Example(
        "a worker group goes down",
        before: Samples.cluster(workers: "{name: md-0, count: 3, kubernetesVersion: \"1.33\"}"),
        after: Samples.cluster(workers: "{name: md-0, count: 3, kubernetesVersion: ⟦\"1.32\"⟧}")),
      .topology("a cluster of a class goes down", from: "v1.33.2", to: "⟦v1.33.1⟧"),
      .topology("a cluster of a class goes up", from: "v1.32.2", to: "v1.33.1"),
      Example(
        "a normal upgrade", before: Samples.cluster(version: "\"1.32\""), after: Samples.cluster(version: "\"1.33\"")),
    ])

  let kinds = KindSelection.kinds([EKSAnywhere.cluster, ClusterAPI.cluster])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    if let topology = TopologyVersionChange(change) { return topology.isDowngrade ? [topology.violation] : [] }
    return judge(ClusterEdit(change, in: step))
  }

  private func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.versionChanges.filter { $0.minors < 0 }.compactMap { version in
      edit.object.violation(
        "\(version.title) goes from Kubernetes \(version.old) down to \(version.new), which EKS Anywhere refuses.",
        at: version.path)?.refused
    }
  }
}

/// A Kubernetes upgrade by more than one minor version.
struct KubernetesSkippedMinor: ClusterRule {
  let info = RuleInfo(
    "k8s-skip-minor", .high, .version,
    summary: "The Kubernetes version of a cluster or worker group skips a minor version.",
    why: "EKS Anywhere only upgrades by one minor version; Flux then applies and prunes nothing under the sync root.",
    remediation: "Upgrade one minor version at a time, each in a commit of its own that has been applied.",
    references: [References.upgrade],
    examples: [
      Example(
        "two minor versions up", before: Samples.cluster(version: "'1.31'"), after: Samples.cluster(version: "⟦'1.33'⟧")
      ),
      Example(
        "the quotes change", before: Samples.cluster(version: "'1.33'"), after: Samples.cluster(version: "\"1.33\"")),
      Example(
        "one minor version up", before: Samples.cluster(version: "'1.32'"), after: Samples.cluster(version: "'1.33'")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    edit.versionChanges.filter { $0.minors > 1 }.compactMap { version in
      edit.object.violation(
        "\(version.title) goes from Kubernetes \(version.old) to \(version.new); EKS Anywhere only accepts the next minor.",
        at: version.path)?.refused
    }
  }
}

/// A version that YAML reads as a number.
struct KubernetesVersionUnquoted: ClusterRule {
  let info = RuleInfo(
    "k8s-version-unquoted", .high, .version,
    summary: "A kubernetesVersion is written without quotes and is a number.",
    why: """
      The API server wants a string and refuses a number; 1.30 even becomes 1.3. Flux then applies and prunes nothing \
      under the sync root.
      """,
    remediation: "Put the version in quotes: `kubernetesVersion: \"1.33\"`.",
    references: [References.upgrade],
    supersedes: ["wrong-scalar-type"],
    examples: [
      Example(
        "the quotes are lost", before: Samples.cluster(version: "\"1.33\""), after: Samples.cluster(version: "⟦1.33⟧")),
      Example("a new cluster", before: nil, after: Samples.cluster(version: "⟦1.30⟧")),
      Example(
        "it was so before", before: Samples.cluster(version: "1.33"),
        after: Samples.cluster(version: "1.33", controlPlane: "count: 5")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    let patterns: [FieldPattern] = ["spec.kubernetesVersion", "spec.workerNodeGroupConfigurations[].kubernetesVersion"]
    return patterns.flatMap { edit.object.values($0) }.compactMap { field in
      guard let node = field.after, KubernetesVersionUnquoted.isNumber(node),
        field.before.map({ !$0.means(node) }) ?? true
      else { return nil }
      let text = node.text ?? ""
      let read = text.hasSuffix("0") ? "the number \(text.dropLast())" : "a number"
      let isSubstituted = node.origin?.cause == "postBuild.substitute"
      let origin =
        isSubstituted ? "from a variable, and Flux drops any quotes around that" : "without quotes"
      return edit.object.violation(
        "\(edit.object.title) has kubernetesVersion \(text) \(origin): it is \(read) and the API server refuses it.",
        at: field.path,
        remediation: isSubstituted ? "Write the version itself, in quotes; no variable can give such a text." : nil)?
        .unreadable
    }
  }

  private static func isNumber(_ node: Node) -> Bool {
    switch node.meaning {
    case .int, .float: true
    default: false
    }
  }
}
