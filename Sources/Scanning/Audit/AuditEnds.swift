internal import Git
internal import Policy

/// Where an audit's history begins and ends.
struct AuditEnds {
  /// The commit of `HEAD`; `nil` where it has none yet.
  let head: ObjectID?
  /// What the history is reached from; may be tags.
  private(set) var tips: [ObjectID]
  /// What is left out, with all that it reaches.
  let hidden: [ObjectID]
  /// Those of them that are not in the store.
  private(set) var absent: Set<ObjectID> = []
  /// What references lead to besides commits.
  private(set) var marked = MarkedObjects()
  /// All references of the repository.
  let references: [Reference]
  /// The patterns that choose among them.
  private let patterns: [ReferencePattern]

  /// - Parameter known: what earlier audits learned; asked for once the references are listed.
  init(
    _ selection: AuditSelection, _ repository: Repository, _ report: inout Report, known: () -> KnownHistory
  ) throws(GitError) {
    head = try repository.head().commit
    (tips, hidden) = try AuditEnds.named(by: selection.revisions, repository)
    patterns = selection.references.map(ReferencePattern.init)
    let listed = try repository.references()
    references = listed.references
    for pattern in patterns { tips += histories(of: try pattern.references(in: references), repository, known()) }
    if tips.isEmpty, let head { tips.append(head) }
    if head == nil, selection.revisions.isEmpty, patterns.isEmpty, !selection.all {
      report.diagnostics.append(try repository.headWithoutCommit())
    }
    report.diagnostics += listed.unreadable.map { Diagnostic($0) }
    guard selection.all else {
      if let head, !repository.contains(head) { absent.insert(head) }
      return
    }
    tips += histories(of: references, repository, known())
    tips += try repository.stash()
    let trees = try repository.worktreeHeads()
    tips += trees.heads
    report.diagnostics += trees.unreadable.map { Diagnostic($0) }
  }

  /// Whether a reference was asked for by name.
  func isChosen(_ reference: Reference) -> Bool { patterns.contains { $0.matches(reference.name) } }

  /// Where references lead; one may mark a folder or a file, which has no history.
  private mutating func histories(
    of references: [Reference], _ repository: Repository, _ known: KnownHistory
  ) -> [ObjectID] {
    var found: [ObjectID] = []
    for target in references.map(\.target) {
      do throws(GitError) {
        let isRead = known.node(target) != nil && repository.contains(target)
        let isCommit = isRead ? true : try marked.note(target, in: repository)
        if isCommit { found.append(target) }
      } catch {
        // What can't be read is told by the walk.
        absent.insert(target)
        found.append(target)
      }
    }
    return found
  }

  /// The tips of revisions as `git log` takes them: `A` and what it reaches, `A..B` for what `B` adds, `^A` for what is
  /// left out.
  private static func named(
    by revisions: [String], _ repository: Repository
  ) throws(GitError) -> (tips: [ObjectID], hidden: [ObjectID]) {
    var (tips, hidden): ([ObjectID], [ObjectID]) = ([], [])
    for revision in revisions {
      let parts = revision.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if revision.hasPrefix("^") {
        hidden.append(try repository.resolveCommit(String(revision.dropFirst())))
      } else if parts.count == 2, !parts[1].hasPrefix(".") {
        hidden.append(try repository.resolveCommit(parts[0].isEmpty ? "HEAD" : parts[0]))
        tips.append(try repository.resolveCommit(parts[1].isEmpty ? "HEAD" : parts[1]))
      } else {
        tips.append(try repository.resolveCommit(revision))
      }
    }
    return (tips, hidden)
  }
}
