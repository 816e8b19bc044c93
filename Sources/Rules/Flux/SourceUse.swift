internal import Flux
internal import Manifests
internal import Policy

/// What a source is used for.
enum SourceUse {
  /// This repository itself.
  case own
  /// Applied by a Flux Kustomization.
  case applied
  /// Part of what another source holds.
  case included
  /// Charts only.
  case charts
  /// Nothing in this repository.
  case unused

  init(of source: KubernetesObject, in view: any StateView) {
    let identity = source.identity
    if source.groupKind == FluxKind.gitRepository, identity.name == "flux-system" || identity.name == identity.namespace
    {
      self = .own
      return
    }
    let users = view.objects(of: FluxKind.kustomization).map { KustomizationSpec($0) }
      .filter { $0.sourceIdentity?.kind == identity.kind && $0.sourceIdentity?.name == identity.name }
    if users.contains(where: { $0.isSyncRoot || (!$0.path.isEmpty && view.exists($0.path)) }) {
      self = .own
    } else if !users.isEmpty {
      self = .applied
    } else if source.groupKind != FluxKind.gitRepository || SourceUse.holdsCharts(identity, view) {
      self = .charts
    } else {
      self = SourceUse.isIncluded(identity, view) ? .included : .unused
    }
  }

  private static func holdsCharts(_ identity: ObjectIdentity, _ view: any StateView) -> Bool {
    view.objects(of: FluxKind.helmRelease).contains {
      $0.object["spec", "chart", "spec", "sourceRef", "name"]?.text == identity.name
    }
  }

  private static func isIncluded(_ identity: ObjectIdentity, _ view: any StateView) -> Bool {
    view.objects(of: FluxKind.gitRepository).contains {
      ($0.object["spec", "include"]?.items ?? []).contains { $0["repository", "name"]?.text == identity.name }
    }
  }

  var consequence: String {
    switch self {
    case .own: ": whoever writes there is cluster administrator, and what it does not hold is deleted"
    case .applied: ", which a Flux Kustomization applies"
    case .included: ", which another source includes"
    case .charts, .unused: ""
    }
  }

  /// How much it means that another repository is fetched.
  var urlSeverity: Severity {
    switch self {
    case .own: .critical
    case .applied: .high
    case .included: .medium
    case .charts, .unused: .low
    }
  }

  /// How much it means that another revision is fetched; `nil` where that is an ordinary release.
  ///
  /// - Parameter isMoving: whether a branch or reference, which others can move, is followed on either side.
  /// - Parameter isPinned: whether a single revision is followed from now on.
  func refSeverity(isMoving: Bool, isPinned: Bool) -> Severity? {
    switch self {
    case .own: isMoving ? .critical : .medium
    case .applied where isMoving: isPinned ? .low : .high
    case .included where isMoving: isPinned ? .low : .medium
    case .unused where isMoving: .low
    default: nil
    }
  }
}
