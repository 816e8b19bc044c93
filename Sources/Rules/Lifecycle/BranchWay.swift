internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// What the single commits of a branch do to an object, the oldest first; empty where there is one commit.
  func way(of change: ObjectChange) -> [ObjectChange] {
    guard !way.isEmpty, let identity = change.identity?.key else { return [] }
    return way.filter { $0.identity?.key == identity }
  }
}

extension ObjectEdit {
  /// What the single commits of a branch do to an object that was not paused before, while it is paused: the API server
  /// refuses the sum of them, but lets them pass if Flux applies the pause first.
  var editsUnderPause: [ObjectEdit] {
    guard before?.isPaused == false else { return [] }
    return step.way(of: change).filter { $0.before?.isPaused == true && $0.after != nil }.map {
      ObjectEdit($0, in: step)
    }
  }
}
