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
    let base = try repository.resolveCommit(range.base)
    let head = try repository.resolveCommit(range.head)
    report.base = base.hex
    report.head = head.hex
    guard let from = try start(of: range, base, head, repository, &report) else { return }
    let oldTree = try repository.commitNode(from).tree
    let newTree = try repository.commitNode(head).tree
    let before = GitTree(oldTree, in: repository)
    let after = GitTree(newTree, in: repository)
    var files: [FileChange] = []
    note(repository.compareTrees(old: oldTree, new: newTree) { files.append(FileChange($0)) }, &report)
    do throws(ScanError) {
      let secrets = try openSecrets()
      let judge = FileJudge(self, repository, secrets)
      var findings = judge.policy(before: before, after: after, files: files)
      findings += judge.credentials(in: files, before: before, after: after)
      findings += passing(from, head, judge, repository, known: findings, &report)
      report.findings = engine.settled(findings).joiningSecrets()
      report.diagnostics += judge.diagnostics
      report.statistics.bytes = judge.bytes
      if options.wantsExcerpts { ExcerptWriter(secrets).add(to: &report, before: before, after: after) }
    } catch {
      report.diagnostics.append(error.diagnostic)
    }
    report.statistics.files = files.count
  }

  /// The commit from which the branch started, or `nil`, and a diagnostic, where that can not be known.
  private func start(
    of range: ReviewRange, _ base: ObjectID, _ head: ObjectID, _ repository: Repository, _ report: inout Report
  ) throws(GitError) -> ObjectID? {
    if range.isDirect { return base }
    switch try repository.mergeBases(base, head) {
    case .found(let bases): return bases.first
    case .unrelated:
      let message = "\(range.base) and \(range.head) have no common history: name the two sides as BASE..HEAD"
      report.diagnostics.append(Diagnostic(.error, message))
    case .cutOff:
      let message =
        "the clone is too shallow to tell where \(range.head) left \(range.base): fetch more with "
        + "`git fetch --unshallow`, or with fetch-depth: 0 in the workflow"
      report.diagnostics.append(Diagnostic(.error, message))
    }
    return nil
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
