internal import Git

/// The commits of a store, read on all cores in the order of the packs before the history is walked: a walk has to wait
/// for each commit to know the next.
struct CommitsAhead: Sendable {
  /// The commits found here.
  private var nodes: [ObjectID: CommitNode] = [:]
  /// The credentials in their messages, where there are any.
  private var secrets: [ObjectID: [PlacedSecret]] = [:]
  /// What earlier audits read.
  private var known = KnownHistory()
  /// Objects that are not to be had any more, whatever was read before.
  private var absent: Set<ObjectID> = []

  /// Reads no commit ahead.
  init() {}

  /// Takes the commits that earlier audits read.
  ///
  /// - Parameter absent: objects that are not to be had any more.
  init(_ known: KnownHistory, without absent: Set<ObjectID>) {
    self.known = known
    self.absent = absent
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
    let all = self
    self = CommitsAhead()
    for id in ids { nodes[id] = all.node(id) }
  }

  /// A commit; `nil` for one that was not read.
  func node(_ id: ObjectID) -> CommitNode? {
    if let node = nodes[id] { return node }
    guard absent.isEmpty || !absent.contains(id) else { return nil }
    return known.node(id)
  }

  /// The credentials in a commit's message; `nil` for a commit that was not read.
  func messageSecrets(of id: ObjectID) -> [PlacedSecret]? {
    if nodes[id] != nil { return secrets[id] ?? [] }
    guard absent.isEmpty || !absent.contains(id) else { return nil }
    return known.isSpeaking(id) == false ? [] : nil
  }
}
