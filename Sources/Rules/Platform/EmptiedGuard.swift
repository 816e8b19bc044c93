internal import Manifests

/// What a network policy, quota or limit range no longer does although it is still there.
enum EmptiedGuard {
  /// The field that was emptied, and the end of a sentence that begins with the object.
  @Sendable static func of(_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? {
    switch after.identity.kind {
    case "ResourceQuota": return quota(before, after)
    case "LimitRange": return limits(before, after)
    case "NetworkPolicy": return policy(before, after)
    default: return nil
    }
  }

  private static func quota(_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? {
    let kept = Set((after["spec", "hard"]?.entries ?? []).map(\.name))
    let lost = (before["spec", "hard"]?.entries ?? []).map(\.name).filter { !kept.contains($0) }
    return lost.isEmpty ? nil : ("spec.hard", "no longer limits \(lost.joined(separator: ", "))")
  }

  private static func limits(_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? {
    guard before["spec", "limits"]?.items.isEmpty == false, after["spec", "limits"]?.items.isEmpty ?? true else {
      return nil
    }
    return ("spec.limits", "no longer limits anything")
  }

  private static func policy(_ before: KubernetesObject, _ after: KubernetesObject) -> (FieldPath, String)? {
    for direction in ["ingress", "egress"] where allowsAll(after, direction) && !allowsAll(before, direction) {
      return (FieldPath("spec").key(direction), "lets all \(direction) through")
    }
    let kept = Set((after["spec", "policyTypes"]?.items ?? []).compactMap(\.text))
    let lost = (before["spec", "policyTypes"]?.items ?? []).compactMap(\.text).filter { !kept.contains($0) }
    let isStillThere = lost.allSatisfy { after["spec", $0.lowercased()] != nil }
    return lost.isEmpty || isStillThere
      ? nil : ("spec.policyTypes", "no longer holds \(lost.joined(separator: ", ")) back")
  }

  /// Whether one of the rules is empty, which allows everything.
  private static func allowsAll(_ object: KubernetesObject, _ direction: String) -> Bool {
    (object["spec", direction]?.items ?? []).contains { $0.isMapping && $0.entries.isEmpty }
  }
}
