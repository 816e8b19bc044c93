internal import Flux
internal import Manifests
internal import Policy

/// An object that leaves the applied state, and how that is told.
struct Removal {
  /// The object that goes.
  let object: AppliedObject
  private let change: ObjectChange
  private let step: Change

  /// `nil` where the object stays, where all of Flux is taken away, or where the Flux Operator makes it from now on.
  init?(_ change: ObjectChange, in step: Change) {
    guard change.after == nil, let before = change.before, !step.removesFlux(before.path),
      step.handover(of: change) == nil
    else { return nil }
    object = before
    self.change = change
    self.step = step
  }

  /// Whether the object that nobody is known to apply only stands elsewhere from now on.
  var isOnlyWritten: Bool { step.gathers(object) || step.placesOnly(object) }

  private var verdict: Verdict? { change.verdict == .unknown ? object.writtenVerdict : change.verdict }

  /// Whether Flux does not delete it.
  var stays: Bool { verdict.map { [.orphaned, .moved, .stalled, .pathMissing].contains($0) } ?? false }

  /// What is said of it, one step milder where it stays in the cluster.
  ///
  /// - Parameters:
  ///   - text: what goes with the object, as the end of a sentence that begins with it.
  ///   - loses: whether the removal matters only for what the cluster loses.
  ///   - sameEdit: what the removal of another object has in common with this one.
  func violation(_ text: String, _ severity: Severity, loses: Bool, sameEdit: String = "") -> Violation {
    // Flux tries to delete it, and can not.
    let isRefused = object.object.isUndeletable && !stays
    let reason = isRefused ? "" : change.verdictReason.map { ": \($0)" } ?? ""
    let exit = step.exit(of: object)
    let doubt = loses ? Unapplied(object, in: step) : nil
    let condition = doubt?.condition ?? ""
    let fate = stays ? "\(exit), but \(change.whyItStays(verdict))" : "\(exit): \(condition)\(text)\(reason)"
    return Violation(
      "\(step.title(of: object)) \(fate).", object: object, location: object.nameLocation(side: .before),
      verdict: isRefused ? nil : verdict, severity: stays || doubt?.isLikely == true ? severity.milder : severity,
      sameEdit: stays ? verdict?.rawValue : condition + sameEdit)
  }
}

extension AppliedObject {
  /// The folder of the file that holds it.
  var folder: Substring { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? "" }

  /// What a marker on the object itself tells of its removal.
  var writtenVerdict: Verdict? {
    let isGuarded =
      object.guardMarker("prune", ["disabled"]) != nil || object.guardMarker("reconcile", ["disabled"]) != nil
      || object.guardMarker("ssa", ["ignore"]) != nil
    return isGuarded ? .orphaned : nil
  }
}
