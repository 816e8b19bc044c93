internal import Flux
internal import Manifests
internal import Policy

/// An annotation of EKS Anywhere that comes or goes. Each rule is a row.
struct AnnotationRule: ObjectRule {
  /// What is done to the annotation.
  enum Edit: Sendable {
    /// It becomes the exact text `true`.
    case set
    /// It is there no more.
    case removed
    /// It comes, goes or changes.
    case flipped
    /// A new object has it, and it is the exact text `true`; on others it has no effect.
    case setOnCreation
  }

  let info: RuleInfo
  let kinds: KindSelection
  let names: [String]
  let edit: Edit
  /// Whether a new object that has it is reported.
  var judgesNew = false
  /// The end of a sentence that begins with the object; `{name}` is the annotation.
  let effect: String

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after, change.before != nil || judgesNew else { return [] }
    let object = ObjectEdit(change, in: step)
    return names.compactMap { name in
      guard AnnotationRule.readers[name]?.contains(after.object.groupKind) ?? true, after.knowsAnnotation(name),
        change.before?.knowsAnnotation(name) ?? true
      else { return nil }
      let (old, new) = object.annotation(name)
      let isHit =
        switch edit {
        case .set: new == "true" && old != "true"
        case .removed: old != nil && new == nil
        case .flipped: old != new
        case .setOnCreation: change.before == nil && new == "true"
        }
      return isHit
        ? object.violation(
          "\(object.title) \(effect.replacing("{name}", with: name)).", at: .annotation(name)) : nil
    }
  }

  static let all: [any Rule] = [allowDelete, skewCheck, addressCheck, roles, ciliumMarker]

  /// The annotations that only the webhooks of some kinds ask for.
  private static let readers: [String: [GroupKind]] = [
    "control-plane": [Kinds.nutanixMachine], "etcd": [Kinds.nutanixMachine],
    "managed-by": [Kinds.nutanixMachine, Kinds.nutanixDatacenter, Kinds.oidc],
  ]

  private static let allowDelete = AnnotationRule(
    info: RuleInfo(
      "allow-delete-when-paused", .high, .lifecycle,
      summary: "A cluster is marked so that it can be deleted although it is paused.",
      why: "A pause holds deletions back. With this annotation a removal from Git deletes the machines at once.",
      remediation: "Remove anywhere.eks.amazonaws.com/allow-delete-when-paused.",
      references: [References.deletion],
      examples: [
        .annotations("it is added", "", "anywhere.eks.amazonaws.com/allow-delete-when-paused: ⟦\"true\"⟧"),
        .annotations("it is false", "", "anywhere.eks.amazonaws.com/allow-delete-when-paused: \"false\""),
      ]),
    kinds: .kinds([EKSAnywhere.cluster]), names: ["allow-delete-when-paused"], edit: .set, judgesNew: true,
    effect: "can be deleted although it is paused")

  private static let skewCheck = AnnotationRule(
    info: RuleInfo(
      "version-skew-check-skipped", .high, .version,
      summary: "The check of EKS Anywhere version steps is switched off for a cluster.",
      why: "Steps over several minor versions, and backwards, are then accepted although nobody tests them.",
      remediation: "Remove anywhere.eks.amazonaws.com/skip-eksa-version-skew-check unless AWS support asked for it.",
      references: [References.upgrade],
      examples: [
        .annotations("it is added", "", "anywhere.eks.amazonaws.com/skip-eksa-version-skew-check: ⟦\"true\"⟧"),
        .annotations("another word", "", "anywhere.eks.amazonaws.com/skip-eksa-version-skew-check: \"no\""),
      ]),
    kinds: .kinds([EKSAnywhere.cluster]), names: ["skip-eksa-version-skew-check"], edit: .set, judgesNew: true,
    effect: "is no longer protected from untested steps between EKS Anywhere versions")

  private static let addressCheck = AnnotationRule(
    info: RuleInfo(
      "ip-check-skipped", .medium, .admission,
      summary: "A cluster is created without a check that its control plane address is free.",
      why: "An address that is in use is taken over, and with it the API of whatever cluster answered there.",
      remediation: "Remove anywhere.eks.amazonaws.com/skip-ip-check, or make sure that nothing answers at the address.",
      references: [References.gitOps],
      examples: [
        .annotations("a new cluster", nil, "anywhere.eks.amazonaws.com/skip-ip-check: ⟦\"true\"⟧"),
        .annotations("a cluster that runs", "", "anywhere.eks.amazonaws.com/skip-ip-check: \"true\""),
        .annotations("it is removed", "anywhere.eks.amazonaws.com/skip-ip-check: \"true\"", ""),
      ]),
    kinds: .kinds([EKSAnywhere.cluster]), names: ["skip-ip-check"], edit: .setOnCreation, judgesNew: true,
    effect: "is not checked for a control plane address that is already in use")

  private static let roles = AnnotationRule(
    info: RuleInfo(
      "role-annotation-flip", .medium, .admission,
      summary: "An annotation that decides which fields of a config may change is added, changed or removed.",
      why: """
        managed-by makes an OIDCConfig mutable and loosens Nutanix configs; control-plane and etcd tighten Nutanix \
        machine configs. The next commit can then change what could not be changed before.
        """,
      remediation: "Leave the annotation as the EKS Anywhere CLI wrote it.",
      references: [References.gitOps], groupsSameEdits: true,
      examples: [
        Example(
          "a config becomes mutable", before: Samples.config("OIDCConfig", "clientId: a"),
          after: Samples.config(
            "OIDCConfig", "clientId: a", annotations: "anywhere.eks.amazonaws.com/managed-by: ⟦mgmt⟧")),
        Example(
          "a role marker that only Nutanix reads", before: Samples.config("VSphereMachineConfig", "numCPUs: 4"),
          after: Samples.config(
            "VSphereMachineConfig", "numCPUs: 4",
            annotations: "anywhere.eks.amazonaws.com/control-plane: \"true\"")),
        Example(
          "another annotation", before: Samples.config("OIDCConfig", "clientId: a"),
          after: Samples.config("OIDCConfig", "clientId: a", annotations: "team: mgmt")),
      ]),
    kinds: .kinds([Kinds.nutanixMachine, Kinds.nutanixDatacenter, Kinds.oidc]),
    names: ["managed-by", "control-plane", "etcd"], edit: .flipped,
    effect: "changes its annotation {name}, which decides which of its fields may change")

  private static let ciliumMarker = AnnotationRule(
    info: RuleInfo(
      "cilium-marker-removed", .high, .hardening,
      summary: "The marker that EKS Anywhere's Cilium was installed is removed.",
      why: "EKS Anywhere may then install its own Cilium again, over whatever network plugin replaced it.",
      remediation: "Restore the annotation anywhere.eks.amazonaws.com/eksa-cilium.",
      references: [References.cilium],
      examples: [
        .annotations("it is removed", "anywhere.eks.amazonaws.com/eksa-cilium: ⟦\"true\"⟧", ""),
        .annotations("it is added", "", "anywhere.eks.amazonaws.com/eksa-cilium: \"true\""),
      ]),
    kinds: .kinds([EKSAnywhere.cluster]), names: ["eksa-cilium"], edit: .removed,
    effect: "loses the marker of its Cilium: EKS Anywhere may install its own over the present network plugin")
}

