/// Which paths differ from an earlier tree; tells at once that most earlier results still hold.
struct PathChanges {
  /// The earlier state, where there is one.
  let previous: AppliedState?
  private var touched: Set<String>?

  /// - Parameter survey: what the tree holds now, to tell files that only changed from those that came or went.
  init(_ paths: [String]?, previous: AppliedState?, survey: TreeSurvey) {
    self.previous = paths == nil ? nil : previous
    guard let paths, let previous else { return }
    var touched: Set<String> = []
    for path in paths {
      if previous.files[path] != nil, survey.files[path] != nil {
        touched.insert(path)
        continue
      }
      var part = path
      while touched.insert(part).inserted, !part.isEmpty { part = Path.parent(part) }
    }
    self.touched = touched
  }

  /// Whether a Kustomization looked at a path that changed.
  func touches(_ kustomization: AppliedKustomization) -> Bool {
    guard let touched else { return true }
    return !touched.isDisjoint(with: kustomization.lookedAt)
  }

  /// The earlier results, to be asked for in the order in which Kustomizations are found.
  func cursor() -> EarlierResults { EarlierResults(self) }
}
