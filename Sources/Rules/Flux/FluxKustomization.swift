internal import Flux
internal import Manifests
internal import Policy

/// One side of a Flux `Kustomization`, with its defaults.
struct FluxKustomization {
  let applied: AppliedObject

  init(_ applied: AppliedObject) { self.applied = applied }

  private var object: KubernetesObject { applied.object }

  /// `Flux Kustomization flux-system/apps`.
  var title: String { "Flux \(object.identity.title)" }

  /// A value of `spec`.
  subscript(_ keys: String...) -> Node? { object.root[["spec"] + keys] }

  /// `spec.path`, normalised: no `./`, no trailing slash, empty for the whole repository.
  var path: String { FluxKustomization.normalised(self["path"]?.text ?? "") }

  /// Whether it deletes what leaves its build; a value that is no boolean is taken for `true`.
  var prunes: Bool { self["prune"].map { $0.bool ?? true } ?? false }

  var isSuspended: Bool { self["suspend"]?.bool ?? false }

  /// `spec.deletionPolicy`, `MirrorPrune` where absent.
  var deletionPolicy: String { self["deletionPolicy"]?.text ?? "MirrorPrune" }

  /// Whether the deletion of this object deletes all that it applied.
  var deletesOnRemoval: Bool {
    guard !isSuspended else { return false }
    switch deletionPolicy {
    case "Orphan": return false
    case "MirrorPrune": return prunes
    default: return true
    }
  }

  /// Whether this is the Kustomization that Flux was bootstrapped with: it applies the others, and itself.
  var isSyncRoot: Bool {
    let identity = object.identity
    if applied.path.hasSuffix("gotk-sync.yaml") || identity.name == "flux-system" { return true }
    return identity.name == identity.namespace && identity.name.contains("flux")
  }

  /// A path of a repository without `./`, doubled or trailing slashes.
  static func normalised(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}

/// A rule about one Flux `Kustomization`, before and after.
protocol FluxKustomizationRule: ObjectRule {
  func judge(_ edit: FluxEdit) -> [Violation]
}

extension FluxKustomizationRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] { judge(FluxEdit(change, in: step)) }
}

/// A change of one Flux `Kustomization`, ready for rules to ask.
struct FluxEdit {
  let before: FluxKustomization?
  let after: FluxKustomization?
  let change: ObjectChange
  let step: Change

  init(_ change: ObjectChange, in step: Change) {
    before = change.before.map { FluxKustomization($0) }
    after = change.after.map { FluxKustomization($0) }
    self.change = change
    self.step = step
  }

  /// Both sides of a Kustomization that stays.
  var kept: (before: FluxKustomization, after: FluxKustomization)? {
    guard let before, let after else { return nil }
    return (before, after)
  }

  /// What hangs on it: the larger stake of both sides.
  var stake: Stake {
    let sides = [before.map { Stake(of: $0, in: step.before) }, after.map { Stake(of: $0, in: step.after) }]
    return sides.compactMap { $0 }.filter { $0 != .unseen }.max() ?? .unseen
  }
}
