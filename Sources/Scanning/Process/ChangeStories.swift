internal import Flux
internal import Git
internal import Policy

/// Finds out how long what a commit did stood on the line of `HEAD`: until the commit after which the same rule, asked
/// about the state before the one and the state after the other, has nothing to say any more.
struct ChangeStories: Sendable {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let line: HeadLine
  let scanner: Scanner

  /// Commits that are asked one by one; the rest is halved.
  private static let stepLimit = 32

  /// The findings of a commit that came onto the line at a place.
  private struct Group {
    var commit: ObjectID
    var place: Int
    /// Indices of the findings.
    var findings: [Int]
  }

  private struct Ending: Sendable {
    var finding: Int
    /// The place on the line at which it was taken back; `nil` where it still stands.
    var place: Int?
  }

  /// Adds to each finding about an edit, as far as `HEAD` holds the edit, when it was taken back. Gives back what could
  /// not be read.
  func tell(_ findings: inout [Finding]) throws(ScanError) -> [Diagnostic] {
    let groups = groups(of: findings)
    guard !groups.isEmpty, !line.commits.isEmpty else { return [] }
    let head = line.commits.last.map { plan.history.commits[$0].id }
    let names = plan.references.filter { $0.target == head }.map(\.name).sorted()
    let touches = try touches(Set(findings.compactMap { $0.location?.path }), from: groups.map(\.place).min() ?? 0)
    let all = findings
    let parts = try Parallel.map(
      groups.count, slice: 1, jobs: scanner.options.jobs,
      prepare: { _ throws(ScanError) in try Judge(scanner) }
    ) { judge, slice in
      slice.map { number -> Result<[Ending], GitError> in
        do throws(GitError) {
          return .success(try ends(of: groups[number], all, touches, judge))
        } catch {
          return .failure(error)
        }
      }
    }
    let repository = try scanner.openRepository()
    var diagnostics: [Diagnostic] = []
    for part in parts.joined() {
      do throws(GitError) {
        for ending in try part.get() {
          findings[ending.finding].exposure = try exposure(findings[ending.finding], ending, names, repository)
        }
      } catch {
        diagnostics.append(Diagnostic(error))
      }
    }
    return diagnostics
  }

  private func groups(of findings: [Finding]) -> [Group] {
    let wanted = findings.indices.filter { index in
      let finding = findings[index]
      return finding.exposure == nil && finding.secret == nil && finding.source == .file && finding.location != nil
        && finding.category != .process && finding.category != .secret
    }
    let byCommit = Dictionary(grouping: wanted, by: { findings[$0].commit?.id ?? "" })
    let landings = line.landings(of: Set(byCommit.keys))
    return landings.compactMap { id, place in
      guard let commit = ObjectID(hex: id), let own = byCommit[id] else { return nil }
      return Group(commit: commit, place: place, findings: own)
    }.sorted { $0.place == $1.place ? $0.commit < $1.commit : $0.place < $1.place }
  }

  /// For each path the places of the line at which it changes, in their order.
  private func touches(_ paths: Set<String>, from first: Int) throws(ScanError) -> [String: [Int]] {
    let places = Dictionary(line.commits.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var touches: [String: [Int]] = [:]
    for log in logs {
      let isWanted = log.paths.map(paths.contains)
      for record in log.records where isWanted[Int(record.path)] {
        guard let place = places[Int(record.commit)], line.node(at: place).parents.count < 2 else { continue }
        touches[log.paths[Int(record.path)], default: []].append(place)
      }
    }
    let repository = try scanner.openRepository()
    for place in line.commits.indices.dropFirst(max(1, first)) where line.node(at: place).parents.count > 1 {
      // A folder that can't be read was told where the merge was compared.
      _ = repository.compareTrees(old: line.node(at: place - 1).tree, new: line.node(at: place).tree) { change in
        if paths.contains(change.path) { touches[change.path, default: []].append(place) }
      }
    }
    return touches.mapValues { Array(Set($0)).sorted() }
  }

  // MARK: Ends

  private func ends(
    of group: Group, _ findings: [Finding], _ touches: [String: [Int]], _ judge: Judge
  ) throws(GitError) -> [Ending] {
    guard let number = line.number(of: group.commit) else { return [] }
    let parent = plan.history.commits[number].parents.first.flatMap(line.number)
    let question = Question(judge: judge, line: line, before: parent.map { plan.history.commits[$0].tree })
    var endings: [Ending] = []
    for index in group.findings {
      let finding = findings[index]
      // What only a merge or a single commit shows cannot be followed.
      guard let path = finding.location?.path, try question.stands(finding, at: group.place) else { continue }
      let later = (touches[path] ?? []).filter { $0 > group.place }
      let end = try end(of: finding, from: group.place, later, question)
      guard try question.isSure(finding, path, end: end) else { continue }
      endings.append(Ending(finding: index, place: end))
    }
    return endings
  }

  /// The place at which a finding is taken back: one of those at which its file changes, else one between the last of
  /// them and `HEAD`.
  private func end(
    of finding: Finding, from start: Int, _ later: [Int], _ question: Question
  ) throws(GitError) -> Int? {
    var last = start
    for place in later.prefix(ChangeStories.stepLimit) {
      guard try question.stands(finding, at: place) else { return place }
      last = place
    }
    var high = line.commits.count - 1
    guard last < high, finding.verdict != nil || later.count > ChangeStories.stepLimit,
      try !question.stands(finding, at: high)
    else { return nil }
    while high - last > 1 {
      let middle = (last + high) / 2
      if try question.stands(finding, at: middle) { last = middle } else { high = middle }
    }
    return high
  }

  private func exposure(
    _ finding: Finding, _ ending: Ending, _ names: [String], _ repository: Repository
  ) throws(GitError) -> Finding.Exposure? {
    guard let commit = finding.commit, let id = ObjectID(hex: commit.id), let number = line.number(of: id) else {
      return nil
    }
    let start = plan.history.commits[number].seconds
    let end = ending.place.map { line.times[$0] } ?? line.times.last ?? start
    let info = try ending.place.map { place throws(GitError) in
      Finding.CommitInfo(try repository.commit(line.node(at: place).id))
    }
    return Finding.Exposure(
      introduced: commit.id, introducedAt: commit.date, removed: info?.id, removedAt: info?.date,
      days: Timestamp.days(from: start, to: end), isLive: ending.place == nil, refs: ending.place == nil ? names : [])
  }
}
