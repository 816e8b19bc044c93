internal import Manifests

/// Why nothing of a Kustomization is applied after a change.
final class Stops {
  private let before: AppliedState
  private let after: AppliedState
  private var waits: [String: Waits] = [:]
  private var earlierWaits: [String: Waits] = [:]
  private let unseen: Set<ObjectIdentifier>
  private let refusals: Refusals

  init(_ before: AppliedState, _ after: AppliedState, _ refusals: Refusals) {
    self.refusals = refusals
    self.before = before
    self.after = after
    unseen = Set(after.unseen(since: before).map { ObjectIdentifier($0) })
  }

  /// What became of a root of either side; it may be a part of a new one.
  func root(_ path: String) -> SyncRoot? {
    if let root = after.root(path) { return root.isEnded ? nil : root }
    return before.root(path).flatMap { old in after.roots.first { $0.leads(to: old) } }
  }

  /// `applied`, or what stops a Kustomization, with a reason as part of a sentence.
  func verdict(_ kustomization: AppliedKustomization) -> (Verdict, String?) {
    switch kustomization.outcome {
    case .applied:
      if unseen.contains(ObjectIdentifier(kustomization)) { return (.unknown, "its source is another repository now") }
      if kustomization.settings.isSuspended { return (.stalled, "it is suspended") }
      if let refusal = refusals.stop(of: kustomization.owner) { return (.stalled, refusal.reason) }
      return wait(kustomization).map { (.stalled, "it \($0)") } ?? (.applied, nil)
    case .failed: return (.stalled, "its build fails")
    case .pathMissing: return (.pathMissing, "its path \(kustomization.settings.path ?? "") does not exist")
    case .foreign: return (.unknown, "its source is not this repository")
    case .unknown: return (.unknown, "its path is not known")
    }
  }

  /// Whether a Kustomization stops with the change.
  func begin(for kustomization: AppliedKustomization) -> Bool {
    if unseen.contains(ObjectIdentifier(kustomization)) { return true }
    let earlier = before.kustomization(of: kustomization.owner)
    if kustomization.isStopped { return earlier?.outcome != kustomization.outcome }
    guard let earlier, wait(kustomization) != nil else { return false }
    let path = earlier.owner.root
    let known = earlierWaits[path] ?? Waits(before.root(path), since: nil)
    earlierWaits[path] = known
    return known.reason(for: earlier) == nil
  }

  private func wait(_ kustomization: AppliedKustomization) -> String? {
    let path = kustomization.owner.root
    let known = waits[path] ?? Waits(root(path), since: before.root(path))
    waits[path] = known
    return known.reason(for: kustomization)
  }
}
