/// What an audit looks at.
package struct AuditSelection: Sendable {
  /// Revisions whose ancestors are judged; empty means `HEAD`.
  package var revisions: [String] = []
  /// Patterns of the references whose ancestors are judged.
  package var references: [String] = []
  /// Every reference, tags and notes, the stash and its log too.
  package var all = false
  /// Objects that no reference reaches any more.
  package var unreachable = false
  /// Commits that change clusters on the line of `HEAD` without a sign of a review are told.
  package var asksForReviews = false
  /// Only commits made at or after this time: seconds since 1970.
  package var since: Int64?
  /// Only commits made at or before this time.
  package var until: Int64?
  /// Only commits whose author's name or address holds this text.
  package var author: String?

  package init() {}

  /// Whether nothing of the history is left out by date or author.
  var isWhole: Bool { since == nil && until == nil && author == nil }
}

/// How far an audit is; called from several threads.
package struct AuditProgress: Sendable {
  /// What is being done.
  package enum Phase: String, Sendable {
    case walking = "comparing commits"
    case reading = "reading files"
    case judging = "judging changes"
  }

  package var phase: Phase
  package var done: Int
  package var total: Int

  package init(phase: Phase, done: Int, total: Int) {
    self.phase = phase
    self.done = done
    self.total = total
  }

  package typealias Handler = @Sendable (AuditProgress) -> Void
}