/// The guard against deleting a management cluster taken away.
struct ManagedByCLI: ClusterRule {
  let info = RuleInfo(
    "managed-by-cli-present", .high, .lifecycle,
    summary: "A management cluster is marked so that its deletion through Git is not refused.",
    why: """
      EKS Anywhere refuses to delete a cluster that manages itself unless it has this annotation. The CLI writes it into \
      Git when it creates the cluster, and Flux keeps putting it back.
      """,
    remediation: "Remove anywhere.eks.amazonaws.com/managed-by-cli from the Cluster in Git.",
    references: [References.deletion],
    examples: [
      Example(
        "it is added", before: Samples.cluster(managedBy: "prod"),
        after: Samples.cluster(
          managedBy: "prod", annotations: "anywhere.eks.amazonaws.com/managed-by-cli: ⟦\"true\"⟧")),
      Example(
        "on a workload cluster", before: Samples.cluster(),
        after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/managed-by-cli: \"true\"")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, after.isSelfManaged, edit.object.annotation("managed-by-cli").after == "true",
      edit.object.annotation("managed-by-cli").before != "true",
      edit.before?.applied.knowsAnnotation("managed-by-cli") ?? true
    else { return [] }
    return [
      edit.object.violation(
        "\(after.title) can be deleted through Git: the annotation managed-by-cli lifts the only guard against it.",
        at: .annotation("managed-by-cli"), severity: edit.before == nil ? .low : nil)
    ].compactMap { $0 }
  }
}
