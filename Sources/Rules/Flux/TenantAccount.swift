internal import Flux
internal import Manifests
internal import Policy

/// The service account with whose rights Flux applies what a tenant writes.
enum TenantAccount {
  static let kinds = [FluxKind.kustomization, FluxKind.helmRelease]

  private static let field: FieldPath = "spec.serviceAccountName"

  /// What is said where it is taken away, so that Flux applies with its own rights.
  static func violation(_ change: ObjectChange, _ step: Change) -> Violation? {
    guard let (before, after) = change.kept, kinds.contains(after.object.groupKind),
      let old = before.object.root.value(at: field)?.text, isOfTenant(old)
    else { return nil }
    let new = after.object.root.value(at: field)
    guard new?.isUnknown != true, !(new?.text.map(isOfTenant) ?? false), !isLocked(step) else { return nil }
    return change.violation(
      """
      \(change.title) is no longer applied with the rights of service account \(old), but with Flux's own: \
      what stands there is cluster-admin.
      """, at: field, severity: .high,
      remediation: "Restore `spec.serviceAccountName`, and give that account the rights that are missing.")
  }

  private static func isOfTenant(_ name: String) -> Bool { !name.isEmpty && !FluxKind.controllers.contains(name) }

  /// Whether Flux is told to take a service account without rights where none is named.
  private static func isLocked(_ step: Change) -> Bool {
    let deployments =
      step.applied?.after.objects.filter { $0.object.groupKind == CoreKind.deployment }
      ?? step.after.objects(of: CoreKind.deployment)
    let isArgument = deployments.contains {
      $0.object.isFluxController && ControllerArguments($0.object).isOn("--default-service-account")
    }
    return isArgument
      || [FluxKind.instance, FluxKind.helmRelease].contains { kind in
        step.after.objects(of: kind).contains { InstanceSpec($0)?["cluster", "multitenant"]?.isTrue == true }
      }
  }
}
