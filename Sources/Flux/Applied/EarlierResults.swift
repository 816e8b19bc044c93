internal import Manifests

/// Finds earlier results for Kustomizations: they nearly always follow each other as they did before.
final class EarlierResults {
  private let changes: PathChanges
  private var root: SyncRoot?
  private var next = 0
  private var places: [String: [Int]]?

  init(_ changes: PathChanges) { self.changes = changes }

  /// An earlier result for the same Kustomization whose inputs did not change.
  func result(for settings: FluxKustomization, root: String) -> AppliedKustomization? {
    guard let previous = changes.previous else { return nil }
    if self.root?.path != root {
      self.root = previous.root(root)
      next = 0
      places = nil
    }
    guard let known = self.root?.kustomizations else { return nil }
    if next < known.count, fits(known[next], settings, root) {
      next += 1
      return known[next - 1]
    }
    let places = self.places ?? Dictionary(grouping: known.indices) { known[$0].settings.identity.name }
    self.places = places
    guard let place = places[settings.identity.name]?.first(where: { fits(known[$0], settings, root) }) else {
      return nil
    }
    next = place + 1
    return known[place]
  }

  private func fits(_ candidate: AppliedKustomization, _ settings: FluxKustomization, _ root: String) -> Bool {
    candidate.settings.identity == settings.identity && candidate.owner.root == root
      && candidate.settings.file == settings.file && !candidate.isUnreadable && !changes.touches(candidate)
      && candidate.settings.root.isSame(as: settings.root)
  }
}
