internal import Flux
internal import Git
package import Policy

/// The two ends of a review as a person writes them.
package struct ReviewRange: Sendable, Hashable {
  package var base: String
  package var head: String
  /// Whether the two trees are compared as they are (`BASE..HEAD`), not from the merge base.
  package var isDirect: Bool

  /// Reads `BASE`, `BASE...HEAD` or `BASE..HEAD`; an absent side is `HEAD`.
  package init(_ text: String) {
    isDirect = false
    if let dots = text.range("...") {
      base = String(text[..<dots.lowerBound])
      head = String(text[dots.upperBound...])
    } else if let dots = text.range("..") {
      base = String(text[..<dots.lowerBound])
      head = String(text[dots.upperBound...])
      isDirect = true
    } else {
      base = text
      head = "HEAD"
    }
    if base.isEmpty { base = "HEAD" }
    if head.isEmpty { head = "HEAD" }
  }
}

extension String {
  fileprivate func range(_ dots: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(dots) { return start..<index(start, offsetBy: dots.count) }
      start = index(after: start)
    }
    return nil
  }
}

extension Scanner {
  /// Judges what a branch would change if it were merged.
  package func review(_ range: ReviewRange) -> Report {
    let start = ContinuousClock.now
    var report = Report(command: "review", repository: repositoryName)
    do throws(GitError) {
      try review(range, into: &report)
    } catch {
      report.diagnostics.append(Diagnostic(error))
    }
    finish(&report, since: start)
    return report
  }

  private func review(_ range: ReviewRange, into report: inout Report) throws(GitError) {
    let repository = try Repository(location)
    guard let sides = try ReviewSides(range, repository, self, &report) else { return }
    do throws(ScanError) {
      let secrets = try openSecrets()
      let judge = FileJudge(self, repository, secrets)
      var findings = judge.policy(before: sides.before, after: sides.after, files: sides.files)
      findings += judge.credentials(in: sides.files, before: sides.before, after: sides.after)
      findings += passing(sides.from, sides.head, judge, repository, known: findings, &report)
      report.findings = engine.settled(findings).joiningSecrets()
      report.headline = judge.headline
      report.diagnostics += judge.diagnostics
      report.statistics.bytes = judge.bytes
      if options.wantsExcerpts { ExcerptWriter(secrets).add(to: &report, before: sides.before, after: sides.after) }
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
  }

  /// What the branch's own commits and messages show although its end no longer does: a secret that was pushed is out.
  private func passing(
    _ from: ObjectID, _ head: ObjectID, _ judge: FileJudge, _ repository: Repository, known: [Finding],
    _ report: inout Report
  ) -> [Finding] {
    let history = repository.history(from: [head], hiding: [from], order: .oldestFirst)
    report.statistics.commits = history.commits.count
    report.diagnostics += history.unreadable.map { Diagnostic($0) }
    var found: [Finding] = []
    var seen = Set(known.filter { $0.secret != nil }.map(\.fingerprint))
    for node in history.commits {
      let changes = CommitChanges(node, in: repository)
      report.diagnostics += changes.unreadable.map { Diagnostic($0.error, path: $0.path, commit: node.id) }
      let before: any FileTree = changes.parentTree.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
      var findings = judge.credentials(in: changes.files, before: before, after: GitTree(node.tree, in: repository))
      do throws(GitError) {
        let commit = try repository.commit(node.id)
        findings += judge.credentials(inMessage: commit.message, source: .message)
        for finding in findings where seen.insert(finding.fingerprint).inserted {
          var copy = finding
          copy.commit = Finding.CommitInfo(commit)
          found.append(copy)
        }
      } catch {
        report.diagnostics.append(Diagnostic(error))
      }
    }
    return found
  }
}
