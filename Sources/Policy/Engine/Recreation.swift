internal import Flux
internal import Manifests

/// An object that Flux deletes and makes anew because the API server finds an edit of it invalid.
///
/// kustomize-controller hands `spec.force` and the marker `force: enabled` to `ApplyAll` of fluxcd/pkg, `ssa`. Its
/// `shouldForceApply` asks both the live object and the new one for the marker, and `IsImmutableError` takes every answer
/// of reason Invalid (422) or Conflict for an immutable field, and texts with `is immutable` or `immutable field`. The
/// object is deleted while all others are still tried out, and made anew once it is gone. What the API server can't
/// read at all (an unknown field, a wrong type, a kind without a definition) has other reasons and deletes nothing.
struct Recreation {
  /// Why Flux does so, as the start of a sentence.
  private let cause: String
  private let object: KubernetesObject
  /// Whether the API server refuses the new object as well.
  private let isLost: Bool

  /// - Parameters:
  ///   - violations: what is said of the change.
  ///   - refusesNew: whether the object as it is after the change would be refused as a new one.
  init?(of change: ObjectChange, _ violations: [Violation], in step: Change, refusesNew: () -> Bool) {
    let refused = violations.filter(\.isRefused)
    guard change.verdict == .applied, let before = change.before, let after = change.after, !refused.isEmpty,
      !Guard.appliesOnce(after.object),
      !refused.contains(where: \.isUnreadable), !Recreation.answersOtherwise.contains(after.object.groupKind),
      let cause = Recreation.cause(before, after, step)
    else { return nil }
    self.cause = cause
    object = after.object
    isLost = refusesNew()
  }

  /// The webhooks of these kinds answer with 403.
  private static let answersOtherwise: Set<GroupKind> = [
    GroupKind(group: EKSAnywhere.group, kind: "SnowDatacenterConfig"),
    GroupKind(group: EKSAnywhere.group, kind: "SnowMachineConfig"),
  ]

  private static func cause(_ before: AppliedObject, _ after: AppliedObject, _ step: Change) -> String? {
    guard let owner = after.owner else { return nil }
    if [before, after].contains(where: { Guard.forces($0.object) }) { return "The object is marked `force: enabled`" }
    // The change may be reconciled by what is live, whatever it says of force itself.
    let old = before.owner.flatMap { step.applied?.before?.kustomization(of: $0) }
    let new = step.applied?.after.kustomization(of: owner)
    guard [old, new].contains(where: { $0?.settings.isForced == true }) else { return nil }
    return "Flux \(owner.identity.title) has `force: true`"
  }

  /// What becomes of the object.
  var end: Refusal.End { isLost ? .isLost : .isRecreated }

  private var loss: Loss {
    let loss = Loss.all.first { $0.kinds.contains(object.groupKind) }
    let isHarmless = object.groupKind == Loss.kustomization && object["spec", "prune"]?.bool == false
    return isHarmless ? Loss.other : loss ?? Loss.other
  }

  /// How bad that is.
  ///
  /// - Parameter stall: how bad it is that everything beside the object stalls, as it does where the new one is refused.
  func severity(_ stall: Severity) -> Severity { isLost ? max(stall, loss.severity) : loss.severity }

  /// What happens, as a sentence.
  var sentence: String {
    let end = isLost ? "cannot make it anew, which is refused as well" : "makes it anew"
    return "\(cause): Flux deletes \(object.identity.title)\(loss.text) and \(end)."
  }
}

/// What goes with an object of some kinds.
private struct Loss {
  let kinds: KindChoice
  let severity: Severity
  /// Behind the name of the object.
  let text: String

  static let kustomization = GroupKind(group: FluxKustomization.group, kind: "Kustomization")

  static let other = Loss(kinds: .all, severity: .medium, text: "")

  static let all = [
    Loss(
      kinds: KindChoice(kinds: [EKSAnywhere.cluster, GroupKind(group: "cluster.x-k8s.io", kind: "Cluster")]),
      severity: .critical, text: " with all machines of the cluster"),
    Loss(
      kinds: KindChoice(kinds: [], groups: [EKSAnywhere.group]), severity: .critical,
      text: ", on which clusters and their machines hang,"),
    Loss(kinds: KindChoice(kinds: [kustomization]), severity: .critical, text: " with everything that it applies"),
    Loss(
      kinds: KindChoice(kinds: [GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")]),
      severity: .critical, text: " with all objects of its kind"),
    Loss(
      kinds: KindChoice(kinds: [core("PersistentVolumeClaim"), core("PersistentVolume")]), severity: .high,
      text: ", with its data unless a reclaim policy keeps that,"),
    Loss(
      kinds: KindChoice(kinds: [
        core("ConfigMap"), core("Secret"), GroupKind(group: "batch", kind: "Job"),
        GroupKind(group: "storage.k8s.io", kind: "StorageClass"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "RoleBinding"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding"),
      ]), severity: .low, text: ""),
    Loss(
      kinds: KindChoice(
        kinds: ["Deployment", "StatefulSet", "DaemonSet"].map { GroupKind(group: "apps", kind: $0) }.set),
      severity: .medium, text: " with its pods"),
  ]

  private static func core(_ kind: String) -> GroupKind { GroupKind(group: "", kind: kind) }
}

extension [GroupKind] {
  fileprivate var set: Set<GroupKind> { Set(self) }
}

extension Violation {
  /// The same where Flux deletes the object instead of standing still.
  func recreated(_ recreation: Recreation, _ info: RuleInfo) -> Violation {
    guard isRefused else { return self }
    var copy = self
    for words in [Violation.rootStalls, Violation.partStalls] { copy.message = copy.message.replacing(words, with: "") }
    copy.message += " " + recreation.sentence
    copy.severity = recreation.severity(severity ?? info.severity)
    copy.verdict = .pruned
    copy.remediation = """
      Undo the edit before it is merged. Take `force` away in a commit of its own, and recreate the one object that needs \
      it by hand.
      """
    return copy
  }
}
