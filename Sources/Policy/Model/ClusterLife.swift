/// What became of one EKS Anywhere cluster along the line of `HEAD`, as its own manifest tells it: patches that Flux
/// applies to it are not followed.
package struct ClusterLife: Sendable, Hashable {
  /// What a manifest says of its cluster.
  package struct State: Sendable, Hashable {
    /// The machines of all worker groups; `nil` where a count is a variable or no number.
    package var workers: Int?
    /// The machines of the control plane; `nil` where the count is absent, a variable or no number.
    package var controlPlane: Int?
    /// `spec.kubernetesVersion` as written: `1.32`.
    package var version: String?
    package var isPaused: Bool
    /// The file that holds the manifest.
    package var path: String

    package init(workers: Int?, controlPlane: Int?, version: String?, isPaused: Bool, path: String) {
      self.workers = workers
      self.controlPlane = controlPlane
      self.version = version
      self.isPaused = isPaused
      self.path = path
    }
  }

  /// What happens to a cluster.
  package enum Event: String, Sendable, Hashable {
    /// It stood there when the part of the history begins that was looked at.
    case present
    case created, deleted, renamed, moved, scaled, paused, resumed
    case versionChanged = "version"
  }

  /// A commit that changes what the manifest says.
  package struct Step: Sendable, Hashable {
    /// The commit on the line of `HEAD`: of a merged branch, the merge.
    package var commit: Finding.CommitInfo
    /// When it was committed: seconds since 1970, never before the step before it.
    package var seconds: Int64
    package var events: [Event]
    /// The other name, `NAMESPACE/NAME`, of a cluster that is renamed: the new one where the cluster is gone
    /// under this name, else the old one.
    package var otherName: String?
    /// What the manifest says from now on; `nil` where it is gone.
    package var state: State?

    package init(
      commit: Finding.CommitInfo, seconds: Int64, events: [Event], otherName: String? = nil, state: State?
    ) {
      self.commit = commit
      self.seconds = seconds
      self.events = events
      self.otherName = otherName
      self.state = state
    }
  }

  /// The label of its repository, in a report about several.
  package var repository: String?
  package var subject: Finding.Subject
  /// The name of the cluster that manages it, as last written; its own name where it manages itself.
  package var managedBy: String?
  /// The oldest first; never empty.
  package var steps: [Step]

  package init(subject: Finding.Subject, managedBy: String?, steps: [Step]) {
    self.subject = subject
    self.managedBy = managedBy
    self.steps = steps
  }

  /// What `HEAD` says of it; `nil` where it is gone.
  package var present: State? { steps.last?.state }
}

/// What an audit knows of a history as a whole.
package struct AuditRecord: Sendable {
  /// When the oldest and the newest commit that were looked at were made: seconds since 1970. Commits with a date that
  /// no clock had are left out.
  package var period: ClosedRange<Int64>?
  /// Sorted by namespace, name and the time at which they begin.
  package var clusters: [ClusterLife] = []
  /// For each commit with a finding that `HEAD` reaches, when it came onto the line of `HEAD`: seconds since 1970.
  package var landed: [String: Int64] = [:]

  package init() {}
}
