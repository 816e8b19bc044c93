internal import Policy

/// The life of a cluster in JSON: its object, its manager, and the commits that changed it, the oldest first.
enum ClusterJSON {
  /// The members of one cluster.
  static func write(_ life: ClusterLife, to json: inout JSONWriter) {
    if let repository = life.repository { json.member("repository", repository) }
    json.member("object") { JSONFormat.write(life.subject, to: &$0) }
    json.member("managedBy", life.managedBy)
    json.member("live", life.present != nil)
    json.member("steps", each: life.steps) { json, step in
      json.member("events", step.events.map(\.rawValue))
      json.member("otherName", step.otherName)
      json.member("at", CivilDate.moment(step.seconds))
      json.member("commit") { JSONFormat.write(step.commit, to: &$0) }
      json.member("state", from: step.state) { json, state in
        json.member("workers", state.workers)
        json.member("controlPlane", state.controlPlane)
        json.member("kubernetesVersion", state.version)
        json.member("paused", state.isPaused)
        json.member("path", state.path)
      }
    }
  }
}
