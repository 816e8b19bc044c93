internal import Git
package import Policy
internal import Secrets

extension Scanner {
  /// Judges every commit of a history, and searches every file, message and name in it for credentials.
  package func audit(_ selection: AuditSelection, progress: AuditProgress.Handler? = nil) -> Report {
    let start = ContinuousClock.now
    var clock = StageClock()
    var report = Report(command: "audit", repository: repositoryName)
    do throws(ScanError) {
      let repository = try openRepository()
      let memory = AuditMemory(self, repository)
      // What else was worked out is gone before what was learned is written: both would be most of the memory.
      let learned = try run(selection, memory, repository, progress, &report, &clock)
      report.statistics.notes += memory.keep(learned)
      clock.end("report")
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
    finish(&report, since: start)
    report.statistics.stages = clock.stages
    return report
  }

  private func run(
    _ selection: AuditSelection, _ memory: AuditMemory, _ repository: Repository, _ progress: AuditProgress.Handler?,
    _ report: inout Report, _ clock: inout StageClock
  ) throws(ScanError) -> KnownHistory {
    let recalled = Background { () throws(Never) in memory.recalled() }
    let ownership = Background { () throws(ScanError) in try HeadOwnership(self) }
    let (plan, known) = try plan(selection, recalled, repository, &report)
    clock.end("plan")
    var audit = Audit(scanner: self, plan: plan, progress: progress, known: known, ownership: ownership)
    try audit.run(&report, &clock)
    try police(&report, history: selection, repository)
    if options.wantsExcerpts { try audit.addExcerpts(to: &report, repository) }
    return audit.known
  }

  private func plan(
    _ selection: AuditSelection, _ recalled: Background<KnownHistory, Never>, _ repository: Repository,
    _ report: inout Report
  ) throws(ScanError) -> (AuditPlan, KnownHistory) {
    // Packs that were listed before hold nothing new.
    let listing = Background { () throws(GitError) in
      let listed = selection.unreachable ? [] : Set(recalled.value().cache.packs)
      return try Repository(location).objectListing(without: listed)
    }
    let ends: AuditEnds
    let objects: ObjectListing
    do throws(GitError) {
      ends = try AuditEnds(selection, repository, &report) { recalled.value() }
      objects = try listing.value()
    } catch {
      throw .git(error)
    }
    report.diagnostics += objects.unreadable.map { Diagnostic($0) }
    var known = recalled.value()
    known.note(objects)
    // While this waits for one commit after the other.
    if known.isLarge { _ = Background { () throws(Never) in SecretScanner.prepare() } }
    // An audit of a few commits does not read them all.
    let ahead =
      !known.isEmpty
      ? CommitsAhead(known, without: ends.absent)
      : selection.all ? try CommitsAhead(objects.ids, self) : CommitsAhead()
    do throws(GitError) {
      return (try AuditPlan(selection, ends, objects.ids, ahead, repository, &report), known)
    } catch {
      throw .git(error)
    }
  }
}
