package import Flux

/// Something that happened while looking, as opposed to something that was found.
package struct Diagnostic: Sendable, Hashable {
  /// An `error` makes exit status 2; a `warning` never does.
  package enum Level: String, Sendable {
    case error, warning
  }

  package var level: Level
  package var path: String?
  /// The commit's id in hexadecimal.
  package var commit: String?
  /// The label of its repository, in a report about several.
  package var repository: String?
  /// One sentence that names the thing and the remedy, without any value from a file.
  package var message: String

  package init(_ level: Level, _ message: String, path: String? = nil, commit: String? = nil) {
    self.level = level
    self.path = path
    self.commit = commit
    self.message = message
  }
}

/// A part of a fleet: every so manieth repository.
package struct Shard: Sendable, Hashable {
  /// From 1 to `count`.
  package var number: Int
  package var count: Int

  /// `nil` where there is no such part.
  package init?(number: Int, count: Int) {
    guard count >= 1, (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// The elements of a list that are dealt to this part.
  package func own<Element>(of elements: [Element]) -> [Element] {
    stride(from: number - 1, to: elements.count, by: count).map { elements[$0] }
  }
}

/// All that a run has to say.
package struct Report: Sendable {
  /// What was looked at, and for how long.
  package struct Statistics: Sendable {
    package var commits = 0
    package var files = 0
    package var bytes = 0
    package var seconds = 0.0
    /// Where the time of an audit went, in the order of the stages.
    package var stages: [Stage] = []
    /// Remarks about how it went, each a sentence without its full stop.
    package var notes: [String] = []

    package init() {}

    /// One stage of a run.
    package struct Stage: Sendable {
      /// What was done: `plan`, `walk`, `read`, `judge`, `report`.
      package var name: String
      /// Seconds from its start to its end.
      package var seconds: Double
      /// Seconds of processor time, all cores together.
      package var coreSeconds: Double

      package init(name: String, seconds: Double, coreSeconds: Double) {
        self.name = name
        self.seconds = seconds
        self.coreSeconds = coreSeconds
      }
    }
  }

  /// The subcommand: `check`, `review`, `audit`.
  package var command: String
  /// The repository's folder, for people.
  package var repository: String
  /// The base's and head's commit ids in hexadecimal.
  package var base: String?
  package var head: String?
  /// The commits that the head merges into its first parent: a forge's own merge of a pull request has its head here.
  package var merged: [String] = []
  package var findings: [Finding] = []
  package var diagnostics: [Diagnostic] = []
  package var statistics = Statistics()
  /// What Flux would do, object by object; asked for by `plan` only.
  package var plan: Plan?
  /// What is gained and lost as a whole; `nil` where nothing was compared.
  package var headline: Plan.Headline?
  /// What the history as a whole tells; of an audit only.
  package var record: AuditRecord?
  /// What was looked at: one repository, as a rule. Several, or none, only in an audit.
  package var repositories: [ReportedRepository] = []
  /// Which part of a fleet an audit looked at; `nil` for all of it.
  package var shard: Shard?

  package init(command: String, repository: String, base: String? = nil, head: String? = nil) {
    self.command = command
    self.repository = repository
    self.base = base
    self.head = head
  }

  /// The number of findings of a severity that count, waived ones left out.
  package func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity && $0.suppression == nil }
  }

  /// The exit status that the contract asks for.
  ///
  /// - Parameter threshold: the mildest severity that fails a run, or `nil` for none.
  package func exitStatus(failingOn threshold: Severity?) -> Int32 {
    if diagnostics.contains(where: { $0.level == .error }) { return 2 }
    guard let threshold else { return 0 }
    return findings.contains { $0.suppression == nil && $0.severity >= threshold } ? 1 : 0
  }
}
