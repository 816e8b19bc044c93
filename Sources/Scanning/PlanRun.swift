internal import Flux
internal import Git
package import Policy
internal import Secrets

extension Scanner {
  /// Works out what Flux would create, change and delete if a branch were merged, without judging it.
  package func plan(_ range: ReviewRange) -> Report {
    let start = ContinuousClock.now
    var report = Report(command: "plan", repository: repositoryName)
    do throws(GitError) {
      let repository = try Repository(location)
      if let sides = try ReviewSides(range, repository, self, &report) { plan(sides, repository, into: &report) }
    } catch {
      report.diagnostics.append(Diagnostic(error))
    }
    finish(&report, since: start)
    return report
  }

  private func plan(_ sides: ReviewSides, _ repository: Repository, into report: inout Report) {
    let past = FirstParents.past(of: sides.from, in: repository)
    let judged = ChangeBuilder(engine).change(before: sides.before, after: sides.after, files: sides.files, past: past)
    guard let applied = judged.change.applied, let before = applied.before else {
      return plan(written: sides, past, into: &report)
    }
    let refusals = engine.hear(judged.change).refusals
    add(applied.changes, before, applied.after, refusals, into: &report)
  }

  /// A plan where no Flux Kustomization is known on either side.
  private func plan(written sides: ReviewSides, _ past: Past?, into report: inout Report) {
    let builder = AppliedStateBuilder(roots: engine.syncRoots)
    let paths = sides.files.map(\.path)
    let (before, after) = builder.sides(
      of: sides.before, builder.state(of: sides.before), to: sides.after, changedPaths: paths, past: past)
    let changes = builder.changes(
      from: before, in: sides.before, to: after, in: sides.after, changedPaths: paths)
    add(changes, before, after, Refusals(), into: &report)
  }

  private func add(
    _ changes: [ObjectChange], _ before: AppliedState, _ after: AppliedState, _ refusals: Refusals,
    into report: inout Report
  ) {
    do throws(SecretsError) {
      let mask = try SecretMask()
      let plan = Plan(changes, before: before, after: after, refusals: refusals) { mask.hidden(in: $0, called: $1) }
      report.plan = plan
      report.headline = plan.headline
    } catch {
      report.diagnostics.append(Diagnostic(.error, error.description))
    }
    let problems = before.problems + after.problems + after.gaps(since: before) + after.refusals(since: before)
    if before.roots.isEmpty { report.diagnostics += [after.missingRoot].compactMap { $0.map { Diagnostic($0) } } }
    report.diagnostics += problems.map { Diagnostic($0) }
  }
}
