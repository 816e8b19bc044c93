internal import Flux
internal import Manifests
internal import Policy

/// A FluxInstance, or the release of one, that goes or loses its sync.
///
/// The two end differently: of an instance that goes, the Flux Operator deletes the controllers first and takes the
/// finalizers off what they own, so that the workloads stay. A sync that goes is deleted while they run, and its
/// Kustomization deletes what it applied.
struct RemovedInstance {
  private let change: ObjectChange
  private let before: InstanceSpec
  /// As its file holds it: once it syncs nothing, nobody applies it any more, if it was part of what it synced.
  private let after: AppliedObject?
  private let step: Change

  /// `nil` for anything else.
  init?(_ change: ObjectChange, in step: Change) {
    guard let before = change.before.flatMap({ InstanceSpec($0) }), change.verdict != .moved else { return nil }
    (self.change, self.before, self.step) = (change, before, step)
    after = change.after ?? change.before.flatMap { step.writtenAfter($0) }
  }

  /// What is said of it; `nil` where the sync stays.
  var violation: Violation? {
    guard let after else { return removal }
    // Values that a ConfigMap may hold are not known.
    guard before["sync"] != nil, InstanceSpec(after)?["sync"] == nil, after.object["spec", "valuesFrom"] == nil else {
      return nil
    }
    return change.violation(
      """
      \(change.title) loses its sync: the Flux Operator deletes the source and with it the root Kustomization, which \
      deletes all that Flux applies.
      """, at: before.field("sync"),
      remediation: """
        Restore the sync. To end it and keep what it applied, first let a patch in `kustomize.patches` of the instance set \
        `spec.deletionPolicy: Orphan` on the Kustomization of the sync, and wait until that is live.
        """)
  }

  private var removal: Violation {
    let other = [FluxKind.instance, FluxKind.helmRelease].lazy.flatMap { step.after.objects(of: $0) }
      .first { InstanceSpec($0)?["sync", "path"]?.text == before["sync", "path"]?.text && InstanceSpec($0) != nil }
    let end =
      other.map { "; \($0.object.identity.title) installs it again" } ?? ", and nothing in Git is applied any more"
    let keeps = change.verdict == .orphaned
    var violation = change.violation(
      keeps
        ? "\(change.title) leaves Git and stays in the cluster, unmanaged."
        : "\(change.title) is removed: the Flux Operator uninstalls Flux. What Flux applied keeps running\(end).",
      severity: keeps || other != nil ? .medium : .high,
      remediation: """
        Restore the instance. To retire Flux, delete the instance by hand while the Flux Operator runs, so that it takes the \
        finalizers off, and remove the manifest afterwards.
        """)
    violation.verdict = change.verdict == .unknown ? nil : change.verdict
    return violation
  }
}
