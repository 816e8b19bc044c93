internal import Flux
internal import Manifests

extension AppliedObject {
  /// Whether it is the same object of the same Kustomization.
  func isSame(as other: AppliedObject) -> Bool {
    object.identity.key == other.object.identity.key && owner?.root == other.owner?.root
      && owner?.identity == other.owner?.identity
  }
}

extension Refusal {
  /// An object that the API server refuses: its Kustomization applies and deletes nothing before that is mended, unless
  /// Flux makes the object anew.
  init?(_ change: ObjectChange, _ recreation: Recreation?) {
    guard let object = change.after ?? change.before, let owner = object.owner else { return nil }
    self.init(of: object, by: owner, end: recreation?.end ?? .stays)
  }
}

extension Violation {
  /// The same where nothing of its Kustomization is applied. What is deleted then weighs as much as before where the API
  /// server refuses another object: whoever mends the refusal deletes it. It weighs less where that takes an object that the
  /// same change takes away, and least where the object goes only because what should be it is misspelt.
  func stalled(by refusals: Refusals, _ info: RuleInfo) -> Violation {
    guard verdict == .applied || verdict == .pruned && !isRefused || verdict == nil && location?.side == .before,
      let refusal = object?.owner.flatMap({ refusals.stop(of: $0) })
    else { return self }
    var copy = self
    copy.verdict = .stalled
    if verdict == .applied { return copy }
    if let object, let misspelling = refusals.misspelling(of: object) {
      copy.severity = .low
      copy.message += " It stays where \(misspelling.mending)."
    } else {
      if refusal.object == nil { copy.severity = (severity ?? info.severity).milder }
      copy.message += " Flux does that as soon as \(refusal.mending)."
    }
    return copy
  }
}
