internal import Flux
internal import Manifests
internal import Policy

/// What goes with a HelmRelease that leaves the applied state.
enum ReleaseLoss {
  /// What is said of the release of a chart that holds data; the others are deleted as their authors mean it, every
  /// week, and a plan lists them. A suspended one is not uninstalled (`reconcileDelete` of helm-controller).
  static func loss(of removed: AppliedObject, in step: Change) -> (text: String, severity: Severity)? {
    let change = step.objects.first { $0.after == nil && $0.before?.object.identity == removed.object.identity }
    guard !removed.object.isSuspended, let target = ReleaseTarget(removed, in: step.before),
      StatefulChart.isHeld(by: removed.object, chart: target.chart),
      !goesWithNamespace([removed.object.identity.namespace, target.namespace], step),
      change.flatMap({ HelmReleaseRetargeted.successor(of: $0, in: step) }) == nil
    else { return nil }
    return ("Helm uninstalls release \(target.name), and volumes that its chart made may go with it", .medium)
  }

  /// Whether a Namespace goes too that the object, or what it installs, is in.
  private static func goesWithNamespace(_ names: [String], _ step: Change) -> Bool {
    step.objects.contains { change in
      guard change.after == nil, let other = change.before?.object, other.groupKind == CoreKind.namespace else {
        return false
      }
      return names.contains(other.identity.name)
    }
  }
}
