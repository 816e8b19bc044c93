internal import Flux
internal import Git
internal import Policy

/// The two trees that a range compares, and the files that differ between them.
struct ReviewSides {
  /// The commit from which the branch started; for `BASE..HEAD` the base itself.
  let from: ObjectID
  let head: ObjectID
  let before: GitTree
  let after: GitTree
  let files: [FileChange]

  /// Resolves a range and notes both ends and the number of files in the report; `nil`, and a diagnostic, where the
  /// start of the branch cannot be known.
  init?(_ range: ReviewRange, _ repository: Repository, _ scanner: Scanner, _ report: inout Report) throws(GitError) {
    let base = try repository.resolveCommit(range.base)
    head = try repository.resolveCommit(range.head)
    report.base = base.hex
    report.head = head.hex
    let node = try repository.commitNode(head)
    report.merged = node.parents.dropFirst().map(\.hex)
    guard let start = try ReviewSides.start(of: range, base, head, repository, &report) else { return nil }
    from = start
    let oldTree = try repository.commitNode(start).tree
    before = GitTree(oldTree, in: repository)
    after = GitTree(node.tree, in: repository)
    var files: [FileChange] = []
    scanner.note(repository.compareTrees(old: oldTree, new: node.tree) { files.append(FileChange($0)) }, &report)
    self.files = files
    report.statistics.files = files.count
  }

  private static func start(
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
}
