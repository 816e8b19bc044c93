internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// Reads the lives of EKS Anywhere clusters off the line of `HEAD`: its first parents, the root first. What a merge
/// brings onto the line counts as the merge's.
struct ClusterLines {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let repository: Repository

  /// The record of an audit; without EKS Anywhere clusters it costs nothing.
  func record(for findings: [Finding], line: HeadLine?) throws(GitError) -> AuditRecord {
    var record = AuditRecord()
    let times = plan.history.commits.lazy.map(\.seconds).filter(Timestamp.isPlausible)
    if let first = times.min(), let last = times.max() { record.period = first...last }
    guard facts.holdsClusters, let line else { return record }
    record.clusters = try lives(line)
    guard !record.clusters.isEmpty else { return record }
    record.landed = line.landings(of: Set(findings.compactMap { $0.commit?.id })).mapValues { line.times[$0] }
    return record
  }

  // MARK: Lives

  private func lives(_ line: HeadLine) throws(GitError) -> [ClusterLife] {
    let own = ownChanges(on: Set(line.commits))
    var documents: [ObjectID: [ClusterDocument]] = [:]
    func read(_ item: TreeItem?) throws(GitError) -> [ClusterDocument] {
      guard let item, isCluster(item) else { return [] }
      if let known = documents[item.id] { return known }
      let found = ClusterDocument.all(in: try repository.blob(item.id))
      documents[item.id] = found
      return found
    }
    var walk = ClusterWalk()
    for (place, number) in line.commits.enumerated() {
      let node = plan.history.commits[number]
      let isCut = place == 0 && !node.parents.isEmpty
      if isCut, !repository.shallowCommits.contains(node.id), let parent = node.parents.first {
        walk.begin(clusters(at: try repository.commitNode(parent).tree))
      }
      let files = node.parents.count > 1 ? try mergedFiles(node) : own[number] ?? []
      var changes: [ClusterWalk.Change] = []
      for file in files {
        let (old, new) = (try read(file.old), try read(file.new))
        if !old.isEmpty || !new.isEmpty { changes.append(.init(path: file.path, old: old, new: new)) }
      }
      guard walk.follow(changes, at: line.times[place], isFirstKnown: isCut) else { continue }
      walk.sign(Finding.CommitInfo(try repository.commit(node.id)))
    }
    return walk.lives
  }

  /// The files with clusters in them that each commit of the line which is no merge changes.
  private func ownChanges(on line: Set<Int>) -> [Int: [TreeChange]] {
    var changes: [Int: [TreeChange]] = [:]
    for log in logs {
      for record in log.records where line.contains(Int(record.commit)) {
        let path = log.paths[Int(record.path)]
        guard isCluster(record.old) || isCluster(record.new), isJudged(path) else { continue }
        changes[Int(record.commit), default: []].append(TreeChange(path: path, old: record.old, new: record.new))
      }
    }
    return changes
  }

  private func isCluster(_ item: TreeItem?) -> Bool { item.map { facts.clusters.contains($0.id) } ?? false }

  private func isJudged(_ path: String) -> Bool { ChangeBuilder.isManifest(path) && !FixtureFolders.hold(path) }

  /// What a merge brings onto the line. Folders that can't be read were told where the commit was compared.
  private func mergedFiles(_ node: CommitNode) throws(GitError) -> [TreeChange] {
    guard let parent = node.parents.first, !repository.shallowCommits.contains(node.id) else { return [] }
    var changes: [TreeChange] = []
    _ = repository.compareTrees(old: try repository.commitNode(parent).tree, new: node.tree) { change in
      if isCluster(change.old) || isCluster(change.new), isJudged(change.path) { changes.append(change) }
    }
    return changes
  }

  /// The clusters of a state that lies before all that was looked at.
  private func clusters(at tree: ObjectID) -> [(path: String, document: ClusterDocument)] {
    TreeIndex(ManifestCache()).objects(of: EKSAnywhere.cluster, under: "", in: GitTree(tree, in: repository))
      .filter { isJudged($0.path) }.map { ($0.path, ClusterDocument($0.object)) }
  }
}
