package import Policy
package import Reporting

/// Brings the comments of a pull request in line with a report: says what is new, changes what changed, folds away what
/// was mended, and says nothing twice.
package struct Poster {
  /// What came of it.
  package struct Outcome: Sendable {
    package var added = 0
    package var changed = 0
    package var mended = 0
    /// Whether the token may only read, so that nothing could be written.
    package var isReadOnly = false
    /// What did not work, in sentences.
    package var problems: [String] = []
    /// What was left out on purpose, in sentences.
    package var warnings: [String] = []
  }

  private let forge: any Forge
  private let options: RenderOptions
  private let rules: [RuleInfo]

  /// - Parameters:
  ///   - kind: which forge.
  ///   - environment: where the forge's variables and the token are.
  ///   - options: for the summary.
  /// - Throws: where the environment does not tell which pull request, or there is no token.
  package init(
    _ kind: ForgeKind, environment: [String: String], event: [UInt8]?, options: RenderOptions, rules: [RuleInfo]
  ) throws(PostingError) {
    forge = try kind.forge(environment, event: event)
    self.options = options
    self.rules = rules
  }

  /// Posts a report, where it is about the commit that the pull request is at.
  package func post(_ report: Report) -> Outcome {
    var outcome = Outcome()
    do throws(PostingError) {
      try post(report, &outcome)
    } catch {
      if error.isForbidden, outcome.added + outcome.changed == 0 {
        outcome.isReadOnly = true
        outcome.problems.append("the token may not comment on this pull request (\(error.message))")
      } else {
        outcome.problems.append(error.message)
      }
    }
    return outcome
  }

  private func post(_ report: Report, _ outcome: inout Outcome) throws(PostingError) {
    var pull = try forge.pullRequest()
    // A run that could not even tell its head has no findings, and says that it could not look.
    let judged = report.head ?? pull.head
    let isMerge = judged != pull.head && report.merged.contains(pull.head)
    guard judged == pull.head || isMerge else {
      // Of a commit that was not judged nothing is known: its own run says what is to be said.
      outcome.problems.append(
        "\(judged.prefix(10)) was judged, but the pull request is at \(pull.head.prefix(10)): nothing is posted")
      return
    }
    var remarks: [String] = []
    if isMerge {
      // The merge has other lines than the head.
      let words = "\(judged.prefix(10)) is a merge of the pull request's head \(pull.head.prefix(10))"
      outcome.warnings.append("\(words): no comments beside lines are posted")
      remarks.append("This is about a merge: \(words). There are no comments beside lines.")
      pull.files = []
    }
    let plan = CommentPlan(report, pull)
    try postSummary(report, remarks + plan.remarks)
    let existing = try withoutTwins(forge.comments(), &outcome)
    let known = Dictionary(existing.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var new: [WantedComment] = []
    for (number, comment) in plan.comments.enumerated() {
      guard let old = known[comment.key] else {
        if number < CommentPlan.limit { new.append(comment) }
        continue
      }
      if old.body.trimmedEnd != comment.body.trimmedEnd {
        try forge.change(old, body: comment.body)
        outcome.changed += 1
      }
      if old.isResolved { try tolerating(&outcome) { () throws(PostingError) in try forge.resolve(old, false) } }
    }
    try add(new, to: pull, &outcome)
    // Where the lines are not the head's, or not everything could be read, nothing was mended for all we know.
    if pull.head == report.head, !report.diagnostics.contains(where: { $0.level == .error }) {
      try mend(existing, plan, at: pull.head, &outcome)
    }
    try tolerating(&outcome) { () throws(PostingError) in
      let isGood = report.exitStatus(failingOn: options.failOn) == 0
      try forge.mark(pull.head, isGood: isGood, Poster.words(report))
    }
  }

  private func postSummary(_ report: Report, _ remarks: [String]) throws(PostingError) {
    var body = Marker.summary + "\n" + OutputFormat.markdown.render(report, rules: rules, options: options)
    for remark in remarks { body += "\n\(remark)\n" }
    let known = try forge.summaries()
    guard let first = known.first else { return try forge.addSummary(body) }
    if Poster.withoutTime(first.body) != Poster.withoutTime(body) { try forge.changeSummary(first.id, body) }
    for twin in known.dropFirst() { try forge.removeSummary(twin.id) }
  }

  /// A summary without the seconds in its last line, which differ from run to run.
  private static func withoutTime(_ body: String) -> String { body.trimmedEnd.replacing(#/\([0-9.]+ s\)/#, with: "") }

  /// A comment that was posted twice, because an answer was lost, stands once.
  private func withoutTwins(
    _ comments: [ExistingComment], _ outcome: inout Outcome
  ) throws(PostingError) -> [ExistingComment] {
    var seen: Set<String> = []
    var kept: [ExistingComment] = []
    for comment in comments {
      if seen.insert(comment.key).inserted { kept.append(comment) } else { try forge.remove(comment) }
    }
    return kept
  }

  /// Adds comments in batches; of a batch that is refused each by itself, then at its file, else not at all: the summary
  /// has it.
  private func add(
    _ comments: [WantedComment], to pull: PullRequest, _ outcome: inout Outcome
  ) throws(PostingError) {
    var rest = comments[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(forge.batch))
      rest = rest.dropFirst(forge.batch)
      if try tried(part, pull) == nil {
        outcome.added += part.count
        continue
      }
      for comment in part {
        guard let first = try tried([comment], pull) else {
          outcome.added += 1
          continue
        }
        var atFile = comment
        atFile.anchor.line = nil
        atFile.anchor.firstLine = nil
        if comment.anchor.line != nil, try tried([atFile], pull) == nil {
          outcome.added += 1
          continue
        }
        outcome.problems.append("a comment on \(comment.anchor.path) is refused: \(first.message)")
      }
    }
  }

  /// Why comments are refused; `nil` where they were taken. Throws what no other comment would fare better by.
  private func tried(_ comments: [WantedComment], _ pull: PullRequest) throws(PostingError) -> PostingError? {
    do throws(PostingError) {
      try forge.add(comments, to: pull)
      return nil
    } catch {
      guard !error.isFinal else { throw error }
      return error
    }
  }

  private func mend(
    _ existing: [ExistingComment], _ plan: CommentPlan, at head: String, _ outcome: inout Outcome
  ) throws(PostingError) {
    for comment in existing where !plan.open.contains(comment.key) && !comment.body.contains(Poster.mendedMark) {
      let rule = comment.body.split(separator: "`").dropFirst().first.map(String.init) ?? "it"
      let words = plan.waived[comment.key] ?? CommentText.mended(rule, in: head)
      let body = "\(Marker.comment(comment.key))\n\(Poster.mendedMark)\n\(words)"
      try forge.change(comment, body: body)
      try tolerating(&outcome) { () throws(PostingError) in try forge.resolve(comment, true) }
      outcome.mended += 1
    }
  }

  private static let mendedMark = "<!-- mended -->"

  /// What is a help and not needed: where the token may not do it, nothing is lost.
  private func tolerating(
    _ outcome: inout Outcome, _ body: () throws(PostingError) -> Void
  ) throws(PostingError) {
    do throws(PostingError) {
      try body()
    } catch {
      guard error.isUnavailable || error.status == 422 else { throw error }
    }
  }

  /// The status in a few words.
  private static func words(_ report: Report) -> String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.count(severity)
      return count == 0 ? nil : "\(count) \(severity.rawValue)"
    }
    if report.diagnostics.contains(where: { $0.level == .error }) { return "not everything could be read" }
    return counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
  }
}

extension String {
  /// The text as a forge gives it back: without space at the end, and with plain line feeds.
  fileprivate var trimmedEnd: String {
    var text = replacing("\r\n", with: "\n")[...]
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
