internal import Git

/// The commits of a store, read on all cores in the order of the packs before the history is walked: a walk has to wait
/// for each commit to know the next.
struct CommitsAhead: Sendable {
  /// The commits found.
  private(set) var nodes: [ObjectID: CommitNode] = [:]
  /// The credentials in their messages, where there are any.
  private var secrets: [ObjectID: [PlacedSecret]] = [:]
  /// Those whose messages have to be read.
  private var speaking: Set<ObjectID> = []

  /// Reads no commit ahead.
  init() {}

  /// Takes the commits that earlier audits read.
  ///
  /// - Parameter absent: objects that are not to be had any more.
  init(_ known: KnownHistory, without absent: Set<ObjectID>) {
    nodes.reserveCapacity(known.cache.commits.count)
    let commits = known.cache.commits
    // A commit as a whole is much to be copied.
    for row in commits.indices where absent.isEmpty || !absent.contains(commits[row].node.id) {
      let node = commits[row].node
      nodes[node.id] = node
      if commits[row].marks.contains(.speaks) { speaking.insert(node.id) }
    }
  }

  /// Reads the commits among some objects. Packs hold commits together, so that only slices of them are read that begin
  /// or end with one: whatever is missed, or can't be read, is for the walk to read, which says so where it fails.
  init(_ order: [ObjectID], _ scanner: Scanner) throws(ScanError) {
    let size = 256
    let parts = try Parallel.map(
      order.count, slice: size, jobs: scanner.options.jobs,
      prepare: { thread throws(ScanError) in try CommitReader(scanner, thread: thread) }
    ) { reader, slice in
      let ends = [slice.lowerBound, slice.upperBound - 1]
      return ends.contains { reader.isCommit(order[$0]) } ? reader.commits(order[slice]) : []
    }
    nodes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for commit in parts.joined() {
      nodes[commit.node.id] = commit.node
      if !commit.secrets.isEmpty { secrets[commit.node.id] = commit.secrets }
    }
  }

  /// Forgets all commits but some, once the messages were asked for.
  mutating func keep(only ids: some Sequence<ObjectID>) {
    let wanted = nodes
    self = CommitsAhead()
    for id in ids { nodes[id] = wanted[id] }
  }

  /// The credentials in a commit's message; `nil` for a commit that was not read.
  func messageSecrets(of id: ObjectID) -> [PlacedSecret]? {
    nodes[id] == nil || speaking.contains(id) ? nil : secrets[id] ?? []
  }
}
