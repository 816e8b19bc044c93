internal import Manifests
package import Policy

/// Makes one report of the audits of several repositories, whether they ran one after the other or were read back.
///
/// The order of the parts makes no difference: two ways to the same repositories give the same report.
package struct ReportUnion {
  /// The report about all repositories. Its `seconds` are the sum of those of the parts.
  package private(set) var report: Report
  /// The labels of repositories that were given more than once; they count once.
  package private(set) var duplicates: [String] = []

  /// What is known of one repository.
  private struct Piece {
    var repository: ReportedRepository
    var findings: [Finding] = []
    var diagnostics: [Diagnostic] = []
    /// `nil` where its history could not be looked at.
    var clusters: [ClusterLife]?
  }

  /// Joins reports of the command `audit`.
  package init(_ parts: [Report]) {
    report = Report(command: "audit", repository: "")
    var pieces: [Piece] = []
    var seen: Set<ReportedRepository.Identity> = []
    for part in parts {
      report.statistics.add(part.statistics)
      report.diagnostics += part.repositories.count == 1 ? [] : part.diagnostics.filter { $0.repository == nil }
      for piece in ReportUnion.pieces(of: part) {
        let isNew = seen.insert(piece.repository.identity).inserted
        if isNew { pieces.append(piece) } else { duplicates.append(piece.repository.label) }
      }
    }
    (report.statistics.commits, report.statistics.files, report.statistics.bytes) = (0, 0, 0)
    for piece in pieces {
      report.statistics.commits += piece.repository.statistics.commits
      report.statistics.files += piece.repository.statistics.files
      report.statistics.bytes += piece.repository.statistics.bytes
    }
    if pieces.count == 1 { take(pieces[0]) } else { take(ReportUnion.labelled(pieces)) }
  }

  // MARK: Taking apart

  private static func pieces(of part: Report) -> [Piece] {
    guard part.repositories.count != 1 else {
      var repository = part.repositories[0]
      repository.head = part.head
      repository.statistics.commits = part.statistics.commits
      repository.statistics.files = part.statistics.files
      repository.statistics.bytes = part.statistics.bytes
      repository.period = part.record?.period
      repository.landed = part.record?.landed ?? [:]
      let found = Set(part.findings.map(\.rule))
      repository.rules = repository.rules.filter { found.contains($0.id) }
      return [
        Piece(
          repository: repository, findings: part.findings, diagnostics: part.diagnostics,
          clusters: part.record?.clusters)
      ]
    }
    let findings = Dictionary(grouping: part.findings, by: { $0.repository ?? "" })
    let diagnostics = Dictionary(grouping: part.diagnostics, by: { $0.repository ?? "" })
    let clusters = part.record.map { Dictionary(grouping: $0.clusters, by: { $0.repository ?? "" }) }
    return part.repositories.map { repository in
      Piece(
        repository: repository, findings: findings[repository.label] ?? [],
        diagnostics: diagnostics[repository.label] ?? [], clusters: clusters.map { $0[repository.label] ?? [] })
    }
  }

  // MARK: Putting together

  /// The report about a single repository is the one that an audit of it alone gives.
  private mutating func take(_ piece: Piece) {
    var piece = piece
    piece.repository.label = piece.repository.name
    report.repository = piece.repository.path
    report.head = piece.repository.head
    report.findings = piece.findings.map { ReportUnion.settled($0, label: nil) }
    report.diagnostics += piece.diagnostics.map { diagnostic in
      var copy = diagnostic
      copy.repository = nil
      return copy
    }
    if let clusters = piece.clusters {
      report.record = AuditRecord()
      report.record?.period = piece.repository.period
      report.record?.landed = piece.repository.landed
      report.record?.clusters = clusters.map { ReportUnion.labelled($0, nil) }
    }
    report.repositories = [piece.repository]
  }

  private mutating func take(_ pieces: [Piece]) {
    report.repository = Count.of(pieces.count, "repository")
    report.repositories = pieces.map(\.repository)
    report.diagnostics += pieces.flatMap { piece in
      piece.diagnostics.map { diagnostic in
        var copy = diagnostic
        copy.repository = piece.repository.label
        return copy
      }
    }
    let findings = pieces.flatMap { piece in
      piece.findings.map { ReportUnion.settled($0, label: piece.repository.label) }
    }
    // Findings that are alike in everything stand in the order of their repositories, and in these as they stood.
    report.findings = Finding.sorted(findings)
    guard pieces.contains(where: { $0.clusters != nil }) else { return }
    var record = AuditRecord()
    let periods = pieces.compactMap(\.repository.period)
    if let first = periods.map(\.lowerBound).min(), let last = periods.map(\.upperBound).max() {
      record.period = first...last
    }
    record.clusters = pieces.flatMap { piece in
      (piece.clusters ?? []).map { ReportUnion.labelled($0, piece.repository.label) }
    }
    report.record = record
  }

  /// Sorts repositories and gives each a label of its own: its name, where that is not enough its folder, and where
  /// that is not enough either a number behind it.
  private static func labelled(_ pieces: [Piece]) -> [Piece] {
    let names = pieces.map(\.repository.name)
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    func key(_ repository: ReportedRepository) -> [String] {
      [repository.name, repository.path, repository.address ?? "", repository.head ?? ""]
    }
    var sorted = pieces.sorted { key($0.repository).lexicographicallyPrecedes(key($1.repository)) }
    var taken: Set<String> = []
    for index in sorted.indices {
      let repository = sorted[index].repository
      let wanted = counts[repository.name] == 1 ? repository.name : repository.path
      var label = wanted
      var number = 1
      while !taken.insert(label).inserted {
        number += 1
        label = "\(wanted) (\(number))"
      }
      sorted[index].repository.label = label
    }
    return sorted
  }

  /// The life as it is after it was written and read back: counts that JSON's numbers do not hold are unknown.
  private static func labelled(_ life: ClusterLife, _ label: String?) -> ClusterLife {
    func exact(_ number: Int?) -> Int? { number.flatMap { $0.magnitude > 1 << 53 ? nil : $0 } }
    var copy = life
    copy.repository = label
    for (index, step) in life.steps.enumerated() {
      copy.steps[index].state?.workers = exact(step.state?.workers)
      copy.steps[index].state?.controlPlane = exact(step.state?.controlPlane)
    }
    return copy
  }

  /// The finding as it is after it was written and read back: places have the numbers that JSON has for them.
  private static func settled(_ finding: Finding, label: String?) -> Finding {
    var copy = finding
    copy.repository = label
    copy.location?.settle()
    for index in copy.related.indices { copy.related[index].settle() }
    return copy
  }
}

extension Location {
  /// A place at the very start of a file, with no length, is one that stands in no line.
  fileprivate mutating func settle() {
    let place = PlaceNumbers(span)
    let isNowhere = place == PlaceNumbers(.none)
    span =
      isNowhere
      ? .none
      : Span(
        startLine: UInt32(place.startLine), startColumn: UInt32(place.startColumn), endLine: UInt32(place.endLine),
        endColumn: UInt32(place.endColumn))
  }
}

extension Report.Statistics {
  /// Adds the durations of another run.
  fileprivate mutating func add(_ other: Report.Statistics) {
    seconds += other.seconds
    notes += other.notes
    for stage in other.stages {
      if let index = stages.firstIndex(where: { $0.name == stage.name }) {
        stages[index].seconds += stage.seconds
        stages[index].coreSeconds += stage.coreSeconds
      } else {
        stages.append(stage)
      }
    }
  }
}
