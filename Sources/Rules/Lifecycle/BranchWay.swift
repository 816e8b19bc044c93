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
