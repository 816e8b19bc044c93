internal import Flux
internal import Git
internal import Policy

/// Which commits an audit judges, and which references it asks whether something is still there.
struct AuditPlan: Sendable {
  let history: History
  /// When the newest commit of the history was made, as far as a clock can have shown it.
  let newest: Int64?
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
  /// Files that may stand in no commit: what references mark, and with ``AuditSelection/unreachable`` all of the store.
  let stray: [ObjectID]
  /// The commits that were read before the walk.
  var ahead: CommitsAhead
  /// All objects of the repository in the order of the packs.
  private var order: [ObjectID]

  init(
    _ selection: AuditSelection, _ ends: AuditEnds, _ objects: [ObjectID], _ ahead: CommitsAhead,
    _ repository: Repository, _ report: inout Report
  ) throws(GitError) {
    self.ahead = ahead
    order = objects
    let store = selection.unreachable ? StoredObjects(objects, repository) : StoredObjects()
    report.diagnostics += store.failures.map { Diagnostic($0) }
    let reached = selection.unreachable ? repository.history(from: ends.tips, known: ahead.node).commits.map(\.id) : []
    unreached = Set(store.commits).subtracting(reached)
    var marked = selection.all ? ends.marked : MarkedObjects()
    for tag in store.tags { marked.note(lost: tag, in: repository) }
    report.diagnostics += marked.failures.map { Diagnostic($0) }
    stray = store.files + marked.files.subtracting(store.files).sorted()
    tags = marked.tags.values.sorted { $0.id < $1.id }
    let history = repository.history(
      from: ends.tips + unreached.sorted(), hiding: ends.hidden, order: .oldestFirst, known: ahead.node)
    asksForReviews = selection.asksForReviews
    report.head = ends.head?.hex
    report.diagnostics += history.unreadable.map { Diagnostic($0) }
    AuditPlan.warn(repository, ends, history, &report)
    isWhole = selection.all && ends.hidden.isEmpty && history.boundary.isEmpty
    selected = try AuditPlan.selected(history, selection, repository)
    onHead = AuditPlan.reached(from: ends.head, in: history, repository)
    forks = BranchForks(history, onHead: onHead)
    notes = AuditPlan.notes(ends.references, repository)
    references = ends.references.filter { reference in
      selection.all || !reference.name.hasPrefix("refs/pull/") || ends.isChosen(reference)
    }
    newest = history.commits.lazy.map(\.seconds).filter(Timestamp.isPlausible).max()
    self.history = history
  }

  /// The commits that `HEAD` reaches, as far as they are in a history.
  private static func reached(from head: ObjectID?, in history: History, _ repository: Repository) -> Set<ObjectID> {
    guard let head else { return [] }
    guard history.commits.contains(where: { $0.id == head }) else {
      return Set(repository.history(from: [head]).commits.map(\.id))
    }
    // Children come after their parents, and whatever a commit of the history reaches is in it or hidden.
    var reached = Set<ObjectID>(minimumCapacity: history.commits.count)
    reached.insert(head)
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

  /// Gives back the room of what ``packOrder(of:)`` needs, once the files were read.
  mutating func forgetOrder() { order = [] }

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

  /// Says what of the history cannot be seen.
  private static func warn(
    _ repository: Repository, _ ends: AuditEnds, _ history: History, _ report: inout Report
  ) {
    let count = history.boundary.count
    if count > 0 {
      let message =
        "the clone is shallow: the history before \(count == 1 ? "1 commit" : "\(count) commits") is not here; "
        + "fetch it with `git fetch --unshallow`"
      report.diagnostics.append(Diagnostic(.error, message))
    }
    if ends.references.contains(where: { $0.name.hasPrefix("refs/replace/") }) {
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
