internal import Flux
internal import Manifests
internal import Policy

/// A HelmRelease of a chart that installs Flux, or the operator that does.
enum FluxChart {
  /// What is said where such a release leaves, and no other of its chart is there.
  static func violation(_ change: ObjectChange, _ step: Change) -> Violation? {
    guard change.after == nil, let removed = change.before, let chart = name(removed.object),
      ![.moved, .orphaned].contains(change.verdict),
      !others(removed, step).contains(where: { name($0.object) == chart })
    else { return nil }
    let isOperator = chart == "flux-operator"
    if !isOperator, let heir = others(removed, step).first(where: { name($0.object) == "flux-operator" }) {
      return change.violation(
        """
        \(change.title) leaves Git and \(heir.object.identity.title) comes in its place: unless the Flux Operator has taken \
        Flux over before this is merged, Helm uninstalls it with its definitions and all that they stand for.
        """, severity: .medium, remediation: remediation)
    }
    let loss =
      isOperator
      ? "Helm uninstalls the Flux Operator, and nobody upgrades, mends or removes Flux any more"
      : "Helm uninstalls Flux with its definitions, and with these go all sources, Kustomizations and releases"
    let stays = [.stalled, .pathMissing].contains(change.verdict)
    let severity: Severity? = isOperator ? nil : .critical
    var violation = change.violation(
      stays
        ? "\(change.title) leaves Git, but \(change.whyItStays(change.verdict)). Then \(loss)."
        : "\(change.title) leaves Git: \(loss).",
      severity: stays ? (severity ?? .high).milder : severity, remediation: remediation)
    violation.verdict = change.verdict == .unknown ? nil : change.verdict
    return violation
  }

  private static let remediation = """
    Restore the release. To hand Flux over, keep the definitions, install Flux the new way beside it and wait until that is \
    ready before the release leaves Git.
    """

  private static func name(_ object: KubernetesObject) -> String? {
    guard object.groupKind == FluxKind.helmRelease else { return nil }
    let written = object["spec", "chart", "spec", "chart"]?.text ?? object["spec", "chartRef", "name"]?.text ?? ""
    let name = Path.name(written)
    return ["flux2", "flux-operator"].contains(name) ? name : nil
  }

  /// The releases that are there after the change: of the same cluster, where that is known.
  private static func others(_ removed: AppliedObject, _ step: Change) -> [AppliedObject] {
    if let root = removed.owner?.root, let after = step.applied?.after.root(root) {
      return after.kustomizations.flatMap(\.objects)
    }
    return step.after.objects(of: FluxKind.helmRelease)
  }
}
