internal import Flux
internal import Git
internal import Policy

/// Which commits an audit judges, and which references it asks whether something is still there.
struct AuditPlan: Sendable {
  let history: History
  /// Whether the history is all there is, so that whatever a reference holds is in it.
  let isWhole: Bool
  /// For each commit of the history, whether it was asked for.
  let selected: [Bool]
  /// The commits that `HEAD` reaches.
  let onHead: Set<ObjectID>
  /// Where the other branches left them.
  let forks: BranchForks
  /// The references among which something can still be live.
  let references: [Reference]
  /// Whether commits without a sign of a review are told.
  let asksForReviews: Bool
  /// The commits that only hold notes.
  let notes: Set<ObjectID>
  /// Annotated tags, whose messages are searched.
  let tags: [Tag]
  /// The commits of the history that no reference reaches; empty unless they were asked for.
  let unreached: Set<ObjectID>
  /// Files of the store that may stand in no commit; empty unless they were asked for.
  let stray: [ObjectID]
  /// All objects of the repository in the order of the packs.
  private let order: [ObjectID]

  init(
    _ selection: AuditSelection, _ repository: Repository, _ location: RepositoryLocation, _ report: inout Report
  ) throws(GitError) {
    let listing = Background { () throws(GitError) in try Repository(location).objectListing() }
    let head = try repository.head().commit
    var (tips, hidden) = try AuditPlan.ends(of: selection.revisions, repository)
    if tips.isEmpty, let head { tips.append(head) }
    if head == nil, selection.revisions.isEmpty, !selection.all {
      report.diagnostics.append(Diagnostic(.warning, "HEAD has no commit yet: there is nothing to audit"))
    }
    let listed = try repository.references()
    report.diagnostics += listed.unreadable.map { Diagnostic($0) }
    if selection.all {
      for reference in listed.references {
        // A tag may mark a tree or a file, which has no history.
        let end = try? repository.peeled(reference.target)
        if end == nil || end?.kind == .commit { tips.append(reference.target) }
      }
      tips += try repository.stash()
      let trees = try repository.worktreeHeads()
      tips += trees.heads
      report.diagnostics += trees.unreadable.map { Diagnostic($0) }
    }
    let objects = try listing.value()
    report.diagnostics += objects.unreadable.map { Diagnostic($0) }
    order = objects.ids
    let store = selection.unreachable ? StoredObjects(objects.ids, repository) : StoredObjects()
    report.diagnostics += store.failures.map { Diagnostic($0) }
    let reached = selection.unreachable ? repository.history(from: tips).commits.map(\.id) : []
    unreached = Set(store.commits).subtracting(reached)
    stray = store.files
    let history = repository.history(from: tips + unreached.sorted(), hiding: hidden, order: .oldestFirst)
    asksForReviews = selection.asksForReviews
    report.head = head?.hex
    report.diagnostics += history.unreadable.map { Diagnostic($0) }
    AuditPlan.warn(repository, history, &report)
    isWhole = selection.all && hidden.isEmpty && history.boundary.isEmpty
    selected = try AuditPlan.selected(history, selection, repository)
    onHead = AuditPlan.reached(from: head, in: history, repository)
    forks = BranchForks(history, onHead: onHead)
    notes = AuditPlan.notes(listed.references, repository)
    tags = selection.all ? AuditPlan.tags(listed.references, store.tags, repository) : []
    references = listed.references.filter { reference in selection.all || !reference.name.hasPrefix("refs/pull/") }
    self.history = history
  }

  /// The commits that `HEAD` reaches, as far as they are in a history.
  private static func reached(from head: ObjectID?, in history: History, _ repository: Repository) -> Set<ObjectID> {
    guard let head else { return [] }
    guard history.commits.contains(where: { $0.id == head }) else {
      return Set(repository.history(from: [head]).commits.map(\.id))
    }
    // Children come after their parents, and whatever a commit of the history reaches is in it or hidden.
    var reached: Set<ObjectID> = [head]
    for node in history.commits.reversed() where reached.contains(node.id) { reached.formUnion(node.parents) }
    return reached
  }

  /// The given objects in the order in which reading them is fast; those that are absent come last.
  func packOrder(of uses: [ObjectID: BlobUse]) -> [ObjectID] {
    var found = order.filter { uses[$0] != nil }
    if found.count < uses.count {
      let present = Set(found)
      found += uses.keys.filter { !present.contains($0) }.sorted()
    }
    return found
  }

  /// The tips of revisions as `git log` takes them: `A` and what it reaches, `A..B` for what `B` adds, `^A` for what is
  /// left out.
  private static func ends(
    of revisions: [String], _ repository: Repository
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

  private static func selected(
    _ history: History, _ selection: AuditSelection, _ repository: Repository
  ) throws(GitError) -> [Bool] {
    var selected: [Bool] = []
    for node in history.commits {
      var isWanted = node.seconds >= selection.since ?? .min && node.seconds <= selection.until ?? .max
      if isWanted, let author = selection.author {
        let who = try repository.commit(node.id).author
        isWanted = "\(who.name) <\(who.email)>".contains(author)
      }
      selected.append(isWanted)
    }
    return selected
  }

  /// The commits of `refs/notes`, whose files are notes and not manifests.
  private static func notes(_ references: [Reference], _ repository: Repository) -> Set<ObjectID> {
    let tips = references.filter { $0.name.hasPrefix("refs/notes/") }.map(\.target)
    return tips.isEmpty ? [] : Set(repository.history(from: tips).commits.map(\.id))
  }

  /// The annotated tags among the references and some more, and those that they mark in turn.
  private static func tags(_ references: [Reference], _ more: [ObjectID], _ repository: Repository) -> [Tag] {
    var found: [ObjectID: Tag] = [:]
    for start in references.filter({ $0.name.hasPrefix("refs/tags/") }).map(\.target) + more {
      var id = start
      while found[id] == nil, let tag = try? repository.tag(id) {
        found[id] = tag
        id = tag.target
      }
    }
    return found.values.sorted { $0.id < $1.id }
  }

  /// Says what of the history cannot be seen.
  private static func warn(_ repository: Repository, _ history: History, _ report: inout Report) {
    if !history.boundary.isEmpty {
      let message =
        "the clone is shallow: the history before \(history.boundary.count) commits is not here; "
        + "fetch it with `git fetch --unshallow`"
      report.diagnostics.append(Diagnostic(.error, message))
    }
    if (try? repository.hasReplaceReferences()) == true {
      report.diagnostics.append(Diagnostic(.warning, "replace references are ignored: the true objects are judged"))
    }
    if (try? repository.hasGrafts()) == true {
      report.diagnostics.append(Diagnostic(.warning, "grafts are ignored: the true parents are judged"))
    }
  }
}

/// What lies in a repository's store, by kind.
private struct StoredObjects {
  var commits: [ObjectID] = []
  var tags: [ObjectID] = []
  var files: [ObjectID] = []

  init() {}

  /// Objects whose kind could not be read.
  var failures: [GitError] = []

  /// Looks at the head of each object.
  init(_ ids: [ObjectID], _ repository: Repository) {
    for id in ids {
      do throws(GitError) {
        switch try repository.header(of: id).kind {
        case .commit: commits.append(id)
        case .tag: tags.append(id)
        case .blob: files.append(id)
        case .tree: break
        }
      } catch {
        failures.append(error)
      }
    }
  }
}
