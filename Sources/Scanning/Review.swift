internal import Flux
internal import Git
package import Policy

/// The two ends of a review as a person writes them.
package struct ReviewRange: Sendable, Hashable {
  package var base: String
  package var head: String
  /// Whether the two trees are compared as they are (`BASE..HEAD`), not from the merge base.
  package var isDirect: Bool

  /// Reads `BASE`, `BASE...HEAD` or `BASE..HEAD`; an absent second side is `HEAD`. An absent base names nothing: a
  /// variable that a pipeline forgot to set compares nothing with itself.
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
    judge(CommitStep(sides), repository, into: &report)
  }
}
