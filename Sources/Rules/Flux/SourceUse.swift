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
    if SourceUse.isCalledOwn(source) {
      self = .own
      return
    }
    let users = SourceUse.users(of: source, in: view)
    if users.contains(where: { SourceUse.isHere($0, view) }) {
      self = .own
    } else if !users.isEmpty {
      self = .applied
    } else if source.groupKind != FluxKind.gitRepository || SourceUse.holdsCharts(identity, view) {
      self = .charts
    } else {
      self = SourceUse.isIncluded(identity, view) ? .included : .unused
    }
  }

  /// Whether a source is this repository itself, without asking what else it may be used for.
  static func isOwn(_ source: KubernetesObject, in view: any StateView) -> Bool {
    isCalledOwn(source) || users(of: source, in: view).contains { isHere($0, view) }
  }

  /// Whether a source has the name that `flux bootstrap` gives to this repository: that of Flux's namespace. A tenant's
  /// source is often called like the tenant's own namespace.
  private static func isCalledOwn(_ source: KubernetesObject) -> Bool {
    let identity = source.identity
    return source.groupKind == FluxKind.gitRepository
      && (identity.name == "flux-system" || identity.name == identity.namespace && identity.name.contains("flux"))
  }

  /// The Flux Kustomizations that apply what a source holds.
  private static func users(of source: KubernetesObject, in view: any StateView) -> [KustomizationSpec] {
    view.objects(of: FluxKind.kustomization).lazy.map { KustomizationSpec($0) }
      .filter { $0["sourceRef", "name"]?.text == source.identity.name }
      .filter { $0["sourceRef", "kind"]?.text == source.identity.kind }
  }

  /// Whether a Flux Kustomization applies a folder of this repository.
  private static func isHere(_ user: KustomizationSpec, _ view: any StateView) -> Bool {
    user.isSyncRoot || (!user.path.isEmpty && view.exists(user.path) && !user.readsOther(in: view))
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
    case .own: isMoving && !isPinned ? .critical : .medium
    case .applied where isMoving: isPinned ? .low : .high
    case .included where isMoving: isPinned ? .low : .medium
    case .unused where isMoving: .low
    default: nil
    }
  }
}
